"""Made-up people who walk through the maps, and what there is to be counted of them: known before it is measured."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from journeybook.model import Atlas, Journey, Transition
from journeybook.schema.durations import Duration
from journeybook.walked.plan import Plan

SEGMENTS = ("small", "large")
DAYS = 360
MOST_VISITS = 12
LEAVE = 0.18
"""The share of people who go no further, where the map does not say."""

HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8766.0,
         "business hour": 4.2, "business day": 33.6}


@dataclass(frozen=True, slots=True)
class Event:
    """A row of a log; ``when`` is in UTC, whole seconds."""

    who: str
    event: str
    when: datetime
    segment: str


def walk(atlas: Atlas, plans: Sequence[Plan], people: int, seed: int, today: date) -> Iterator[Event]:
    """Events of so many people a journey, within the 360 days before today.

    They leave a stage by the ways that are drawn, with the shares and delays that the map names; what it does not
    name is made up, differently for each stage and the same for each seed.
    """
    end = datetime(today.year, today.month, today.day, tzinfo=UTC)
    for plan in plans:
        chance = random.Random(f"{seed} {plan.journey}")  # noqa: S311 - made-up numbers need no secrecy
        journey = atlas.journeys[plan.journey]
        ways = {stage: _ways(journey, plan, stage, chance) for stage in range(len(plan.stages))}
        names = {stage: sorted(key for key, at in plan.signals.items() if at == stage) for stage in ways}
        for number in range(people):
            segment = chance.choices(SEGMENTS, (3, 1))[0]
            when = end - timedelta(seconds=chance.randrange(DAYS * 86_400))
            yield from _one(f"{plan.journey}-{number}", segment, when, end, ways, names, chance)


def _ways(journey: Journey, plan: Plan, stage: int, chance: random.Random) -> list[tuple[int | None, float, float]]:
    """Where people go from a stage (None: nowhere), with what weight and after how many hours on the whole."""
    drawn: list[tuple[Transition, int]] = []
    for way in journey.transitions:
        inside = way.source.journey == way.target.journey == plan.journey
        if inside and way.source.stage == plan.stages[stage] and way.target.stage in plan.stages:
            drawn.append((way, plan.stages.index(way.target.stage)))
    share = {id(way): float(way.spec.share) / 100 for way, _ in drawn if way.spec and way.spec.share is not None}
    rest = max(0.0, 1 - sum(share.values()))
    open_ways = [way for way, _ in drawn if id(way) not in share]
    leave = rest if not open_ways else rest * LEAVE * chance.uniform(0.5, 1.5)
    each = (rest - leave) / len(open_ways) if open_ways else 0.0
    found: list[tuple[int | None, float, float]] = [
        (target, share.get(id(way), each), _delay(way.spec.delay if way.spec else None, chance))
        for way, target in drawn]
    return [*found, (None, max(leave, 0.001), 0.0)]


def _delay(length: Duration | None, chance: random.Random) -> float:
    if length is None:
        return chance.uniform(6, 200)
    return float(length.low + length.high) / 2 * HOURS[length.unit]


def _one(who: str, segment: str, when: datetime, end: datetime,
         ways: dict[int, list[tuple[int | None, float, float]]], names: dict[int, list[str]],
         chance: random.Random) -> Iterator[Event]:
    stage: int | None = 0
    for _ in range(MOST_VISITS):
        if stage is None or when >= end:
            return
        yield Event(who, chance.choice(names[stage]), when, segment)
        choices = ways[stage]
        stage, _weight, hours = chance.choices(choices, [weight for _, weight, _ in choices])[0]
        when += timedelta(seconds=1 + int(hours * 3600 * chance.lognormvariate(0, 0.6)))


def write(path: Path, events: Iterable[Event]) -> None:
    """A log as CSV, in the order in which people were made up: nothing is sorted by time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("who", "event", "when", "segment"))
        writer.writerows((event.who, event.event, event.when.strftime("%Y-%m-%dT%H:%M:%SZ"), event.segment)
                         for event in events)
