"""What people really did, beside what the map says: the measured part of a journey's page."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from journeybook.formats import day, length, number
from journeybook.frozen import dataclass
from journeybook.model import Journey, StageKey, Transition
from journeybook.model.lateness import Waited
from journeybook.model.walked import Measured, WayCount, drawn_ways
from journeybook.views import parts
from journeybook.views.lengths import how_long
from journeybook.words import N_, _

TAGS = {"undrawn": parts.Tag(N_("Not on the map"), "off", "map-marker-question-outline"),
        "late": parts.Tag(N_("Late"), "off", "clock-alert-outline"),
        "untaken": parts.Tag(N_("Nobody seen"), "watch", "account-off-outline")}
WEIGHTS = (Decimal(10), Decimal(30), Decimal(60))
"""Percent from which on a way is drawn thicker."""
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
class Walked:
    """The measured part of a journey's page: what was measured and when, ways, and the page ``to`` all of it."""

    people: str
    first: str
    last: str
    to: str
    ways: tuple[WalkedWay, ...]


def walked(journey: Journey, measured: Measured | None) -> Walked | None:
    """What was measured of a journey; None where nothing was."""
    if measured is None:
        return None
    return Walked(number(measured.people), day(measured.first), day(measured.last),
                  f"journeys/{journey.id}/measured/", tuple(ways_of(journey, measured)))


def handoff_taken(found: Waited | None) -> tuple[str, parts.Tag | None]:
    """How long a handoff took by the log, ``""`` where nothing was seen, and whether that is too long."""
    if found is None:
        return "", None
    text = _("9 in 10 within %(time)s, counted up to %(day)s", time=time_words(found.hours), day=day(found.on))
    return text, parts.said(TAGS["late"]) if found.late else None


def weight(transition: Transition, measured: Measured | None) -> int:
    """How thick a way is drawn that people were seen to take: 1 (few) to 4 (most); 0 where nobody counted."""
    way = _measured_way(transition, measured)
    return _weight(way.share) if way else 0


def _weight(share: Decimal) -> int:
    return 1 + sum(share >= step for step in WEIGHTS)


def _measured_way(transition: Transition, measured: Measured | None) -> WayCount | None:
    if measured is None or transition.source.journey != transition.target.journey:
        return None
    return measured.way(transition.source.stage, transition.target.stage)


def measured_way(transition: Transition, measured: Measured | None) -> str:
    """Share and median time of a way, as the line between two stages carries them; ``""`` without them."""
    way = _measured_way(transition, measured)
    return f"{_('measured %(share)s', share=number(way.share, '%'))} · {time_words(way.median)}" if way else ""


def undrawn(journey: Journey, measured: Measured | None) -> Iterator[tuple[StageKey, StageKey, int, str]]:
    """Ways that people take and the map does not draw: from, to, weight and label."""
    if measured is None:
        return
    drawn = drawn_ways(journey)
    for source, target, way in measured.all_ways:
        if way.share > RARE and (source, target) not in drawn:
            yield (StageKey(journey.id, source), StageKey(journey.id, target), _weight(way.share),
                   f"{_(TAGS['undrawn'].word)} · {number(way.share, '%')}")


def measured_share(transition: Transition, measured: Measured | None) -> str:
    """The measured share of a way within its journey, as arrows carry it; ``""`` without one."""
    way = _measured_way(transition, measured)
    return _("measured %(share)s", share=number(way.share, "%")) if way else ""


def ways_of(journey: Journey, measured: Measured) -> Iterator[WalkedWay]:
    """The drawn ways between measured stages in the order of the map, and the others that are not rare."""
    drawn, seen = _drawn(journey), {(source, target): way for source, target, way in measured.all_ways}
    for pair in pairs_of(journey, measured):
        yield _way(journey, pair, drawn.get(pair), seen.get(pair))


def _drawn(journey: Journey) -> dict[tuple[str, str], Transition]:
    """The ways of the map that the same person goes: those of a new one cannot be followed in a log."""
    return {pair: way for pair, way in drawn_ways(journey).items() if way.spec is None or way.spec.actor == "same"}


def pairs_of(journey: Journey, measured: Measured) -> list[tuple[str, str]]:
    """From and to of the ways that are told of, in the order of the map."""
    order = {stage.key.stage: stage.number for stage in journey.stages}
    drawn = _drawn(journey)
    known = {pair for pair in drawn if measured.stage(pair[0]) and measured.stage(pair[1])}
    seen = {(source, target) for source, target, way in measured.all_ways
            if way.share > RARE or (source, target) in drawn}
    return sorted(known | seen, key=lambda pair: (order[pair[0]], order[pair[1]]))


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
        time_words(seen.median) if seen else "", time_words(seen.p90) if seen else "",
        how_long(spec.delay) if spec else "", parts.said(odd) if odd else None)


def time_words(hours: Decimal) -> str:
    """Hours in the unit that people would use, two figures at least."""
    for unit, size in (("day", Decimal(24)), ("hour", Decimal(1))):
        if hours >= 2 * size:
            return _length((hours / size).quantize(Decimal("0.1") if hours < 10 * size else Decimal(1), ROUND_HALF_UP),
                           unit)
    return _length((hours * 60).quantize(Decimal(1), ROUND_HALF_UP), "minute")


def _length(amount: Decimal, unit: str) -> str:
    plain = amount.normalize() if amount != amount.to_integral() else amount.quantize(Decimal(1))
    return length(f"{plain} {unit}{'' if plain == 1 else 's'}", plain, plain, unit)
