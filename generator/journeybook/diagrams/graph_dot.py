"""A graph as DOT: a reserved box for everything that will be drawn, and not one word that a user wrote.

Node ``n<i>`` is the i-th node, ``m<i>`` the label of the i-th edge. A label between neighbours is a Graphviz
edge label. A label of a longer edge becomes a box of its own in the middle of the edge, because there it fits
beside a stage; as an edge label it would push all stages of that place apart.
"""

from __future__ import annotations

import graphviz

from journeybook.diagrams.boxes import BACKWARDS, Edge, Graph, label_lines, label_size, shapes
from journeybook.frozen import dataclass

# More than this is not read as a picture anyway, and Graphviz's time grows with density.
DENSE = 150


@dataclass(frozen=True, slots=True)
class Piece:
    """An edge of the DOT, part of the graph's edge number ``edge``. ``arrow``: "", forward or back."""

    edge: int
    tail: str
    head: str
    arrow: str
    label: tuple[str, ...] = ()


def pieces(graph: Graph) -> tuple[Piece, ...]:
    """The edges of the DOT in order; drawing walks through them again beside the layout."""
    names = {node.key: f"n{index}" for index, node in enumerate(graph.nodes)}
    ranks = _ranks(graph)
    found: list[Piece] = []
    for index, edge in enumerate(graph.drawn_edges()):
        lines = label_lines(edge.label)
        span = ranks[edge.target] - ranks[edge.source]
        # All edges are written along the reading direction, those that lead back with the arrow at the tail:
        # otherwise the engine decides itself which edges of a circle to turn round, and stages change places.
        arrow = "back" if span < 0 else "forward"
        ends = names[edge.source], names[edge.target]
        tail, head = reversed(ends) if span < 0 else ends
        if not lines or abs(span) < 2 or is_dense(graph):
            found.append(Piece(index, tail, head, arrow, lines))
        else:
            middle = f"m{index}"
            found.append(Piece(index, tail, middle, arrow if span < 0 else ""))
            found.append(Piece(index, middle, head, arrow if span > 0 else ""))
    return tuple(found)


def is_dense(graph: Graph) -> bool:
    """Whether to save time at the expense of looks."""
    return len(graph.nodes) + len(graph.edges) > DENSE


def to_dot(graph: Graph) -> str:
    """The DOT text. All attributes there can be are in this module, so nothing else reaches the engine."""
    dot = graphviz.Digraph("g", graph_attr=_space(graph))
    dot.attr("node", shape="box", fixedsize="true", label="", margin="0")
    dot.attr("edge", arrowsize="0.6")
    for index, (node, shape) in enumerate(zip(graph.nodes, shapes(graph), strict=True)):
        # Stages of one group stand in a straight line where that is possible.
        line = {"group": "stages"} if node.kind == "stage" else {}
        dot.node(f"n{index}", width=_inches(shape.width), height=_inches(shape.height), **line)
    edges, whole = graph.drawn_edges(), pieces(graph)
    ranks = _ranks(graph)
    for name in dict.fromkeys(name for piece in whole for name in (piece.tail, piece.head) if name[0] == "m"):
        edge = edges[int(name[1:])]
        width, height = label_size(label_lines(edge.label))
        dot.node(name, width=_inches(width), height=_inches(height))
        beside = _beside(edge, ranks)
        dot.body.append(f"\t{{rank=same {name} n{beside}}}\n")
    for index, piece in enumerate(whole):
        edge = edges[piece.edge]
        attributes = _attributes(piece, edge) | _ports(piece, graph.direction)
        if ranks[edge.source] == ranks[edge.target]:
            attributes["constraint"] = "false"  # neighbours side by side stay so
        dot.edge(piece.tail, piece.head, id=f"e{index}", **attributes)
    return str(dot.source)


def _beside(edge: Edge, ranks: dict[str, int]) -> int:
    """The node whose place along the reading direction a label shares: half way between its two ends."""
    middle = (ranks[edge.source] + ranks[edge.target]) // 2
    return next(index for index, rank in enumerate(ranks.values()) if rank == middle)


def _ports(piece: Piece, direction: str) -> dict[str, str]:
    """Lines enter and leave a label along the reading direction, so that they seem to run through it."""
    start, end = ("n", "s") if direction == "TB" else ("w", "e")
    ports = {"tailport": end} if piece.tail[0] == "m" else {}
    return ports | ({"headport": start} if piece.head[0] == "m" else {})


def _attributes(piece: Piece, edge: Edge) -> dict[str, str]:
    attributes = {"weight": "12"} if edge.kind == "next" else {}
    if piece.arrow != "forward":
        attributes["dir"] = piece.arrow or "none"
    if piece.label:
        width, height = label_size(piece.label)
        attributes["label"] = (
            '<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" '
            f'WIDTH="{width:.0f}" HEIGHT="{height:.0f}"><TR><TD></TD></TR></TABLE>>'
        )
    return attributes


def _space(graph: Graph) -> dict[str, str]:
    space = {"rankdir": "TB" if graph.direction == "TB" else "LR", "nodesep": "0.3", "ranksep": "0.36"}
    if is_dense(graph):
        space |= {"nslimit": "1", "nslimit1": "1", "mclimit": "0.1", "splines": "line"}
    return space


def _ranks(graph: Graph) -> dict[str, int]:
    """How far along the reading direction each node is: the longest way to it over edges that lead on."""
    ahead: dict[str, list[str]] = {node.key: [] for node in graph.nodes}
    waiting = dict.fromkeys(ahead, 0)
    for edge in graph.drawn_edges():
        if edge.kind not in BACKWARDS and edge.kind != "win-back" and edge.source != edge.target:
            ahead[edge.source].append(edge.target)
            waiting[edge.target] += 1
    ranks = dict.fromkeys(ahead, 0)
    todo = list(ahead)
    while todo:
        # Without a way in: next. If all have one, there is a circle; it opens at the first in reading order.
        key = next((key for key in todo if waiting[key] == 0), todo[0])
        todo.remove(key)
        for target in ahead[key]:
            waiting[target] -= 1
            if target in todo:
                ranks[target] = max(ranks[target], ranks[key] + 1)
    return ranks


def _inches(points: float) -> str:
    return f"{points / 72:.4f}"
