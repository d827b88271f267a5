"""`journeybook measure`: tables that can be committed, or nothing; and never a word about a few people."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import pytest

from journeybook.walked.counts import Part, Visits, Walked, Way
from journeybook.walked.tables import stage_rows, way_rows
from support_site import project, run
from walked.naive import PLAN

BUY = """\
title: Buy
owner: sales
stages:
  - {id: look, title: Look, signals: page viewed}
  - {id: try, title: Try, signals: {text: Asks for a trial, event: [trial_started, demo_seen]}}
  - {id: pay, title: Pay, signals: order placed}
"""
HEAD = "who,event,when,segment\n"


def shop(folder: Path, log: str, events: str = "{log: ../events.csv}") -> Path:
    """A project with one journey and its log."""
    made = project(folder, {"atlas.yml": f"title: A\nteams: {{sales: Sales}}\nevents: {events}\n", "buy.yml": BUY})
    (made / "events.csv").write_text(log)
    return made


def walks(people: int, event: str, when: str, segment: str = "") -> str:
    """The same row for so many people."""
    return "".join(f"p{number},{event},{when},{segment}\n" for number in range(people))


def tables(folder: Path) -> dict[str, str]:
    """Name → text of the tables in a project."""
    return {path.name: path.read_text() for path in sorted((folder / "maps" / "measured").glob("*"))}


LOG = (HEAD + walks(40, "page_viewed", "2026-03-01T10:00:00Z") + walks(25, "trial-started", "2026-03-02T10:00:00Z")
       + walks(12, "Order placed", "2026-04-01T10:30:00Z") + walks(10, "page_viewed", "2026-06-01T00:00:00Z"))


def test_small_dated_tables_are_written(tmp_path: Path) -> None:
    """Stages, ways and the days that were measured; written again they are the same bytes."""
    folder = shop(tmp_path, LOG)
    done = run(folder, "measure")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"Wrote maps/measured/{name}" for name in (
        "buy.stages.csv", "buy.ways.csv", "journeys.csv")]
    found = tables(folder)
    assert found["journeys.csv"] == "journey,first,last,people\nbuy,2026-03-01,2026-06-01,40\n"
    assert found["buy.ways.csv"].splitlines()[1:] == [
        ",,look,try,25,50.0,0,24.00,24.00", ",,try,pay,12,48.0,0,720.50,720.50",
        "2026-03,,look,try,25,62.5,,24.00,24.00", "2026-03,,try,pay,12,48.0,,720.50,720.50"]
    assert found["buy.stages.csv"].splitlines()[1] == ",,look,50,40,40,25,15,10"
    again = run(folder, "measure")
    assert (again.stdout, again.stderr) == ("", "1 journey measured; the tables are as they were\n")
    assert run(folder, "check").exit_code == 0


def test_nobody_and_no_small_group_is_told_of(tmp_path: Path) -> None:
    """No id is in a table, no number below the smallest group, and none that leaves a small rest."""
    log = HEAD + walks(40, "page_viewed", "2026-03-01T10:00:00Z") + walks(9, "trial_started", "2026-03-02T10:00:00Z")
    folder = shop(tmp_path, log)
    assert run(folder, "measure").exit_code == 0
    text = "".join(tables(folder).values())
    assert "p1" not in text and "try" not in text
    for line in text.splitlines():
        for cell in line.split(","):
            assert not cell.isdigit() or int(cell) == 0 or int(cell) >= 10, line
    assert run(shop(tmp_path / "few", HEAD + walks(9, "page_viewed", "2026-03-01T10:00:00Z")), "measure").stderr == (
        "buy: fewer than 10 people, so nothing is told of them\n"
        "buy: no event of `try`, `pay` is in the log\n")


def test_a_rest_that_could_be_worked_out_is_hidden_with_a_second_number() -> None:
    """96 of 100 leave by one way: the other four are not to be had by subtraction."""
    walked = Walked(people=100)
    walked.visits[Part(), 0] = Visits(100, 100, 100, 0, 0)
    walked.ways[Part(), 0, 1] = Way(60, 60, 1.0, 1.0)
    walked.ways[Part(), 0, 2] = Way(36, 36, 1.0, 1.0)
    walked.ways[Part(), 0, 3] = Way(4, 4, 1.0, 1.0)
    assert [(row["to"], row["count"]) for row in way_rows(PLAN, walked, 10)] == [("try", "60")]
    for month, people in (("2026-01", 60), ("2026-02", 36), ("2026-03", 4)):
        walked.visits[Part(month=month), 0] = Visits(people, people, people, 0, 0)
    assert [row["month"] for row in stage_rows(PLAN, walked, 10)] == ["", "2026-01"]


BAD = {
    "two faults": (LOG + ",page_viewed,2026-03-01T10:00:00Z,\np1,page_viewed,soon,\n",
                   ["row 88, column `who`", "row 89, column `when`"]),
    "unknown event": (LOG + "p1,stared,2026-03-01T10:00:00Z,\n", ["knows the event `stared`, seen 1 time"]),
    "empty": ("", ["this log is empty"]),
}


@pytest.mark.parametrize("name", BAD)
def test_of_a_log_at_fault_nothing_is_written(name: str, tmp_path: Path) -> None:
    """Every fault is told, and tables from before stay as they are."""
    text, messages = BAD[name]
    folder = shop(tmp_path, LOG)
    run(folder, "measure")
    before = tables(folder)
    (folder / "events.csv").write_text(text)
    done = run(folder, "measure")
    assert done.exit_code == 1 and done.stderr == "nothing was written\n"
    assert all(message in done.stdout for message in messages), done.stdout
    assert tables(folder) == before


def test_events_that_are_none_of_the_maps_business_can_be_ignored(tmp_path: Path) -> None:
    """By name or by a pattern."""
    folder = shop(tmp_path, LOG + "p1,ui.click,2026-03-01T10:00:00Z,\n", '{log: ../events.csv, ignore: "ui.*"}')
    assert run(folder, "measure").exit_code == 0


def test_months_from_before_the_log_stay(tmp_path: Path) -> None:
    """A log need not go back for ever: what was measured of older months is history."""
    folder = shop(tmp_path, LOG)
    run(folder, "measure")
    (folder / "events.csv").write_text(HEAD + walks(30, "page_viewed", "2026-04-03T10:00:00Z")
                                       + walks(20, "trial_started", "2026-04-04T10:00:00Z"))
    run(folder, "measure")
    with (folder / "maps" / "measured" / "buy.ways.csv").open() as file:
        assert [(row["month"], row["to"], row["count"]) for row in csv.DictReader(file)] == [
            ("", "try", "20"), ("2026-03", "try", "25"), ("2026-03", "pay", "12"), ("2026-04", "try", "20")]


def test_what_cannot_run_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No log, a log outside the project, no such engine, no Ibis: what it is and what to do."""
    folder = shop(tmp_path / "in", LOG, "{who: id}")
    (tmp_path / "events.csv").write_text(LOG)
    cases = {(): "no event log is named", ("--events", "no.csv"): "there is no event log no.csv",
             ("--events", "events.csv", "--engine", "abacus"): "there is no way to the engine `abacus`",
             ("--events", "duckdb://x.db"): "this address names no table",
             ("--events", "duckdb://typo.db#seen"): "there is no database file `typo.db`",
             ("--events", f"sqlite:///{tmp_path}/typo.db#seen"): "there is no database file",
             ("--events", "postgres://127.0.0.1:1/db#seen"): "`pip install 'ibis-framework[postgres]'`",
             ("--events", "postgresql://127.0.0.1:1/db#seen"): "`pip install 'ibis-framework[postgres]'`",
             ("--events", "events.csv", "--demo"): "--demo makes up a log"}
    for words, message in cases.items():
        done = run(folder, "measure", *words)
        assert done.exit_code == 2 and message in done.stderr, done.stderr
    assert not list(tmp_path.rglob("typo.db"))
    outside = run(shop(tmp_path / "out", LOG, "{log: ../../events.csv}"), "measure")
    assert outside.exit_code == 2 and "lies outside the project" in outside.stderr
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    done = run(folder, "measure", "--events", "events.csv")
    assert done.exit_code == 2 and "pip install 'journeybook[measure]'" in done.stderr


def test_a_table_of_a_database_is_measured_where_it_is(tmp_path: Path) -> None:
    """The address names the database, what follows `#` the table."""
    import duckdb

    folder = shop(tmp_path, LOG, "{}")
    with duckdb.connect(str(folder / "data.db")) as database:
        database.execute(f"create table seen as select * from read_csv('{folder}/events.csv')")
    assert run(folder, "measure", "--events", f"duckdb://{folder}/data.db#seen").exit_code == 0
    by_table = tables(folder)
    run(folder, "measure", "--events", "events.csv")
    assert tables(folder) == by_table


def test_a_made_up_log_is_measured_and_is_the_same_each_time(tmp_path: Path) -> None:
    """One seed, one log; a dry run writes nothing."""
    folder = shop(tmp_path, LOG)
    assert run(folder, "measure", "--demo", "--people", "200", "--dry-run").exit_code == 0
    assert tables(folder) == {}
    run(folder, "measure", "--demo", "--people", "200", SOURCE_DATE_EPOCH="1795219200")
    first = tables(folder)
    done = run(folder, "measure", "--demo", "--people", "200", SOURCE_DATE_EPOCH="1795219200")
    assert tables(folder) == first and "buy.ways.csv" in first and done.exit_code == 0


def test_the_page_shows_what_people_did_beside_what_the_map_says(tmp_path: Path) -> None:
    """Measured and declared share, times, a way not drawn and one not taken; nothing where nothing was measured."""
    log = HEAD + walks(40, "page_viewed", "2026-03-01T10:00:00Z") + walks(30, "order placed", "2026-03-04T10:00:00Z")
    log += walks(12, "trial_started", "2026-03-06T10:00:00Z")
    folder = shop(tmp_path, log)
    (folder / "maps" / "buy.yml").write_text(BUY + "transitions:\n  - {from: look, to: try, share: 60}\n")
    run(folder, "build", "-q")
    page = folder / "site" / "journeys" / "buy" / "index.html"
    assert 'id="walked"' not in page.read_text()
    assert run(folder, "measure").exit_code == 0
    run(folder, "build", "-q")
    text = page.read_text()
    for said in ('id="walked"', "40 people, counted in the event log from 1 Mar 2026 to 6 Mar 2026.", "75\u202f%",
                 "3 days", "Not on the map", "Nobody seen", "60\u202f%"):
        assert said in text, said


def test_a_stage_without_signals_between_two_others_is_passed_unseen(tmp_path: Path) -> None:
    """Nobody can be seen there, so going straight on is what the map draws."""
    log = HEAD + walks(40, "page_viewed", "2026-03-01T10:00:00Z") + walks(30, "order placed", "2026-03-04T10:00:00Z")
    folder = shop(tmp_path, log)
    silent = BUY.replace(", signals: {text: Asks for a trial, event: [trial_started, demo_seen]}", "")
    (folder / "maps" / "buy.yml").write_text(silent)
    assert run(folder, "measure").exit_code == 0
    assert not {"way-undrawn", "way-untaken", "stage-unreached"} & set(
        run(folder, "check", "-q").stdout.replace("[", " ").replace("]", " ").split())
