"""Where the arcs of a flow line run: which level each takes, where its legs stand, where its label goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from journeybook.diagrams.text import fit_share, text_width

RADIUS = 15.0  # of a station
BEND = 7.0
LABEL = 12.0  # font size; the style sheet sets the same one


@dataclass(slots=True)
class Way:
    """An arc or an exit. ``low`` and ``high`` are the x that it needs for itself on its level."""

    label: str
    kind: str
    source: int
    target: int | None  # None: leaves the journey
    low: float
    high: float
    to: str = ""
    weight: int = 0
    level: int = 0
    feet: list[float] = field(default_factory=list)  # x of its legs, the one at the source first


def pack(ways: list[Way]) -> None:
    """Levels from short to long, so that long ways bridge short ones; to share a station is no overlap."""
    placed: list[Way] = []
    for way in sorted(ways, key=lambda way: (round(way.high - way.low, 3), way.low)):
        taken = {other.level for other in placed if way.low < other.high - 0.1 and other.low < way.high - 0.1}
        way.level = next(level for level in range(len(ways)) if level not in taken)
        placed.append(way)


def place_feet(ways: list[Way], column: float) -> None:
    """Where legs stand on their stations: those that turn left at the left, the tallest in the middle."""
    standing: dict[int, list[tuple[tuple[int, int, int], Way, int]]] = {}
    for way in ways:
        ends = [way.source] if way.target is None else [way.source, way.target]
        way.feet = [0.0] * len(ends)
        for end, station in enumerate(ends):
            if way.target == way.source:
                side = 1 if end else -1  # a loop over its own station straddles it
                order = (0, side * (way.level + 1) * -1, 0)
            else:
                other = way.target if end == 0 else way.source
                right = other is None or other > station
                order = (1 if right else -1, -way.level if right else way.level, end)
            standing.setdefault(station, []).append((order, way, end))
    for station, legs in standing.items():
        legs.sort(key=lambda leg: leg[0])
        centre, pitch = (station + 0.5) * column, min(9.0, 2 * (RADIUS - 2) / max(1, len(legs) - 1))
        both = legs[0][0][0] != legs[-1][0][0]
        lean = 0.0 if both or len(legs) > 2 else 5.0 * legs[0][0][0]
        for index, (_, way, end) in enumerate(legs):
            way.feet[end] = centre + lean + (index - (len(legs) - 1) / 2) * pitch


def label_place(way: Way, ways: list[Way]) -> tuple[str, float]:
    """The label, shortened to the widest free stretch of its way, and its middle; "" when nothing fits."""
    # Its own legs end below it, so only those of higher arcs are in the way.
    legs = (foot for other in ways if other.level > way.level for foot in other.feet)
    stretches = list(
        pairwise([way.low, *sorted(foot for foot in legs if way.low < foot < way.high), way.high])
    )
    if way.target is None:
        # The words stay with their arrow, even when there would be more room elsewhere.
        stretches = [(low, high) for low, high in stretches if low < way.feet[0] + BEND < high] or stretches
    low, high = max(stretches, key=lambda stretch: round(stretch[1] - stretch[0], 3))
    text = fit_share(way.label, high - low - 5, LABEL, bold=True)
    if way.target is not None:
        return text, (low + high) / 2
    half = text_width(text, LABEL, bold=True) / 2
    return text, min(max(way.feet[0] + 2, low + 3) + half, high - 3 - half)


def landing(x: float, station: float, line: float) -> float:
    """The y where a leg at x meets the circle of its station."""
    away = min(abs(x - station), RADIUS - 1)
    return line - float((RADIUS**2 - away**2) ** 0.5) - 1
