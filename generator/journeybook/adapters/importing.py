"""Maps that people already have, on their way in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from journeybook.adapters.editor import keep_schema, modeline
from journeybook.adapters.new import written_once
from journeybook.adapters.project import Project
from journeybook.adapters.report import clean
from journeybook.adapters.writing import take_back
from journeybook.exchange.columns import BY_NAME
from journeybook.exchange.drafts import Draft, Note, Reading, Setting, read_table
from journeybook.exchange.meanings import IGNORED, Meanings, read_meanings
from journeybook.exchange.mermaid_text import read_mermaid
from journeybook.exchange.tables import read_csv
from journeybook.exchange.workbook import read_workbook
from journeybook.exchange.yaml_text import journey_yaml, new_records, registries_yaml
from journeybook.frozen import dataclass
from journeybook.model import Atlas
from journeybook.problems import JourneybookError, Problem, Severity
from journeybook.reading import read_book
from journeybook.schema import validate
from journeybook.schema.types import nearest, slug
from journeybook.settings import Settings
from journeybook.source import read_text
from journeybook.source.files import decode

NAMED = {"team": "name", "persona": "name", "asset": "title", "metric": "name", "touchpoint": "name",
         "opportunity": "statement"}
"""Kinds that a file may call by name → the field that holds it."""


@dataclass(slots=True)
class Plan:
    """What an import would write, and all that it has to say. ``texts`` is file → YAML, in the atlas's folder."""

    reading: Reading
    texts: dict[Path, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said. ``sheet`` is that of a workbook, ``out`` a folder for the files."""

    form: str
    path: Path
    meanings: Path | None = None
    sheet: str = ""
    owner: str = ""
    title: str = ""
    out: Path | None = None


def plan(project: Project, asked: Asked) -> Plan:
    """Read a file and say what would be written. Raises :class:`JourneybookError` where it cannot be read at all."""
    settings = project.settings()
    atlas = read_book(settings).atlas
    data = _bytes(asked.path, settings)
    meanings = _meanings(asked.meanings)
    title = clean(asked.title).strip() or asked.path.stem.replace("-", " ").replace("_", " ").strip().capitalize()
    setting = _setting(atlas, title, asked.owner, meanings)
    reading = READERS[asked.form](data, setting, settings, asked.sheet)
    found = Plan(reading, notes=list(reading.notes))
    nobodys = [draft for draft in reading.drafts if draft.data["owner"] is None]
    for draft in nobodys:
        draft.data["owner"] = setting.owner
    if nobodys and not asked.owner:
        found.notes.append(Note("", f"no owner is named, so it is written as `{setting.owner}`; --owner names another"))
    folder = asked.out or settings.atlas / "journeys"
    for draft in reading.drafts:
        _journey(draft, folder, atlas, found, settings)
    records, notes = new_records(reading, setting)
    found.notes += notes
    if records:
        path = folder / f"{slug(asked.path.stem) or 'imported'}-records.yml"
        head = f"Records that {clean(asked.path.name)} refers to. Move them to where you keep such records."
        found.texts[path] = modeline(path, settings) + registries_yaml(records, [head])
    for path, text in found.texts.items():
        found.faults += _faults(path, text, settings)
    return found


def write(found: Plan, settings: Settings) -> list[str]:
    """Write the files, never over others; returns their paths from here."""
    for path in found.texts:
        if path.exists():
            raise JourneybookError(f"{os.path.relpath(path)} is there already",
                                   "nothing was written; move that file away, or name another folder with --out")
    keep_schema(read_book(settings), settings)
    written: list[Path] = []
    try:
        for path, text in found.texts.items():
            written_once(path, text, settings.root)
            written.append(path)
    except JourneybookError:
        take_back(written, ())
        raise
    return [os.path.relpath(path) for path in written]


def told(found: Plan) -> Iterator[str]:
    """What was understood, in plain words."""
    columns = found.reading.columns
    if columns:
        yield "Columns:"
        wide = max(len(header) for header in columns)
        for header, name in columns.items():
            column = BY_NAME.get(name)
            meaning = f"{column.level} · {column.header}" if column else (
                "left out, as you say" if name == IGNORED else "not known, not carried")
            yield clean(f"  {header:<{wide}}  {meaning}")
    for draft in found.reading.drafts:
        stages = draft.data.get("stages", [])
        steps = sum(len(stage.get("steps", ())) for stage in stages)
        size = f"{_many(len(stages), 'stage')}, {_many(steps, 'step')}"
        yield clean(f"Journey `{draft.id}`: {draft.data['title']} ({size})")
    if found.notes:
        yield "Not carried as it stands:"
        yield from (clean(f"  {note.place + ': ' if note.place else ''}{note.message}") for note in found.notes)
    if found.faults:
        yield "In the way:"
        yield from (clean(f"  {problem.message} ({problem.help})") for problem in found.faults)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _journey(draft: Draft, folder: Path, atlas: Atlas, found: Plan, settings: Settings) -> None:
    if draft.id in atlas.journeys or draft.id in atlas.broken:
        taken, count = draft.id, 2
        while f"{taken}-{count}" in atlas.journeys:
            count += 1
        draft.id = f"{taken}-{count}"
        found.notes.append(Note("", f"there is a journey `{taken}` already, so this one is `{draft.id}`"))
    path = folder / f"{draft.id}.yml"
    found.texts[path] = modeline(path, settings) + journey_yaml(draft, path.stem)


def _faults(path: Path, text: str, settings: Settings) -> Iterator[Problem]:
    """What `check` would refuse: nothing is written then."""
    document, problems = read_text(settings.shown(path), text)
    _, more = validate(document)
    for problem in (*problems, *more):
        if problem.severity is Severity.ERROR and problem.check not in ("html-shown", "text-direction"):
            yield problem


def _setting(atlas: Atlas, title: str, owner: str, meanings: Meanings) -> Setting:
    scale = atlas.spec.emotion
    pools: dict[str, Mapping[str, Any]] = {
        "team": atlas.teams, "persona": atlas.personas, "asset": atlas.assets, "metric": atlas.metrics,
        "touchpoint": atlas.touchpoints, "channel": atlas.channels, "opportunity": atlas.opportunities,
        "journey": atlas.journeys}
    known = {kind: frozenset(pool) for kind, pool in pools.items()}
    called: dict[str, dict[str, str]] = {
        kind: {str(getattr(record.spec, NAMED[kind])).casefold(): ident for ident, record in pool.items()}
        if kind in NAMED else {} for kind, pool in pools.items()}
    called["channel"] = {channel.name.casefold(): channel.id for channel in atlas.channels.values()}
    called["journey"] = {journey.spec.title.casefold(): journey.id for journey in atlas.journeys.values()}
    known["category"] = frozenset(category.id for category in atlas.categories)
    called["category"] = {category.title.casefold(): category.id for category in atlas.categories}
    listed = [team.id for team in atlas.teams.values() if team.listed]
    known["team"] = frozenset(listed)
    owner = called["team"].get(owner.casefold(), owner)
    if owner and listed and owner not in known["team"]:
        close = nearest(owner, listed)
        raise JourneybookError(f"no team has the id or the name `{clean(owner)}`",
                               f"did you mean `{close}`?" if close else
                               f"teams are {', '.join(listed)}; `journeybook new team` adds one")
    owner = owner or next(iter(listed), "your-team")
    return Setting(title, owner, (float(scale.min), float(scale.max)), known, called, meanings)


def _meanings(path: Path | None) -> Meanings:
    if path is None:
        return Meanings()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise JourneybookError(f"{path} cannot be read", "check the path; it is a YAML file in UTF-8") from None
    return read_meanings(text, str(path))


def _bytes(path: Path, settings: Settings) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(settings.limits.csv_bytes + 1)
    except OSError as error:
        raise JourneybookError(f"{path} cannot be read: {(error.strerror or 'no reason given').lower()}",
                               "check the path and its permissions") from None


def _from_csv(data: bytes, setting: Setting, settings: Settings, sheet: str) -> Reading:
    return read_table(read_csv(data, settings.limits), setting)


def _from_xlsx(data: bytes, setting: Setting, settings: Settings, sheet: str) -> Reading:
    return read_table(read_workbook(data, settings.limits, sheet), setting)


def _from_mermaid(data: bytes, setting: Setting, settings: Settings, sheet: str) -> Reading:
    text = decode(data, "the file")
    if isinstance(text, Problem):
        raise JourneybookError(text.message, text.help)
    return read_mermaid(text, setting)


READERS: Mapping[str, Callable[[bytes, Setting, Settings, str], Reading]] = {
    "csv": _from_csv, "xlsx": _from_xlsx, "mermaid": _from_mermaid}
