"""The emotion lane: curves that touch every score, overshoot none, and stop where nobody was asked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from diagrams.xml_rules import by_class, parse
from journeybook.diagrams.emotion import BOTTOM, TOP, EmotionDrawing, EmotionPlot, cell, per_cent

Golden = Callable[[str, str], None]
PLOT = EmotionPlot(
    -2,
    2,
    (0.0, -0.3, 0.3, -1.7, None, 0.7, -1.0),
    ((1, 1, 1, -1, None, -1, 0), (None, -1, None, -2, 0, -1, -1)),
    ((False,) * 7, (False, True, False, True, True, True, True)),
)
scores = st.lists(st.none() | st.floats(-2, 2), min_size=1, max_size=9).map(tuple)


def pieces(plot: EmotionPlot) -> list[list[tuple[float, float]] | None]:
    """Per stage the points of the average's stroke, its curves at many places; None where there is none."""
    drawing = EmotionDrawing(plot)
    found: list[list[tuple[float, float]] | None] = []
    for column in range(len(plot.average)):
        strokes = [
            path for path in by_class(parse(drawing.cell(column)), "l-avg") if "st" in path.get("class", "")
        ]
        found.append(_follow(strokes[0].get("d", "")) if strokes else None)
    return found


def _follow(d: str) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for letter, numbers in re.findall(r"([MCH])([^MCH]*)", d):
        values = [float(part) for part in numbers.split()]
        if letter == "M":
            points.append((values[0], values[1]))
        elif letter == "H":
            points.append((values[0], points[-1][1]))
        else:
            (x1, y1), (x2, y2, x3, y3, x4, y4) = points[-1], values
            for step in range(1, 21):
                t, r = step / 20, 1 - step / 20
                k1, k2, k3, k4 = r**3, 3 * r * r * t, 3 * r * t * t, t**3
                points.append((k1 * x1 + k2 * x2 + k3 * x3 + k4 * x4, k1 * y1 + k2 * y2 + k3 * y3 + k4 * y4))
    return points


def test_lane_is_as_accepted(golden: Golden) -> None:
    """All cells of a lane with gaps, as somebody has looked at and accepted them."""
    drawing = EmotionDrawing(PLOT)
    golden(
        "".join(f"{drawing.cell(column)}\n" for column in range(7)).replace("><", ">\n<"),
        "diagrams/emotion.svg",
    )


@settings(max_examples=200, deadline=None)
@given(scores)
def test_curve_touches_every_score_and_overshoots_none(average: tuple[float | None, ...]) -> None:
    """At each centre the score itself; between two scores nothing above the higher or below the lower."""
    plot = EmotionPlot(-2, 2, average, ())
    for column, points in enumerate(pieces(plot)):
        score = average[column]
        assert (points is None) == (score is None)
        if points is None or score is None:
            continue
        height = BOTTOM - (score + 2) / 4 * (BOTTOM - TOP)
        assert min(abs(y - height) for x, y in points if abs(x - 50) < 0.01) < 0.06
        for x, y in points:
            other = average[max(0, min(len(average) - 1, column + (1 if x > 50 else -1)))]
            end = height if other is None else BOTTOM - (other + 2) / 4 * (BOTTOM - TOP)
            assert min(height, end) - 0.11 <= y <= max(height, end) + 0.11


@settings(max_examples=100, deadline=None)
@given(scores)
def test_neighbouring_cells_meet_and_gaps_stay_open(average: tuple[float | None, ...]) -> None:
    """Rated neighbours meet at their common edge; only beside a gap the line ends inside the cell."""
    drawn = pieces(EmotionPlot(-2, 2, average, ()))
    for column, points in enumerate(drawn):
        if points is None:
            continue
        first, last = column == 0, column == len(drawn) - 1
        assert (points[0][0] == 0) == (first or drawn[column - 1] is not None)
        assert (points[-1][0] == 100) == (last or drawn[column + 1] is not None)
        following = None if last else drawn[column + 1]
        if following is not None:
            assert abs(points[-1][1] - following[0][1]) <= 0.1


def test_flat_outside_the_first_and_last_centre() -> None:
    """Nothing is claimed about the time before the first score and after the last."""
    first, *_, last = pieces(EmotionPlot(-2, 2, (1.0, -2.0, 2.0), ()))
    assert first is not None and last is not None
    assert {y for x, y in first if x <= 50} == {29.0}
    assert {y for x, y in last if x >= 50} == {8.0}


def test_areas_come_before_strokes() -> None:
    """A tint never hides another persona's line; every line has both, and guesses say so."""
    classes = [path.get("class", "") for path in parse(cell(PLOT, 3))]
    assert classes == ["mid", "ar l-avg", "ar l-p0", "ar l-p1", "st l-avg", "st l-p0", "st l-p1 as"]


def test_unrated_stage_has_only_the_middle_line() -> None:
    """No score, no stroke: not even of the neighbours' curve."""
    assert [path.get("class") for path in parse(cell(EmotionPlot(-2, 2, (1, None, 2), ()), 1))] == ["mid"]


def test_cell_is_decoration() -> None:
    """The picture is hidden from readers; the cell says the same in text."""
    root = parse(cell(PLOT, 0))
    assert root.get("aria-hidden") == "true"
    assert root.get("viewBox") == "0 0 100 100"
    assert root.get("preserveAspectRatio") == "none"


def test_per_cent_follows_the_scale() -> None:
    """The top of any scale is near 0, its bottom near 100, and what is outside stays inside."""
    assert [per_cent(PLOT, score) for score in (2, 1, 0, -1, -2)] == [8, 29, 50, 71, 92]
    assert per_cent(EmotionPlot(1, 10, (), ()), 10) == 8
    assert per_cent(PLOT, 99) == 8
    assert per_cent(EmotionPlot(3, 3, (), ()), 3) == 50
    assert per_cent(PLOT, float("nan")) == 50


def test_a_lane_is_quick() -> None:
    """Seven stages and three personas take a fraction of a millisecond: thousands of pages have one each."""
    plot = EmotionPlot(-2, 2, PLOT.average, (PLOT.personas[0],) * 3)
    best = 1.0
    for _ in range(30):
        began = time.perf_counter()
        drawing = EmotionDrawing(plot)
        for column in range(7):
            drawing.cell(column)
        best = min(best, time.perf_counter() - began)
    assert best < 0.001
