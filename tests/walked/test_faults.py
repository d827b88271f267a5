"""A log at fault is told with its row and column, and nothing is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeybook.walked import faults
from walked.engines import duckdb, opened

HEAD = "who,event,when\n"
GOOD = "ann,look,2026-03-01T10:00:00Z\n"

CASES = {
    "missing column": ("who,event,time\nann,look,2026-03-01\n", 1, "there is no column `when`"),
    "semicolons": ("who;event;when\nann;look;2026-03-01\n", 1, "separated by semicolons"),
    "empty": ("", 1, "this log is empty"),
    "only a header": (HEAD, 1, "this log is empty"),
    "null id": (HEAD + GOOD + ",look,2026-03-01T11:00:00Z\n", 3, "row 2, column `who`: nobody is named"),
    "no event": (HEAD + GOOD + "bo,,2026-03-01T11:00:00Z\n", 3, "row 2, column `event`: no event is named"),
    "no time": (HEAD + GOOD + "bo,look,soon\n", 3, "row 2, column `when`: this is no time: `soon`"),
    "no such day": (HEAD + GOOD + "bo,look,2026-02-30T10:00:00Z\n", 3, "this is no time: `2026-02-30T10:00:00Z`"),
    "empty time": (HEAD + GOOD + "bo,look,\n", 3, "row 2, column `when`: this is no time: nothing"),
    "mixed zones": (HEAD + GOOD * 2 + "bo,look,2026-03-01T11:00:00\n", 4,
                    "row 3, column `when`: this time names no zone, and others do"),
    "one zone": (HEAD + "bo,look,2026-03-01 11:00\n" * 3 + GOOD, 5,
                 "row 4, column `when`: this time names a zone, and others do not"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_has_its_row_and_column(name: str, tmp_path: Path) -> None:
    """Missing columns, wrong types, mixed zones, ids that are not there: each in plain words at its line."""
    text, line, message = CASES[name]
    path = tmp_path / "log.csv"
    path.write_text(text)
    with duckdb() as connection:
        _, problems = opened(connection, path)
    assert [problem.check for problem in problems] == ["event-log"]
    assert message in problems[0].message and problems[0].help
    assert (problems[0].span.path, problems[0].span.line) == ("log.csv", line)


def test_faults_of_many_kinds_are_told_at_once_and_many_of_one_kind_are_counted(tmp_path: Path) -> None:
    """Three rows of each kind are named, and how many more there are."""
    path = tmp_path / "log.csv"
    path.write_text(HEAD + ",look,2026-03-01T10:00:00Z\n" * 5 + "ann,look,soon\n")
    with duckdb() as connection:
        _, problems = opened(connection, path)
    assert [problem.message for problem in problems] == [
        *(f"row {row}, column `who`: nobody is named" for row in (1, 2, 3)),
        "2 more rows, column `who`: nobody is named", "row 6, column `when`: this is no time: `soon`"]


def test_a_column_of_the_wrong_type_is_refused(tmp_path: Path) -> None:
    """A number is no time, and what is no table cannot be opened."""
    with duckdb() as connection:
        connection.raw_sql(f"copy (select 'ann' as who, 'look' as event, 5 as \"when\") to '{tmp_path}/log.parquet'")
        _, problems = opened(connection, tmp_path / "log.parquet")
        assert "the column `when` holds int32, not times" in problems[0].message
        (tmp_path / "broken.parquet").write_text("no table at all")
        _, problems = opened(connection, tmp_path / "broken.parquet")
        assert "this log cannot be opened" in problems[0].message


def test_a_row_that_is_cut_off_is_told(tmp_path: Path) -> None:
    """A quote that is never closed, or a cell too many, makes the log unreadable."""
    path = tmp_path / "log.csv"
    path.write_text(HEAD + GOOD * 50 + "ann,look,2026-03-01T10:00:00Z,and,more,cells\n")
    with duckdb() as connection:
        found, problems = opened(connection, path)
    assert found is None or problems
    assert "cannot be" in problems[0].message


def test_events_that_nobody_knows_are_told_with_their_first_row(tmp_path: Path) -> None:
    """So that a renamed event is not quietly missing from the counts."""
    path = tmp_path / "log.csv"
    path.write_text(HEAD + GOOD + GOOD.replace("look", "stare") * 2)
    with duckdb() as connection:
        found, _ = opened(connection, path)
        assert found is not None
        facts, _ = faults.look(found)
        assert facts is not None
        (problem,) = faults.strangers(found, ["stare"], facts)
    assert problem.message == "row 2, column `event`: no stage knows the event `stare`, seen 2 times"
    assert problem.span.line == 3
