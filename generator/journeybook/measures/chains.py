"""Clocks that run one after the other: where a chain of lengths ends, and where that changes its course.

Maintainers: between two neighbouring breakpoints a chain's end moves along with the start or stands still, so that
a comparison needs the breakpoints and the ticks beside them, never every minute. The end of a business length is
continuous from the left (just after closing is another day); a month jumps at midnight.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from journeybook.measures import calendar as clock
from journeybook.measures.calendar import DAY, SECOND, Calendar
from journeybook.measures.quantity import Quantity
from journeybook.measures.units import Family


class Leg(NamedTuple):
    """One length: ticks (elapsed, business hours), business days or months."""

    family: Family
    length: int


Chain = tuple[Leg, ...]
"""Lengths end to end; the empty chain takes no time."""


def chain_of(quantities: Iterable[Quantity]) -> Chain:
    """The chain of some lengths of time; neighbours of one kind are added up, which changes no end.

    Months are not: a month and a month from 31 January end on 28 March, two months on 31 March.
    """
    legs: list[Leg] = []
    for quantity in quantities:
        family = quantity.unit.family
        size = quantity.size
        if family == "elapsed":
            size *= SECOND
        elif family == "business hours":
            size *= clock.HOUR
        if legs and legs[-1].family == family != "months":
            legs[-1] = Leg(family, legs[-1].length + int(size))
        else:
            legs.append(Leg(family, int(size)))
    return tuple(legs)


def end(chain: Chain, moment: int, calendar: Calendar) -> int:
    """When the last clock of a chain ends, if the first one starts at ``moment``."""
    for family, length in chain:
        if family == "elapsed":
            moment += length
        elif family == "business days":
            moment = calendar.after_days(moment, length)
        elif family == "business hours":
            moment = calendar.after_hours(moment, length)
        else:
            moment = clock.months_after(moment, length)
    return moment


def latest_start(chain: Chain, moment: int, calendar: Calendar) -> int:
    """The latest start whose chain is over by ``moment``; with months in it, a start that is early enough."""
    for family, length in reversed(chain):
        if family == "elapsed":
            moment -= length
        elif family == "business days":
            moment = calendar.before_days(moment, length)
        elif family == "business hours":
            moment = calendar.before_hours(moment, length)
        else:
            moment -= length * 31 * DAY
    return moment


def breakpoints(chain: Chain, low: int, high: int, calendar: Calendar) -> set[int]:
    """The starts from ``low`` to ``high`` at which the chain's end changes its course."""
    if not chain:
        return set()
    (family, length), rest = chain[0], chain[1:]
    found: set[int] = set()
    if family == "months":
        found.update(range(-(-low // DAY) * DAY, high + 1, DAY))
    elif family != "elapsed":
        found.update(edge for span in calendar.edges(low, high) for edge in span)
    ends = sorted((end(chain[:1], low, calendar), end(chain[:1], high, calendar)))
    if family == "months":  # the end of a short month may come a little out of order
        ends = [ends[0] - 3 * DAY, ends[1] + 3 * DAY]
    if family == "business hours":
        found.update(calendar.before_hours(span[1], length) for span in calendar.edges(*ends))
    for moment in breakpoints(rest, ends[0], ends[1], calendar):
        found.update(_starts(family, length, moment, calendar))
    return {moment for moment in found if low <= moment <= high}


def _starts(family: Family, length: int, moment: int, calendar: Calendar) -> list[int]:
    """The starts of one leg that end at ``moment``."""
    if family == "months":
        return clock.months_before(moment, length)
    return [latest_start((Leg(family, length),), moment, calendar)]
