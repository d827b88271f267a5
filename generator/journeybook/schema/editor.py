"""The JSON Schema (draft-07) that editors read, printed from the records.

One schema for every YAML file of an atlas: a file with ``stages`` is a journey, all others hold registries and
settings. Editors parse YAML by its own rules while our reader takes everything as text, so a text may also be a
number or yes/no. ``if`` is used where a value has a short form: it leaves one branch, whose complaints are plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Any, get_args

from journeybook.frozen import dataclass
from journeybook.schema import patterns, snippets
from journeybook.schema.atlas import Atlas, Category, Level
from journeybook.schema.fields import Field, Shape, fields_of, record_types
from journeybook.schema.journey import Emotion, Feeling, Journey
from journeybook.schema.record import Record
from journeybook.schema.records import KIND_OF, REGISTRIES

Json = dict[str, Any]
WORD = ["string", "number", "boolean"]  # what our reader takes as text
OWN: Json = {"^x-": {"description": "A key of your own: kept in exports, shown nowhere."}}
MOST = 2_000
"""More ids of a kind are of no help to whoever chooses one, and slow an editor down."""
LOOSE = frozenset({"stage", "question", "pain", "commitment"})
"""Kinds that often stand in the very file that is being written: known ids are offered, others allowed."""
JOURNEYS_OWN = ("title", "owner", "stages")


@dataclass(frozen=True, slots=True)
class Known:
    """Ids of one atlas: kind → id → name. ``open_kinds`` may have more, in files that cannot be read.

    ``scale`` holds the worst and the best score of the atlas.
    """

    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    open_kinds: frozenset[str] = frozenset()
    scale: tuple[Decimal, Decimal] | None = None


def editor_schema(checks: Mapping[str, str], known: Known | None = None) -> Json:
    """The schema. ``checks`` maps the ids of all checks to one line each."""
    return _Printer(checks, known or Known()).schema()


class _Printer:
    def __init__(self, checks: Mapping[str, str], known: Known) -> None:
        self.checks = checks
        self.known = known
        self.offered = {kind: ids for kind, ids in known.ids.items() if 0 < len(ids) <= MOST}

    def schema(self) -> Json:
        """The whole: what may begin a file, the choice by the keys at its top, and all definitions."""
        records = {model.__name__: self.record(model) for model in record_types()}
        definitions = {**patterns.definitions(), **records, "Emotion": self._emotion(), "level": self._level(),
                       **{key: self._registry(key) for key in REGISTRIES},
                       "Journey": self._journey(), "Atlas": self._other(), **self._ids()}
        start = [entry for entry in fields_of(Journey) if entry.required]
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "Journeybook",
            "description": "A file of an atlas: one journey (it has `stages:`), registries, or the settings.",
            "type": ["object", "null"],
            "properties": {entry.key: {"description": entry.description, **({"items": {}} if entry.shape.many else
                                                                            {"anyOf": [{}]})} for entry in start},
            "defaultSnippets": [_snippet("journey", "A journey: title, owner and stages", snippets.JOURNEY)],
            "if": {"anyOf": [{"required": ["stages"]}, {"required": ["title", "owner"]}]},
            "then": {"$ref": "#/definitions/Journey"},
            "else": {"$ref": "#/definitions/Atlas"},
            "definitions": dict(sorted(definitions.items())),
        }

    # Files

    def _journey(self) -> Json:
        """A journey file: four keys register records where a mapping stands, and refer to them where not."""
        printed = self.record(Journey)
        for key in REGISTRIES:
            own = printed["properties"].get(key)
            if own is None:
                printed["properties"][key] = _registry_use(key)
                continue
            about = f"{own.pop('description')} With ids as keys: they are defined here."
            if key == "opportunities":  # a list may hold ids and records
                own = {"items": {"if": {"type": "object"}, "then": _ref("Opportunity"), "else": _ref("text")},
                       "if": {"type": "array"}, "else": _ref("text")}
            printed["properties"][key] = {"description": about, "items": own.pop("items"), "if": {"type": "object"},
                                          "then": _ref(key), "else": own, **_moved(own, "anyOf")}
        return {**printed, "title": "Journey"}

    def _other(self) -> Json:
        """Settings and registries; keys of the settings ask for the atlas's title."""
        printed = self.record(Atlas)
        settings = [key for key in printed["properties"] if key != "title"]
        printed["properties"].update((key, _registry_use(key)) for key in REGISTRIES)
        del printed["required"]
        return {**printed, "title": "Registries and settings", "dependencies": {key: ["title"] for key in settings}}

    def _registry(self, key: str) -> Json:
        """Records by id, or a list of records."""
        model = REGISTRIES[key]
        entry = {"description": _first_line(model), "type": _record_types(model), "allOf": [_ref(model.__name__)]}
        printed: Json = {
            "if": {"type": "array"}, "then": {"items": entry},
            "else": {"patternProperties": {patterns.RECORD_ID: entry, **OWN}, "additionalProperties": False}}
        if key in snippets.ENTRIES:
            words, body = snippets.ENTRIES[key]
            printed["defaultSnippets"] = [_snippet(KIND_OF[key], words, {f"${{1:{KIND_OF[key]}-id}}": body})]
        return printed

    # Records

    def record(self, model: type[Record]) -> Json:
        """A record: its keys, or the text that stands for its main one. A blank one is null."""
        properties: Json = {}
        if model in REGISTRIES.values():
            properties["id"] = {**patterns.definitions()["id"], "doNotSuggest": True}
        properties.update((entry.key, self._property(model, entry)) for entry in fields_of(model))
        printed: Json = {
            "title": model.noun[:1].upper() + model.noun[1:],
            "type": [*_record_types(model), "null"],
            "properties": properties,
            "patternProperties": OWN,
            "additionalProperties": False,
        }
        needed = [entry.key for entry in fields_of(model) if entry.required]
        if needed:
            printed["required"] = needed
        if model.main:
            main = next(entry for entry in fields_of(model) if entry.key == model.main)
            printed.update(self._short_form(main.shape))
        if model.__name__ in snippets.BODIES:
            words, body = snippets.BODIES[model.__name__]
            printed["defaultSnippets"] = [_snippet(model.noun, words, body)]
        return printed

    def _short_form(self, shape: Shape) -> Json:
        """What a text in place of the record must look like: keywords that pass over objects."""
        if shape.kind == "number":
            return {**patterns.NUMBER, **self._scale()}
        return {"pattern": patterns.FILLED, "maxLength": patterns.LONGEST[shape.kind]}

    def _property(self, model: type[Record], entry: Field) -> Json:
        printed: Json = {"description": entry.description}
        if entry.default is not None and entry.shape.kind in ("choice", "number", "flag"):
            printed["default"] = _plain(entry.default)
        if model is Atlas and entry.key in ("categories", "checks"):
            return {**printed, **(self._checks() if entry.key == "checks" else self._categories())}
        if model is Feeling and entry.key == "score":
            return {**printed, "type": ["number", "string"], **patterns.NUMBER, **self._scale()}
        if entry.shape.kind == "map":
            return {**printed, "type": ["object", "null"], **self._map(entry)}
        if entry.shape.many:
            return {**printed, **self._list(entry)}
        return {**printed, **self._value(entry, blank=not entry.required)}

    def _list(self, entry: Field) -> Json:
        """A list, or one value. ``items`` beside ``if`` makes editors begin a list after the key."""
        blank = entry.shape.kind in ("title", "text")  # `- ~` is a text to our reader
        printed: Json = {"items": self._value(entry, blank=blank), "if": {"type": "array"},
                         "else": self._value(entry, blank=not entry.required)}
        if entry.required:
            printed["then"] = {"minItems": 1}
        offered, _ = self._offered(entry.targets)
        if entry.shape.kind == "choice":
            offered = [{"enum": list(entry.shape.choices)}]
        return {**printed, "anyOf": [*offered, {}]} if offered else printed

    def _value(self, entry: Field, *, blank: bool) -> Json:
        """One value. ``anyOf`` with one branch makes editors write a colon and a space after the key."""
        shape = entry.shape
        if shape.kind == "record" and shape.record:
            return {"type": [*_record_types(shape.record), *(["null"] if blank else [])],
                    "allOf": [_ref(shape.record.__name__)]}
        if shape.kind == "choice":
            return _choice(shape.choices, blank=blank)
        anything = _ref(shape.kind)
        offered, complete = self._offered(entry.targets)
        if offered and complete and shape.kind == "reference":
            return {"anyOf": [offered[0], {"if": {"type": "null"}, "else": offered[0]}]} if blank else offered[0]
        needed: Json = {} if blank else {"if": {"type": "null"}, "then": {"type": "string"}}
        return {"anyOf": [*offered, anything], **needed}

    def _ids(self) -> Json:
        """The ids of the atlas, once a kind. Editors read an id of digits as a number."""
        found: Json = {}
        for kind, ids in self.offered.items():
            numbers = {int(ident): name for ident, name in ids.items() if ident.isascii() and ident.isdigit()}
            every: dict[Any, str] = {**ids, **numbers}
            found[f"ids of {kind}"] = {"enum": list(every), "enumDescriptions": list(every.values())}
        return found

    def _offered(self, targets: tuple[str, ...]) -> tuple[list[Json], bool]:
        """Ids that may be meant, and whether there can be no other."""
        offered = []
        for kind in targets:
            if kind == "asset" and "stage" in targets and kind in self.offered:
                offered.append({"enum": [f"asset:{ident}" for ident in self.offered[kind]]})
            elif kind in self.offered:
                offered.append(_ref(f"ids of {kind}"))
        return offered, len(targets) == 1 and not set(targets) & (LOOSE | self.known.open_kinds)

    def _map(self, entry: Field) -> Json:
        """Keys that are ids, or words."""
        inner = self._property(Record, Field(entry.key, "", False, None, entry.shape.entry or entry.shape, ()))
        del inner["description"]
        return self._keys(entry.targets[0] if entry.targets else "", inner)

    def _keys(self, kind: str, value: Json) -> Json:
        """A mapping whose keys are the ids of a kind."""
        ids = self.offered.get(kind, {})
        return {"properties": {ident: {**value, "description": name} for ident, name in ids.items()},
                "additionalProperties": False if ids and kind not in self.known.open_kinds else value}

    # What has a form of its own

    def _level(self) -> Json:
        """How much a check weighs; some editors read `off` as false."""
        words = get_args(get_args(Level)[0])
        return {"anyOf": [{"enum": list(words)}, {"if": {"type": "null"}, "else": {"enum": [False, *words]}}]}

    def _checks(self) -> Json:
        return {"type": ["object", "null"], "additionalProperties": False, "properties": {
            ident: {"description": text, "anyOf": [_ref("level")]} for ident, text in self.checks.items()}}

    def _categories(self) -> Json:
        """A list, or ``id: title``."""
        named = self.record(Category)
        del named["required"]
        one: Json = {"type": _record_types(Category), "allOf": [_ref("Category")]}
        return {"items": one, "if": {"type": "object"}, "then": {
            "patternProperties": {patterns.RECORD_ID: named}, "additionalProperties": False},
            "else": {"if": {"type": ["array", "null"]}, "else": one}}

    def _emotion(self) -> Json:
        """A score; a feeling with its keys; or one of these a persona."""
        keys = {entry.key: {"description": entry.description, "anyOf": [{}]} for entry in fields_of(Feeling)}
        one: Json = {"type": _record_types(Feeling), "allOf": [_ref("Feeling")]}
        personas = self._keys("persona", one)
        personas["properties"] = {**keys, **personas["properties"]}
        return {
            "title": "Emotion", "type": [*_record_types(Feeling), "null"],
            "if": {"anyOf": [{"not": {"type": "object"}}, *({"required": [key]} for key in keys)]},
            "then": _ref("Feeling"), "else": personas}

    def _scale(self) -> Json:
        if self.known.scale is None:
            return {}
        low, high = self.known.scale
        return {"minimum": _plain(low), "maximum": _plain(high)}


def _moved(printed: Json, key: str) -> Json:
    return {key: printed.pop(key)} if key in printed else {}


def _ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


def _registry_use(key: str) -> Json:
    return {"description": f"Defined here, by id: {_first_line(REGISTRIES[key])}",
            "type": ["object", "array", "null"], "allOf": [_ref(key)]}


def _record_types(model: type[Record]) -> list[str]:
    """What a record may be written as: its keys, or its short form."""
    if model in (Feeling, Emotion):
        return ["number", "object", "string"]
    return ["object", *(WORD if model.main else ())]


def _choice(choices: tuple[str, ...], *, blank: bool) -> Json:
    """Some words. Digits are offered as the numbers that editors see; a blank is taken and not offered."""
    numbers = [int(word) for word in choices if word.isdigit()]
    offered: Json = {"enum": numbers or list(choices)}
    if not blank and not numbers:
        return offered
    every: Json = {"enum": [*numbers, *choices]}
    return {"anyOf": [offered, {"if": {"type": "null"}, "else": every} if blank else every]}


def _snippet(label: str, words: str, body: Json) -> Json:
    return {"label": label, "description": words, "body": body}


def _first_line(model: type[Record]) -> str:
    return (model.__doc__ or "").strip().partition("\n")[0]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
