"""The business calendar and its arithmetic.

Maintainers: a moment is an integer, counted in ticks on the local clock from day 0 (``date.toordinal``); changes of
the clock are ignored. Amounts have at most six decimals, so everything real falls on a multiple of four ticks, and
the ticks beside it stand for "just after" and "just before": limits need no second kind of arithmetic.
Business days and open hours are counted from day 1, so that adding is looking up a count (no walk over days).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate

from journeybook.frozen import dataclass

SECOND = 4_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
EVERY_MONTH = frozenset(range(1, 13))
_LEAP_CYCLE = 146_097  # days of 400 years, after which dates and weekdays repeat


@dataclass(frozen=True)
class Calendar:
    """When a firm is open: weekdays (0 = Monday), open spans in minutes of the day, and days off.

    An event outside business time counts from the next opening; the closing minute is open. ``stated`` is False
    for the calendar that holds where an atlas has none, and the words of a verdict say so then.
    """

    days: frozenset[int] = frozenset(range(5))
    spans: tuple[tuple[int, int], ...] = ((9 * 60, 17 * 60),)
    holidays: frozenset[date] = frozenset()
    stated: bool = False

    @cached_property
    def plain(self) -> Calendar:
        """The same calendar without holidays."""
        return Calendar(self.days, self.spans, frozenset(), self.stated) if self.holidays else self

    @cached_property
    def off(self) -> tuple[int, ...]:
        """Ordinals of the holidays that take a business day away, in order."""
        return tuple(sorted(day.toordinal() for day in self.holidays if day.weekday() in self.days))

    @cached_property
    def open_spans(self) -> tuple[tuple[int, int], ...]:
        """The open spans of a day in ticks after midnight."""
        return tuple((start * MINUTE, end * MINUTE) for start, end in self.spans)

    @cached_property
    def closing(self) -> int:
        """The end of a business day, in ticks after midnight."""
        return self.spans[-1][1] * MINUTE

    @cached_property
    def open_ticks(self) -> int:
        """Open ticks of a business day."""
        return sum(end - start for start, end in self.open_spans)

    @cached_property
    def _open_before(self) -> tuple[int, ...]:
        """Open ticks of a business day before each of its spans."""
        return (0, *accumulate(end - start for start, end in self.open_spans[:-1]))

    @cached_property
    def _weekdays(self) -> tuple[int, ...]:
        return tuple(sorted(self.days))

    @cached_property
    def _earlier(self) -> tuple[int, ...]:
        """Weekday → business days before it in a plain week."""
        return (0, *accumulate(int(day in self.days) for day in range(6)))

    @cached_property
    def _gone(self) -> tuple[int, ...]:
        """Business days before each day off: so many must have passed for it to matter."""
        return tuple(self._plainly_before(day) - index for index, day in enumerate(self.off))

    def _plainly_before(self, day: int) -> int:
        weeks, weekday = divmod(day - 1, 7)
        return weeks * len(self._weekdays) + self._earlier[weekday]

    def business_days_before(self, day: int) -> int:
        """How many business days there are from day 1 up to, and without, ``day``."""
        return self._plainly_before(day) - bisect_left(self.off, day)

    def business_day(self, count: int) -> int:
        """The business day that has ``count`` business days before it."""
        weeks, index = divmod(count + bisect_right(self._gone, count), len(self._weekdays))
        return weeks * 7 + self._weekdays[index] + 1

    def is_business_day(self, day: int) -> bool:
        """Whether the firm opens on this day."""
        return self.business_days_before(day + 1) > self.business_days_before(day)

    def open_until(self, moment: int) -> int:
        """Open ticks from day 1 until a moment."""
        day, time = divmod(moment, DAY)
        total = self.business_days_before(day) * self.open_ticks
        if self.is_business_day(day):
            total += sum(min(max(time - start, 0), end - start) for start, end in self.open_spans)
        return total

    def after_hours(self, start: int, ticks: int) -> int:
        """When so many open ticks have passed since ``start``; with none, the moment the clock starts."""
        if ticks:
            return self._reached(self.open_until(start) + ticks - 1) + 1
        return start if self.is_open(start) else self._reached(self.open_until(start))

    def after_days(self, start: int, days: int) -> int:
        """Closing time of the N-th business day after the day on which the clock started."""
        today = self.business_days_before(-((self.closing - start) // DAY))
        return self.business_day(today + days) * DAY + self.closing

    def before_hours(self, end: int, ticks: int) -> int:
        """The latest start from which so many open ticks have passed by ``end``."""
        if ticks:
            return self._reached(self.open_until(end) - ticks)
        return end if self.is_open(end) else self._reached(self.open_until(end) - 1) + 1

    def before_days(self, end: int, days: int) -> int:
        """The latest start from which ``days`` business days are over by ``end``."""
        closed = self.business_days_before((end - self.closing) // DAY + 1)
        return self.business_day(closed - 1 - days) * DAY + self.closing

    def is_open(self, moment: int) -> bool:
        """Whether a clock that starts now starts at once; the closing minute counts."""
        day, time = divmod(moment, DAY)
        if time == 0 and self.closing == DAY and self.is_business_day(day - 1):
            return True
        return self.is_business_day(day) and any(start <= time <= end for start, end in self.open_spans)

    def _reached(self, ticks: int) -> int:
        """The last moment at which exactly so many ticks were open: never a closing, the next opening instead."""
        count, left = divmod(ticks, self.open_ticks)
        index = bisect_right(self._open_before, left) - 1
        return self.business_day(count) * DAY + self.open_spans[index][0] + left - self._open_before[index]

    def edges(self, low: int, high: int) -> list[tuple[int, int]]:
        """Openings and closings of the open spans that touch the time from ``low`` to ``high``, in order."""
        first = self.business_days_before(low // DAY - 1)
        last = self.business_days_before(high // DAY + 1)
        days = [self.business_day(count) * DAY for count in range(first, last)]
        spans = [(day + start, day + end) for day in days for start, end in self.open_spans]
        return [(start, end) for start, end in spans if start <= high and end >= low]


def months_after(moment: int, months: int) -> int:
    """The same time of day so many calendar months later; on the last day of a month that is too short."""
    day, time = divmod(moment, DAY)
    cycles, within = divmod(day - 1, _LEAP_CYCLE)
    start = date.fromordinal(within + 1)
    years, month = divmod(start.month - 1 + months, 12)
    end = month_start(start.year + years, month + 1) + start.day - 1
    last = month_start(start.year + years + (month == 11), (month + 1) % 12 + 1) - 1
    return (min(end, last) + cycles * _LEAP_CYCLE) * DAY + time


def months_before(moment: int, months: int) -> list[int]:
    """All moments that have this one ``months`` later: none, one, or up to four at the end of a short month."""
    day, time = divmod(moment, DAY)
    near = months_after(moment, -months) // DAY
    return [first * DAY + time for first in range(near - 3, near + 4)
            if months_after(first * DAY, months) == day * DAY]


@lru_cache(maxsize=8192)
def month_start(year: int, month: int) -> int:
    """The day number of a month's first day, in any year."""
    cycles, within = divmod(year - 1, 400)
    return date(within + 1, month, 1).toordinal() + cycles * _LEAP_CYCLE


def month_of(moment: int) -> int:
    """The month (1 to 12) in which a moment lies."""
    return date.fromordinal((moment // DAY - 1) % _LEAP_CYCLE + 1).month
