"""Drafts as YAML, in the order of the schema, as a team would write it by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from journeybook.exchange.cells import scalar
from journeybook.exchange.columns import LEVELS
from journeybook.exchange.drafts import Draft, Note, Reading, Setting
from journeybook.model.defaults import BUILT_IN_CHANNELS
from journeybook.schema.records import KIND_OF, REGISTRIES

WIDTH = 110
KEY_OF = {kind: key for key, kind in KIND_OF.items()}


class _Dumper(yaml.SafeDumper):
    """Block style, entries indented below their key, and nothing that our reader refuses by name."""

    def ignore_aliases(self, data: Any) -> bool:
        """No anchors: each place says what it means."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Entries stand two spaces in."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """Several lines as a block where YAML can write them so."""
    block = "\n" in value and not any(line != line.rstrip() for line in value.split("\n")) and value[:1] != " "
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if block else None)


_Dumper.add_representer(str, _text)


def yaml_of(data: dict[str, Any]) -> str:
    """Plain data as YAML."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False)


def journey_yaml(draft: Draft, stem: str = "") -> str:
    """The file of a journey. ``stem`` is the file's name without its ending; another id is written down."""
    data = dict(draft.data)
    if stem != draft.id:
        data["id"] = draft.id
    data["stages"] = [_stage(stage) for stage in data.get("stages", ())]
    return yaml_of(_ordered("journey", data))


def _stage(stage: dict[str, Any]) -> Any:
    steps = [_ordered("step", step) for step in stage.get("steps", ())]
    short = [step["title"] if list(step) == ["title"] else step for step in steps]
    return _ordered("stage", {**stage, **({"steps": short} if short else {})})


def _ordered(level: str, data: dict[str, Any]) -> dict[str, Any]:
    known = LEVELS[level].keys()
    return {key: _plain(key, data[key]) for key in known if key in data}


def _plain(key: str, value: Any) -> Any:
    """A list of one as its entry, days and small numbers without quotation marks."""
    if isinstance(value, list) and len(value) == 1 and key not in ("stages", "steps"):
        return value[0]
    if key == "reviewed":
        return date.fromisoformat(value)
    return scalar(value) if key == "level" else value


def new_records(reading: Reading, setting: Setting) -> tuple[dict[str, dict[str, Any]], list[Note]]:
    """Registry → id → record, of all that the file refers to and the atlas does not have; and what was assumed."""
    found: dict[str, dict[str, Any]] = {}
    notes = []
    for kind, named in sorted(reading.mentioned.items()):
        known = setting.known.get(kind, frozenset())
        if kind not in KEY_OF or (kind == "team" and not known):  # an atlas without teams needs none
            continue
        model = REGISTRIES[KEY_OF[kind]]
        for ident, words in named.items():
            if ident in known:
                continue
            record = {model.main: words}
            if kind == "touchpoint":
                record["channel"] = reading.channels.get(ident) or _channel(words, setting)
                if not reading.channels.get(ident):
                    notes.append(Note("", f"the touchpoint `{words}` comes without a channel; "
                                          f"it is written as `{record['channel']}`"))
            found.setdefault(KEY_OF[kind], {})[ident] = record
    return found, notes


def _channel(words: str, setting: Setting) -> str:
    """The channel whose name or id a touchpoint's name holds, else the first there is."""
    plain = words.casefold().replace("-", "")
    names = {**setting.called.get("channel", {}), **{ident: ident for ident in BUILT_IN_CHANNELS}}
    return next((ident for name, ident in names.items() if name.replace("-", "") in plain), "web")


def registries_yaml(records: dict[str, dict[str, Any]], heads: Iterable[str] = ()) -> str:
    """The file of new records."""
    return "".join(f"# {line}\n" for line in heads) + yaml_of(records)
