"""The same counts the slow way: one person after the other, in plain Python, to hold the queries against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from journeybook.walked.plan import Plan

PLAN = Plan("buy", ("look", "try", "pay", "use"),
            {"look": 0, "look-again": 0, "try": 1, "pay": 2, "use": 3}, frozenset({3}), frozenset({(2, 0)}))


class Row(NamedTuple):
    """A row of a log; ``when`` is aware."""

    who: str
    event: str
    when: datetime
    segment: str = ""


class Counted(NamedTuple):
    """By (month, segment, from, to): times in seconds. By (month, segment, stage): numbers. By stage: people."""

    ways: dict[tuple[str, str, int, int], list[int]]
    visits: Counter[tuple[str, str, int]]
    new: Counter[tuple[str, str, int]]
    left: Counter[tuple[str, str, int]]
    waiting: Counter[tuple[str, str, int]]
    people: Counter[int]
    onward: Counter[int]
    repeat: Counter[tuple[int, int]]


def count(rows: Iterable[Row], plan: Plan, zone: str, quiet: int) -> Counted:
    """All that is counted of a journey."""
    rows = list(rows)
    found = Counted(defaultdict(list), Counter(), Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
    names = {segment: number for number, segment in enumerate(["", *sorted({row.segment for row in rows} - {""})])}
    split = len(names) > 1
    walks: dict[str, set[tuple[int, int, int, str]]] = defaultdict(set)
    for row in rows:
        stage = plan.stage_of(row.event)
        if stage is not None:
            walks[row.who].add((int(row.when.timestamp() // 1), stage, names[row.segment], row.segment))
    last = max((int(row.when.timestamp() // 1) for row in rows), default=0)
    for walk in walks.values():
        _one(sorted(walk), found, plan, ZoneInfo(zone), last - quiet, split)
    return found


def _one(walk: Sequence[tuple[int, int, int, str]], found: Counted, plan: Plan, zone: ZoneInfo, gone: int,
         split: bool) -> None:
    def parts(event: tuple[int, int, int, str]) -> list[tuple[str, str]]:
        month = datetime.fromtimestamp(event[0], UTC).astimezone(zone).strftime("%Y-%m")
        return [("", ""), (month, ""), *([("", event[3] or "-")] if split else [])]

    came: dict[int, list[int]] = defaultdict(list)
    again = False
    for position, event in enumerate(walk):
        before = walk[position - 1] if position else None
        if before is not None and before[1] == event[1]:
            continue
        came[event[1]].append(position)
        for month, segment in parts(event):
            found.visits[month, segment, event[1]] += 1
            found.new[month, segment, event[1]] += before is None
        if before is not None:
            again = again or plan.begins(before[1], event[1])
            found.repeat[before[1], event[1]] += again
            for month, segment in parts(before):
                found.ways[month, segment, before[1], event[1]].append(event[0] - before[0])
    for month, segment in parts(walk[-1]):
        (found.left if walk[-1][0] <= gone else found.waiting)[month, segment, walk[-1][1]] += 1
    for stage, positions in came.items():
        found.people[stage] += 1
        found.onward[stage] += max(came.get(stage + 1, [-1])) > positions[0]


def quantile(times: Sequence[int], share: float) -> float:
    """Between the two values next to the place, in proportion (type 7 of Hyndman and Fan)."""
    ordered = sorted(times)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def log_text(rows: Iterable[Row], zone: str = "UTC") -> str:
    """The rows as CSV, times with the offset of a zone."""
    written = [f"{row.who},{row.event},{row.when.astimezone(ZoneInfo(zone)).isoformat()},{row.segment}" for row in rows]
    return "\n".join(["who,event,when,segment", *written, ""])


START = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)  # the night in which Europe puts its clocks forward


def at(seconds: int) -> datetime:
    """So many seconds after the start."""
    return START + timedelta(seconds=seconds)
