"""Measures, conditions and the time a promise is valid, in words."""

from __future__ import annotations

from journeybook.formats import day, listed
from journeybook.measures import Fault, parse_quantity
from journeybook.measures.words import month_words
from journeybook.schema import promises as schema
from journeybook.words import N_, _, current

BOUNDS = {"at_least": N_("at least %(quantity)s"), "at_most": N_("at most %(quantity)s"),
          "equals": N_("exactly %(quantity)s")}


def bound(measure: schema.Measure | None) -> str:
    """A measure in words: ``setup: at most 48 hours``; ``""`` where there is none or it is yes or no."""
    if measure is None or measure.yes_no or not measure.quantity:
        return ""
    quantity = measure.quantity.replace("-", " ")
    if measure.sum:
        parts_of = listed([text.rpartition("#")[2] for text in measure.sum])
        return _("%(quantity)s: %(parts)s added up", quantity=quantity, parts=parts_of)
    words = [_(BOUNDS[kind], quantity=_said(value)) for kind in BOUNDS if (value := getattr(measure, kind))]
    return _("%(quantity)s: %(bounds)s", quantity=quantity, bounds=listed(words))


def _said(written: str) -> str:
    """A bound: as it was written in English, the way maps are written; other languages say the same."""
    if current().native:
        return written
    found = parse_quantity(written)
    return written if isinstance(found, Fault) else str(found)


def condition(when: schema.When | None) -> str:
    """A condition in words."""
    if when is None:
        return ""
    months = ""
    if when.months:
        numbers = frozenset(map(int, when.months))
        named = month_words(numbers)
        run = len(numbers) < 12 and any(number % 12 + 1 in numbers for number in numbers)
        months = _("from %(months)s", months=named) if run else _("in %(months)s", months=named)
    segments = _("for %(segments)s", segments=listed(when.segments)) if when.segments else ""
    return "; ".join(filter(None, (months, segments, when.text or "")))


def valid(spec: schema.Promise) -> str:
    """When a promise is valid, ``""`` where it always is."""
    if spec.valid_from and spec.valid_to:
        return _("from %(first)s until %(last)s", first=day(spec.valid_from), last=day(spec.valid_to))
    if spec.valid_from:
        return _("from %(day)s", day=day(spec.valid_from))
    return _("until %(day)s", day=day(spec.valid_to)) if spec.valid_to else ""
