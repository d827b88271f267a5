"""A read file: its data, and where in the text each part of it stands."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import Any, TypeAlias

from journeybook.frozen import dataclass
from journeybook.problems import Span

Route: TypeAlias = tuple[str | int, ...]
"""The way from a file's root to one value: keys and list positions."""


Place: TypeAlias = int
"""Start and exclusive end in one number: characters of the file's text from 0, the start in the upper bits.

There is one for every key and value, and hardly any is ever shown: lines and columns are counted when they are.
Places compare by start.
"""

BITS = 32
MANY = 100  # parts of a container: from here on it is remembered where they are


@dataclass(slots=True, init=False)
class Places:
    """The places of a file's values, in the order in which they are written: a container's own comes before those of
    its parts, a key's before that of its value. ``past`` says where a container's parts end; of any other value it is
    0. Two numbers a value: of a thousand journeys there are a million.
    """

    where: array[int]
    past: array[int]

    def __init__(self, where: Sequence[Place] = (0,), past: Mapping[int, int] = MappingProxyType({})) -> None:
        self.where = array("Q", where)
        self.past = array("I", [0]) * len(where)
        for at, end in past.items():
            self.past[at] = end

    def after(self, at: int) -> int:
        """The position after a value and all its parts."""
        return self.past[at] or at + 1

    def parts(self, data: Any, at: int) -> dict[str | int, int]:
        """The parts of a container that stands ``at`` a position → their own: in a mapping that of the value, whose
        key is the one before.
        """
        found: dict[str | int, int] = {}
        step = 1 if isinstance(data, dict) else 0
        at += 1
        for part in data if step else range(len(data)):
            found[part] = at + step
            at = self.after(at + step)
        return found


EMPTY = Places()
"""The places of a file of which nothing could be read."""

BREAK = re.compile("\r\n?|\n")
FEED = re.compile("\n")  # found three times as fast, and hardly any file has another


def end_of(where: Place) -> int:
    """The exclusive end of a place."""
    return where & (1 << BITS) - 1


def line_starts(text: str) -> list[int]:
    """Where each line starts; line breaks are those of the parser."""
    return [0, *map(re.Match.end, (BREAK if "\r" in text else FEED).finditer(text))]


def corners(where: Place, starts: list[int]) -> tuple[int, int, int, int]:
    """Line, column, end line and end column of a place, all from 0, in a text with these line starts."""
    start, end = where >> BITS, end_of(where)
    line, last = bisect_right(starts, start) - 1, bisect_right(starts, end) - 1
    return line, start - starts[line], last, end - starts[last]


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment ``# journeybook: ignore[check] reason``. ``lines`` are those it covers (from 1)."""

    checks: tuple[str, ...]
    lines: tuple[int, int]
    span: Span


@dataclass(slots=True)
class Document:
    """One YAML file. ``data`` holds dicts, lists, str and None only: the schema gives types, not the reader.

    ``readable`` is False after a syntax error; only then ``top_keys`` names what the file was meant to hold.
    ``merged`` holds the starts of mappings in which a ``<<`` was refused.
    """

    path: str
    text: str
    data: dict[str, Any]
    places: Places
    readable: bool = True
    top_keys: tuple[str, ...] = ()
    ignores: list[Ignore] = field(default_factory=list)
    merged: frozenset[int] = frozenset()
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)
    _parts: dict[int, dict[str | int, int]] = field(default_factory=dict, repr=False, compare=False)

    def locate(self, route: Route, *, key: bool = False) -> Span:
        """The span of the value at ``route``, or of its key.

        Parts of the route that the file does not have are passed over, so that a value written in a short
        form, inherited or missing altogether is reported at the nearest thing the user did write.
        """
        key_place, here = self._nearest(route)
        line, column, end_line, end_column = self._corners(key_place if key and key_place is not None else here)
        if end_line > line and end_column == 0:  # a block ends where the next begins: show its first line
            end_line, end_column = line, column + 1
        return Span(self.path, line + 1, column + 1, end_line + 1, end_column + 1)

    def lines(self, route: Route) -> tuple[int, int]:
        """First and last line (from 1) of what stands at ``route``, its key's line included."""
        key_place, here = self._nearest(route)
        line, _, end_line, end_column = self._corners(here)
        last = end_line if end_column == 0 and end_line > line else end_line + 1
        return (line if key_place is None else self._corners(key_place)[0]) + 1, last

    def excerpt(self, first: int, last: int) -> str:
        """The text of some lines (from 1, the last included)."""
        self._starts = self._starts or line_starts(self.text)
        end = self._starts[last] if last < len(self._starts) else len(self.text)
        return self.text[self._starts[first - 1]:end]

    def has(self, route: Route) -> bool:
        """Whether the file really has something at ``route``."""
        return self._at(route) is not None

    def merges(self, route: Route) -> bool:
        """Whether a ``<<`` stands in the mapping at ``route``. It was refused, and what it would bring is not here."""
        at = self._at(route) if self.merged else None
        return at is not None and self.places.where[at] >> BITS in self.merged

    def value(self, route: Route) -> Any:
        """What the file has at ``route``; None where it has nothing."""
        here: Any = self.data
        for part in route:
            if isinstance(here, dict):
                here = here.get(part)
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                here = here[part]
            else:
                return None
        return here

    def _corners(self, where: Place) -> tuple[int, int, int, int]:
        self._starts = self._starts or line_starts(self.text)
        return corners(where, self._starts)

    def _at(self, route: Route) -> int | None:
        """The position of the value at ``route`` among the places; None where there is none."""
        at, data = 0, self.data
        for part in route:
            found = self._step(data, at, part)
            if found is None:
                return None
            at, data = found
        return at

    def _nearest(self, route: Route) -> tuple[Place | None, Place]:
        """The place of the last key and of the last value on the way that the file really has."""
        key_place: Place | None = None
        at, data = 0, self.data
        for part in route:
            found = self._step(data, at, part)
            if found is not None:
                key_place = self.places.where[found[0] - 1] if isinstance(data, dict) else None
                at, data = found
        return key_place, self.places.where[at]

    def _step(self, data: Any, at: int, part: str | int) -> tuple[int, Any] | None:
        """The position of a part of a container, and the part."""
        if not (part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
                and part < len(data)):
            return None
        parts = self._parts.get(id(data))
        if parts is None:
            parts = self.places.parts(data, at)
            if len(parts) >= MANY:
                self._parts[id(data)] = parts
        return parts[part], data[part]
