"""Made-up people who walk through the maps, and what there is to be counted of them: known before it is measured."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from journeybook.frozen import dataclass
from journeybook.model import Atlas, Journey, StageKey, Transition
from journeybook.model.walked import drawn_ways
from journeybook.schema.durations import Duration
from journeybook.walked.plan import Plan

SEGMENTS = ("small", "large")
DAYS = 360
MOST_VISITS = 12
LEAVE = 0.18
"""The share of people who go no further, where the map does not say."""
FEWEST = 0.03
"""The least share of a way whose share the map does not say."""
STRAY = 0.09
"""The share of people who go past the third stage, where the map draws no such way: so that there is one to find."""

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
        within = {(handoff.source, handoff.target): handoff.spec.within for handoff in atlas.handoffs.values()}
        ways = {stage: _ways(journey, plan, stage, within, chance) for stage in range(len(plan.stages))}
        starts = [0, *_entries(journey, plan)]
        names = {stage: sorted(key for key, at in plan.signals.items() if at == stage) for stage in ways}
        for number in range(people):
            segment = chance.choices(SEGMENTS, (3, 1))[0]
            when = end - timedelta(seconds=chance.randrange(DAYS * 86_400))
            start = chance.choices(starts, [4, *[1] * (len(starts) - 1)])[0]
            yield from _one(f"{plan.journey}-{number}", segment, when, end, start, ways, names, chance)


def _entries(journey: Journey, plan: Plan) -> list[int]:
    """Stages but the first at which people come in: nothing in the journey leads there."""
    reached = {target for _, target in drawn_ways(journey)}
    return [number for number, stage in enumerate(plan.stages) if number and stage not in reached]


def _ways(journey: Journey, plan: Plan, stage: int, within: Mapping[tuple[StageKey, StageKey], Duration | None],
          chance: random.Random) -> list[tuple[int | None, float, float]]:
    """Where people go from a stage (None: nowhere), with what weight and after how many hours on the whole."""
    drawn = [(way, plan.stages.index(target)) for (source, target), way in drawn_ways(journey).items()
             if source == plan.stages[stage]]
    share = {id(way): float(way.spec.share) / 100 for way, _ in drawn if way.spec and way.spec.share is not None}
    rest = max(0.0, 1 - sum(share.values()))
    open_ways = [way for way, _ in drawn if id(way) not in share]
    leave = rest if not open_ways else rest * LEAVE * chance.uniform(0.5, 1.5)
    each = max((rest - leave) / len(open_ways), FEWEST) if open_ways else 0.0
    found: list[tuple[int | None, float, float]] = [
        (target, share.get(id(way), each), _delay(way, within, chance))
        for way, target in drawn]
    if stage == 1 and len(plan.stages) > 3 and all(target != 3 for target, _, _ in found):
        found = [(target, weight * (1 - STRAY), hours) for target, weight, hours in found]
        found.append((3, STRAY, chance.uniform(6, 200)))
        leave *= 1 - STRAY
    return [*found, (None, max(leave, 0.001), 0.0)]


def _delay(way: Transition, within: Mapping[tuple[StageKey, StageKey], Duration | None],
           chance: random.Random) -> float:
    """Hours: what the map says, else well within what a handoff allows, else anything."""
    length = way.spec.delay if way.spec else None
    limit = within.get((way.source, way.target))
    if length is None:
        return float(limit.high) * HOURS[limit.unit] * 0.4 if limit else chance.uniform(6, 200)
    return float(length.low + length.high) / 2 * HOURS[length.unit]


def _one(who: str, segment: str, when: datetime, end: datetime, start: int,
         ways: dict[int, list[tuple[int | None, float, float]]], names: dict[int, list[str]],
         chance: random.Random) -> Iterator[Event]:
    stage: int | None = start
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
