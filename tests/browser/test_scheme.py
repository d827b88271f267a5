"""Light and dark: the first visit follows the system, a choice is kept, the browser's own parts follow, keys work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

AUTO = ('<input class="md-option" data-md-color-media="(prefers-color-scheme)" data-md-color-scheme="default" '
        'data-md-color-primary="custom" data-md-color-accent="custom" type="radio" name="__palette" id="__palette_a">'
        '<label class="md-header__button md-icon" for="__palette_0" title="As the system" hidden>A</label>')
LABEL = "form[data-jb=scheme] label:visible"
TOUCHED = """
window.jbTouched = [] // once the page is there: what the frame says before costs nothing
new MutationObserver(all => {
  for (const one of all) if (one.target === document.body && document.querySelector('footer')) jbTouched.push(one.attributeName)
}).observe(document, { attributes: true, subtree: true })
"""  # noqa: E501 - JavaScript


@contextmanager
def visit(chromium: Any, address: str, system: str, *, automatic: bool = False) -> Iterator[Any]:
    """A page as somebody sees it for the first time; ``automatic`` adds the theme's third choice, the first one."""
    context = chromium.new_context(color_scheme=system)
    page = context.new_page()
    if automatic:
        def with_choice(route: Any) -> None:
            answer = route.fetch()
            text = answer.text().replace('data-jb="scheme">', f'data-jb="scheme">{AUTO}', 1)
            route.fulfill(response=answer, body=text)
        page.route("**/index.html", with_choice)
        address += "index.html"
    page.goto(address, wait_until="networkidle")
    yield page
    context.close()


def scheme(page: Any) -> str:
    """What the page is drawn in."""
    return str(page.evaluate("document.body.getAttribute('data-md-color-scheme')"))


def told(page: Any) -> list[str | None]:
    """What the browser is told of its own parts."""
    return [page.evaluate("name => document.querySelector(`meta[name=${name}]`)?.content ?? null", name)
            for name in ("color-scheme", "theme-color")]


@pytest.mark.parametrize(("system", "expected", "parts"),
                         [("light", "default", None), ("dark", "slate", "dark")])
def test_the_first_visit_follows_the_system(chromium: Any, base: str, system: str, expected: str,
                                            parts: str | None) -> None:
    """Nobody has chosen yet."""
    with visit(chromium, base, system) as page:
        assert scheme(page) == expected
        assert page.locator(LABEL).count() == 1
        assert told(page)[0] == parts
        assert str(told(page)[1]).startswith("#")


def test_a_choice_is_kept_and_told(chromium: Any, base: str) -> None:
    """One press changes everything at once, the next page and a new load know it; a second press takes it back."""
    with visit(chromium, base, "light") as page:
        bars = told(page)[1]
        page.locator(LABEL).click()
        assert scheme(page) == "slate"
        page.wait_for_function("document.querySelector('meta[name=color-scheme]')?.content === 'dark'")
        assert told(page)[1] != bars
        assert page.locator(LABEL).get_attribute("title") == "Switch to light mode"
        assert not page.evaluate("document.body.hasAttribute('data-md-color-switching')")
        page.goto(f"{base}journeys/", wait_until="networkidle")
        assert scheme(page) == "slate"
        assert page.locator(LABEL).count() == 1
        page.locator(LABEL).click()
        page.wait_for_function("document.querySelector('meta[name=color-scheme]')?.content === 'light'")
        assert scheme(page) == "default"
        assert told(page)[1] == bars


def test_enter_goes_on_to_the_next(chromium: Any, base: str) -> None:
    """Without a pointer."""
    with visit(chromium, base, "light") as page:
        page.locator("form[data-jb=scheme] input").first.focus()
        page.keyboard.press("Enter")
        assert scheme(page) == "slate"
        page.keyboard.press("Enter")
        assert scheme(page) == "default"


def test_the_third_choice_follows_the_system(chromium: Any, base: str) -> None:
    """`(prefers-color-scheme)`: as the system is now, also when that changes while the page is open."""
    with visit(chromium, base, "dark", automatic=True) as page:
        assert page.locator(LABEL).get_attribute("title") == "As the system"
        assert scheme(page) == "slate"
        page.emulate_media(color_scheme="light")
        page.wait_for_function("document.body.getAttribute('data-md-color-scheme') === 'default'")
        assert page.locator(LABEL).get_attribute("title") == "As the system"


def test_a_page_that_stays_as_it_is_is_not_touched(chromium: Any, base: str) -> None:
    """What makes the theme's own switch slow: it says the same anew, and the whole page is styled for it."""
    with visit(chromium, base, "light") as page:
        page.add_init_script(TOUCHED)
        for _ in range(2):  # with nothing stored, and with what the first load stored
            page.goto(base, wait_until="networkidle")
            assert set(page.evaluate("jbTouched")) <= {"data-md-color-media"}
            assert told(page)[0] is None
