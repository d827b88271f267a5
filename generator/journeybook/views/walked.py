"""What people really did, beside what the map says: the measured part of a journey's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from journeybook.formats import day, length, number
from journeybook.model import Journey, Transition
from journeybook.model.lateness import Waited
from journeybook.model.walked import Measured, WayCount, drawn_ways
from journeybook.views import parts
from journeybook.views.lengths import how_long
from journeybook.words import N_, _

TAGS = {"undrawn": parts.Tag(N_("Not on the map"), "off", "map-marker-question-outline"),
        "late": parts.Tag(N_("Late"), "off", "clock-alert-outline"),
        "untaken": parts.Tag(N_("Nobody seen"), "watch", "account-off-outline")}
RARE = Decimal(5)
"""Percent up to which a way that is not drawn is left out: everybody strays now and then."""


@dataclass(frozen=True, slots=True)
class WalkedWay:
    """A way as it is drawn and as it was taken; ``""`` where nothing was said or seen. ``odd`` where only one is so."""

    source: parts.Link
    target: parts.Link
    share: str
    declared: str
    median: str
    p90: str
    delay: str
    odd: parts.Tag | None


@dataclass(frozen=True, slots=True)
class WalkedStage:
    """Who came to a stage: people, of them those who went on to the following one in percent, new visits."""

    stage: parts.Link
    people: str
    visits: str
    onward: str
    left: str


@dataclass(frozen=True, slots=True)
class Walked:
    """The measured part of a page: what was measured and when, stages, ways."""

    people: str
    first: str
    last: str
    stages: tuple[WalkedStage, ...]
    ways: tuple[WalkedWay, ...]


def walked(journey: Journey, measured: Measured | None) -> Walked | None:
    """What was measured of a journey; None where nothing was."""
    if measured is None:
        return None
    return Walked(number(measured.people), day(measured.first), day(measured.last),
                  tuple(_stages(journey, measured)), tuple(_ways(journey, measured)))


def handoff_taken(found: Waited | None) -> tuple[str, parts.Tag | None]:
    """How long a handoff took by the log, ``""`` where nothing was seen, and whether that is too long."""
    if found is None:
        return "", None
    text = _("9 in 10 within %(time)s, counted up to %(day)s", time=_time(found.hours), day=day(found.on))
    return text, parts.said(TAGS["late"]) if found.late else None


def measured_share(transition: Transition, measured: Measured | None) -> str:
    """The measured share of a way within its journey, as arrows carry it; ``""`` without one."""
    if measured is None or transition.source.journey != transition.target.journey:
        return ""
    way = measured.way(transition.source.stage, transition.target.stage)
    return _("measured %(share)s", share=number(way.share, "%")) if way else ""


def _stages(journey: Journey, measured: Measured) -> Iterator[WalkedStage]:
    for stage in journey.stages:
        seen = measured.stage(stage.key.stage)
        if seen is None:
            continue
        of = number(Decimal(100 * (seen.onward or 0)) // seen.people, "%") if seen.people else ""
        yield WalkedStage(
            parts.Link(f"{stage.number} {stage.title}", f"#stage-{stage.key.stage}"), _number(seen.people),
            _number(seen.visits), of if seen.onward is not None else "", _number(seen.left))


def _number(value: int | None) -> str:
    return "" if value is None else number(value)


def _ways(journey: Journey, measured: Measured) -> Iterator[WalkedWay]:
    """The drawn ways between measured stages in the order of the map, and the others that are not rare."""
    order = {stage.key.stage: stage.number for stage in journey.stages}
    drawn = {pair: way for pair, way in drawn_ways(journey).items() if way.spec is None or way.spec.actor == "same"}
    seen = {(source, target): way for source, target, way in measured.all_ways}
    known = {pair for pair in drawn if measured.stage(pair[0]) and measured.stage(pair[1])}
    for pair in sorted(known | {pair for pair, way in seen.items() if way.share > RARE or pair in drawn},
                       key=lambda pair: (order[pair[0]], order[pair[1]])):
        yield _way(journey, pair, drawn.get(pair), seen.get(pair))


def _way(journey: Journey, pair: tuple[str, str], drawn: Transition | None, seen: WayCount | None) -> WalkedWay:
    links = []
    for ident in pair:
        stage = journey.stage(ident)
        links.append(parts.Link(f"{stage.number} {stage.title}" if stage else ident, f"#stage-{ident}"))
    spec = drawn.spec if drawn else None
    odd = TAGS["untaken"] if seen is None else None if drawn else TAGS["undrawn"]
    return WalkedWay(
        links[0], links[1], number(seen.share, "%") if seen else "",
        number(spec.share, "%") if spec and spec.share is not None else "",
        _time(seen.median) if seen else "", _time(seen.p90) if seen else "",
        how_long(spec.delay) if spec else "", parts.said(odd) if odd else None)


def _time(hours: Decimal) -> str:
    """Hours in the unit that people would use, two figures at least."""
    for unit, size in (("day", Decimal(24)), ("hour", Decimal(1))):
        if hours >= 2 * size:
            return _length((hours / size).quantize(Decimal("0.1") if hours < 10 * size else Decimal(1), ROUND_HALF_UP),
                           unit)
    return _length((hours * 60).quantize(Decimal(1), ROUND_HALF_UP), "minute")


def _length(amount: Decimal, unit: str) -> str:
    plain = amount.normalize() if amount != amount.to_integral() else amount.quantize(Decimal(1))
    return length(f"{plain} {unit}{'' if plain == 1 else 's'}", plain, plain, unit)
