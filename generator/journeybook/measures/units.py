"""Units that measures are written in, and which of them can be compared with which.

Maintainers: the words for lengths of time are those of ``schema/durations.py``, so that ``48h`` means the same in
a measure and in a cadence; seconds, shares and money are added here. Currency codes: ISO 4217, active codes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from journeybook.frozen import dataclass
from journeybook.measures.faults import Fault
from journeybook.schema.durations import UNIT_OF

Family = Literal["elapsed", "months", "business hours", "business days", "share", "money", "number", "count"]
Dimension = Literal["elapsed time", "business time", "share", "money", "number", "count"]
Relation = Literal["same", "starts", "unknown", "mismatch"]

DIMENSION: dict[Family, Dimension] = {
    "elapsed": "elapsed time", "months": "elapsed time",
    "business hours": "business time", "business days": "business time",
    "share": "share", "money": "money", "number": "number", "count": "count",
}
TIMES: frozenset[Family] = frozenset({"elapsed", "months", "business hours", "business days"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. ``size`` is what one of it makes in its family: seconds (elapsed), months, business hours, business
    days, percent (share), otherwise 1. ``name`` is singular for time and as written for things that are counted.
    """

    name: str
    family: Family
    size: Decimal = Decimal(1)

    @property
    def dimension(self) -> Dimension:
        """What kind of thing is measured; elapsed and business time are two, though they can be compared."""
        return DIMENSION[self.family]

    @property
    def is_time(self) -> bool:
        """Whether it is a length of time of any kind."""
        return self.family in TIMES

    @property
    def key(self) -> str:
        """Equal for units that mean the same: a plural ``s`` and capitals make no difference to what is counted."""
        if self.family != "count":
            return self.name if self.family == "money" else self.family
        name = self.name.casefold()
        return name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else name


NUMBER = Unit("", "number")
PERCENT = Unit("%", "share")
_SIZES: dict[str, tuple[Family, int]] = {
    "second": ("elapsed", 1), "minute": ("elapsed", 60), "hour": ("elapsed", 3600), "day": ("elapsed", 86_400),
    "week": ("elapsed", 604_800), "month": ("months", 1), "year": ("months", 12),
    "business hour": ("business hours", 1), "business day": ("business days", 1),
}
_TIME_WORDS = {**UNIT_OF, **dict.fromkeys(("second", "seconds", "s", "sec", "secs"), "second")}
_SHARE_WORDS = {"%": PERCENT, "percent": PERCENT, "per cent": PERCENT, "pct": PERCENT}
_SHARE_WORDS |= dict.fromkeys(("‰", "per mille", "permille", "per mil"), Unit("‰", "share", Decimal("0.1")))
_MONEY_WORDS = {"€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "usd": "USD",
                "chf": "CHF", "$": "$", "¥": "¥"}  # $ and ¥ name several currencies: comparable with themselves only
CURRENCIES = frozenset(re.findall("[A-Z]{3}", """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV
WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""))
_LONGEST = 40
_KNOWN = [word for word in (*_TIME_WORDS, *_SHARE_WORDS) if len(word) > 3 and word not in ("mins", "secs")]


def find_unit(text: str) -> Unit | Fault:
    """The unit that a text names; no text is a bare number, an unknown word is something that is counted."""
    name = " ".join(text.split())
    word = name.casefold()
    if not name:
        return NUMBER
    if name in CURRENCIES or word in _MONEY_WORDS:
        return Unit(name if name in CURRENCIES else _MONEY_WORDS[word], "money")
    if word in _SHARE_WORDS:
        return _SHARE_WORDS[word]
    if word in _TIME_WORDS:
        family, size = _SIZES[_TIME_WORDS[word]]
        return Unit(_TIME_WORDS[word], family, Decimal(size))
    close = _close(word)
    if close:
        return Fault("value-choice", f"there is no unit `{name}`",
                     f"write `{close}`; if something else is meant, choose a word less like it")
    if word.startswith(("business ", "working ")):
        return Fault("value-choice", f"there is no unit `{name}`",
                     "business time is written in `business hours` or `business days`")
    if len(name) > _LONGEST or re.search(r"(^|\s)\d", name):
        return Fault("value-type", f"`{name[:_LONGEST]}` is no unit",
                     "write one number and one unit, such as `28 hours` (not `1 day 4 hours`)")
    return Unit(name, "count")


@lru_cache(1_000)
def _close(word: str) -> str:
    """The unit that a word is a slip of; an atlas counts the same few things again and again."""
    return next((known for known in _KNOWN if one_slip(word, known)), "")


def relation(one: Unit, other: Unit) -> Relation:
    """How two units are compared.

    ``same``: by a fixed factor. ``starts``: both are times, but only the calendar tells, start by start.
    ``unknown``: nobody can tell (two currencies, tickets and calls). ``mismatch``: never (hours and percent).
    """
    if one.key == other.key and one.family == other.family:
        return "same"
    if one.is_time and other.is_time:
        return "starts"
    if one.family == "count" or other.family == "count" or one.family == other.family == "money":
        return "unknown"
    return "mismatch"


def one_slip(word: str, known: str) -> bool:
    """Whether a word is one letter too many, too few, wrong or exchanged with its neighbour away from a known one.

    A wrong first letter does not count: people rarely miss it, and ``tours`` are not misspelt ``hours``.
    """
    if word == known or abs(len(word) - len(known)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    mine, theirs = word[start:], known[start:]
    if len(word) != len(known):
        return mine[1:] == theirs if len(word) > len(known) else mine == theirs[1:]
    swapped = len(mine) > 1 and mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
    return swapped or (start > 0 and mine[1:] == theirs[1:])
