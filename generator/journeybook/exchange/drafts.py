"""A sheet as drafts of journeys: what each column means, what each cell says, and what could not be understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from journeybook.exchange import cells, moods
from journeybook.exchange.columns import BY_NAME, LEVELS, Column, close_to, of_level, recognised
from journeybook.exchange.meanings import IGNORED, Meanings
from journeybook.exchange.rows import TITLES
from journeybook.exchange.tables import Table
from journeybook.frozen import dataclass
from journeybook.schema.types import slug

SEPARATORS = ";,"  # between ids, which hold neither
TRUE = frozenset({"yes", "y", "true", "on", "x", "1", "✓", "✔"})
CLOSED = frozenset({"category", "journey"})  # of which an import makes no new ones
FALSE = frozenset({"no", "n", "false", "off", "0", "-"})


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was not carried as it stands. ``place`` is ``row 4, Emotion``, ``line 7`` or ``""``."""

    place: str
    message: str


@dataclass(slots=True)
class Draft:
    """A journey as plain data under the schema's own keys, ready to be written once it has an ``owner``: None where the
    file names none.
    """

    id: str
    data: dict[str, Any]


@dataclass(slots=True)
class Reading:
    """What was understood of a file: journeys, the meaning of each header (``""``: none), and notes.

    ``mentioned`` are the records that were referred to: kind → id → words.
    """

    drafts: list[Draft] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    mentioned: dict[str, dict[str, str]] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)  # touchpoint → channel of its row

    def reference(self, kind: str, words: str, setting: Setting) -> str:
        """The id that words mean: an id of the atlas, a record of that name, or an id made from the words."""
        ident = words if words in setting.known.get(kind, ()) else (
            setting.called.get(kind, {}).get(words.casefold()) or slug(words))
        if ident:
            self.mentioned.setdefault(kind, {}).setdefault(ident, words)
        return ident


@dataclass(frozen=True, slots=True)
class Setting:
    """What the atlas and the user say: where it is not in the file. ``scale`` is the atlas's, lowest and highest.

    ``known`` holds the ids of the atlas by kind, ``called`` their names in small letters.
    """

    title: str
    owner: str
    scale: tuple[float, float] = (-2, 2)
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    called: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    meanings: Meanings = field(default_factory=Meanings)


def read_table(table: Table, setting: Setting) -> Reading:
    """The journeys of a sheet with one row a step. Where a stage is empty it is that of the row above."""
    reading = Reading()
    columns = _columns(table, setting.meanings, reading)
    sheet = _Sheet(setting, reading)
    for number, texts in table.rows:
        sheet.row(number, {column: text for column, text in zip(columns, texts, strict=False) if column and text})
        for text in texts[len(columns):]:
            if text:
                reading.notes.append(Note(f"row {number}", f"`{_short(text)}` stands in no column"))
        for header, column, text in zip(table.header, columns, texts, strict=False):
            if text and not column and not header:
                reading.notes.append(Note(f"row {number}", f"`{_short(text)}` stands in a column without a name"))
    if "journey.personas" not in reading.columns.values():
        for draft in reading.drafts:
            _with_personas(draft)
    return reading


def _with_personas(draft: Draft) -> None:
    """A journey is drawn for those who take a step in it."""
    who = (ident for stage in draft.data.get("stages", ()) for step in stage.get("steps", ())
           for ident in step.get("persona", ()))
    personas = list(dict.fromkeys(who))
    if personas:
        draft.data["personas"] = personas


def _columns(table: Table, meanings: Meanings, reading: Reading) -> list[Column | None]:
    found: list[Column | None] = []
    for header in table.header:
        named = meanings.columns.get(header, "")
        column = BY_NAME.get(named) if named else recognised(header)
        if named == IGNORED:
            reading.columns[header] = IGNORED
        elif column and column in found:
            reading.notes.append(Note(f"column {header}", f"means {column.header} as well, which another column is; "
                                                          "not carried"))
            column = None
        elif column:
            reading.columns[header] = column.name
        elif header:
            reading.columns[header] = ""
            close = close_to(header)
            reading.notes.append(Note(f"column {header}", "is not known, so nothing of it is carried"
                                      + (f"; is it {close}?" if close else "")))
        found.append(None if named == IGNORED else column)
    return found


class _Sheet:
    """Rows so far, put together as journeys."""

    def __init__(self, setting: Setting, reading: Reading) -> None:
        self.setting, self.reading = setting, reading
        self.journeys: dict[str, Draft] = {}
        self.stages: dict[tuple[str, str], dict[str, Any]] = {}
        self.draft: Draft | None = None
        self.stage: dict[str, Any] | None = None

    def row(self, number: int, texts: dict[Column, str]) -> None:
        """Take in one row."""
        parts = {level: {c: texts[c] for c in of_level(level) if c in texts} for level in LEVELS}
        self.draft = self._journey(number, parts["journey"])
        if parts["stage"] or parts["step"]:
            self.stage = self._stage(number, parts["stage"])
        if parts["step"]:
            step = dict(self._values(number, parts["step"]))
            for touchpoint in step.get("touchpoints", ()):
                self.reading.channels.setdefault(touchpoint, next(iter(step.get("channel", ())), ""))
            title = step.pop("title", "") or next((_short(str(text)) for key, text in step.items()
                                                   if key in ("doing", "touchpoints", "quote", "thinking")), "")
            if not title:
                self.reading.notes.append(Note(f"row {number}", "names no step, so it is called by its stage"))
            self._steps().append({"title": title or self._title(), **step})

    def _steps(self) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = (self.stage or {}).setdefault("steps", [])
        return steps

    def _title(self) -> str:
        return str((self.stage or {})["title"])

    def _journey(self, number: int, texts: dict[Column, str]) -> Draft:
        values = dict(self._values(number, texts))
        title = values.get("title", "")
        ident = values.pop("id", "") or slug(title)
        if not ident and self.draft:
            draft = self.draft
        else:
            ident = ident or slug(self.setting.title) or "imported"
            draft = self.journeys.get(ident) or Draft(
                ident, {"title": title or self.setting.title or ident, "owner": None})
        if draft.id not in self.journeys:
            self.journeys[draft.id] = draft
            self.reading.drafts.append(draft)
            draft.data |= values
        else:
            self._same(number, draft.data, values)
        return draft

    def _stage(self, number: int, texts: dict[Column, str]) -> dict[str, Any]:
        assert self.draft is not None  # noqa: S101 - a row belongs to a journey first
        values = dict(self._values(number, texts))
        title = values.get("title", "")
        ident = values.pop("id", "") or slug(title)
        if not ident and self.stage is not None and self.stage in self.draft.data.get("stages", []):
            self._same(number, self.stage, values)
            return self.stage
        if not ident:
            title, ident = "Stage", "stage"
            self.reading.notes.append(Note(f"row {number}", "names no stage, so the stage is called Stage"))
        stage = self.stages.get((self.draft.id, ident))
        if stage is not None:
            self._same(number, stage, values)
            return stage
        stage = {"title": title or ident, **({"id": ident} if slug(title) != ident else {}), **values}
        self.stages[self.draft.id, ident] = stage
        self.draft.data.setdefault("stages", []).append(stage)
        return stage

    def _same(self, number: int, record: dict[str, Any], values: dict[str, Any]) -> None:
        """What a later row says of the same thing: new lines of a list are added, another value is told."""
        for key, value in values.items():
            old = record.get(key)
            if old is None:
                record[key] = value
            elif isinstance(old, list) and isinstance(value, list):
                old += (entry for entry in value if entry not in old)
            elif old != value:
                self.reading.notes.append(Note(f"row {number}", f"says `{_short(str(value))}` for {key}, a row above "
                                                                f"said `{_short(str(old))}`; the first one stays"))

    def _values(self, number: int, texts: dict[Column, str]) -> Iterator[tuple[str, Any]]:
        for column, text in texts.items():
            value = self._value(column, text)
            if isinstance(value, Note):
                place = next(h for h, name in self.reading.columns.items() if name == column.name)
                self.reading.notes.append(Note(f"row {number}, {place}", value.message))
            elif value not in (None, "", []):
                yield column.key, value

    def _value(self, column: Column, text: str) -> Any:
        """A cell as it is written in YAML; a note where it cannot be."""
        shape, key = column.field.shape, column.key
        value: Any
        if key == "emotion":
            meanings = self.setting.meanings
            value, why = moods.read(text, self.setting.scale, meanings.scale, meanings.emotions)
            if why:
                return Note("", f"{why}; not carried")
        elif column.field.targets and shape.kind == "reference":
            value = self._ids(column, text)
            if isinstance(value, Note):
                return value
        elif key == "pains":
            value = [cells.read_pain(entry) for entry in cells.entries(text)]
        elif shape.many:
            value = cells.entries(text, TITLES if shape.kind == "title" and "\n" not in text else "")
        elif shape.kind == "flag":
            value = "yes" if text.lower() in TRUE else None if text.lower() in FALSE else text
        elif shape.kind == "id":
            value = slug(text)
        else:
            value = text
        why = "" if value is None else fault_of(column, value)
        return Note("", f"{why}; not carried") if why else value

    def _ids(self, column: Column, text: str) -> Any:
        """References by id or by name, and why they cannot be carried."""
        kind, many = column.field.targets[0], column.field.shape.many
        found = []
        for entry in cells.entries(text, SEPARATORS if many else ""):
            if kind in CLOSED and entry not in self.setting.known[kind] and (
                    entry.casefold() not in self.setting.called[kind]):
                return Note("", f"there is no {kind} `{_short(entry)}`; not carried")
            ident = self.reading.reference(kind, entry, self.setting)
            if not ident:
                return Note("", f"no id can be made from `{_short(entry)}`; not carried")
            found.append(ident)
        return list(dict.fromkeys(found)) if many else found[0]


@cache
def _adapter(column: Column) -> TypeAdapter[Any]:
    info = next(info for name, info in LEVELS[column.level].model_fields.items() if (info.alias or name) == column.key)
    annotation: Any = info.annotation
    for mark in info.metadata:
        annotation = Annotated[annotation, mark]
    return TypeAdapter(annotation)


def fault_of(column: Column, value: Any) -> str:
    """Why the schema refuses a value, in its own words; ``""`` where it takes it."""
    try:
        _adapter(column).validate_python(_as_text(value))
    except ValidationError as error:
        found = error.errors()[0]
        context = found.get("ctx", {})
        return f"{context.get('message') or found['msg']}"
    return ""


def _as_text(value: Any) -> Any:
    """As the reader hands it over: texts, lists and mappings only."""
    if isinstance(value, dict):
        return {key: _as_text(entry) for key, entry in value.items()}
    return [_as_text(entry) for entry in value] if isinstance(value, list) else str(value)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
