"""The ``calendar:`` of an atlas, as people write it, read into a :class:`Calendar`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TypeVar

from journeybook import formats, words
from journeybook.measures.calendar import Calendar
from journeybook.measures.faults import Fault
from journeybook.schema.types import ISO_DATE, nearest
from journeybook.words import _

T = TypeVar("T")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EARLIEST, LATEST = 1900, 2199
"""Holidays lie in these years; anything else is a slip of the pen."""
MOST = 500
"""So many holidays are read: forty years of them."""
_NUMBER_OF = {name.lower()[:length]: index for index, name in enumerate(WEEKDAYS) for length in (2, 3, 4, 5, 10)}
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|–|—|to)\s*(\d{1,2}):(\d{2})")


def read_calendar(
    days: str | list[str] | None = None,
    hours: str | list[str] | None = None,
    holidays: str | date | Iterable[str | date] | None = None,
) -> tuple[Calendar, list[Fault]]:
    """A calendar from its three keys and what is wrong with them; a faulty key counts as not written."""
    usual = Calendar()
    faults: list[Fault] = []
    open_days, open_spans = usual.days, usual.spans
    if days is not None:
        found_days = read_days(days)
        open_days = _kept(found_days, open_days, "days", faults)
    if hours is not None:
        found_spans = read_hours(hours)
        open_spans = _kept(found_spans, open_spans, "hours", faults)
    off, more = read_holidays([] if holidays is None else holidays)
    return Calendar(open_days, open_spans, off, stated=True), faults + more


def read_days(value: str | list[str]) -> frozenset[int] | Fault:
    """``mon-fri``, ``sun-thu``, ``mon, wed`` or a list of such texts → weekdays, 0 = Monday."""
    found: set[int] = set()
    texts = [value] if isinstance(value, str) else value
    parts = [part.strip().lower() for whole in texts for part in whole.split(",")]
    for text in parts:
        ends = [end.strip() for end in re.split(r"-|–|—|\bto\b", text)]
        unknown = next((end for end in ends if end.rstrip(".") not in _NUMBER_OF), None)
        if unknown is not None or len(ends) > 2:
            alike = 0.6 if len(unknown or "") < 5 else 0.8  # `fry` is Friday, `weekday` no Wednesday
            close = nearest(unknown or "", [name for name in _NUMBER_OF if len(name) in (3, 6, 7, 8, 9)], alike)
            meant = text.replace(unknown or "", close[:3]) if close and len(ends) < 3 else ""
            step = f"write `{meant}`" + (f" in place of `{text}`" if len(parts) > 1 else "")
            return Fault("value-choice", f"expected weekdays, found `{text}`",
                         step if meant else "write `mon-fri`, or a list such as `[mon, wed, fri]`")
        first, last = (_NUMBER_OF[end.rstrip(".")] for end in (ends[0], ends[-1]))
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(found) if found else Fault("key-missing", "there are no weekdays", "write `mon-fri`")


def read_hours(value: str | list[str]) -> tuple[tuple[int, int], ...] | Fault:
    """``09:00-17:00`` or a list of spans → minutes of the day, in order; spans that touch become one."""
    found: list[tuple[int, int]] = []
    for text in [value] if isinstance(value, str) else value:
        match = _SPAN.fullmatch(text.strip())
        if match is None:
            return Fault("value-type", f"expected hours, found `{text.strip()}`",
                         'write the opening and the closing time, such as `"09:00-17:00"`')
        hour, minute, end_hour, end_minute = map(int, match.groups())
        start, end = hour * 60 + minute, end_hour * 60 + end_minute
        if max(minute, end_minute) > 59 or max(start, end) > 24 * 60:
            return Fault("value-range", f"`{text.strip()}` is no time of day", "times run from 00:00 to 24:00")
        if start >= end:
            return Fault("value-range", f"`{text.strip()}` closes before it opens",
                         'a night is two spans: `["22:00-24:00", "00:00-06:00"]`')
        found.append((start, end))
    found.sort()
    if any(end > start for (_, end), (start, _) in pairwise(found)):
        return Fault("value-range", "two of these spans overlap", "write each opening and closing time once")
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined) if joined else Fault("key-missing", "there are no hours", 'write `"09:00-17:00"`')


def read_holidays(value: str | date | Iterable[str | date]) -> tuple[frozenset[date], list[Fault]]:
    """ISO dates → days off; each faulty one is left out and told."""
    found: set[date] = set()
    faults: list[Fault] = []
    for index, item in enumerate([value] if isinstance(value, (str, date)) else value):
        if index == MOST:
            faults.append(Fault("value-range", f"there are more than {MOST} holidays; the rest is left out",
                                "delete those of years long past", f"holidays/{index}"))
            break
        day = item if isinstance(item, date) else _date(item.strip())
        if day is None:
            faults.append(Fault("value-date", f"expected a date, found `{item}`",
                                "write year-month-day, such as `2026-12-25`", f"holidays/{index}"))
        elif not EARLIEST <= day.year <= LATEST:
            faults.append(Fault("value-range", f"the year {day.year} is far away", "correct the year",
                                f"holidays/{index}"))
        else:
            found.add(day)
    return frozenset(found), faults


def calendar_words(calendar: Calendar) -> str:
    """``Monday to Friday, 09:00–17:00, no holidays``."""
    runs: list[list[int]] = []
    for day in sorted(calendar.days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    days = words.current().weekdays
    names = [days[run[0]] if len(run) == 1 else _("%(first)s to %(last)s", first=days[run[0]], last=days[run[-1]])
             for run in runs]
    hours = [f"{start // 60:02d}:{start % 60:02d}–{end // 60:02d}:{end % 60:02d}" for start, end in calendar.spans]
    off = formats.plural("%(num)s holiday", "%(num)s holidays", len(calendar.holidays))
    if not calendar.holidays:
        off = _("no holidays")
    return ", ".join([formats.listed(names), formats.listed(hours), off])


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _kept(found: T | Fault, usual: T, key: str, faults: list[Fault]) -> T:
    if isinstance(found, Fault):
        faults.append(found.within(key))
        return usual
    return found
