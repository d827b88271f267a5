"""What may be written into a record, read off its class: for the editors' schema and the reference pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic_core import PydanticUndefined

from journeybook.frozen import dataclass
from journeybook.schema import types
from journeybook.schema.atlas import Atlas
from journeybook.schema.journey import Journey
from journeybook.schema.record import Record
from journeybook.schema.records import REGISTRIES

KINDS = {get_args(alias)[1]: kind for kind, alias in {
    "title": types.Title, "text": types.Text, "id": types.Ident, "reference": types.Reference,
    "number": types.Number, "count": types.Count, "percent": types.Percent, "flag": types.Flag, "date": types.Day,
    "duration": types.Length, "language": types.Language, "address": types.Url}.items()}
"""What turns text into a value → our word for such values. ``choice``, ``record`` and ``map`` have none."""

_TEAMS = ("owner", "hats", "responsible", "accountable", "consulted", "informed", "sponsor", "contributors",
          "lead", "members", "made_by", "accepted_by", "by")
_BY_KEY: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_TEAMS, ("team",)),
    **dict.fromkeys(("persona", "personas", "show_to", "hide_from", "asked_by", "by_persona"), ("persona",)),
    **dict.fromkeys(("channel", "preferred_channels"), ("channel",)),
    **dict.fromkeys(("assets", "stated_in"), ("asset",)),
    **dict.fromkeys(("metric", "metrics", "drives"), ("metric",)),
    **dict.fromkeys(("category", "categories", "stage_vocabulary"), ("category",)),
    **dict.fromkeys(("parent", "compares_to", "related", "detail"), ("journey",)),
    **dict.fromkeys(("made_at", "delivered_at", "from", "to", "stages"), ("stage",)),
    **dict.fromkeys(("evidence", "sources"), ("evidence",)),
    "touchpoints": ("touchpoint",), "opportunities": ("opportunity",), "states": ("promise",),
    "answers": ("question",), "sum": ("commitment",), "closed_by": ("opportunity", "asset"),
}
_ELSEWHERE: dict[tuple[str, str], tuple[str, ...]] = {
    ("Loop", "to"): ("stage", "asset"),
    ("Opportunity", "from"): ("loop", "pain"),
    ("Query", "of"): ("stage",),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may be: ``kind`` is one of ``KINDS``, ``choice``, ``record`` or ``map``.

    ``many`` is a list that may be written as one value. ``entry`` is what each key of a map leads to.
    """

    kind: str
    choices: tuple[str, ...] = ()
    record: type[Record] | None = None
    many: bool = False
    entry: Shape | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. ``default`` is None where leaving it out means nothing at all.

    ``targets`` are the kinds of records whose ids are written here. A ``reference`` must be one of them; a
    ``title`` may be words instead.
    """

    key: str
    description: str
    required: bool
    default: Any
    shape: Shape
    targets: tuple[str, ...]


@cache
def fields_of(model: type[Record]) -> tuple[Field, ...]:
    """The keys of a record, in the order of its class."""
    found = []
    for name, info in model.model_fields.items():
        if name == "extensions":
            continue
        annotation: Any = info.annotation
        for mark in info.metadata:
            annotation = Annotated[annotation, mark]
        key = info.alias or name
        shape = _shape(annotation)
        plain = info.default is not PydanticUndefined and info.default is not None
        targets = _ELSEWHERE.get((model.__name__, key), _BY_KEY.get(key, ()))
        found.append(Field(key, info.description or "", info.is_required(), info.default if plain else None,
                           shape, targets if shape.kind in ("reference", "title", "map") else ()))
    return tuple(found)


def _shape(annotation: Any) -> Shape:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        for mark in inner[1:]:
            if isinstance(mark, types.Several):
                return replace(_shape(get_args(inner[0])[0]), many=True)
            if isinstance(mark, types.Words):
                return Shape("choice", choices=get_args(inner[0]))
            if mark in KINDS:
                return Shape(KINDS[mark])
        return _shape(inner[0])
    if origin in (Union, UnionType):
        return _shape(next(part for part in inner if part is not NoneType))
    if origin is dict:
        return Shape("map", entry=_shape(inner[1]))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Shape("record", record=annotation)
    raise TypeError(f"no words for {annotation}")  # pragma: no cover - a test walks all records


def record_types() -> tuple[type[Record], ...]:
    """Every record there is: a journey and what it holds, the registries, the settings."""
    found: dict[type[Record], None] = {}
    roots: tuple[type[Record], ...] = (Journey, *REGISTRIES.values(), Atlas)
    for model in roots:
        _gather(model, found)
    return tuple(found)


def _gather(model: type[Record], found: dict[type[Record], None]) -> None:
    if model in found:
        return
    found[model] = None
    for inner in _inner(model):
        _gather(inner, found)


def _inner(model: type[Record]) -> Iterator[type[Record]]:
    for field in fields_of(model):
        for shape in (field.shape, field.shape.entry):
            if shape and shape.record:
                yield shape.record


@cache
def holders() -> dict[type[Record], tuple[tuple[type[Record], Field], ...]]:
    """Record → the records that hold it, with the key."""
    found: dict[type[Record], list[tuple[type[Record], Field]]] = {}
    for model in record_types():
        for field in fields_of(model):
            for shape in (field.shape, field.shape.entry):
                if shape and shape.record:
                    found.setdefault(shape.record, []).append((model, field))
    return {model: tuple(places) for model, places in found.items()}
