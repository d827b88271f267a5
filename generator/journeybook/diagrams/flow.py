"""The flow line at the head of the canvas: a station over each column, everything else in arcs above.

The columns are the table's, so nothing needs laying out but the arcs. An arc takes the lowest level that is
free over its whole width; its two legs stand on the stations side by side in an order in which arcs of one
station never cross. A label takes the widest stretch of its arc that no leg of a higher arc passes through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from journeybook import formats
from journeybook.diagrams.flow_arcs import BEND, LABEL, RADIUS, Way, label_place, landing, pack, place_feet
from journeybook.diagrams.svg import element, group, num, picture
from journeybook.diagrams.text import fit, one_line, text_width
from journeybook.diagrams.words import KINDS, LEVEL_CLASS, arrow_sentence, thick
from journeybook.frozen import dataclass
from journeybook.words import N_, _

LEVEL = 23.0  # between two arcs: a line of text and some air
FIRST = 14.0  # from the top of a station to the lowest arc
BOTTOM = 5.0
_STATUS = {"complete": N_("complete"), "incomplete": N_("incomplete"), "missing": N_("missing")}
STUB = 34.0  # the run of an exit's arrow


@dataclass(frozen=True, slots=True)
class Station:
    """A stage on the line. ``to`` is its place on the page (``#stage-install``), ``level`` −2 … 2."""

    id: str
    number: int
    title: str
    to: str
    moment_of_truth: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Arc:
    """A way that is not the plain next step, between columns from 0; ``target < source`` leads back.

    ``weight`` is how many were seen to take it, 1 (few) to 4 (most); 0 where nobody counted.
    """

    source: int
    target: int
    label: str
    kind: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """What the line shows.

    ``joined[i]``: a line runs from station i to i+1 (missing entries: it does). ``diamonds`` on the line are
    (gap, status, label); ``exits`` that leave the journey are (column, label, to). ``seen`` on the line are
    (gap, weight, label): how many were seen to go on there.
    """

    stations: tuple[Station, ...]
    arcs: tuple[Arc, ...] = ()
    joined: tuple[bool, ...] = ()
    diamonds: tuple[tuple[int, str, str], ...] = ()
    exits: tuple[tuple[int, str, str], ...] = ()
    seen: tuple[tuple[int, int, str], ...] = ()


def column_width(stations: int) -> float:
    """User units per column: about its width in px on a desktop page, so that type keeps its size."""
    return max(160.0, 1240.0 / max(1, stations))


def draw_flow(flow: Flow, href: Callable[[str], str] = str) -> Markup:
    """The picture, as wide as all columns together. ``href`` turns a target into an address on the page."""
    count = len(flow.stations)
    if not count:
        return Markup("")
    column = column_width(count)
    ways = _ways(flow, column)
    pack(ways)
    place_feet(ways, column)
    levels = max((way.level for way in ways), default=-1) + 1
    line = RADIUS + 3 + (FIRST + LEVEL * (levels - 1) + 18 if levels else 0)
    parts = [
        *_joints(flow, column, line),
        *(_draw_way(way, ways, column, line, href) for way in ways),
        *_diamonds(flow, column, line),
        *(_station(each, (index + 0.5) * column, line, href) for index, each in enumerate(flow.stations)),
    ]
    label = " ".join(flow_words(flow))
    return picture(count * column, line + RADIUS + BOTTOM, *parts, class_="jb-flow-svg", label=label)


def flow_words(flow: Flow) -> tuple[str, ...]:
    """The same in sentences: the stages in order, then every way that is not the next step.

    What was seen on the line is told by the table of what people did.
    """
    stations = flow.stations
    if not stations:
        return (_("No stages."),)
    names = [f"{station.number} {one_line(station.title)}" for station in stations]
    words = [formats.plural("%(num)s stage in order: %(names)s.", "%(num)s stages in order: %(names)s.",
                            len(stations), names=", ".join(names))]
    special = [name for name, station in zip(names, stations, strict=True) if station.moment_of_truth]
    if special:
        words.append(_("Moment of truth: %(stages)s.", stages=formats.listed(special)))
    words += [
        _("No line leads from %(source)s to %(target)s.", source=names[index], target=names[index + 1])
        for index in range(len(stations) - 1)
        if not _joined(flow, index)
    ]
    words += [arrow_sentence(names[a.source], names[a.target], a.kind, a.label) for a in _arcs(flow)]
    words += [
        _("After %(stage)s: %(what)s (%(status)s).", stage=names[gap], what=label,
          status=_(_STATUS.get(status, status)))
        for gap, status, label in flow.diamonds
        if 0 <= gap < len(stations) - 1
    ]
    words += [
        arrow_sentence(names[column], label, "exit")
        for column, label, _to in flow.exits
        if 0 <= column < len(stations)
    ]
    return tuple(words)


def _arcs(flow: Flow) -> list[Arc]:
    """Arcs between stations that exist."""
    columns = range(len(flow.stations))
    return [arc for arc in flow.arcs if arc.source in columns and arc.target in columns]


def _seen(flow: Flow) -> list[tuple[int, int, str]]:
    """What was seen on lines that are there."""
    return [each for each in flow.seen if 0 <= each[0] < len(flow.stations) - 1 and _joined(flow, each[0])]


def _joined(flow: Flow, gap: int) -> bool:
    return flow.joined[gap] if gap < len(flow.joined) else True


def _ways(flow: Flow, column: float) -> list[Way]:
    """Everything above the line, with the stretch it needs."""
    ways = []
    for arc in _arcs(flow):
        ends = sorted(((arc.source + 0.5) * column, (arc.target + 0.5) * column))
        reach = column * 0.46 if arc.source == arc.target else 0.0
        ways.append(Way(arc.label, arc.kind, arc.source, arc.target, ends[0] - reach, ends[1] + reach,
                        weight=arc.weight))
    last = len(flow.stations) - 1
    for index, label, to in flow.exits:
        if 0 <= index <= last:
            x = (index + 0.5) * column
            # Room for the label to the right; over the last column there is none beyond the edge.
            reach = min(column * 0.95, 220.0)
            low, high = (x - column * 0.46, x + column * 0.48) if index == last else (x, x + reach)
            ways.append(Way(label, "exit", index, None, low, high, to))
    return ways


def _draw_way(way: Way, ways: list[Way], column: float, line: float, href: Callable[[str], str]) -> Markup:
    """One arc with its arrow and label."""
    y = line - RADIUS - FIRST - LEVEL * way.level
    start = way.feet[0]
    bottom = landing(start, (way.source + 0.5) * column, line)
    rise = f"M{num(start)} {num(bottom)}V{num(y + BEND)}"
    if way.target is None:
        end = start + STUB
        d = f"{rise}q0 {num(-BEND)} {num(BEND)} {num(-BEND)}H{num(end - 6)}"
        tip = f"{num(end)},{num(y)} {num(end - 7)},{num(y + 3)} {num(end - 7)},{num(y - 3)}"
    else:
        end = way.feet[1]
        turn = min(BEND, abs(end - start) / 2) * (1 if end > start else -1)
        ground = landing(end, (way.target + 0.5) * column, line)
        d = (
            f"{rise}q0 {num(-BEND)} {num(turn)} {num(-BEND)}"
            f"H{num(end - turn)}q{num(turn)} 0 {num(turn)} {num(BEND)}V{num(ground - 6)}"
        )
        tip = f"{num(end)},{num(ground)} {num(end - 3)},{num(ground - 7)} {num(end + 3)},{num(ground - 7)}"
    parts = [element("path", d=d), element("polygon", points=tip)]
    text, middle = label_place(way, ways)
    if text:
        parts.append(element("text", text, x=middle, y=y - 5, text_anchor="middle"))
    if way.to:
        return element("a", *parts, href=href(way.to), tabindex=-1, class_="ar k-exit")
    return group(parts, class_=f"ar k-{way.kind if way.kind in KINDS else 'next'}{thick(way.weight)}")


def _joints(flow: Flow, column: float, line: float) -> Iterator[Markup]:
    weights = {gap: weight for gap, weight, _label in flow.seen}
    for gap in range(len(flow.stations) - 1):
        if _joined(flow, gap):
            start, end = (gap + 0.5) * column + RADIUS, (gap + 1.5) * column - RADIUS
            path = element("path", d=f"M{num(start)} {num(line)}H{num(end)}", class_="fw")
            yield group([path], class_=thick(weights[gap]).strip()) if weights.get(gap) else path
    for gap, _weight, label in _seen(flow):
        room = column - 2 * RADIUS - 12
        short = label if text_width(label, LABEL) <= room else label.partition(" · ")[0]
        yield element("text", fit(short, room, LABEL), x=(gap + 1) * column, y=line - 13, text_anchor="middle")


def _diamonds(flow: Flow, column: float, line: float) -> Iterator[Markup]:
    for gap, status, _label in flow.diamonds:
        if 0 <= gap < len(flow.stations) - 1:
            x = (gap + 1) * column
            safe = "".join(character for character in status if character.isalnum() or character == "-")
            yield element(
                "path", d=f"M{num(x - 8)} {num(line)}l8 -8l8 8l-8 8z", class_=f"ho h-{safe or 'unknown'}"
            )


def _station(station: Station, x: float, y: float, href: Callable[[str], str]) -> Markup:
    classes = " ".join(
        filter(None, ("sn", "mot" if station.moment_of_truth else "", LEVEL_CLASS.get(station.level, "")))
    )
    parts = [
        element("circle", cx=x, cy=y, r=RADIUS),
        element("text", str(station.number), x=x, y=y + 4.9, text_anchor="middle"),
    ]
    if not station.to:
        return group(parts, class_=classes)
    return element("a", *parts, href=href(station.to), tabindex=-1, class_=classes)
