"""Counts → the small tables that are committed: rounded, in a stable order, silent about small groups."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from journeybook.model.walked import JOURNEYS, STAGES, VALUES, WAYS
from journeybook.walked.counts import Part, Walked
from journeybook.walked.plan import Plan

K = TypeVar("K")
LEFT, WAITING = -1, -2
"""Where people go who go nowhere."""

Row = dict[str, str]


def journey_row(plan: Plan, walked: Walked, zone: str, smallest: int) -> Row | None:
    """A journey's line in the table of all; None for one of fewer people than may be told of."""
    if walked.people < smallest:
        return None
    return {"journey": plan.journey, "first": _day(walked.first, zone).isoformat(),
            "last": _day(walked.last, zone).isoformat(), "people": str(walked.people)}


def _day(second: int, zone: str) -> date:
    return datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(zone)).date()


def stage_rows(plan: Plan, walked: Walked, smallest: int) -> list[Row]:
    """The table of stages: all of the log first, then segments, then months; stages in the order of the map."""
    shown = _told({place: (visits.crowd, visits.count) for place, visits in walked.visits.items()},
                  _families(walked.visits), smallest)
    ways = _ways_told(walked, smallest)
    rows = []
    for part, stage in sorted(shown, key=lambda place: (place[0].month, place[0].segment, place[1])):
        visits = walked.visits[part, stage]
        reached = walked.reached.get((part, stage))
        row = {"month": part.month, "segment": part.segment, "stage": plan.stages[stage],
               "visits": str(visits.count), "new": _half(visits.new, visits.count, smallest),
               "left": str(visits.left) if (part, stage, LEFT) in ways else "",
               "waiting": str(visits.waiting) if (part, stage, WAITING) in ways else ""}
        if reached and reached.people >= smallest:
            row["people"] = _half(reached.people, visits.count, smallest)
            if stage < len(plan.stages) - 1:
                row["onward"] = _half(reached.onward, reached.people, smallest)
        rows.append(row)
    return rows


def _half(number: int, of: int, smallest: int) -> str:
    """A part of a group, unless it or the rest is too small to be told."""
    return "" if 0 < number < smallest or 0 < of - number < smallest else str(number)


def way_rows(plan: Plan, walked: Walked, smallest: int) -> list[Row]:
    """The table of ways, ordered like that of stages. ``share`` is of all who left the stage or went no further."""
    rows = []
    shown = [place for place in _ways_told(walked, smallest) if place[2] >= 0]
    leaving = _leaving(walked)
    for part, source, target in sorted(shown, key=lambda place: (place[0].month, place[0].segment, *place[1:])):
        way = walked.ways[part, source, target]
        rows.append({
            "month": part.month, "segment": part.segment, "from": plan.stages[source], "to": plan.stages[target],
            "count": str(way.count), "share": str(rounded(100 * Decimal(way.count) / leaving[part, source], "0.1")),
            "repeat": _half(way.repeat, way.count, smallest) if part == Part() else "",
            "median_hours": _hours(way.median), "p90_hours": _hours(way.p90)})
    return rows


def value_rows(plan: Plan, walked: Walked, smallest: int) -> list[Row]:
    """The table of values, ordered like that of stages: how many events had one, their total and their median."""
    shown = _told({place: (worth.crowd, worth.count) for place, worth in walked.worth.items()},
                  _families(walked.worth), smallest)
    return [{"month": part.month, "segment": part.segment, "stage": plan.stages[stage],
             "count": str(walked.worth[part, stage].count), "total": _amount(walked.worth[part, stage].total),
             "median": _amount(walked.worth[part, stage].median)}
            for part, stage in sorted(shown, key=lambda place: (place[0].month, place[0].segment, place[1]))]


def _amount(hundredths: float) -> str:
    return str(rounded(Decimal(str(round(hundredths, 3))) / 100, "0.01"))


def _leaving(walked: Walked) -> dict[tuple[Part, int], int]:
    """How many visits of a stage are over: those that led somewhere, and those that were the last."""
    found: dict[tuple[Part, int], int] = {}
    for (part, source, _), way in walked.ways.items():
        found[part, source] = found.get((part, source), 0) + way.count
    for place, visits in walked.visits.items():
        found[place] = found.get(place, 0) + visits.left + visits.waiting
    return found


def _ways_told(walked: Walked, smallest: int) -> set[tuple[Part, int, int]]:
    """Ways, and stays (``LEFT`` and ``WAITING``), that may be told without telling of a few people by the way."""
    cells = {place: (way.crowd, way.count) for place, way in walked.ways.items()}
    for (part, stage), visits in walked.visits.items():
        cells[part, stage, LEFT] = (visits.left, visits.left)
        cells[part, stage, WAITING] = (visits.waiting, visits.waiting)
    from_one: dict[Any, list[tuple[Part, int, int]]] = {}
    for place in cells:
        from_one.setdefault(place[:2], []).append(place)
    return _told(cells, [*from_one.values(), *_families(cells)], smallest)


def _families(places: Mapping[Any, Any]) -> list[list[Any]]:
    """Cells that add up to a number that is told as well: the months of one thing, and its segments."""
    found: dict[Any, list[Any]] = {}
    for place in places:
        part = place[0]
        if part != Part():
            found.setdefault((bool(part.month), *place[1:]), []).append(place)
    return list(found.values())


def _told(cells: Mapping[K, tuple[int, int]], families: Iterable[Iterable[K]], smallest: int) -> set[K]:
    """The cells that may be told: of enough people, and leaving no small rest to be worked out in a family.

    A cell is the number of people in it, exact only where it is small, and its count: nothing that is decided here
    depends on how an engine came to its answer.
    """
    told = {cell for cell, (people, count) in cells.items() if people >= smallest or not count}
    families = [sorted(family, key=repr) for family in families]
    changed = True
    while changed:
        changed = False
        for family in families:
            rest = sum(cells[cell][0] for cell in family if cell not in told)
            shown = [cell for cell in family if cell in told and cells[cell][1]]
            if 0 < rest < smallest and shown:
                told.discard(min(shown, key=lambda cell: (cells[cell][1], repr(cell))))
                changed = True
    return told


def _hours(seconds: float) -> str:
    """Hours with two decimals. A thousandth of a second is dropped first: engines differ in the last bit."""
    return str(rounded(Decimal(str(round(seconds, 3))) / 3600, "0.01"))


def rounded(number: Decimal, step: str) -> Decimal:
    """To the nearest step, halves up."""
    return number.quantize(Decimal(step), ROUND_HALF_UP)


def text(columns: tuple[str, ...], rows: Iterable[Row]) -> str:
    """A table as CSV with line feeds, so that it is the same on every system."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def files(plan: Plan, walked: Walked, smallest: int) -> Iterator[tuple[str, str]]:
    """Name and text of a journey's two tables, and of a third where events have values."""
    yield f"{plan.journey}.stages.csv", text(STAGES, stage_rows(plan, walked, smallest))
    yield f"{plan.journey}.ways.csv", text(WAYS, way_rows(plan, walked, smallest))
    if walked.worth:
        yield f"{plan.journey}.values.csv", text(VALUES, value_rows(plan, walked, smallest))


def journeys(rows: Iterable[Row]) -> tuple[str, str]:
    """Name and text of the table of all journeys."""
    return "journeys.csv", text(JOURNEYS, sorted(rows, key=lambda row: row["journey"]))


