"""What the preview shows while a file is no good: what it held before.

A file that breaks, or that suddenly loses its end (an editor that is still writing it), counts as it last was; every
page then says so, and where to look.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from pathlib import Path

from journeybook.adapters import report
from journeybook.model.memory import Memory, Seen, seen
from journeybook.problems import Problem, Severity
from journeybook.reading import Clock, Reading, read_book
from journeybook.settings import Settings
from journeybook.source import text_of

PATIENCE = 2.0  # seconds after which a file that became much shorter is meant to be so


@dataclass(slots=True)
class LastGood:
    """What the files of an atlas held when nothing was wrong with them. ``later`` asks for a build after some seconds.

    ``held`` says of each file that counts as it was what is wrong with it now.
    """

    later: Callable[[float], None] = lambda seconds: None
    held: dict[str, str] = field(default_factory=dict)
    _memory: Memory = field(default_factory=Memory)
    _texts: dict[str, str] = field(default_factory=dict)
    _short: dict[str, tuple[str, float]] = field(default_factory=dict)  # a text that lost its end, and since when
    _tables: dict[Path, tuple[Seen | None, str]] = field(default_factory=dict)

    def read(self, settings: Settings, clock: Clock | None, early: Callable[[Reading], None] | None = None) -> Reading:
        """The atlas of now, with the last good text of each file that is no good.

        ``early`` gets it before the checks have run, where no file is in doubt.
        """
        reading = read_book(settings, clock, memory=self._memory,
                            early=partial(self._undoubted, early, settings) if early else None)
        faults: dict[str, Problem] = {}
        for problem in [*reading.refusals, *_in_tables(reading.problems)]:
            faults.setdefault(problem.span.path, problem)
        now = self._now(reading, settings)
        self._texts = {path: text for path, text in self._texts.items() if path in now or path in faults}
        self.held = {path: why for path, good in self._texts.items()
                     if now.get(path) != good and (why := self._doubt(path, now.get(path), good, faults.get(path)))}
        self._short = {path: doubt for path, doubt in self._short.items() if path in self.held}
        self._texts |= {path: text for path, text in now.items() if path not in self.held and path not in faults}
        if self.held:
            good = replace(settings, texts={path: self._texts[path] for path in self.held})
            reading = read_book(good, clock, memory=self._memory)
        return reading

    def _now(self, reading: Reading, settings: Settings) -> dict[str, str]:
        """The texts of all files that can be read, tables of values too."""
        before, self._tables = self._tables, {}
        for path in reading.tables:
            mark = seen(path)
            known = before.get(path)
            text = known[1] if known and known[0] == mark else text_of(path, settings, settings.limits.csv_bytes)
            if isinstance(text, str):
                self._tables[path] = mark, text
        tables = {settings.shown(path): text for path, (_, text) in self._tables.items()}
        return tables | {path: document.text for path, document in reading.documents.items()}

    def _undoubted(self, early: Callable[[Reading], None], settings: Settings, reading: Reading) -> None:
        """Shown early is only what is sure to be shown: nothing was held back before, and nothing is cut or faulty."""
        now = self._now(reading, settings)
        cut = any(_cut(text, self._texts[path]) for path, text in now.items()
                  if path in self._texts and self._texts[path] is not text and self._texts[path] != text)
        if not (self.held or cut or self._texts.keys() - now.keys() or reading.refusals
                or any(_in_tables(reading.problems))):
            early(reading)

    def _doubt(self, path: str, text: str | None, good: str, fault: Problem | None) -> str:
        """Why a file had better count as it was, ``""`` where it need not."""
        if fault is not None or text is None:
            return "\n".join(report.concise([fault])) if fault else f"{path} cannot be read"
        if not _cut(text, good):
            return ""
        before, since = self._short.get(path, ("", 0.0))
        if before != text:
            since = time.monotonic()
            self._short[path] = text, since
        if time.monotonic() - since >= PATIENCE:
            return ""
        self.later(PATIENCE)
        return f"{path} has suddenly become much shorter; if it stays so, it is shown as it is"

    def notice(self) -> str:
        """What every page says on top, as HTML; ``""`` while nothing is held back."""
        lines = "".join(f"<li><code>{escape(line)}</code></li>" for line in self.held.values())
        words = "This page shows what was there before. Mend this to see what is new:"
        title = f'<p class="admonition-title">{words}</p>'
        return f'<div class="admonition warning" role="status">{title}<ul>{lines}</ul></div>' if lines else ""


def _in_tables(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Errors in tables of values: a site is published without those values, and its preview has the ones before."""
    return (p for p in problems if p.severity is Severity.ERROR and p.span.path.endswith(".csv"))


def _cut(text: str, good: str) -> bool:
    """Whether a text may be a beginning of the one before."""
    return good.startswith(text.rstrip()) or len(text) < len(good) / 2
