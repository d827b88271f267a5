"""Quantities as people write them: ``48 hours``, ``3 business days``, ``99.9 %``, ``25 EUR``, ``12 tickets``, ``4``."""

from __future__ import annotations

import re
from dataclasses import field
from decimal import Decimal

from journeybook import formats
from journeybook.frozen import dataclass
from journeybook.measures.faults import Fault
from journeybook.measures.units import Dimension, Unit, find_unit, relation

_FORM = re.compile(r"(?P<sign>[-−+]?)(?P<before>[€£$¥]|[A-Z]{3}(?=[\s\d]))?\s*(?P<number>\d[\d.,]*)\s*(?P<unit>.*)")
_NUMBER = re.compile(r"(0|[1-9]\d{0,14})(\.\d{1,6})?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_SAMPLE = "write a number and a unit, such as `48 hours`, `3 business days`, `99.9 %` or `25 EUR`"
_LONGEST = {"elapsed": 100 * 366 * 86_400, "months": 1200, "business hours": 100 * 366 * 24,
            "business days": 100 * 366}
"""A hundred years in each family's own size: no promise is longer, and the arithmetic stays quick."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of a unit; ``text`` is what was written and makes no difference to what it is equal to."""

    text: str = field(compare=False)
    amount: Decimal
    unit: Unit

    @property
    def size(self) -> Decimal:
        """The amount in the size of the unit's family (seconds, months, business hours or days, percent …)."""
        return self.amount * self.unit.size

    @property
    def dimension(self) -> Dimension:
        """What kind of thing it is."""
        return self.unit.dimension

    def __str__(self) -> str:
        """``48 hours``, ``1 business day``, ``99.9 %``, ``25 EUR``, ``12 tickets``, ``4``."""
        if self.unit.is_time:
            return formats.plural(*formats.UNITS[self.unit.name], self.amount)
        return formats.number(self.amount, self.unit.name)


def parse_quantity(text: str) -> Quantity | Fault:
    """The quantity that a text means, or what is wrong with it."""
    plain = " ".join(text.split())
    match = _FORM.fullmatch(plain)
    if match is None:
        return Fault("value-type", f"expected a number and a unit, found {_shown(plain)}", _SAMPLE)
    if re.match(r"(to|–|-)\s*\d", match["unit"]):
        return Fault("value-type", f"{_shown(plain)} is a range", "write the two ends as `at_least:` and `at_most:`")
    digits = match["number"]
    spaced = re.match(r"\d{3}\b[\d. ]*", match["unit"])
    if spaced:
        digits = f"{digits} {spaced[0].strip()}"
    if not _NUMBER.fullmatch(digits):
        return Fault("value-type", f"expected a number, found {_shown(digits)}", _number_help(digits))
    if match["before"] and match["unit"]:
        return Fault("value-type", f"{_shown(plain)} has two units", _SAMPLE)
    unit = find_unit(match["before"] or match["unit"])
    if isinstance(unit, Fault):
        return unit
    amount = Decimal(digits)
    return quantity_of(-amount if match["sign"] in ("-", "−") else amount, unit, text)


def quantity_of(amount: Decimal, unit: Unit, text: str = "") -> Quantity | Fault:
    """An amount of a unit, if there can be such a thing (the value of a metric, say)."""
    found = Quantity(text or f"{amount} {unit.name}".strip(), amount, unit)
    if not unit.is_time:
        return found
    if amount < 0:
        return Fault("value-range", "a length of time is not negative", "write it without the minus sign")
    if unit.family == "months" and found.size % 1:
        return Fault("value-range", f"{formats.number(amount)} {unit.name}s are no whole months",
                     "write whole months, or days or weeks")
    if unit.family == "business days" and amount % 1:
        return Fault("value-range", "business days are counted in whole days", "write business hours")
    if found.size > _LONGEST[unit.family]:
        return Fault("value-range", f"{found} is longer than a hundred years", "write a shorter time")
    return found


def convertible(one: Quantity, other: Quantity) -> bool:
    """Whether a fixed factor leads from one unit to the other: never from business time to elapsed time."""
    return relation(one.unit, other.unit) == "same"


def convert(quantity: Quantity, unit: Unit) -> Quantity | None:
    """The same quantity in another unit, None where no fixed factor leads there."""
    if relation(quantity.unit, unit) != "same":
        return None
    return Quantity(quantity.text, quantity.size / unit.size, unit)


def _shown(text: str) -> str:
    return (f"`{text[:40]}…`" if len(text) > 41 else f"`{text}`") if text else "nothing"


def _number_help(digits: str) -> str:
    if re.fullmatch(r"\d{1,3}( \d{3})+(\.\d+)?", digits):
        return f"write it without spaces: `{digits.replace(' ', '')}`"
    if _GROUPED.fullmatch(digits):
        return f"write it without the comma: `{digits.replace(',', '')}`"
    if re.fullmatch(r"\d+,\d+", digits):
        return f"write a point, not a comma: `{digits.replace(',', '.')}`"
    if re.fullmatch(r"0\d+(\.\d+)?", digits):
        return f"write it without the zero in front: `{digits.lstrip('0') or '0'}`"
    return "write digits, with a point and at most six decimals, such as `12` or `0.5`"
