"""Line charts: what they say, what they leave out, and numbers of every size."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagrams.xml_rules import by_class, parse, texts
from journeybook.diagrams.charts import Series, history, mini_curve, sparkline
from journeybook.diagrams.scale import Scale, ticks
from journeybook.diagrams.text import text_width

Golden = Callable[[str, str], None]
MONTHS = tuple(date(2024 + (9 + index) // 12, (9 + index) % 12 + 1, 1) for index in range(13))
FALLING = (84, 83, 80, 79, 81, 78, 76, 77, 74, 73, 72, 70, 71)


def series(values: tuple[float | None, ...], target: float | None = None, unit: str = "%") -> Series:
    """A metric by month."""
    return Series("Installed in time", unit, True, tuple(zip(MONTHS, values, strict=False)), target, "off")


any_series = st.builds(
    Series,
    st.text(max_size=20),
    st.sampled_from(("", "%", "days", "£")),
    st.booleans(),
    st.lists(
        st.tuples(
            st.integers(0, 4000).map(lambda days: date(2020, 1, 1) + timedelta(days)), st.none() | st.floats()
        ),
        max_size=20,
        unique_by=lambda point: point[0],
    ).map(lambda points: tuple(sorted(points, key=lambda point: point[0]))),
    st.none() | st.floats(),
    st.sampled_from(("ok", "watch", "off", "none", "odd")),
)


def test_charts_are_as_accepted(golden: Golden) -> None:
    """A small and a large chart, as somebody has looked at and accepted them."""
    gaps = (*FALLING[:4], None, 81, None, *FALLING[7:])
    golden(f"{sparkline(series(gaps, 95))}\n".replace("><", ">\n<"), "diagrams/sparkline.svg")
    golden(f"{history(series(gaps, 95))}\n".replace("><", ">\n<"), "diagrams/history.svg")


@settings(max_examples=150, deadline=None)
@given(any_series)
def test_any_series_is_well_formed(chart: Series) -> None:
    """Any numbers, also infinite ones, give allowed markup without nan, or nothing when nothing is known."""
    known = chart.measured()
    for drawn in (sparkline(chart), history(chart)):
        assert bool(drawn) == bool(known)
        if drawn:
            root = parse(drawn)
            assert len(list(root.iter("circle"))) == 1
            _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
            circle = next(root.iter("circle"))
            assert 0 <= float(circle.get("cx", "")) <= width
            assert 0 <= float(circle.get("cy", "")) <= height


def test_gaps_break_the_line_and_lone_points_stay() -> None:
    """Nothing is drawn across months without a value; a value between two gaps is a dot."""
    root = parse(history(series((1, 2, None, 3, None, 4, 5))))
    line, lone = by_class(root, "ln")
    assert line.get("d", "").count("M") == 2
    assert line.get("d", "").count("L") == 2
    assert lone.get("d", "").count("M") == 1


def test_label_states_the_facts() -> None:
    """Start, low, high, now and target, for those who cannot see the line."""
    label = parse(sparkline(series(FALLING, 95))).get("aria-label", "")
    assert label == (
        "Line chart. Installed in time, Oct 24 to Oct 25: starts at 84\u202f%, lowest 70\u202f%, "
        "highest 84\u202f%, now 71\u202f%. Target 95\u202f%."
    )
    assert "Target" not in parse(sparkline(series(FALLING))).get("aria-label", "")


def test_single_value_is_a_dot_with_its_date() -> None:
    """One value is no line: it stands at the right end, and the label says its day."""
    root = parse(history(series((None, math.inf, 42.5, math.nan, 1.6e308))))
    assert [path.get("class") for path in by_class(root, "ln")] == ["ln lone"]
    assert root.get("aria-label") == "Installed in time, 1 Dec 2024: 42.5\u202f%."


def test_without_a_target_there_is_no_target_line() -> None:
    """No target, no dashed line and no label for it."""
    assert by_class(parse(history(series(FALLING))), "tg") == []
    assert len(by_class(parse(history(series(FALLING, 95))), "tg")) == 1


@pytest.mark.parametrize("target", [71, 72, 70, 68])
def test_value_and_target_labels_stay_apart(target: float) -> None:
    """Two labels at the right edge never cover each other."""
    root = parse(history(series(FALLING, target)))
    value, goal = by_class(root, "vl")[0], by_class(root, "tl")[0]
    assert abs(float(value.get("y", "")) - float(goal.get("y", ""))) >= 12


def test_labels_fit_into_the_picture() -> None:
    """Long values and units still end inside the picture."""
    root = parse(history(series((1.2e6, 1614804.25), 1.5e6, "customers")))
    for label in (*by_class(root, "vl"), *by_class(root, "tl")):
        assert float(label.get("x", "")) + text_width(label.text or "", 11) <= 460
    for label in by_class(root, "ax"):
        if label.get("text-anchor") == "end":
            assert float(label.get("x", "")) - text_width(label.text or "", 10.5) >= 0


def test_absurd_numbers_have_short_names() -> None:
    """A value with three hundred digits does not become three hundred digits of text."""
    assert max(map(len, texts(parse(history(series((1e300, -1e300, 0))))))) < 20


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12), st.sampled_from(("", "%")))
def test_ticks_enclose_the_values_in_round_steps(one: float, other: float, unit: str) -> None:
    """At most seven marks, rising, around all values; axes do not invent values below zero."""
    low, high = min(one, other), max(one, other)
    marks = ticks(low, high, unit)
    slack = max(abs(low), abs(high)) * 1e-6 + 1e-5
    assert 2 <= len(marks) <= 7
    assert all(a < b for a, b in pairwise(marks))
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack
    if low >= 0:
        assert marks[0] >= 0
    if unit == "%" and high <= 100:
        assert marks[-1] <= 100


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (70, 95, (70, 80, 90, 100)),
        (10, 14, (10, 11, 12, 13, 14)),
        (50, 50, (45, 50, 55)),
        (0, 0, (0, 0.5, 1)),
        (100, 100, (90, 95, 100)),
        (-30, 10, (-30, -20, -10, 0, 10)),
        (0.62, 0.6203, (0.62, 0.6201, 0.6202, 0.6203)),
    ],
)
def test_ticks_are_the_ones_people_expect(low: float, high: float, expected: tuple[float, ...]) -> None:
    """Known ranges give known gridlines."""
    assert ticks(low, high, "%") == expected


def test_mini_curve_is_decoration() -> None:
    """Hidden from readers, broken at gaps, quiet when there is nothing."""
    root = parse(mini_curve((1, None, -2, 0), -2, 2))
    assert root.get("aria-hidden") == "true"
    assert root.get("aria-label") is None
    assert [path.get("class") for path in root] == ["mid", "st", "st lone"]
    assert [path.get("class") for path in parse(mini_curve((), -2, 2))] == ["mid"]
    assert parse(mini_curve((math.nan, None), 1, 1)) is not None


def test_scale_holds_what_is_outside_at_the_edge() -> None:
    """A value beyond the scale is drawn at its end, one on a scale without extent in the middle."""
    assert Scale(0, 10, 0, 100)(20) == 100
    assert Scale(5, 5, 0, 100)(5) == 50
