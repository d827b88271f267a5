"""Running the queries on a small log, in DuckDB or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from journeybook.problems import Problem
from journeybook.schema.events import Events
from journeybook.walked import faults, log, queries
from journeybook.walked.counts import Walked
from journeybook.walked.plan import Plan
from journeybook.walked.worth import count_worth

QUIET = 7 * 86_400


@contextmanager
def duckdb() -> Iterator[Any]:
    """A DuckDB for a test."""
    with log.engine("duckdb", "1GB", 1) as connection:
        yield connection


def opened(connection: Any, path: Path, columns: Events | None = None) -> tuple[log.Log | None, list[Problem]]:
    """A log, or what is wrong with it as a whole or in its rows."""
    found = log.open_log(connection, str(path), path.name, columns or Events())
    if isinstance(found, Problem):
        return None, [found]
    return found, faults.look(found)[1]


def walked(connection: Any, path: Path, plan: Plan, zone: str = "UTC", smallest: int = 2,
           columns: Events | None = None) -> Walked:
    """What is counted of a log without faults."""
    frame = framed(connection, path, zone, smallest, columns)
    found = queries.walked(plan, frame)
    count_worth(plan, frame, found)
    return found


def framed(connection: Any, path: Path, zone: str, smallest: int = 2, columns: Events | None = None) -> queries.Frame:
    """What all questions to a log without faults share."""
    found = log.open_log(connection, str(path), path.name, columns or Events())
    assert not isinstance(found, Problem), found.message
    facts, problems = faults.look(found)
    assert facts is not None, problems
    return queries.frame(found, facts, zone, QUIET, smallest)
