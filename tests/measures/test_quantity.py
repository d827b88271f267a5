"""Quantities: what is read, what is refused and with which next step, what converts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeybook.measures import Fault, Quantity, convert, convertible, parse_quantity
from journeybook.measures.quantity import quantity_of
from journeybook.measures.units import CURRENCIES, Unit, find_unit, one_slip, relation


def read(text: str) -> Quantity:
    """A quantity that is no fault."""
    found = parse_quantity(text)
    assert isinstance(found, Quantity), found
    return found


@pytest.mark.parametrize(("text", "said", "dimension"), [
    ("48 hours", "48 hours", "elapsed time"),
    ("48h", "48 hours", "elapsed time"),
    ("3 d", "3 days", "elapsed time"),
    ("1 Week", "1 week", "elapsed time"),
    ("30 seconds", "30 seconds", "elapsed time"),
    ("6 months", "6 months", "elapsed time"),
    ("0.5 years", "0.5 years", "elapsed time"),
    ("3 business  days", "3 business days", "business time"),
    ("1 working hour", "1 business hour", "business time"),
    ("99.9 %", "99.9\u202f%", "share"),
    ("99.9%", "99.9\u202f%", "share"),
    ("5 per mille", "5\u202f‰", "share"),
    ("12 per cent", "12\u202f%", "share"),
    ("25 EUR", "25\u202fEUR", "money"),
    ("EUR 25", "25\u202fEUR", "money"),
    ("€25", "25\u202fEUR", "money"),
    ("25€", "25\u202fEUR", "money"),
    ("$9.50", "9.5\u202f$", "money"),
    ("12 tickets", "12\u202ftickets", "count"),
    ("-5 °C", "−5\u202f°C", "count"),
    ("40 NPS", "40\u202fNPS", "count"),
    ("4", "4", "number"),
])
def test_reads_what_people_write(text: str, said: str, dimension: str) -> None:
    """Long, short, with a space or without; said back in one way."""
    found = read(text)
    assert (str(found), found.dimension, found.text) == (said, dimension, text)


@pytest.mark.parametrize(("text", "check", "hint"), [
    ("48 huors", "value-choice", "`hours`"),
    ("3 busines days", "value-choice", "`business days`"),
    ("3 ours", "value-choice", "`hours`"),
    ("5 precent", "value-choice", "`percent`"),
    ("2 business weeks", "value-choice", "`business days`"),
    ("99,9 %", "value-type", "`99.9`"),
    ("1,000 EUR", "value-type", "`1000`"),
    ("1 000 EUR", "value-type", "`1000`"),
    ("05 days", "value-type", "`5`"),
    ("0.1234567 days", "value-type", "six decimals"),
    ("1 day 4 hours", "value-type", "`28 hours`"),
    ("1 to 3 days", "value-type", "`at_least:`"),
    ("1-3 days", "value-type", "`at_least:`"),
    ("EUR 3 days", "value-type", "a number and a unit"),
    ("two days", "value-type", "a number and a unit"),
    ("<48 hours", "value-type", "a number and a unit"),
    ("", "value-type", "a number and a unit"),
    ("x" * 60, "value-type", "a number and a unit"),
    ("3 " + "x" * 60, "value-type", "one unit"),
    ("-3 hours", "value-range", "minus"),
    ("1.5 months", "value-range", "whole months"),
    ("1.5 business days", "value-range", "business hours"),
    ("101 years", "value-range", "shorter"),
])
def test_refuses_with_a_next_step(text: str, check: str, hint: str) -> None:
    """A fault is a value: a check, a message and what to write instead."""
    found = parse_quantity(text)
    assert isinstance(found, Fault)
    assert found.check == check and hint in found.help


@pytest.mark.parametrize(("word", "known", "slip"), [
    ("huors", "hours", True), ("hors", "hours", True), ("hourss", "hours", True), ("houra", "hours", True),
    ("ours", "hours", True), ("hours", "hours", False), ("tours", "hours", False), ("hose", "hours", False),
    ("horus", "hours", True), ("hrous", "hours", False), ("hourr", "hours", True), ("day", "days", True),
])
def test_one_slip(word: str, known: str, slip: bool) -> None:
    """A letter more, less, wrong or exchanged; a wrong first letter is another word."""
    assert one_slip(word, known) is slip


def test_other_words_are_counted() -> None:
    """A word that only looks a little like a unit is something that is counted."""
    for word in ("tours", "tickets", "minis", "g", "km", "boxes"):
        found = find_unit(word)
        assert isinstance(found, Unit) and found.family == "count"


def test_currencies_are_codes() -> None:
    """Three capital letters each, and no more of them than the standard has."""
    assert all(len(code) == 3 for code in CURRENCIES)
    assert 150 < len(CURRENCIES) < 170 and {"EUR", "USD", "ZWG"} <= CURRENCIES


@pytest.mark.parametrize(("one", "other", "related"), [
    ("48 hours", "2 days", "same"), ("12 months", "1 year", "same"), ("5 ‰", "1 %", "same"),
    ("1 ticket", "2 Tickets", "same"), ("25 EUR", "€3", "same"), ("1", "2", "same"),
    ("30 days", "1 month", "starts"), ("8 business hours", "1 business day", "starts"),
    ("1 h", "1 business hour", "starts"),
    ("25 EUR", "25 USD", "unknown"), ("$5", "5 USD", "unknown"), ("3 tickets", "3 calls", "unknown"),
    ("3 tickets", "3 hours", "unknown"), ("3 glass", "3 glas", "unknown"),
    ("48 hours", "48 %", "mismatch"), ("3 hours", "3", "mismatch"), ("3 EUR", "3 %", "mismatch"),
])
def test_what_can_be_compared(one: str, other: str, related: str) -> None:
    """By a factor, start by start, not for lack of a fact, or never; the same both ways round."""
    assert relation(read(one).unit, read(other).unit) == related
    assert relation(read(other).unit, read(one).unit) == related
    assert convertible(read(one), read(other)) is (related == "same")


def test_converts_by_a_factor_only() -> None:
    """Days into hours, never business days into days."""
    hours = read("1 hour").unit
    found = convert(read("2 days"), hours)
    assert found is not None and str(found) == "48 hours"
    assert convert(read("2 business days"), hours) is None
    assert convert(read("1 month"), hours) is None


def test_what_is_written_makes_no_difference() -> None:
    """``48h`` equals ``48 hours``; two days are another amount of another unit."""
    assert read("48h") == read("48.0 hours")
    assert read("48h") != read("2 days") and read("48h").size == read("2 days").size


@given(st.text(max_size=30))
def test_any_text_is_a_quantity_or_a_fault(text: str) -> None:
    """No text raises."""
    assert isinstance(parse_quantity(text), Quantity | Fault)


@given(st.decimals(0, 1000, places=3), st.sampled_from(["hours", "%", "EUR", "tickets", ""]))
def test_what_is_said_can_be_read_again(amount: Decimal, unit: str) -> None:
    """The words for a quantity mean the same quantity, as long as no thousands are set apart."""
    found = find_unit(unit)
    assert isinstance(found, Unit)
    quantity = quantity_of(amount, found)
    assert isinstance(quantity, Quantity)
    if amount < 1000:
        assert parse_quantity(str(quantity)) == quantity
