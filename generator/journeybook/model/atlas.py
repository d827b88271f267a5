"""All records of a firm, and the ways back from each to what uses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from journeybook.model.entities import (
    Asset,
    Category,
    Channel,
    Evidence,
    Journey,
    Metric,
    Persona,
    Stage,
    StageKey,
    Team,
    Touchpoint,
    Transition,
)
from journeybook.schema import atlas as atlas_schema
from journeybook.source import Document

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Atlas:
    """Everything a firm wrote, and the ways back. Mappings are by id, in the order of ids."""

    title: str
    spec: atlas_schema.Atlas
    categories: tuple[Category, ...]
    teams: Mapping[str, Team]
    personas: Mapping[str, Persona]
    channels: Mapping[str, Channel]
    touchpoints: Mapping[str, Touchpoint]
    evidence: Mapping[str, Evidence]
    metrics: Mapping[str, Metric]
    assets: Mapping[str, Asset]
    journeys: Mapping[str, Journey]
    broken: Mapping[str, Document] = field(default_factory=dict)  # journeys whose file cannot be read at all

    @cached_property
    def stages(self) -> dict[StageKey, Stage]:
        """All stages of all journeys."""
        return {stage.key: stage for journey in self.journeys.values() for stage in journey.stages}

    @cached_property
    def stages_of_asset(self) -> dict[str, tuple[Stage, ...]]:
        """Asset id → stages that use it."""
        return _back((asset.id, stage) for stage in self.stages.values() for asset in stage.assets)

    @cached_property
    def stages_of_metric(self) -> dict[str, tuple[Stage, ...]]:
        """Metric id → stages that it measures."""
        return _back((metric.id, stage) for stage in self.stages.values() for metric in stage.metrics)

    @cached_property
    def journeys_of_metric(self) -> dict[str, tuple[Journey, ...]]:
        """Metric id → journeys that it measures as a whole."""
        return _back((metric.id, journey) for journey in self.journeys.values() for metric in journey.metrics)

    @cached_property
    def drivers(self) -> dict[str, tuple[Metric, ...]]:
        """Metric id → metrics that it follows."""
        return _back((ident, metric) for metric in self.metrics.values() for ident in metric.spec.drives)

    @cached_property
    def stages_of_team(self) -> dict[str, tuple[Stage, ...]]:
        """Team id → stages it is accountable for."""
        return _back((stage.owner.id, stage) for stage in self.stages.values() if stage.owner)

    @cached_property
    def stages_of_touchpoint(self) -> dict[str, tuple[Stage, ...]]:
        """Touchpoint id → stages it is used at."""
        return _back((touchpoint.id, stage) for stage in self.stages.values()
                     for step in stage.steps for touchpoint in step.touchpoints)

    @cached_property
    def journeys_of_persona(self) -> dict[str, tuple[Journey, ...]]:
        """Persona id → journeys that are theirs."""
        return _back((persona.id, journey) for journey in self.journeys.values()
                     for persona in journey.personas)

    @cached_property
    def children(self) -> dict[str, tuple[Journey, ...]]:
        """Journey id → journeys that name it as parent."""
        return _back((journey.parent, journey) for journey in self.journeys.values() if journey.parent)

    @cached_property
    def overviews(self) -> dict[str, tuple[Journey, ...]]:
        """Journey id → journeys with a stage that it shows in detail."""
        return _back((stage.spec.detail, journey) for journey in self.journeys.values()
                     for stage in journey.stages if stage.spec.detail)

    @cached_property
    def futures(self) -> dict[str, tuple[Journey, ...]]:
        """Journey id → future states that redesign it."""
        return _back((journey.compares_to, journey) for journey in self.journeys.values() if journey.compares_to)

    @cached_property
    def arrivals(self) -> dict[StageKey, tuple[Transition, ...]]:
        """Stage → transitions that lead to it."""
        return _back((transition.target, transition) for journey in self.journeys.values()
                     for transition in journey.transitions)

    @cached_property
    def departures(self) -> dict[StageKey, tuple[Transition, ...]]:
        """Stage → transitions that leave it."""
        return _back((transition.source, transition) for journey in self.journeys.values()
                     for transition in journey.transitions)

    @cached_property
    def answers(self) -> dict[tuple[StageKey, str], tuple[Asset, ...]]:
        """Question → assets that answer it, whatever their status."""
        return _back((question, asset) for asset in self.assets.values() for question in asset.answers)


def _back(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Pairs to a mapping of tuples, each value once, in the order they came."""
    found: dict[K, dict[int, V]] = {}
    for key, value in pairs:
        found.setdefault(key, {}).setdefault(id(value), value)
    return {key: tuple(values.values()) for key, values in found.items()}

