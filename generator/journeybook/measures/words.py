"""How the arithmetic of a verdict is said: lengths, starts, months, bounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from journeybook import formats
from journeybook.measures.calendar import DAY, HOUR, MINUTE, SECOND
from journeybook.measures.measure import Bound
from journeybook.measures.opening import WEEKDAYS
from journeybook.measures.quantity import Quantity, convert

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")
_KINDS = {"at_most": "at most ", "at_least": "at least ", "equals": "exactly "}


def length_words(ticks: int) -> str:
    """``48 hours``, ``72 hours``, beyond that ``4 days 8 hours``; ``no time``."""
    parts: list[str] = []
    left = ticks
    for size, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (SECOND, "second")):
        if name == "day" and ticks <= 72 * HOUR:
            continue
        many, left = divmod(left, size)
        if many:
            parts.append(formats.count(many, name))
    return " ".join(parts) or ("less than a second" if ticks else "no time")


def start_words(start: int, dated: bool) -> str:
    """``Monday 17:00``; ``Wednesday 24 Dec 2025 09:00`` where the date matters; ``just after`` for a limit.

    A midnight that matters by its date is a whole day: ``1 Feb 2025``.
    """
    moment = (start + 2) // 4 * 4
    day, time = divmod(moment, DAY)
    beside = "just after " if start > moment else "just before " if start < moment else ""
    clock = f"{beside}{time // HOUR:02d}:{time % HOUR // MINUTE:02d}"
    if not dated:
        return f"{WEEKDAYS[(day - 1) % 7]} {clock}"
    shown = formats.day(date.fromordinal(day))
    if time == 0 and not beside:
        return shown
    return f"{WEEKDAYS[(day - 1) % 7]} {shown} {clock}"


def day_words(day: date) -> str:
    """``1 Oct 2026``."""
    return formats.day(day)


def month_words(months: Iterable[int]) -> str:
    """``June to August``, ``December to February``, ``March and May``."""
    found = frozenset(months)
    runs: list[str] = []
    for first in sorted(found):
        if (first - 2) % 12 + 1 in found:
            continue
        last = first
        while last % 12 + 1 in found:
            last = last % 12 + 1
        runs.append(MONTHS[first - 1] if first == last else f"{MONTHS[first - 1]} to {MONTHS[last - 1]}")
    return formats.listed(runs) or "all months"


def bounds_words(bounds: Iterable[Bound], than: Quantity | None = None) -> str:
    """``48 hours`` (a time is meant at most), ``at least 99.9 %``, ``at least 1 day and at most 3 days``.

    A bound in another unit than ``than`` carries the conversion: ``2 days (48 hours)``.
    """
    listed = sorted(bounds, key=lambda bound: bound.kind != "at_least")
    if len(listed) == 1 and listed[0].kind == "at_most" and listed[0].quantity.unit.is_time:
        return quantity_words(listed[0].quantity, than)
    return formats.listed([_KINDS[bound.kind] + quantity_words(bound.quantity, than) for bound in listed])


def quantity_words(quantity: Quantity, than: Quantity | None = None) -> str:
    """``2 days``, with ``(48 hours)`` behind it where it is compared with hours."""
    if than is None or than.unit.name == quantity.unit.name or quantity.unit.family in ("money", "number", "count"):
        return str(quantity)
    other = convert(quantity, than.unit)
    exact = other is not None and other.amount == round(other.amount, 6)
    return f"{quantity} ({other})" if exact else str(quantity)
