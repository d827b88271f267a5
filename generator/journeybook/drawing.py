"""Views → layouts → pages: drawn by all processors, but for those that are as they were."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from journeybook.diagrams.atlas import AtlasGraph
from journeybook.diagrams.atlas_dot import atlas_dot
from journeybook.diagrams.graph import to_dot
from journeybook.diagrams.layout import Graphviz, Layout
from journeybook.finished import Entry, Finished, look_of
from journeybook.frozen import dataclass
from journeybook.page import Held, Page
from journeybook.reading import Clock, tell
from journeybook.render import Renderer
from journeybook.settings import Limits, Settings
from journeybook.shelf import Place, Shelf
from journeybook.views import Maker, Makers
from journeybook.views.pages import View
from journeybook.views.reads import Read, digest
from journeybook.workers import shared_out, shares

AT_A_TIME = 16
PAGE = 5  # as much work as so many files are to read
IN_MEMORY = 120  # pages; the contents of more lie on the disk
NOTHING = Held("")  # of a page whose content lies on the shelf


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page, what it was made from, its icons, and words about diagrams that had to be told in words.

    ``place`` is where its content lies on the shelf; without one the page has it.
    """

    page: Page
    place: Place | None
    made_from: tuple[tuple[Read, ...], str, str] | None  # all that it read, the fingerprint of that and of its icons
    icons: tuple[str, ...]
    told: tuple[str, ...]


def draw_pages(making: Makers, renderer: Renderer, settings: Settings, finished: Finished | None, workers: int,
               clock: Clock | None, pause: Callable[[], None]) -> tuple[list[Page], list[str]]:
    """All pages, in the order of the site, and plain words about diagrams that had to be told in words.

    Pages that are ``finished`` and were made from what there is now are taken as they are. Contents of pages that are
    to last, and of many, are on the disk. ``pause`` is called now and then while this process draws alone; what is
    drawn by then is not lost when it raises.
    """
    started = time.perf_counter()
    entries: dict[str, Entry] = {}
    if finished:
        entries = dict(_as_they_were(making, finished))
        started = tell(clock, f"{len(entries)} kept", started)
    missing = [maker for maker in making.pages if maker.name not in entries]
    shelf = _shelf_for(finished, len(missing))
    parts = shares(len(missing), workers)
    files = [shelf.open_new() if shelf else None for _ in parts]
    draw = partial(_draw, making, missing, renderer, settings, finished, shelf, files)

    each: dict[Read, Read] = {}  # what other processes read comes from them anew with every page

    def keep(maker: Maker, one: Drawn, page: Page) -> None:
        if finished and one.made_from:
            reads, mark, look = one.made_from
            entry = entries[maker.name] = Entry(tuple(each.setdefault(read, read) for read in reads), mark, look, page)
            finished.keep(maker.name, entry, one.icons, renderer.icons)

    drawn = (shared_out(draw, parts, workers, len(missing) * PAGE) if workers > 1 else
             _one_by_one(draw, missing, keep, pause))
    notices: dict[str, None] = {}
    pages = {name: entry.page for name, entry in entries.items()}
    for maker, one in zip(missing, drawn, strict=True):
        page = pages[maker.name] = shelf.lying(one.page, one.place) if shelf and one.place else one.page
        notices |= dict.fromkeys(one.told)
        if maker.name not in entries:  # what was drawn here and needs no place is kept at once: `pause` may raise
            keep(maker, one, page)
    tell(clock, f"{len(missing)} drawn", started)
    if finished:
        finished.entries = entries
    return [pages[maker.name] for maker in making.pages], list(notices)


def _as_they_were(making: Makers, finished: Finished) -> Iterator[tuple[str, Entry]]:
    for maker in making.pages:
        entry = finished.entries.get(maker.name)
        if entry and entry.mark == _mark(making, maker, entry.reads) and finished.readable(entry):
            yield maker.name, entry


def _shelf_for(finished: Finished | None, missing: int) -> Shelf | None:
    """Where new contents go: to those that are kept; else, if there are many, beside them."""
    if finished:
        return finished.shelf if finished.lasting else None
    return Shelf() if missing > IN_MEMORY else None


def draw_all(making: Makers, renderer: Renderer, settings: Settings) -> list[Page]:
    """All pages, here and now; none is kept."""
    everything = range(len(making.pages))
    return [one.page for one in _draw(making, making.pages, renderer, settings, None, None, [None], everything)]


def _mark(making: Makers, maker: Maker, reads: Iterable[Read]) -> str:
    """The fingerprint of all that a page was made from."""
    return digest((making.reads.fingerprint_of(maker.given), *map(making.reads.fingerprint, reads)))


def _one_by_one(draw: Callable[[range], list[Drawn]], makers: Sequence[Maker],
                keep: Callable[[Maker, Drawn, Page], None], pause: Callable[[], None]) -> list[Drawn]:
    """Some pages after others, so that diagrams are still laid out many at a time."""
    found: list[Drawn] = []
    for first in range(0, len(makers), AT_A_TIME):
        pause()
        share = range(first, min(first + AT_A_TIME, len(makers)))
        drawn = draw(share)
        for position, one in zip(share, drawn, strict=True):
            if not one.place:
                keep(makers[position], one, one.page)
        found += drawn
    return found


def _draw(making: Makers, makers: Sequence[Maker], renderer: Renderer, settings: Settings, finished: Finished | None,
          shelf: Shelf | None, files: Sequence[int | None], share: range) -> list[Drawn]:
    """Some of the pages: their views, then all their diagrams in one go, then their HTML.

    Plain words about diagrams come with the first page: they are about the whole share, of which then nothing is kept.
    Each share has one of the ``files`` to itself.
    """
    views: list[tuple[Maker, View, set[Read]]] = []
    for maker in (makers[position] for position in share):
        with making.reads.noting() as reads:
            views.append((maker, maker.make(), reads))
    graphviz = Graphviz(engine=settings.engine, cache_dir=settings.cache)
    too_large: list[str] = []
    layouts = _layouts((view for _, view, _ in views), graphviz, settings.limits, too_large)
    renderer.notices.clear()
    found: list[Drawn] = []
    for maker, view, reads in views:
        page = renderer.render(view, layouts.get(view.uri, {}))
        place = shelf.put(files[share.start % len(files)], page.content) if shelf else None
        made_from, icons = _made_from(making, maker, reads, renderer) if finished else (None, ())
        found.append(Drawn(replace(page, content=NOTHING) if place else page, place, made_from, icons, ()))
    told = (*graphviz.failures, *too_large, *renderer.notices)
    if told:
        found = [replace(one, made_from=None) for one in found]
    return [replace(one, told=told if at == 0 else ()) for at, one in enumerate(found)]


def _made_from(making: Makers, maker: Maker, reads: set[Read],
               renderer: Renderer) -> tuple[tuple[tuple[Read, ...], str, str], tuple[str, ...]]:
    """What the page that was drawn last was made from, and its icons."""
    noted, icons = tuple(sorted(reads, key=repr)), tuple(sorted(renderer.used))
    return (noted, _mark(making, maker, noted), look_of(icons, renderer.icons)), icons


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
