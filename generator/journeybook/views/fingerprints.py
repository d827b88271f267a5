"""Fingerprints of what pages are made from: equal ones mean that a page would come out the same.

A record's is that of the lines it was written in, where they stand, and of all records it refers to; so nothing of
what the schema read off those lines has to be looked at again. A part of a page has that of what it was made from,
where that is known (:mod:`journeybook.views.reads`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from secrets import token_hex
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel

from journeybook.model.origins import Origin
from journeybook.problems import Problem
from journeybook.source import Document

PLAIN = frozenset({str, int, float, bool, type(None), date, Decimal, Markup})


class Fingerprints:
    """Works fingerprints out, each once. Those of the run before are known as long as records are the same objects."""

    def __init__(self) -> None:
        self._before: dict[int, tuple[object, str]] = {}
        self._known: dict[int, tuple[object, str]] = {}
        self._made: Callable[[object], str] = _of_no_part

    def begin(self, made: Callable[[object], str]) -> None:
        """A new run: what the last one did not need is forgotten. ``made`` knows what parts were made from."""
        self._before, self._known = self._known, {}
        self._made = made

    def end(self, *, again: bool) -> None:
        """The run is over: its parts are held no longer, nor its records if there will be no other run."""
        self._made = _of_no_part
        if not again:
            self._before, self._known = {}, {}

    def of(self, value: object, inside: Origin | None = None) -> str:
        """A value's fingerprint; the lines of what is written ``inside`` of a record are that record's."""
        kind: type = type(value)
        if kind in PLAIN:
            return repr(value)
        return _way(kind)(self, value, inside)

    def _each(self, values: Iterable[Any], inside: Origin | None) -> list[str]:
        """As :meth:`of` for each, without a call for what is plain, as most is."""
        return [repr(value) if type(value) in PLAIN else self.of(value, inside) for value in values]

    def _series(self, value: Any, inside: Origin | None) -> str:
        return f"({','.join(self._each(value, inside))})"

    def _mapping(self, value: Any, inside: Origin | None) -> str:
        return f"{{{','.join([f'{key!r}:{self.of(part, inside)}' for key, part in value.items()])}}}"

    def _set(self, value: Any, inside: Origin | None) -> str:
        return f"<{','.join(sorted(self._each(value, inside)))}>"

    def _said(self, value: Any, _inside: Origin | None) -> str:
        return repr(value)

    def _unlike(self, _value: Any, _inside: Origin | None) -> str:
        return f"unlike {token_hex()}"

    def _document(self, value: Any, _inside: Origin | None) -> str:
        return self._kept(value, lambda: iter((value.path, value.text)))

    def _placed(self, value: Any, inside: Origin | None) -> str:
        origin = value.origin
        if not isinstance(origin, Origin):
            return self._part(value, inside)
        if inside is not None and origin.document is inside.document and _within(origin, inside):
            return "".join(self._parts(value, inside))
        return self._kept(value, lambda: self._record(value, origin))

    def _part(self, value: Any, inside: Origin | None) -> str:
        kind: type = type(value)
        return self._made(value) or (
            f"{kind.__name__}({','.join(self._each(_parts(kind)(value), inside))})")

    def _kept(self, value: object, parts: Callable[[], Iterator[str]]) -> str:
        known = self._known.get(id(value)) or self._before.get(id(value))
        if known is None or known[0] is not value:
            known = value, _digest(parts())
        self._known[id(value)] = known
        return known[1]

    def _record(self, value: object, origin: Origin) -> Iterator[str]:
        document = origin.document
        yield f"{type(value).__name__} {document.path} {origin.route}"
        if origin.route:
            first, last = document.lines(origin.route)
            yield f"{first}\n{document.excerpt(first, last)}"
        else:
            yield document.text
        yield from self._parts(value, origin)

    def _parts(self, value: object, inside: Origin) -> list[str]:
        kind: type = type(value)
        return self._each(_parts(kind)(value), inside)


def _of_no_part(_value: object) -> str:
    """What is known of parts where no page is made."""
    return ""


@cache
def _way(kind: type) -> Callable[[Fingerprints, Any, Origin | None], str]:
    """How values of a kind are taken: asked a million times in a large atlas, found out once."""
    for way, kinds in ((Fingerprints._series, (tuple, list)), (Fingerprints._mapping, (Mapping,)),
                       (Fingerprints._set, (frozenset, set)), (Fingerprints._said, (BaseModel, Problem, Enum, type)),
                       (Fingerprints._document, (Document,))):
        if issubclass(kind, kinds):
            return way
    if not is_dataclass(kind):
        return Fingerprints._unlike
    placed = hasattr(kind, "origin") or "origin" in {field.name for field in fields(kind)}
    return Fingerprints._placed if placed else Fingerprints._part


@cache
def _parts(kind: type) -> Callable[[object], tuple[Any, ...]]:
    """What gives the values of all fields that count: what stands in a record's own lines is its ``spec``."""
    names = [field.name for field in fields(kind)]
    counting = [name for name in names if "origin" not in names or name not in ("origin", "spec")]
    if len(counting) > 1:
        return attrgetter(*counting)
    return lambda value: tuple(getattr(value, name) for name in counting)


def _within(origin: Origin, outer: Origin) -> bool:
    return origin.route[:len(outer.route)] == outer.route


def _digest(parts: Iterator[str]) -> str:
    # surrogatepass: a lone surrogate in somebody's text must not stop the build here.
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
