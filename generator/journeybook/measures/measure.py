"""Measures, conditions, promises and commitments, as far as a verdict needs them.

Maintainers: whoever resolves the records of an atlas fills these; nothing here knows files, stages or journeys.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Literal

from journeybook.frozen import dataclass
from journeybook.measures.faults import Fault
from journeybook.measures.quantity import Quantity, parse_quantity
from journeybook.measures.units import relation
from journeybook.schema.durations import Duration

BoundKind = Literal["at_most", "at_least", "equals"]


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit of a measure."""

    quantity: Quantity
    kind: BoundKind


@dataclass(frozen=True, slots=True)
class Measure:
    """What is promised or committed about one quantity.

    ``quantity`` is its id, compared letter by letter. One bound, or ``at_least`` with ``at_most`` (a range), or
    ``yes_no`` (a human says whether it holds), or ``sum``: commitments whose times or amounts are added end to end.
    A measure with faults decides nothing.
    """

    quantity: str
    bounds: tuple[Bound, ...] = ()
    yes_no: bool = False
    sum: tuple[Commitment, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def low(self) -> Quantity | None:
        """The least it allows; None where that is left open."""
        return next((bound.quantity for bound in self.bounds if bound.kind != "at_most"), None)

    @property
    def high(self) -> Quantity | None:
        """The most it allows; None where that is left open."""
        return next((bound.quantity for bound in self.bounds if bound.kind != "at_least"), None)


@dataclass(frozen=True, slots=True)
class When:
    """The cases something holds for; an empty part sets no condition.

    ``months`` are those in which the clock starts (1 to 12), ``segments`` match by name, ``text`` is read by people.
    """

    months: frozenset[int] = frozenset()
    segments: tuple[str, ...] = ()
    text: str = ""


ALWAYS = When()


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest value of a metric, without a segment. ``unit`` as written; without ``cadence`` never stale.

    Of a time that was counted in a log, ``percent`` says how many in a hundred took it or less, and ``since`` where
    it does not stand for the month of ``on`` alone but for all from that day on.
    """

    amount: Decimal
    unit: str
    on: date
    cadence: Duration | None = None
    percent: int | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a delivering stage commits to. ``exceptions`` are shown by pages and never computed with."""

    id: str
    measure: Measure
    when: When = ALWAYS
    exceptions: str = ""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised, and the facts that decide whether there is a verdict at all.

    ``delivered_at`` is the stage that delivers, ``""`` when none is named; ``future`` says that it belongs to a
    future-state journey. ``signed_on`` and ``signed_by`` are the human sign-off, due again after ``review_every``.
    """

    measure: Measure | None = None
    when: When = ALWAYS
    delivered_at: str = ""
    status: Literal["draft", "active", "withdrawn"] = "active"
    valid_from: date | None = None
    valid_to: date | None = None
    future: bool = False
    signed_on: date | None = None
    signed_by: str = ""
    review_every: Duration = field(default=Duration("12 months", Decimal(12), Decimal(12), "month"))


def read_measure(
    quantity: str,
    *,
    at_most: str | None = None,
    at_least: str | None = None,
    equals: str | None = None,
    yes_no: bool | None = None,
    sum: tuple[Commitment, ...] = (),  # noqa: A002 - the key as people write it
) -> Measure:
    """A measure from its keys. Its faults, if any, stand in it, each ``at`` its key."""
    written: dict[BoundKind, str | None] = {"at_least": at_least, "at_most": at_most, "equals": equals}
    keys = [key for key, text in written.items() if text is not None]
    bounds: list[Bound] = []
    faults: list[Fault] = []
    for kind, text in written.items():
        found = parse_quantity(text) if text is not None else None
        if isinstance(found, Fault):
            faults.append(found.within(kind))
        elif found is not None:
            bounds.append(Bound(found, kind))
    faults += _shape_faults([*keys, *(["yes_no"] if yes_no is not None else []), *(["sum"] if sum else [])])
    if yes_no is False:
        faults.append(Fault("value-choice", "`yes_no` is only ever yes", "write `yes_no: yes`, or a bound", "yes_no"))
    if len(bounds) == 2 and not faults:
        faults += _range_faults(bounds[0].quantity, bounds[1].quantity)
    return Measure(quantity, tuple(bounds), bool(yes_no), sum, tuple(faults))


def _shape_faults(keys: list[str]) -> list[Fault]:
    if not keys:
        return [Fault("key-missing", "this measure says neither how much nor how little",
                      "add `at_most:`, `at_least:`, `equals:` or `yes_no: yes`")]
    if len(keys) > 1 and keys != ["at_least", "at_most"]:
        named = " and ".join(f"`{key}`" for key in keys)
        return [Fault("value-choice", f"a measure has no {named} together",
                      "only `at_least` and `at_most` go together; make two measures of it", keys[-1])]
    return []


def _range_faults(low: Quantity, high: Quantity) -> list[Fault]:
    related = relation(low.unit, high.unit)
    if related in ("mismatch", "unknown"):
        return [Fault("measure-mismatch", f"a range from {low} to {high} has two kinds of unit",
                      "write both ends in one unit", "at_most")]
    if related == "same" and low.size > high.size:
        return [Fault("value-range", f"nothing is at least {low} and at most {high}", "exchange the two", "at_most")]
    return []
