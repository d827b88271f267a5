"""Journeys on paper: one A3 sheet each, in every demo firm; handoff sheets on one A4 page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from browser.served import served
from support_site import site

A3, A4 = (1191, 842), (595, 842)  # points


def sheets(page: Any) -> list[tuple[int, int]]:
    """Width and height of each printed sheet, in points."""
    pdf: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)", pdf)
    return [(round(float(width) + .1), round(float(height) + .1)) for width, height in boxes]


@pytest.mark.parametrize("firm", ["tallybird", "northlight"])
def test_every_journey_prints_on_one_sheet(chromium: Any, firm: str) -> None:
    """Facts, tiles and canvas of each journey of the firm fit one A3 sheet. The extremes of other firms stand below."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    with served(site(firm).folder) as base:
        for ident in site(firm).book.reading.atlas.journeys:
            page.goto(f"{base}journeys/{ident}/")
            assert sheets(page) == [A3], ident
    page.close()


@pytest.mark.parametrize("journey", ["stages-1", "stages-7", "stages-12", "titles-only", "right-to-left"])
def test_extremes_print_on_one_sheet(chromium: Any, sites: Callable[[str], str], journey: str) -> None:
    """One stage or twelve, titles only, right to left, words that do not break: one A3 sheet."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{sites('states')}journeys/{journey}/")
    assert sheets(page) == [A3]
    page.close()


@pytest.mark.parametrize("journey", ["first-year", "lifecycle"])
def test_a_journey_prints_without_scripting(chromium: Any, base: str, journey: str) -> None:
    """Without the script that finds the best size, the size in the stylesheet is small enough."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}journeys/{journey}/")
    assert sheets(page) == [A3]
    context.close()


def test_a_handoff_sheet_prints_on_one_page(open_page: Any) -> None:
    """What the customer was promised fits one upright A4 page."""
    assert sheets(open_page("promises/handoffs/sold-to-setup/")) == [A4]


def test_paper_is_light(open_page: Any) -> None:
    """From a dark screen links are as dark on paper as from a light one, and the sheet is white up to its edges."""
    look = """() => [['html', 'colorScheme'], ['body', 'backgroundColor'], ['.jb-notice a', 'color'],
        ['.jb-own', 'color']].map(([part, name]) => getComputedStyle(document.querySelector(part))[name])"""
    found = []
    for scheme in ("light", "dark"):
        page = open_page("people/teams/support/", scheme=scheme)
        page.emulate_media(media="print", color_scheme=scheme)
        page.evaluate("Promise.allSettled(document.getAnimations().map(animation => animation.finished))")
        found.append(page.evaluate(look))
    assert found[0] == found[1]
    assert found[1][0] == "light"


def test_paper_gets_the_wide_drawing_and_whole_blocks(open_page: Any) -> None:
    """On paper, which the browser takes for narrow: the wide lifecycle, headings with what follows, blocks uncut."""
    page = open_page("lifecycle/", 800)
    page.emulate_media(media="print")
    assert page.locator(".jb-wide").first.is_visible()
    assert not page.locator(".jb-slim").first.is_visible()
    page = open_page("", 800)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Journeys", exact=True).is_visible()
    assert not page.locator(".jb-seg").is_visible()
    style = "(e, name) => getComputedStyle(e)[name]"
    assert page.locator("h2").first.evaluate(style, "breakAfter") == "avoid"
    for uri, block in (("", ".jb-jc"), ("promises/", ".jb-reg > li"), ("library/content-matrix/", "tbody tr")):
        page = open_page(uri, 800)
        page.emulate_media(media="print")
        assert page.locator(block).first.evaluate(style, "breakInside") == "avoid", uri
