"""Positions: what a layout engine answers, checked and turned to SVG's axes. No text, no colours.

Lengths are points, which we draw as SVG user units. The origin is the top left corner and y grows downwards;
Graphviz counts from the bottom left, so everything is flipped on the way in.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from journeybook.frozen import dataclass

Point = tuple[float, float]

# Beyond this nothing is a picture any more; also keeps what we print short.
_LIMIT = 1_000_000.0
_NODE_LINE = re.compile(r"^\t([nm]\d+) \[", re.MULTILINE)
_EDGE_LINE = re.compile(r"^\t([nm]\d+) -> ([nm]\d+)\b", re.MULTILINE)


class UnusableError(ValueError):
    """An answer that is not the layout of the DOT it belongs to. The message is for the log."""


class Box(NamedTuple):
    """A node: its centre and its size."""

    x: float
    y: float
    w: float
    h: float


class Route(NamedTuple):
    """An edge: a Bézier path (1 + 3n points), the tip of its arrow and the centre of its label, if any.

    The path ends where its arrow begins, also when the arrow stands at the tail.
    """

    tail: str
    head: str
    points: tuple[Point, ...]
    tip: Point | None
    label: Point | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of one diagram is; ``edges`` stand in the order of the DOT."""

    width: float
    height: float
    nodes: Mapping[str, Box]
    edges: tuple[Route, ...]


def from_json0(data: Any, dot: str) -> Layout:
    """Read Graphviz's ``-Tjson0`` document; raises :class:`UnusableError` when it does not answer ``dot``."""
    try:
        left, bottom, right, top = _numbers(data["bb"])
        objects = [entry for entry in data.get("objects", ()) if "pos" in entry]  # the rest are subgraphs
        names = {entry["_gvid"]: entry["name"] for entry in objects}
        nodes = {
            entry["name"]: Box(*_flip(_point(entry["pos"]), left, top), *_size(entry)) for entry in objects
        }
        edges = sorted(data.get("edges", ()), key=lambda entry: int(entry["id"].removeprefix("e")))
        routes = tuple(_route(entry, names, left, top) for entry in edges)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise UnusableError(f"its answer cannot be read ({type(error).__name__})") from error
    return checked(Layout(right - left, top - bottom, nodes, routes), dot)


def checked(layout: Layout, dot: str) -> Layout:
    """The same layout, once it has exactly the nodes and edges of the DOT and no number is out of bounds."""
    if set(layout.nodes) != set(_NODE_LINE.findall(dot)):
        raise UnusableError("its answer has other nodes than the diagram")
    if [(route.tail, route.head) for route in layout.edges] != _EDGE_LINE.findall(dot):
        raise UnusableError("its answer has other edges than the diagram")
    numbers = [layout.width, layout.height, *(number for box in layout.nodes.values() for number in box)]
    for route in layout.edges:
        if len(route.points) % 3 != 1 or len(route.points) < 4:
            raise UnusableError("its answer has a broken line")
        points = (*route.points, route.tip or (0.0, 0.0), route.label or (0.0, 0.0))
        numbers += [number for point in points for number in point]
    if not all(math.isfinite(number) and abs(number) < _LIMIT for number in numbers):
        raise UnusableError("its answer has impossible positions")
    return layout


def to_data(layout: Layout) -> dict[str, Any]:
    """Plain data for the cache."""
    return {
        "size": [layout.width, layout.height],
        "nodes": {name: list(box) for name, box in layout.nodes.items()},
        "edges": [
            [route.tail, route.head, [list(point) for point in route.points], route.tip, route.label]
            for route in layout.edges
        ],
    }


def from_data(data: Any, dot: str) -> Layout:
    """What :func:`to_data` wrote; raises :class:`UnusableError` when it is anything else."""
    try:
        width, height = (float(number) for number in data["size"])
        nodes = {str(name): Box(*(float(number) for number in box)) for name, box in data["nodes"].items()}
        routes = tuple(
            Route(tail, head, tuple(map(_pair, points)), tip and _pair(tip), label and _pair(label))
            for tail, head, points, tip, label in data["edges"]
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableError("the stored layout is damaged") from error
    return checked(Layout(width, height, nodes, routes), dot)


def _route(entry: Any, names: Mapping[int, str], left: float, top: float) -> Route:
    """``e,x,y x,y x,y …``: an arrow tip (``s,``: at the tail), if any, then the spline; first of several."""
    tip: Point | None = None
    points: list[Point] = []
    backwards = False
    for part in entry["pos"].split(";")[0].split():
        if part[:2] in ("e,", "s,"):
            tip, backwards = _flip(_point(part[2:]), left, top), part[0] == "s"
        else:
            points.append(_flip(_point(part), left, top))
    if backwards:
        points.reverse()
    label = _flip(_point(entry["lp"]), left, top) if entry.get("lp") else None
    return Route(names[entry["tail"]], names[entry["head"]], tuple(points), tip, label)


def _size(entry: Any) -> tuple[float, float]:
    """Width and height in points; Graphviz gives inches."""
    return float(entry["width"]) * 72, float(entry["height"]) * 72


def _flip(point: Point, left: float, top: float) -> Point:
    return point[0] - left, top - point[1]


def _point(text: str) -> Point:
    x, y = _numbers(text)
    return x, y


def _pair(value: Any) -> Point:
    x, y = value
    return float(x), float(y)


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]
