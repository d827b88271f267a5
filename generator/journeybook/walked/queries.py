"""The questions, written once: they run as they stand in DuckDB, in Spark, or wherever Ibis leads.

An event becomes one whole number: second, stage and segment, in this order of weight. So a person's events sort by
one number, ties stand in the order of the map, and nothing else has to be carried through the one costly sort.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import count
from typing import Any

from journeybook.frozen import dataclass
from journeybook.walked import zones
from journeybook.walked.counts import Part, Reached, Visits, Walked, Way
from journeybook.walked.faults import Facts
from journeybook.walked.log import EMBEDDED, Log
from journeybook.walked.plan import Plan

BITS = 8  # of a stage, and of a segment
MASK = 2**BITS - 1
CROWD = 31
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


def steps(plan: Plan, frame: Frame, *more: str) -> Any:
    """The events of a journey: ``who`` and ``key``, and more columns of the log."""
    rows = frame.log.rows
    shown = [(event, stage) for event in frame.events if (stage := plan.stage_of(event)) is not None]
    stage = _positions(rows.event, shown, None)
    segment = _positions(rows.segment, [(name, number) for number, name in enumerate(frame.segments, start=1)], 0)
    ours = rows.event.isin([event for event, _ in shown])
    key = (seconds(frame) * 2**BITS + stage) * 2**BITS + segment
    return rows.filter(ours).select(*more, who=rows.who, key=key)


def stage_of(key: Any) -> Any:
    """The stage in a key."""
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
    return events.prev.isnull() | (stage_of(events.key) != stage_of(events.prev))


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
    engine.raw_sql("SET preserve_insertion_order = false")  # which it could keep only at a cost
    try:
        yield engine.create_table(name, asked, temp=True)
    finally:
        engine.raw_sql(f"DROP TABLE IF EXISTS {name}")


def walked(plan: Plan, frame: Frame) -> Walked:
    """All that is counted of one journey."""
    result = Walked()
    if all(plan.stage_of(event) is None for event in frame.events):
        return result
    with visits(plan, frame) as held:
        begun = held.filter(_begins(held))
        ways = begun.filter(begun.prev.notnull())
        ways = ways.mutate(source=stage_of(ways.prev), target=stage_of(ways.key),
                           took=_second(ways.key) - _second(ways.prev))
        for split in splits(frame):
            _count_ways(ways, split, frame, result)
        _count_visits(begun, held.filter(held.final), frame, result)
        _count_people(begun, plan, frame, result)
        _repeats(ways, plan, result)
    return result


def splits(frame: Frame) -> tuple[str, ...]:
    """Everything as a whole, by month, and by segment where there are any."""
    return ("", "month", "segment") if frame.segments else ("", "month")


def split_of(key: Any, split: str, frame: Frame) -> Any:
    """The number of the month or segment of an event; 0 where nothing is split."""
    import ibis

    if split == "month":
        return stairs(_second(key), [(begin, number) for number, (begin, _) in enumerate(frame.months)])
    return key & MASK if split == "segment" else ibis.literal(0, "int64")


def part_of(split: str, number: int, frame: Frame) -> Part:
    """The part of the log with such a number."""
    if split == "month":
        return Part(month=frame.months[number][1])
    return Part(segment=(NO_SEGMENT, *frame.segments)[number]) if split == "segment" else Part()


def _crowd(table: Any) -> Any:
    """The bits of all people in a group: unlike a number of different ones they can be joined, and cost little."""
    import ibis

    bit = table.who.hash() & CROWD
    if table.get_backend().name == EMBEDDED:
        return (ibis.literal(1, "int64") << bit).bit_or()
    return bit.collect(distinct=True)  # Ibis has no `bit_or` for some engines


def answers(asked: Any) -> list[dict[str, Any]]:
    """The rows of an answer; a crowd is the sum of its bits."""
    found: list[dict[str, Any]] = asked.to_pyarrow().to_pylist()
    for row in found:
        if isinstance(row.get("crowd"), list):
            row["crowd"] = sum(1 << bit for bit in set(row["crowd"]))
    return found


def _count_ways(ways: Any, split: str, frame: Frame, result: Walked) -> None:
    marked = ways.mutate(part=split_of(ways.prev, split, frame))
    asked = marked.group_by("part", "source", "target").agg(
        n=marked.count(), crowd=_crowd(marked), times=marked.took.quantile([0.5, 0.9]))
    rows = answers(asked)
    exact = _exact(marked, ("part", "source", "target"), rows, frame)
    for row in rows:
        place = (row["part"], row["source"], row["target"])
        result.ways[part_of(split, row["part"], frame), row["source"], row["target"]] = Way(
            row["n"], exact.get(place, row["crowd"].bit_count()), *row["times"])


def _exact(marked: Any, keys: tuple[str, ...], rows: list[dict[str, Any]],
           frame: Frame) -> dict[tuple[int, ...], int]:
    """The number of people in groups that are small, or may be: many visits of a few people are a few people."""
    doubtful = [row for row in rows if row["crowd"].bit_count() < min(frame.smallest, row["n"])]
    if not doubtful:
        return {}
    wanted = reduce(lambda one, other: one | other, (
        reduce(lambda one, other: one & other, (marked[key] == row[key] for key in keys)) for row in doubtful))
    few = marked.filter(wanted)
    return {tuple(row[key] for key in keys): row["people"]
            for row in answers(few.group_by(*keys).agg(people=few.who.nunique()))}


def _count_people(begun: Any, plan: Plan, frame: Frame, result: Walked) -> None:
    """Who came to each stage, and who later to the following one; all of them and by segment."""
    since = _second(begun.key) - frame.first
    since = since.cast("int32") if frame.last - frame.first < 2**30 else since  # half as much to carry
    rows = begun.select(who=begun.who, stage=stage_of(begun.key), segment=begun.key & MASK, since=since)
    stages = range(len(plan.stages))
    came = {f"first_{stage}": rows.since.min(where=rows.stage == stage) for stage in stages}
    came |= {f"last_{stage}": rows.since.max(where=rows.stage == stage) for stage in stages[1:]}
    if not frame.segments:
        _reached(answers(_told_of(rows.group_by("who").agg(**came), plan)), plan, frame, result)
        return
    with _kept(rows.group_by("who", "segment").agg(**came)) as persons:
        whole = persons.group_by("who").agg(
            **{name: persons[name].min() if name.startswith("first") else persons[name].max() for name in came})
        _reached(answers(_told_of(whole, plan)), plan, frame, result)
        _reached(answers(_told_of(persons.group_by("segment"), plan)), plan, frame, result)


def _told_of(persons: Any, plan: Plan) -> Any:
    """Numbers of people, of a table with a row for each, as a whole or in groups. In one second, stages stand in the
    order of the map.
    """
    asked: dict[str, Any] = {"everybody": lambda t: t.count()}
    for stage in range(len(plan.stages)):
        asked[f"people_{stage}"] = lambda t, name=f"first_{stage}": t[name].count()
        asked[f"begun_{stage}"] = lambda t, name=f"first_{stage}": t[name].min()
    for stage in range(len(plan.stages) - 1):
        asked[f"onward_{stage}"] = lambda t, first=f"first_{stage}", last=f"last_{stage + 1}": (
            (t[last] >= t[first]).sum())
    return persons.agg(**asked)


def _reached(rows: list[dict[str, Any]], plan: Plan, frame: Frame, result: Walked) -> None:
    for row in rows:
        part = part_of("segment", row["segment"], frame) if "segment" in row else Part()
        for stage in range(len(plan.stages)):
            result.reached[part, stage] = Reached(row[f"people_{stage}"], row.get(f"onward_{stage}") or 0)
        if part == Part():
            begun = [row[f"begun_{stage}"] for stage in range(len(plan.stages))]
            result.people = row["everybody"]
            result.first = frame.first + min((since for since in begun if since is not None), default=0)


def _count_visits(begun: Any, final: Any, frame: Frame, result: Walked) -> None:
    keys = ("month", "segment", "stage")
    marked = begun.mutate(month=split_of(begun.key, "month", frame), segment=begun.key & MASK,
                          stage=stage_of(begun.key))
    came = answers(marked.group_by(*keys).agg(n=marked.count(), crowd=_crowd(marked), new=marked.prev.isnull().sum()))
    ends = final.mutate(month=split_of(final.key, "month", frame), segment=final.key & MASK, stage=stage_of(final.key),
                        left=_second(final.key) + frame.quiet <= frame.last)
    ended = answers(ends.group_by(*keys).agg(n=ends.count(), left=ends.left.sum(), last=_second(ends.key.max())))
    result.last = max((row["last"] for row in ended), default=0)
    for split in splits(frame):
        rows, over = _folded(came, split), _folded(ended, split)
        exact = _exact(marked.mutate(part=marked[split] if split else split_of(marked.key, "", frame)),
                       ("part", "stage"), list(rows.values()), frame)
        for place in {**rows, **over}:
            row, end = rows.get(place, {"n": 0, "crowd": 0, "new": 0}), over.get(place, {"n": 0, "left": 0})
            result.visits[part_of(split, place[0], frame), place[1]] = Visits(
                row["n"], exact.get(place, row["crowd"].bit_count()), row["new"], end["left"], end["n"] - end["left"])


def _folded(rows: list[dict[str, Any]], split: str) -> dict[tuple[int, int], dict[str, int]]:
    """Rows by month, segment and stage → by month, segment or neither, and stage: numbers added, crowds joined."""
    found: dict[tuple[int, int], dict[str, int]] = {}
    for row in rows:
        place = (row[split] if split else 0, row["stage"])
        sums = found.setdefault(place, {"part": place[0], "stage": place[1], "crowd": 0})
        for key in row.keys() - {"month", "segment", "stage", "crowd", "last"}:
            sums[key] = sums.get(key, 0) + row[key]
        sums["crowd"] |= row.get("crowd", 0)
    return found


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


