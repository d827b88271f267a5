"""How long a length of time is at most, in hours, whenever its clock starts; and how long handoffs took."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from journeybook import formats
from journeybook.frozen import dataclass
from journeybook.measures.calendar import HOUR
from journeybook.measures.chains import chain_of
from journeybook.measures.measure import read_measure
from journeybook.measures.spread import spread
from journeybook.model.agreement_entities import Handoff
from journeybook.model.atlas import Atlas
from journeybook.model.business import business_calendar
from journeybook.problems import Span
from journeybook.schema.durations import Duration


def hours_at_most(length: Duration, atlas: Atlas) -> Decimal | None:
    """The longest that a length takes with the atlas's calendar: 2 business days may be 5 days.

    None for one that cannot be compared.
    """
    bound = read_measure("time", at_most=f"{length.high} {length.unit}s").high
    if bound is None:
        return None
    return Decimal(spread(chain_of([bound]), business_calendar(atlas)).longest) / HOUR


@dataclass(frozen=True, slots=True)
class Waited:
    """How long a handoff took nine of ten people, in hours, up to a day; ``allowed`` is what it may take at most."""

    hours: Decimal
    on: date
    allowed: Decimal | None
    span: Span

    @property
    def late(self) -> bool:
        """Whether that is longer than it may take, whenever its clock starts."""
        return self.allowed is not None and self.hours > self.allowed


def waited(handoff: Handoff, atlas: Atlas) -> Waited | None:
    """What the log says of a handoff; None where it says nothing."""
    measured = atlas.measured.get(handoff.source.journey)
    if measured is None or handoff.target.journey != handoff.source.journey:
        return None
    way = measured.way(handoff.source.stage, handoff.target.stage)
    allowed = hours_at_most(handoff.spec.within, atlas) if handoff.spec.within else None
    return Waited(way.p90, measured.last, allowed, way.span) if way else None


def hours_words(hours: Decimal) -> str:
    """``36 hours``, ``5.4 days``."""
    return f"{formats.number(round(hours / 24, 1))} days" if hours >= 48 else f"{formats.number(round(hours, 1))} hours"
