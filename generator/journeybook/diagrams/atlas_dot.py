"""The lifecycle diagram as DOT: every category is a rank, and not one word that a user wrote is in it.

``n<i>`` is the i-th member, ``m<i>`` the place that keeps the i-th column open where nothing stands in it.
All arrows are written along the reading direction, those that lead back with their arrow at the tail, so that
the engine never moves a journey out of its category.
"""

from __future__ import annotations

import graphviz

from journeybook.diagrams.atlas import WIDTH, AtlasGraph, sizes, tie_lines, tie_size
from journeybook.frozen import dataclass

ANCHOR = 2.0  # height of what keeps a column open


@dataclass(frozen=True, slots=True)
class Line:
    """An edge of the DOT. ``tie`` is the number of its arrow; None: it only keeps boxes in order."""

    tail: str
    head: str
    tie: int | None = None
    back: bool = False


def lines(graph: AtlasGraph) -> tuple[Line, ...]:
    """The edges of the DOT in order; drawing walks through them again beside the layout."""
    names = {member.key: f"n{index}" for index, member in enumerate(graph.members)}
    columns = {member.key: graph.at(member) for member in graph.members}
    order = {key: index for index, key in enumerate(names)}
    found = [Line(f"m{at}", f"m{at + 1}") for at in range(len(graph.columns) - 1)]
    for member in graph.members:
        if member.part_of in names and columns[member.part_of] == columns[member.key] and member.part_of != member.key:
            found.append(Line(names[member.part_of], names[member.key]))
    for index, tie in enumerate(graph.drawn()):
        back = (columns[tie.source], order[tie.source]) > (columns[tie.target], order[tie.target])
        ends = names[tie.source], names[tie.target]
        tail, head = reversed(ends) if back else ends
        found.append(Line(tail, head, index, back))
    return tuple(found)


def atlas_dot(graph: AtlasGraph) -> str:
    """The DOT text."""
    dot = graphviz.Digraph("g", graph_attr={"rankdir": "LR", "nodesep": "0.22", "ranksep": "0.75"})
    dot.attr("node", shape="box", fixedsize="true", label="", margin="0")
    dot.attr("edge", arrowsize="0.6")
    for at in range(len(graph.columns)):
        dot.node(f"m{at}", width=_inches(WIDTH), height=_inches(ANCHOR))
    for index, size in enumerate(sizes(graph)):
        dot.node(f"n{index}", width=_inches(WIDTH), height=_inches(size.height))
    for at in range(len(graph.columns)):
        there = (f"n{index}" for index, member in enumerate(graph.members) if graph.at(member) == at)
        dot.body.append(f"\t{{rank=same {' '.join((f'm{at}', *there))}}}\n")
    ties = graph.drawn()
    columns = {member.key: graph.at(member) for member in graph.members}
    for index, line in enumerate(lines(graph)):
        attributes = {"style": "invis"}
        if line.tie is not None:
            # The engine gives up on some labels between boxes of one column; those are told in words only.
            tie = ties[line.tie]
            label = tie_lines(tie) if columns[tie.source] != columns[tie.target] else ()
            attributes = {"dir": "back"} if line.back else {}
            attributes |= {"label": _room(*tie_size(label))} if label else {}
        dot.edge(line.tail, line.head, id=f"e{index}", **attributes)
    return str(dot.source)


def _room(width: float, height: float) -> str:
    return ('<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" '
            f'WIDTH="{width:.0f}" HEIGHT="{height:.0f}"><TR><TD></TD></TR></TABLE>>')


def _inches(points: float) -> str:
    return f"{points / 72:.4f}"
