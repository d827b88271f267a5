"""The questions, written once: they run as they stand in DuckDB, in Spark, or wherever Ibis leads.

An event becomes one whole number: second, stage and segment, in this order of weight. So a person's events sort by
one number, ties stand in the order of the map, and nothing else has to be carried through the one costly sort.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from itertools import count
from typing import Any

from journeybook.walked import zones
from journeybook.walked.counts import Part, Reached, Visits, Walked, Way
from journeybook.walked.faults import Facts
from journeybook.walked.log import EMBEDDED, Log
from journeybook.walked.plan import Plan

BITS = 8  # of a stage, and of a segment
MASK = 2**BITS - 1
CROWD = 255
"""Bits of a person's hash; as many different ones as are in a group, at least so many people are."""

NO_SEGMENT = "-"
NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Frame:
    """What all journeys of a log share. ``zone`` is that of months; ``months`` are their beginnings and names.

    ``quiet`` is how many seconds without an event mean that somebody left; ``first`` and ``last`` are the ends of the
    log in seconds since 1970, UTC.
    """

    log: Log
    events: tuple[str, ...]
    segments: tuple[str, ...]
    months: tuple[tuple[int, str], ...]
    shifts: tuple[tuple[int, int], ...]
    first: int
    last: int
    quiet: int
    smallest: int


def frame(log: Log, facts: Facts, zone: str, quiet: int, smallest: int) -> Frame:
    """What all journeys of a log share; times without a zone are taken as ``zone``'s."""
    shifts = () if facts.zoned else tuple(zones.offsets(zone, facts.first, facts.last))
    first, last = (facts.first - shifts[0][1], facts.last - shifts[-1][1]) if shifts else (facts.first, facts.last)
    room = zones.DAY if shifts else 0  # a clock that is put back shows the same time twice
    return Frame(log, tuple(facts.events), facts.segments, tuple(zones.months(zone, first - room, last + room)), shifts,
                 first, last, quiet, smallest)


def seconds(frame: Frame) -> Any:
    """The time of each row in seconds since 1970, UTC."""
    rows = frame.log.rows
    return rows.wall - (stairs(rows.wall, frame.shifts) if frame.shifts else rows.shift)


def stairs(value: Any, steps: Sequence[tuple[int, int]]) -> Any:
    """What stands at the last step that a value has reached; halved, so that many steps cost little."""
    import ibis

    if len(steps) == 1:
        return ibis.literal(steps[0][1], "int64")
    middle = len(steps) // 2
    return (value < steps[middle][0]).ifelse(stairs(value, steps[:middle]), stairs(value, steps[middle:]))


def _positions(column: Any, names: Sequence[tuple[str, int]], otherwise: int | None) -> Any:
    import ibis

    rest = ibis.null("int64") if otherwise is None else ibis.literal(otherwise, "int64")
    if not names:
        return rest
    return column.cases(*((name, ibis.literal(position, "int64")) for name, position in names), else_=rest)


def steps(plan: Plan, frame: Frame) -> Any:
    """The events of a journey: ``who`` and ``key``."""
    rows = frame.log.rows
    shown = [(event, stage) for event in frame.events if (stage := plan.stage_of(event)) is not None]
    stage = _positions(rows.event, shown, None)
    segment = _positions(rows.segment, [(name, number) for number, name in enumerate(frame.segments, start=1)], 0)
    ours = rows.event.isin([event for event, _ in shown])
    key = (seconds(frame) * 2**BITS + stage) * 2**BITS + segment
    return rows.filter(ours).select(who=rows.who, key=key)


def _stage(key: Any) -> Any:
    return (key >> BITS) & MASK


def _second(key: Any) -> Any:
    return key >> (2 * BITS)


@contextmanager
def visits(plan: Plan, frame: Frame) -> Iterator[Any]:
    """The events with which visits begin, and each person's last one, held by the engine while they are asked about.

    ``prev`` is the event before, None for the first; ``final`` is whether nothing follows.
    """
    events = steps(plan, frame)
    walk = {"group_by": events.who, "order_by": events.key}
    found = events.mutate(prev=events.key.lag().over(**walk), final=events.key.lead().over(**walk).isnull())
    with _kept(found.filter(_begins(found) | found.final)) as held:
        yield held


def _begins(events: Any) -> Any:
    return events.prev.isnull() | (_stage(events.key) != _stage(events.prev))


@contextmanager
def _kept(asked: Any) -> Iterator[Any]:
    """An answer that the engine keeps while more is asked about it.

    Ibis 12 cannot drop a table of DuckDB with the newest SQLGlot, so that one is dropped here.
    """
    engine = asked.get_backend()
    if engine.name != EMBEDDED:
        with asked.cache() as kept:
            yield kept
        return
    name = f"journeybook_{next(NUMBERS)}"
    try:
        yield engine.create_table(name, asked, temp=True)
    finally:
        engine.raw_sql(f"DROP TABLE IF EXISTS {name}")


def walked(plan: Plan, frame: Frame) -> Walked:
    """All that is counted of one journey."""
    result = Walked()
    if not any(plan.stage_of(event) is not None for event in frame.events):
        return result
    with visits(plan, frame) as held:
        begun = held.filter(_begins(held))
        ways = begun.filter(begun.prev.notnull())
        ways = ways.mutate(source=_stage(ways.prev), target=_stage(ways.key),
                           took=_second(ways.key) - _second(ways.prev))
        for split in ("", "month", *(["segment"] if frame.segments else [])):
            _count_ways(ways, split, frame, result)
            _count_visits(begun, held.filter(held.final), split, frame, result)
        _reached(_people(begun, plan), Part(), plan, result)
        for number, segment in _segments(frame):
            _reached(_people(begun.filter((begun.key & MASK) == number), plan), Part(segment=segment), plan, result)
        _repeats(ways, plan, result)
    return result


def _segments(frame: Frame) -> list[tuple[int, str]]:
    return list(enumerate((NO_SEGMENT, *frame.segments))) if frame.segments else []


def _split(key: Any, split: str, frame: Frame) -> Any:
    """The number of the month or segment of an event; 0 where nothing is split."""
    import ibis

    if split == "month":
        return stairs(_second(key), [(begin, number) for number, (begin, _) in enumerate(frame.months)])
    return key & MASK if split == "segment" else ibis.literal(0, "int64")


def _part(split: str, number: int, frame: Frame) -> Part:
    if split == "month":
        return Part(month=frame.months[number][1])
    return Part(segment=(NO_SEGMENT, *frame.segments)[number]) if split == "segment" else Part()


def _crowd(table: Any) -> Any:
    return (table.who.hash() & CROWD).nunique()


def answers(asked: Any) -> list[dict[str, Any]]:
    """The rows of an answer."""
    found: list[dict[str, Any]] = asked.to_pyarrow().to_pylist()
    return found


def _count_ways(ways: Any, split: str, frame: Frame, result: Walked) -> None:
    marked = ways.mutate(part=_split(ways.prev, split, frame))
    asked = marked.group_by("part", "source", "target").agg(
        n=marked.count(), crowd=_crowd(marked), times=marked.took.quantile([0.5, 0.9]))
    rows = answers(asked)
    exact = _exact(marked, ("part", "source", "target"), rows, frame)
    for row in rows:
        place = (row["part"], row["source"], row["target"])
        result.ways[_part(split, row["part"], frame), row["source"], row["target"]] = Way(
            row["n"], exact.get(place, row["crowd"]), *row["times"])


def _exact(marked: Any, keys: tuple[str, ...], rows: list[dict[str, Any]],
           frame: Frame) -> dict[tuple[int, ...], int]:
    """The number of people in groups that are small, or may be: many visits of a few people are a few people."""
    doubtful = [row for row in rows if row["crowd"] < min(frame.smallest, row["n"])]
    if not doubtful:
        return {}
    wanted = reduce(lambda one, other: one | other, (
        reduce(lambda one, other: one & other, (marked[key] == row[key] for key in keys)) for row in doubtful))
    few = marked.filter(wanted)
    return {tuple(row[key] for key in keys): row["people"]
            for row in answers(few.group_by(*keys).agg(people=few.who.nunique()))}


def _people(held: Any, plan: Plan) -> Any:
    """A row a person: when they first and last came to each stage."""
    stage = _stage(held.key)
    firsts = {f"first_{number}": held.key.min(where=stage == number) for number in range(len(plan.stages))}
    lasts = {f"last_{number}": held.key.max(where=stage == number) for number in range(len(plan.stages))}
    return held.group_by("who").agg(**firsts, **lasts, begun=held.key.min())


def _reached(persons: Any, part: Part, plan: Plan, result: Walked) -> None:
    asked = {f"people_{number}": persons[f"first_{number}"].count() for number in range(len(plan.stages))}
    for number in range(len(plan.stages) - 1):
        asked[f"onward_{number}"] = (persons[f"last_{number + 1}"] > persons[f"first_{number}"]).sum()
    (row,) = answers(persons.agg(
        **asked, everybody=persons.count(), begun=_second(persons.begun.min())))
    for number in range(len(plan.stages)):
        result.reached[part, number] = Reached(row[f"people_{number}"], row.get(f"onward_{number}") or 0)
    if part == Part():
        result.people, result.first = row["everybody"], row["begun"]


def _count_visits(begun: Any, final: Any, split: str, frame: Frame, result: Walked) -> None:
    marked = begun.mutate(part=_split(begun.key, split, frame), stage=_stage(begun.key))
    rows = {(row["part"], row["stage"]): row for row in answers(marked.group_by("part", "stage").agg(
        n=marked.count(), crowd=_crowd(marked), new=marked.prev.isnull().sum()))}
    exact = _exact(marked, ("part", "stage"), list(rows.values()), frame)
    ends = final.mutate(part=_split(final.key, split, frame), stage=_stage(final.key),
                        left=_second(final.key) + frame.quiet <= frame.last)
    ended = {(row["part"], row["stage"]): row for row in answers(
        ends.group_by("part", "stage").agg(n=ends.count(), left=ends.left.sum(), last=_second(ends.key.max())))}
    for place in {**rows, **ended}:
        row, end = rows.get(place, {"n": 0, "crowd": 0, "new": 0}), ended.get(place, {"n": 0, "left": 0, "last": 0})
        result.visits[_part(split, place[0], frame), place[1]] = Visits(
            row["n"], exact.get(place, row["crowd"]), row["new"], end["left"], end["n"] - end["left"])
        result.last = max(result.last, end["last"])


def _repeats(ways: Any, plan: Plan, result: Walked) -> None:
    """How often each way was taken in a later pass than the person's first."""
    pairs = [(source, target) for part, source, target in result.ways
             if part == Part() and plan.begins(source, target)]
    if not pairs:
        return
    begins = reduce(lambda one, other: one | other, (
        (ways.source == source) & (ways.target == target) for source, target in pairs))
    again = ways.filter(begins)
    again = again.group_by("who").agg(again=again.key.min())
    later = ways.join(again, "who").filter(lambda t: t.key >= t.again)
    for row in answers(later.group_by("source", "target").agg(n=later.count())):
        place = (Part(), row["source"], row["target"])
        way = result.ways[place]
        result.ways[place] = Way(way.count, way.crowd, way.median, way.p90, row["n"])


