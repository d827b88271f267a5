"""The lifecycle diagram drawn from Graphviz's layout: categories as bands, the purchase point as a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from journeybook.diagrams.atlas import (
    WIDTH,
    AtlasGraph,
    Banner,
    Column,
    Member,
    Size,
    Tie,
    atlas_label,
    line_class,
    sizes,
    tie_lines,
    weight,
)
from journeybook.diagrams.atlas_dot import lines
from journeybook.diagrams.boxes import LABEL, LABEL_LINE, NOTE, NOTE_LINE, PAD, TITLE, TITLE_LINE
from journeybook.diagrams.layout import Box, Layout, Point, Route
from journeybook.diagrams.svg import element, group, num, picture
from journeybook.diagrams.text import fit, text_width

BANNER = 36.0
MARK = 22.0  # the flag of the purchase point
AIR = 14.0  # around the boxes of a band
_BASELINE = 0.35
Href = Callable[[str], str]


def draw_atlas(graph: AtlasGraph, layout: Layout, href: Href = str) -> Markup:
    """The wide picture; sizes in rem, so that it grows with the text around it."""
    edges_x = _bounds(graph, layout)
    over = (MARK if graph.purchase else 0) + graph.head
    top = over + BANNER * len(graph.banners) + AIR
    height = top + layout.height + AIR
    shift = AIR - min(edges_x[0] + AIR, 0.0)
    parts = [*_bands(graph, edges_x, over - graph.head, height, href)]
    parts += (part for row, banner in enumerate(graph.banners)
              for part in _banner(banner, edges_x, over + row * BANNER, href))
    inside = [*_ties(graph, layout), *_members(graph, layout, href)]
    parts.append(group(inside, transform=f"translate(0 {num(top)})"))
    width = max(edges_x[-1], layout.width + AIR) + shift
    return picture(width, height, group(parts, transform=f"translate({num(shift)} 0)"), class_="jb-graph jb-at",
                   label=atlas_label(graph), sized=True)


def _bounds(graph: AtlasGraph, layout: Layout) -> list[float]:
    """Where bands begin and end: half way between neighbouring columns."""
    centres = [layout.nodes[f"m{at}"].x for at in range(len(graph.columns))]
    if not centres:
        return [-AIR, layout.width + AIR]
    between = [(a + b) / 2 for a, b in pairwise(centres)]
    return [centres[0] - WIDTH / 2 - AIR, *between, centres[-1] + WIDTH / 2 + AIR]


def _bands(graph: AtlasGraph, bounds: Sequence[float], top: float, height: float, href: Href) -> Iterator[Markup]:
    for at, column in enumerate(graph.columns):
        left, right = bounds[at], bounds[at + 1]
        if column.title:
            yield element("rect", x=left + 3, y=top, width=right - left - 6, height=height - top, rx=6.0, class_="bd")
            yield _head(column, left + AIR, top, right - left - 2 * AIR, href)
    if graph.purchase:
        x, words = bounds[graph.purchase[0]], fit(graph.purchase[1], 2 * WIDTH, LABEL, bold=True)
        yield element("path", d=f"M{num(x)} 0V{num(height)}", class_="pp")
        yield element("rect", x=x, y=0.0, width=text_width(words, LABEL, bold=True) + 18, height=MARK - 3, rx=3.0,
                      class_="pp")
        yield element("text", words, x=x + 9, y=(MARK - 3) / 2 + LABEL * _BASELINE, class_="pp")


def _head(column: Column, x: float, top: float, room: float, href: Href) -> Markup:
    parts = [element("text", fit(column.title, room, TITLE, bold=True), x=x, y=top + 20, class_="t")]
    if column.note:
        parts.append(element("text", fit(column.note, room, NOTE), x=x, y=top + 36, class_="n"))
    return link(parts, column.to, "nd", href)


def _banner(banner: Banner, bounds: Sequence[float], top: float, href: Href) -> Iterator[Markup]:
    left, right = bounds[banner.first] + AIR, bounds[banner.last + 1] - AIR
    words = fit(banner.title, right - left - 2 * PAD, TITLE, bold=True)
    yield link([element("rect", x=left, y=top + 2, width=right - left, height=BANNER - 8, rx=3.0),
                element("text", words, x=left + PAD, y=top + 2 + (BANNER - 8) / 2 + TITLE * _BASELINE, class_="t")],
               banner.to, "nd k-whole", href, banner.key)


def _ties(graph: AtlasGraph, layout: Layout) -> Iterator[Markup]:
    ties = graph.drawn()
    for line, route in zip(lines(graph), layout.edges, strict=True):
        if line.tie is not None:
            tie = ties[line.tie]
            label = _label(tie, route.label) if route.label else ()
            yield tied(tie, (_curve(route), *_arrow(route, tie), *label))


def tied(tie: Tie, parts: Sequence[Markup]) -> Markup:
    """An arrow with the keys of its ends, by which the search finds it."""
    return group(parts, class_=f"{line_class(tie.kind)} {weight(tie)}", data_e=f"{tie.source} {tie.target}")


def _label(tie: Tie, middle: Point) -> Iterator[Markup]:
    rows = tie_lines(tie)
    top = middle[1] - (len(rows) - 1) * LABEL_LINE / 2 + LABEL * _BASELINE
    for index, row in enumerate(rows):
        yield element("text", row, x=middle[0], y=top + index * LABEL_LINE, text_anchor="middle")


def _curve(route: Route) -> Markup:
    first, *rest = route.points
    return element("path", d=f"M{num(first[0])} {num(first[1])}C{' '.join(f'{num(x)} {num(y)}' for x, y in rest)}")


def _arrow(route: Route, tie: Tie) -> Iterator[Markup]:
    if route.tip is not None:
        yield arrowhead(route.points[-1], route.tip, 0.45 if tie.count < 3 else 0.8)


def arrowhead(base: Point, tip: Point, wide: float = 0.45) -> Markup:
    """A triangle from the end of a line to its tip; ``wide``: half its width, in lengths."""
    across = ((base[1] - tip[1]) * wide, (tip[0] - base[0]) * wide)
    corners = (tip, (base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1]))
    return element("polygon", points=" ".join(f"{num(x)},{num(y)}" for x, y in corners))


def _members(graph: AtlasGraph, layout: Layout, href: Href) -> Iterator[Markup]:
    for index, (member, size) in enumerate(zip(graph.members, sizes(graph), strict=True)):
        yield box(member, size, layout.nodes[f"n{index}"], href)


def box(member: Member, size: Size, place: Box, href: Href) -> Markup:
    """A journey or a category, with its notes below its name; a hinge has a diamond in its corner."""
    left, top = place.x - place.w / 2, place.y - place.h / 2
    round_ = 8.0 if member.kind == "category" else 3.0
    parts = [element("rect", x=left, y=top, width=place.w, height=place.h, rx=round_)]
    x = left + PAD
    if member.kind == "journey":
        parts.append(element("path", d=f"M{num(left + 5)} {num(top)}v{num(place.h)}", class_="dbl"))
        x += 6
    y = place.y - (len(size.title) * TITLE_LINE + len(size.notes) * NOTE_LINE) / 2
    for number, row in enumerate(size.title):
        parts.append(element("text", row, x=x, y=y + (number + 0.5) * TITLE_LINE + TITLE * _BASELINE, class_="t"))
    y += len(size.title) * TITLE_LINE
    for number, row in enumerate(size.notes):
        parts.append(element("text", row, x=x, y=y + (number + 0.5) * NOTE_LINE + NOTE * _BASELINE, class_="n"))
    if member.hinge:
        parts.append(element("path", d=f"M{num(left + place.w - 11)} {num(top + 6)}l6 6l-6 6l-6 -6z", class_="hg"))
    return link(parts, member.to, f"nd k-{member.kind}", href, member.key.partition("+")[0])


def line_sample(kind: str) -> Markup:
    """A piece of line in the look of a kind (of ``hinge``: the diamond), for the key under the picture."""
    if kind == "hinge":
        diamond = element("path", d="M7 1l6 6l-6 6l-6 -6z", class_="hg")
        return picture(14.0, 14.0, diamond, class_="jb-graph", sized=True)
    parts = element("path", d="M1 7H25"), arrowhead((25.0, 7.0), (32.0, 7.0))
    line = group(parts, class_=line_class(kind))
    return picture(33.0, 14.0, line, class_="jb-graph", sized=True)


def link(parts: Sequence[Markup], to: str, class_: str, href: Href, key: str = "") -> Markup:
    """Parts as a link when they lead somewhere; a copy of one in the text beside it, so no stop for the keyboard."""
    if not to:
        return group(parts, class_=class_, data_a=key or None)
    return element("a", *parts, href=href(to), tabindex=-1, class_=class_, data_a=key or None)
