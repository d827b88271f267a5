"""A read file: its data, and where in the text each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from journeybook.problems import Span

MERGE = "<<"
"""The key of a refused merge: in the places of a mapping, never in its data."""

Route: TypeAlias = tuple[str | int, ...]
"""The way from a file's root to one value: keys and list positions."""


Place: TypeAlias = int
"""Start and exclusive end in one number: line, column, end line, end column from 0, twenty bits each.

Columns count characters, as the parser does. There is one for every key and value, and a number takes a quarter of
the memory of a tuple; twenty bits are enough for any file within the limit on its size. Places compare by start.
"""

_BITS = 20
_HALF = 2 * _BITS
_ONE = (1 << _BITS) - 1
_END = (1 << _HALF) - 1


def place(line: int, column: int, end_line: int, end_column: int) -> Place:
    """The number for a stretch of a file."""
    return (line << _BITS | column) << _HALF | end_line << _BITS | end_column


def corners(where: Place) -> tuple[int, int, int, int]:
    """Line, column, end line and end column of a place."""
    return where >> 3 * _BITS, where >> _HALF & _ONE, where >> _BITS & _ONE, where & _ONE


def covers(where: Place, line: int, column: int) -> bool:
    """Whether a place that starts no later than a point ends behind it."""
    return line << _BITS | column < where & _END


class Places(NamedTuple):
    """A container's place and those of its parts. A part that is no container is its place and nothing more."""

    place: Place
    parts: dict[str, tuple[Place, Node]] | list[Node]


Node: TypeAlias = "Places | Place"

EMPTY = Places(0, {})
"""The places of a file of which nothing could be read."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment ``# journeybook: ignore[check] reason``. ``lines`` are those it covers (from 1)."""

    checks: tuple[str, ...]
    lines: tuple[int, int]
    span: Span


@dataclass(slots=True)
class Document:
    """One YAML file. ``data`` holds dicts, lists, str and None only: the schema gives types, not the reader.

    ``readable`` is False after a syntax error; ``top_keys`` then still names what the file was meant to hold.
    """

    path: str
    text: str
    data: dict[str, Any]
    places: Places
    readable: bool = True
    top_keys: tuple[str, ...] = ()
    ignores: list[Ignore] = field(default_factory=list)

    def locate(self, route: Route, *, key: bool = False) -> Span:
        """The span of the value at ``route``, or of its key.

        Parts of the route that the file does not have are passed over, so that a value written in a short
        form, inherited or missing altogether is reported at the nearest thing the user did write.
        """
        key_place: Place | None = None
        here: Node = self.places
        for part in route:
            found = _step(here, part)
            if found is None:
                continue
            key_place, here = found
        return self._span(key_place if key and key_place is not None else _of(here))

    def lines(self, route: Route) -> tuple[int, int]:
        """First and last line (from 1) of what stands at ``route``, its key's line included."""
        key_place: Place | None = None
        here: Node = self.places
        for part in route:
            key_place, here = _step(here, part) or (key_place, here)
        line, _, end_line, end_column = corners(_of(here))
        last = end_line if end_column == 0 and end_line > line else end_line + 1
        return (line if key_place is None else corners(key_place)[0]) + 1, last

    def has(self, route: Route) -> bool:
        """Whether the file really has something at ``route``."""
        here: Node = self.places
        for part in route:
            found = _step(here, part)
            if found is None:
                return False
            here = found[1]
        return True

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

    def _span(self, where: Place) -> Span:
        line, column, end_line, end_column = corners(where)
        if end_line > line and end_column == 0:  # a block ends where the next begins: show its first line
            end_line, end_column = line, column + 1
        return Span(self.path, line + 1, column + 1, end_line + 1, end_column + 1)


def _of(node: Node) -> Place:
    return node.place if isinstance(node, Places) else node


def _step(here: Node, part: str | int) -> tuple[Place | None, Node] | None:
    parts = here.parts if isinstance(here, Places) else None
    if isinstance(parts, dict):
        return parts.get(part) if isinstance(part, str) else None
    if isinstance(parts, list) and isinstance(part, int) and part < len(parts):
        return None, parts[part]
    return None
