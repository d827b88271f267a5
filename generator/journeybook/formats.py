"""How numbers, dates, counts and lengths of time are written for people, in the language of the moment.

One place, so that pages, charts and messages agree. Customs of a language come from CLDR through babel
(:mod:`journeybook.words`); thousands are grouped by a narrow space in all of them, as ISO 80000 has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from journeybook import words
from journeybook.words import NP_, _

MINUS = "−"
NO_BREAK = "\N{NARROW NO-BREAK SPACE}"
UNITS = {
    "second": NP_("%(num)s second", "%(num)s seconds"),
    "minute": NP_("%(num)s minute", "%(num)s minutes"),
    "hour": NP_("%(num)s hour", "%(num)s hours"),
    "day": NP_("%(num)s day", "%(num)s days"),
    "week": NP_("%(num)s week", "%(num)s weeks"),
    "month": NP_("%(num)s month", "%(num)s months"),
    "year": NP_("%(num)s year", "%(num)s years"),
    "business hour": NP_("%(num)s business hour", "%(num)s business hours"),
    "business day": NP_("%(num)s business day", "%(num)s business days"),
}
"""Units of time, counted."""


def number(value: float | Decimal, unit: str = "", *, signed: bool = False) -> str:
    """``1234.5, "%"`` → ``1 234.5 %`` (``1 234,5 %``); a real minus sign; at most six decimals, none that are zero.

    ``signed`` puts a plus before positive values (emotion scores).
    """
    speech = words.current()
    text = f"{abs(float(value)):,.6f}".rstrip("0").rstrip(".").replace(",", NO_BREAK)
    if speech.decimal != ".":
        text = text.replace(".", speech.decimal)
    sign = MINUS if float(value) < 0 and text != "0" else "+" if signed and text != "0" else ""
    if unit == "%" and speech.percent_first:
        return f"%{sign}{text}"
    if unit and not speech.native and unit.removesuffix("s") in UNITS:  # maps write units of time in English
        one, many = UNITS[unit.removesuffix("s")]
        return sign + plural(one, many, abs(float(value)))
    return f"{sign}{text}{NO_BREAK}{unit}" if unit else f"{sign}{text}"


def score(value: float) -> str:
    """An emotion score: one decimal at most, with its sign."""
    return number(round(value, 1), signed=True)


def day(value: date) -> str:
    """``18 Oct 2025``, ``18. Okt. 2025``."""
    speech = words.current()
    if speech.locale is None:
        return f"{value.day} {speech.months[value.month - 1]} {value.year}"
    return _dated(value, speech.day, str(speech.locale))


def month(value: date) -> str:
    """``Oct 25``, ``Okt. 25``, for the ends of an axis."""
    speech = words.current()
    if speech.locale is None:
        return f"{speech.months[value.month - 1]} {value.year % 100:02d}"
    return _dated(value, speech.month, str(speech.locale))


@lru_cache(maxsize=20_000)
def _dated(value: date, pattern: str, locale: str) -> str:
    """Kept, because babel takes its time and dates come again."""
    from babel.dates import format_date

    return format_date(value, pattern, locale)


def plural(one: str, many: str, how_many: float | Decimal, /, **values: object) -> str:
    """``"%(num)s stage", "%(num)s stages", 3`` → ``3 stages``; languages have up to six such forms.

    A fraction takes the form that 5 takes. Numbers among ``values`` are written by whoever gives them.
    """
    whole = int(how_many) if how_many == int(how_many) else 5
    said = words.current().catalogue.ngettext(one, many, whole)
    return said % {"num": number(how_many), **values}


def length(text: str, low: Decimal, high: Decimal, unit: str) -> str:
    """A length of time that somebody wrote, such as ``3 business days`` or ``1 to 3 days``.

    In English it stays as it was written, because maps write it in English; other languages say the same.
    """
    if words.current().native:
        return text
    said = plural(*UNITS[unit], high)
    return said if low == high else _("%(first)s to %(last)s", first=number(low), last=said)


def count(how_many: int, one: str, many: str = "") -> str:
    """``1 stage``, ``3 stages``: for messages, which are in English. What readers of the site see is ``plural``."""
    return f"{how_many} {one if how_many == 1 else many or one + 's'}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """``a, b and c``. Another last word is for messages, which are in English."""
    if len(items) < 2:
        return "".join(items)
    if last != "and":
        return f"{', '.join(items[:-1])} {last} {items[-1]}"
    start, middle, end, two = words.current().lists
    if len(items) == 2:
        return two.format(*items)
    said = end.format(items[-2], items[-1])
    for item in reversed(items[1:-2]):
        said = middle.format(item, said)
    return start.format(items[0], said)
