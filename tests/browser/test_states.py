"""Journey pages in every state: one to 24 stages, one to twelve personas, gaps, long words, right to left, nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import states
from browser.served import served
from support_site import DOT, project, run

SITES = {"states": (states.maps(), DOT), "empty": ({"atlas.yml": "title: Empty\n"}, DOT),
         "arabic": (states.arabic(), DOT.replace("font: false", "font: false, language: ar"))}
PAGES = [*(f"states/{name.removesuffix('.yml')}/" for name in states.maps() if name.startswith("journeys/")),
         "arabic/journeys/buy/", "empty/"]
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address under which all sites are served."""
    root: Path = tmp_path_factory.mktemp("states")
    served_from = root / "served"
    served_from.mkdir()
    for name, (maps, config) in SITES.items():
        folder = project(root / name, maps, config)
        result = run(folder, "build")
        assert result.exit_code == 0, result.stderr
        (folder / "site").rename(served_from / name)
    with served(served_from) as address:
        yield address


@pytest.fixture
def opened(chromium: Any, base: str) -> Iterator[Any]:
    """``opened(uri, width)`` → a page; errors of its scripts fail the test."""
    contexts, faults = [], []

    def opening(uri: str, width: int = 1440, **options: Any) -> Any:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(base + uri)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.mark.parametrize("width", [320, 390, 768, 1440, 2560])
def test_no_state_is_wider_than_the_window(opened: Any, base: str, width: int) -> None:
    """However many stages and however long the words: the page never scrolls sideways, only the canvas does."""
    page = opened("", width)
    for uri in PAGES:
        page.goto(base + uri)
        assert page.evaluate(OVER) <= 0, (uri, width)


@pytest.mark.parametrize(("count", "scrolls"), [(1, False), (3, False), (7, False), (12, True), (24, True)])
def test_the_canvas_says_when_it_scrolls(opened: Any, count: int, scrolls: bool) -> None:
    """Where not all stages fit, a line above the canvas says so and the region can be reached by keyboard."""
    page = opened(f"states/journeys/stages-{count}/")
    assert page.locator(".jb-hint").is_visible() is scrolls
    assert page.get_by_role("region", name="Journey canvas").count() == 1
    page.wait_for_selector('.jb-scroll[tabindex="0"]' if scrolls else ".jb-scroll:not([tabindex])")
    assert page.locator(".jb-scroll thead th[scope=col]").count() == count


@pytest.mark.parametrize("count", states.STAGES)
def test_every_length_prints_on_one_sheet(opened: Any, count: int) -> None:
    """One A3 sheet, from one stage to 24."""
    pdf = opened(f"states/journeys/stages-{count}/").pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1


def test_small_print_is_told_before_printing(opened: Any) -> None:
    """Where A3 leaves less than 6 points the button first says so, then prints; elsewhere it prints at once."""
    page = opened("states/journeys/stages-24/")
    stub = "() => { window.printed = 0; window.print = () => { window.printed += 1 } }"
    page.evaluate(stub)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 0
    assert re.search(r"[345]\.\d points", page.locator("[data-jb=small]").inner_text())
    page.locator("summary", has_text="Lanes").click()
    page.locator("[name=jb-lane]").first.uncheck()
    assert page.locator("[data-jb=small]").inner_text() == ""
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Print").click()
    page.get_by_role("button", name="Print anyway").click()
    assert page.evaluate("window.printed") == 1
    short = opened("states/journeys/stages-3/")
    short.evaluate(stub)
    short.get_by_role("button", name="Print").click()
    assert short.evaluate("window.printed") == 1


@pytest.mark.parametrize(("count", "buttons", "choices"), [(1, 0, 0), (5, 6, 0), (6, 0, 7), (12, 0, 13)])
def test_personas_to_choose_from(opened: Any, count: int, buttons: int, choices: int) -> None:
    """One persona is named, up to five are buttons, more are a list; a choice shows one face at each rated stage."""
    page = opened(f"states/journeys/personas-{count}/")
    assert page.locator(".jb-bar [type=radio]").count() == buttons
    assert page.locator(".jb-bar option").count() == choices
    if choices:
        page.locator(".jb-bar select").select_option(f"p{count - 1}")
    elif buttons:
        page.locator(".jb-bar .jb-seg label").last.click()
    rated = page.locator("tr[data-lane=emotion] td", has=page.locator(f"svg.pt.l-p{count - 1}")).count()
    assert page.locator("tr[data-lane=emotion] svg.pt:visible").count() == rated == 4
    assert page.locator("tr[data-lane=emotion] .lb:visible").count() == 5
    assert "not rated" in page.locator("tr[data-lane=emotion]").inner_text()


def test_what_is_not_for_a_persona_is_said(opened: Any) -> None:
    """A cell that the switch empties says for whom it is not; section heads say how many are hidden."""
    page = opened("states/journeys/stages-7/?for=bram")
    assert page.locator("tr[data-lane=pains] td").first.inner_text() == "not for Bram de Vries"
    section = page.locator(".jb-stage", has=page.locator("#stage-s1"))
    assert section.get_by_text("1 not for Bram de Vries").first.is_visible()
    empty = page.evaluate("""() => [...document.querySelectorAll('.jb-scroll tbody td')]
        .filter(cell => !cell.innerText.trim()).map(cell => cell.dataset.l + ' ' + cell.dataset.s)""")
    assert empty == []


def test_presenting_is_part_of_the_address(opened: Any, base: str) -> None:
    """Page keys of a clicker go from stage to stage, 0 shows all, a reload keeps presenting, Escape leaves."""
    page = opened("states/journeys/stages-7/")
    page.get_by_role("button", name="Present").click()
    assert "view=present" in page.url
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    assert page.locator(".jb-scroll .jb-stages th:not(.jb-dim)").all_inner_texts()[0].startswith("Stage 1")
    page.keyboard.press("0")
    assert page.locator(".jb-dim").count() == 0
    page.reload()
    assert page.locator(".md-header").is_hidden()
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.locator(".md-header").is_visible()
    assert "view=" not in page.url


def test_targets_on_a_phone_are_large_enough(opened: Any) -> None:
    """Buttons and the persona switch measure 44 px, the rail 42."""
    for uri, wanted in (("stages-7", ".jb-btn, .jb-seg label > span"), ("personas-6", ".jb-bar select")):
        page = opened(f"states/journeys/{uri}/", 390)
        sizes = page.locator(wanted).evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert sizes and min(sizes) >= 44, uri
    rail = page.locator(".jb-rail a").first.bounding_box()
    assert min(rail["width"], rail["height"]) >= 42


def test_right_to_left_is_mirrored(opened: Any) -> None:
    """The first station stands at the right over the first column, and its number still reads as a number."""
    page = opened("arabic/journeys/buy/")
    places = page.evaluate("""() => [...document.querySelectorAll('.jb-flow-svg .sn')].map((station, index) => {
        const middle = e => { const r = e.getBoundingClientRect(); return (r.left + r.right) / 2 }
        return [middle(station), middle(document.querySelectorAll('.jb-scroll .jb-stages th')[index])] })""")
    assert [station for station, _ in places] == sorted((station for station, _ in places), reverse=True)
    assert all(abs(station - head) < 4 for station, head in places), places
    turned = page.locator(".jb-flow-svg .sn text").first.evaluate("e => getComputedStyle(e).transform")
    assert turned.startswith("matrix(-1")


def test_lanes_hide_without_scripting(opened: Any) -> None:
    """A lane of the atlas's own is hidden by its box too when there is no script."""
    page = opened("states/journeys/stages-3/", java_script_enabled=False)
    page.locator("summary", has_text="Lanes").click()
    assert page.locator("tr[data-lane=x-legal]").is_visible()
    page.locator("[name=jb-lane][value=x-legal]").uncheck()
    assert page.locator("tr[data-lane=x-legal]").is_hidden()
    assert page.locator("tr[data-lane=goal]").is_visible()
