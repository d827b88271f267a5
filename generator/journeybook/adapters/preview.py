"""The live preview: always one complete site, whatever stands in the files while somebody writes them.

Each build goes into a folder of its own, and the server turns to it once it is complete; a build that fails changes
nothing. What a build makes of files that are no good is told in :mod:`journeybook.adapters.last_good`.
"""

from __future__ import annotations

import itertools
import logging
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from journeybook.adapters import report
from journeybook.adapters.project import plugins_of

log = logging.getLogger("mkdocs.journeybook")
MARKER = "again"


class _Server(LiveReloadServer):
    """A request that waits for a build looks where the site was before it; after several builds that is gone."""

    def _serve_request(self, environ: Any, start_response: Any) -> Any:
        while True:
            root = self.root
            answer = super()._serve_request(environ, start_response)
            if answer is not None or root == self.root:
                return answer


class Preview:
    """A server at an address, and the folder with the sites it shows."""

    def __init__(self, config_file: Path, host: str, port: int, folder: Path) -> None:
        self._config_file, self._host, self._port, self._folder = config_file, host, port, folder
        self._places = (folder / f"site-{number}" for number in itertools.count())
        self._old: list[Path] = []
        self._server: _Server | None = None
        self._url = ""

    def run(self, *, open_browser: bool) -> None:
        """Build, then serve and follow every change until somebody stops it."""
        place = next(self._places)
        config = self._config(place)
        config.plugins.on_startup(command="serve", dirty=False)
        mount = f"/{urlsplit(config.site_url or '').path.strip('/')}/".replace("//", "/")
        self._url = config.site_url = f"http://{self._host}:{self._port}{mount}"
        try:
            self._build(config)
            watched = self._folder / "watched"
            watched.mkdir()
            self._server = server = _Server(self._again, self._host, self._port, str(place), mount)
            self._old.append(place)
            server.error_handler = self._error_page
            server.watch(config.docs_dir)
            server.watch(str(self._config_file))
            config.plugins.on_serve(server, config=config, builder=self._again)
            for item in (*config.watch, str(watched)):
                server.watch(str(item))
            try:
                server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
            except KeyboardInterrupt:
                log.info("Shutting down...")
            finally:
                server.shutdown()
        finally:
            config.plugins.on_shutdown()

    def _config(self, place: Path) -> Any:
        config = load_config(str(self._config_file), site_dir=str(place), dev_addr=f"{self._host}:{self._port}")
        for plugin in plugins_of(config):
            plugin.last_good.later = self._later
        return config

    def _build(self, config: Any) -> None:
        log.info("Building documentation...")
        config.site_url = self._url
        build(config, serve_url=self._url)

    def _again(self) -> None:
        """A new site in a new folder; the server turns to it when it is complete."""
        place = next(self._places)
        try:
            self._build(self._config(place))
        except (Exception, SystemExit) as error:  # whatever it is: the site of before is still there to be shown
            words = report.clean_lines(str(error)) or type(error).__name__
            log.error("The preview stays as it was: %s", words)
            shutil.rmtree(place, ignore_errors=True)
            return
        if self._server:
            self._server.root = str(place)
        self._old.append(place)
        while len(self._old) > 2:  # a reader may still be at the one before
            shutil.rmtree(self._old.pop(0), ignore_errors=True)

    def _later(self, seconds: float) -> None:
        timer = threading.Timer(seconds + 0.1, self._mark)
        timer.daemon = True
        timer.start()

    def _mark(self) -> None:
        """A change that the server sees, where nobody keeps files."""
        if self._folder.is_dir():
            (self._folder / "watched" / MARKER).write_text(str(time.monotonic_ns()), "utf-8")

    def _error_page(self, code: int) -> bytes | None:
        page = Path(self._server.root if self._server else "") / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def preview(config_file: Path, host: str, port: int, *, open_browser: bool) -> None:
    """Serve a project until somebody stops it; nothing is left behind."""
    folder = Path(tempfile.mkdtemp(prefix="journeybook-preview-"))
    try:
        Preview(config_file, host, port, folder).run(open_browser=open_browser)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
