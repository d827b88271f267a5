"""The calendar of an atlas: how it is read, and its arithmetic at single moments."""

from __future__ import annotations

from datetime import date

import pytest

from journeybook.measures import Calendar, Fault, read_calendar
from journeybook.measures.calendar import DAY, HOUR, MINUTE, month_of, months_after, months_before
from journeybook.measures.opening import MOST, calendar_words, read_days, read_holidays, read_hours

MONDAY = date(2025, 1, 6).toordinal() * DAY
OFFICE = Calendar()
LUNCH = Calendar(spans=((9 * 60, 12 * 60), (13 * 60, 17 * 60)))
NIGHT = Calendar(days=frozenset(range(7)), spans=((0, 6 * 60), (22 * 60, 24 * 60)))
ALWAYS = Calendar(days=frozenset(range(7)), spans=((0, 24 * 60),))


def at(day: int, hour: float) -> int:
    """A moment of the week that starts on Monday, 6 January 2025."""
    return MONDAY + day * DAY + round(hour * 60) * MINUTE


@pytest.mark.parametrize(("value", "days"), [
    ("mon-fri", {0, 1, 2, 3, 4}), ("Monday to Friday", {0, 1, 2, 3, 4}), ("sun–thu", {6, 0, 1, 2, 3}),
    ("mon, wed", {0, 2}), (["mon-tue", "sat"], {0, 1, 5}), (["Thurs."], {3}), ("fri-fri", {4}),
])
def test_reads_days(value: str | list[str], days: set[int]) -> None:
    """A range, a list, or a list of ranges; a range may run over the weekend."""
    assert read_days(value) == frozenset(days)


@pytest.mark.parametrize(("value", "spans"), [
    ("09:00-17:00", [(540, 1020)]), ("9:00 – 17:30", [(540, 1050)]), ("00:00-24:00", [(0, 1440)]),
    (["13:00-17:00", "09:00-12:00"], [(540, 720), (780, 1020)]), (["09:00-12:00", "12:00-17:00"], [(540, 1020)]),
])
def test_reads_hours(value: str | list[str], spans: list[tuple[int, int]]) -> None:
    """One span or several, in any order; spans that touch are one."""
    assert read_hours(value) == tuple(spans)


@pytest.mark.parametrize(("found", "check", "hint"), [
    (read_days("mon-fry"), "value-choice", "write `mon-fri`"),
    (read_days("mon, wendsday"), "value-choice", "write `wed` in place of `wendsday`"),
    (read_days("mon-wed-fri"), "value-choice", "`mon-fri`"),
    (read_days("xyz"), "value-choice", "`mon-fri`"), (read_days([]), "key-missing", "`mon-fri`"),
    (read_hours("9-17"), "value-type", "09:00-17:00"), (read_hours("09:00-25:00"), "value-range", "24:00"),
    (read_hours("09:00-16:70"), "value-range", "24:00"), (read_hours("22:00-06:00"), "value-range", "22:00-24:00"),
    (read_hours(["09:00-12:00", "11:00-13:00"]), "value-range", "once"), (read_hours([]), "key-missing", "09:00"),
])
def test_refuses_with_a_next_step(found: object, check: str, hint: str) -> None:
    """A faulty key is told with what to write."""
    assert isinstance(found, Fault)
    assert found.check == check and hint in found.help


def test_reads_holidays_and_tells_each_fault() -> None:
    """Faulty dates are left out one by one."""
    found, faults = read_holidays(["2026-12-25", date(2026, 1, 1), "2026-02-30", "25.12.2026", "0226-01-01"])
    assert found == {date(2026, 12, 25), date(2026, 1, 1)}
    assert [(fault.check, fault.at) for fault in faults] == [
        ("value-date", "holidays/2"), ("value-date", "holidays/3"), ("value-range", "holidays/4")]
    assert read_holidays("2026-12-25")[0] == {date(2026, 12, 25)}


def test_holidays_end_somewhere() -> None:
    """A list without end is cut, and says so."""
    found, faults = read_holidays(["2026-12-25"] * (MOST + 5))
    assert len(found) == 1 and [fault.check for fault in faults] == ["value-range"]


def test_a_faulty_key_counts_as_not_written() -> None:
    """The rest of the calendar holds."""
    calendar, faults = read_calendar("mon-sta", "08:00-12:00", ["2026-12-25"])
    assert calendar == Calendar(spans=((480, 720),), holidays=frozenset({date(2026, 12, 25)}), stated=True)
    assert [fault.at for fault in faults] == ["days"]
    assert read_calendar()[0] == Calendar(stated=True)
    assert not Calendar().stated


@pytest.mark.parametrize(("calendar", "words"), [
    (OFFICE, "Monday to Friday, 09:00–17:00, no holidays"),
    (LUNCH, "Monday to Friday, 09:00–12:00 and 13:00–17:00, no holidays"),
    (Calendar(days=frozenset({0, 2, 5, 6}), holidays=frozenset({date(2026, 1, 1)})),
     "Monday, Wednesday and Saturday to Sunday, 09:00–17:00, 1 holiday"),
])
def test_a_calendar_in_words(calendar: Calendar, words: str) -> None:
    """As verdicts name it."""
    assert calendar_words(calendar) == words


@pytest.mark.parametrize(("calendar", "start", "days", "end"), [
    (OFFICE, at(0, 9), 3, at(3, 17)), (OFFICE, at(0, 17), 2, at(2, 17)), (OFFICE, at(0, 17) + 1, 2, at(3, 17)),
    (OFFICE, at(3, 9), 2, at(7, 17)), (OFFICE, at(5, 12), 1, at(8, 17)), (OFFICE, at(0, 3), 0, at(0, 17)),
    (LUNCH, at(0, 12.5), 1, at(1, 17)), (NIGHT, at(0, 24), 1, at(1, 24)), (NIGHT, at(0, 24) + 1, 1, at(2, 24)),
])
def test_business_days_end_at_closing(calendar: Calendar, start: int, days: int, end: int) -> None:
    """Closing time of the N-th business day after the day on which the clock starts; the closing minute is open."""
    assert calendar.after_days(start, days) == end


@pytest.mark.parametrize(("calendar", "start", "hours", "end"), [
    (OFFICE, at(0, 9), 8, at(0, 17)), (OFFICE, at(0, 16), 2, at(1, 10)), (OFFICE, at(0, 17), 1, at(1, 10)),
    (OFFICE, at(4, 18), 1, at(7, 10)), (OFFICE, at(0, 12), 0, at(0, 12)), (OFFICE, at(0, 17), 0, at(0, 17)),
    (OFFICE, at(0, 18), 0, at(1, 9)), (LUNCH, at(0, 11), 2, at(0, 14)), (LUNCH, at(0, 12.5), 1, at(0, 14)),
    (NIGHT, at(0, 23), 2, at(1, 1)), (NIGHT, at(0, 24), 0, at(0, 24)), (ALWAYS, at(0, 5), 50, at(2, 7)),
])
def test_business_hours_end_after_so_many_open_hours(calendar: Calendar, start: int, hours: int, end: int) -> None:
    """An event outside business time counts from the next opening."""
    assert calendar.after_hours(start, hours * HOUR) == end


def test_holidays_are_passed_over() -> None:
    """In a row, and one after the other."""
    off = frozenset({date(2025, 1, 7), date(2025, 1, 8), date(2025, 1, 11), date(2025, 1, 13)})
    calendar = Calendar(holidays=off)
    assert calendar.after_days(at(0, 9), 1) == at(3, 17)
    assert calendar.after_days(at(0, 9), 3) == at(8, 17)
    assert calendar.after_hours(at(0, 16), 2 * HOUR) == at(3, 10)
    assert [calendar.is_business_day(MONDAY // DAY + day) for day in range(8)] == [
        True, False, False, True, True, False, False, False]


def test_months_are_calendar_spans() -> None:
    """The same day and time, or the last day of a shorter month; twelve months are a year."""
    january = date(2025, 1, 31).toordinal() * DAY + 9 * HOUR
    assert months_after(january, 1) == date(2025, 2, 28).toordinal() * DAY + 9 * HOUR
    assert months_after(january, 12) == date(2026, 1, 31).toordinal() * DAY + 9 * HOUR
    assert months_after(january, 37) == date(2028, 2, 29).toordinal() * DAY + 9 * HOUR
    assert month_of(january) == 1
    february = months_after(january, 1)
    assert [months_after(start, 1) for start in months_before(february, 1)] == [february] * 4
    assert months_before(january, 2) == []
