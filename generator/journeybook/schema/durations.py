"""Lengths of time as people write them: ``48 hours``, ``3 business days``, ``1 to 3 days``, ``monthly``."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal

from journeybook.frozen import dataclass

_UNITS = {
    "minute": ("minute", "minutes", "min", "mins", "m"),
    "hour": ("hour", "hours", "h", "hr", "hrs"),
    "day": ("day", "days", "d"),
    "week": ("week", "weeks", "w", "wk", "wks"),
    "month": ("month", "months", "mo"),
    "year": ("year", "years", "y", "yr", "yrs"),
    "business hour": ("business hour", "business hours", "working hour", "working hours"),
    "business day": ("business day", "business days", "working day", "working days"),
}
UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
CADENCES = {"daily": (1, "day"), "weekly": (1, "week"), "monthly": (1, "month"), "quarterly": (3, "month"),
            "yearly": (1, "year"), "annually": (1, "year")}
_AMOUNT = r"([0-9]{1,6}(?:\.[0-9]{1,3})?)"
_FORM = re.compile(rf"{_AMOUNT}(?:\s*(?:to|–|-)\s*{_AMOUNT})?\s*([a-z]+(?: [a-z]+)?)")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length as written in ``text``, or a range: ``low`` and ``high`` count ``unit`` (of ``_UNITS``)."""

    text: str
    low: Decimal
    high: Decimal
    unit: str

    @property
    def business(self) -> bool:
        """Whether it counts the time in which a firm works."""
        return self.unit.startswith("business")

    def after(self, start: date) -> date:
        """The day that lies this long (the longer end) after ``start``; months are calendar spans.

        Business time is told as a usual week has it; with a calendar, ask ``measures.dates``.
        """
        amount = self.high
        if self.unit in ("month", "year"):
            return _months_later(start, int(amount * (12 if self.unit == "year" else 1)))
        days = {"minute": Decimal(1) / 1440, "hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7),
                "business hour": Decimal(7) / 40, "business day": Decimal(7) / 5}[self.unit]
        try:
            return start + timedelta(days=int((amount * days).to_integral_value(rounding="ROUND_CEILING")))
        except OverflowError:
            return date.max


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def parse_duration(text: str) -> Duration | None:
    """The duration that ``text`` means, or None. Words are singular, plural or short (``48h``, ``3 d``)."""
    plain = " ".join(text.lower().split())
    if plain in CADENCES:
        amount, unit = CADENCES[plain]
        return Duration(text, Decimal(amount), Decimal(amount), unit)
    match = _FORM.fullmatch(plain)
    unit_found = UNIT_OF.get(match.group(3)) if match else None
    if match is None or unit_found is None:
        return None
    low = Decimal(match.group(1))
    high = Decimal(match.group(2) or match.group(1))
    return Duration(text, low, high, unit_found) if low <= high else None
