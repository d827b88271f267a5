"""What the last check of the same files said, so that asking again costs no reading.

Kept in the user's own cache folder, never in the project: what somebody commits must not speak for a check. The key
holds all that can change an answer: every YAML and CSV file's content, name and age of the other files, the day, the
options, and this very program.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from journeybook.frozen import dataclass
from journeybook.problems import Problem, Related, Severity, Span
from journeybook.settings import Settings, user_cache

MOST = 20  # answers that are kept; the oldest goes first
AT_ONCE = 1_000_000  # bytes of a file that are read in one go
READ = (".yml", ".yaml", ".csv")
PASSED_OVER = ("node_modules", "__pycache__")


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer of a check: problems in reading order, how many files and journeys were read."""

    problems: list[Problem]
    files: int
    journeys: int


class Answers:
    """The answers to one state of the files: that of the moment in which this was made."""

    def __init__(self, settings: Settings) -> None:
        """Read all files once, to name their state. Where that is not possible no answer is known or kept."""
        self._settings = settings
        self._folder = user_cache("checks") if settings.cache is not None else None
        if self._folder is None:
            return
        try:
            self._marks = list(_marks(settings))
            self._key = _key(settings, self._marks)
        except OSError:
            self._folder = None

    def known(self) -> Checked | None:
        """The answer for just these files, if there is one."""
        if self._folder is None:
            return None
        try:
            data = json.loads((self._folder / f"{self._key}.json").read_text("utf-8"))
            return Checked([_problem(record) for record in data["problems"]], data["files"], data["journeys"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, checked: Checked) -> None:
        """Remember an answer; where that is not possible the next check reads again.

        Nothing is remembered if a file has changed meanwhile: nobody knows which of its states was read.
        """
        if self._folder is None:
            return
        data = {"problems": checked.problems, "files": checked.files, "journeys": checked.journeys}
        with contextlib.suppress(OSError):
            if list(_marks(self._settings)) != self._marks:
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".new")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(data, default=_fields))
            Path(name).replace(self._folder / f"{self._key}.json")
            answers = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime)
            for old in answers[:-MOST]:
                old.unlink(missing_ok=True)


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a problem, and of what it holds."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


Mark = tuple[str, int, int, int, int]
"""A file or folder: its path, kind and rights, size, and when its content and when anything about it changed last. What
a folder holds is marked itself.
"""


def _marks(settings: Settings) -> Iterator[Mark]:
    """All that an answer depends on: this program, and the maps."""
    for folder in (Path(__file__).parents[1], *settings.roots):
        yield str(folder), os.lstat(folder).st_mode, 0, 0, 0
        for here, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in PASSED_OVER)
            for path in (os.path.join(here, name) for name in [*sorted(names), *folders]):  # noqa: PTH118 - thousands
                status = os.lstat(path)
                size, content, anything = status.st_size, status.st_mtime_ns, status.st_ctime_ns
                yield path, status.st_mode, *((0, 0, 0) if stat.S_ISDIR(status.st_mode) else (size, content, anything))


def _key(settings: Settings, marks: list[Mark]) -> str:
    """The name of a state of the files: those that are read by their content, the rest by their marks."""
    options = (sys.version, str(settings.root), settings.roots, settings.site_name, settings.today.isoformat(),
               settings.limits, sorted(map(str, settings.ignored_files)))
    digest = hashlib.sha256(repr(options).encode("utf-8", "surrogateescape"))
    for mark in marks:
        path, mode, size, *_ = mark
        read = path.lower().endswith(READ) and stat.S_ISREG(mode)
        line = (path, mode, _content(path, size)) if read else mark[:-1]
        digest.update(repr(line).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _content(path: str, size: int) -> str:
    """The digest of a file; of a large one piece by piece, which takes a large piece of memory each time."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands
        if size > AT_ONCE:
            return hashlib.file_digest(file, "sha256").hexdigest()
        return hashlib.sha256(file.read()).hexdigest()


def _problem(record: dict[str, Any]) -> Problem:
    related = tuple(Related(entry["message"], Span(**entry["span"])) for entry in record["related"])
    return Problem(record["check"], record["message"], Span(**record["span"]), record["help"], record["label"],
                   related, Severity(record["severity"]), record["fix"])
