"""Lengths of time and how often something happens, as readers see them."""

from __future__ import annotations

from decimal import Decimal

from journeybook.formats import length, plural
from journeybook.schema.durations import CADENCES, Duration
from journeybook.words import N_, NP_, _, current

_CADENCES = {"daily": N_("daily"), "weekly": N_("weekly"), "monthly": N_("monthly"), "quarterly": N_("quarterly"),
             "yearly": N_("yearly"), "annually": N_("yearly")}
_TIMES = {"daily": NP_("%(num)s time a day", "%(num)s times a day"),
          "weekly": NP_("%(num)s time a week", "%(num)s times a week"),
          "monthly": NP_("%(num)s time a month", "%(num)s times a month"),
          "quarterly": NP_("%(num)s time a quarter", "%(num)s times a quarter"),
          "yearly": NP_("%(num)s time a year", "%(num)s times a year")}


def how_long(duration: Duration | None) -> str:
    """``3 business days``, ``monthly``; ``""`` where nothing was written."""
    if duration is None:
        return ""
    word = " ".join(duration.text.lower().split())
    if word in CADENCES:
        return duration.text if current().native else _(_CADENCES[word])
    return length(duration.text, duration.low, duration.high, duration.unit)


def how_often(number: Decimal | int, period: Duration | None) -> str:
    """``12 times a month``; without a period ``12 times``."""
    if period is None:
        return plural("%(num)s time", "%(num)s times", number)
    if period.text in _TIMES:
        return plural(*_TIMES[period.text], number)
    return plural("%(num)s time in %(period)s", "%(num)s times in %(period)s", number, period=how_long(period))


def looked_at(cadence: Duration | None) -> str:
    """``looked at weekly``, ``looked at every 2 weeks``; ``""`` without a cadence."""
    if cadence is None:
        return ""
    said = how_long(cadence)
    if cadence.text[:1].isdigit():
        return _("looked at every %(length)s", length=said)
    return _("looked at %(cadence)s", cadence=said)
