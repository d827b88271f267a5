"""What is in a graph, and how much room each part of it needs.

Sizes are in points, which are drawn as SVG user units (px at natural size). Boxes of one graph share one
width and one height, so that the eye follows the arrows and not the boxes.
"""

from __future__ import annotations

from journeybook.diagrams.text import fit, one_line, text_width, wrap
from journeybook.frozen import dataclass
from journeybook.words import _

# Font sizes; the style sheet sets the same ones.
TITLE, NOTE, LABEL = 13.0, 11.5, 12.0
TITLE_LINE, NOTE_LINE, LABEL_LINE = 16.5, 15.0, 15.0
BOX_WIDTH = 166.0
PILL_HEIGHT = 26.0
PAD = 10.0
BADGE = 10.5  # radius of the circle around a stage's number
GAUGE = 16.0  # strip at the right edge: how the stage feels, or the sign that a box leads elsewhere
LABEL_WIDTH = 112.0
BACKWARDS = frozenset({"back", "loop", "reentry"})


@dataclass(frozen=True, slots=True)
class Node:
    """A box. ``kind``: stage, journey, start or end. ``level`` −2 … 2, None when nobody rated it."""

    key: str
    title: str
    to: str = ""
    kind: str = "stage"
    number: int | None = None
    moment_of_truth: bool = False
    level: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two keys. ``kind``: next, branch, skip, back, loop, reentry, exit or win-back.

    ``weight`` is how many were seen to take it, 1 (few) to 4 (most); 0 where nobody counted.
    """

    source: str
    target: str
    kind: str = "next"
    label: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Graph:
    """``name`` is read to those who cannot see the picture; ``direction`` is LR or TB."""

    name: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    direction: str = "LR"

    @property
    def size(self) -> tuple[int, int]:
        """How many boxes and lines it has."""
        return len(self.nodes), len(self.drawn_edges())

    def drawn_edges(self) -> tuple[Edge, ...]:
        """The edges between boxes that exist; a dangling one is reported elsewhere and drawn nowhere."""
        known = {node.key for node in self.nodes}
        return tuple(edge for edge in self.edges if edge.source in known and edge.target in known)


@dataclass(frozen=True, slots=True)
class Shape:
    """The text of a node, broken into lines, and the size of its box."""

    title: tuple[str, ...]
    note: str
    width: float
    height: float


def shapes(graph: Graph) -> tuple[Shape, ...]:
    """One shape per node, in order."""
    texts = [_text(node) for node in graph.nodes]
    tall = max((len(title) * TITLE_LINE + (NOTE_LINE if note else 0) for title, note in texts), default=0.0)
    height = max(tall, 2 * TITLE_LINE) + 2 * PAD - 2
    return tuple(
        Shape(title, note, text_width(title[0], LABEL, bold=True) + 28, PILL_HEIGHT)
        if is_pill(node)
        else Shape(title, note, BOX_WIDTH, height)
        for node, (title, note) in zip(graph.nodes, texts, strict=True)
    )


def is_pill(node: Node) -> bool:
    """Start and end are places, not stages: small and round."""
    return node.kind in ("start", "end")


def pill_name(node: Node) -> str:
    """What a start or an end without a title is called."""
    return _("Start") if node.kind == "start" else _("End")


def text_start(node: Node) -> float:
    """Where the title begins, from the left edge of the box."""
    if node.kind == "journey":
        return PAD + 6
    return PAD if node.number is None else PAD + 2 * BADGE + 8


def label_lines(label: str) -> tuple[str, ...]:
    """An edge's label in two lines at most; a share after ``·`` stays whole and needs no dot of its own."""
    glued = label.replace(" · ", " ·\u00a0").replace(" %", "\u202f%")
    return tuple(line.removeprefix("·\u00a0") for line in wrap(glued, LABEL_WIDTH, LABEL, lines=2))


def label_size(lines: tuple[str, ...]) -> tuple[float, float]:
    """Width and height to keep free for a label, with a little air around it."""
    return max(text_width(line, LABEL) for line in lines) + 12, len(lines) * LABEL_LINE + 4


def _text(node: Node) -> tuple[tuple[str, ...], str]:
    if is_pill(node):
        return (fit(one_line(node.title) or pill_name(node), LABEL_WIDTH, LABEL, bold=True),), ""
    room = BOX_WIDTH - text_start(node) - GAUGE - 4
    return wrap(node.title, room, TITLE, lines=3, bold=True), fit(node.note, room, NOTE)
