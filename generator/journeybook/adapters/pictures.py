"""Pictures of canvases, taken by a real Chromium of pages that were built for it and are shown to nobody else."""

from __future__ import annotations

import functools
import http.server
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from journeybook.adapters.build import build_site
from journeybook.adapters.project import Project
from journeybook.problems import JourneybookError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SIZE = {"width": 1600, "height": 1000}  # CSS pixels: the canvas then shows up to seven stages without scrolling
SHARP = 2  # pixels of the picture to a CSS pixel
NO_BROWSER = "set JOURNEYBOOK_BROWSER to the path of a Chromium, or install one; `export html` and svg need none"
ALONE = """.md-header,.md-tabs,.md-footer,.md-path,.md-content__button,
.jb-page :is(.jb-rest,.jb-notice,.jb-bar,.jb-jump,.jb-words,.jb-hint,.jb-h2c,.jb-skip){display:none!important}
.md-content .jb-page{padding:1rem}"""
"""What a picture has no use for."""
ROOM = """() => {
  const box = document.querySelector('.jb-scroll'), more = box ? box.scrollWidth - box.clientWidth : 0
  return Math.ceil(innerWidth + Math.max(0, more))
}"""


def pictures(project: Project, journeys: Sequence[str], form: str) -> dict[str, str | bytes]:
    """A PNG of each canvas, or one PDF with a sheet a journey (A3, as a page prints).

    Raises :class:`JourneybookError` where there is no Chromium, or nothing to drive it with.
    """
    at = project.settings().at
    with tempfile.TemporaryDirectory(prefix="journeybook-") as folder:
        site = Path(folder) / "site"
        with _chromium() as browser:  # first: to be told early that there is none
            built = build_site(project.config_file, site, strict=False, keep_going=True, cache=True,
                               say=lambda words: None)
            if built.refusal:
                raise JourneybookError(f"the site cannot be built: {built.refusal.splitlines()[0]}",
                                       "run `journeybook build` to see why")
            with _served(site) as base:
                if form == "pdf":
                    return {"journeys.pdf": _joined([_sheet(browser, base + at, ident) for ident in journeys])}
                return {f"{ident}.png": _shot(browser, base + at, ident) for ident in journeys}


def _shot(browser: Any, base: str, ident: str) -> bytes:
    """Title, facts and canvas, however wide that is."""
    page = _open(browser, base, ident)
    page.add_style_tag(content=ALONE)
    page.set_viewport_size({"width": page.evaluate(ROOM), "height": SIZE["height"]})
    data: bytes = page.locator(".jb-page").screenshot(animations="disabled")
    page.close()
    return data


def _sheet(browser: Any, base: str, ident: str) -> bytes:
    page = _open(browser, base, ident)
    data: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    return data


def _open(browser: Any, base: str, ident: str) -> Any:
    page = browser.new_page(viewport=SIZE, device_scale_factor=SHARP)
    answer = page.goto(_address(base, ident))
    if answer is None or not answer.ok or not page.locator(".jb-canvas").count():
        raise JourneybookError(f"the journey `{ident}` has no canvas", "run `journeybook check` to see why")
    return page


def _address(base: str, ident: str) -> str:
    return f"{base}journeys/{ident}/"


def _joined(sheets: list[bytes]) -> bytes:
    """Several PDF files as one."""
    if len(sheets) == 1:
        return sheets[0]
    try:
        from pypdf import PdfWriter
    except ImportError:
        raise _missing() from None
    whole = PdfWriter()
    for sheet in sheets:
        whole.append(io.BytesIO(sheet))
    out = io.BytesIO()
    whole.write(out)
    return out.getvalue()


def _missing() -> JourneybookError:
    return JourneybookError("pictures need packages that are not installed here",
                            "run `pip install 'journeybook[pictures]'`; `export html` and svg need none")


@contextmanager
def _chromium() -> Iterator[Any]:
    """A browser that asks nobody for anything."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise _missing() from None
    path = _browser()
    with sync_playwright() as playwright:
        # In a container there is often no other user than root, for whom Chromium refuses its sandbox.
        alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        try:
            browser = playwright.chromium.launch(executable_path=path, args=alone)
        except Error:
            raise JourneybookError("no Chromium can be started on this machine", NO_BROWSER) from None
        try:
            yield browser
        finally:
            browser.close()


def _browser() -> str | None:
    """The path of a browser; None leaves it to Playwright, which may have one of its own."""
    named = os.environ.get("JOURNEYBOOK_BROWSER")
    if named and not Path(named).is_file():
        raise JourneybookError(f"JOURNEYBOOK_BROWSER names {named}, which is no file", NO_BROWSER)
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name for it
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address of the folder on this machine, while the block runs."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
