"""One browser, and three sites built once: the demo, an atlas of extremes, and one with nothing in it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from browser import kinds
from browser.find import find
from browser.served import served

BROWSER = find()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that open pages carry the mark; without a browser they are skipped."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


class _Tabs:
    """A browser whose tabs pass over the sites' own policy: tests ask pages questions that it does not allow."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def new_context(self, **options: Any) -> Any:
        """As Playwright's; ``bypass_csp=False`` holds to the policy."""
        return self._browser.new_context(**{"bypass_csp": True, **options})

    def new_page(self, **options: Any) -> Any:
        """As Playwright's."""
        return self._browser.new_page(**{"bypass_csp": True, **options})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._browser, name)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """One browser for all tests. Skipped where there is none; in CI that is an error."""
    if BROWSER is None and os.environ.get("CI"):
        pytest.fail("CI needs a browser: python tests/browser/find.py", pytrace=False)
    if BROWSER is None:
        pytest.skip("no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield _Tabs(browser)
        browser.close()


@pytest.fixture(scope="package")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """``sites(name)`` → the address of a site of :data:`kinds.PAGES`, built when first asked for."""
    known: dict[str, str] = {}
    with ExitStack() as stack:
        def address(name: str) -> str:
            if name not in known:
                with socket.create_server(("127.0.0.1", 0)) as probe:
                    port = int(probe.getsockname()[1])
                folder = kinds.build(name, tmp_path_factory.mktemp(name), port)
                known[name] = stack.enter_context(served(folder, port))
            return known[name]
        yield address


@pytest.fixture(scope="package")
def base(sites: Callable[[str], str]) -> str:
    """The address of the demo site."""
    return sites("demo")


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
