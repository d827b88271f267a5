"""What `journeybook check` does before it prints: the answer, known or read anew, and the part that was asked for.

Reading and the checks are imported only when they are needed: an answer that is known must come at once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeybook.adapters.kept import Answers, Checked
from journeybook.problems import JourneybookError, Problem
from journeybook.settings import SCHEMA, Settings
from journeybook.source.files import decode, read_bytes
from journeybook.workers import processors

if TYPE_CHECKING:
    from journeybook.reading import Reading


def checked(settings: Settings, verbose: bool) -> Checked:
    """The answer that is known for these files, or the one that reading them gives."""
    started = time.perf_counter()
    answers = Answers(settings)
    known = answers.known() if (settings.root / SCHEMA.parent / settings.at / SCHEMA.name).is_file() else None
    if known is not None:
        _phase("known", time.perf_counter() - started, verbose)
        return known
    from journeybook.reading import read_book

    reading = read_book(settings, lambda phase, seconds: _phase(phase, seconds, verbose), processors(),
                        early=lambda reading: _keep_schema(reading, settings))
    answer = Checked(reading.problems, reading.files, len(reading.atlas.journeys))
    answers.keep(answer)
    return answer


def _keep_schema(reading: Reading, settings: Settings) -> None:
    """The editors' schema knows of all faults, also of those that are not shown where there are too many."""
    from journeybook.adapters.editor import keep_schema

    keep_schema(reading, settings)


def _phase(phase: str, seconds: float, verbose: bool) -> None:
    if verbose:
        click.echo(f"{phase:>10} {seconds * 1000:8.0f} ms", err=True)


def texts(problems: list[Problem], settings: Settings) -> dict[str, str]:
    """The text of each file with a problem, for the frames around them."""
    found = {}
    for path in {problem.span.path for problem in problems}:
        full = settings.root / path
        most = max(settings.limits.file_bytes, settings.limits.csv_bytes)
        content = read_bytes(full, path, most) if full.is_file() else None
        text = decode(content, path) if isinstance(content, bytes) else None
        if isinstance(text, str):
            found[path] = text
    return found


def shares(paths: tuple[Path, ...], every: list[Settings]) -> Iterator[tuple[Settings, tuple[Path, ...]]]:
    """The atlases of a site that these files and folders are of, each with its own; all where none is named.

    A path that is of none goes to all of them, to be refused.
    """
    for settings in every:
        own = tuple(path for path in paths if _of(_full(path, settings), settings)
                    or not any(_of(_full(path, other), other) for other in every))
        if own or not paths:
            yield settings, own


def _full(path: Path, settings: Settings) -> Path:
    full = Path(os.path.abspath(path))  # noqa: PTH100 - a link in the maps must stay one
    return full if full.is_relative_to(settings.root) else full.resolve()


def _of(full: Path, settings: Settings) -> bool:
    return any(full.is_relative_to(root) or root.is_relative_to(full) for root in settings.roots)


def within(problems: list[Problem], paths: tuple[Path, ...], settings: Settings) -> list[Problem]:
    """The problems in these files and folders of the atlas."""
    wanted = []
    for path in paths:
        full = _full(path, settings)
        if not os.path.lexists(full):
            raise JourneybookError(f"there is no file or folder {path}",
                                   "paths are relative to where you are")
        if not _of(full, settings):
            raise JourneybookError(f"{path} is no part of the maps in {settings.shown(settings.atlas)}",
                                   "name a file or folder of the maps")
        wanted.append(settings.shown(full))
    return [p for p in problems if not wanted or any(
        place == "." or p.span.path == place or p.span.path.startswith(f"{place}/") for place in wanted)]


def added(since: str, problems: list[Problem], settings: Settings) -> tuple[list[Problem], list[str]]:
    """The problems that a change since a revision adds, and words about those that it mends and those that stay."""
    from journeybook.adapters.diff import WORKTREE, difference
    from journeybook.formats import count

    changes = difference(settings, since, WORKTREE).changes
    new = {(problem.check, problem.message, problem.span.line) for problem in changes.new}
    fresh = [problem for problem in problems if (problem.check, problem.message, problem.span.line) in new]
    notes = []
    if changes.mended:
        notes.append(f"{count(len(changes.mended), 'problem')} mended since {since}")
    if len(fresh) < len(problems):
        notes.append(f"{count(len(problems) - len(fresh), 'problem')} from before not shown")
    return fresh, notes


def chosen(problems: list[Problem], select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Problem]:
    """The problems of the checks that were asked for; an option may name several, with commas."""
    if not select and not ignore:
        return problems
    from journeybook.checks import by_id

    wanted, unwanted = ([word.strip() for words in given for word in words.split(",")]
                        for given in (select, ignore))
    for word in (*wanted, *unwanted):
        if word not in by_id():
            raise no_check(word)
    return [p for p in problems if (not wanted or p.check in wanted) and p.check not in unwanted]


def no_check(word: str) -> JourneybookError:
    """What to say about a check that does not exist."""
    from journeybook.checks import by_id
    from journeybook.schema.types import nearest

    close = nearest(word, by_id())
    return JourneybookError(f"there is no check `{word}`",
                            f"did you mean `{close}`?" if close else "journeybook explain lists all checks")
