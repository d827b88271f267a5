"""The book of an atlas for the host: read, checked and rendered, or refused while the old site is still whole."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from journeybook.adapters import report
from journeybook.adapters.editor import keep_schema
from journeybook.adapters.history import read_history, read_preview
from journeybook.adapters.last_good import LastGood
from journeybook.adapters.standing import Standing
from journeybook.adapters.weight import heavy_pages
from journeybook.book import Book, build_book, journey_pages
from journeybook.changes.entities import History
from journeybook.finished import Finished, place_of
from journeybook.page import Held, Page
from journeybook.problems import Problem, Severity
from journeybook.reading import Clock, Reading, read_book, uncollected
from journeybook.settings import Settings
from journeybook.views.record_places import journey_uri
from journeybook.workers import processors

log = get_plugin_logger(__name__)
SHOWN = 20  # problems printed with a refusal; `journeybook check` shows all
Early = Callable[[], tuple[Collection[str], Callable[[list[Page]], None]]]
"""Asked when the maps are read: the pages that somebody looks at, and who is to be given them."""


@dataclass(slots=True)
class Making:
    """What makes the book, build after build of the same process.

    While ``serving`` whatever can be shown is shown. ``compare_to`` is the revision whose differences a preview marks;
    ``pause`` may end the drawing between two pages by raising. ``old`` is the site that a complete new one replaces.
    """

    serving: bool = False
    compare_to: str = ""
    old: Path | None = None
    clock: Clock | None = None
    early: Early | None = None
    pause: Callable[[], None] = lambda: None
    book: Book | None = None
    finished: Finished | None = None
    last_good: LastGood = field(default_factory=LastGood)
    _history: History | None = None

    def make(self, settings: Settings, icons: Path, custom: Sequence[Path], *, keep_going: bool, strict: bool) -> None:
        """Read, check and render everything into ``book``; a refusal is the host's own exception.

        What stays until the next build is also kept from the collector while the host works.
        """
        gc.unfreeze()
        keep_going = keep_going or self.serving
        with uncollected():
            workers = 1 if self.serving else processors()
            reading = self._read(settings, icons, workers)
            _judge(reading, keep_going, strict=strict and not self.serving)
            self._history = self._told_by_git(settings)
            book = build_book(settings, icons, reading=reading, keep_going=keep_going, overrides=custom,
                              clock=self.clock, workers=workers, history=self._history,
                              finished=self._kept(settings), pause=self.pause)
            heavy, too_heavy = heavy_pages(book, settings)
            if too_heavy and not keep_going:
                raise PluginError("\n".join(_refusal(heavy)))
            book.notices += [f"{problem.span.path}: {problem.message}" for problem in heavy]
        gc.freeze()
        held = self.last_good.notice()
        if held:
            book.pages = [replace(page, content=Held(held + page.html, page.content.beside)) for page in book.pages]
        self.book = book
        self._tell(book, strict=strict and not self.serving)

    def _read(self, settings: Settings, icons: Path, workers: int) -> Reading:
        if not self.serving:
            return read_book(settings, self.clock, workers)
        reading = self.last_good.read(settings, self.clock, partial(self._first, settings, icons))
        keep_schema(reading, settings)
        return reading

    def _first(self, settings: Settings, icons: Path, reading: Reading) -> None:
        """Pages that somebody looks at, before the checks have run; problems on them are those of before."""
        if self.early is None or self.book is None or self.finished is None:
            return
        wanted, show = self.early()
        idents = {ident for ident in reading.atlas.journeys if journey_uri(ident) in wanted}
        if idents:
            reading = replace(reading, problems=self.book.problems)
            show(journey_pages(settings, icons, reading, idents, self._history, self.book.moved, self.clock))

    def _told_by_git(self, settings: Settings) -> History | None:
        history = None if settings.history is False else read_history(settings)
        if self.compare_to:
            return replace(history or History(), preview=read_preview(settings, self.compare_to))
        return history

    def _kept(self, settings: Settings) -> Finished | None:
        """The pages of the build before; a preview of differences is drawn anew."""
        if settings.cache is None or self.compare_to:
            self.finished = None
            return None
        place = place_of(settings)
        if self.finished is None or self.finished.folder != place:  # of another project, in the same process
            self.finished = Finished(place, lasting=not self.serving)
        return self.finished

    def standing(self) -> Standing | None:
        """What of the old site can stand in the new one; None where nothing is known of it."""
        if self.old is None or self.finished is None or self.finished.folder is None:
            return None
        return Standing(self.old, self.finished.folder, self.finished.marks())

    def _tell(self, book: Book, *, strict: bool) -> None:
        for line in self.last_good.held.values():
            log.info("%s", line)
        for notice in book.notices:
            log.warning("%s", notice)
        if book.remark:
            log.info("%s", book.remark)
        if book.notices and strict:
            raise PluginError("Nothing was published; the site is as it was. Mend this first:\n  "
                              + "\n  ".join(report.clean(notice) for notice in book.notices))
        log.info("%s, %s pages", report.summary(book.problems, book.reading.files, len(book.atlas.journeys)),
                 len(book.pages))


def _judge(reading: Reading, keep_going: bool, *, strict: bool) -> None:
    refusing = [] if keep_going else reading.refusals
    if strict and not refusing:
        refusing = [p for p in reading.problems if p.severity >= Severity.WARNING]
    if refusing:
        raise PluginError("\n".join(_refusal(refusing)))
    if keep_going:
        for line in report.concise(reading.refusals):
            log.info("%s", line)


def _refusal(problems: list[Problem]) -> list[str]:
    lines = ["Nothing was published; the site is as it was. What to mend:"]
    for line, problem in zip(report.concise(problems[:SHOWN]), problems, strict=False):
        lines += [f"  {line}", f"      {report.clean(problem.help)}"]
    if len(problems) > SHOWN:
        lines.append(f"  and {len(problems) - SHOWN} more")
    return [*lines, "`journeybook check` shows every problem with its place in the file."]
