"""The lifecycle diagram: its DOT, its two pictures and its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from diagrams.samples import row_layout
from diagrams.xml_rules import HREF, by_class, parse, texts
from journeybook.diagrams.atlas import AtlasGraph, Banner, Column, Member, Tie, atlas_label, atlas_words, weight
from journeybook.diagrams.atlas_dot import atlas_dot
from journeybook.diagrams.atlas_draw import draw_atlas
from journeybook.diagrams.atlas_list import WHOLE, draw_list
from journeybook.diagrams.layout import Graphviz

Golden = Callable[[str, str], None]
KINDS = ("next", "branch", "skip", "back", "loop", "reentry", "exit", "win-back")
_ATTRIBUTE = (
    r'(?:(?:width|height|nodesep|ranksep|margin|arrowsize)=[\d.]+|rankdir=LR|shape=box|fixedsize=true|label=""|id=e\d+'
    r'|dir=back|style=invis|label=<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" '
    r'WIDTH="\d+" HEIGHT="\d+"><TR><TD></TD></TR></TABLE>>)'
)
_LINE = re.compile(
    rf"digraph g {{|}}|\t{{rank=same [mn\d ]+}}|\t(?:graph|node|edge|[nm]\d+|[nm]\d+ -> [nm]\d+) "
    rf"\[{_ATTRIBUTE}(?: {_ATTRIBUTE})*\]"
)

ATLAS = AtlasGraph(
    "Journeys by category",
    (Column("Prospect", "Qualify"), Column("Buyer", "Conversion"), Column("Customer", "Value"), Column("Churn")),
    (
        Member("search", "There has to be something better", "journeys/search/", 0),
        Member("buy", "Choose something I will not have to choose again", "journeys/buy/", 1),
        Member("year", "Make it work, and keep working", "journeys/year/", 2, ("Hinge: Renewal",), hinge=True),
        Member("bank", 'Get my <b>bank</b> & "coffee"', "journeys/bank/", 2, ("Part of Make it work",), part_of="year"),
        Member("gap+3", "No journey", "", 3, kind="gap"),
    ),
    (
        Tie("search", "buy"),
        Tie("buy", "search", "exit"),
        Tie("buy", "year"),
        Tie("year", "search", "reentry"),
        Tie("bank", "year"),
        Tie("year", "missing", "exit"),
    ),
    (Banner("The whole relationship", "journeys/whole/", 0, 2, "whole"),),
    (2, "First paid month"),
)
CATEGORIES = AtlasGraph(
    "Categories",
    (Column(""), Column(""), Column("")),
    tuple(Member(f"in-{name}", name.capitalize(), f"lifecycle/{name}/", at, ("42 journeys",), "category")
          for at, name in enumerate(("buyer", "customer", "churn"))),
    (
        Tie("in-buyer", "in-customer", "next", 12, "12 ways on"),
        Tie("in-customer", "in-churn", "next", 30, "27 exits\n3 hinges"),
        Tie("in-churn", "in-buyer", "next", 2, "2 win-backs"),
    ),
    (),
    (1, "First paid month"),
)


@st.composite
def atlases(draw_from: st.DrawFn) -> AtlasGraph:
    """Any atlas: odd words, parallel and dangling arrows, details of themselves, columns that do not exist."""
    words = st.text(max_size=30)
    count = draw_from(st.integers(0, 8))
    columns = tuple(Column(draw_from(words), draw_from(words)) for _ in range(draw_from(st.integers(1, 4))))
    keys = st.sampled_from([*(f"k{index}" for index in range(count)), "nowhere"])
    kinds = st.sampled_from(("journey", "category", "near", "gap"))
    members = tuple(
        Member(f"k{index}", draw_from(words), draw_from(st.sampled_from(("", "#a", "javascript:x", "b/?c=d&e"))),
               draw_from(st.integers(-1, 9)), tuple(draw_from(st.lists(words, max_size=4))), draw_from(kinds),
               draw_from(st.booleans()), draw_from(keys))
        for index in range(count))
    tie = st.builds(Tie, keys, keys, st.sampled_from((*KINDS, "odd")), st.integers(1, 99), words)
    banners = (Banner(draw_from(words), "x/", 0, len(columns) - 1),) if draw_from(st.booleans()) else ()
    return AtlasGraph(draw_from(words), columns, members, tuple(draw_from(st.lists(tie, max_size=12))), banners,
                      draw_from(st.none() | st.tuples(st.integers(0, len(columns) - 1), words)))


@pytest.mark.parametrize(("name", "graph"), [("journeys", ATLAS), ("categories", CATEGORIES)])
def test_dot_and_pictures_are_as_accepted(golden: Golden, name: str, graph: AtlasGraph) -> None:
    """The DOT, both pictures and the words, as somebody has looked at and accepted them."""
    dot = atlas_dot(graph)
    golden(dot, f"diagrams/atlas-{name}.dot")
    golden(f"{draw_atlas(graph, row_layout(dot))}\n".replace("><", ">\n<"), f"diagrams/atlas-{name}.svg")
    golden(f"{draw_list(graph)}\n".replace("><", ">\n<"), f"diagrams/atlas-{name}-list.svg")
    golden("\n".join((atlas_label(graph), *atlas_words(graph), "")), f"diagrams/atlas-{name}.txt")


@settings(max_examples=60, deadline=None)
@given(atlases())
def test_any_atlas_is_drawn_twice_and_well_formed(graph: AtlasGraph) -> None:
    """Each box and each arrow exactly once in both pictures, and no word of a user in the DOT."""
    dot = atlas_dot(graph)
    for line in dot.splitlines():
        assert _LINE.fullmatch(line), line
    for picture in (draw_atlas(graph, row_layout(dot)), draw_list(graph)):
        root = parse(picture)
        boxes = [box for kind in ("journey", "category", "near", "gap") for box in by_class(root, f"k-{kind}")]
        assert len(boxes) == len(graph.members)
        assert len({id(edge) for edge in by_class(root, "ed") if edge.find("path") is not None}) == len(graph.drawn())
        assert not any("javascript" in (part.get(HREF) or "") for part in root.iter())
    assert len(atlas_words(graph)) >= len(graph.drawn())


@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.lists(atlases(), min_size=6, max_size=6))
def test_the_real_engine_takes_any_atlas(several: list[AtlasGraph]) -> None:
    """Whatever we write as DOT, Graphviz lays out; every journey stands in its column."""
    graphviz = Graphviz(engine="embedded")
    for graph, layout in zip(several, graphviz.layout([atlas_dot(graph) for graph in several]), strict=True):
        assert layout is not None, graphviz.failures
        parse(draw_atlas(graph, layout))
        for index, member in enumerate(graph.members):
            assert layout.nodes[f"n{index}"].x == pytest.approx(layout.nodes[f"m{graph.at(member)}"].x, abs=1)


def test_what_leads_back_never_moves_a_category() -> None:
    """Columns keep the atlas's order, however many arrows lead back."""
    ties = tuple(Tie(f"k{b}", f"k{a}", "reentry") for a in range(5) for b in range(a + 1, 5))
    graph = AtlasGraph("Back", tuple(Column(str(at)) for at in range(5)),
                       tuple(Member(f"k{at}", f"J{at}", "", at) for at in range(5)), ties)
    layout = Graphviz(engine="embedded").layout([atlas_dot(graph)])[0]
    assert layout is not None
    places = [layout.nodes[f"n{at}"].x for at in range(5)]
    assert places == sorted(places)


@settings(max_examples=60, deadline=None)
@given(atlases())
def test_the_list_fits_a_phone_and_nothing_overlaps(graph: AtlasGraph) -> None:
    """No box covers another; with a few arrows the picture is no wider than a phone shows without shrinking."""
    root = parse(draw_list(graph))
    rects = [part.find("rect") for part in by_class(root, "nd") if part.find("rect") is not None]
    spans = sorted((float(r.get("y", 0)), float(r.get("height", 0))) for r in rects if r is not None)
    for (y, height), (following, _) in pairwise(spans):
        assert y + height < following
    assert float(root.get("viewBox", "").split()[2]) <= WHOLE + 4


def test_stronger_lines_stand_for_more_links() -> None:
    """Four strengths, in powers of three."""
    assert [weight(Tie("a", "b", count=n)) for n in (1, 2, 3, 8, 9, 26, 27, 999)] == [
        "w1", "w1", "w2", "w2", "w3", "w3", "w4", "w4"]


def test_the_purchase_point_and_holes_are_drawn_and_told() -> None:
    """The line where a buyer becomes a customer and an empty category are in both pictures and in the words."""
    for picture in (draw_atlas(ATLAS, row_layout(atlas_dot(ATLAS))), draw_list(ATLAS)):
        root = parse(picture)
        assert {"First paid month", "No journey"} <= set(texts(root))
        assert len(by_class(root, "hg")) == 1
    words = " ".join(atlas_words(ATLAS))
    assert "Churn: No journey." in words
    assert "First paid month stands before Customer." in words
    assert "First paid month stands before Customer." in atlas_words(CATEGORIES)
