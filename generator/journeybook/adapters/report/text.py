"""Problems for people: full, with a frame of the source, and concise, a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from unicodedata import category, east_asian_width

from journeybook.adapters.report.safe import UNSAFE, clean
from journeybook.formats import count
from journeybook.problems import Problem, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
WIDEST = 200  # characters of a source line that are shown
Style = Callable[..., str]


def plain(text: str, **_: Any) -> str:
    """Styling for where there is no colour."""
    return text


def concise(problems: Sequence[Problem]) -> Iterator[str]:
    """``path:line:col: level[check] message``, one a line."""
    for problem in problems:
        yield f"{clean(str(problem.span))}: {problem.severity.word}[{problem.check}] {clean(problem.message)}"


def full(problems: Sequence[Problem], texts: Mapping[str, str], style: Style = plain) -> Iterator[str]:
    """A frame of the source around each problem, with the next step. ``texts``: path → text of the file."""
    for problem in problems:
        head = style(f"{problem.severity.word}[{problem.check}]", fg=COLOURS[problem.severity], bold=True)
        yield f"{head}: {style(clean(problem.message), bold=True)}"
        margin = " " * (len(str(problem.span.line)) + 1)
        yield f"{margin}--> {clean(str(problem.span))}"
        yield from _frame(problem, texts.get(problem.span.path), margin, style)
        for related in problem.related:
            yield f"{margin} = {clean(related.message)}: {clean(str(related.span))}"
        if problem.help:
            yield f"{margin} = help: {clean(problem.help)}"
        yield f"{margin} = more: journeybook explain {problem.check}"
        yield ""


def _frame(problem: Problem, text: str | None, margin: str, style: Style) -> Iterator[str]:
    span = problem.span
    lines = text.split("\n") if text is not None else []
    if not 1 <= span.line <= len(lines) or (len(lines) == 1 and not lines[0]):
        return
    bar = style("|", fg="blue")
    yield f"{margin} {bar}"
    if span.line > 1 and lines[span.line - 2].strip():
        yield f"{span.line - 1:>{len(margin)}} {bar} {_shown(lines[span.line - 2])}"
    line = lines[span.line - 1]
    yield f"{span.line:>{len(margin)}} {bar} {_shown(line)}"
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    length = max(1, min(end, max(len(line), start + 1)) - start)
    if start < WIDEST:
        before, under = _cells(line[:start]), max(1, _cells(line[start:min(start + length, WIDEST)]))
        carets = style("^" * under, fg=COLOURS[problem.severity], bold=True)
        yield f"{margin} {bar} {' ' * before}{carets}{f' {clean(problem.label)}' if problem.label else ''}"


def _cells(text: str) -> int:
    """How many places of a terminal a text takes: Chinese letters and emoji take two, accents none."""
    return sum(0 if category(letter) in ("Mn", "Me", "Cf") else 2 if east_asian_width(letter) in "WF" else 1
               for letter in text)


def _shown(line: str) -> str:
    safe = UNSAFE.sub("\ufffd", line.rstrip().replace("\t", " ")).replace("##[", "## [")
    return safe if len(safe) <= WIDEST else f"{safe[:WIDEST - 1]}…"


def summary(problems: Sequence[Problem], files: int, journeys: int) -> str:
    """The closing line."""
    what = f"{count(journeys, 'journey')} in {count(files, 'file')}"
    if not problems:
        return f"{what}: no problems"
    tally = Counter(problem.severity for problem in problems)
    words = [count(tally[level], word) for level, word in (
        (Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")) if tally[level]]
    return f"{what}: {', '.join(words)}"
