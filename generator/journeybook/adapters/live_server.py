"""The preview's server: it hears of changes at once, and each page is reloaded when that page has changed."""

from __future__ import annotations

import os
import posixpath
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

POLL = re.compile(r"/livereload/([0-9]+)/[0-9]+")
CHANGES = frozenset({"created", "modified", "deleted", "moved", "closed"})
"""Events that say that a file may hold something else; opening one does not."""
SETTLE = 0.04  # seconds without another event after which a file is taken for saved
LOOK = 2.0  # seconds between looks at all files, for disks that tell nobody of changes
LONG = 55.0  # seconds after which a page that waits for news is told to ask again
COURTESY = 0.6  # seconds for which work stands still at most, so that a page is there sooner


class AgainError(Exception):
    """There is something newer to bring the site up to date with."""


class _Handler(FileSystemEventHandler):
    def __init__(self, server: Server, *, sure: bool) -> None:
        self._server, self._sure = server, sure

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by the observers."""
        if event.event_type in CHANGES and not event.is_directory and (self._sure or self._server.differs()):
            self._server.wake()


class Server(LiveReloadServer):
    """Pages are shown as soon as they are up to date; while a site is changing, those that may not be have to wait."""

    def __init__(self, builder: Any, host: str, port: int, root: str, mount: str) -> None:
        super().__init__(builder, host, port, root, mount)
        self.build_delay = SETTLE
        self.observer = Observer()  # type: ignore[assignment]  # the host polls
        self._looker = PollingObserver(timeout=LOOK)
        self._changing = False
        self._ready: set[str] = set()  # while changing: files that are up to date
        self._since: dict[str, int] = {}  # a file → the version of the site in which it last changed
        self._all_since = 0
        self._waiting: Counter[str] = Counter()
        self._loaded: dict[str, int] = {}  # a file → the version of the site from which a page of it was last loaded
        self._gate = threading.Condition()
        self.differs: Callable[[], bool] = lambda: True  # whether files really are not what was built from

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Build again when a file changes there."""
        path = os.path.abspath(path)  # noqa: PTH100 - a link must stay one
        if path not in self._watched_paths:
            self._watched_paths[path] = 1
            self.observer.schedule(_Handler(self, sure=True), path, recursive=recursive)
            self._looker.schedule(_Handler(self, sure=False), path, recursive=recursive)

    def wake(self) -> None:
        """Something may have changed."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()
        with self._gate:
            self._gate.notify_all()

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Serve until somebody stops it."""
        self._looker.start()
        super().serve(open_in_browser=open_in_browser)  # type: ignore[no-untyped-call]  # the host's

    def shutdown(self, wait: bool = False) -> None:
        """End."""
        self._looker.stop()
        with self._gate:
            self._changing = False
            self._gate.notify_all()
        super().shutdown(wait)

    def looked_at(self) -> Collection[str]:
        """The files of the pages that wait for news: browsers show them."""
        with self._gate:
            return [file for file, number in self._waiting.items() if number > 0]

    def begin(self) -> None:
        """From now on the site is brought up to date."""
        with self._gate:
            self._changing, self._ready = True, set()

    def go_on(self) -> None:
        """Raises :class:`AgainError` if something was saved since."""
        if self._want_rebuild:
            raise AgainError

    def end(self) -> None:
        """All of the site is up to date."""
        with self._gate:
            self._changing = False
            self._gate.notify_all()

    def changed(self, files: Collection[str], *, courteous: bool = False) -> None:
        """These are up to date now, and not what they were.

        A ``courteous`` caller does nothing until a browser has loaded one of them: answers would wait for the
        interpreter at each of their steps.
        """
        if not files:
            return
        version = self._version()
        with self._gate:
            self._ready.update(files)
            self._since.update(dict.fromkeys(files, version))
            self._gate.notify_all()
            if courteous:
                self._gate.wait_for(lambda: self._want_rebuild or any(
                    self._loaded.get(file, 0) >= version for file in files), timeout=COURTESY)

    def hold(self) -> None:
        """Another site is being built: whoever asks waits for it."""
        with self._epoch_cond:
            self._wanted_epoch = max(time.monotonic_ns() // 1_000_000, self._visible_epoch + 1)

    def everything_changed(self) -> None:
        """There is another site."""
        self._all_since = self._version()

    def _version(self) -> int:
        """A new version of the site, which requests need not wait for."""
        with self._epoch_cond:
            version = max(time.monotonic_ns() // 1_000_000, self._visible_epoch + 1)
            self._wanted_epoch = self._visible_epoch = version
            self._epoch_cond.notify_all()
        return version

    def _serve_request(self, environ: Any, start_response: Any) -> Any:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        poll = POLL.fullmatch(path)
        if poll:
            return self._news(int(poll[1]), environ, start_response)
        file = self._file(path)
        with self._gate:
            self._gate.wait_for(lambda: not self._changing or file in self._ready or file.startswith("assets/"))
        while True:
            root = self.root
            answer = super()._serve_request(environ, start_response)
            if answer is not None or root == self.root:
                return answer

    def _file(self, path: str) -> str:
        """The file behind an address, from the top of the site."""
        inside = path[len(self.mount_path):] if (path + "/").startswith(self.mount_path) else path
        return posixpath.normpath(f"/{inside}{'index.html' if path.endswith('/') else ''}").lstrip("/")

    def _news(self, version: int, environ: Any, start_response: Any) -> list[bytes]:
        """Answers a page when it has changed; after a while without news it may ask again."""
        file = self._file(unquote(urlsplit(environ.get("HTTP_REFERER", "")).path))
        start_response("200 OK", [("Content-Type", "text/plain")])

        def newer() -> bool:
            return max(self._since.get(file, 0), self._all_since) > version or self._shutdown

        with self._gate:
            self._waiting[file] += 1
            self._loaded[file] = version
            self._gate.notify_all()
        try:
            with self._epoch_cond:
                found = self._epoch_cond.wait_for(newer, timeout=LONG)
        finally:
            with self._gate:
                self._waiting[file] -= 1
        return [b"%d" % (self._visible_epoch if found and not self._shutdown else version)]
