"""A record's fields as values that can be compared: equal where the meaning is, however they were written."""

from __future__ import annotations

import posixpath
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from journeybook import formats
from journeybook.frozen import dataclass
from journeybook.measures.quantity import Quantity, parse_quantity
from journeybook.schema.durations import Duration
from journeybook.schema.fields import Field, fields_of
from journeybook.schema.journey import Emotion, Feeling
from journeybook.schema.record import Record
from journeybook.source import FAULTY

PATHS = frozenset({"file", "photo", "image"})
"""Keys that name a file relative to the YAML: the same file may be written in two ways."""
BOUNDS = frozenset({"at_most", "at_least", "equals"})
NAMES = frozenset({"id", "formerly"})
"""Keys that say what a record is called by, which is told as a renaming."""
MERGED = {"category": "categories", "persona": "personas"}
"""Keys that add up with their plural."""
HOMELY = frozenset({"stage", "question", "pain", "commitment"})
"""Kinds that may be written without their journey, in its own file."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference: the id that is written, with its journey where it is a stage's; ``kinds`` it may be of."""

    kinds: tuple[str, ...]
    id: str


@dataclass(frozen=True, slots=True)
class Value:
    """One field. ``key`` is what is compared, ``words`` what people read; lists hold a value an entry.

    ``entries`` None is a single value. ``ordered`` lists say something by their order.
    """

    key: Hashable
    words: str
    entries: tuple[Value, ...] | None = None
    ordered: bool = False

    @property
    def refs(self) -> Iterator[Ref]:
        """The references in it."""
        if isinstance(self.key, Ref):
            yield self.key
        for entry in self.entries or ():
            yield from entry.refs


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: ``home`` is the journey of its file, ``folder`` that file's folder."""

    home: str
    folder: str
    stage: str = ""


def values(record: Record, place: Place, children: frozenset[str], before: str = "") -> dict[str, Value]:
    """Field path → value, for all that is written. ``children`` are keys whose records are items of their own."""
    found: dict[str, Value] = {}
    for field in fields_of(type(record)):
        raw = getattr(record, _attribute(record, field))
        if field.key in children or field.key in NAMES or raw is None or raw == [] or raw == {} or raw == FAULTY:
            continue
        _put(found, f"{before}{MERGED.get(field.key, field.key)}", raw, field, place)
    for key, raw in record.extensions.items():
        found[f"{before}{key}"] = Value(_frozen(raw), _short(raw))
    return found


def _attribute(record: Record, field: Field) -> str:
    return field.key if field.key in type(record).model_fields else f"{field.key}_"


def _put(found: dict[str, Value], path: str, raw: Any, field: Field, place: Place) -> None:
    if isinstance(raw, Emotion):
        _emotion(found, path, raw)
    elif isinstance(raw, Record):
        found.update(values(raw, place, frozenset(), f"{path}."))
    elif isinstance(raw, dict):
        for key, entry in raw.items():
            _put(found, f"{path}.{key}", entry, field, place)
    elif isinstance(raw, list):
        entries = tuple(_value(entry, field, place) for entry in raw if entry != FAULTY)
        known = found[path].entries if path in found else None
        merged = tuple({entry.key: entry for entry in (*(known or ()), *entries)}.values())
        found[path] = _list(merged, field)
    else:
        found[path] = _value(raw, field, place)


def _list(entries: tuple[Value, ...], field: Field) -> Value:
    """References are a set: in which order they stand says nothing. Texts are read one after the other."""
    ordered = not any(isinstance(entry.key, Ref) for entry in entries) and field.shape.kind in ("text", "title")
    key = tuple(entry.key for entry in entries) if ordered else frozenset(entry.key for entry in entries)
    return Value(key, ", ".join(entry.words for entry in entries), entries, ordered)


def _emotion(found: dict[str, Value], path: str, emotion: Emotion) -> None:
    """``emotion`` for everybody, ``emotion.bram`` for one persona; beside it word, basis and evidence."""
    feelings: Mapping[str, Feeling] = emotion.by_persona
    everyone = {"": emotion.everyone} if emotion.everyone else {}
    for who, feeling in {**everyone, **feelings}.items():
        at = f"{path}.{who}" if who else path
        found[at] = Value(feeling.score, formats.number(feeling.score, signed=True))
        for key in ("word", "basis"):
            text = getattr(feeling, key)
            if text is not None and (key, text) != ("basis", "assumed"):
                found[f"{at}.{key}"] = Value(_plain(text), text)
        if feeling.evidence:
            entries = tuple(Value(Ref(("evidence",), text), text) for text in feeling.evidence)
            found[f"{at}.evidence"] = Value(frozenset(e.key for e in entries), ", ".join(feeling.evidence), entries)


def _value(raw: Any, field: Field, place: Place) -> Value:
    if isinstance(raw, Record):
        inner = values(raw, place, frozenset())
        return Value(tuple(sorted((path, repr(value.key)) for path, value in inner.items())),
                     "; ".join(value.words for value in inner.values()))
    if isinstance(raw, Duration):
        return Value((raw.low, raw.high, raw.unit), raw.text)
    if isinstance(raw, bool):
        return Value(raw, "yes" if raw else "no")
    if isinstance(raw, Decimal):
        return Value(raw, formats.number(raw, "%" if field.shape.kind == "percent" else ""))
    if isinstance(raw, date):
        return Value(raw, formats.day(raw))
    text = str(raw)
    if field.shape.kind == "choice":
        return Value(("choice", text), text.replace("-", " "))
    if field.targets and (field.shape.kind in ("reference", "map") or " " not in text):
        return Value(Ref(field.targets, _whole(text, field.targets, place)), text)
    if field.key in PATHS:
        path = posixpath.normpath(posixpath.join(place.folder, text))
        return Value(path, path)
    if field.key in BOUNDS:
        quantity = parse_quantity(text)
        return Value(quantity, str(quantity)) if isinstance(quantity, Quantity) else Value(_plain(text), text)
    return Value(_plain(text), text)


def _whole(text: str, kinds: tuple[str, ...], place: Place) -> str:
    """A reference with its journey, so that it is the same from wherever it is written."""
    if not set(kinds) & HOMELY or text.startswith("asset:"):
        return text
    stage, mark, part = text.partition("#")
    if "commitment" in kinds and not mark:
        return f"{place.home}/{place.stage}#{text}"
    if "/" in stage or not place.home or (kinds == ("loop", "pain") and not mark):
        return text
    return f"{place.home}/{stage}{mark}{part}"


def _plain(text: str) -> str:
    """Text without the accidents of how its lines were broken."""
    return " ".join(text.split())


def _frozen(raw: Any) -> Hashable:
    if isinstance(raw, dict):
        return tuple(sorted((key, _frozen(entry)) for key, entry in raw.items()))
    if isinstance(raw, list):
        return ("list", *(_frozen(entry) for entry in raw))
    return _plain(raw) if isinstance(raw, str) else raw


def _short(raw: Any) -> str:
    if isinstance(raw, dict):
        return ", ".join(f"{key}: {_short(entry)}" for key, entry in raw.items())
    return ", ".join(map(_short, raw)) if isinstance(raw, list) else str(raw)
