"""The flow line: stations over their columns, arcs that do not get in each other's way."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagrams.samples import SEVEN
from diagrams.xml_rules import HREF, by_class, parse, texts
from journeybook.diagrams.flow import Arc, Flow, Station, column_width, draw_flow, flow_words
from journeybook.diagrams.text import text_width

Golden = Callable[[str, str], None]
KINDS = ("branch", "skip", "back", "loop", "reentry", "win-back", "odd")


def stations(count: int) -> tuple[Station, ...]:
    """Stations with the titles of a known journey, repeated as often as needed."""
    return tuple(
        Station(f"s{index}", index + 1, SEVEN[index % 7], f"#stage-s{index}", index == 3, index % 5 - 2)
        for index in range(count)
    )


FULL = Flow(
    stations(7),
    (
        Arc(3, 2, "Missed slot, rebook · 14 %", "loop"),
        Arc(6, 1, "Shops around again · 31 %", "reentry"),
        Arc(5, 2, "Needs other equipment than ordered at first · 12 %", "back"),
        Arc(3, 3, "Waits again", "loop"),
        Arc(0, 2, "Knows what they want · 22 %", "skip"),
    ),
    (True, True, False, True, True, True),
    ((1, "kept", "Order to planning"), (4, "broken", "Install to care")),
    ((1, "Gives up", ""), (6, "Cancel the contract", "journeys/cancel/")),
)
flows = st.integers(1, 12).flatmap(
    lambda count: st.builds(
        Flow,
        st.just(stations(count)),
        st.lists(
            st.builds(
                Arc,
                st.integers(-1, count),
                st.integers(-1, count),
                st.sampled_from(("", "Again · 14 %", "A rather long reason to go back · 3 %", "<&>")),
                st.sampled_from(KINDS),
            ),
            max_size=14,
        ).map(tuple),
        st.lists(st.booleans(), max_size=count).map(tuple),
        st.lists(
            st.tuples(st.integers(-1, count), st.sampled_from(("kept", '"><b')), st.text()), max_size=3
        ).map(tuple),
        st.lists(
            st.tuples(st.integers(-1, count), st.text(max_size=20), st.sampled_from(("", "a/"))), max_size=4
        ).map(tuple),
    )
)


def test_flow_is_as_accepted(golden: Golden) -> None:
    """The picture and its words, as somebody has looked at and accepted them."""
    golden(f"{draw_flow(FULL)}\n".replace("><", ">\n<"), "diagrams/flow.svg")
    golden("\n".join((*flow_words(FULL), "")), "diagrams/flow.txt")


@pytest.mark.parametrize("count", [1, 2, 3, 7, 12, 24])
def test_stations_stand_on_the_centres_of_equal_columns(count: int) -> None:
    """Whatever the number, station i stands at (i + ½) / n of the width."""
    root = parse(draw_flow(Flow(stations(count))))
    width = float(root.get("viewBox", "").split()[2])
    centres = [float(circle.get("cx", "")) / width for circle in root.iter("circle")]
    assert centres == pytest.approx([(index + 0.5) / count for index in range(count)], abs=1e-3)
    assert [text.isdigit() for text in texts(root)] == [True] * count


def test_nothing_to_show() -> None:
    """Without stations there is no picture, and one sentence."""
    assert draw_flow(Flow(())) == ""
    assert flow_words(Flow(())) == ("No stages.",)


def test_plain_chain_is_low() -> None:
    """Without arcs the row takes no more height than its stations."""
    assert float(draw_flow(Flow(stations(5))).split('viewBox="')[1].split()[3].split('"')[0]) < 45


@settings(max_examples=150, deadline=None)
@given(flows)
def test_any_flow_is_drawn_once_and_nothing_overlaps(flow: Flow) -> None:
    """Each station, valid arc and exit once; no label on another label or on a leg; arcs of a level apart."""
    count = len(flow.stations)
    root = parse(draw_flow(flow))
    ways = by_class(root, "ar")
    arcs = [arc for arc in flow.arcs if 0 <= arc.source < count and 0 <= arc.target < count]
    exits = [column for column, *_ in flow.exits if 0 <= column < count]
    assert len(by_class(root, "sn")) == count
    assert len(ways) == len(arcs) + len(exits)
    labels = [place for way in ways for place in _labels(way)]
    for index, (left, right, y, way) in enumerate(labels):
        for left2, right2, y2, _ in labels[:index]:
            assert right <= left2 or right2 <= left or abs(y - y2) >= 15
        for other in ways:
            for x, top, bottom in _legs(other):
                if other is not way:
                    assert not (left < x < right and top < y - 3 < bottom), (flow, way.get("class"))
    runs = [(*_run(way), way) for way in ways]
    for index, (y, left, right, _) in enumerate(runs):
        for y2, left2, right2, _ in runs[:index]:
            assert abs(y - y2) > 1 or right <= left2 + 0.2 or right2 <= left + 0.2


@settings(max_examples=60, deadline=None)
@given(flows)
def test_everything_stays_inside(flow: Flow) -> None:
    """No arc and no label leaves the picture."""
    root = parse(draw_flow(flow))
    width, height = (float(part) for part in root.get("viewBox", "").split()[2:])
    for way in by_class(root, "ar"):
        for left, right, y, _ in _labels(way):
            assert left >= -1 and right <= width + 1
            assert 10 <= y <= height
        y, left, right = _run(way)
        assert 0 <= left <= right <= width
        assert 0 <= y <= height


def _labels(way: ET.Element) -> list[tuple[float, float, float, ET.Element]]:
    """Left, right and baseline of the label of a way."""
    found = []
    for label in way.iter("text"):
        x, y = float(label.get("x", "")), float(label.get("y", ""))
        half = text_width(label.text or "", 12, bold=True) / 2
        found.append((x - half, x + half, y, way))
    return found


def _points(way: ET.Element) -> tuple[list[float], list[str]]:
    path = way.find("path")
    assert path is not None
    match = re.fullmatch(
        r"M([\d.]+) ([\d.]+)V([\d.]+)q0 -7 -?[\d.]+ -7H([\d.]+)(?:q-?[\d.]+ 0 -?[\d.]+ 7V([\d.]+))?",
        path.get("d", ""),
    )
    assert match, path.get("d")
    return [float(part) for part in match.groups() if part], path.get("d", "").split("q")


def _legs(way: ET.Element) -> list[tuple[float, float, float]]:
    """x, top and bottom of the upright strokes of a way."""
    (x, bottom, top, *_), parts = _points(way)
    legs = [(x, top - 7, bottom)]
    if len(parts) > 2:
        turn = float(parts[2].split()[0])
        legs.append((float(parts[1].split("H")[1]) + turn, top - 7, bottom))
    return legs


def _run(way: ET.Element) -> tuple[float, float, float]:
    """y, left and right of the level stroke of a way."""
    (x, _, top, end, *_), _ = _points(way)
    return top - 7, min(x, end), max(x, end)


def test_label_of_a_short_arc_keeps_its_share() -> None:
    """What does not fit is shortened; the share at its end stays."""
    flow = Flow(stations(12), (Arc(5, 4, "An unusually long reason for going back · 14 %", "loop"),))
    label = next(text for text in texts(parse(draw_flow(flow))) if not text.isdigit())
    assert label.endswith("… · 14 %")
    assert text_width(label, 12) < column_width(12)
    assert "An unusually long reason for going back, 14 %" in " ".join(flow_words(flow))


def test_gaps_diamonds_and_links() -> None:
    """A missing step has no line, a handoff has its status as a class, links go through href."""
    root = parse(draw_flow(FULL, lambda to: f"../{to}"))
    assert len(by_class(root, "fw")) == 5
    assert len(by_class(root, "h-kept")) == 1
    assert by_class(root, "mot")[0].get("class") == "sn mot vp1"
    assert [link.get(HREF) for link in by_class(root, "k-exit") if link.tag == "a"] == ["../journeys/cancel/"]


def test_words_tell_what_the_picture_shows() -> None:
    """Stages in order, moments of truth, missing steps, ways, handoffs and exits."""
    words = " ".join(flow_words(FULL))
    assert words.startswith("7 stages in order: 1 Find out, 2 Compare and choose")
    assert "Moment of truth: 4 Wait and install." in words
    assert "No line leads from 3 Order to 4 Wait and install." in words
    assert "1 Find out skips to 3 Order (Knows what they want, 22 %)." in words
    assert "After 5 First weeks: Install to care (broken)." in words
    assert "7 Renew or leave leaves for Cancel the contract." in words
