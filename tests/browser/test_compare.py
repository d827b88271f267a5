"""Journeys and personas side by side in a real browser: choosing, the address, and what it shows without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from journeybook.render import Renderer
from journeybook.theme import theme_dir
from journeybook.views.compare import compare
from journeybook.views.compare_parts import CompareView
from journeybook.views.journey_data import encoded
from support_compare import journey

NOW, NEXT = "import-bank-data", "import-in-one-sitting"
READY = f"journeys/{NEXT}/compare/"
SHOWN = "[data-jb=compared] .jb-diff"
STOP_WHERE_IT_SCROLLS = """() => {
  const region = document.querySelector('.jb-tw')
  return region.hasAttribute('tabindex') === region.scrollWidth > region.clientWidth + 1
}"""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def open_page(chromium: Any, base: str) -> Iterator[Any]:
    """``open_page(uri, width, …)`` → a page that fails the test on errors and outside requests."""
    contexts, faults = [], []

    def opened(uri: str, width: int = 1440, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(f"outside request: {request.url}")
                if not request.url.startswith((base, "data:", "blob:")) else None)
        page.goto(base + uri)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


def chosen(page: Any) -> list[str]:
    """What the four controls say."""
    return [str(page.locator(f"[name={name}]").input_value()) for name in ("a", "who-a", "b", "who-b")]


def said(page: Any, *values: str) -> None:
    """Wait until the controls say this: Material draws the page anew after "back"."""
    page.wait_for_function("wanted => ['a', 'who-a', 'b', 'who-b'].every((name, at) =>"
                           " document.querySelector(`[name=${name}]`)?.value === wanted[at])", arg=list(values))


def squeezed(text: str) -> str:
    """Text without its white space."""
    return re.sub(r"\s+", "", text)


def _answer(body: str, route: Any) -> None:
    route.fulfill(body=body, content_type="application/json")


def test_two_journeys_are_chosen(open_page: Any) -> None:
    """Choosing draws both; the address carries the choice, and "back" leads to what was compared before."""
    page = open_page("compare/")
    page.wait_for_function("document.querySelector('[data-jb=compared-say]')?.textContent")
    assert "Choose two journeys" in page.locator("[data-jb=compared-say]").inner_text()
    page.select_option("[name=a]", NOW)
    page.select_option("[name=b]", NEXT)
    page.wait_for_selector(SHOWN)
    assert page.url.endswith(f"/compare/?a={NOW}&b={NEXT}")
    assert page.locator("#row-3 + .jb-tag").inner_text().strip() == "Only in the current state"
    page.select_option("[name=b]", "first-year")
    page.wait_for_function("document.querySelector('.jb-sides li + li')?.textContent.includes('Make it work')")
    page.go_back()
    page.wait_for_function("document.querySelector('.jb-sides li + li')?.textContent.includes('coffee')")
    said(page, NOW, "", NEXT, "")
    page.go_back()
    page.wait_for_selector("[data-jb=compared]:empty", state="attached")
    said(page, NOW, "", "", "")
    page.go_forward()
    page.wait_for_selector(SHOWN)


def test_two_personas_are_chosen(open_page: Any) -> None:
    """One journey as two people live it: curves broken where one is not rated, and an address that can be sent."""
    page = open_page("compare/?a=first-year&b=first-year")
    page.wait_for_selector(SHOWN)
    assert "Nothing differs here." in page.locator("#whole").locator("xpath=ancestor::tbody").inner_text()
    page.select_option("[name=who-a]", "lotte")
    page.select_option("[name=who-b]", "bram")
    page.wait_for_function("document.querySelectorAll('.jb-sides b').length === 2")
    assert page.url.endswith("?a=first-year&b=first-year&who=lotte,bram")
    assert page.locator(".jb-curves .jb-emo .st.l-p1").first.get_attribute("d").count("M") > 1
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(SHOWN)
    assert chosen(page) == ["first-year", "lotte", "first-year", "bram"]
    assert "Lotte" in page.locator("[data-jb=compared-say]").inner_text()
    page.focus("[name=who-a]")
    page.select_option("[name=who-a]", "")
    page.wait_for_function("document.querySelectorAll('.jb-sides b').length === 1")
    assert page.locator("[name=who-a]").evaluate("select => select === document.activeElement")


def test_it_is_reached_by_instant_navigation(open_page: Any) -> None:
    """From a journey's toolbar to the page and back, without the whole page being loaded anew."""
    page = open_page("journeys/first-year/")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_function("document.querySelector('[data-jb=compared-say]')?.textContent")
    assert chosen(page) == ["first-year", "", "", ""]
    page.select_option("[name=b]", "daily-books")
    page.wait_for_selector(SHOWN)
    page.locator(".jb-sides a", has_text="Make it work").click()
    page.wait_for_selector(".jb-canvas")
    assert page.evaluate("window.stayed") is True
    page.go_back()
    page.wait_for_selector(SHOWN)
    said(page, "first-year", "", "daily-books", "")


def test_the_journey_leads_to_its_other_state(open_page: Any) -> None:
    """The toolbar says "Compare with the future state", and on a phone it still has that name."""
    for width in (1440, 390):
        page = open_page(f"journeys/{NOW}/", width)
        page.locator(".jb-bar").get_by_role("link", name="Compare with the future state").click()
        page.wait_for_selector(".jb-compare")
        assert page.url.endswith(READY)


def test_browser_and_generator_say_the_same(open_page: Any, base: str) -> None:
    """What the script shows of the demo's two states is what their ready page shows, word for word."""
    page = open_page(READY)
    ready = page.evaluate("[...document.querySelectorAll('.jb-sides, .jb-sides ~ *:not(.jb-notice):not(svg)')]"
                          ".map(part => part.textContent).join('')")
    page.goto(f"{base}compare/?a={NOW}&b={NEXT}")
    page.wait_for_selector(SHOWN)
    assert squeezed(page.locator("[data-jb=compared]").evaluate("into => into.textContent")) == squeezed(ready)


def test_they_say_the_same_of_any_journeys(open_page: Any, base: str, tmp_path: Path) -> None:
    """Made-up journeys: stages, marks, links and tags of the script are those of the generator."""
    renderer = Renderer([theme_dir()], tmp_path)
    page = open_page("compare/")
    for seed in range(24):
        a, b = journey(seed), journey(seed + 1000)
        who = ("", "") if seed % 2 else tuple(([""] + [p for p, _ in one.personas])[seed // 2 % (len(one.personas) + 1)]
                                              for one in (a, b))
        for place, one in (("first-year", a), ("daily-books", b)):
            page.route(f"**/journeys/{place}.json", partial(_answer, encoded(one, True)))
        page.goto("about:blank")
        page.goto(f"{base}compare/?a=first-year&b=daily-books&who={who[0]},{who[1]}")
        page.wait_for_selector(SHOWN)
        view = CompareView(uri="compare/", title="T", comparison=compare(a, b, who), free=(a.id, b.id))
        (drawn,) = html.fromstring(renderer.render(view, {}).html).xpath("//div[contains(@class, 'jb-compare')]")
        for part in drawn.xpath("./h1 | ./p"):
            drawn.remove(part)
        into = html.fromstring(page.locator("[data-jb=compared]").evaluate("into => into.outerHTML"))
        assert squeezed(into.text_content()) == squeezed(drawn.text_content()), seed
        for path in (".//a/@href", ".//*[contains(@class, 'jb-tag')]/@class", ".//*[@scope]/@scope"):
            assert list(map(str, into.xpath(path))) == list(map(str, drawn.xpath(path))), (seed, path)
        page.unroute_all()


def test_data_that_cannot_be_loaded_are_said(open_page: Any, base: str) -> None:
    """No answer for the data: words, and nothing half drawn."""
    page = open_page("compare/")
    page.route("**/api/v1/**", lambda route: route.abort())
    page.goto("about:blank")
    page.goto(f"{base}compare/?a={NOW}&b={NEXT}")
    page.wait_for_function("document.querySelector('[data-jb=compared-say]')?.textContent.includes('could not')")
    assert page.locator(SHOWN).count() == 0


def test_an_address_with_unknown_names(open_page: Any) -> None:
    """A journey that is gone is chosen anew; an unknown persona is everybody."""
    page = open_page("compare/?a=gone&b=first-year&who=nobody,lotte")
    page.wait_for_function("document.querySelector('[data-jb=compared-say]')?.textContent")
    assert chosen(page)[0] == ""
    page.select_option("[name=a]", "first-year")
    page.wait_for_selector(SHOWN)
    assert chosen(page)[1] == ""


def test_without_scripts(open_page: Any) -> None:
    """The ready comparisons are listed and complete; choosing freely says what it needs."""
    page = open_page("compare/", java_script_enabled=False)
    assert page.locator("form[data-jb=compare]").is_hidden()
    assert "needs scripts" in page.locator("noscript").inner_text()
    page.locator(".jb-choose .jb-plain a").first.click()
    assert page.url.endswith(READY)
    shown = page.locator(".jb-diff").inner_text()
    assert all(words in shown for words in ("Wait for the lines", "Gone", "New", "Better", "5 minutes"))
    assert page.locator(".jb-curves .dots").count() > 5


@pytest.mark.parametrize("width", [320, 390, 768, 2560])
def test_no_comparison_is_wider_than_the_window(open_page: Any, base: str, width: int) -> None:
    """Neither the ready page nor one with many stages sticks out; the curves scroll in their own region."""
    page = open_page(READY, width)
    assert page.evaluate(OVER) <= 0
    page.goto(f"{base}compare/?a=lifecycle&b=leave-and-return")
    page.wait_for_selector(SHOWN)
    assert page.evaluate(OVER) <= 0
    page.wait_for_function(STOP_WHERE_IT_SCROLLS)


def test_print_shows_every_column(open_page: Any) -> None:
    """On paper nothing is cut off, and the controls are gone."""
    page = open_page(f"compare/?a={NOW}&b={NEXT}")
    page.wait_for_selector(SHOWN)
    page.emulate_media(media="print")
    assert page.locator("form[data-jb=compare]").is_hidden()
    assert page.locator(".jb-tw").evaluate("r => r.scrollWidth <= r.clientWidth + 1")
