"""The lifecycle diagram for narrow screens: one box below the other, the links as arcs beside them.

No engine is needed. Short arcs run near the boxes and long ones further out, each in a lane of its own; ends at
a box are in such an order that lines of one box do not cross each other there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from journeybook.diagrams.atlas import AtlasGraph, Column, Member, Size, Tie, atlas_label, sizes
from journeybook.diagrams.atlas_draw import Href, arrowhead, box, link, tied
from journeybook.diagrams.boxes import LABEL, NOTE, TITLE
from journeybook.diagrams.geometry import Box
from journeybook.diagrams.svg import element, group, num, picture
from journeybook.diagrams.text import fit, text_width

WHOLE = 350.0  # of the picture: a phone of 390 px less the margins of the page
LEAST = 210.0  # of a box
PITCH, TIGHT = 13.0, 7.0  # between lanes; where there are many
PORT = 9.0  # between the ends of two arcs at one box
GAP = 12.0
WIDE_PITCH, LEAST_LABELLED = 17.0, 130.0  # where the arcs carry numbers and the boxes short names
_BASELINE = 0.35


def draw_list(graph: AtlasGraph, href: Href = str) -> Markup:
    """The narrow picture."""
    ties = graph.drawn()
    order = sorted(graph.members, key=graph.at)
    rank = {member.key: index for index, member in enumerate(order)}
    lanes = _lanes([sorted((rank[tie.source], rank[tie.target])) for tie in ties])
    used = max(lanes, default=-1) + 1
    labelled = any(tie.label for tie in ties)
    least = LEAST_LABELLED if labelled else LEAST
    pitch = min(WIDE_PITCH if labelled else PITCH, max(TIGHT, (WHOLE - least - 12) / max(used, 1)))
    width = max(WHOLE - 14 - used * pitch, least)
    shapes = dict(zip((member.key for member in graph.members), sizes(graph, width), strict=True))
    ends: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)  # box → (other end's rank, arc, is target)
    for index, tie in enumerate(ties):
        ends[tie.source].append((rank[tie.target], index, False))
        ends[tie.target].append((rank[tie.source], index, True))
    heads, places, height = _stack(graph, order, shapes, {key: len(found) for key, found in ends.items()}, width)
    ports = dict(_ports(ends, places, rank))
    right = width + 1
    parts = [part for head in heads for part in _head(*head, width, href)]
    runs = [(right + 8 + lane * pitch, ports[index, False], ports[index, True]) for index, lane in enumerate(lanes)]
    parts += (_arc(tie, right, *run) for tie, run in zip(ties, runs, strict=True))
    parts += _numbers(ties, runs)
    parts += (box(member, shapes[member.key], places[member.key], href) for member in order)
    whole = right + (12 + used * pitch if used else 6)
    return picture(whole, height, group(parts, transform="translate(1 1)"), class_="jb-graph jb-at",
                   label=atlas_label(graph), sized=True)


Heads = list[tuple[Column, float, str]]  # its column, y, what stands before it


def _stack(graph: AtlasGraph, order: list[Member], shapes: dict[str, Size], ends: dict[str, int],
           width: float) -> tuple[Heads, dict[str, Box], float]:
    """Heads and boxes from top to bottom; a box is as high as its text and its arcs need."""
    there = {at: list(members) for at, members in groupby(order, key=graph.at)}
    heads: Heads = []
    places: dict[str, Box] = {}
    y = 0.0
    for at, column in enumerate(graph.columns):
        mark = graph.purchase[1] if graph.purchase and graph.purchase[0] == at else ""
        members = there.get(at, [])
        if column.title or mark:
            heads.append((column, y, mark))
        y += (graph.head - 6 if column.title else 0) + (26 if mark else 0)
        for member in members:
            height = max(shapes[member.key].height, ends.get(member.key, 0) * PORT + 6)
            places[member.key] = Box(width / 2, y + height / 2, width, height)
            y += height + GAP
        y += 8
    return heads, places, y


def _head(column: Column, y: float, mark: str, width: float, href: Href) -> Iterator[Markup]:
    if mark:
        words = fit(mark, width - 18, LABEL, bold=True)
        yield element("path", d=f"M0 {num(y + 10)}H{num(width)}", class_="pp")
        yield element("rect", x=0.0, y=y, width=text_width(words, LABEL, bold=True) + 18, height=19.0, rx=3.0,
                      class_="pp")
        yield element("text", words, x=9.0, y=y + 9.5 + LABEL * _BASELINE, class_="pp")
        y += 26
    if not column.title:
        return
    title = fit(column.title, width, TITLE, bold=True)
    parts = [element("text", title, x=0.0, y=y + 15, class_="t")]
    if column.note:
        parts.append(element("text", fit(column.note, width, NOTE), x=0.0, y=y + 31, class_="n"))
    yield link(parts, column.to, "nd", href)


def _lanes(spans: list[list[int]]) -> list[int]:
    """The lane of each arc: the nearest in which nothing that it would touch runs, short arcs first."""
    lanes = [0] * len(spans)
    taken: list[list[list[int]]] = []
    for index in sorted(range(len(spans)), key=lambda at: (spans[at][1] - spans[at][0], spans[at])):
        low, high = spans[index]
        lane = next((at for at, runs in enumerate(taken) if all(high < a or b < low for a, b in runs)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(spans[index])
        lanes[index] = lane
    return lanes


def _ports(ends: dict[str, list[tuple[int, int, bool]]], places: dict[str, Box],
           rank: dict[str, int]) -> Iterator[tuple[tuple[int, bool], float]]:
    """Where at its boxes each arc begins and ends: what leads up above what leads down, the nearest inside."""
    for key, found in ends.items():
        # Up before down, near before far on the way up and far before near on the way down: so none cross.
        up = sorted((end for end in found if end[0] <= rank[key]), key=_far_first)
        down = sorted((end for end in found if end[0] > rank[key]), key=_far_first)
        for at, (_, index, target) in enumerate((*up, *down)):
            yield (index, target), places[key].y + (at - (len(found) - 1) / 2) * PORT


def _far_first(end: tuple[int, int, bool]) -> tuple[int, int, bool]:
    return -end[0], end[1], end[2]


def _arc(tie: Tie, left: float, lane: float, start: float, end: float) -> Markup:
    bend = min(6.0, abs(end - start) / 2) * (1 if end > start else -1)
    curve = abs(bend)
    path = (f"M{num(left)} {num(start)}H{num(lane - curve)}q{num(curve)} 0 {num(curve)} {num(bend)}"
            f"V{num(end - bend)}q0 {num(bend)} {num(-curve)} {num(bend)}H{num(left + 7)}")
    return tied(tie, (element("path", d=path), arrowhead((left + 7, end), (left, end))))


def _numbers(ties: Sequence[Tie], places: Sequence[tuple[float, float, float]]) -> Iterator[Markup]:
    """How many links each arc stands for, over all arcs: none crosses a number."""
    for tie, (lane, start, end) in zip(ties, places, strict=True):
        if tie.label:
            y = (start + end) / 2 + LABEL * _BASELINE
            yield tied(tie, [element("text", str(tie.count), x=lane, y=y, text_anchor="middle")])
