"""The stage diagram: the DOT, the picture and the words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagrams.samples import BRANCHES, HOSTILE, LOOPS, SEVEN, chain, row_layout
from diagrams.xml_rules import HREF, by_class, parse, texts
from journeybook.diagrams.boxes import label_lines
from journeybook.diagrams.graph import Edge, Graph, Node, draw, graph_words, to_dot
from journeybook.diagrams.graph_dot import DENSE, is_dense, pieces
from journeybook.diagrams.layout import Graphviz
from journeybook.diagrams.text import text_width

Golden = Callable[[str, str], None]
KINDS = ("next", "branch", "skip", "back", "loop", "reentry", "exit", "win-back")
_ATTRIBUTES = (
    r"(?:(?:weight|width|height|nodesep|ranksep|margin|arrowsize|nslimit1?|mclimit)=[\d.]+"
    r"|rankdir=(?:LR|TB)|group=stages|shape=box|fixedsize=true|constraint=false|splines=line"
    r'|label=""|id=e\d+|dir=(?:back|none)|(?:head|tail)port=[nsew]'
    r'|label=<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" '
    r'WIDTH="\d+" HEIGHT="\d+"><TR><TD></TD></TR></TABLE>>)'
)
_LINE = re.compile(
    rf"digraph g {{|}}|\t{{rank=same m\d+ n\d+}}|\t(?:graph|node|edge|[nm]\d+|[nm]\d+ -> [nm]\d+) "
    rf"\[{_ATTRIBUTES}(?: {_ATTRIBUTES})*\]"
)


@st.composite
def graphs(draw_from: st.DrawFn) -> Graph:
    """Any graph: odd words, parallel edges, circles, dangling ends, nodes of every kind."""
    words = st.text(max_size=30)
    count = draw_from(st.integers(0, 8))
    kinds = st.sampled_from(("stage", "journey", "start", "end", "odd"))
    nodes = tuple(
        Node(
            f"k{index}",
            draw_from(words),
            draw_from(st.sampled_from(("", "#a", "javascript:x", "b/?c=d&e"))),
            draw_from(kinds),
            draw_from(st.none() | st.integers(0, 300)),
            draw_from(st.booleans()),
            draw_from(st.none() | st.integers(-2, 2)),
            draw_from(words),
        )
        for index in range(count)
    )
    keys = st.sampled_from([*(f"k{index}" for index in range(count)), "nowhere"])
    edge = st.builds(Edge, keys, keys, st.sampled_from((*KINDS, "odd")), words)
    edges = draw_from(st.lists(edge, max_size=14))
    return Graph(draw_from(words), nodes, tuple(edges), draw_from(st.sampled_from(("LR", "TB"))))


@pytest.mark.parametrize(("name", "graph"), [("loops", LOOPS), ("branches", BRANCHES), ("hostile", HOSTILE)])
def test_dot_and_picture_are_as_accepted(golden: Golden, name: str, graph: Graph) -> None:
    """The DOT, our SVG for a given layout, and the words, as somebody has looked at and accepted them."""
    dot = to_dot(graph)
    golden(dot, f"diagrams/graph-{name}.dot")
    golden(f"{draw(graph, row_layout(dot))}\n".replace("><", ">\n<"), f"diagrams/graph-{name}.svg")
    golden("\n".join((*graph_words(graph), "")), f"diagrams/graph-{name}.txt")


@settings(max_examples=200, deadline=None)
@given(graphs())
def test_any_graph_is_drawn_once_and_well_formed(graph: Graph) -> None:
    """Well-formed, allowed markup with each node and each edge exactly once, for any graph at all."""
    root = parse(draw(graph, row_layout(to_dot(graph))))
    assert len(by_class(root, "nd")) == len(graph.nodes)
    edges = by_class(root, "ed")
    assert len(edges) == len(graph.drawn_edges())
    for edge, drawn in zip(graph.drawn_edges(), edges, strict=True):
        assert len(drawn.findall("polygon")) == 1
        assert tuple(line.text for line in drawn.findall("text")) == label_lines(edge.label)
    assert len(graph_words(graph)) >= len(edges)


@settings(max_examples=200, deadline=None)
@given(graphs())
def test_no_word_of_a_user_reaches_the_engine(graph: Graph) -> None:
    """Every line of the DOT consists of our own names and the attributes on the list."""
    for line in to_dot(graph).splitlines():
        assert _LINE.fullmatch(line), line


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(graphs(), min_size=8, max_size=8))
def test_the_real_engine_takes_any_graph(several: list[Graph]) -> None:
    """Whatever we write as DOT, Graphviz lays out, and the answer can be drawn.

    The same graphs in every run: the engine stops at one in some thousands (two ways each against the other's
    direction between boxes of one group), and such a diagram is told in words.
    """
    graphviz = Graphviz(engine="embedded")
    for graph, layout in zip(several, graphviz.layout([to_dot(graph) for graph in several]), strict=True):
        assert layout is not None, graphviz.failures
        parse(draw(graph, layout))


@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("graph", [LOOPS, BRANCHES, HOSTILE])
def test_nothing_overlaps(graph: Graph, direction: str) -> None:
    """With the real engine no box covers another, and no label covers a box or another label."""
    graph = Graph(graph.name, graph.nodes, graph.edges, direction)
    layout = Graphviz(engine="embedded").layout([to_dot(graph)])[0]
    assert layout is not None
    places = [(box.x, box.y, box.w, box.h) for box in layout.nodes.values()]
    for piece, route in zip(pieces(graph), layout.edges, strict=True):
        if piece.label:
            assert route.label is not None
            width = max(text_width(line, 12) for line in piece.label)
            places.append((*route.label, width, len(piece.label) * 15))
    for index, (x, y, w, h) in enumerate(places):
        for x2, y2, w2, h2 in places[:index]:
            assert abs(x - x2) >= (w + w2) / 2 - 0.5 or abs(y - y2) >= (h + h2) / 2 - 0.5


@pytest.mark.parametrize("count", [2, 7, 24])
def test_stages_of_a_chain_stand_in_a_row(count: int) -> None:
    """Loops never bend the line of stages or change their order."""
    titles = tuple(f"Stage {index}" for index in range(count))
    back = Edge(f"s{count}", "s1", "reentry", "Once more")
    graph = chain(titles, back, Edge(f"s{count}", f"s{count - 1}", "loop", "Again"))
    layout = Graphviz(engine="embedded").layout([to_dot(graph)])[0]
    assert layout is not None
    boxes = [layout.nodes[f"n{index}"] for index in range(count)]
    assert len({round(box.y) for box in boxes}) == 1
    assert [box.x for box in boxes] == sorted(box.x for box in boxes)
    assert len({(box.w, box.h) for box in boxes}) == 1


def test_empty_and_single_graphs() -> None:
    """No node and one node make small pictures, not errors."""
    for graph in (Graph("Nothing", (), ()), chain(("Only one",))):
        layout = Graphviz(engine="embedded").layout([to_dot(graph)])[0]
        assert layout is not None
        assert len(by_class(parse(draw(graph, layout)), "nd")) == len(graph.nodes)


def test_dense_graphs_are_drawn_the_quick_way() -> None:
    """A graph that nobody can read takes seconds at most, and gets no extra boxes for labels."""
    pick = random.Random(1)
    nodes = tuple(Node(f"s{index}", f"Stage {index}", number=index) for index in range(200))
    edges = tuple(
        Edge(f"s{pick.randrange(200)}", f"s{pick.randrange(200)}", "branch", "x") for _ in range(600)
    )
    graph = Graph("Dense", nodes, edges)
    assert is_dense(graph)
    assert len(pieces(graph)) == 600
    assert "splines=line" in to_dot(graph)
    assert not is_dense(Graph("Small", nodes[: DENSE // 2], edges[: DENSE // 2]))


def test_links_are_relative_and_outside_the_tab_order() -> None:
    """Targets go through href; links are xlink:href, cannot run code, and leave the tab order alone."""
    root = parse(draw(BRANCHES, row_layout(to_dot(BRANCHES)), lambda to: f"../{to}"))
    links = list(root.iter("a"))
    assert [link.get(HREF) for link in links][-1] == "../journeys/cancel/"
    assert {link.get("tabindex") for link in links} == {"-1"}
    assert " href=" not in draw(HOSTILE, row_layout(to_dot(HOSTILE)))
    assert "javascript:" not in draw(HOSTILE, row_layout(to_dot(HOSTILE)))


def test_classes_say_what_a_node_is() -> None:
    """Kind, moment of truth and feeling are classes; the feeling is also the height of a dot."""
    root = parse(draw(LOOPS, row_layout(to_dot(LOOPS))))
    nodes = by_class(root, "nd")
    assert nodes[3].get("class") == "nd k-stage mot vp2"
    heights = [float(dot.get("cy", "")) for dot in by_class(root, "lv")]
    assert heights[4] > heights[0] > heights[1] > heights[2] > heights[3]
    assert [text for text in texts(root) if text.isdigit()] == [str(number) for number in range(1, 8)]


def test_words_name_both_ends_the_way_and_the_reason() -> None:
    """One sentence an arrow, with what the label says; a dangling edge is not told."""
    words = graph_words(LOOPS)
    assert words[0] == "1 Find out leads to 2 Compare and choose."
    assert "4 Wait and install loops back to 3 Order (Missed slot, rebook, 14 %)." in words
    assert "4 Wait and install repeats (Waits again, 20 %)." in words
    assert not any("leads nowhere" in sentence for sentence in graph_words(HOSTILE))
    assert graph_words(chain(("Alone",)))[0] == "1 Alone stands alone."


def test_a_share_keeps_together_in_a_label() -> None:
    """Two lines at most; the share is never torn apart and needs no dot on its own line."""
    assert label_lines("Missed slot again · 14 %") == ("Missed slot again", "14\u202f%")
    assert len(label_lines(" ".join(SEVEN))) == 2
    assert label_lines("") == ()
