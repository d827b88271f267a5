"""Without a mouse, without colours, without motion: a journey page for readers who need it so."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser.visit import Visitor
from node.find import AXE, require

JOURNEY = "journeys/first-year/"
STOP = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at)
  const ring = at.matches('[name=jb-for]') ? getComputedStyle(at.nextElementSibling) : style
  const middle = document.elementFromPoint(box.x + Math.min(box.width, 40) / 2, box.y + box.height / 2)
  // the curtain of the search takes a moment to go after the focus has left
  return middle?.matches('.md-search__overlay') && !at.closest('.md-search') ? null : {
    what: `${at.tagName}.${at.getAttribute('class')} ${at.name ?? ''} ${at.textContent.trim().slice(0, 30)}`,
    name: at.name ?? '', text: at.innerText?.trim() ?? '', place: at.closest('.jb-scroll') ? 'canvas' : '',
    cell: at.closest('td,th') ? [at.closest('tr').rowIndex, at.closest('td,th').cellIndex] : null,
    ring: ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 1,
    seen: !!middle && (at.contains(middle) || middle.contains(at) || !!middle.closest('label')?.contains(at)),
    inside: !!at.closest('.jb-page'),
  }
}"""


def walk(page: Any, most: int = 200) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the top of the page to the first stage section."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stops.append(page.wait_for_function(STOP).json_value())
        if page.evaluate("!!document.activeElement.closest('.jb-rest')"):
            return stops
    raise AssertionError(f"no way out of the canvas after {most} stops")


def test_tab_goes_through_toolbar_and_canvas(open_page: Any) -> None:
    """Skip link first, then skip of the canvas, switches and buttons, then the canvas row by row; all in sight."""
    page = open_page(JOURNEY)
    stops = walk(page)
    assert stops[0]["text"] == "Skip to content"
    ours = [stop for stop in stops if stop["inside"]]
    assert [stop["what"] for stop in ours if not stop["ring"]] == []
    assert [stop["what"] for stop in ours if not stop["seen"]] == []
    texts = [stop["text"] or stop["name"] for stop in ours]
    order = [texts.index(text) for text in (
        "Canvas", "Skip the canvas", "jb-for", "Lanes", "Copy view", "Print", "Present")]
    assert order == sorted(order)
    cells = [stop["cell"] for stop in ours if stop["place"] and stop["cell"]]
    assert len(cells) > 30 and cells == sorted(cells)
    assert not any(stop["what"].startswith("a.") for stop in ours)  # SVG links repeat the table's


def test_the_skip_links_skip(open_page: Any) -> None:
    """The first link of the page leads to the content, the link before the canvas to what comes after it."""
    page = open_page(JOURNEY)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#"))
    assert page.evaluate("document.querySelector(location.hash).matches('h1')")
    page.locator(".jb-skip").focus()
    assert page.locator(".jb-skip").evaluate("e => e.getBoundingClientRect().width") > 40
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#stages$"))
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.jb-rest')")


def test_switches_are_worked_by_keys(open_page: Any) -> None:
    """Arrow keys choose a persona, Space hides a lane, Escape closes the menu and gives the focus back."""
    page = open_page(JOURNEY)
    page.locator("[name=jb-for]").first.focus()
    page.keyboard.press("ArrowRight")
    assert "for=" in page.url
    page.locator(".jb-menu > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    lane = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    assert page.locator(f"tr[data-lane={lane}]").is_hidden()
    page.keyboard.press("Escape")
    assert not page.locator(".jb-menu").evaluate("e => e.open")
    assert page.evaluate("document.activeElement.matches('.jb-menu > summary')")


def test_states_of_a_journey_have_no_findings(chromium: Any, base: str) -> None:
    """axe-core finds nothing with the lanes open, one persona chosen, presenting, or search results shown."""
    require(AXE)
    visitor = Visitor(chromium, 1440)
    page = visitor.page
    page.goto(base + JOURNEY)
    page.evaluate(AXE.read_text("utf-8"))
    page.locator(".jb-menu > summary").click()
    page.locator("label", has=page.locator("[name=jb-for]")).nth(1).click()
    page.locator(".jb-menu > summary").click()
    assert visitor.axe() == []
    page.get_by_role("button", name="Present").click()
    assert visitor.axe() == []  # the spotlight dims other stages on purpose; that is for a room, not for reading
    page.keyboard.press("Escape")
    page.goto(base)
    page.evaluate(AXE.read_text("utf-8"))
    page.locator(".md-search__input:visible").click()
    page.keyboard.type("onboarding")
    page.locator(".md-search-result__link").first.wait_for()
    page.evaluate("Promise.allSettled(document.getAnimations().map(animation => animation.finished))")
    assert visitor.axe() == []
    visitor.close()


def test_the_drawer_has_no_findings(chromium: Any, base: str) -> None:
    """axe-core finds nothing with a phone's menu open."""
    require(AXE)
    visitor = Visitor(chromium, 390)
    visitor.page.goto(base)
    visitor.page.evaluate(AXE.read_text("utf-8"))
    visitor.page.locator("label.md-header__button[for=__drawer]").click()
    visitor.page.evaluate("Promise.allSettled(document.getAnimations().map(animation => animation.finished))")
    assert visitor.axe() == []
    visitor.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_the_meaning(open_page: Any, scheme: str) -> None:
    """With the system's own colours tags have borders, the chosen persona stands out, curves and diagrams are drawn."""
    page = open_page(JOURNEY, scheme=scheme, forced_colors="active")
    text = page.evaluate("getComputedStyle(document.querySelector('.jb-h1')).color")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    style = "(e, name) => getComputedStyle(e)[name]"
    assert page.locator(".jb-tag").first.evaluate(style, "borderTopStyle") == "solid"
    chosen, other = (page.locator(f"[name=jb-for]{which} + span").first.evaluate(style, "backgroundColor")
                     for which in (":checked", ":not(:checked)"))
    assert chosen not in (ground, other)
    assert page.locator(".jb-emo .st").first.evaluate(style, "stroke") == text
    for lines in (".jb-graph path", ".jb-flow-svg circle", ".jb-mini path"):
        assert page.locator(lines).first.evaluate(style, "stroke") == text, lines


@pytest.mark.parametrize(("wish", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_who_wants_it_still(open_page: Any, wish: str, behaviour: str) -> None:
    """The one thing that moves, scrolling from stage to stage, jumps where less motion is asked for."""
    page = open_page(JOURNEY, 390, reduced_motion=wish)
    assert page.locator(".jb-scroll").evaluate("e => getComputedStyle(e).scrollBehavior") == behaviour
    moved = page.evaluate("""() => {  // at once: on a busy machine a smooth scroll is over before one can ask again
      document.querySelectorAll('.jb-rail a')[2].click()
      return document.querySelector('.jb-scroll').scrollLeft
    }""")
    assert (moved > 400) == (wish == "reduce")
    moving = "[...document.querySelectorAll('.jb-page, .jb-page *')].filter(e => e.getAnimations().length).length"
    page.wait_for_function(f"{moving} === 0")  # colours of a touched link fade; nothing goes on moving
