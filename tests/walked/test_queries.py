"""What is counted equals what a slow reader counts, whatever the log looks like."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeybook.schema.events import Events
from journeybook.walked.counts import Part, Walked
from journeybook.walked.made_up import SEGMENTS
from journeybook.walked.tables import files
from walked.engines import QUIET, duckdb, walked
from walked.naive import PLAN, Row, at, count, log_text, quantile

ZONES = ("UTC", "Europe/Amsterdam", "America/New_York", "Asia/Kolkata")
EVENTS = ("look", "Look again", "try", "pay", "use")
@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    """One DuckDB for all examples."""
    with duckdb() as connection:
        yield connection


rows = st.lists(st.builds(
    Row, who=st.sampled_from(["ann", "bo", "cy", "di"]), event=st.sampled_from(EVENTS),
    when=st.integers(0, 40 * 86_400).map(lambda n: at(n - n % 1800)), segment=st.sampled_from(["", "large", "small"]),
), min_size=1, max_size=60)


def assert_same(found: Walked, log: list[Row], zone: str) -> None:
    """Every number equals the slow one."""
    slow = count(log, PLAN, zone, QUIET)
    assert {(p.month, p.segment, a, b): way.count for (p, a, b), way in found.ways.items()} == {
        place: len(times) for place, times in slow.ways.items()}
    for (part, source, target), way in found.ways.items():
        times = slow.ways[part.month, part.segment, source, target]
        assert way.median == pytest.approx(quantile(times, 0.5), abs=1e-6)
        assert way.p90 == pytest.approx(quantile(times, 0.9), abs=1e-6)
    for key, slow_counts in (("count", slow.visits), ("new", slow.new), ("left", slow.left),
                             ("waiting", slow.waiting)):
        fast = {(part.month, part.segment, stage): getattr(visits, key)
                for (part, stage), visits in found.visits.items()}
        assert {place: number for place, number in fast.items() if number} == {
            place: number for place, number in slow_counts.items() if number}
    for (part, stage), reached in found.reached.items():
        if part == Part():
            assert reached.people == slow.people[stage]
            assert reached.onward == (slow.onward[stage] if stage < 3 else 0)
    assert {(a, b): way.repeat for (p, a, b), way in found.ways.items() if p == Part() and way.repeat} == {
        pair: number for pair, number in slow.repeat.items() if number}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=rows, zone=st.sampled_from(ZONES), written=st.sampled_from(ZONES), seed=st.randoms(use_true_random=False))
def test_any_log_is_counted_as_a_slow_reader_counts_it(log: list[Row], zone: str, written: str, seed: random.Random,
                                                       tmp_path: Path, engine: Any) -> None:
    """Ties, duplicates, rows out of order, skipped and repeated stages, changes of clock, any zone."""
    log = [*log, *log[: len(log) // 3]]
    seed.shuffle(log)
    path = tmp_path / "log.csv"
    path.write_text(log_text(log, written))
    assert_same(walked(engine, path, PLAN, zone), log, zone)


def test_known_conversions_delays_and_loops_come_out_exactly(tmp_path: Path) -> None:
    """Of 100 people 80 try after an hour, 40 of them pay after two days, 10 go back once; nothing is approximated."""
    log = []
    for number in range(100):
        log.append(Row(f"p{number}", "look", at(0)))
        if number < 80:
            log.append(Row(f"p{number}", "try", at(3600)))
        if number < 10:
            log += [Row(f"p{number}", "look", at(7200)), Row(f"p{number}", "try", at(10800))]
        if number < 40:
            log.append(Row(f"p{number}", "pay", at(10800 + 2 * 86_400)))
    path = tmp_path / "log.csv"
    path.write_text(log_text(log))
    with duckdb() as connection:
        found = walked(connection, path, PLAN)
    ways = {pair[1:]: way for pair, way in found.ways.items() if pair[0] == Part()}
    assert {pair: way.count for pair, way in ways.items()} == {(0, 1): 90, (1, 0): 10, (1, 2): 40}
    assert (ways[0, 1].median, ways[0, 1].p90, ways[1, 0].median) == (3600, 3600, 3600)
    assert found.reached[Part(), 0].onward == 80 and found.reached[Part(), 1].onward == 40
    assert found.visits[Part(), 1].waiting == 40 and found.visits[Part(), 1].left == 0


def test_times_without_a_zone_are_those_of_the_zone_that_is_set(tmp_path: Path) -> None:
    """An hour that comes twice is its first, one that is left out is as if the clock stood."""
    wall = ["2026-03-29T01:30:00", "2026-03-29T02:30:00", "2026-10-25T02:30:00", "2026-10-25 03:30", "2026-12-01"]
    zone = ZoneInfo("Europe/Amsterdam")
    log = [Row("ann", event, datetime.fromisoformat(text).replace(tzinfo=zone))
           for event, text in zip(("look", "try", "pay", "use", "look"), wall, strict=True)]
    path = tmp_path / "log.csv"
    path.write_text("who,event,when\n" + "".join(
        f"ann,{row.event},{text}\n" for row, text in zip(log, wall, strict=True)))
    with duckdb() as connection:
        assert_same(walked(connection, path, PLAN, "Europe/Amsterdam"), log, "Europe/Amsterdam")


@pytest.mark.parametrize("kind", ["timestamp", "timestamptz", "varchar"])
def test_parquet_gives_the_same_as_csv(kind: str, tmp_path: Path) -> None:
    """Times may be typed with a zone, without, or be texts; ids may be numbers; columns may have other names."""
    chance = random.Random(4)
    log = [Row(str(chance.randrange(30)), chance.choice(EVENTS), at(chance.randrange(10**6)), chance.choice(SEGMENTS))
           for _ in range(300)]
    csv = tmp_path / "log.csv"
    csv.write_text(log_text(log))
    with duckdb() as connection:
        connection.raw_sql("SET TimeZone = 'Pacific/Auckland'")
        made = "when::timestamptz" if kind != "timestamp" else "(when::timestamptz at time zone 'UTC')"
        made = "\"when\"" if kind == "varchar" else made.replace("when", "\"when\"")
        connection.raw_sql(f"copy (select who::int as account, event, {made} as happened, segment from "
                           f"read_csv('{csv}', all_varchar=true)) to '{tmp_path}/log.parquet'")
        connection.raw_sql("SET TimeZone = 'UTC'")
        columns = Events(who="account", when="happened")
        parquet = walked(connection, tmp_path / "log.parquet", PLAN, columns=columns)
        assert list(files(PLAN, parquet, 2)) == list(files(PLAN, walked(connection, csv, PLAN), 2))


def test_directly_follows_counts_equal_those_of_pm4py(tmp_path: Path) -> None:
    """The process-mining library counts the same ways; only stages that follow themselves are ours to join."""
    pm4py = pytest.importorskip("pm4py")
    pandas = pytest.importorskip("pandas")
    chance = random.Random(11)
    log = [Row(f"p{number}", chance.choice(("look", "try", "pay", "use")), at(number * 1000 + step * 7))
           for number in range(400) for step in range(chance.randrange(1, 9))]
    path = tmp_path / "log.csv"
    path.write_text(log_text(log))
    frame = pandas.DataFrame({"case:concept:name": [row.who for row in log], "concept:name": [r.event for r in log],
                              "time:timestamp": pandas.to_datetime([row.when for row in log], utc=True)})
    graph, *_ = pm4py.discover_dfg(frame)
    with duckdb() as connection:
        found = walked(connection, path, PLAN)
    ours = {(PLAN.stages[a], PLAN.stages[b]): way.count for (p, a, b), way in found.ways.items() if p == Part()}
    assert ours == {pair: number for pair, number in graph.items() if pair[0] != pair[1]}


def test_many_visits_of_few_people_are_known_to_be_of_few(tmp_path: Path) -> None:
    """Somebody who goes to and fro a hundred times is one person, however often."""
    log = [Row("bot", ("look", "try")[number % 2], at(number * 60)) for number in range(200)]
    log += [Row(f"p{number}", event, at(number + 90 * (event == "try")))
            for number in range(12) for event in ("look", "try")]
    path = tmp_path / "log.csv"
    path.write_text(log_text(log))
    with duckdb() as connection:
        found = walked(connection, path, PLAN, smallest=10)
    assert found.ways[Part(), 1, 0].count == 99 and found.ways[Part(), 1, 0].crowd == 1
    assert found.ways[Part(), 0, 1].crowd >= 10


def test_a_time_within_a_second_counts_as_that_second(tmp_path: Path) -> None:
    """Times are read to the second; what happens in the same one stands in the order of the map."""
    path = tmp_path / "log.csv"
    start = datetime(2026, 1, 1, tzinfo=UTC)
    path.write_text(f"who,event,when\nann,try,{start.isoformat(timespec='seconds')}\n"
                    f"ann,look,{(start + timedelta(milliseconds=900)).isoformat()}\n")
    with duckdb() as connection:
        found = walked(connection, path, PLAN)
    assert list(found.ways) == [(Part(), 0, 1), (Part(month="2026-01"), 0, 1)]
    assert found.ways[Part(), 0, 1].median == 0
