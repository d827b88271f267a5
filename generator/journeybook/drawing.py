"""Views → layouts → pages: drawn by copies of this process, but for those that are as they were."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

from journeybook.diagrams.atlas import AtlasGraph
from journeybook.diagrams.atlas_dot import atlas_dot
from journeybook.diagrams.graph import to_dot
from journeybook.diagrams.layout import Graphviz, Layout
from journeybook.finished import Entry, Finished, pack
from journeybook.reading import Clock, tell
from journeybook.render import Page, Renderer
from journeybook.settings import Limits, Settings
from journeybook.views import Maker, Makers
from journeybook.views.pages import View
from journeybook.views.reads import Read, digest
from journeybook.workers import shared_out

AT_A_TIME = 16
Drawn: TypeAlias = tuple[Page, Entry | None, tuple[str, ...]]
"""A page, what is kept of it, and words about diagrams that had to be told in words."""


def draw_pages(making: Makers, renderer: Renderer, settings: Settings, finished: Finished | None, workers: int,
               clock: Clock | None, pause: Callable[[], None]) -> tuple[list[Page], list[str]]:
    """All pages, in the order of the site, and plain words about diagrams that had to be told in words.

    Pages that are ``finished`` and were made from what there is now are taken as they are. ``pause`` is called now and
    then while this process draws alone; what is drawn by then is not lost when it raises.
    """
    started = time.perf_counter()
    making.reads.table("icons", lambda: renderer.icons)
    entries: dict[str, Entry] = {}
    pages: dict[str, Page] = {}
    if finished:
        for maker in making.pages:
            entry = finished.entries.get(maker.name)
            if entry and entry.mark == _mark(making, maker, entry.reads) and (page := finished.page(maker.name)):
                entries[maker.name], pages[maker.name] = entry, page
        started = tell(clock, f"{len(pages)} kept", started)
    missing = [maker for maker in making.pages if maker.name not in pages]
    draw = partial(_draw, making, missing, renderer, settings, finished)
    drawn = (shared_out(draw, len(missing), workers) if workers > 1 else
             _one_by_one(draw, missing, finished, pause))
    notices: dict[str, None] = {}
    for maker, (page, entry, told) in zip(missing, drawn, strict=True):
        pages[maker.name] = page
        notices |= dict.fromkeys(told)
        if entry is not None:
            entries[maker.name] = entry
    tell(clock, f"{len(missing)} drawn", started)
    if finished:
        finished.keep(entries, {name: page for name, page in pages.items() if name in entries})
    return [pages[maker.name] for maker in making.pages], list(notices)


def draw_all(making: Makers, renderer: Renderer, settings: Settings) -> list[Page]:
    """All pages, here and now; none is kept."""
    return [page for page, *_ in _draw(making, making.pages, renderer, settings, None, range(len(making.pages)))]


def _mark(making: Makers, maker: Maker, reads: Iterable[Read]) -> str:
    """The fingerprint of all that a page was made from."""
    return digest((making.reads.fingerprint_of(maker.given), *map(making.reads.fingerprint, reads)))


def _one_by_one(draw: Callable[[range], list[Drawn]], makers: Sequence[Maker], finished: Finished | None,
                pause: Callable[[], None]) -> list[Drawn]:
    """Some pages after others, so that diagrams are still laid out many at a time."""
    found: list[Drawn] = []
    for first in range(0, len(makers), AT_A_TIME):
        pause()
        share = range(first, min(first + AT_A_TIME, len(makers)))
        drawn = draw(share)
        for position, (page, entry, _) in zip(share, drawn, strict=True):
            if finished and entry is not None:
                finished.add(makers[position].name, entry, page)
        found += drawn
    return found


def _draw(making: Makers, makers: Sequence[Maker], renderer: Renderer, settings: Settings, finished: Finished | None,
          share: range) -> list[Drawn]:
    """Some of the pages: their views, then all their diagrams in one go, then their HTML.

    With each page comes what is kept of it, and plain words about diagrams that had to be told in words (with the
    first page: they are about the whole share, of which then nothing is kept).
    """
    drawn: list[tuple[Maker, View, set[Read]]] = []
    for maker in (makers[position] for position in share):
        with making.reads.noting() as reads:
            drawn.append((maker, maker.make(), reads))
    graphviz = Graphviz(engine=settings.engine, cache_dir=settings.cache)
    too_large: list[str] = []
    layouts = _layouts((view for _, view, _ in drawn), graphviz, settings.limits, too_large)
    renderer.notices.clear()
    pages = [(renderer.render(view, layouts.get(view.uri, {})), tuple(renderer.used)) for _, view, _ in drawn]
    told = (*graphviz.failures, *too_large, *renderer.notices)
    found: list[Drawn] = []
    for (maker, _, reads), (page, used) in zip(drawn, pages, strict=True):
        entry = None
        if finished and not told:
            made_from = tuple(sorted({*reads, *(("icons", name) for name in used)}, key=repr))
            entry = Entry(made_from, _mark(making, maker, made_from), pack(page) if finished.lasting else b"")
        found.append((page, entry, () if found else told))
    return found


def _layouts(drawn: Iterable[View], graphviz: Graphviz, limits: Limits,
             too_large: list[str]) -> dict[str, dict[str, Layout | None]]:
    """By page, the layouts of its diagrams by their names; all are laid out in one go, but for those too large."""
    wanted = []
    for view in drawn:
        for graph in view.graphs:
            boxes, lines = graph.size
            if boxes <= limits.graph_boxes and lines <= limits.graph_lines:
                dot = atlas_dot(graph) if isinstance(graph, AtlasGraph) else to_dot(graph)
                wanted.append((view.uri, graph.name, dot))
            else:
                too_large.append(
                    f"a diagram of the page “{view.title}” has {boxes:,} boxes and {lines:,} lines; `graph_boxes: "
                    f"{limits.graph_boxes}` and `graph_lines: {limits.graph_lines}` are the most, so words stand in "
                    "its place")
    found = graphviz.layout([dot for _, _, dot in wanted])
    layouts: dict[str, dict[str, Layout | None]] = {}
    for (uri, name, _), layout in zip(wanted, found, strict=True):
        layouts.setdefault(uri, {})[name] = layout
    return layouts
