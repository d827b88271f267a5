"""Promises, handoffs, loops and opportunities: what one team has to another. ``spec`` is what the team wrote."""

from __future__ import annotations

from journeybook.frozen import dataclass
from journeybook.model.entities import Asset, Metric, Team
from journeybook.model.origins import Origin, StageKey
from journeybook.schema import promises


@dataclass(frozen=True, slots=True)
class Promise:
    """What a customer is told. ``assets`` state it, whichever side says so; stages are None where not written."""

    id: str
    spec: promises.Promise
    origin: Origin
    owner: Team | None
    made_at: StageKey | None
    delivered_at: StageKey | None
    assets: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class Handoff:
    """One stage's team passes a customer on to another's."""

    id: str
    spec: promises.Handoff
    origin: Origin
    source: StageKey
    target: StageKey
    metric: Metric | None


@dataclass(frozen=True, slots=True)
class Loop:
    """Something heard at ``source`` that must change ``target`` (a stage) or ``asset``."""

    id: str
    spec: promises.Loop
    origin: Origin
    owner: Team | None
    source: StageKey
    target: StageKey | None
    asset: Asset | None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something that could be better, with the pains and loops it comes from."""

    id: str
    spec: promises.Opportunity
    origin: Origin
    owner: Team | None
    pains: tuple[tuple[StageKey, str], ...]
    loops: tuple[str, ...]
