"""The values of metrics by month, asked of the log with the queries of :mod:`metrics`, and their tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Any

from journeybook.frozen import dataclass
from journeybook.walked import zones
from journeybook.walked.metrics import Asked
from journeybook.walked.plan import key_of
from journeybook.walked.queries import Frame, answers, seconds, stairs
from journeybook.walked.tables import rounded

COLUMNS = ("date", "value", "n", "note")


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the log's zone: its first and last second since 1970 (UTC), and its last day."""

    first: int
    last: int
    day: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric's value of one month: of so many ``n`` (people, passages or none), ``people`` of them different.

    ``part`` are those that the value tells apart from the others, None where it does not.
    """

    value: Decimal
    n: int | None
    people: int
    part: int | None = None

    def told(self, smallest: int) -> bool:
        """Whether neither it nor the rest is about too few people."""
        rest = None if self.part is None else self.people - self.part
        return self.people >= smallest and all(not number or number >= smallest for number in (self.part, rest))


def whole_months(frame: Frame, zone: str) -> list[Month]:
    """The months that a log holds from their first day to their last."""
    begins = zones.months(zone, frame.first, frame.last + 32 * zones.DAY)
    found = []
    for (begin, name), (end, _) in pairwise(begins):
        year, month = map(int, name.split("-"))
        following = date(year + month // 12, month % 12 + 1, 1)
        if frame.first < begin + zones.DAY and frame.last >= end - zones.DAY:
            found.append(Month(begin, end - 1, following - timedelta(days=1)))
    return found


def values(asked: Asked, frame: Frame, months: Sequence[Month]) -> dict[date, Figure]:
    """Last day of the month → the value; months without anybody to ask about have none."""
    if not months:
        return {}
    ask = {"count": _count, "conversion": _conversion, "time-between": _time_between,
           "share-active": _share_active}[asked.ask]
    found = dict(ask(asked, frame, [*months, Month(months[-1].last + 1, frame.last, date.max)]))
    return {months[number].day: figure for number, figure in sorted(found.items()) if 0 <= number < len(months)}


def _events(asked: Asked, names: frozenset[str], frame: Frame) -> Any:
    """The rows of some events: who, event and second."""
    wanted = [event for event in frame.events if key_of(event) in names]
    rows = frame.log.rows
    return rows.filter(rows.event.isin(wanted)).select(who=rows.who, event=rows.event, second=seconds(frame))


def _in(second: Any, months: Sequence[Month]) -> Any:
    """The number of the month in which a second lies, -1 before the first."""
    return stairs(second, [(-2**62, -1), *((month.first, number) for number, month in enumerate(months))])


def _count(asked: Asked, frame: Frame, months: Sequence[Month]) -> Iterator[tuple[int, Figure]]:
    rows = _events(asked, asked.of, frame).distinct()
    marked = rows.mutate(part=_in(rows.second, months))
    found = {row["part"]: row for row in answers(marked.group_by("part").agg(
        n=marked.count(), people=marked.who.nunique()))}
    for number in range(len(months)):
        row = found.get(number, {"n": 0, "people": 0})
        yield number, Figure(Decimal(row["people"] if asked.people else row["n"]), None,
                             row["people"] or frame.smallest)  # that nobody came is of nobody


def _marked(asked: Asked, frame: Frame) -> Any:
    """Events that start or stop the clock; ``key`` orders them, in one second starts first."""
    rows = _events(asked, asked.start | asked.stop, frame)
    stops = [event for event in frame.events if key_of(event) in asked.stop]
    stop = rows.event.isin(stops).cast("int64")
    return rows.select(who=rows.who, second=rows.second, stop=stop, key=rows.second * 2 + stop)


def _conversion(asked: Asked, frame: Frame, months: Sequence[Month]) -> Iterator[tuple[int, Figure]]:
    """Of the people with a start in the month, those with a stop soon enough after their first one."""
    import ibis

    rows = _marked(asked, frame)
    stopped = (rows.stop == 1).ifelse(rows.second, ibis.null("int64"))
    ahead = ibis.window(group_by=rows.who, order_by=rows.key, rows=(0, None))
    rows = rows.mutate(next=stopped.min().over(ahead))
    starts = rows.filter(rows.stop == 0)
    starts = starts.mutate(part=_in(starts.second, months))
    persons = starts.group_by("who", "part").agg(first=starts.second.min(), next=starts.next.min())
    done = (persons.next - persons.first <= (asked.within or 0)).fill_null(False)
    for row in answers(persons.mutate(done=done.cast("int64")).group_by("part").agg(
            people=lambda t: t.count(), done=lambda t: t.done.sum())):
        if row["part"] >= 0 and months[row["part"]].last + (asked.within or 0) <= frame.last:
            yield row["part"], Figure(rounded(100 * Decimal(row["done"]) / row["people"], "0.1"), row["people"],
                                      row["people"], row["done"])


def _time_between(asked: Asked, frame: Frame, months: Sequence[Month]) -> Iterator[tuple[int, Figure]]:
    """From the first start since the stop before to the next stop; the month is that of the stop."""
    import ibis

    rows = _marked(asked, frame)
    so_far = ibis.window(group_by=rows.who, order_by=rows.key, rows=(None, 0))
    rows = rows.mutate(passage=rows.stop.sum().over(so_far) - rows.stop)
    passages = rows.group_by("who", "passage").agg(
        start=rows.second.min(where=rows.stop == 0), end=rows.second.min(where=rows.stop == 1))
    passages = passages.filter(passages.start.notnull() & passages.end.notnull())
    passages = passages.mutate(took=passages.end - passages.start, part=_in(passages.end, months))
    if asked.within is not None:
        passages = passages.filter(passages.took <= asked.within)
    for row in answers(passages.group_by("part").agg(
            n=passages.count(), people=passages.who.nunique(), time=passages.took.quantile(asked.percentile))):
        time = Decimal(str(round(row["time"], 3))) / asked.unit  # engines differ in the last bit
        yield row["part"], Figure(rounded(time, "0.01"), row["n"], row["people"])


def _share_active(asked: Asked, frame: Frame, months: Sequence[Month]) -> Iterator[tuple[int, Figure]]:
    """Of the people who had come by the end of the month, those who were active in it."""
    came = _events(asked, asked.start or asked.of, frame)
    came = came.group_by("who").agg(joined=came.second.min())
    came = came.mutate(since=_in(came.joined, months))
    joined = {row["since"]: row["n"] for row in answers(came.group_by("since").agg(n=came.count()))}
    active = _events(asked, asked.of, frame)
    active = active.mutate(part=_in(active.second, months)).select("who", "part").distinct()
    both = active.join(came, "who").filter(lambda t: t.part >= t.since)
    seen = {row["part"]: row["n"] for row in answers(both.group_by("part").agg(n=both.count()))}
    here = list(accumulate(joined.get(number, 0) for number in range(-1, len(months))))[1:]
    for number, people in enumerate(here):
        if people:
            yield number, Figure(rounded(100 * Decimal(seen.get(number, 0)) / people, "0.1"), None, people,
                                 seen.get(number, 0))


def table(old: str, found: dict[date, Figure], months: Sequence[Month], smallest: int) -> str:
    """The table of a metric: the months that were counted replace those from before.

    A row with a note is somebody's word and stays as it is; so do other days, segments and columns. A month that
    can no longer be told is taken out. Raises ValueError for a table without the columns date and value.
    """
    rows = [row for row in csv.reader(io.StringIO(old)) if row] or [list(COLUMNS)]
    header = [name.strip().lower() for name in rows[0]]
    if not {"date", "value"} <= set(header):
        raise ValueError("date and value")
    written = [dict(zip(header, row, strict=False)) for row in rows[1:]]
    counted = {month.day.isoformat() for month in months}
    kept = [row for row in written if row["date"] not in counted or row.get("segment") or row.get("note")]
    theirs = {row["date"] for row in kept if not row.get("segment")}
    ours = [{"date": day.isoformat(), "value": str(figure.value), "n": "" if figure.n is None else str(figure.n)}
            for day, figure in found.items() if figure.told(smallest) and day.isoformat() not in theirs]
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted([*kept, *ours], key=lambda row: (row["date"], row.get("segment", ""))))
    return out.getvalue()
