"""One commitment held against a promise. Rules are numbered in ``verdict.py``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from journeybook.frozen import dataclass
from journeybook.measures import reasons
from journeybook.measures.calendar import EVERY_MONTH, Calendar
from journeybook.measures.chains import chain_of
from journeybook.measures.conditions import same_text, texts
from journeybook.measures.dates import day_after
from journeybook.measures.faults import Fault
from journeybook.measures.measure import Bound, Commitment, Measure, Promise, Reading
from journeybook.measures.quantity import Quantity, quantity_of
from journeybook.measures.spread import Comparison, Reach, alike, compare
from journeybook.measures.units import Unit, find_unit, relation
from journeybook.words import _

Word = Literal["broken", "missed-in-data", "at-risk", "unmatched", "sign-off-due", "undecidable", "kept-on-paper",
               "signed-off"]
_HOLDS: dict[str, Word] = {"all": "kept-on-paper", "none": "broken", "some": "at-risk"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one commitment; ``word`` None when a fault leaves nothing to say."""

    word: Word | None
    because: str
    faults: tuple[Fault, ...] = ()


def weigh(
    promise: Promise, measure: Measure, commitment: Commitment, calendar: Calendar, months: frozenset[int],
    today: date,
) -> Outcome:
    """Whether a commitment keeps a promise in a part of the year, on paper and then in data.

    ``measure`` is the promise's, without faults and with bounds.
    """
    unreadable = _unreadable(commitment)
    if unreadable:
        return Outcome(None, _("the measure of the commitment `%(id)s` is at fault", id=unreadable))
    unfit = _unfit(measure, commitment)
    if unfit is not None:
        return unfit
    if not same_text(promise.when, commitment):
        return Outcome("undecidable", _condition_words(promise, commitment))
    outcome = _on_paper(measure, commitment, calendar, months)
    if outcome.word != "kept-on-paper" or commitment.reading is None or commitment.reading.on > today:
        return outcome
    return _in_data(measure, commitment.id, commitment.reading, outcome, calendar, months, today)


def _unreadable(commitment: Commitment) -> str:
    """The first commitment, of all that is added up, whose measure is at fault."""
    if commitment.measure.faults:
        return commitment.id
    return next((found for found in map(_unreadable, commitment.measure.sum) if found), "")


def _unfit(measure: Measure, commitment: Commitment) -> Outcome | None:
    """The outcome where units cannot be compared: a fault for two kinds of thing, else a missing fact."""
    promised = measure.bounds[0].quantity
    unknown: Outcome | None = None
    for leaf in reasons.leaves(commitment):
        if leaf.measure.yes_no:
            return _mismatch(leaf, _("`%(id)s` says yes or no, the promise says %(promised)s", id=leaf.id,
                                     promised=promised),
                             "write the bound that is committed, or `yes_no: yes` on both sides")
        for bound in leaf.measure.bounds:
            related = relation(bound.quantity.unit, promised.unit)
            if related == "mismatch":
                return _mismatch(leaf, _("%(committed)s cannot be compared with the promised %(promised)s",
                                         committed=bound.quantity, promised=promised),
                                 _unit_help(bound.quantity.unit, promised.unit))
            if related == "unknown":
                unknown = Outcome("undecidable", _(
                    "`%(unit)s` cannot be converted into `%(other)s`; the promise is %(promised)s",
                    unit=bound.quantity.unit.name, other=promised.unit.name or _("a number"), promised=promised))
    return unknown


def _mismatch(leaf: Commitment, message: str, help_text: str) -> Outcome:
    return Outcome(None, message, (Fault("measure-mismatch", message, help_text, f"{leaf.id}/measure"),))


def _unit_help(ours: Unit, theirs: Unit) -> str:
    if "number" in (ours.family, theirs.family):
        return "write the unit behind the number on both sides"
    return "write both in one kind of unit, or give the two measures different `quantity` ids"


def _condition_words(promise: Promise, commitment: Commitment) -> str:
    theirs, ours = promise.when.text.strip(), sorted(texts(commitment))
    if not theirs:
        return _("the commitment holds only “%(ours)s”, and the promise does not say that", ours=_("”, “").join(ours))
    if not ours:
        return _("the promise holds only “%(theirs)s”, and the commitment does not say that", theirs=theirs)
    return _("the promise holds “%(theirs)s”, the commitment “%(ours)s”: only people can compare that", theirs=theirs,
             ours=_("”, “").join(ours))


def _on_paper(measure: Measure, commitment: Commitment, calendar: Calendar, months: frozenset[int]) -> Outcome:
    parts = [leaf.measure for leaf in reasons.leaves(commitment)]
    time = measure.bounds[0].quantity.unit.is_time
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    if measure.high is not None and None in highs:
        return Outcome("broken", reasons.plainly(measure, commitment, "upper"))
    if measure.low is not None and (not any(lows) if time else None in lows):
        return Outcome("broken", reasons.plainly(measure, commitment, "lower"))
    if not time:
        low, high = _total(lows), _total(highs)
        inside = _inside(measure, low, high)
        sums = list(dict.fromkeys(str(_in_unit_of(measure, size)) for size in (low, high) if size is not None))
        total = ""
        if len(parts) > 1 and sums:
            total = sums[0] if len(sums) == 1 else _("%(first)s to %(last)s", first=sums[0], last=sums[-1])
        return Outcome("kept-on-paper" if inside else "broken", reasons.plainly(measure, commitment, total=total))
    promised = reach([measure])
    committed = reach(parts)
    comparison = compare(promised, committed, calendar, months)
    if alike(promised, committed) and not commitment.measure.sum:
        return Outcome(_HOLDS[comparison.holds], reasons.plainly(measure, commitment))
    because = reasons.by_starts(measure, commitment, comparison, calendar, months)
    return Outcome(_HOLDS[comparison.holds], because)


def reach(parts: list[Measure]) -> Reach:
    """The times that one measure, or several end to end, allow."""
    highs = [part.high for part in parts]
    high = None if None in highs else chain_of(each for each in highs if each)
    return Reach(chain_of(part.low for part in parts if part.low), high)


def _total(ends: list[Quantity | None]) -> Decimal | None:
    found = [end.size for end in ends if end is not None]
    return sum(found, Decimal()) if len(found) == len(ends) else None


def _inside(measure: Measure, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether everything from ``low`` to ``high``, in the size of the unit's family, is promised."""
    return (measure.low is None or (low is not None and low >= measure.low.size)) and (
        measure.high is None or (high is not None and high <= measure.high.size))


def _in_unit_of(measure: Measure, size: Decimal) -> Quantity:
    unit = measure.bounds[0].quantity.unit
    return Quantity("", size / unit.size, unit)


def _in_data(
    measure: Measure, commitment: str, reading: Reading, kept: Outcome, calendar: Calendar, months: frozenset[int],
    today: date,
) -> Outcome:
    """What the latest value of the commitment's metric makes of a promise that is kept on paper.

    Source: rules 14 and 16.
    """
    promised = measure.bounds[0].quantity.unit
    unit = find_unit(reading.unit)
    if isinstance(unit, Fault):
        return replace(kept, faults=(unit.within(f"{commitment}/metric"),))
    related = relation(unit, promised)
    if related in ("mismatch", "unknown"):
        message = f"the metric is in {_named(unit)}, the promise is {measure.bounds[0].quantity}"
        return replace(kept, faults=(Fault("measure-mismatch", message, f"measure it in {_named(promised)}",
                                           f"{commitment}/metric"),))
    value = Quantity("", reading.amount, unit)
    words = {"value": reasons.reading_words(value, reading), "reason": kept.because}
    if is_stale(reading, calendar, today):
        return replace(kept, because=_(
            "%(reason)s; the latest value, %(value)s, is older than two cadences and decides nothing", **words))
    if months != EVERY_MONTH and not _months_of(reading) <= months:
        return replace(kept, because=_(
            "%(reason)s; the latest value, %(value)s, is from another part of the year and decides nothing", **words))
    bounded = measure if reading.percent is None else _upper(measure)
    holds = _value_holds(bounded, value, calendar, months) if bounded else "some"
    if holds == "none":
        return Outcome("missed-in-data", _("the latest value, %(value)s, misses it; on paper %(reason)s", **words))
    if holds == "some":
        return replace(kept, because=_(
            "%(reason)s; the latest value, %(value)s, may or may not keep it and decides nothing", **words))
    return replace(kept, because=_("%(reason)s; the latest value, %(value)s, agrees", **words))


def _months_of(reading: Reading) -> frozenset[int]:
    """The months that a value stands for."""
    first = reading.since or reading.on
    passed = (reading.on.year - first.year) * 12 + reading.on.month - first.month
    return frozenset((first.month - 1 + number) % 12 + 1 for number in range(min(passed, 11) + 1))


def _upper(measure: Measure) -> Measure | None:
    """What a time that most stay below can be held against: how long it may take at most."""
    return Measure(measure.quantity, (Bound(measure.high, "at_most"),)) if measure.high else None


def _named(unit: Unit) -> str:
    """A unit behind "in": hours, %, EUR, tickets."""
    return f"{unit.name}s" if unit.is_time else unit.name or "plain numbers"


def _value_holds(measure: Measure, value: Quantity, calendar: Calendar, months: frozenset[int]) -> str:
    """Whether a measured value lies within the promise: for ``all`` starts, ``none`` or ``some``."""
    if relation(value.unit, measure.bounds[0].quantity.unit) == "same" and all(
            relation(value.unit, bound.quantity.unit) == "same" for bound in measure.bounds):
        return "all" if _inside(measure, value.size, value.size) else "none"
    if isinstance(quantity_of(value.amount, value.unit), Fault):  # 1.5 months: an average that no calendar knows
        return "some"
    found: Comparison = compare(reach([measure]), Reach(chain_of([value]), chain_of([value])), calendar, months)
    return found.holds


def is_stale(reading: Reading, calendar: Calendar, today: date) -> bool:
    """Whether a value is older than two cadences of its metric."""
    if reading.cadence is None:
        return False
    twice = replace(reading.cadence, low=reading.cadence.low * 2, high=reading.cadence.high * 2)
    return day_after(twice, reading.on, calendar) < today
