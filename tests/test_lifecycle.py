"""The lifecycle atlas: one picture while journeys are few, categories and one hop at a time when they are many."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from journeybook.book import Book, build_book
from journeybook.diagrams.atlas_dot import atlas_dot
from journeybook.diagrams.layout import Graphviz
from journeybook.settings import Settings
from journeybook.views.context import Context
from journeybook.views.lifecycle import WHOLE, lifecycle_homes, lifecycle_view
from journeybook.views.lifecycle_category import GROUP, PAGE, Home, category_view
from journeybook.views.lifecycle_parts import LifecycleCategoryView
from journeybook.views.links import Links
from lifecycles import journeys
from support import TODAY, walk, write

ICONS = Path(__file__).parent / "no-icons-here"


def context_of(folder: Path, how_many: int, *, details: bool = True) -> tuple[Context, Links]:
    atlas, problems = walk(write(folder, journeys(how_many, details=details)))  # type: ignore[arg-type]
    context = Context(atlas, problems, Settings(folder, folder, today=TODAY))
    return context, Links(context)


def book_of(folder: Path, how_many: int, **changes: object) -> Book:
    write(folder, journeys(how_many))  # type: ignore[arg-type]
    settings = Settings(folder, folder, today=TODAY, reference=False)
    return build_book(replace(settings, **changes), ICONS)  # type: ignore[arg-type]


def html_of(book: Book, uri: str) -> str:
    return next(page.html for page in book.pages if page.uri == uri)


def test_few_journeys_are_one_picture(tmp_path: Path) -> None:
    """Every journey stands in its category, holes are boxes of their own, hinges and overlaps are told."""
    context, links = context_of(tmp_path, 12)
    view = lifecycle_view(context, links, lifecycle_homes(context, links))
    assert view.graph is not None
    boxes = {member.key: member for member in view.graph.members}
    assert [boxes[f"j{n}"].column for n in range(8)] == [0, 1, 2, 3, 0, 1, 2, 3]
    assert boxes["gap+4"].title == "No journey"
    assert boxes["j5"].hinge
    assert "Hinge: End" in boxes["j5"].notes
    assert "Overlap: Start" in boxes["j7"].notes
    assert len(view.graph.drawn()) == 11
    assert view.graph.purchase == (2, "First invoice")
    assert view.columns[2].missing == ("Renewal",)
    assert view.index == ()


def category_views(context: Context, links: Links, homes: Sequence[Home]) -> Iterator[LifecycleCategoryView]:
    """All pages of categories."""
    others = [home.link for home in homes]
    return (category_view(context, links, others, home, uri) for home in homes for uri in home.uris)


def test_many_journeys_are_categories_and_one_hop_each(tmp_path: Path) -> None:
    """Each journey has its place in exactly one group, and each group shows all that it is linked to."""
    context, links = context_of(tmp_path, 200)
    homes = lifecycle_homes(context, links)
    views = list(category_views(context, links, homes))
    placed = [row.id for view in views for part in view.parts for row in part.ways]
    assert sorted(placed) == sorted(context.atlas.journeys)
    for view in views:
        for part in view.parts:
            own = {row.id for row in part.ways}
            assert part.graph is not None
            assert len(own) <= GROUP
            shown = {member.key for member in part.graph.members}
            assert shown == own | {other for ident in own for side in links.neighbours[ident] for other in side}
    whole = lifecycle_view(context, links, homes)
    assert whole.graph is not None
    assert sum(tie.count for tie in whole.graph.ties) == 199
    assert "1 hinge" in whole.graph.members[1].notes
    assert {tie.label.split()[-1] for tie in whole.graph.ties} == {"exits"}


@pytest.mark.parametrize(("how_many", "large"), [(WHOLE, False), (WHOLE + 1, True)])
def test_pages_of_categories_come_with_size(tmp_path: Path, how_many: int, large: bool) -> None:
    """Nothing dangles on either side of the border, and only beyond it categories have pages."""
    book = book_of(tmp_path, how_many)
    assert any(page.uri == "lifecycle/buyer/" for page in book.pages) is large
    assert list(book.dangling()) == []


def test_journeys_without_parents_are_split_as_well(tmp_path: Path) -> None:
    """Journeys that are details of nothing are shown in pieces, on pages of a bounded size."""
    context, links = context_of(tmp_path, 300, details=False)
    homes = lifecycle_homes(context, links)
    assert [len(home.uris) for home in homes] == [2, 2, 2, 2]
    for view in category_views(context, links, homes):
        assert sum(len(part.ways) for part in view.parts) <= PAGE
        assert len({graph.name for graph in view.graphs}) == len(view.graphs)
        assert [share.to for share in view.shares].count("") == 1
        assert [other.to for other in view.others].count("") == 1


def test_large_pages_stay_small(tmp_path: Path) -> None:
    """With 1,000 journeys no page of the lifecycle passes 150 KB packed or 8,000 elements."""
    context, links = context_of(tmp_path, 1000)
    assert len(lifecycle_homes(context, links)) == 4
    book = book_of(tmp_path, 1000, engine="none")
    found = [page for page in book.pages if page.uri.startswith("lifecycle/")]
    assert len(found) > 16
    for page in found:
        assert len(gzip.compress(page.html.encode())) < 150_000, page.uri
        assert len(re.findall(r"<[a-z]", page.html)) < 8_000, page.uri


def test_two_hundred_are_laid_out_in_time(tmp_path: Path) -> None:
    """All pictures of 200 journeys take the engine less than two seconds, and none the second time."""
    context, links = context_of(tmp_path / "maps", 200)
    homes = lifecycle_homes(context, links)
    views = [lifecycle_view(context, links, homes), *category_views(context, links, homes)]
    dots = [atlas_dot(graph) for view in views for graph in view.graphs]
    cache = tmp_path / "cache"
    started = time.process_time()
    first = Graphviz(cache_dir=cache)
    layouts = first.layout(dots)
    assert None not in layouts, first.failures
    assert time.process_time() - started < 2
    assert Graphviz(engine="embedded", cache_dir=cache, time_limit=0.001).layout(dots) == layouts


def test_without_an_engine_the_list_and_the_words_remain(tmp_path: Path) -> None:
    """The narrow picture needs no engine; it then stands at every width, and the words are open."""
    html = html_of(book_of(tmp_path, 8, engine="none"), "lifecycle/")
    assert 'class="jb-slim jb-only"' in html
    assert '<details class="jb-words" open>' in html
    assert "Leaves for" in html


def test_an_atlas_without_journeys_has_its_page(tmp_path: Path) -> None:
    """An empty atlas says that nothing is mapped, and draws nothing."""
    write(tmp_path, {"atlas.yml": "title: Empty\n"})
    html = html_of(build_book(Settings(tmp_path, tmp_path, today=TODAY, reference=False), ICONS), "lifecycle/")
    assert "No journey is mapped yet" in html
    assert "<svg class=\"jb-graph" not in html
