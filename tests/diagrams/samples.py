"""Graphs and flows that several tests draw, and a layout that needs no engine."""

from __future__ import annotations

import re
from itertools import pairwise

from journeybook.diagrams.boxes import Edge, Graph, Node
from journeybook.diagrams.geometry import Box, Layout, Route

SEVEN = (
    "Find out",
    "Compare and choose",
    "Order",
    "Wait and install",
    "First weeks",
    "Get help",
    "Renew or leave",
)


def stages(titles: tuple[str, ...]) -> tuple[Node, ...]:
    """Stages with feelings from −2 to 2 in turn; the fourth is a moment of truth."""
    return tuple(
        Node(f"s{i}", title, f"#stage-{i}", "stage", i, moment_of_truth=i == 4, level=i % 5 - 2)
        for i, title in enumerate(titles, 1)
    )


def chain(titles: tuple[str, ...], *more: Edge) -> Graph:
    """Stages one after the other, and more edges."""
    nodes = stages(titles)
    steps = tuple(Edge(a.key, b.key) for a, b in pairwise(nodes))
    return Graph("Stages", nodes, steps + more)


LOOPS = chain(
    SEVEN,
    Edge("s4", "s3", "loop", "Missed slot, rebook · 14 %"),
    Edge("s6", "s5", "loop", "Fixed, back to normal · 81 %"),
    Edge("s7", "s2", "reentry", "Shops around again · 31 %"),
    Edge("s5", "s2", "back", "Does not like it"),
    Edge("s6", "s3", "back", "Needs other equipment than ordered at first · 12 %"),
    Edge("s4", "s4", "loop", "Waits again · 20 %"),
    Edge("s7", "s1", "reentry", "Moves house · 9 %"),
    Edge("s1", "s3", "skip", "Knows what they want · 22 %"),
)
BRANCHES = Graph(
    "Buy software",
    (
        *stages(("Notice", "Search", "Try it", "Talk to sales", "Buy online", "Set up", "Use", "Decide")),
        Node("start", "", kind="start"),
        Node("end", "Leaves", kind="end"),
        Node("j1", "Report a fault", "journeys/fault/", "journey", note="Service"),
        Node("j2", "Cancel the contract and move elsewhere", "journeys/cancel/", "journey"),
    ),
    (
        Edge("start", "s1"),
        Edge("s1", "s2"),
        Edge("s2", "s3"),
        Edge("s3", "s4", "branch", "Needs a contract · 35 %"),
        Edge("s3", "s5", "branch", "Small team · 65 %"),
        Edge("s4", "s6"),
        Edge("s5", "s6"),
        Edge("s6", "s7"),
        Edge("s7", "s8"),
        Edge("s2", "s5", "skip", "Knows the product · 12 %"),
        Edge("s6", "s4", "back", "Wrong plan · 8 %"),
        Edge("s7", "s7", "loop", "Every month"),
        Edge("s7", "j1", "exit", "Something breaks · 18 %"),
        Edge("j1", "s7", "win-back", "Fixed"),
        Edge("s8", "j2", "exit", "Not worth it · 9 %"),
        Edge("s8", "s1", "reentry", "Outgrows it"),
        Edge("s3", "end", "exit", "Gives up · 40 %"),
    ),
)
HOSTILE = Graph(
    'A "quoted" <b>&amp; \\N',
    (
        Node("a", '<script>alert(1)</script> & "q" \\N \\l', "javascript:alert(1)", "stage", 1),
        Node("b", "مرحبا بكم في رحلة العميل الجديدة", "#b", "stage", 2, level=2),
        Node("c", "👩‍👩‍👧‍👦 Family 🎉 中文字符测试长标题很长很长很长", "#c", "stage", 3, True, -2),
        Node("d", "\x00\x0b", kind="end"),
        Node("e", "https://intranet.example/very/long/path/without/breaks.html", "x", "journey"),
    ),
    (
        Edge("a", "b", "next", '<b>"x"</b> \\n & co'),
        Edge("b", "c", "branch", "عودة إلى البداية"),
        Edge("c", "a", "loop", "🎉🎉 很长很长很长很长很长很长很长"),
        Edge("c", "d", "exit", "<<TABLE>"),
        Edge("b", "e", "exit", '"];evil [URL="x'),
        Edge("b", "missing", "exit", "leads nowhere"),
    ),
)


def row_layout(dot: str) -> Layout:
    """Every box of a DOT text at its size in one row: a layout for tests of what we draw from one."""
    nodes: dict[str, Box] = {}
    x = 0.0
    for name, attributes in re.findall(r"^\t([nm]\d+) \[(.*)\]$", dot, re.M):
        sizes = dict(re.findall(r"\b(height|width)=([\d.]+)", attributes))
        height, width = float(sizes["height"]) * 72, float(sizes["width"]) * 72
        nodes[name] = Box(x + width / 2, 60.0, width, height)
        x += width + 40
    routes = []
    for tail, head, attributes in re.findall(
        r"^\t([nm]\d+)(?::\w)? -> ([nm]\d+)(?::\w)? \[(.*)\]$", dot, re.M
    ):
        a, b = nodes[tail], nodes[head]
        points = [(a.x + (b.x - a.x) * step / 3, 60.0 + 10 * step * (3 - step)) for step in range(4)]
        if "dir=back" in attributes:
            points.reverse()
        tip = None if "dir=none" in attributes else (points[-1][0] + 5, points[-1][1])
        label = ((a.x + b.x) / 2, 100.0) if "label=" in attributes else None
        routes.append(Route(tail, head, tuple(points), tip, label))
    return Layout(x, 120.0, nodes, tuple(routes))
