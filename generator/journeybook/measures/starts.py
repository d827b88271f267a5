"""The moments at which a clock can start, as far as they differ.

Maintainers: every start counts (rules 5 and 11 of ``verdict.py``), but most are alike. Without holidays and months
a plain week holds them all. A holiday concerns the starts whose span touches it; between the moments at which a holiday
comes into a span or leaves it, starts are alike from week to week. Months differ by date: of all days of a cycle in
which dates meet weekdays, one of each sort is kept. Years like 2100 are looked at where a holiday lies in them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from journeybook.measures.calendar import DAY, EVERY_MONTH, WEEK, Calendar, month_of, month_start, months_after
from journeybook.measures.chains import Chain, end, latest_start

MONDAY = date(2025, 1, 6).toordinal() * DAY
_CYCLE_START = date(2025, 1, 1).toordinal()
_LEAP_DAYS = 4 * 365 + 1


class Window(NamedTuple):
    """Starts from ``low`` up to, and without, ``high``. ``dated``: the date matters, not only the weekday."""

    low: int
    high: int
    calendar: Calendar
    dated: bool


def windows(chains: tuple[Chain, ...], calendar: Calendar, months: frozenset[int] = EVERY_MONTH) -> list[Window]:
    """Stretches of starts that together stand for every start in some months of the year."""
    families = {leg.family for chain in chains for leg in chain}
    busy = tuple(chain for chain in chains if {leg.family for leg in chain} & {"business hours", "business days"})
    business = bool(busy)
    plain = calendar.plain
    if "months" in families:
        days = _sorts_of_days(chains, plain, months, business)
        found = [Window(day * DAY, (day + 1) * DAY, plain, True) for day in days]
    else:
        found = [Window(MONDAY, MONDAY + (WEEK if business else 1), plain, False)]
    if business and calendar.off:
        found += [Window(low, high, calendar, True)
                  for low, high in _near_holidays(busy, calendar, months, "months" not in families)]
    return found


def _sorts_of_days(chains: tuple[Chain, ...], calendar: Calendar, months: frozenset[int], business: bool) -> list[int]:
    """One day for each way in which weekday and lengths of months can meet; the first of a month if there is one.

    Four years hold all lengths. Seven times four let every date meet every weekday; only where a month begins after
    a business length does its own length hang on the weekday, and then all of these days are looked at.
    """
    mixed = any(_month_after_business(chain) for chain in chains)
    cycle = _LEAP_DAYS * (7 if mixed else 1)
    monthly = [chain for chain in chains if any(leg.family == "months" for leg in chain)]
    lengths = zip(*(_lengths_by_day(chain, calendar, cycle) for chain in monthly), strict=True)
    found: dict[tuple[int, object], int] = {}
    for day, known in enumerate(lengths, _CYCLE_START):
        start = date.fromordinal(day)
        if start.month not in months:
            continue
        sort = (start.weekday() if mixed else 0, known)
        if sort not in found or (start.day == 1 and date.fromordinal(found[sort]).day != 1):
            found[sort] = day
    shifts = range(7 if business and not mixed else 1)
    return sorted(day + shift * _LEAP_DAYS for day in found.values() for shift in shifts)


def _month_after_business(chain: Chain) -> bool:
    families = [leg.family for leg in chain]
    business = [family in ("business hours", "business days") for family in families]
    return True in business and "months" in families[business.index(True):]


@lru_cache(maxsize=64)  # the same few lengths are promised and committed again and again
def _lengths_by_day(chain: Chain, calendar: Calendar, days: int) -> tuple[tuple[int, ...], ...]:
    return tuple(_lengths(chain, day, calendar) for day in range(_CYCLE_START, _CYCLE_START + days))


def _lengths(chain: Chain, day: int, calendar: Calendar) -> tuple[int, ...]:
    """How many days the months of a chain last, for all days on which they can begin if it starts on ``day``."""
    low, high = day * DAY, day * DAY + DAY - 1
    found: list[int] = []
    left = sum(leg.family == "months" for leg in chain)
    for leg in chain:
        if leg.family == "months":
            left -= 1
            first, last = sorted((low // DAY, high // DAY))
            found += [_length(each, leg.length) for each in range(first, last + 1)]
        if not left:
            break
        low, high = end((leg,), low, calendar), end((leg,), high, calendar)
    return tuple(found)


@lru_cache(maxsize=65_536)
def _length(day: int, months: int) -> int:
    return months_after(day * DAY, months) // DAY - day


def _near_holidays(
    chains: tuple[Chain, ...], calendar: Calendar, months: frozenset[int], weekly: bool,
) -> Iterator[tuple[int, int]]:
    """Stretches in which a span touches a holiday, each cut to one week of starts that are alike (``weekly``).

    ``chains`` are those that follow the calendar; to the others a holiday is a day like any.
    """
    seen: set[tuple[int, ...]] = set()
    for low, high in _touching(chains, calendar):
        off = calendar.off[bisect_left(calendar.off, low // DAY):bisect_left(calendar.off, high // DAY)]
        inner = {low, high}
        if weekly:
            alike = (low % WEEK, *(day * DAY - low for day in off))
            if alike in seen and months == EVERY_MONTH:
                continue  # the same holidays on the same weekdays, in another year
            seen.add(alike)
            inner.update(moment for day in off for edge in (day, day + 1)
                         for moment in _crossings(chains, edge * DAY, calendar) if low < moment < high)
        if months != EVERY_MONTH:
            inner.update(first for first in _month_starts(low, high) if low < first < high)
        ends = sorted(inner)
        for start, stop in pairwise(ends):
            if month_of(start) in months:
                yield start, min(stop, start + WEEK + 1) if weekly else stop


def _touching(chains: tuple[Chain, ...], calendar: Calendar) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for day in calendar.off:
        low = max(min(latest_start(chain, day * DAY, calendar) for chain in chains), DAY)
        if found and low <= found[-1][1]:
            found[-1] = (min(low, found[-1][0]), (day + 1) * DAY)
        else:
            found.append((low, (day + 1) * DAY))
    return found


def _crossings(chains: tuple[Chain, ...], edge: int, calendar: Calendar) -> Iterator[int]:
    """The starts from which some clock of a chain starts or ends at ``edge``."""
    yield edge
    for chain in chains:
        for count in range(1, len(chain) + 1):
            yield latest_start(chain[:count], edge, calendar)


def _month_starts(low: int, high: int) -> Iterator[int]:
    year = date.fromordinal(low // DAY).year
    for index in range((date.fromordinal(high // DAY).year - year + 1) * 12):
        yield month_start(year + index // 12, index % 12 + 1) * DAY
