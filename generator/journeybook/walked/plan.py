"""What is counted of a journey: its stages with signals, and where a pass begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from journeybook.frozen import dataclass
from journeybook.model import Atlas, Journey, Stage
from journeybook.problems import Problem, Related
from journeybook.schema.types import slug
from journeybook.source import FAULTY

ONWARD = ("next", "branch", "skip", "exit")
"""Ways that go on within a pass; a stage that has none of them within its journey is an end."""

BEGINNING = ("reentry", "win-back")
"""Ways with which the same person begins anew."""

MOST = 250
"""Stages of a journey, and segments of a log, that can be told apart."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A journey as it is counted. Stages are named by their position in ``stages``.

    ``signals`` are the texts and events that stand for each stage, by slug. ``ends`` are the stages after which a
    pass is over, ``returns`` the pairs of stages between which a new pass begins.
    """

    journey: str
    stages: tuple[str, ...]
    signals: Mapping[str, int]
    ends: frozenset[int] = frozenset()
    returns: frozenset[tuple[int, int]] = frozenset()

    def stage_of(self, event: str) -> int | None:
        """The stage that an event shows, None when it shows none of this journey."""
        return self.signals.get(key_of(event))

    def begins(self, source: int, target: int) -> bool:
        """Whether a pass begins with this way: it leaves an end, or the map draws it as a return."""
        return source in self.ends or (source, target) in self.returns


def key_of(event: str) -> str:
    """What of a name counts: ``Cart created``, ``cart_created`` and ``cart-created`` are one event."""
    return slug(event) or event.strip()


def plans(atlas: Atlas) -> tuple[list[Plan], list[Problem]]:
    """The journeys with two or more stages whose signals can be counted, and what is wrong with the others.

    Future states are not counted: nobody walks there yet.
    """
    found, problems = [], []
    for journey in atlas.journeys.values():
        stages = [stage for stage in journey.stages if stage.spec.signals]
        if journey.spec.state == "future" or len(stages) < 2:
            continue
        signals: dict[str, int] = {}
        for position, stage in enumerate(stages):
            for key, place in _keys(stage):
                if signals.setdefault(key, position) != position:
                    other = stages[signals[key]]
                    problems.append(Problem(
                        "event-log", f"the event `{key}` is a signal of `{other.title}` already",
                        stage.origin.span("signals", place), "one event shows one stage of a journey; name another",
                        related=(Related("first here", other.origin.span("signals")),)))
        found.append(_plan(journey, stages[:MOST], signals))
    return found, problems


def _keys(stage: Stage) -> Iterator[tuple[str, int]]:
    for index, signal in enumerate(stage.spec.signals):
        if FAULTY not in signal.text:
            for name in signal.event or [signal.text]:
                yield key_of(name), index


def _plan(journey: Journey, stages: list[Stage], signals: dict[str, int]) -> Plan:
    position = {stage.key: number for number, stage in enumerate(stages)}
    inside = [(way, position[way.source], position[way.target]) for way in journey.transitions
              if way.source in position and way.target in position]
    ways_on = {way.source for way in journey.transitions
               if way.type in ONWARD and way.target.journey == journey.id and way.target != way.source}
    return Plan(
        journey.id, tuple(stage.key.stage for stage in stages), signals,
        frozenset(number for key, number in position.items() if key not in ways_on),
        frozenset((source, target) for way, source, target in inside if way.type in BEGINNING))


def unknown(events: Iterable[str], plans: Iterable[Plan], ignored: Iterable[str],
            asked: Iterable[str] = ()) -> list[str]:
    """Events of a log that no stage names, no metric asks about (by ``key_of``) and nobody said to ignore."""
    known = {key for plan in plans for key in plan.signals} | set(asked)
    patterns = tuple(ignored)
    return sorted(event for event in events
                  if key_of(event) not in known and not any(fnmatchcase(event, pattern) for pattern in patterns))
