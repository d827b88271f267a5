"""Measures, conditions and periods in words."""

from __future__ import annotations

from journeybook.formats import listed
from journeybook.measures.words import month_words
from journeybook.schema import promises as schema


def bound(measure: schema.Measure | None) -> str:
    """A measure in words: ``setup: at most 48 hours``; ``""`` where there is none or it is yes or no."""
    if measure is None or measure.yes_no or not measure.quantity:
        return ""
    words = [f"{name} {value}" for name, value in (
        ("at least", measure.at_least), ("at most", measure.at_most), ("exactly", measure.equals)) if value]
    if measure.sum:
        words = [f"{listed([text.rpartition('#')[2] for text in measure.sum])} added up"]
    return f"{measure.quantity.replace('-', ' ')}: {listed(words)}"


def condition(when: schema.When | None) -> str:
    """A condition in words."""
    if when is None:
        return ""
    months = month_words(map(int, when.months)) if when.months else ""
    return "; ".join(filter(None, (f"{'from' if ' to ' in months else 'in'} {months}" if months else "",
                                   f"for {listed(when.segments)}" if when.segments else "", when.text or "")))


def every(period: object) -> str:
    """`` a quarter`` after a count, ``""`` without a period."""
    text = getattr(period, "text", "")
    words = {"daily": "a day", "weekly": "a week", "monthly": "a month", "quarterly": "a quarter", "yearly": "a year"}
    return f" {words.get(text, f'in {text}')}" if text else ""
