"""A journey as rows, one a step: what every spreadsheet is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from journeybook.exchange import cells
from journeybook.exchange.columns import COLUMNS, Column, of_level
from journeybook.model import Journey
from journeybook.schema.durations import Duration
from journeybook.schema.events import Signal
from journeybook.schema.fields import fields_of
from journeybook.schema.journey import Emotion, Feeling, Pain, Question
from journeybook.schema.record import Record

Row = dict[Column, str]
MERGED = {"categories": "category", "personas": "persona"}
"""Two keys for one thing; a sheet has one column for both."""
TITLES = ";"  # what parts short texts in a cell on one line
ALL = frozenset(column.name for column in COLUMNS)
INNER = {"journey": {"stages"}, "stage": {"steps"}, "step": set[str]()}


def rows(journey: Journey) -> Iterator[Row]:
    """The rows of a journey. A stage without steps has one; what is not ``repeated`` stands on the first only."""
    whole = _texts("journey", journey.spec, {"id": journey.id})
    new_journey = True
    for stage in journey.stages:
        part = _texts("stage", stage.spec, {"id": stage.key.stage})
        new_stage = True
        for texts in [_texts("step", step, {}) for step in stage.spec.steps] or [{}]:
            yield {**_shown(whole, new_journey), **_shown(part, new_stage), **texts}
            new_journey = new_stage = False


def _shown(texts: Row, first: bool) -> Row:
    return texts if first else {column: text for column, text in texts.items() if column.repeated}


def _texts(level: str, spec: Record, ids: dict[str, str]) -> Row:
    found = {}
    for column in of_level(level):
        value = ids.get(column.key, getattr(spec, column.key))
        if column.key in MERGED:
            value = list(dict.fromkeys([*getattr(spec, MERGED[column.key]), *value]))
        text = written(value, TITLES if column.field.shape.kind == "title" else "")
        if text and value != column.field.default:
            found[column] = text
    return found


def written(value: Any, separators: str = "") -> str:
    """A value of the schema as the text of a cell; ``""`` for nothing."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list):
        return cells.listed(map(_item, value), separators)
    if isinstance(value, Emotion):
        return cells.emotion(value)
    if isinstance(value, Duration):
        return value.text
    return value.isoformat() if isinstance(value, date) else str(value)


def _item(one: Any) -> str:
    if isinstance(one, Pain):
        return cells.pain(one)
    if isinstance(one, Question):
        return one.ask
    return one.text if isinstance(one, Signal) else str(one)


def losses(journeys: Iterable[Journey], held: frozenset[str] = ALL) -> dict[str, int]:
    """Field (``step.image``) → how often it was written and cannot be held by a format that holds ``held``."""
    found: Counter[str] = Counter()
    for journey in journeys:
        found.update(_lost("journey", journey.spec, held))
        for stage in journey.stages:
            found.update(_lost("stage", stage.spec, held))
            if "stage.questions" in held:
                found.update(f"question.{key}" for one in stage.spec.questions
                             for key in ("id", "asked_by", "count", "period") if getattr(one, key))
            if "stage.signals" in held:
                found.update("signal.event" for one in stage.spec.signals if one.event)
            for step in stage.spec.steps:
                found.update(_lost("step", step, held))
                found.update(_deeper(step, held))
    return dict(sorted(found.items()))


def _lost(level: str, spec: Record, held: frozenset[str]) -> Iterator[str]:
    merged = {other: key for key, other in MERGED.items() if level != "step"}
    for field in fields_of(type(spec)):
        name = f"{level}.{merged.get(field.key, field.key)}"
        attribute = field.key + ("_" if field.key in ("from", "in") else "")
        value = getattr(spec, attribute)
        if value not in (None, [], {}, field.default) and field.key not in INNER[level] and name not in held:
            yield name
    yield from (f"{level}.{key}" for key in spec.extensions)


def _deeper(step: Any, held: frozenset[str]) -> Iterator[str]:
    """What feelings and pains hold beyond a line of text."""
    if "step.pains" in held:
        for one in step.pains:
            yield from (f"pain.{key}" for key in ("id", "frequency", "root_cause", "evidence") if getattr(one, key))
    if "step.emotion" in held and step.emotion:
        yield from ("emotion.evidence" for one in feelings(step.emotion) if one.evidence)


def feelings(emotion: Emotion) -> tuple[Feeling, ...]:
    """All that is felt at a step."""
    return (*((emotion.everyone,) if emotion.everyone else ()), *emotion.by_persona.values())
