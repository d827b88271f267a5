"""The verdict on a promise: what is committed, compared with what is promised.

A verdict compares declarations; only ``missed-in-data`` looks at what was measured. The rules, which other modules
of this package and the tests cite by number:

1. Kept on paper: for every moment the clock can start, what is committed lies within what is promised. Broken: for
   none. At risk: for some; one start of each kind is named. Undecidable: a fact is missing.
2. All commitments of the promised quantity that apply must hold. The quantity is an id, compared letter by letter.
3. A commitment may be the sum of others; times and ranges are added end to end.
4. Exceptions are shown, never computed. Equal free text on both sides matches.
5. Without a calendar: Monday to Friday, 09:00–17:00, no holidays, and the words say so. Starts considered: every
   moment of a plain week, and all whose span touches a listed holiday, past ones too.
6. ``at_most`` with ``at_least`` is a range. Currencies compare with themselves only.
7. No measure: qualitative, a dated human sign-off is the verdict, due again after the review interval. No delivering
   stage: unmatched. Draft, withdrawn, outside its validity or in a future-state journey: no verdict.
10. A commitment keeps a promise only when every value it allows is promised; a missing bound allows everything.
11. Local clock time; the closing minute is open; the longest time is a limit. Months and years are calendar spans
    over all starts. Sums are chained: the second clock starts when the first ends.
12. Conditions: a commitment with one overrides those without in that part; a part nobody covers is unmatched; free
    text on one side only is undecidable, and so are two unknown units; the month is that in which the clock starts.
13. A sign-off needs no delivering stage. A promise whose measure is at fault has no verdict.
14. A metric without cadence is never stale; a value dated after today is ignored.
16. A value older than two cadences decides nothing, nor does one that keeps the promise for some starts only.
17. A time that was counted in a log, with how many in a hundred stay below it, is held against the upper bound only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from journeybook import formats
from journeybook.frozen import dataclass
from journeybook.measures.calendar import Calendar
from journeybook.measures.conditions import Portion, portions
from journeybook.measures.dates import day_after
from journeybook.measures.faults import Fault
from journeybook.measures.measure import Commitment, Measure, Promise
from journeybook.measures.outcome import Outcome, Word, weigh
from journeybook.words import _

WORDS: tuple[Word, ...] = ("broken", "missed-in-data", "at-risk", "unmatched", "sign-off-due", "undecidable",
                           "kept-on-paper", "signed-off")
"""All verdicts, worst first."""
_SEVERITY: dict[Word | None, int] = {word: index for index, word in enumerate(
    (*WORDS[:6], None, *WORDS[6:]))}  # a fault leaves open what would otherwise be kept


@dataclass(frozen=True, slots=True)
class Part:
    """The verdict in one part of what a promise covers.

    ``label`` is empty for all of it, else such as ``June to August, weekend``; ``commitments`` are the ids of those
    that hold there.
    """

    label: str
    word: Word | None
    because: str
    commitments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The worst of all parts: ``broken`` with ``label`` ``June to August``.

    ``word`` None is "no verdict". ``label`` is empty when the word holds for all that the promise covers.
    ``faults`` lie in measures and metrics of commitments, each ``at`` a commitment's id and ``measure`` or
    ``metric``.
    """

    word: Word | None
    because: str
    label: str = ""
    parts: tuple[Part, ...] = ()
    faults: tuple[Fault, ...] = ()


def judge(promise: Promise, commitments: Iterable[Commitment], calendar: Calendar, today: date) -> Verdict:
    """The verdict on a promise, given the commitments of the stage that delivers it (of any quantity)."""
    silent = _no_verdict(promise, today)
    if silent:
        return Verdict(None, silent)
    measure = promise.measure
    if measure is None or measure.yes_no:
        return _sign_off(promise, calendar, today)
    if not promise.delivered_at:
        return Verdict("unmatched", _("no stage is named that delivers it"))
    listed = tuple(commitments)
    fitting = [commitment for commitment in listed if commitment.measure.quantity == measure.quantity]
    if not fitting:
        return Verdict("unmatched", _nothing_fits(promise.delivered_at, measure, listed))
    parts: list[Part] = []
    faults: dict[Fault, None] = {}
    for portion in portions(promise.when, fitting):
        outcome = _worst(promise, measure, portion, calendar, today, faults)
        ids = tuple(commitment.id for commitment in portion.commitments)
        parts.append(Part(portion.label, outcome.word, outcome.because, ids))
    return _summed_up(parts, tuple(faults))


def severity(word: Word | None) -> int:
    """Where a verdict stands in a list, worst first; no verdict comes after undecidable."""
    return _SEVERITY[word]


def _no_verdict(promise: Promise, today: date) -> str:
    """Why nothing is judged, ``""`` when it is. Source: rules 7 and 13."""
    if promise.status != "active":
        return _("it is a draft") if promise.status == "draft" else _("it is withdrawn")
    if promise.valid_from and today < promise.valid_from:
        return _("it is valid from %(day)s", day=formats.day(promise.valid_from))
    if promise.valid_to and today > promise.valid_to:
        return _("it was valid until %(day)s", day=formats.day(promise.valid_to))
    if promise.future:
        return _("it is delivered in a future-state journey")
    if promise.measure and promise.measure.faults:
        return _("its measure is at fault: %(fault)s", fault=promise.measure.faults[0].message)
    if promise.measure and not promise.measure.bounds and not promise.measure.yes_no:
        return _("its measure says neither how much nor how little")
    return ""


def _sign_off(promise: Promise, calendar: Calendar, today: date) -> Verdict:
    """The dated word of a human. Source: rules 7 and 13."""
    signed = promise.signed_on
    if signed is None:
        return Verdict("sign-off-due", _("nobody has signed it off"))
    words = {"by": promise.signed_by, "day": formats.day(signed)}
    if signed > today:
        return Verdict("sign-off-due", _(
            "the sign-off by %(by)s is dated %(day)s, which is after today", **words) if promise.signed_by else _(
            "the sign-off is dated %(day)s, which is after today", **words))
    due = day_after(promise.review_every, signed, calendar)
    words["due"] = formats.day(due)
    if due < today:
        return Verdict("sign-off-due", _(
            "the sign-off by %(by)s of %(day)s was due again on %(due)s", **words) if promise.signed_by else _(
            "the sign-off of %(day)s was due again on %(due)s", **words))
    return Verdict("signed-off", _(
        "signed off by %(by)s on %(day)s; due again on %(due)s", **words) if promise.signed_by else _(
        "signed off on %(day)s; due again on %(due)s", **words))


def _nothing_fits(stage: str, measure: Measure, commitments: tuple[Commitment, ...]) -> str:
    others = list(dict.fromkeys(f"`{commitment.measure.quantity}`" for commitment in commitments))
    if not others:
        return _("`%(stage)s` has no commitment to `%(quantity)s`; it commits to nothing", stage=stage,
                 quantity=measure.quantity)
    return _("`%(stage)s` has no commitment to `%(quantity)s`; it commits to %(others)s", stage=stage,
             quantity=measure.quantity, others=formats.listed(others))


def _worst(
    promise: Promise, measure: Measure, portion: Portion, calendar: Calendar, today: date, faults: dict[Fault, None],
) -> Outcome:
    """The strictest reading of all commitments that hold in a part. Source: rules 2 and 12."""
    if not portion.commitments:
        return Outcome("unmatched", _("no commitment covers %(part)s", part=portion.label)
                       if portion.label else _("no commitment covers what is promised"))
    found: list[Outcome] = []
    for commitment in portion.commitments:
        outcome = weigh(promise, measure, commitment, calendar, portion.months, today)
        faults.update(dict.fromkeys(outcome.faults))
        found.append(outcome)
    worst = min(found, key=lambda outcome: severity(outcome.word))
    if len(found) == 1:
        return worst
    commitment = portion.commitments[found.index(worst)]
    return Outcome(worst.word, f"{commitment.id}: {worst.because}")


def _summed_up(parts: list[Part], faults: tuple[Fault, ...]) -> Verdict:
    worst = min(parts, key=lambda part: severity(part.word))
    alike = [part.label for part in parts if part.word == worst.word]
    label = "" if len(alike) == len(parts) else formats.listed(alike)
    return Verdict(worst.word, worst.because, label, tuple(parts), faults)
