"""The same values of metrics the slow way: one person and one month after the other, in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from journeybook.walked.metrics import Asked
from journeybook.walked.plan import key_of
from walked.naive import Row, quantile

Value = tuple[float, int | None]


def value(asked: Asked, rows: Iterable[Row], zone: str) -> dict[date, Value]:
    """Last day of the month → value and n, unrounded, for months that are in the log from first day to last."""
    rows = sorted(set(rows), key=lambda row: row.when)
    found: dict[date, Value] = {}
    for first, after in _months(rows, ZoneInfo(zone)):
        what = {"count": _count, "conversion": _conversion, "time-between": _time, "share-active": _share}[asked.ask]
        answer = what(asked, rows, first, after)
        if answer is not None:
            found[(after - timedelta(days=1)).astimezone(ZoneInfo(zone)).date()] = answer
    return found


def _months(rows: list[Row], zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Begin and end of the months whose first and last 24 hours the log reaches into."""
    year, month = rows[0].when.astimezone(zone).year, rows[0].when.astimezone(zone).month
    while datetime(year, month, 1, tzinfo=zone) <= rows[-1].when:
        begin = datetime(year, month, 1, tzinfo=zone).astimezone(UTC)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = datetime(year, month, 1, tzinfo=zone).astimezone(UTC)
        if rows[0].when < begin + timedelta(days=1) and rows[-1].when >= end - timedelta(days=1):
            yield begin, end


def _is(row: Row, names: frozenset[str]) -> bool:
    return key_of(row.event) in names


def _by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.who].append(row)
    return found


def _count(asked: Asked, rows: list[Row], first: datetime, after: datetime) -> Value:
    inside = {row[:3] for row in rows if _is(row, asked.of) and first <= row.when < after}
    return len({who for who, _, _ in inside}) if asked.people else len(inside), None


def _conversion(asked: Asked, rows: list[Row], first: datetime, after: datetime) -> Value | None:
    within = timedelta(seconds=asked.within or 0)
    if after - timedelta(seconds=1) + within > rows[-1].when:
        return None
    people = done = 0
    for own in _by_person(rows).values():
        starts = [row.when for row in own if _is(row, asked.start) and first <= row.when < after]
        if starts:
            people += 1
            done += any(_is(row, asked.stop) and starts[0] <= row.when <= starts[0] + within for row in own)
    return (100 * done / people, people) if people else None


def _time(asked: Asked, rows: list[Row], first: datetime, after: datetime) -> Value | None:
    times = []
    for own in _by_person(rows).values():
        since: datetime | None = None
        for row in sorted(own, key=lambda row: (row.when, _is(row, asked.stop))):
            if _is(row, asked.start) and since is None:
                since = row.when
            elif _is(row, asked.stop) and since is not None:
                took = int((row.when - since).total_seconds())
                if first <= row.when < after and (asked.within is None or took <= asked.within):
                    times.append(took)
                since = None
    return (quantile(times, asked.percentile) / asked.unit, len(times)) if times else None


def _share(asked: Asked, rows: list[Row], first: datetime, after: datetime) -> Value | None:
    here = active = 0
    for own in _by_person(row for row in rows if row.when < after).values():
        came = [row.when for row in own if _is(row, asked.start or asked.of)]
        if came:
            here += 1
            active += any(_is(row, asked.of) and row.when >= first for row in own)
    return (100 * active / here, None) if here else None
