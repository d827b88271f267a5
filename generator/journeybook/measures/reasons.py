"""The sentences that say why one commitment keeps a promise or not: plain, short, with the arithmetic in them."""

from __future__ import annotations

from journeybook.measures.calendar import Calendar
from journeybook.measures.chains import Chain, chain_of
from journeybook.measures.measure import Commitment, Measure, Reading
from journeybook.measures.opening import calendar_words
from journeybook.measures.quantity import Quantity
from journeybook.measures.spread import Comparison, Example, Spread, spread
from journeybook.measures.words import bounds_words, day_words, length_words, quantity_words, start_words


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
    return ", then ".join(parts) if than.unit.is_time else " and ".join(parts)


def plainly(measure: Measure, commitment: Commitment, open_end: str = "", total: str = "") -> str:
    """``the commitment is 30 hours; the promise is 48 hours``.

    ``open_end`` is the end (lower, upper) that the commitment leaves open, ``total`` what a sum comes to.
    """
    ours = _committed(measure, commitment, total)
    if open_end:
        ours += f" and leaves the {open_end} end open"
    return f"{ours}; the promise is {bounds_words(measure.bounds)}"


def _committed(measure: Measure, commitment: Commitment, total: str) -> str:
    ours = f"the commitment is {named(measure, commitment)}"
    return f"{ours}, together {total}" if total else ours


def by_starts(
    measure: Measure, commitment: Commitment, comparison: Comparison, calendar: Calendar, months: frozenset[int],
) -> str:
    """``3 business days run from 72 hours to 6 days, depending on when the clock starts; the promise is 48 hours``."""
    ours = [spread(chain, calendar, months) for chain in _compared(measure, commitment)]
    theirs = [spread(chain_of([bound.quantity]), calendar, months) for bound in measure.bounds]
    depending = ", depending on when the clock starts"
    if all(each.fixed for each in ours):
        total = " to ".join(dict.fromkeys(length_words(each.longest) for each in ours))
        words = _committed(measure, commitment, total if commitment.measure.sum else "")
    else:
        subject, verb = _subject(measure, commitment)
        words = f"{subject} {verb} from {_range(ours)}{depending}"
        depending = ""
    if all(each.fixed for each in theirs):
        words += f"; the promise is {bounds_words(measure.bounds)}"
    else:
        words += f"; the promise of {bounds_words(measure.bounds)} runs from {_range(theirs)}{depending}"
    if comparison.holds == "some" and comparison.kept and comparison.broken:
        varies = not all(each.fixed for each in theirs)
        words += f". Started {_example(comparison.kept, varies)}; started {_example(comparison.broken, varies)}"
    return words + _usual_calendar(measure, commitment, calendar)


def reading_words(quantity: Quantity, reading: Reading) -> str:
    """``60 hours on 1 Oct 2026``."""
    return f"{quantity} on {day_words(reading.on)}"


def _compared(measure: Measure, commitment: Commitment) -> list[Chain]:
    """The chains of a commitment that a promise's bounds are compared with."""
    parts = leaves(commitment)
    found: list[Chain] = []
    if measure.low is not None:
        found.append(chain_of(leaf.measure.low for leaf in parts if leaf.measure.low))
    if measure.high is not None:
        found.append(chain_of(leaf.measure.high for leaf in parts if leaf.measure.high))
    return found


def _subject(measure: Measure, commitment: Commitment) -> tuple[str, str]:
    """What runs, and ``run`` or ``runs``."""
    if commitment.measure.sum:
        return named(measure, commitment), "run"
    ends = [commitment.measure.low if measure.low else None, commitment.measure.high if measure.high else None]
    listed = list(dict.fromkeys(end for end in ends if end))
    single = len(listed) == 1 and listed[0].amount == 1
    return " to ".join(quantity_words(end) for end in listed), "runs" if single else "run"


def _range(spreads: list[Spread]) -> str:
    return (f"{length_words(min(each.shortest for each in spreads))} to "
            f"{length_words(max(each.longest for each in spreads))}")


def _example(example: Example, varies: bool) -> str:
    words = f"{start_words(example.start, example.dated)}: {length_words(example.committed)}"
    return f"{words}, promised {length_words(example.promised)}" if varies else words


def _usual_calendar(measure: Measure, commitment: Commitment, calendar: Calendar) -> str:
    bounds = [*measure.bounds, *(bound for leaf in leaves(commitment) for bound in leaf.measure.bounds)]
    if calendar.stated or all(bound.quantity.dimension != "business time" for bound in bounds):
        return ""
    return f" (no calendar in the atlas: {calendar_words(calendar)})"
