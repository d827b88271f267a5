"""The emotion lane: one small picture per table cell, which together make one unbroken curve.

Each cell is 100 × 100 user units, stretched to the cell by the browser; 8 is the top of the scale and 92 the
bottom. Curves are monotone cubic (Fritsch–Carlson tangents): they touch every score and never overshoot one.
Nothing is ever drawn across a stage that nobody rated.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from markupsafe import Markup

from journeybook.frozen import dataclass

TOP, BOTTOM = 8.0, 92.0
# How far a line runs on, flat, beside a score whose neighbour is missing: shows that it ends here on purpose.
STUB = 22
_OPEN = '<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">'
_MIDDLE = '<path class="mid" d="M0 50H100"/>'


@dataclass(frozen=True, slots=True)
class EmotionPlot:
    """Scores by stage, None = not rated; ``personas`` in the order of the page.

    ``assumed`` has the shape of ``personas`` and says which scores nobody has observed or measured yet.
    """

    low: float
    high: float
    average: tuple[float | None, ...]
    personas: tuple[tuple[float | None, ...], ...]
    assumed: tuple[tuple[bool, ...], ...] = ()


class EmotionDrawing:
    """The cells of one plot; the curves are computed once."""

    def __init__(self, plot: EmotionPlot) -> None:
        self._plot = plot
        lines = [("avg", plot.average), *((f"p{index}", line) for index, line in enumerate(plot.personas))]
        self._curves = [(name, _curve([_height(plot, score) for score in line])) for name, line in lines]

    def cell(self, column: int) -> Markup:
        """The picture of one stage: middle line, all areas, then all strokes: no tint hides a line."""
        areas, strokes = [], []
        for index, (name, curve) in enumerate(self._curves):
            if column >= len(curve) or curve[column] is None:
                continue
            start, bends, end = curve[column] or ("", "", "")
            guess = " as" if index and self._assumed(index - 1, column) else ""
            areas.append(f'<path class="ar l-{name}" d="M{start} 50L{bends}L{end} 50Z"/>')
            strokes.append(f'<path class="st l-{name}{guess}" d="M{bends}"/>')
        return Markup(f"{_OPEN}{_MIDDLE}{''.join(areas)}{''.join(strokes)}</svg>")  # noqa: S704  numbers only

    def _assumed(self, persona: int, column: int) -> bool:
        rows = self._plot.assumed
        return persona < len(rows) and column < len(rows[persona]) and rows[persona][column]


def cell(plot: EmotionPlot, column: int) -> Markup:
    """One cell. For a whole lane make one :class:`EmotionDrawing` and ask it for each."""
    return EmotionDrawing(plot).cell(column)


def per_cent(plot: EmotionPlot, score: float) -> int:
    """How far down in a cell a score stands, 0 … 100, for the class ``y-<n>`` of its dot."""
    height = _height(plot, score)
    return 50 if height is None else round(height)


def _height(plot: EmotionPlot, score: float | None) -> float | None:
    """The y of a score, held inside the scale; the middle for a scale without extent."""
    if score is None or not isfinite(score):
        return None
    extent = plot.high - plot.low
    share = (score - plot.low) / extent if extent > 0 else 0.5
    return BOTTOM - (BOTTOM - TOP) * min(1.0, max(0.0, share))


_Cell = tuple[str, str, str]


def _curve(heights: Sequence[float | None]) -> list[_Cell | None]:
    """Per stage: the x where its piece starts, the path commands after ``M``, the x where it ends."""
    ways = _ways(heights)
    last = len(heights) - 1
    cells: list[_Cell | None] = []
    for index, y in enumerate(heights):
        if y is None:
            cells.append(None)
            continue
        before = ways[index - 1] if index else None
        after = ways[index] if index < last else None
        if before is not None:
            start, path = "0", f"0 {before[2]:.1f}C16.7 {before[3]:.1f} 33.3 {before[4]:.1f} 50 {y:.1f}"
        else:
            start = "0" if index == 0 else str(50 - STUB)
            path = f"{start} {y:.1f}H50"
        if after is not None:
            end, path = "100", f"{path}C66.7 {after[0]:.1f} 83.3 {after[1]:.1f} 100 {after[2]:.1f}"
        else:
            end = "100" if index == last else str(50 + STUB)
            path = f"{path}H{end}"
        cells.append((start, path, end))
    return cells


_Way = tuple[float, float, float, float, float]


def _ways(heights: Sequence[float | None]) -> list[_Way | None]:
    """From each stage to the next: two control points, the height half way, two more. None across a gap.

    The curve is cut at its middle, the edge of the cells, by de Casteljau's rule: both halves are exact.
    """
    slopes = _slopes(heights)
    found: list[_Way | None] = []
    for index in range(len(heights) - 1):
        a, b = heights[index], heights[index + 1]
        if a is None or b is None:
            found.append(None)
            continue
        p, q = a + slopes[index] / 3, b - slopes[index + 1] / 3
        found.append(
            ((a + p) / 2, (a + 2 * p + q) / 4, (a + 3 * p + 3 * q + b) / 8, (p + 2 * q + b) / 4, (q + b) / 2)
        )
    return found


def _slopes(heights: Sequence[float | None]) -> list[float]:
    """Tangents at the scores, per stage; zero at a turning point: that keeps the curve from overshooting."""
    slopes = [0.0] * len(heights)
    for index, y in enumerate(heights):
        if y is None:
            continue
        before = heights[index - 1] if index else None
        after = heights[index + 1] if index + 1 < len(heights) else None
        left = None if before is None else y - before
        right = None if after is None else after - y
        if left is None or right is None:
            # Level where a line begins and ends: it runs on flat there.
            continue
        slopes[index] = 0.0 if left * right <= 0 else 2 * left * right / (left + right)
    return slopes
