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


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer of a check: problems in reading order, how many files and journeys were read."""

    problems: list[Problem]
    files: int
    journeys: int


def kept(settings: Settings) -> Checked | None:
    """The answer for just these files, if it is known."""
    folder = user_cache("checks")
    if settings.cache is None or folder is None:
        return None
    try:
        data = json.loads((folder / f"{_key(settings)}.json").read_text("utf-8"))
        return Checked([_problem(record) for record in data["problems"]], data["files"], data["journeys"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(settings: Settings, checked: Checked) -> None:
    """Remember an answer; where that is not possible the next check reads again."""
    folder = user_cache("checks")
    if settings.cache is None or folder is None:
        return
    data = {"problems": checked.problems, "files": checked.files, "journeys": checked.journeys}
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".new")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(data, default=_fields))
        Path(name).replace(folder / f"{_key(settings)}.json")
        answers = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for old in answers[:-MOST]:
            old.unlink(missing_ok=True)


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a problem, and of what it holds."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _key(settings: Settings) -> str:
    digest = hashlib.sha256()
    options = (sys.version, str(settings.root), settings.roots, settings.site_name, settings.today.isoformat(),
               settings.limits, sorted(map(str, settings.ignored_files)))
    digest.update(repr(options).encode("utf-8", "surrogateescape"))
    maps = (line for root in settings.roots for line in _files(root, read=True))
    for line in (*_files(Path(__file__).parents[1], read=False), *maps):
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: Path, *, read: bool) -> Iterator[str]:
    """One line a file in a folder and below: what is read by its content, the rest by size and age."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        for path in (Path(here) / name for name in [*sorted(names), *folders]):
            status = path.lstat()
            mark = f"{status.st_size} {status.st_mtime_ns}"
            if stat.S_ISDIR(status.st_mode):
                mark = ""
            elif read and path.name.lower().endswith(READ) and stat.S_ISREG(status.st_mode):
                mark = _content(path, status.st_size)
            yield f"{path}\0{status.st_mode} {mark}\n"


def _content(path: Path, size: int) -> str:
    """The digest of a file; of a large one piece by piece, which takes a large piece of memory each time."""
    with path.open("rb") as file:
        if size > AT_ONCE:
            return hashlib.file_digest(file, "sha256").hexdigest()
        return hashlib.sha256(file.read()).hexdigest()


def _problem(record: dict[str, Any]) -> Problem:
    related = tuple(Related(entry["message"], Span(**entry["span"])) for entry in record["related"])
    return Problem(record["check"], record["message"], Span(**record["span"]), record["help"], record["label"],
                   related, Severity(record["severity"]), record["fix"])
