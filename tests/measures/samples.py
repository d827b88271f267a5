"""Promises, commitments and values that the tests of verdicts judge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from journeybook.measures import (
    ALWAYS,
    Calendar,
    Commitment,
    Measure,
    Promise,
    Reading,
    Verdict,
    When,
    judge,
    read_measure,
)
from journeybook.schema.durations import parse_duration

TODAY = date(2026, 11, 21)
OFFICE = Calendar(stated=True)
SUMMER = When(frozenset({6, 7, 8}))
WEEKEND = When(segments=("weekend",))


def bounds(**written: str) -> Measure:
    """A measure of setup time (or what is given) without faults."""
    found = read_measure("setup", **written)  # type: ignore[arg-type]
    assert not found.faults
    return found


def promise(when: When = ALWAYS, **written: str) -> Promise:
    """A promise that onboarding delivers."""
    return Promise(bounds(**written), when, "customer/setup")


def commit(name: str = "team", when: When = ALWAYS, reading: Reading | None = None, **written: str) -> Commitment:
    """A commitment of the delivering stage."""
    return Commitment(name, bounds(**written), when, "", reading)


def verdict(promised: Promise, *commitments: Commitment, calendar: Calendar = OFFICE) -> Verdict:
    """Judged on 21 November 2026."""
    return judge(promised, commitments, calendar, TODAY)


def sum_of(*parts: Commitment, when: When = ALWAYS) -> Commitment:
    """A commitment that adds others up."""
    return Commitment("delivery", read_measure("setup", sum=parts), when)


def reading(amount: str, unit: str = "hours", on: date = date(2026, 11, 1), cadence: str = "monthly") -> Reading:
    """The latest value of a metric."""
    return Reading(Decimal(amount), unit, on, parse_duration(cadence))
