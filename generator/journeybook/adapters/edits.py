"""What an edit changes in a site that is being shown: only those pages are drawn and written.

The host builds the site once. As long as nobody but us has a say in pages, and no page comes or goes, an edited file
needs no host: its frame around a page is known. Pages that somebody looks at come first, before the checks have run
and all else is drawn; they come again if that changes them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from mkdocs.commands.build import get_context

from journeybook.adapters.host_pages import JourneyFile, JourneyPage
from journeybook.adapters.search_index import with_records
from journeybook.addresses import HUBS
from journeybook.book import Book
from journeybook.page import Page

OURS = (".yml", ".yaml", ".csv")
Seen = tuple[int, int, int]


class Show(Protocol):
    """Whoever is told which files are new; the ``courteous`` wait until somebody has them."""

    def __call__(self, files: Collection[str], *, courteous: bool = False) -> None:
        """These are new."""


class HostNeededError(Exception):
    """The host has to build the whole site."""


@dataclass(slots=True)
class Site:
    """A site that the host has built. ``plugin`` made its pages; ``place`` is its folder."""

    plugin: Any
    config: Any
    place: Path
    seen: Mapping[str, Seen]
    book: Book | None = None  # what stands there in full
    begun: bool = False  # an edit that was not brought to its end: some pages are newer than others

    def can_edit(self, now: Mapping[str, Seen]) -> bool:
        """Whether only sources of ours changed since, and nobody else has a say in pages."""
        files = self.plugin.files
        changed = {path for path in {*now, *self.seen} if now.get(path) != self.seen.get(path)}
        return (self.plugin.alone and all(isinstance(file, JourneyFile) for file in files)
                and all(path.endswith(OURS) and not path.endswith("mkdocs.yml") for path in changed))

    def edit(self, wanted: Callable[[], Collection[str]], show: Show, pause: Callable[[], None] = lambda: None) -> None:
        """Bring the site up to date. ``wanted`` are the files that somebody looks at; ``show`` is told which are new.

        Raises :class:`HostNeededError` where the host is needed after all. ``pause`` may raise to begin again.
        """
        self.begun = True
        pages = {file.dest_uri: file.page for file in self.plugin.files}
        before = self.book = self.book or self.plugin.making.book
        uris = {page.finished.uri: name for name, page in pages.items()}

        def early(drawn: list[Page]) -> None:
            show([uris[page.uri] for page in drawn if self._put(pages[uris[page.uri]], page)], courteous=True)

        making = self.plugin.making
        making.pause = pause
        making.early = lambda: ({pages[name].finished.uri for name in wanted() if name in pages}, early)
        try:
            self.plugin.on_pre_build(config=self.config)
        finally:
            making.early, making.pause = None, lambda: None
        book = self.plugin.making.book
        if [page.uri for page in book.pages] != [page.uri for page in before.pages] or (
                book.pictures != before.pictures or not self.plugin.same_look(before)):
            raise HostNeededError
        changed = [uris[page.uri] for page in book.pages if self._put(pages[uris[page.uri]], page)]
        changed += self._files(before.files, book.files)
        changed += self._files(*(dict(file for page in one.pages for file in page.files) for one in (before, book)))
        if changed:
            self._index(book.pages)
        self.book, self.begun = book, False
        show(changed)

    def _put(self, page: JourneyPage, finished: Page) -> bool:
        """Write a page anew if it differs; gives whether it did."""
        before = page.finished
        if finished is before or finished == before:
            return False
        if finished.uri in HUBS:
            whole = self._framed(page, finished)
            page.take(finished)
        else:
            page.take(finished)
            page.show_shelves()
            whole = self._whole(page)
        _write(self.place / page.file.dest_uri, whole)
        return True

    def _whole(self, page: JourneyPage) -> str:
        """A page in the frame that it shares with others, or in its own where it cannot share one."""
        if page.cut:
            return str(self.plugin.frame(self.config, page).around(page))
        return str(self.plugin.shells.whole(page, get_context(self.plugin.nav, self.plugin.files, self.config, page)))

    def _framed(self, page: JourneyPage, finished: Page) -> str:
        """A page whose frame is its own (it stands in the navigation): only what is in the frame may differ."""
        before = page.finished
        whole = (self.place / page.file.dest_uri).read_text("utf-8")
        frame = ("title", "description", "edit", "section")
        if whole.count(before.html) != 1 or any(getattr(finished, name) != getattr(before, name) for name in frame):
            raise HostNeededError
        return whole.replace(before.html, finished.html)

    def _files(self, before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
        """Files beside the pages."""
        if before.keys() != now.keys():
            raise HostNeededError
        changed = [name for name, content in now.items() if before[name] != content]
        for name in changed:
            _write(self.place / name, now[name])
        return changed

    def _index(self, pages: list[Page]) -> None:
        index = self.place / "search" / "search_index.json"
        if self.plugin.search_base is not None and index.is_file():
            text, _ = with_records(self.plugin.search_base, pages, self.config.use_directory_urls, self.plugin.at)
            _write(index, text)


def sources_seen(*folders: str) -> dict[str, Seen]:
    """How every file in these folders (or files) looks from outside: size, time of the last change, number."""
    found: dict[str, Seen] = {}
    for folder in folders:
        if os.path.isfile(folder):  # noqa: PTH113 - many files, so no object each
            found[folder] = _seen(os.stat(folder))  # noqa: PTH116 - as above
        _look(folder, found)
    return found


def _look(folder: str, found: dict[str, Seen]) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_dir():
                _look(entry.path, found)
            else:
                found[entry.path] = _seen(entry.stat())
        except OSError:
            continue


def _seen(status: os.stat_result) -> Seen:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _write(path: Path, content: str) -> None:
    """A file whole: whoever reads meanwhile gets the one before."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(content, "utf-8")
    fresh.replace(path)
