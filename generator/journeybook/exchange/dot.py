"""DOT: the stages of a journey and the ways between them, with their words, for Graphviz and what reads its language.

Not what our own pictures are laid out from (:mod:`journeybook.diagrams.graph_dot`): that holds no word of a user.
"""

from __future__ import annotations

import graphviz

from journeybook.exchange.mermaid import elsewhere, label_of
from journeybook.model import Atlas, Journey

STYLES = {"back": "dashed", "loop": "dashed", "reentry": "dashed", "win-back": "dashed", "exit": "dotted"}


def dot_text(journey: Journey, atlas: Atlas) -> str:
    """The graph; every text is escaped, so that none can be taken for an HTML label or an attribute."""
    dot = graphviz.Digraph(graphviz.escape(journey.id), graph_attr={"rankdir": "LR"}, node_attr={"shape": "box"})
    dot.attr(label=graphviz.escape(journey.spec.title))
    names = {stage.key: f"s{stage.number}" for stage in journey.stages}
    for stage in journey.stages:
        dot.node(names[stage.key], graphviz.escape(f"{stage.number}. {stage.title}"))
    for way in journey.transitions:
        for end in (way.source, way.target):
            if end not in names:
                names[end] = f"x{len(names) + 1}"
                words = elsewhere(atlas.stages.get(end), atlas, str(end))
                dot.node(names[end], graphviz.escape(words), style="dashed")
        label = label_of(way)
        style = {"style": STYLES[way.type]} if way.type in STYLES else {}
        dot.edge(names[way.source], names[way.target], graphviz.escape(label) if label else None, **style)
    return str(dot.source)
