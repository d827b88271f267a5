"""What every page kind keeps: accessible, as wide as the window, still while it loads, complete for search engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from browser.kinds import PAGES
from browser.visit import SHIFT, Visit, Visitor
from node.find import AXE, require

ELEMENTS = 5000  # in the page of a journey of 12 stages
JOURNEY_BYTES = 40 * 1024  # of a journey page's HTML, packed, at 7 stages
ALIKE = {"twenty-four-stages"}  # the same markup as twelve, and minutes of checking it


@pytest.fixture(scope="module")
def seen(chromium: Any, sites: Callable[[str], str]) -> Iterator[Callable[[str, int], Visit]]:
    """``seen(kind, width)`` → what a visit of the page found; each page is visited once a width."""
    require(AXE)
    visitors: dict[int, Visitor] = {}
    visits: dict[tuple[str, int], Visit] = {}

    def look(kind: str, width: int) -> Visit:
        if (kind, width) not in visits:
            if width not in visitors:
                visitors[width] = Visitor(chromium, width)
            site, uri = PAGES[kind]
            visits[kind, width] = visitors[width].visit(sites(site), uri, axe=kind not in ALIKE)
        return visits[kind, width]

    yield look
    for visitor in visitors.values():
        visitor.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind not in ALIKE])
def test_axe_finds_nothing(seen: Callable[[str, int], Visit], kind: str, width: int) -> None:
    """No finding of axe-core, in our markup or the theme's, light or dark, on a laptop or a phone."""
    visit = seen(kind, width)
    assert visit.light == []
    assert visit.dark == []


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_is_wider_than_the_window(seen: Callable[[str, int], Visit], kind: str) -> None:
    """Nothing sticks out sideways, from a small phone to a projector, with 1 to 24 stages."""
    assert seen(kind, 1440).too_wide == {}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_loads_in_peace(seen: Callable[[str, int], Visit], kind: str, width: int) -> None:
    """Nothing moves while the page loads, nothing fails, and nothing is asked of anybody else's server."""
    visit = seen(kind, width)
    lost = ["Failed to load resource: the server responded with a status of 404 (Not Found)"]
    assert visit.faults == (lost if kind == "not-found" and visit.faults else [])
    assert visit.facts["shift"] <= SHIFT, visit.facts["moved"]


@pytest.mark.parametrize("kind", PAGES)
def test_headings_are_an_outline(seen: Callable[[str, int], Visit], kind: str) -> None:
    """One first heading, and no level left out below it."""
    levels = seen(kind, 1440).facts["headings"]
    assert levels[:1] == [1] and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_says_what_it_is(seen: Callable[[str, int], Visit], sites: Callable[[str], str], kind: str) -> None:
    """Its language, a title of its own, what it shows in a sentence, and its address: for search engines and tabs."""
    facts, (site, uri) = seen(kind, 1440).facts, PAGES[kind]
    assert facts["lang"] == "en"
    assert facts["title"]
    if kind != "not-found":
        assert 20 <= len(facts["description"]) <= 300, facts["description"]
        assert facts["canonical"] == sites(site) + uri.partition("?")[0]


def test_titles_and_descriptions_differ(seen: Callable[[str, int], Visit]) -> None:
    """Two page kinds of one site never look the same in a list of results."""
    for site in ("demo", "states", "empty", "large", "divided"):
        facts = [seen(kind, 1440).facts for kind, (at, uri) in PAGES.items()
                 if at == site and kind != "not-found" and "?" not in uri]
        titles = [fact["title"] for fact in facts]
        assert len(set(titles)) == len(titles), sorted(titles)
        said = [fact["description"] for fact in facts]  # a journey that says nothing of itself has the site's words
        assert len(set(said)) == len(said) or site != "demo", sorted(said)


def test_pages_stay_small(seen: Callable[[str, int], Visit]) -> None:
    """A map of seven stages is at most 40 KB on the way to the reader, one of twelve at most 5,000 elements."""
    for kind in ("journey", "buyer", "seven-stages"):
        assert seen(kind, 1440).facts["bytes"] <= JOURNEY_BYTES, kind
    assert seen("twelve-stages", 1440).facts["elements"] <= ELEMENTS
