"""Hostile words in every text field, in a real browser and without the policy that would stop what slips through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import museum
from browser.served import served
from support_site import run

OPENED = ("", "journeys/", "journeys/j-0/", "journeys/j-9/", "people/", "people/teams/teams-3/", "library/",
          "people/personas/personas-5/", "promises/", "lifecycle/", "library/content/", "library/content-matrix/",
          "library/metrics/metrics-2/", "library/channels/channels-4/", "library/evidence/", "library/opportunities/",
          "people/raci/", "health/", "health/reviews/", "glossary/", "compare/?a=j-1&b=j-2", "journeys/odd-1/")
PARSE = """async ([urls, addresses]) => {
  const elements = new Set(), attributes = new Set(), links = new Set()
  for (const url of urls) {
    const parsed = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html')
    const roots = [parsed, ...[...parsed.querySelectorAll('template')].map(template => template.content)]
    for (const element of roots.flatMap(root => [...root.querySelectorAll('*')])) {
      elements.add(element.localName)
      for (const attribute of element.attributes) attributes.add(attribute.name)
      for (const name of addresses) if (element.hasAttribute(name))
        links.add(element.getAttribute(name).trim().match(/^[a-z][a-z0-9+.-]*(?=:)/i)?.[0] ?? '')
    }
  }
  return [[...elements], [...attributes], [...links]]
}"""
NOW = """() => [...document.querySelectorAll('*')].flatMap(element => [element.localName, ...[...element.attributes]
  .map(attribute => attribute.name).filter(name => name.startsWith('on') || name === 'srcdoc')])"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The museum, served, and its folder."""
    folder = tmp_path_factory.mktemp("museum") / "project"
    museum.write(folder)
    result = run(folder, "build", "--no-cache", "--keep-going")
    assert result.exit_code == 0, result.stderr
    with served(folder / "site") as base:
        yield base, folder / "site"


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A tab without a policy. Dialogs, scripts of strangers and requests to them fail the test."""
    context = chromium.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.jb_faults = []
    page.on("dialog", lambda dialog: (page.jb_faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else page.jb_faults.append(request.url))
    yield page
    assert page.jb_faults == []
    context.close()


def test_a_browser_reads_nothing_but_what_is_allowed(shown: tuple[str, Path], tab: Any) -> None:
    """Every page, read by the parser that readers have: only known elements, attributes and kinds of addresses."""
    base, folder = shown
    tab.goto(base)
    pages = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]
    elements, attributes, schemes = tab.evaluate(PARSE, [[base + page for page in pages], museum.ADDRESSES])
    assert {name.lower() for name in elements} <= museum.ELEMENTS
    assert {name.lower() for name in attributes if not name.startswith(("aria-", "data-"))} <= museum.ATTRIBUTES
    assert {scheme.lower() for scheme in schemes} <= set(museum.SCHEMES)
    assert len(pages) > 300


def test_nothing_runs(shown: tuple[str, Path], tab: Any) -> None:
    """Pages of every kind are opened, and found things searched for: no hostile word becomes a script or a handler."""
    base, _ = shown
    for uri in OPENED:
        answer = tab.goto(base + uri)
        assert answer.status == 200, uri
        tab.wait_for_timeout(50)
        assert tab.evaluate("window.pwned") is None, uri
        assert set(tab.evaluate(NOW)) - {"clippath", "clipPath", "mark"} <= {
            *museum.ELEMENTS, "linearGradient"}, uri
    tab.goto(base)
    tab.keyboard.press("/")
    for words in ("onerror", "javascript", "onmouseover"):
        tab.locator("[data-md-component=search-query]").fill("")
        tab.keyboard.type(words)
        tab.locator(".md-search-result__link").first.wait_for()
        tab.wait_for_timeout(200)
        assert tab.evaluate("window.pwned") is None, words
        inside = tab.evaluate("[...document.querySelectorAll('.md-search-result *')].map(e => e.localName)")
        assert set(inside) <= {"div", "ol", "li", "a", "article", "h1", "h2", "p", "mark", "nav", "details", "summary",
                               "code", "span", "ul"}, words
