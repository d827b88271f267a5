"""How long a length of time is at most, in hours, whenever its clock starts."""

from __future__ import annotations

from decimal import Decimal

from journeybook.measures.calendar import HOUR
from journeybook.measures.chains import chain_of
from journeybook.measures.measure import read_measure
from journeybook.measures.spread import spread
from journeybook.model.atlas import Atlas
from journeybook.model.verdicts import business_calendar
from journeybook.schema.durations import Duration


def hours_at_most(length: Duration, atlas: Atlas) -> Decimal | None:
    """The longest that a length takes with the atlas's calendar: 2 business days may be 5 days.

    None for one that cannot be compared.
    """
    bound = read_measure("time", at_most=f"{length.high} {length.unit}s").high
    if bound is None:
        return None
    return Decimal(spread(chain_of([bound]), business_calendar(atlas)).longest) / HOUR
