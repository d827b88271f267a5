"""The built demo site in a real browser: layout, switches, instant navigation, no-JS, print, no outside requests."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from browser.find import find

playwright_api = pytest.importorskip("playwright.sync_api")
BROWSER = find()
if BROWSER is None and os.environ.get("CI"):
    pytest.fail("CI needs a browser: python tests/browser/find.py", pytrace=False)
pytestmark = [pytest.mark.browser, pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")]

JOURNEY = "journeys/first-year/"
PAGES = ["", "journeys/", JOURNEY, "journeys/workshop-owner-buys/", "journeys/what-the-accountant-sees/", "people/",
         "people/personas/bram/", "people/teams/success/", "library/", "library/content/", "library/metrics/",
         "library/metrics/time-to-first-value/", "library/channels/",
         "library/channels/email/", "glossary/", "promises/", "promises/handoffs/sold-to-setup/",
         "library/opportunities/", "library/content-matrix/", "people/raci/", "health/", "health/reviews/",
         "lifecycle/", "compare/", "journeys/import-in-one-sitting/compare/"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, base: str) -> Iterator[Any]:
    """``open_page(uri, width, scheme, …)`` → a page that fails the test on errors and outside requests."""
    contexts, faults = [], []

    def opened(uri: str = "", width: int = 1440, scheme: str = "light", **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: faults.append(f"outside request: {request.url}")
                if not request.url.startswith((base, "data:", "blob:")) else None)
        page.goto(base + uri)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.mark.parametrize("width", [320, 390, 768, 1440, 2560])
def test_no_page_is_wider_than_the_window(open_page: Any, base: str, width: int) -> None:
    """Nothing sticks out sideways on any page kind, from a small phone to a projector."""
    page = open_page("", width)
    for uri in PAGES:
        page.goto(base + uri)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{uri} is {over} px too wide at {width}"


def test_persona_switch_hides_what_is_not_theirs(open_page: Any) -> None:
    """Choosing a persona hides other personas' quotes, and the address carries the choice."""
    page = open_page(JOURNEY)
    everyone = page.locator(".jb-canvas blockquote:visible").count()
    page.locator("label", has=page.locator("[name=jb-for]")).nth(2).click()
    assert 0 < page.locator(".jb-canvas blockquote:visible").count() < everyone
    assert "for=" in page.url
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert page.locator(".jb-canvas blockquote:visible").count() < everyone


def test_switches_work_without_scripting(open_page: Any) -> None:
    """With scripting off the persona and lane switches still work."""
    page = open_page(JOURNEY, java_script_enabled=False)
    before = page.locator(".jb-canvas blockquote:visible").count()
    page.locator("label", has=page.locator("[name=jb-for]")).nth(2).click()
    assert page.locator(".jb-canvas blockquote:visible").count() < before
    page.locator("details", has=page.locator("[name=jb-lane]")).locator("summary").click()
    page.locator("[name=jb-lane][value=steps]").uncheck()
    assert page.locator("tr[data-lane=steps]").is_hidden()


def test_lane_choice_survives_a_reload(open_page: Any) -> None:
    """A lane that was hidden stays hidden when the page is opened again."""
    page = open_page(JOURNEY)
    page.locator("details", has=page.locator("[name=jb-lane]")).locator("summary").click()
    page.locator("[name=jb-lane][value=quotes]").uncheck()
    assert page.locator("tr[data-lane=quotes]").is_hidden()
    page.reload()
    assert page.locator("tr[data-lane=quotes]").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_diagram_links_lead_to_their_stage(open_page: Any, base: str, scheme: str) -> None:
    """Stations and boxes are drawn in colours that differ from the page, and their links work, light and dark."""
    page = open_page(JOURNEY, scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    text = page.locator(".jb-graph text").first.evaluate("e => getComputedStyle(e).fill")
    assert text != ground
    for svg in (".jb-flow-svg", ".jb-graph"):
        link = page.locator(f"{svg} a").first
        target = link.evaluate("e => e.getAttribute('xlink:href')")
        link.dispatch_event("click")
        page.wait_for_url(re.compile(re.escape(target.rsplit("#", 1)[-1])))
        page.goto(base + JOURNEY)


def test_instant_navigation_reaches_every_page_kind(open_page: Any, base: str) -> None:
    """Following HTML links from page to page swaps the content each time (a plain SVG href would freeze it)."""
    page = open_page("")
    page.evaluate("window.stillHere = true")
    for selector in ("a.md-tabs__link[href*='journeys']", f"a[href*='{JOURNEY.split('/')[1]}']",
                     "a.md-tabs__link[href*='people']", "a.md-tabs__link[href*='library']"):
        page.locator(f"{selector}:visible").first.click()
        page.wait_for_timeout(400)
        heading = page.locator("h1").inner_text()
        fetched = page.evaluate("u => fetch(u).then(r => r.text())", page.url)
        assert re.sub(r"\s+", " ", heading).strip() in re.sub(r"<[^>]+>|\s+", " ", fetched).replace("  ", " ")
    assert page.evaluate("window.stillHere") is True
    assert "library" in page.url


def test_search_finds_a_stage(open_page: Any) -> None:
    """The search box finds a stage by name and leads to its section."""
    page = open_page("")
    page.locator(".md-search__input:visible").click()
    page.keyboard.type("onboarding")
    link = page.locator(".md-search-result__link[href*='#stage-']").first
    link.wait_for(timeout=10_000)
    link.click()
    page.wait_for_url(re.compile("#stage-"))


def test_a_journey_prints_on_one_sheet(open_page: Any) -> None:
    """Facts, tiles and canvas of a journey fit one A3 sheet."""
    page = open_page(JOURNEY)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1


def test_a_handoff_sheet_prints_on_one_page(open_page: Any) -> None:
    """What the customer was promised fits one upright A4 page."""
    page = open_page("promises/handoffs/sold-to-setup/")
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    sizes = re.findall(rb"/MediaBox\s*\[0 0 (\d+)[\d.]* (\d+)", pdf)
    assert [(int(width), int(height)) for width, height in sizes] == [(594, 841)]


def test_heads_of_a_matrix_stay_in_sight(open_page: Any) -> None:
    """Far down the content matrix the personas are still named: under the header, or at the top of its own window."""
    head, window = ".jb-mx thead th:nth-child(2)", ".jb-mx"
    top = "e => e.getBoundingClientRect().top"
    wide = open_page("library/content-matrix/", 1440)
    wide.evaluate("scrollTo(0, 900)")
    wide.wait_for_timeout(300)
    assert 0 <= wide.locator(head).evaluate(top) < 100
    narrow = open_page("library/content-matrix/", 390)
    narrow.locator(window).evaluate("e => e.scrollTop = 400")
    assert abs(narrow.locator(head).evaluate(top) - narrow.locator(window).evaluate(top)) < 2


def test_present_mode_spotlights_stages(open_page: Any) -> None:
    """Present mode hides the frame of the site; arrow keys go from stage to stage; Escape leaves."""
    page = open_page(JOURNEY)
    page.get_by_role("button", name="Present").click()
    assert page.locator(".md-header").is_hidden()
    page.keyboard.press("ArrowRight")
    assert page.locator(".jb-dim").count() > 0
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.locator(".md-header").is_visible()


def test_phone_shows_stages_as_cards(open_page: Any) -> None:
    """On a phone a stage takes most of the width and the rail leads to the next ones."""
    page = open_page(JOURNEY, 390)
    width = page.locator(".jb-canvas tbody td").first.evaluate("e => e.getBoundingClientRect().width")
    assert 280 < width < 390
    page.locator(".jb-rail a").nth(2).click()
    page.wait_for_timeout(700)
    assert page.locator(".jb-scroll").evaluate("e => e.scrollLeft") > 400
