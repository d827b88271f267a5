"""Helpers that several test modules share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from journeybook.checks import run
from journeybook.model import Atlas, build_atlas
from journeybook.problems import Problem
from journeybook.schema import Contents, validate
from journeybook.settings import Limits, Settings
from journeybook.source import list_files, read, read_text
from journeybook.source.files import decode

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 21)


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """The folder, filled with files: path → content."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def walk(folder: Path, limits: Limits | None = None, *, backwards: bool = False) -> tuple[Atlas, list[Problem]]:
    """The atlas in a folder and all that is wrong with it. ``backwards`` reads the files in the opposite order."""
    settings = Settings(folder, folder, today=TODAY, limits=limits or Limits())
    listing = list_files(settings)
    found = list(listing.problems)
    contents: list[Contents] = []
    unreadable: list[str] = []
    for path in reversed(listing.yaml) if backwards else listing.yaml:
        document, problems = read(path, settings)
        found += problems
        if document is None:
            unreadable.append(settings.shown(path))
            continue
        content, problems = validate(document)
        found += problems
        contents.append(content)
    atlas, problems = build_atlas(contents, settings, unreadable)
    return atlas, run(atlas, settings, [content.document for content in contents], [*found, *problems])


def problems_of(folder: Path, limits: Limits | None = None) -> list[Problem]:
    """All problems of the atlas in a folder."""
    return walk(folder, limits)[1]


def told(problems: list[Problem]) -> str:
    """Problems as text: place, level, check and message; below it the help and the other places."""
    lines = []
    for problem in problems:
        lines.append(f"{problem.span}: {problem.severity.word}[{problem.check}] {problem.message}")
        lines += [f"    help: {problem.help}"] if problem.help else []
        lines += [f"    see: {related.span} {related.message}" for related in problem.related]
    return "".join(f"{line}\n" for line in lines)


def answered(files: dict[str, bytes], *, backwards: bool = False) -> tuple[Atlas, list[Problem]]:
    """The same as :func:`walk` without a disk: path → bytes."""
    settings = Settings(Path("/nowhere"), Path("/nowhere"), today=TODAY)
    found: list[Problem] = []
    contents: list[Contents] = []
    unreadable: list[str] = []
    for path in sorted(files, reverse=backwards):
        text = decode(files[path], path)
        if isinstance(text, Problem):
            found.append(text)
            unreadable.append(path)
            continue
        document, problems = read_text(path, text)
        content, more = validate(document)
        found += [*problems, *more]
        contents.append(content)
    atlas, problems = build_atlas(contents, settings, unreadable)
    return atlas, run(atlas, settings, [content.document for content in contents], [*found, *problems])


def outside(problems: list[Problem], files: dict[str, bytes]) -> list[str]:
    """Problems whose place is not within its file (an empty file has one line, and a line one column more)."""
    wrong = []
    for problem in problems:
        for span in (problem.span, *(related.span for related in problem.related)):
            text = decode(files.get(span.path, b""), span.path)
            lines = text.split("\n") if isinstance(text, str) else []
            if not lines:
                continue
            ends = span.end_line <= len(lines) and span.end_column <= len(lines[span.end_line - 1]) + 2
            begins = 1 <= span.line <= len(lines) and 1 <= span.column <= len(lines[span.line - 1]) + 1
            if not (begins and ends and (span.line, span.column) <= (span.end_line, span.end_column)):
                wrong.append(f"{span} to {span.end_line}:{span.end_column} {problem.check}")
    return wrong
