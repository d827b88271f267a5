"""What was counted of a journey, before it is rounded and written."""

from __future__ import annotations

from dataclasses import field

from journeybook.frozen import dataclass

ALL = ""
"""Every month, or every segment."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the log: one month (``2026-03``), one segment, or all of it."""

    month: str = ALL
    segment: str = ALL


@dataclass(frozen=True, slots=True)
class Way:
    """People who went from one visit straight to the next. ``repeat`` of them in a later pass than their first.

    Times are seconds from the last event of the one visit to the first of the next; with a month, that of leaving.
    ``crowd`` is a number of people that there are at least, exact where it is small.
    """

    count: int
    crowd: int
    median: float
    p90: float
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of a stage. ``new`` were their person's first of the journey.

    ``left`` and ``waiting`` ended the walk so far: long ago, or too lately to tell.
    """

    count: int = 0
    crowd: int = 0
    new: int = 0
    left: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """People who came to a stage, and those of them who later came to the following one of the map."""

    people: int
    onward: int


@dataclass(frozen=True, slots=True)
class Worth:
    """What events of a stage were worth, in hundredths: of so many events, by ``crowd`` people."""

    count: int
    crowd: int
    total: int
    median: float


@dataclass(slots=True)
class Walked:
    """All that was counted of one journey. ``first`` and ``last`` are seconds since 1970, UTC."""

    people: int = 0
    first: int = 0
    last: int = 0
    ways: dict[tuple[Part, int, int], Way] = field(default_factory=dict)
    visits: dict[tuple[Part, int], Visits] = field(default_factory=dict)
    reached: dict[tuple[Part, int], Reached] = field(default_factory=dict)
    worth: dict[tuple[Part, int], Worth] = field(default_factory=dict)
