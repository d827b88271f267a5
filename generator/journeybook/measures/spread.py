"""How long something takes over all starts, and two lengths compared start by start.

Maintainers: at one start a promise is kept when the end of what is committed lies within what is promised, so a
start's ``margin`` (ticks by which it is missed, zero or less when kept) is a difference of ends. Between breakpoints
it is a straight line of slope −1, 0 or 1: its ends tell all, and for two bounds the points where it crosses zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from journeybook.frozen import dataclass
from journeybook.measures.calendar import DAY, EVERY_MONTH, MINUTE, Calendar
from journeybook.measures.chains import Chain, breakpoints, end
from journeybook.measures.starts import Window, windows


class Reach(NamedTuple):
    """The lengths of time that a promise or a commitment allows; None leaves the upper end open.

    A lower end that is not written is the empty chain: nothing takes less than no time.
    """

    low: Chain
    high: Chain | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The shortest and the longest time over all starts, in ticks; either may be a limit that no start reaches."""

    shortest: int
    longest: int

    @property
    def fixed(self) -> bool:
        """Whether it takes the same time whenever it starts."""
        return self.shortest == self.longest


class Example(NamedTuple):
    """A start, and what is committed and promised there (ticks). Start words are ``words.start_words``."""

    start: int
    dated: bool
    committed: int
    promised: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether a commitment keeps a promise for ``all``, ``none`` or ``some`` starts, with one start of each kind."""

    holds: Literal["all", "none", "some"]
    kept: Example | None = None
    broken: Example | None = None


class _Sample(NamedTuple):
    """One start: its margin, and the lengths of the pair of bounds that decides it."""

    start: int
    margin: int
    committed: int
    promised: int
    window: Window


_Pair = tuple[Chain, Chain, bool]
"""Committed, promised, and whether the promise is the upper bound."""


@lru_cache(maxsize=4096)
def compare(
    promised: Reach, committed: Reach, calendar: Calendar, months: frozenset[int] = EVERY_MONTH,
) -> Comparison:
    """Whether what is committed lies within what is promised, for clocks that start in some months of the year.

    Source: rules 1, 10 and 11 of ``verdict.py``.
    """
    pairs: list[_Pair] = []
    if promised.high is not None:
        if committed.high is None:
            return Comparison("none")
        pairs.append((committed.high, promised.high, True))
    if promised.low:
        pairs.append((committed.low, promised.low, False))
    if alike(promised, committed):
        inside = all(ours[0].length <= theirs[0].length if upper else ours[0].length >= theirs[0].length
                     for ours, theirs, upper in pairs)
        return Comparison("all" if inside else "none")
    chains = tuple(dict.fromkeys(chain for pair in pairs for chain in pair[:2]))
    samples = [sample for window in windows(chains, calendar, months) for sample in _samples(pairs, chains, window)]
    kept = [sample for sample in samples if sample.margin <= 0]
    broken = [sample for sample in samples if sample.margin > 0]
    holds: Literal["all", "none", "some"] = "all" if not broken else "none" if not kept else "some"
    return Comparison(holds, _example(kept, pairs), _example(broken, pairs))


@lru_cache(maxsize=4096)
def spread(chain: Chain, calendar: Calendar, months: frozenset[int] = EVERY_MONTH) -> Spread:
    """The shortest and the longest time a chain of lengths takes, for clocks that start in some months."""
    pairs: list[_Pair] = [(chain, (), True)]
    found = [sample.committed for window in windows((chain,), calendar, months)
             for sample in _samples(pairs, (chain,), window)]
    return _whole(found)


def alike(promised: Reach, committed: Reach) -> bool:
    """Whether single lengths of one kind are compared: directly, without any start."""
    pairs = [(committed.low, promised.low)] if promised.low else []
    if promised.high is not None:
        pairs.append((committed.high or (), promised.high))
    return all(len(ours) == len(theirs) == 1 and ours[0].family == theirs[0].family for ours, theirs in pairs)


def _samples(pairs: list[_Pair], chains: tuple[Chain, ...], window: Window) -> Iterator[_Sample]:
    """The starts of a window that tell all others: breakpoints, the ticks beside them, and crossings."""
    low, high, calendar, _ = window
    points = {low}
    for chain in chains:
        points |= breakpoints(chain, low, high - 1, calendar)
    for here, there in pairwise((*sorted(points), high)):
        yield _sample(here, pairs, window)
        inner = [here + 1, there - 1] if there - here > 2 else [here + 1] if there - here == 2 else []
        if len(pairs) > 1 and inner:
            inner[1:1] = _crossings(pairs, here + 1, there, calendar)
        for start in inner:
            yield _sample(start, pairs, window)


def _crossings(pairs: list[_Pair], here: int, there: int, calendar: Calendar) -> list[int]:
    """The starts after ``here`` at which a bound begins to hold or to fail, and their neighbours."""
    found: list[int] = []
    for committed, promised, _ in pairs:
        crossing = here + abs(end(committed, here, calendar) - end(promised, here, calendar))
        found += [start for start in (crossing - 1, crossing, crossing + 1) if here < start < there - 1]
    return found


def _sample(start: int, pairs: list[_Pair], window: Window) -> _Sample:
    found: list[_Sample] = []
    for committed, promised, upper in pairs:
        ours, theirs = end(committed, start, window.calendar), end(promised, start, window.calendar)
        margin = ours - theirs if upper else theirs - ours
        found.append(_Sample(start, margin, ours - start, theirs - start, window))
    return max(found, key=lambda sample: sample.margin)


def _whole(ticks: list[int]) -> Spread:
    """Shortest and longest; a tick beside a breakpoint stands for the limit there."""
    return Spread((min(ticks) + 1) // 4 * 4, (max(ticks) + 1) // 4 * 4)


def _example(samples: list[_Sample], pairs: list[_Pair]) -> Example | None:
    """The start that people understand best: at an opening or a closing of a usual week, and a clear case."""
    if not samples:
        return None
    best = min(samples, key=_rank)
    if best.start % MINUTE:  # rather a whole minute nearby, if it tells the same
        later = _sample(-(-best.start // MINUTE) * MINUTE, pairs, best.window)
        if later.start < best.window.high and (later.margin > 0) == (best.margin > 0):
            best = later
    committed, promised = _whole([best.committed]).shortest, _whole([best.promised]).shortest
    return Example(best.start, best.window.dated, committed, promised)


def _rank(sample: _Sample) -> tuple[bool, bool, bool, int, int]:
    window, time = sample.window, sample.start % DAY
    usual = any(time in span for span in window.calendar.open_spans) and window.calendar.is_open(sample.start)
    return (window.dated, not usual, sample.start % MINUTE != 0, -abs(sample.margin), sample.start)
