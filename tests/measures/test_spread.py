"""Lengths over all starts, against known truths and against a look at every single start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeybook.measures.calendar import DAY, EVERY_MONTH, HOUR, MINUTE, SECOND, WEEK, Calendar
from journeybook.measures.chains import Chain, Leg, chain_of, end, latest_start
from journeybook.measures.quantity import Quantity, parse_quantity
from journeybook.measures.spread import Reach, compare, spread
from journeybook.measures.words import length_words, start_words
from measures.naive import Naive, told

OFFICE = Calendar()
MONDAY = date(2025, 1, 6)
UNIT = 30  # minutes: what the drawn calendars and lengths are made of


def chain(*texts: str) -> Chain:
    """Lengths end to end, from words."""
    found = [parse_quantity(text) for text in texts]
    return chain_of([each for each in found if isinstance(each, Quantity)])


def most(*texts: str) -> Reach:
    """At most so long."""
    return Reach((), chain(*texts))


def least(*texts: str) -> Reach:
    """At least so long."""
    return Reach(chain(*texts), None)


def office(*holidays: date) -> Calendar:
    """Monday to Friday, 09:00 to 17:00, with some days off."""
    return Calendar(holidays=frozenset(holidays), stated=True)


@pytest.mark.parametrize(("texts", "shortest", "longest"), [
    (("3 business days",), "72 hours", "6 days"),
    (("2 business days",), "48 hours", "5 days"),
    (("1 business day",), "24 hours", "4 days"),
    (("0 business days",), "no time", "72 hours"),
    (("8 business hours",), "8 hours", "72 hours"),
    (("0 business hours",), "no time", "64 hours"),
    (("1 month",), "28 days", "31 days"),
    (("1 year",), "365 days", "366 days"),
    (("4 years",), "1\u202f461 days", "1\u202f461 days"),
    (("48 hours",), "48 hours", "48 hours"),
    (("2 business days", "24 hours"), "72 hours", "6 days"),
    (("24 hours", "2 business days"), "72 hours", "6 days"),
    (("1 month", "1 business day"), "29 days", "35 days"),
])
def test_known_spreads(texts: tuple[str, ...], shortest: str, longest: str) -> None:
    """Shortest and longest times that are known from thinking them through."""
    found = spread(chain(*texts), OFFICE)
    assert (length_words(found.shortest), length_words(found.longest)) == (shortest, longest)


@pytest.mark.parametrize(("promised", "committed", "holds"), [
    (most("48 hours"), most("3 business days"), "none"),
    (most("48 hours"), most("30 hours"), "all"),
    (most("48 hours"), most("2 business days"), "some"),
    (most("6 days"), most("3 business days"), "all"),
    (most("8639 minutes"), most("3 business days"), "some"),
    (most("30 days"), most("1 month"), "some"),
    (most("31 days"), most("1 month"), "all"),
    (most("27 days"), most("1 month"), "none"),
    (most("1 year"), most("12 months"), "all"),
    (most("366 days"), most("1 year"), "all"),
    (most("365 days"), most("1 year"), "some"),
    (least("24 months"), most("36 months"), "none"),
    (least("48 hours"), least("2 business days"), "all"),
    (least("48 hours"), most("2 business days"), "none"),
    (least("2 business days"), least("48 hours"), "some"),
    (most("48 hours"), least("2 hours"), "none"),
    (most("3 business days"), most("2 business days"), "all"),
    (most("2 business days"), most("17 business hours"), "some"),
    (most("1 month"), most("20 business days"), "some"),
    (most("1 month"), most("19 business days"), "all"),
    (most("4 days"), most("2 business days", "24 hours"), "some"),
    (most("6 days"), most("2 business days", "24 hours"), "all"),
    (most("72 hours"), most("2 business days", "24 hours"), "some"),
    (most("71 hours"), most("2 business days", "24 hours"), "none"),
    (Reach(chain("48 hours"), chain("48 hours")), Reach(chain("2 business days"), chain("2 business days")), "some"),
    (Reach(chain("1 day"), chain("5 days")), Reach(chain("1 business day"), chain("2 business days")), "all"),
    (Reach(chain("1 day"), chain("4 days")), Reach(chain("1 business day"), chain("2 business days")), "some"),
    (Reach(chain("3 days"), chain("71 hours")), Reach(chain("2 business days"), chain("2 business days")), "none"),
])
def test_known_comparisons(promised: Reach, committed: Reach, holds: str) -> None:
    """Kept for all, none or some starts."""
    assert compare(promised, committed, OFFICE).holds == holds


def test_examples_are_openings_and_closings() -> None:
    """Monday 17:00 keeps 48 hours with two business days, Thursday 09:00 does not."""
    found = compare(most("48 hours"), most("2 business days"), OFFICE)
    assert found.kept is not None and found.broken is not None
    assert start_words(found.kept.start, found.kept.dated) == "Monday 17:00"
    assert length_words(found.kept.committed) == "48 hours"
    assert start_words(found.broken.start, found.broken.dated) == "Thursday 09:00"
    assert length_words(found.broken.committed) == "4 days 8 hours"


def test_an_example_without_opening_or_closing_is_a_whole_minute() -> None:
    """Where only starts in between break a promise, the example is still a moment on a clock."""
    found = compare(most("119 hours"), most("2 business days"), OFFICE)
    assert found.broken is not None
    assert start_words(found.broken.start, found.broken.dated) == "Wednesday 17:01"
    assert length_words(found.broken.committed) == "4 days 23 hours 59 minutes"


def test_a_limit_that_no_minute_reaches_is_named_as_such() -> None:
    """Half a minute less than the longest time is broken just after closing and at no whole minute."""
    found = compare(most("7199.5 minutes"), most("2 business days"), OFFICE)
    assert found.broken is not None
    assert start_words(found.broken.start, found.broken.dated) == "Wednesday just after 17:00"
    assert length_words(found.broken.committed) == "5 days"


def test_a_holiday_makes_a_kept_one_at_risk() -> None:
    """A day off within the span is enough, and the example names its date; past ones count as well."""
    for year in (2026, 1999):
        calendar = office(date(year, 12, 24))
        found = compare(most("6 days"), most("3 business days"), calendar)
        assert compare(most("6 days"), most("3 business days"), calendar.plain).holds == "all"
        assert found.holds == "some" and found.kept is not None and found.broken is not None
        assert start_words(found.kept.start, found.kept.dated) == "Monday 17:00"
        assert f"Dec {year} " in start_words(found.broken.start, found.broken.dated)


def test_a_holiday_on_a_sunday_changes_nothing() -> None:
    """A day off on which nobody works anyway is no day off."""
    calendar = office(date(2026, 12, 27))
    assert spread(chain("3 business days"), calendar) == spread(chain("3 business days"), OFFICE)


def test_months_of_the_start_are_respected() -> None:
    """In February a month fits into 30 days; a Christmas holiday does not touch the summer."""
    assert compare(most("29 days"), most("1 month"), OFFICE, frozenset({2})).holds == "all"
    assert compare(most("30 days"), most("1 month"), OFFICE, frozenset({7})).holds == "none"
    calendar = office(date(2026, 12, 24))
    assert compare(most("6 days"), most("3 business days"), calendar, frozenset({6, 7})).holds == "all"
    assert compare(most("6 days"), most("3 business days"), calendar, frozenset({12})).holds == "some"


def test_every_minute_of_a_plain_week() -> None:
    """The breakpoints tell what all minutes, and the moments between them, tell."""
    naive = Naive(OFFICE, MONDAY, 40)
    week = range(7 * naive.day, 14 * naive.day)
    pairs = [("48 hours", "2 business days"), ("121 hours", "2 business days"), ("17 hours", "1 business hours"),
             ("18 hours", "1.5 business hours")]
    for promised, committed in pairs:
        expected = told(naive.holds(most(promised), most(committed), week))
        assert compare(most(promised), most(committed), OFFICE).holds == expected
    lengths = [naive.end(chain("7 business hours"), moment) - moment for moment in week]
    found = spread(chain("7 business hours"), OFFICE)
    assert (found.shortest * 2 // MINUTE, found.longest * 2 // MINUTE) == (min(lengths), max(lengths))


times = st.integers(0, 24 * 60 // UNIT)
legs = st.one_of(
    st.integers(0, 6).map(lambda days: Leg("business days", days)),
    st.integers(0, 12).map(lambda many: Leg("business hours", many * UNIT * MINUTE)),
    st.integers(0, 240).map(lambda many: Leg("elapsed", many * UNIT * MINUTE)),
)
chains = st.lists(legs, min_size=1, max_size=3).map(tuple)
uppers = chains.map(lambda drawn: Reach((), drawn))
reaches = st.one_of(uppers, st.builds(Reach, chains, chains), chains.map(lambda drawn: Reach(drawn, None)))
HOLIDAYS = date(2026, 12, 21)


@st.composite
def calendars(draw: st.DrawFn, most_holidays: int = 3) -> Calendar:
    """A calendar of some days, one or two spans and a few holidays within six weeks."""
    days = draw(st.frozensets(st.integers(0, 6), min_size=2, max_size=7))
    edges = sorted(draw(st.sets(times, min_size=2, max_size=4)))
    spans = tuple((edges[i] * UNIT, edges[i + 1] * UNIT) for i in range(0, len(edges) - 1, 2))
    off = draw(st.frozensets(st.integers(0, 41), max_size=most_holidays))
    return Calendar(days, spans, frozenset(HOLIDAYS + timedelta(days=each) for each in off), True)


@settings(max_examples=60, deadline=None)
@given(calendars(), reaches, reaches, st.sampled_from([EVERY_MONTH, frozenset({12}), frozenset({1, 2, 11})]))
def test_breakpoints_tell_what_every_start_tells(
    calendar: Calendar, promised: Reach, committed: Reach, months: frozenset[int],
) -> None:
    """Any calendar, any holidays, any chains and ranges: the same answer as one look at every start."""
    week = Naive(calendar.plain, MONDAY, 400, UNIT)
    answers = [week.holds(promised, committed, range(7 * week.day, 14 * week.day))]
    if calendar.holidays and len(answers[0]) < 2:
        around = Naive(calendar, HOLIDAYS - timedelta(days=210), 800, UNIT)
        chains = [each for reach in (promised, committed) for each in reach if each]
        back = min(latest_start(each, around.ticks(210 * around.day), calendar) for each in chains)
        first = max((back - around.ticks(0)) // DAY, 1)
        every = range(first * around.day, (210 + 43) * around.day)
        answers.append(around.holds(promised, committed, (
            moment for moment in every if (around.first + timedelta(days=moment // around.day)).month in months)))
    assert compare(promised, committed, calendar, months).holds == told(*answers)


def lengths(naive: Naive, drawn: Chain, days: range) -> list[int]:
    """How long a chain takes from every whole moment of some days, and just after it, in half units."""
    found: list[int] = []
    for moment in range(days.start * naive.day, days.stop * naive.day, 2):
        here, between, there = (naive.end(drawn, moment + step) - moment - step for step in range(3))
        found += [here, 2 * between - there]  # a straight line, back to just after its beginning
    return found


@settings(max_examples=50, deadline=None)
@given(calendars(), chains)
def test_a_spread_is_the_shortest_and_the_longest_of_all_starts(calendar: Calendar, drawn: Chain) -> None:
    """Exactly, limits included, over a plain week and all weeks around the holidays."""
    found = lengths(Naive(calendar.plain, MONDAY, 300, UNIT), drawn, range(7, 14))
    if calendar.off:
        around = Naive(calendar, HOLIDAYS - timedelta(days=210), 600, UNIT)
        back = latest_start(drawn, around.ticks(210 * around.day), calendar)
        found += lengths(around, drawn, range(max((back - around.ticks(0)) // DAY, 1), 210 + 43))
    whole = spread(drawn, calendar)
    assert (whole.shortest, whole.longest) == tuple(each * UNIT * MINUTE // 2 for each in (min(found), max(found)))


@settings(max_examples=60, deadline=None)
@given(calendars(), chains)
def test_ends_are_those_of_the_definition(calendar: Calendar, drawn: Chain) -> None:
    """Where a chain ends, at every half unit of a fortnight with holidays."""
    naive = Naive(calendar, HOLIDAYS - timedelta(days=7), 500, UNIT)
    for moment in range(naive.day, 21 * naive.day, 7):
        assert end(drawn, naive.ticks(moment), calendar) == naive.ticks(naive.end(drawn, moment))


@settings(max_examples=60, deadline=None)
@given(calendars(), legs, st.integers(0, 40 * 48))
def test_the_latest_start_is_the_last_that_is_over_in_time(calendar: Calendar, leg: Leg, moment: int) -> None:
    """One tick later is too late."""
    deadline = HOLIDAYS.toordinal() * DAY + moment * UNIT * MINUTE
    latest = latest_start((leg,), deadline, calendar)
    assert end((leg,), latest, calendar) <= deadline < end((leg,), latest + 1, calendar)


@pytest.mark.parametrize(("promised", "committed"), [
    (("1 month",), ("20 business days",)),
    (("32 days",), ("19 business days",)),
    (("33 days",), ("1 month", "1 business day")),
    (("35 days",), ("1 business day", "1 month")),
    (("34 days",), ("12 business hours", "1 month", "1 business day")),
    (("2 months",), ("1 month", "1 month")),
    (("61 days",), ("36 hours", "2 months")),
])
def test_months_over_a_whole_cycle(promised: tuple[str, ...], committed: tuple[str, ...]) -> None:
    """Dates that meet weekdays: the same answer as every second hour of 28 years, with and without holidays."""
    plain = Calendar(spans=((8 * 60, 16 * 60),))
    naive = Naive(plain, date(2025, 1, 1), 29 * 366, 240)
    usual = naive.holds(most(*promised), most(*committed), range((28 * 365 + 7) * naive.day))
    assert compare(most(*promised), most(*committed), plain).holds == told(usual)
    calendar = Calendar(plain.days, plain.spans, frozenset({date(2026, 3, 31), date(2026, 7, 6)}))
    naive = Naive(calendar, date(2025, 12, 1), 366, 240)
    around = naive.holds(most(*promised), most(*committed), range(naive.day, 240 * naive.day))
    assert compare(most(*promised), most(*committed), calendar).holds == told(usual, around)


@settings(max_examples=80, deadline=None)
@given(calendars(), uppers, chains, legs)
def test_a_longer_commitment_is_never_better(calendar: Calendar, promised: Reach, drawn: Chain, more: Leg) -> None:
    """From kept to at risk to broken, never back."""
    order = ("all", "some", "none")
    shorter = compare(promised, Reach((), drawn), calendar).holds
    longer = compare(promised, Reach((), (*drawn, more)), calendar).holds
    assert order.index(longer) >= order.index(shorter)


@settings(max_examples=60, deadline=None)
@given(calendars(0), chains, st.integers(0, 7 * 24 * 60), st.integers(-60, 60))
def test_whole_weeks_change_nothing_without_holidays(
    calendar: Calendar, drawn: Chain, minute: int, weeks: int,
) -> None:
    """The same start some weeks later ends the same weeks later."""
    start = MONDAY.toordinal() * DAY + minute * MINUTE
    assert end(drawn, start + weeks * WEEK, calendar) == end(drawn, start, calendar) + weeks * WEEK


@settings(max_examples=40, deadline=None)
@given(calendars(0), st.lists(legs, min_size=2, max_size=3))
def test_a_sum_takes_at_least_as_long_as_each_part(calendar: Calendar, drawn: list[Leg]) -> None:
    """Both its shortest and its longest time."""
    whole = spread(tuple(drawn), calendar)
    for leg in drawn:
        part = spread((leg,), calendar)
        assert whole.shortest >= part.shortest and whole.longest >= part.longest


@settings(max_examples=40, deadline=None)
@given(calendars(), st.integers(1, 400), st.integers(1, 12))
def test_the_unit_makes_no_difference(calendar: Calendar, hours: int, days: int) -> None:
    """Hours, minutes and seconds of one length get one answer."""
    committed = most(f"{days} business days")
    found = {compare(most(text), committed, calendar).holds
             for text in (f"{hours} hours", f"{hours * 60} minutes", f"{hours * 3600} seconds")}
    assert len(found) == 1


def test_neighbours_of_one_kind_are_added_up() -> None:
    """Except months: a month and a month from 31 January are not two months."""
    assert chain("1 hour", "1 day") == (Leg("elapsed", 25 * HOUR),)
    assert chain("2 business days", "1 business day") == (Leg("business days", 3),)
    assert chain("1 month", "1 month") == (Leg("months", 1), Leg("months", 1))
    assert chain("0.5 seconds") == (Leg("elapsed", SECOND // 2),)
    january = date(2025, 1, 31).toordinal() * DAY
    assert end(chain("1 month", "1 month"), january, OFFICE) == date(2025, 3, 28).toordinal() * DAY
    assert end(chain("2 months"), january, OFFICE) == date(2025, 3, 31).toordinal() * DAY
