"""How the arithmetic of a verdict is said: lengths, starts, months, bounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from journeybook import formats
from journeybook.measures.calendar import DAY, HOUR, MINUTE, SECOND
from journeybook.measures.measure import Bound
from journeybook.measures.quantity import Quantity, convert
from journeybook.words import N_, _, current

KINDS = {"at_most": N_("at most %(quantity)s"), "at_least": N_("at least %(quantity)s"),
         "equals": N_("exactly %(quantity)s")}


def length_words(ticks: int) -> str:
    """``48 hours``, ``72 hours``, beyond that ``4 days 8 hours``; ``no time``."""
    parts: list[str] = []
    left = ticks
    for size, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (SECOND, "second")):
        if name == "day" and ticks <= 72 * HOUR:
            continue
        many, left = divmod(left, size)
        if many:
            parts.append(formats.plural(*formats.UNITS[name], many))
    return " ".join(parts) or (_("less than a second") if ticks else _("no time"))


def start_words(start: int, dated: bool) -> str:
    """``Monday 17:00``; ``Wednesday 24 Dec 2025 09:00`` where the date matters; ``just after`` for a limit.

    A midnight that matters by its date is a whole day: ``1 Feb 2025``.
    """
    moment = (start + 2) // 4 * 4
    day, time = divmod(moment, DAY)
    clock = f"{time // HOUR:02d}:{time % HOUR // MINUTE:02d}"
    weekday, shown = current().weekdays[(day - 1) % 7], formats.day(date.fromordinal(day))
    if not dated:
        if start == moment:
            return _("%(weekday)s %(time)s", weekday=weekday, time=clock)
        return (_("%(weekday)s just after %(time)s", weekday=weekday, time=clock) if start > moment
                else _("%(weekday)s just before %(time)s", weekday=weekday, time=clock))
    if start == moment:
        return shown if time == 0 else _("%(weekday)s %(day)s %(time)s", weekday=weekday, day=shown, time=clock)
    return (_("%(weekday)s %(day)s just after %(time)s", weekday=weekday, day=shown, time=clock) if start > moment
            else _("%(weekday)s %(day)s just before %(time)s", weekday=weekday, day=shown, time=clock))


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
        names = current().month_names
        runs.append(names[first - 1] if first == last else
                    _("%(first)s to %(last)s", first=names[first - 1], last=names[last - 1]))
    return formats.listed(runs) or _("all months")


def bounds_words(bounds: Iterable[Bound], than: Quantity | None = None) -> str:
    """``48 hours`` (a time is meant at most), ``at least 99.9 %``, ``at least 1 day and at most 3 days``.

    A bound in another unit than ``than`` carries the conversion: ``2 days (48 hours)``.
    """
    listed = sorted(bounds, key=lambda bound: bound.kind != "at_least")
    if len(listed) == 1 and listed[0].kind == "at_most" and listed[0].quantity.unit.is_time:
        return quantity_words(listed[0].quantity, than)
    return formats.listed([_(KINDS[bound.kind], quantity=quantity_words(bound.quantity, than)) for bound in listed])


def quantity_words(quantity: Quantity, than: Quantity | None = None) -> str:
    """``2 days``, with ``(48 hours)`` behind it where it is compared with hours."""
    if than is None or than.unit.name == quantity.unit.name or quantity.unit.family in ("money", "number", "count"):
        return str(quantity)
    other = convert(quantity, than.unit)
    exact = other is not None and other.amount == round(other.amount, 6)
    return f"{quantity} ({other})" if exact else str(quantity)
