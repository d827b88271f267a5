"""The sentences that say why one commitment keeps a promise or not: plain, short, with the arithmetic in them."""

from __future__ import annotations

from journeybook import formats
from journeybook.measures.calendar import Calendar
from journeybook.measures.chains import Chain, chain_of
from journeybook.measures.measure import Commitment, Measure, Reading
from journeybook.measures.opening import calendar_words
from journeybook.measures.quantity import Quantity
from journeybook.measures.spread import Comparison, Example, Spread, spread
from journeybook.measures.words import bounds_words, day_words, length_words, quantity_words, start_words
from journeybook.words import _


def leaves(commitment: Commitment) -> tuple[Commitment, ...]:
    """What a commitment adds up, in order; itself when it is no sum."""
    if not commitment.measure.sum:
        return (commitment,)
    return tuple(leaf for part in commitment.measure.sum for leaf in leaves(part))


def named(measure: Measure, commitment: Commitment) -> str:
    """The commitment in words, with conversions into the unit of the promise."""
    than = measure.bounds[0].quantity
    if not commitment.measure.sum:
        return bounds_words(commitment.measure.bounds, than)
    parts = [f"{leaf.id} ({bounds_words(leaf.measure.bounds)})" for leaf in leaves(commitment)]
    return _(", then ").join(parts) if than.unit.is_time else formats.listed(parts)


def plainly(measure: Measure, commitment: Commitment, open_end: str = "", total: str = "") -> str:
    """``the commitment is 30 hours; the promise is 48 hours``.

    ``open_end`` is the end (lower, upper) that the commitment leaves open, ``total`` what a sum comes to.
    """
    ours, theirs = named(measure, commitment), bounds_words(measure.bounds)
    if total:
        return _("the commitment is %(ours)s, together %(total)s; the promise is %(theirs)s", ours=ours, total=total,
                 theirs=theirs)
    if open_end == "upper":
        return _("the commitment is %(ours)s and leaves the upper end open; the promise is %(theirs)s", ours=ours,
                 theirs=theirs)
    if open_end == "lower":
        return _("the commitment is %(ours)s and leaves the lower end open; the promise is %(theirs)s", ours=ours,
                 theirs=theirs)
    return _("the commitment is %(ours)s; the promise is %(theirs)s", ours=ours, theirs=theirs)


def by_starts(
    measure: Measure, commitment: Commitment, comparison: Comparison, calendar: Calendar, months: frozenset[int],
) -> str:
    """``3 business days run from 72 hours to 6 days, depending on when the clock starts; the promise is 48 hours``."""
    ours = [spread(chain, calendar, months) for chain in _compared(measure, commitment)]
    theirs = [spread(chain_of([bound.quantity]), calendar, months) for bound in measure.bounds]
    theirs_vary = not all(each.fixed for each in theirs)
    if all(each.fixed for each in ours):
        lengths = list(dict.fromkeys(length_words(each.longest) for each in ours))
        total = (_("%(first)s to %(last)s", first=lengths[0], last=lengths[-1]) if len(lengths) > 1 else lengths[0]
                 ) if commitment.measure.sum else ""
        words = (_against_varying(measure, commitment, total, theirs) if theirs_vary
                 else plainly(measure, commitment, total=total))
    else:
        words = _varying(measure, commitment, ours, theirs if theirs_vary else [])
    if comparison.holds == "some" and comparison.kept and comparison.broken:
        words += f". {_examples(comparison.kept, comparison.broken, theirs_vary)}"
    return _usual_calendar(words, measure, commitment, calendar)


def _against_varying(measure: Measure, commitment: Commitment, total: str, theirs: list[Spread]) -> str:
    """A commitment that always lasts as long, against a promise that does not."""
    ours, promised = named(measure, commitment), bounds_words(measure.bounds)
    low, high = _ends(theirs)
    if total:
        return _("the commitment is %(ours)s, together %(total)s; the promise of %(theirs)s runs from %(low)s to "
                 "%(high)s, depending on when the clock starts", ours=ours, total=total, theirs=promised, low=low,
                 high=high)
    return _("the commitment is %(ours)s; the promise of %(theirs)s runs from %(low)s to %(high)s, depending on when "
             "the clock starts", ours=ours, theirs=promised, low=low, high=high)


def _varying(measure: Measure, commitment: Commitment, ours: list[Spread], theirs: list[Spread]) -> str:
    """A commitment whose length depends on its start; ``theirs`` are the promise's lengths where they do too."""
    subject, number = _subject(measure, commitment)
    promised = bounds_words(measure.bounds)
    least, most = _ends(ours)
    if not theirs:
        return formats.plural(
            "%(ours)s runs from %(least)s to %(most)s, depending on when the clock starts; the promise is %(theirs)s",
            "%(ours)s run from %(least)s to %(most)s, depending on when the clock starts; the promise is %(theirs)s",
            number, ours=subject, least=least, most=most, theirs=promised)
    low, high = _ends(theirs)
    return formats.plural(
        "%(ours)s runs from %(least)s to %(most)s, depending on when the clock starts; the promise of %(theirs)s runs "
        "from %(low)s to %(high)s",
        "%(ours)s run from %(least)s to %(most)s, depending on when the clock starts; the promise of %(theirs)s runs "
        "from %(low)s to %(high)s",
        number, ours=subject, least=least, most=most, theirs=promised, low=low, high=high)


def reading_words(quantity: Quantity, reading: Reading) -> str:
    """``60 hours on 1 Oct 2026``, ``57.5 hours for 90 in 100, counted up to 20 Nov 2026``."""
    if reading.percent is not None:
        return _("%(value)s for %(percent)s in 100, counted up to %(day)s", value=quantity, percent=reading.percent,
                 day=day_words(reading.on))
    return _("%(value)s on %(day)s", value=quantity, day=day_words(reading.on))


def _compared(measure: Measure, commitment: Commitment) -> list[Chain]:
    """The chains of a commitment that a promise's bounds are compared with."""
    parts = leaves(commitment)
    found: list[Chain] = []
    if measure.low is not None:
        found.append(chain_of(leaf.measure.low for leaf in parts if leaf.measure.low))
    if measure.high is not None:
        found.append(chain_of(leaf.measure.high for leaf in parts if leaf.measure.high))
    return found


def _subject(measure: Measure, commitment: Commitment) -> tuple[str, int]:
    """What runs, and whether it is one thing or several."""
    if commitment.measure.sum:
        return named(measure, commitment), 2
    ends = [commitment.measure.low if measure.low else None, commitment.measure.high if measure.high else None]
    listed = list(dict.fromkeys(end for end in ends if end))
    said = [quantity_words(end) for end in listed]
    if len(said) > 1:
        return _("%(first)s to %(last)s", first=said[0], last=said[-1]), 2
    return said[0], 1 if listed[0].amount == 1 else 2


def _ends(spreads: list[Spread]) -> tuple[str, str]:
    return (length_words(min(each.shortest for each in spreads)), length_words(max(each.longest for each in spreads)))


def _examples(kept: Example, broken: Example, varies: bool) -> str:
    """A start that keeps the promise and one that breaks it; ``varies``: what is promised then is named too."""
    starts = {"start": start_words(kept.start, kept.dated), "other_start": start_words(broken.start, broken.dated),
              "length": length_words(kept.committed), "other_length": length_words(broken.committed)}
    if not varies:
        return _("Started %(start)s: %(length)s; started %(other_start)s: %(other_length)s", **starts)
    return _("Started %(start)s: %(length)s, promised %(promised)s; started %(other_start)s: %(other_length)s, "
             "promised %(other_promised)s", **starts, promised=length_words(kept.promised),
             other_promised=length_words(broken.promised))


def _usual_calendar(words: str, measure: Measure, commitment: Commitment, calendar: Calendar) -> str:
    """The sentence, with the calendar that was taken where the atlas has none and it matters."""
    bounds = [*measure.bounds, *(bound for leaf in leaves(commitment) for bound in leaf.measure.bounds)]
    if calendar.stated or all(bound.quantity.dimension != "business time" for bound in bounds):
        return words
    return _("%(sentence)s (no calendar in the atlas: %(calendar)s)", sentence=words, calendar=calendar_words(calendar))
