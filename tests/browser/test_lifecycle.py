"""The lifecycle atlas in a real browser: both layouts, the search, what it keeps in the address, and no script."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from browser.kinds import ROOT
from browser.served import served
from lifecycles import journeys
from support import write

PAGE = "lifecycle/"
WIDE, SLIM = ".jb-gw .jb-at", ".jb-slim .jb-at"


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an atlas of 60 journeys."""
    folder = tmp_path_factory.mktemp("large")
    write(folder / "maps", journeys(60))  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(
        re.sub(r"(?m)^site_url:.*$", f"site_url: http://127.0.0.1:{port}/", settings), "utf-8")
    subprocess.run([sys.executable, "-m", "journeybook", "build", "--quiet", "--no-cache"], cwd=folder, check=True)
    with served(folder / "site", port) as address:
        yield address


@pytest.fixture
def open_large(chromium: Any, large: str) -> Iterator[Any]:
    """``open_large(uri, width, …)`` → a page of that atlas; the test fails on errors of the page."""
    contexts, faults = [], []

    def opened(uri: str, width: int = 1440, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(large + uri)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.mark.parametrize(("width", "shown", "hidden"), [(1440, WIDE, SLIM), (768, SLIM, WIDE), (390, SLIM, WIDE)])
def test_the_layout_fits_the_width_and_its_links_work(open_page: Any, base: str, width: int, shown: str,
                                                      hidden: str) -> None:
    """One layout is seen at a time; after instant navigation its boxes still lead to their journeys."""
    page = open_page("", width)
    page.evaluate("u => document.querySelector(`a[href$='lifecycle/']`).click()", base)
    page.wait_for_url(re.compile("lifecycle/$"))
    page.locator(shown).wait_for()
    assert page.locator(hidden).is_hidden()
    box = page.locator(f"{shown} a.k-journey").first
    title = box.locator("text").first.text_content()
    box.click()
    page.wait_for_url(re.compile("journeys/"))
    assert title.split()[0] in page.locator("h1").inner_text()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_large_atlas_is_no_wider_than_the_window(open_large: Any, width: int) -> None:
    """Neither the whole nor a category sticks out sideways; the narrow picture itself is not cut off."""
    for uri in ("lifecycle/", "lifecycle/buyer/"):
        page = open_large(uri, width)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert page.locator(SLIM).first.evaluate("e => e.getBoundingClientRect().right <= innerWidth")


def test_search_dims_the_rest_and_gives_it_back(open_page: Any) -> None:
    """Words dim what does not match, are counted and kept in the address; without words all is as before."""
    page = open_page(PAGE)
    page.locator(".jb-find input").fill("bank")
    assert page.locator(f"{WIDE} .k-journey:not(.jb-out)").count() == 2
    assert page.locator(f"{WIDE} .k-journey.jb-out").count() > 5
    assert page.locator(".jb-find [role=status]").inner_text() == "2 journeys"
    assert page.locator(".jb-find li").count() == 2
    assert page.url.endswith("?find=bank")
    page.locator(".jb-find input").fill("zzz")
    assert page.locator(".jb-find [role=status]").inner_text() == "No journey matches"
    page.locator(".jb-find input").fill("")
    assert page.locator(".jb-out").count() == 0
    assert page.url.endswith(PAGE)


def test_one_journey_shows_what_it_is_linked_to(open_page: Any, base: str) -> None:
    """Picking a match leaves its links and their other ends; the address brings the same view back."""
    page = open_page(PAGE)
    page.locator(".jb-find input").fill("worth it")
    page.locator(".jb-find li .jb-chip").first.click()
    assert page.url.endswith("?find=renew-or-not")
    lit = page.locator(f"{WIDE} [data-a]:not(.jb-out)").evaluate_all("all => all.map(e => e.dataset.a).sort()")
    edges = page.locator(f"{WIDE} .ed").evaluate_all(
        "all => all.map(e => e.dataset.e.split(' ')).filter(e => e.includes('renew-or-not')).flat()")
    assert lit == sorted(set(edges))
    assert page.locator(f"{WIDE} .ed.jb-on").count() * 2 == len(edges)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert page.locator(".jb-find input").input_value() == "Was it worth it?"
    assert page.locator(f"{WIDE} .jb-on[data-a=renew-or-not]").count() == 1


def test_search_of_a_large_atlas_leads_to_one_hop(open_large: Any) -> None:
    """From the whole to the category's page with the journey picked there."""
    page = open_large(PAGE)
    page.locator(".jb-find input").fill("017")
    assert page.locator(f"{WIDE} .k-category:not(.jb-out)").count() == 1
    page.locator(".jb-find li .jb-chip").click()
    page.wait_for_url(re.compile(r"lifecycle/buyer/\?find=j17"))
    page.wait_for_selector(".jb-on[data-a=j17]")
    lit = page.locator(f"{WIDE} .nd[data-a]:not(.jb-out)").evaluate_all("all => all.map(e => e.dataset.a).sort()")
    assert set(lit) == {"j16", "j17", "j18"}


def test_everything_is_there_without_scripting(open_large: Any) -> None:
    """No search box that does nothing; all journeys can be reached; diagrams are drawn."""
    page = open_large(PAGE, java_script_enabled=False)
    assert page.locator(".jb-find").is_hidden()
    assert page.locator(WIDE).is_visible()
    assert page.locator(".jb-ix a[href*='journeys/j']").count() == 60
    page.locator(".jb-ix summary").first.click()
    page.locator(".jb-ix[open] dt a").first.click()
    page.locator(f"{WIDE} .k-journey").first.wait_for()  # fails where it does not come into sight
