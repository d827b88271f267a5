"""Faults that pydantic found → problems in our words, each at the key or value it is about."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from journeybook.problems import Problem
from journeybook.schema.record import Record
from journeybook.schema.records import REGISTRIES
from journeybook.schema.synonyms import our_word, our_words
from journeybook.schema.types import described, nearest
from journeybook.source import FAULTY
from journeybook.source.document import Document, Route

ALIKE = 0.8  # a key that is so like a known one was mistyped: `ownr`, `Owner`, `custmer_goal`
COMMA_IN_TEXT = "put the text that it belongs to in double quotes: in braces a comma ends it"
COLON_IN_TEXT = "if this is a text, put all of it in double quotes, or leave out the colon"
COMMON = ("name", "title", "id", "description")  # which many records have and none lays claim to
DEEPEST = 3
"""So many records within records are searched for one that has a key: a pain of a step of a stage."""
NEARBY = 100
"""So many unknown keys of a record are compared with the known ones; thousands would take long."""


def problems_of(document: Document, model: type[Record], route: Route, errors: list[Any]) -> list[Problem]:
    """The problems of one record, which stands at ``route``.

    "Unknown key ``ownr``" already says that ``owner`` is missing, and what a refused merge or an alias would
    have brought is not called missing as well.
    """
    meant: Counter[tuple[Route, str]] = Counter()
    found: list[Problem] = []
    unknown: list[tuple[Route, type[Record], str, str]] = []
    for item in errors:
        where: Route = (*route, *item["loc"])
        if item["type"] == "extra_forbidden" and FAULTY not in str(where[-1]):
            owner = model_at(model, item["loc"][:-1])
            close, step = meant_by(document, model, where, item["loc"]) if len(unknown) < NEARBY else ("", "")
            unknown.append((where, owner, close, step))
            meant[where[:-1], close] += 1
    for where, owner, close, step in unknown:
        if step == COLON_IN_TEXT and owner.main:
            meant[where[:-1], owner.main] += 1
        message = f"unknown key {described(where[-1])} in this {owner.noun}"
        found.append(unknown_key(document, where, message, close, step, alone=meant[where[:-1], close] == 1))
    for item in errors:
        where = (*route, *item["loc"])
        if item["type"] == "missing":
            if (where[:-1], str(where[-1])) not in meant and not document.merges(where[:-1]):
                found.append(_missing(document, where, model_at(model, item["loc"][:-1])))
        elif _reported(item.get("input")):
            continue
        elif item["type"] == "journeybook":
            context = item["ctx"]
            key = context["check"] == "key-unknown" or where[-1:] == ("[key]",)
            found.append(Problem(context["check"], context["message"], document.locate(where, key=key),
                                 context["help"], fix=None if key else context.get("fix")))
        elif item["type"] != "extra_forbidden":
            message = f"expected a group of keys, found {described(item.get('input'))}"
            found.append(Problem("value-type", message, document.locate(where),
                                 "write one `key: value` a line, each two spaces further in"))
    return found


def unknown_key(document: Document, where: Route, message: str, close: str, step: str = "", *,
                alone: bool = True) -> Problem:
    """The problem of a key that nobody asked for; ``close`` is the key that may be meant, by this one ``alone``.

    What can be written instead of it is the ``step``, where that is known.
    """
    taken = document.has((*where[:-1], close)) if close else True
    step = step or (f"`{close}:` is written already: keep one of the two" if close and taken else f"write `{close}:`"
                    if close else "delete it, or begin it with `x-` to keep a key of your own")
    same = _alike(str(where[-1]), close)
    return Problem("key-unknown", message, document.locate(where, key=True), step, label="unknown key",
                   fix=close if same and alone and not taken else None)


def meant_by(document: Document, model: type[Record], where: Route, loc: tuple[Any, ...]) -> tuple[str, str]:
    """The key that is meant by an unknown one, or what to do where it belongs to another record or is no key."""
    key, owner = str(loc[-1]), model_at(model, loc[:-1])
    close = nearest(key, owner.keys())
    if _alike(key, close):
        return close, ""
    word = our_word(key, owner)
    clear = close or (word and word == owner.main) or (" " in key and our_words(key))
    cut = "" if clear else _part_of_a_text(document, where, owner)
    if cut or word:
        return ("", cut) if cut else (word, "")
    home = _belonging(model, loc)
    return ("", home) if home else (close, "")


def _alike(key: str, known: str) -> bool:
    """Whether a key is a known one, mistyped."""
    return SequenceMatcher(None, key, known).ratio() >= ALIKE


def _belonging(model: type[Record], loc: tuple[Any, ...]) -> str:
    """The step for a key that another record has, one around this one or one within it; ``""`` where none has it.

    Such a key is moved, not deleted.
    """
    key, here = str(loc[-1]), model_at(model, loc[:-1])
    if key in COMMON:
        return ""
    words = (key, *our_words(key))
    for length in range(len(loc) - 2, -1, -1):
        outer = model_at(model, loc[:length])
        found = next((word for word in words if word in outer.known()), "") if outer is not here else ""
        if found:
            return f"`{found}:` belongs to the {outer.noun}: write it in line with the {outer.noun}'s other keys"
    within = _keys_within(here)
    found = next((near for word in words if (near := nearest(word, within, ALIKE))), "")
    if found:
        route, record = within[found]
        return f"`{found}:` belongs to a {record.noun}: write it there, below {' and '.join(route)}"
    registry = next((word for word in words if word in REGISTRIES), "")
    return f"`{registry}:` belongs to the whole atlas: write it at the left edge of a file" if registry else ""


@cache
def _keys_within(record: type[Record]) -> dict[str, tuple[tuple[str, ...], type[Record]]]:
    """Key of a record within a record → the keys that lead there, and that record: the one that is nearest."""
    found: dict[str, tuple[tuple[str, ...], type[Record]]] = {}
    waiting: list[tuple[tuple[str, ...], type[Record]]] = [((), record)]
    for route, holder in waiting:
        for key in holder.keys() if route else ():
            found.setdefault(key, (route, holder))
        if len(route) < DEEPEST:
            waiting += [((*route, f"`{key}:`"), held) for key, held in holder.parts().items() if held is not holder]
    return found


def _part_of_a_text(document: Document, where: Route, owner: type[Record]) -> str:
    """What to do where a key is rather a part of a text that a comma or a colon has cut; ``""`` where it is none."""
    if document.value(where) is None:
        span = document.locate(where, key=True)
        behind = document.excerpt(span.line, span.line)[span.end_column - 1:].lstrip(" ")
        if behind[:1] in (",", "}"):
            return _in_brackets(document, where, owner) or COMMA_IN_TEXT
    holder = document.value(where[:-1])
    only = bool(owner.main) and isinstance(holder, dict) and len(holder) == 1
    if " " in str(where[-1]).strip() or only:
        return COLON_IN_TEXT
    return ""


def _in_brackets(document: Document, where: Route, owner: type[Record]) -> str:
    """The step where a comma has cut a list: `{months: 6, 7}`; ``""`` where the key before takes no list."""
    written = list(document.value(where[:-1]).items())
    at = next((index for index, (key, _) in enumerate(written) if key == where[-1]), 0)
    first = next((index for index in range(at - 1, -1, -1) if written[index][1] is not None), None)
    if first is None or written[first][0] not in owner.lists() or not isinstance(written[first][1], str):
        return ""
    key, value = written[first]
    entries = [value]
    for more, rest in written[first + 1:]:
        if rest is not None or more in owner.known():
            break
        entries.append(more)
    return f"write `{key}: [{', '.join(entries)}]`; in braces a comma ends a value"


def _reported(value: Any) -> bool:
    """Whether the reader has already said something about this very value."""
    return isinstance(value, str) and FAULTY in value


def _missing(document: Document, where: Route, owner: type[Record]) -> Problem:
    key = str(where[-1])
    if document.has(where):
        return Problem("key-missing", f"`{key}:` has no value", document.locate(where, key=True),
                       f"write it after `{key}:`")
    info = next((info for name, info in owner.model_fields.items() if key in (name, info.alias)), None)
    what = ((info.description if info else "") or "").rstrip(".")
    return Problem("key-missing", f"this {owner.noun} has no `{key}`", document.locate(where[:-1]),
                   f"add `{key}:` ({what[:1].lower()}{what[1:]})" if what else f"add `{key}:`")


def model_at(model: type[Record], loc: tuple[Any, ...]) -> type[Record]:
    """The record class that a route of keys and positions leads to."""
    here = model
    for part in loc:
        if isinstance(part, str):
            here = here.parts().get(part, here)
    return here
