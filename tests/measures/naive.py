"""Business time the slow way, as the rules say it: one look at every moment of a stretch of days.

Moments are counted in half units of ``unit`` minutes after midnight of ``first``. What happens at whole units is
exact; the half units between stand for "just after" and "just before", which is as much as a limit needs as long as
openings, closings and lengths are whole units.
"""

from __future__ import annotations

import calendar as months
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta

from journeybook.measures.calendar import DAY, MINUTE, Calendar
from journeybook.measures.chains import Chain
from journeybook.measures.spread import Reach


class Naive:
    """A calendar from ``first`` on for ``days`` days, every half unit of it written down."""

    def __init__(self, calendar: Calendar, first: date, days: int, unit: int = 1) -> None:
        self.unit, self.first = unit, first
        self.day = 24 * 60 * 2 // unit
        self.business = [self._opens(calendar, first + timedelta(days=index)) for index in range(days)]
        self.closing = calendar.spans[-1][1] * 2 // unit
        spans = [(start * 2 // unit, end * 2 // unit) for start, end in calendar.spans]
        hours = [any(start <= time < end for start, end in spans) for time in range(self.day)]
        self.passed = [0]  # open half units until each moment
        for business in self.business:
            for is_open in hours:
                self.passed.append(self.passed[-1] + (business and is_open))

    @staticmethod
    def _opens(calendar: Calendar, day: date) -> bool:
        return day.weekday() in calendar.days and day not in calendar.holidays

    def ticks(self, moment: int) -> int:
        """A moment as the package counts it."""
        return self.first.toordinal() * DAY + moment * self.unit * MINUTE // 2

    def end(self, chain: Chain, moment: int) -> int:
        """Where a chain ends, by definition."""
        for family, length in chain:
            if family == "elapsed":
                moment += length * 2 // (self.unit * MINUTE)
            elif family == "business hours":
                moment = self._after_hours(moment, length * 2 // (self.unit * MINUTE))
            elif family == "business days":
                moment = self._after_days(moment, length)
            else:
                moment = self._after_months(moment, length)
        return moment

    def _after_hours(self, moment: int, length: int) -> int:
        """The first moment at which so much was open since the start; for no time, the start or next opening."""
        if not length:
            before = moment > 0 and self.passed[moment] > self.passed[moment - 1]
            while not before and self.passed[moment + 1] == self.passed[moment]:
                moment += 1
            return moment
        found = bisect_left(self.passed, self.passed[moment] + length)
        assert found < len(self.passed), "more days are needed"
        return found

    def _after_days(self, moment: int, days: int) -> int:
        """The closing of the N-th business day after the one on which the clock starts."""
        day = 0 if moment == 0 else (moment - 1) // self.day  # a midnight may be a closing minute
        while not self.business[day] or day * self.day + self.closing < moment:
            day += 1
        for _ in range(days):
            day += 1
            while not self.business[day]:
                day += 1
        return day * self.day + self.closing

    def _after_months(self, moment: int, count: int) -> int:
        day, time = divmod(moment, self.day)
        start = self.first + timedelta(days=day)
        years, month = divmod(start.month - 1 + count, 12)
        year = start.year + years
        last = months.monthrange(year, month + 1)[1]
        return (date(year, month + 1, min(start.day, last)) - self.first).days * self.day + time

    def keeps(self, promised: Reach, committed: Reach, moment: int) -> bool:
        """Whether all that is committed is promised, for a clock that starts at one moment."""
        low = not promised.low or self.end(committed.low, moment) >= self.end(promised.low, moment)
        if promised.high is None:
            return low
        high = committed.high is not None and self.end(committed.high, moment) <= self.end(promised.high, moment)
        return low and high

    def holds(self, promised: Reach, committed: Reach, moments: Iterable[int]) -> set[bool]:
        """What the starts say, taken together."""
        found: set[bool] = set()
        for moment in moments:
            found.add(self.keeps(promised, committed, moment))
            if len(found) == 2:
                break
        return found


def told(*answers: set[bool]) -> str:
    """The word of a comparison for what starts said."""
    found = set().union(*answers)
    return {frozenset({True}): "all", frozenset({False}): "none"}.get(frozenset(found), "some")
