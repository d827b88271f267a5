"""The built demo site in a real browser: switches, search, present mode, phones, with and without scripting."""

from __future__ import annotations

import re
from typing import Any

import pytest

JOURNEY = "journeys/first-year/"


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


def test_search_finds_a_stage(open_page: Any) -> None:
    """The search box finds a stage by name and leads to its section."""
    page = open_page("")
    page.locator(".md-search__input:visible").click()
    page.keyboard.type("onboarding")
    link = page.locator(".md-search-result__link[href*='#stage-']").first
    link.wait_for(timeout=10_000)
    link.click()
    page.wait_for_url(re.compile("#stage-"))


def test_heads_of_a_matrix_stay_in_sight(open_page: Any) -> None:
    """Far down a content matrix the personas are still named: under the header, and in each cell on a phone."""
    wide = open_page("library/content-matrix/", 1440)
    matrix = wide.locator(".jb-mx").first
    matrix.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY + e.offsetHeight / 2)")
    wide.wait_for_timeout(300)
    assert 0 <= matrix.locator("thead th:nth-child(2)").evaluate("e => e.getBoundingClientRect().top") < 100
    narrow = open_page("library/content-matrix/", 390)
    cell = narrow.locator(".jb-mx tbody td[data-l]").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == f'"{cell.get_attribute("data-l")}"'


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


def test_a_persona_asks_their_own_questions(chromium: Any, sites: Any) -> None:
    """Other people's questions go with their steps, in the canvas and in the sections; a cell says so."""
    page = chromium.new_page()
    page.goto(f"{sites('states')}journeys/stages-3/?for=p2")
    cells = page.locator("tr[data-lane=questions] td")
    assert [cells.nth(n).locator(".jb-ask").is_visible() for n in range(3)] == [True, False, False]
    assert page.locator("tr[data-lane=questions] td").nth(1).inner_text().startswith("not asked")
    assert [page.locator(f"#stage-s{n}").locator("xpath=..").locator(".jb-two .jb-ask").is_visible()
            for n in (1, 2, 3)] == [True, False, False]
    page.close()


@pytest.mark.parametrize("journey", ["journeys/stages-7/", "journeys/stages-3/"])
def test_a_clicker_works_after_a_persona_was_chosen(chromium: Any, sites: Any, journey: str) -> None:
    """With the focus on the switch its arrow keys choose people; page keys go on through stages, Escape leaves."""
    page = chromium.new_page()
    page.goto(sites("states") + journey)
    page.get_by_role("button", name="Present").click()
    switch = page.locator("[name=jb-for]").first
    switch.focus()
    page.keyboard.press("ArrowDown")
    assert "for=" in page.url and page.locator(".jb-dim").count() == 0
    page.keyboard.press("PageDown")
    assert "for=" in page.url and page.locator(".jb-scroll .jb-stages .jb-dim").count() > 0
    page.keyboard.press("Escape")
    page.locator(".md-header").wait_for(state="visible")
    page.close()


def test_a_sent_view_is_not_kept(open_page: Any, base: str) -> None:
    """A link shows what its sender saw, whatever the reader hides; other journeys stay as the reader has them."""
    page = open_page(f"{JOURNEY}?hide=goal,steps&for=bram")
    assert page.locator("summary", has_text="Lanes (2 hidden)").is_visible()
    assert page.evaluate("localStorage.getItem('jb:hide')") is None
    page.goto(f"{base}journeys/daily-books/")
    assert page.locator("tr[data-lane=goal]").is_visible()
    page.locator(".jb-menu > summary").click()
    page.locator("[name=jb-lane][value=steps]").uncheck()
    assert page.evaluate("localStorage.getItem('jb:hide')") == "steps"
    page.goto(f"{base}{JOURNEY}?for=bram")
    assert page.locator("tr[data-lane=steps]").is_visible() and page.locator("tr[data-lane=goal]").is_visible()
    page.locator(".jb-rail a, .jb-stages a").last.evaluate("link => link.click()")
    page.wait_for_function("location.search.includes('for=bram') && location.hash")
    assert page.locator("tr[data-lane=steps]").is_visible()
    page.goto(f"{base}{JOURNEY}?view=present")
    assert page.locator("tr[data-lane=steps]").is_visible()


def test_a_copied_view_is_whole(chromium: Any, base: str) -> None:
    """Copied with everything shown, the link shows everything to a reader who hides lanes."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(base + JOURNEY)
    page.get_by_role("button", name="Copy view").click()
    page.get_by_text("Copied").first.wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    page.evaluate("localStorage.setItem('jb:hide', 'goal')")
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("tr[data-lane=goal]").is_visible()
    page.evaluate("sessionStorage.clear()")
    page.goto(base + JOURNEY)
    assert page.locator("tr[data-lane=goal]").is_hidden()
    context.close()


def test_phone_shows_stages_as_cards(open_page: Any) -> None:
    """On a phone a stage takes most of the width and the rail leads to the next ones."""
    page = open_page(JOURNEY, 390)
    width = page.locator(".jb-canvas tbody td").first.evaluate("e => e.getBoundingClientRect().width")
    assert 280 < width < 390
    page.locator(".jb-rail a").nth(2).click()
    page.wait_for_timeout(700)
    assert page.locator(".jb-scroll").evaluate("e => e.scrollLeft") > 400


@pytest.mark.parametrize("width", [1440, 390])
def test_a_frame_is_laid_out_before_its_page_is_there(chromium: Any, base: str, width: int) -> None:
    """A picture may be painted between the frame and the page: nothing of the frame moves when the page comes."""
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{base}journeys/first-year/", wait_until="networkidle")
    places = """() => ['.md-main__inner', '.md-content', '.md-content__inner', '.md-path'].map(name => {
      const box = document.querySelector(name).getBoundingClientRect()
      return [name, Math.round(box.x), Math.round(box.y), Math.round(box.width)]
    })"""
    with_page = page.evaluate(places)
    page.evaluate("document.querySelector('.jb-page').remove()")
    assert page.evaluate(places) == with_page
    page.close()
