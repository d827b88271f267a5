"""The page with all that was measured of a journey: ways and stages by segment and by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar

from journeybook.diagrams.charts import Series
from journeybook.formats import day, number
from journeybook.frozen import dataclass
from journeybook.model import Journey, StageKey
from journeybook.model.lateness import waited
from journeybook.model.walked import Measured, StageCount, WayCount
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.lengths import how_long
from journeybook.views.pages import View
from journeybook.views.record_places import journey_uri
from journeybook.views.walked import WalkedWay, handoff_taken, pairs_of, time_words, ways_of
from journeybook.words import N_, _

SECTION = N_("Journeys")
FEWEST = 2
"""Months that make a line."""


@dataclass(frozen=True, slots=True)
class MeasuredWay:
    """A way with its share by segment (``""`` where too few took it), its months, and how long it may take."""

    way: WalkedWay
    segments: tuple[str, ...]
    months: Series | None
    within: str
    late: parts.Tag | None


@dataclass(frozen=True, slots=True)
class MeasuredStage:
    """Who came to a stage; ``segments`` are people of each. ``""`` where too few were there to tell."""

    stage: parts.Link
    people: str
    visits: str
    new: str
    onward: str
    left: str
    segments: tuple[str, ...]
    months: Series | None


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """What so many events of a stage were worth: in all and at the median, and the total of each segment."""

    stage: parts.Link
    count: str
    total: str
    median: str
    segments: tuple[str, ...]
    months: Series | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredView(View):
    """All that was measured of a journey."""

    template: ClassVar[str] = "measured.html"
    journey: parts.Link
    people: str
    first: str
    last: str
    segments: tuple[str, ...]
    ways: tuple[MeasuredWay, ...]
    stages: tuple[MeasuredStage, ...]
    values: tuple[MeasuredValue, ...]


def measured_view(journey: Journey, measured: Measured, context: Context) -> MeasuredView:
    """The page of a journey that was measured."""
    segments = tuple(sorted({segment for _month, segment, _stage in measured.stages if segment}))
    uri = journey_uri(journey.id)
    return MeasuredView(
        uri=f"{uri}measured/", title=_("What people did: %(journey)s", journey=journey.spec.title),
        section=_(SECTION), description=_("%(journey)s as people were seen to walk it: ways, times and months.",
                                          journey=journey.spec.title),
        journey=parts.Link(journey.spec.title, uri), people=number(measured.people), first=day(measured.first),
        last=day(measured.last), segments=tuple(_named(segment) for segment in segments),
        ways=tuple(_ways(journey, measured, segments, context)),
        stages=tuple(_stages(journey, measured, segments, uri)),
        values=tuple(_values(journey, measured, segments, uri, context)))


def _named(segment: str) -> str:
    return _("No segment") if segment == "-" else segment


def _ways(journey: Journey, measured: Measured, segments: tuple[str, ...], context: Context) -> Iterator[MeasuredWay]:
    handoffs = {(handoff.source, handoff.target): handoff for handoff in context.atlas.handoffs.values()}
    for pair, way in zip(pairs_of(journey, measured), ways_of(journey, measured), strict=True):
        handoff = handoffs.get((StageKey(journey.id, pair[0]), StageKey(journey.id, pair[1])))
        shares = {key[0]: found.share for key, found in measured.ways.items() if not key[1] and key[2:] == pair}
        by_segment = (measured.ways.get(("", segment, *pair)) for segment in segments)
        yield MeasuredWay(
            way, tuple(_share(found) for found in by_segment),
            _series(_("Share from %(source)s to %(target)s", source=way.source.text, target=way.target.text), "%",
                    shares, measured),
            how_long(handoff.spec.within) if handoff else "",
            handoff_taken(waited(handoff, context.atlas))[1] if handoff else None)


def _share(way: WayCount | None) -> str:
    return f"{number(way.share, '%')} · {time_words(way.median)}" if way else ""


def _stages(journey: Journey, measured: Measured, segments: tuple[str, ...], uri: str) -> Iterator[MeasuredStage]:
    for stage in journey.stages:
        seen = measured.stage(stage.key.stage)
        if seen is None:
            continue
        name = f"{stage.number} {stage.spec.title}"
        months = {key[0]: Decimal(found.visits) for key, found in measured.stages.items()
                  if not key[1] and key[2] == stage.key.stage and found.visits is not None}
        by_segment = (measured.stages.get(("", segment, stage.key.stage)) for segment in segments)
        yield MeasuredStage(
            parts.Link(name, f"{uri}#stage-{stage.key.stage}"), _number(seen.people), _number(seen.visits),
            _number(seen.new), _onward(seen), _number(seen.left),
            tuple(_number(found.people if found else None) for found in by_segment),
            _series(_("Visits of %(stage)s", stage=name), "", months, measured))


def _values(journey: Journey, measured: Measured, segments: tuple[str, ...], uri: str,
            context: Context) -> Iterator[MeasuredValue]:
    events = context.atlas.spec.events
    unit = (events.unit if events else None) or ""
    for stage in journey.stages:
        ident = stage.key.stage
        worth = measured.values.get(("", "", ident))
        if worth is None:
            continue
        name = f"{stage.number} {stage.spec.title}"
        months = {key[0]: found.total for key, found in measured.values.items() if not key[1] and key[2] == ident}
        by_segment = (measured.values.get(("", segment, ident)) for segment in segments)
        yield MeasuredValue(
            parts.Link(name, f"{uri}#stage-{ident}"), number(worth.count), number(worth.total, unit),
            number(worth.median, unit), tuple(number(found.total, unit) if found else "" for found in by_segment),
            _series(_("Value at %(stage)s", stage=name), unit, months, measured))


def _onward(seen: StageCount) -> str:
    if seen.onward is None or not seen.people:
        return ""
    return number(Decimal(100 * seen.onward) // seen.people, "%")


def _number(value: int | None) -> str:
    return "" if value is None else number(value)


def _series(name: str, unit: str, months: Mapping[str, Decimal], measured: Measured) -> Series | None:
    """The months that were there from first day to last; gaps where a month says nothing. None for fewer than two."""
    known = {month: value for month, value in months.items() if month}
    names = sorted(known)
    first, last = f"{measured.first:%Y-%m}", f"{measured.last:%Y-%m}"
    names = [month for month in names if (first < month < last) or (month < first)]
    if len(names) < FEWEST:
        return None
    points, (year, month) = [], map(int, names[0].split("-"))
    while (label := f"{year}-{month:02}") <= names[-1]:
        points.append((date(year, month, 1), float(known[label]) if label in known else None))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return Series(name, unit, True, tuple(points), None, "none")
