"""The atlas: everything a firm wrote, and the ways back from a record to what refers to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from journeybook.frozen import dataclass
from journeybook.model.agreement_entities import Handoff, Loop, Opportunity, Promise
from journeybook.model.entities import Asset, Category, Channel, Evidence, Metric, Persona, Team, Touchpoint
from journeybook.model.journey_entities import Commitment, Journey, Stage, Transition
from journeybook.model.origins import StageKey
from journeybook.model.walked import Measured
from journeybook.schema import atlas as atlas_schema
from journeybook.source import Document

if TYPE_CHECKING:
    from journeybook.model.verdicts import Verdict

WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
K = TypeVar("K")
V = TypeVar("V")
Owned = TypeVar("Owned", Journey, Asset, Metric, Touchpoint, Promise, Loop, Opportunity, Persona)


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
    promises: Mapping[str, Promise] = field(default_factory=dict)
    handoffs: Mapping[str, Handoff] = field(default_factory=dict)
    loops: Mapping[str, Loop] = field(default_factory=dict)
    opportunities: Mapping[str, Opportunity] = field(default_factory=dict)
    broken: Mapping[str, Document] = field(default_factory=dict)  # journeys whose file cannot be read at all
    unread: frozenset[str] = frozenset()  # kinds of which a file that cannot be read may hold more
    half_handoffs: frozenset[StageKey] = frozenset()  # stages of handoffs whose other end is not found
    measured: Mapping[str, Measured] = field(default_factory=dict)  # by journey: what people really did

    @cached_property
    def judged(self) -> dict[tuple[date, str], Mapping[str, Verdict]]:
        """Day → verdicts, kept by :func:`journeybook.model.verdicts.verdicts`."""
        return {}

    def may_be_used(self, ident: str) -> bool:
        """Whether a record may be used where nobody can read it: in a file with errors that has its id, or in any file
        that gave no text at all.
        """
        return "journey" in self.unread or ident in self._mentioned

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        """Words of the files that have errors."""
        return frozenset(word for document in self.broken.values() for word in WORD.findall(document.text))

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
    def others_of_metric(self) -> dict[str, tuple[Commitment | Handoff | Asset, ...]]:
        """Metric id → commitments and handoffs that it watches, and content whose effect it tells."""
        kept: list[Commitment | Handoff] = [
            *(commitment for stage in self.stages.values() for commitment in stage.commitments),
            *self.handoffs.values()]
        pairs: list[tuple[str, Commitment | Handoff | Asset]] = [
            (record.metric.id, record) for record in kept if record.metric]
        return _back([*pairs, *((metric.id, asset) for asset in self.assets.values() for metric in asset.metrics)])

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
    def journeys_of_team(self) -> dict[str, tuple[Journey, ...]]:
        """Team id → journeys it is accountable for."""
        return _owned(self.journeys.values())

    @cached_property
    def assets_of_team(self) -> dict[str, tuple[Asset, ...]]:
        """Team id → content it looks after."""
        return _owned(self.assets.values())

    @cached_property
    def metrics_of_team(self) -> dict[str, tuple[Metric, ...]]:
        """Team id → metrics it answers for."""
        return _owned(self.metrics.values())

    @cached_property
    def touchpoints_of_team(self) -> dict[str, tuple[Touchpoint, ...]]:
        """Team id → touchpoints it runs."""
        return _owned(self.touchpoints.values())

    @cached_property
    def promises_of_team(self) -> dict[str, tuple[Promise, ...]]:
        """Team id → promises it makes."""
        return _owned(self.promises.values())

    @cached_property
    def loops_of_team(self) -> dict[str, tuple[Loop, ...]]:
        """Team id → feedback loops it has to close."""
        return _owned(self.loops.values())

    @cached_property
    def opportunities_of_team(self) -> dict[str, tuple[Opportunity, ...]]:
        """Team id → opportunities it takes up."""
        return _owned(self.opportunities.values())

    @cached_property
    def personas_of_team(self) -> dict[str, tuple[Persona, ...]]:
        """Team id → personas it keeps up to date."""
        return _owned(self.personas.values())

    @cached_property
    def assets_of_persona(self) -> dict[str, tuple[Asset, ...]]:
        """Persona id → content made for them."""
        return _back((persona.id, asset) for asset in self.assets.values() for persona in asset.personas)

    @cached_property
    def touchpoints_of_channel(self) -> dict[str, tuple[Touchpoint, ...]]:
        """Channel id → touchpoints of that channel."""
        return _back((touchpoint.channel.id, touchpoint) for touchpoint in self.touchpoints.values())

    @cached_property
    def stages_of_channel(self) -> dict[str, tuple[Stage, ...]]:
        """Channel id → stages that use it, by a touchpoint or by its name alone."""
        return _back((channel.id, stage) for stage in self.stages.values() for channel in stage.channels)

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
    def promises_made(self) -> dict[StageKey, tuple[Promise, ...]]:
        """Stage → promises made there."""
        return _back((promise.made_at, promise) for promise in self.promises.values() if promise.made_at)

    @cached_property
    def promises_due(self) -> dict[StageKey, tuple[Promise, ...]]:
        """Stage → promises that it must keep."""
        return _back((promise.delivered_at, promise) for promise in self.promises.values() if promise.delivered_at)

    @cached_property
    def promises_of_asset(self) -> dict[str, tuple[Promise, ...]]:
        """Asset id → promises that it states."""
        return _back((asset.id, promise) for promise in self.promises.values() for asset in promise.assets)

    @cached_property
    def handoffs_out(self) -> dict[StageKey, tuple[Handoff, ...]]:
        """Stage → handoffs that leave it."""
        return _back((handoff.source, handoff) for handoff in self.handoffs.values())

    @cached_property
    def handoffs_in(self) -> dict[StageKey, tuple[Handoff, ...]]:
        """Stage → handoffs that reach it."""
        return _back((handoff.target, handoff) for handoff in self.handoffs.values())

    @cached_property
    def loops_out(self) -> dict[StageKey, tuple[Loop, ...]]:
        """Stage → what is heard there and must change something."""
        return _back((loop.source, loop) for loop in self.loops.values())

    @cached_property
    def loops_in(self) -> dict[StageKey, tuple[Loop, ...]]:
        """Stage → feedback that wants it changed."""
        return _back((loop.target, loop) for loop in self.loops.values() if loop.target)

    @cached_property
    def opportunities_at(self) -> dict[StageKey, tuple[Opportunity, ...]]:
        """Stage → opportunities: those it names, and those from its pains and from loops that start there."""
        named = ((stage.key, self.opportunities[ident]) for stage in self.stages.values()
                 for ident in stage.spec.opportunities if ident in self.opportunities)
        derived = ((key, opportunity) for opportunity in self.opportunities.values()
                   for key in (*(key for key, _ in opportunity.pains),
                               *(self.loops[ident].source for ident in opportunity.loops)))
        return _back((*named, *derived))

    @cached_property
    def people(self) -> dict[str, frozenset[str]]:
        """Team id → ids of the persons who are it or wear it as a hat."""
        wearers: dict[str, set[str]] = {ident: set() for ident in self.teams}
        for team in self.teams.values():
            if team.spec.kind == "person" or team.spec.hats:
                for ident in (team.id, *team.spec.hats):
                    wearers.setdefault(ident, set()).add(team.id)
        return {ident: frozenset(found) for ident, found in wearers.items()}

    def same_person(self, one: Team, other: Team) -> bool:
        """Whether one person is both teams (a small firm wears many hats)."""
        return bool(self.people.get(one.id, frozenset()) & self.people.get(other.id, frozenset()))

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


def _owned(records: Iterable[Owned]) -> dict[str, tuple[Owned, ...]]:
    """Team id → what it owns."""
    return _back((record.owner.id, record) for record in records if record.owner)
