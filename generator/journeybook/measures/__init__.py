"""Quantities, calendars and the verdict on a promise: arithmetic only, without files, records or pages.

Maintainers: the walk is ``read_measure`` and ``read_calendar`` (what people write, faults as values) → ``judge``
(parts by condition, then each commitment, then data) → words. The rules stand in ``verdict.py``.
"""

from journeybook.measures.calendar import Calendar
from journeybook.measures.faults import Fault
from journeybook.measures.measure import (
    ALWAYS,
    Bound,
    Commitment,
    Measure,
    Promise,
    Reading,
    When,
    read_measure,
)
from journeybook.measures.opening import read_calendar
from journeybook.measures.outcome import Word
from journeybook.measures.quantity import Quantity, convert, convertible, parse_quantity
from journeybook.measures.verdict import WORDS, Part, Verdict, judge, severity

__all__ = [
    "ALWAYS", "WORDS", "Bound", "Calendar", "Commitment", "Fault", "Measure", "Part", "Promise", "Quantity",
    "Reading", "Verdict", "When", "Word", "convert", "convertible", "judge", "parse_quantity", "read_calendar",
    "read_measure", "severity",
]
