"""What is wrong with a log: found in one look at all of it, told with row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from journeybook import formats
from journeybook.frozen import dataclass
from journeybook.problems import Problem
from journeybook.schema.types import described
from journeybook.walked.log import Log, empty, first_line
from journeybook.walked.plan import MOST

NAMES = 100_000
SHOWN = 3
"""So many rows with one fault are named; of the others there is the number."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a log holds. ``zoned`` is whether its times name their zone; ``first`` and ``last`` are then seconds since
    1970 in UTC, else of its own clock.

    ``events`` are the names of events with their numbers.
    """

    events: dict[str, int]
    segments: tuple[str, ...]
    first: int
    last: int
    zoned: bool


def look(log: Log) -> tuple[Facts | None, list[Problem]]:
    """The facts of a log, or all that is wrong with it."""
    rows = log.rows
    moment = rows.wall - rows.shift.fill_null(0)
    worth = {"worthless": (rows.value.notnull() & rows.cents.isnull()).sum()} if log.valued else {}
    asked = rows.group_by("event", "segment").agg(
        **worth, n=rows.count(), nobody=rows.who.isnull().sum(), never=rows.wall.isnull().sum(),
        zoned=rows.shift.notnull().sum(), first=moment.min(), last=moment.max()).limit(NAMES + 1)
    try:
        found = asked.to_pyarrow().to_pylist()
    except Exception as error:
        return None, [_unreadable(log, error)]
    if not found:
        return None, [empty(log.shown)]
    if len(found) > NAMES:
        return None, [Problem(
            "event-log", f"the column `{log.columns['event']}` has more than {NAMES:,} different names", log.place(),
            "name the column with the kind of event, not with its id")]
    problems = list(_rows_at_fault(log, found))
    segments = tuple(sorted({row["segment"] for row in found if row["segment"] is not None}))
    if len(segments) > MOST:
        problems.append(Problem(
            "event-log", f"the column `{log.columns['segment']}` has {len(segments):,} different segments; "
            f"{MOST} is the most", log.place(), "name a column with a few kinds of people under `events:`"))
    if problems:
        return None, problems
    events: dict[str, int] = {}
    for row in found:
        events[row["event"]] = events.get(row["event"], 0) + row["n"]
    return Facts(events, segments, min(row["first"] for row in found), max(row["last"] for row in found),
                 any(row["zoned"] for row in found)), []


def _rows_at_fault(log: Log, found: list[dict[str, Any]]) -> Iterator[Problem]:
    nobody, never, zoned = (sum(row[key] for row in found) for key in ("nobody", "never", "zoned"))
    nothing = sum(row["n"] for row in found if row["event"] is None)
    timed = sum(row["n"] for row in found) - never
    yield from _told(log, "who", nobody, lambda t: t.who.isnull(), "nobody is named", "write the person's id")
    yield from _told(log, "event", nothing, lambda t: t.event.isnull(), "no event is named", "write its name")
    yield from _told(log, "when", never, lambda t: t.wall.isnull(), "this is no time",
                     "write it as in `2026-03-31T09:30:00Z`")
    worthless = sum(row.get("worthless") or 0 for row in found)
    yield from _told(log, "value", worthless, lambda t: t.value.notnull() & t.cents.isnull(), "this is no number",
                     "write digits, with a point before decimals, or leave it empty")
    step = "write all times of a log alike: with a zone, such as `Z`, or without"
    if 0 < zoned < timed <= 2 * zoned:
        yield from _told(log, "when", timed - zoned, lambda t: t.wall.notnull() & t.shift.isnull(),
                         "this time names no zone, and others do", step)
    elif 0 < zoned < timed:
        yield from _told(log, "when", zoned, lambda t: t.shift.notnull(),
                         "this time names a zone, and others do not", step)


def _told(log: Log, key: str, number: int, at_fault: Callable[[Any], Any], message: str,
          step: str) -> Iterator[Problem]:
    """A problem for each of the first rows with a fault, and one for the number of the others."""
    if not number:
        return
    column = log.columns[key]
    first = _first_rows(log, at_fault, "value" if key == "value" else "written")
    for row, wrote in first:
        found = f": {described(wrote)}" if key in ("when", "value") else ""
        yield Problem("event-log", f"row {row + 1}, column `{column}`: {message}{found}", log.place(row), step)
    if number > len(first):
        rows = formats.count(number - len(first), "more row" if first else "row")
        yield Problem("event-log", f"{rows}, column `{column}`: {message}", log.place(), step)


def _first_rows(log: Log, at_fault: Callable[[Any], Any], wrote: str = "written") -> list[tuple[int, Any]]:
    """Number, from 0, and written time (or value) of the first rows with a fault; none where rows have no order."""
    import ibis

    if log.lines is None:
        return []
    numbered = log.rows.mutate(row=ibis.row_number())
    chosen = numbered.filter(at_fault(numbered)).select("row", wrote).order_by("row").limit(SHOWN)
    return [(row["row"], row[wrote]) for row in chosen.to_pyarrow().to_pylist()]


def strangers(log: Log, names: Iterable[str], facts: Facts) -> list[Problem]:
    """Events that nobody knows: the first row of each of the first few, and how many others there are."""
    found = []
    unknown = list(names)
    for name in unknown[:SHOWN * 3]:
        first = _first_rows(log, _is(name))[:1]
        row = f"row {first[0][0] + 1}, " if first else ""
        found.append(Problem(
            "event-log", f"{row}column `{log.columns['event']}`: no stage knows the event "
            f"{described(name)}, seen {formats.count(facts.events[name], 'time')}",
            log.place(first[0][0] if first else None),
            "name it among the `signals:` of a stage, or under `ignore:` of `events:` in atlas.yml"))
    if len(unknown) > len(found):
        found.append(Problem(
            "event-log", f"{formats.count(len(unknown) - len(found), 'more event')} that no stage knows",
            log.place(), "add `ignore: \"*\"` to `events:` in atlas.yml where a log holds much else"))
    return found


def _is(name: str) -> Callable[[Any], Any]:
    return lambda table: table.event == name


def _unreadable(log: Log, error: Exception) -> Problem:
    line = re.search(r"[Ll]ine:? (\d+)", str(error))
    return Problem("event-log", f"this log cannot be read: {first_line(error)}", log.place(
        int(line[1]) - (log.lines or 0) if line and log.lines else None), "export it again, or correct this row")
