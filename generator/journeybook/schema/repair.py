"""Reading on after a mistake: a faulty part is reported and replaced, the rest of its record still counts."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from journeybook.problems import Problem
from journeybook.schema.atlas import Atlas
from journeybook.schema.faults import problems_of
from journeybook.schema.record import Record
from journeybook.source import FAULTY
from journeybook.source.document import Document, Route

ROUNDS = 4
"""A value at fault is taken out, then filled where it is needed; that may show one a level further up."""


def record(document: Document, model: type[Record], raw: Any, route: Route,
           problems: list[Problem]) -> tuple[Record | None, bool]:
    """One record, and whether it had faults. None where nothing of it could be kept."""
    try:
        return model.model_validate({} if raw is None else raw), False
    except ValidationError as error:
        errors = _by_key(model, error.errors(include_url=False), raw)
    problems += problems_of(document, model, route, errors)
    copy = _copied(raw if isinstance(raw, dict) else {model.main: raw} if isinstance(raw, str) else {})
    for _ in range(ROUNDS):
        for item in errors:
            _stand_in(copy, item["loc"], item["type"] == "missing")
        try:
            return model.model_validate(copy), True
        except ValidationError as error:
            errors = _by_key(model, error.errors(include_url=False), copy)
    return None, True


def _by_key(model: type[Record], errors: list[Any], raw: Any) -> list[Any]:
    """Categories of an atlas, written as keys, are read as a list; the way to one goes by its key again."""
    named = raw.get("categories") if model is Atlas and isinstance(raw, dict) else None
    if not isinstance(named, dict):
        return errors
    keys = list(named)
    found = []
    for item in errors:
        loc = item["loc"]
        if loc[:1] == ("categories",) and len(loc) > 1 and isinstance(loc[1], int) and loc[1] < len(keys):
            item = {**item, "loc": ("categories", keys[loc[1]], *loc[2:])}
        found.append(item)
    return found


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(entry) for key, entry in value.items()}
    return [_copied(entry) for entry in value] if isinstance(value, list) else value


def _stand_in(copy: dict[str, Any], loc: tuple[Any, ...], missing: bool) -> None:
    """Take the value at ``loc`` out of the copy; where it is needed or an entry of a list, put a stand-in.

    A short form has fewer levels than ``loc``: parts that the copy does not have are passed over.
    """
    holder: Any = copy
    key: Any = None
    for part in loc:
        inner = holder if key is None else holder[key]
        in_list = isinstance(inner, list) and isinstance(part, int) and part < len(inner)
        if in_list or (isinstance(inner, dict) and part in inner):
            holder, key = inner, part
    inner = holder if key is None else holder[key]
    if missing:
        if isinstance(inner, dict):
            inner[loc[-1]] = FAULTY
        elif key is not None:
            holder[key] = FAULTY
    elif isinstance(holder, list):
        holder[key] = FAULTY
    elif key is not None:
        del holder[key]
