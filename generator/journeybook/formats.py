"""How numbers and dates are written for people. One place, so that pages, charts and messages agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUS = "−"
NO_BREAK = "\N{NARROW NO-BREAK SPACE}"


def number(value: float | Decimal, unit: str = "", *, signed: bool = False) -> str:
    """``1234.5, "%"`` → ``1 234.5 %``; a real minus sign; at most six decimals, none that are zero.

    ``signed`` puts a plus before positive values (emotion scores).
    """
    text = f"{abs(float(value)):,.6f}".rstrip("0").rstrip(".").replace(",", NO_BREAK)
    sign = MINUS if float(value) < 0 and text != "0" else "+" if signed and text != "0" else ""
    return f"{sign}{text}{NO_BREAK}{unit}" if unit else f"{sign}{text}"


def score(value: float) -> str:
    """An emotion score: one decimal at most, with its sign."""
    return number(round(value, 1), signed=True)


def day(value: date) -> str:
    """``18 Oct 2025``."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """``Oct 25``, for the ends of an axis."""
    return f"{MONTHS[value.month - 1]} {value.year % 100:02d}"


def count(how_many: int, one: str, many: str = "") -> str:
    """``1 stage``, ``3 stages``."""
    return f"{how_many} {one if how_many == 1 else many or one + 's'}"


def listed(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
