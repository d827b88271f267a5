"""The stage diagram and the atlas: boxes and arrows, laid out by Graphviz, drawn by us.

Two steps with the layout engine between them: :func:`to_dot` reserves the room, :func:`draw` puts words in.
Where nothing can be laid out, :func:`graph_words` says the same in sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from journeybook.diagrams.boxes import (
    BADGE,
    GAUGE,
    LABEL_LINE,
    NOTE_LINE,
    PAD,
    TITLE_LINE,
    Edge,
    Graph,
    Node,
    Shape,
    is_pill,
    label_lines,
    pill_name,
    shapes,
    text_start,
)
from journeybook.diagrams.graph_dot import Piece, pieces, to_dot
from journeybook.diagrams.layout import Box, Layout, Point, Route
from journeybook.diagrams.svg import element, group, num, picture
from journeybook.diagrams.text import one_line
from journeybook.diagrams.words import KINDS, LEVEL_CLASS, LEVEL_WORD, arrow_sentence, thick
from journeybook.words import _

__all__ = ["Edge", "Graph", "Node", "draw", "graph_words", "to_dot"]

MARGIN = 2.0  # half a stroke and the ring of a hovered box
_BASELINE = 0.35  # of a font size: from the middle of a line of text to its baseline


def draw(graph: Graph, layout: Layout, href: Callable[[str], str] = str) -> Markup:
    """The picture. ``href`` turns a target of the site into an address relative to the page.

    Width and height are in rem: the diagram grows with the host's root size, as the text around it does.
    """
    edges = list(_edges(graph, layout))
    nodes = [
        _node(node, shape, layout.nodes[f"n{index}"], href)
        for index, (node, shape) in enumerate(zip(graph.nodes, shapes(graph), strict=True))
    ]
    width, height = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    return picture(
        width,
        height,
        # Edges first: where an edge of a dense graph crosses a box, the box stays readable.
        group([*edges, *nodes], transform=f"translate({num(MARGIN)} {num(MARGIN)})"),
        class_="jb-graph",
        label=" ".join((f"{graph.name}.", *graph_words(graph))),
        sized=True,
    )


def graph_words(graph: Graph) -> tuple[str, ...]:
    """The same in sentences: one for each arrow, and one for each box that no arrow touches."""
    edges = graph.drawn_edges()
    titles = {node.key: _name(node) for node in graph.nodes}
    touched = {key for edge in edges for key in (edge.source, edge.target)}
    alone = (_("%(name)s stands alone.", name=titles[node.key]) for node in graph.nodes if node.key not in touched)
    feelings = (
        f"{titles[node.key]}: {_facts(node)}." for node in graph.nodes if node.moment_of_truth or node.level
    )
    arrows = (arrow_sentence(titles[e.source], titles[e.target], e.kind, e.label) for e in edges)
    return (*arrows, *alone, *feelings)


def _name(node: Node) -> str:
    title = one_line(node.title) or (pill_name(node) if is_pill(node) else _("untitled"))
    return title if node.number is None else f"{node.number} {title}"


def _facts(node: Node) -> str:
    facts = [_("moment of truth")] if node.moment_of_truth else []
    return ", ".join([*facts, _(LEVEL_WORD[node.level])] if node.level else facts)


def _edges(graph: Graph, layout: Layout) -> Iterator[Markup]:
    """One group per edge; a long edge comes in two pieces with its label between them."""
    edges = graph.drawn_edges()
    both = zip(pieces(graph), layout.edges, strict=True)
    for index, parts in groupby(both, key=lambda pair: pair[0].edge):
        edge = edges[index]
        drawn: list[Markup] = []
        middle: Point | None = None
        for piece, route in parts:
            drawn += _line(piece, route)
            middle = middle or _label_place(piece, route, layout)
        if middle is not None:
            drawn += _lines(label_lines(edge.label), middle, LABEL_LINE, 12.0)
        kind = edge.kind if edge.kind in KINDS else "next"
        yield group(drawn, class_=f"ed k-{kind}{thick(edge.weight)}")


def _label_place(piece: Piece, route: Route, layout: Layout) -> Point | None:
    """The centre of the label: of its own box, or where the engine put the edge's label."""
    for name in (piece.tail, piece.head):
        if name.startswith("m"):
            box = layout.nodes[name]
            return box.x, box.y
    return route.label if piece.label else None


def _line(piece: Piece, route: Route) -> Iterator[Markup]:
    first, *rest = route.points
    # Whole pixels are fine enough for a bend, and a third of a page's lines is bends.
    bends = " ".join(f"{num(x, 0)} {num(y, 0)}" for x, y in rest)
    yield element("path", d=f"M{num(first[0], 0)} {num(first[1], 0)}C{bends}")
    if route.tip is not None and piece.arrow:
        yield arrowhead(route.points[-1], route.tip)


def arrowhead(base: Point, tip: Point) -> Markup:
    """A slim triangle from the end of the line to the tip."""
    across = ((base[1] - tip[1]) * 0.38, (tip[0] - base[0]) * 0.38)
    corners = (tip, (base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1]))
    return element("polygon", points=" ".join(f"{num(x)},{num(y)}" for x, y in corners))


def _node(node: Node, shape: Shape, box: Box, href: Callable[[str], str]) -> Markup:
    """A box with its parts, as a link when it leads somewhere."""
    kind = node.kind if node.kind in ("journey", "start", "end") else "stage"
    level = LEVEL_CLASS.get(node.level, "") if node.level is not None else ""
    classes = " ".join(filter(None, ("nd", f"k-{kind}", "mot" if node.moment_of_truth else "", level)))
    parts = list(_pill(shape, box) if is_pill(node) else _card(node, shape, box))
    if not node.to:
        return group(parts, class_=classes)
    return element("a", *parts, href=href(node.to), tabindex=-1, class_=classes)


def _pill(shape: Shape, box: Box) -> Iterator[Markup]:
    yield _rect(box, box.h / 2)
    yield from _lines(shape.title, (box.x, box.y), TITLE_LINE, 12.0)


def _card(node: Node, shape: Shape, box: Box) -> Iterator[Markup]:
    left, right, top = box.x - box.w / 2, box.x + box.w / 2, box.y - box.h / 2
    yield _rect(box, 3 if node.kind == "journey" else 8)
    if node.kind == "journey":
        yield element("path", d=f"M{num(left + 5)} {num(top)}v{num(box.h)}", class_="dbl")
        x, y = right - 15, top + 15
        yield element("path", d=f"M{num(x)} {num(y)}l6 -6m-5 0h5v5", class_="out")
    elif node.number is not None:
        x = left + PAD + BADGE
        yield element("circle", cx=x, cy=box.y, r=BADGE)
        yield from _lines((str(node.number),), (x, box.y), 0, 12.0, "middle", "no")
    if node.level is not None and node.kind != "journey":
        yield from _gauge(node.level, right - GAUGE / 2 - 2, box)
    place = left + text_start(node), box.y - (NOTE_LINE / 2 if shape.note else 0)
    yield from _lines(shape.title, place, TITLE_LINE, 13.0, "start", "t")
    if shape.note:
        y = place[1] + len(shape.title) * TITLE_LINE / 2 + NOTE_LINE / 2
        yield from _lines((shape.note,), (place[0], y), NOTE_LINE, 11.5, "start", "n")


def _gauge(level: int, x: float, box: Box) -> Iterator[Markup]:
    """How it feels, by height first and colour second: a dot on a short scale from bad to good."""
    half = box.h / 2 - 10
    yield element("path", d=f"M{num(x)} {num(box.y - half)}v{num(2 * half)}m-3 {num(-half)}h6", class_="sc")
    yield element("circle", cx=x, cy=box.y - half * max(-2, min(2, level)) / 2, r=3.5, class_="lv")


def _rect(box: Box, radius: float) -> Markup:
    return element(
        "rect", x=box.x - box.w / 2, y=box.y - box.h / 2, width=box.w, height=box.h, rx=float(radius)
    )


def _lines(
    lines: Sequence[str],
    place: Point,
    pitch: float,
    size: float,
    anchor: str = "middle",
    class_: str | None = None,
) -> Iterator[Markup]:
    """Lines of text around a centre."""
    top = place[1] - (len(lines) - 1) * pitch / 2 + size * _BASELINE
    for index, line in enumerate(lines):
        yield element(
            "text",
            line,
            x=place[0],
            y=top + index * pitch,
            text_anchor=None if anchor == "start" else anchor,
            class_=class_,
        )
