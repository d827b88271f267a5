"""A read file: its data, and where in the text each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from journeybook.problems import Span

MERGE = "<<"
"""The key of a refused merge: in the places of a mapping, never in its data."""

Route: TypeAlias = tuple[str | int, ...]
"""The way from a file's root to one value: keys and list positions."""


class Place(NamedTuple):
    """Start and exclusive end, from 0, columns in characters (as the parser counts)."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places(NamedTuple):
    """A value's place and those of its parts: ``{key: (place of the key, Places)}``, a list, or None."""

    place: Place
    parts: dict[str, tuple[Place, Places]] | list[Places] | None


EMPTY = Places(Place(0, 0, 0, 0), {})
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
        here = self.places
        for part in route:
            found = _step(here, part)
            if found is None:
                continue
            key_place, here = found
        return self._span(key_place if key and key_place is not None else here.place)

    def lines(self, route: Route) -> tuple[int, int]:
        """First and last line (from 1) of what stands at ``route``, its key's line included."""
        key_place, here = None, self.places
        for part in route:
            key_place, here = _step(here, part) or (key_place, here)
        place = here.place
        last = place.end_line if place.end_column == 0 and place.end_line > place.line else place.end_line + 1
        return (key_place or place).line + 1, last

    def has(self, route: Route) -> bool:
        """Whether the file really has something at ``route``."""
        here = self.places
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

    def _span(self, place: Place) -> Span:
        line, column, end_line, end_column = place
        if end_line > line and end_column == 0:  # a block ends where the next begins: show its first line
            end_line, end_column = line, column + 1
        return Span(self.path, line + 1, column + 1, end_line + 1, end_column + 1)


def _step(here: Places, part: str | int) -> tuple[Place | None, Places] | None:
    parts = here.parts
    if isinstance(parts, dict):
        return parts.get(part) if isinstance(part, str) else None
    if isinstance(parts, list) and isinstance(part, int) and part < len(parts):
        return None, parts[part]
    return None
