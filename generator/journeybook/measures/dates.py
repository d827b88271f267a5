"""Days that lie a length of time after others: when a review is due, or a value expected."""

from __future__ import annotations

from datetime import date

from journeybook.measures.calendar import HOUR, Calendar
from journeybook.schema.durations import Duration


def day_after(length: Duration, start: date, calendar: Calendar) -> date:
    """The day that lies a length (its longer end) after ``start``; business time is counted in days of the calendar.

    Business hours become whole business days: nobody's review is due at eleven.
    """
    if not length.business:
        return length.after(start)
    days = length.high if length.unit == "business day" else length.high * HOUR / calendar.open_ticks
    whole = int(days.to_integral_value(rounding="ROUND_CEILING"))
    if not whole:
        return start
    day = calendar.business_day(calendar.business_days_before(start.toordinal() + 1) + whole - 1)
    return date.fromordinal(day) if day <= date.max.toordinal() else date.max
