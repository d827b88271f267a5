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
from mkdocs.exceptions import MkDocsException

from journeybook.adapters import accidents, report
from journeybook.adapters.build import load
from journeybook.adapters.edits import Seen, Site, sources_seen
from journeybook.adapters.live_server import AgainError, Server
from journeybook.adapters.project import find_project, plugins_of
from journeybook.problems import JourneybookError
from journeybook.reading import Clock

log = logging.getLogger("mkdocs.journeybook")
MARKER = "again"


class Preview:
    """A server at an address, and the folder with the sites it shows."""

    def __init__(self, config_file: Path, host: str, port: int, folder: Path, clock: Clock | None) -> None:
        self._config_file, self._host, self._port, self._folder = config_file, host, port, folder
        self._clock = clock
        self._address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._places = (folder / f"site-{number}" for number in itertools.count())
        self._old: list[Path] = []
        self._server: Server | None = None
        self._site: Site | None = None
        self._watched: tuple[str, ...] = ()
        self._seen: dict[str, Seen] = {}  # how everything looked when the last change was taken up
        self._url = ""

    def run(self, *, open_browser: bool) -> None:
        """Build, then serve and follow every change until somebody stops it."""
        place = next(self._places)
        config = self._config(place)
        config.plugins.on_startup(command="serve", dirty=False)
        mount = f"/{urlsplit(config.site_url or '').path.strip('/')}/".replace("//", "/")
        self._url = config.site_url = f"http://{self._address}{mount}"
        try:
            watched = self._folder / "watched"
            watched.mkdir()
            self._watched = (config.docs_dir, str(self._config_file), str(watched))
            self._build(config, place)
            self._server = server = Server(self._again, self._host, self._port, str(place), mount)
            server.url = self._url
            self._old.append(place)
            server.error_handler = self._error_page
            server.differs = lambda: self._seen != sources_seen(*self._watched)
            config.plugins.on_serve(server, config=config, builder=self._again)
            for item in self._watched:
                server.watch(item)
            try:
                server.serve(open_in_browser=open_browser)
            except KeyboardInterrupt:
                log.info("Shutting down...")
            finally:
                server.shutdown()
        finally:
            config.plugins.on_shutdown()

    def _config(self, place: Path) -> Any:
        find_project(self._config_file)  # knows more about what is wrong with the file than the host
        config, said = load(self._config_file, site_dir=str(place), dev_addr=self._address)
        for line in said:
            log.warning("%s", line)
        for plugin in plugins_of(config):
            plugin.making.last_good.later = self._later
            plugin.making.clock = self._clock
        return config

    def _build(self, config: Any, place: Path) -> None:
        """The whole site, by the host."""
        log.info("Building documentation...")
        seen = sources_seen(*self._watched)
        config.site_url = self._url
        build(config, serve_url=self._url)
        more = [str(item) for item in config.watch if str(item) not in self._watched]  # plugins add to it meanwhile
        seen |= sources_seen(*more)
        self._seen = seen
        self._watched += tuple(more)
        plugins = plugins_of(config)
        self._site = Site(plugins[0], config, place, seen) if len(plugins) == 1 else None

    def _again(self) -> None:
        """What changed since, as long as it is in our files; else a new site in a new folder.

        The server turns to that when it is complete.
        """
        seen = sources_seen(*self._watched)
        if self._site and self._site.seen == seen and not self._site.begun:  # told of one change twice
            return
        self._seen = seen
        if self._edited(seen):
            return
        place = next(self._places)
        if self._server:
            self._server.hold()
        try:
            self._build(self._config(place), place)
        except (Exception, SystemExit) as error:  # whatever it is: the site of before is still there to be shown
            log.error("The preview stays as it was: %s", _words(error))
            shutil.rmtree(place, ignore_errors=True)
            self._site = None
            return
        if self._server:
            self._server.root = str(place)
            self._server.everything_changed()
        self._old.append(place)
        while len(self._old) > 2:  # a reader may still be at the one before
            shutil.rmtree(self._old.pop(0), ignore_errors=True)

    def _edited(self, seen: dict[str, Seen]) -> bool:
        """Whether the site could be brought up to date without the host."""
        site, server = self._site, self._server
        if site is None or server is None or not site.can_edit(seen):
            return False
        try:
            server.begin()
            site.edit(server.looked_at, server.changed, server.go_on)
        except AgainError:  # something else was saved meanwhile: all that is not up to date has to wait for that
            return True
        except Exception as error:  # the host may know better, or says what is wrong
            server.end()
            log.debug("The host builds the site: %r", error)
            return False
        server.end()
        site.seen = seen
        return True

    def _later(self, seconds: float) -> None:
        timer = threading.Timer(seconds + 0.1, self._mark)
        timer.daemon = True
        timer.start()

    def _mark(self) -> None:
        """A change that the server sees, where nobody keeps files."""
        if self._folder.is_dir():
            (self._folder / "watched" / f"{MARKER}.yml").write_text(str(time.monotonic_ns()), "utf-8")

    def _error_page(self, code: int) -> bytes | None:
        page = Path(self._server.root if self._server else "") / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def _words(error: BaseException) -> str:
    """What stopped a build, in plain words; where nobody foresaw it, with its place."""
    if isinstance(error, Exception) and not isinstance(error, (JourneybookError, MkDocsException)):
        error = accidents.told(error, what="the build")
    if isinstance(error, JourneybookError):
        return report.clean_lines(f"{error.message}\n  help: {error.help}" if error.help else error.message)
    return report.clean_lines(str(error)) or type(error).__name__


def preview(config_file: Path, host: str, port: int, *, open_browser: bool, clock: Clock | None = None) -> None:
    """Serve a project until somebody stops it; nothing is left behind."""
    folder = Path(tempfile.mkdtemp(prefix="journeybook-preview-"))
    try:
        Preview(config_file, host, port, folder, clock).run(open_browser=open_browser)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
