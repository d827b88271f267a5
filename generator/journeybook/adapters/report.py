"""Problems on paper: for people (full, concise) and for programs (json).

Nothing a user wrote reaches a terminal unfiltered: control characters and overrides could forge lines.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from unicodedata import category, east_asian_width

from journeybook.formats import count
from journeybook.problems import Problem, Severity, Span

# Controls, direction marks and overrides, line and paragraph separators, the byte order mark.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff]")
COMMAND = re.compile(r"^\s*:(?=:)|##(?=\[)")  # what a CI runner takes for an order: `::error::`, `##[error]`
FORMATS = ("full", "concise", "json")
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
WIDEST = 200  # characters of a source line that are shown
Style = Callable[..., str]


def clean(text: str) -> str:
    """Text as one safe line: nothing moves the cursor, turns the text round or gives a CI runner an order."""
    return COMMAND.sub(r"\g<0> ", UNSAFE.sub("\ufffd", text.replace("\n", " ").replace("\t", " ")))


def clean_lines(text: str) -> str:
    """The same for text that may have several lines."""
    return "\n".join(clean(line) for line in text.split("\n"))


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


def as_json(problems: Sequence[Problem], files: int, journeys: int) -> str:
    """One document: ``problems`` in reading order and a ``summary`` of counts."""
    tally = Counter(problem.severity for problem in problems)
    return harmless(json.dumps({
        "problems": [as_record(problem) for problem in problems],
        "summary": {"errors": tally[Severity.ERROR], "warnings": tally[Severity.WARNING],
                    "infos": tally[Severity.INFO], "files": files, "journeys": journeys},
    }, ensure_ascii=False, indent=2))


def harmless(text: str) -> str:
    """JSON that is the same to whoever parses it, and harmless to a terminal or a CI runner that reads along."""
    text = UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text.replace("##[", "##\\u005b")


def as_record(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it."""
    return {
        "check": problem.check, "severity": problem.severity.word, "message": problem.message,
        **_place(problem.span), "help": problem.help,
        "related": [{"message": related.message, "path": related.span.path, "line": related.span.line,
                     "column": related.span.column} for related in problem.related]}


def _place(span: Span) -> dict[str, Any]:
    return {"path": span.path, "line": span.line, "column": span.column, "end_line": span.end_line,
            "end_column": span.end_column}
