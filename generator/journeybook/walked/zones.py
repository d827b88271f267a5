"""Local times and months as plain numbers, so that every engine gives the same ones.

Engines differ in what they know of time zones and in what they do with an hour that comes twice; so the moments at
which a zone changes its clock are looked up here, and an engine only compares numbers.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1)
DAY = 86_400


def offsets(zone: str, first: int, last: int) -> list[tuple[int, int]]:
    """From which second of the wall clock on a zone is how many seconds ahead of UTC.

    ``first`` and ``last`` are seconds of the wall clock. An hour that comes twice is taken as its first; one that is
    left out is taken as if the clock had not been put forward yet.
    """
    info = ZoneInfo(zone)
    found = [(first, _ahead(info, first))]
    for day in range(first, last + DAY, DAY):
        if _ahead(info, day + DAY) != found[-1][1]:
            low, high = day, day + DAY
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _ahead(info, middle) == found[-1][1] else (low, middle)
            found.append((high, _ahead(info, high)))
    return found


def _ahead(info: ZoneInfo, wall: int) -> int:
    shift = (EPOCH + timedelta(seconds=wall)).replace(tzinfo=info).utcoffset()
    return int(shift.total_seconds()) if shift else 0


def months(zone: str, first: int, last: int) -> list[tuple[int, str]]:
    """The months from a second since 1970 (UTC) to another: when each begins in a zone, and its ``year-month``."""
    info = ZoneInfo(zone)
    start = datetime.fromtimestamp(first, UTC).astimezone(info)
    year, month = start.year, start.month
    found: list[tuple[int, str]] = []
    while True:
        begin = int(datetime(year, month, 1, tzinfo=info).timestamp())
        if begin > last:
            return found
        found.append((begin, f"{year}-{month:02}"))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
