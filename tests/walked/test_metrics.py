"""Metrics that are counted in the log: the values, the months, the table, and what is wrong with a query."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeybook.walked.metric_values import Figure, Month, table, values, whole_months
from journeybook.walked.metrics import Asked
from support_site import project, run
from walked.engines import duckdb, framed
from walked.naive import Row, log_text
from walked.naive_metrics import value

ZONES = ("UTC", "Europe/Amsterdam", "America/New_York")
START = datetime(2026, 2, 27, tzinfo=UTC)
DAY = 86_400
LOOK, PAY, USE = frozenset({"look", "look-again"}), frozenset({"pay"}), frozenset({"use"})
ASKED = {
    "events": Asked("m", "count", of=LOOK),
    "people": Asked("m", "count", of=LOOK | USE, people=True),
    "conversion": Asked("m", "conversion", start=LOOK, stop=PAY, within=9 * DAY),
    "median": Asked("m", "time-between", start=LOOK, stop=PAY, unit=3600),
    "nine in ten": Asked("m", "time-between", start=LOOK, stop=PAY | USE, within=20 * DAY, percentile=0.9),
    "active": Asked("m", "share-active", of=USE, start=LOOK),
    "still active": Asked("m", "share-active", of=USE),
}
rows = st.lists(st.builds(
    Row, who=st.sampled_from(["ann", "bo", "cy", "di"]), event=st.sampled_from(["look", "Look again", "pay", "use"]),
    when=st.integers(0, 70 * DAY).map(lambda n: START + timedelta(seconds=n - n % 7200)),
    segment=st.just(""),
), min_size=20, max_size=60)


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    """One DuckDB for all examples."""
    with duckdb() as connection:
        yield connection


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=rows, zone=st.sampled_from(ZONES), written=st.sampled_from(ZONES), seed=st.randoms(use_true_random=False))
def test_any_log_gives_the_values_that_a_slow_reader_finds(
        log: list[Row], zone: str, written: str, seed: random.Random, tmp_path: Path, engine: Any) -> None:
    """All kinds of queries; ties, duplicates, rows out of order, repeated starts and stops, any zone."""
    log = [*log, *log[: len(log) // 3], Row("eve", "use", START), Row("eve", "use", START + timedelta(days=64))]
    seed.shuffle(log)
    path = tmp_path / "log.csv"
    path.write_text(log_text(log, written))
    frame = framed(engine, path, zone)
    months = whole_months(frame, zone)
    assert months and months[0].day == date(2026, 3, 31)
    for name, asked in ASKED.items():
        slow = value(asked, log, zone)
        fast = values(asked, frame, months)
        assert fast.keys() == slow.keys(), name
        for day, figure in fast.items():
            assert float(figure.value) == pytest.approx(slow[day][0], abs=0.051), name
            assert figure.n == slow[day][1], name


def test_known_truth_comes_out_exactly(tmp_path: Path, engine: Any) -> None:
    """In March 40 of 50 pay after 36 hours, 30 of these 50 are seen in April, nobody pays in April."""
    start = datetime(2026, 3, 1, tzinfo=UTC)
    log = [Row(f"p{number}", "look", start + timedelta(minutes=number)) for number in range(50)]
    log += [Row(f"p{number}", "pay", start + timedelta(minutes=number, hours=36)) for number in range(40)]
    log += [Row(f"p{number}", "use", start + timedelta(days=40)) for number in range(30)]
    log.append(Row("late", "use", start + timedelta(days=60)))
    path = tmp_path / "log.csv"
    path.write_text(log_text(log))
    frame = framed(engine, path, "UTC")
    months = whole_months(frame, "UTC")
    march, april = date(2026, 3, 31), date(2026, 4, 30)
    assert [month.day for month in months] == [march, april]
    assert values(ASKED["events"], frame, months) == {
        march: Figure(Decimal(50), None, 50), april: Figure(Decimal(0), None, frame.smallest)}
    assert values(ASKED["conversion"], frame, months) == {march: Figure(Decimal("80.0"), 50, 50, 40)}
    assert values(ASKED["median"], frame, months) == {march: Figure(Decimal("36.00"), 40, 40)}
    assert values(ASKED["active"], frame, months)[april] == Figure(Decimal("60.0"), None, 50, 30)


MONTHS = [Month(0, 1, date(2026, month, day)) for month, day in ((3, 31), (4, 30), (5, 31))]
FOUND = {date(2026, 3, 31): Figure(Decimal("60.0"), 50, 50, 30), date(2026, 4, 30): Figure(Decimal("90.0"), 20, 20, 18),
         date(2026, 5, 31): Figure(Decimal("62.5"), 40, 40, 25)}


def test_a_month_is_written_again_and_nothing_written_by_hand_is_lost() -> None:
    """Older months, notes, segments and columns stay; a counted row is replaced; two of twenty are not told of."""
    old = ("date,value,note,segment\n2025-12-31,55,,\n2026-03-31,61.0,,\n2026-04-30,12,by hand: the tracker was off,\n"
           "2026-05-31,70,,large\n")
    once = table(old, FOUND, MONTHS, 10)
    assert once.splitlines()[1:] == [
        "2025-12-31,55,,", "2026-03-31,60.0,,", "2026-04-30,12,by hand: the tracker was off,", "2026-05-31,62.5,,",
        "2026-05-31,70,,large"]
    assert table(once, FOUND, MONTHS, 10) == once
    fresh = table("", FOUND, MONTHS, 10)
    assert fresh == "date,value,n,note\n2026-03-31,60.0,50,\n2026-05-31,62.5,40,\n"
    assert table("date,value,n,note\n2026-04-30,90.0,20,\n", FOUND, MONTHS, 10) == fresh


ATLAS = """\
title: A
teams: {sales: Sales}
events: {log: ../events.csv}
metrics:
  paid:
    {name: Paid, unit: "%", target: 40, owner: sales, query: {ask: conversion, from: look, to: buy/pay, within: 5 days}}
"""
BUY = """\
title: Buy
owner: sales
stages:
  - {id: look, title: Look, signals: [look, Look again]}
  - {id: think, title: Think}
  - {id: pay, title: Pay, signals: pay, metrics: paid}
"""


def log_of(people: int, start: datetime, paying: int) -> str:
    """So many people look on a day, the first of them pay on the next; one more is seen half a year later."""
    rows = [Row(f"p{number}", "look", start) for number in range(people)]
    rows += [Row(f"p{number}", "pay", start + timedelta(days=1)) for number in range(paying)]
    return log_text([*rows, Row("z", "look", start + timedelta(days=40))])


def test_measure_writes_the_months_and_the_page_shows_the_last(tmp_path: Path) -> None:
    """Measured twice it is the same; a newer log adds its months, the older ones stay; a renamed metric keeps them."""
    folder = project(tmp_path, {"atlas.yml": ATLAS, "buy.yml": BUY})
    (folder / "events.csv").write_text(log_of(50, datetime(2026, 3, 1, tzinfo=UTC), 20))
    done = run(folder, "measure")
    path = folder / "maps" / "measured" / "metrics" / "paid.csv"
    assert done.exit_code == 0 and "Wrote maps/measured/metrics/paid.csv" in done.stdout, done.stderr
    assert path.read_text() == "date,value,n,note\n2026-03-31,40.0,50,\n"
    assert "1 journey and 1 metric measured" in run(folder, "measure").stderr
    (folder / "events.csv").write_text(log_of(40, datetime(2026, 5, 1, tzinfo=UTC), 30))
    run(folder, "measure")
    assert path.read_text() == "date,value,n,note\n2026-03-31,40.0,50,\n2026-05-31,75.0,40,\n"
    run(folder, "build", "-q")
    text = (folder / "site" / "library" / "metrics" / "paid" / "index.html").read_text()
    for said in ("75\u202f%", "Event log", "Of the people with", "within 5 days"):
        assert said in text, said
    run(folder, "rename", "metric:paid", "paid-in-time")
    assert not path.exists() and path.with_name("paid-in-time.csv").is_file()


WRONG = {
    "{ask: conversion, from: lok, to: pay}": ("atlas.yml:6:86", "`lok` is neither a signal", "write `look`"),
    "{ask: conversion, from: look}": ("atlas.yml:6:", "a query for a conversion needs `to:`", "name a signal"),
    "{ask: conversion, from: look, to: buy/look}": ("atlas.yml:6:", "the event `look` both starts", "after"),
    "{ask: conversion, from: buy/think, to: pay}": ("atlas.yml:6:", "`buy/think` names no signals", "signals"),
    "{ask: conversion, from: look, to: pay, each: person}": ("atlas.yml:6:", "`each:` means nothing in", "`within:`"),
    "{ask: conversion, from: look, to: pay, within: 2 business days}": ("atlas.yml:6:", "cannot be counted", "clock"),
    "{ask: time-between, from: look, to: pay}": ("atlas.yml:6:", "by the clock, and this metric has `%`", "hours"),
    "{ask: sum, of: look}": ("atlas.yml:6:", "expected one of count, conversion", "journeybook check"),
    "{ask: share-active, of: look}, values: a.csv": ("atlas.yml:6:", "both kept by hand", "measured/metrics"),
}


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_query_is_told_at_its_place_and_nothing_is_measured(query: str, tmp_path: Path) -> None:
    """File, line and column, what is wrong and what to do."""
    place, message, step = WRONG[query]
    atlas = ATLAS.replace("{ask: conversion, from: look, to: buy/pay, within: 5 days}", query)
    folder = project(tmp_path, {"atlas.yml": atlas, "buy.yml": BUY})
    (folder / "maps" / "a.csv").write_text("date,value\n2026-03-31,1\n")
    (folder / "events.csv").write_text(log_of(50, datetime(2026, 3, 1, tzinfo=UTC), 20))
    text = run(folder, "check").stdout
    assert place in text and message in text, text
    done = run(folder, "measure")
    assert done.exit_code and not (folder / "maps" / "measured").exists()
    assert step in done.stdout + done.stderr, done.stdout + done.stderr
