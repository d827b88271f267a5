"""When the firm of an atlas works."""

from __future__ import annotations

from datetime import date

from journeybook.measures.calendar import Calendar
from journeybook.measures.dates import day_after
from journeybook.measures.opening import calendar_words, read_calendar
from journeybook.model.atlas import Atlas
from journeybook.schema.durations import Duration


def business_calendar(atlas: Atlas) -> Calendar:
    """The atlas's calendar, or the usual one: Monday to Friday, 09:00 to 17:00, no holidays."""
    spec = atlas.spec.calendar
    if spec is None:
        return Calendar()
    return read_calendar(spec.days or None, spec.hours or None, spec.holidays)[0]


def words_of_calendar(atlas: Atlas) -> str:
    """The calendar in words."""
    return calendar_words(business_calendar(atlas))


def due_after(length: Duration, start: date, atlas: Atlas) -> date:
    """The day that lies a length after ``start``, by the calendar of the atlas where it counts business time."""
    return day_after(length, start, business_calendar(atlas)) if length.business else length.after(start)
