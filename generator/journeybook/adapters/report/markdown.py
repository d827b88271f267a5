"""Markdown for comments and step summaries: what a user wrote can neither format nor call anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeybook.adapters.report.base import Report
from journeybook.adapters.report.safe import clean
from journeybook.adapters.report.text import summary
from journeybook.problems import Problem, Severity

MOST = 200  # rows: a comment has at most 65,536 characters at GitHub
SIGNS = {Severity.ERROR: "🔴 error", Severity.WARNING: "🟡 warning", Severity.INFO: "🔵 note"}
SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
CALLS = re.compile(r"(@|#(?=\d)|:(?=//)|www(?=\.))")  # what hosts turn into mentions, issues and links


def markdown(report: Report) -> str:
    """A heading, a table with the worst first, and how many more there are."""
    return "\n".join(_lines(report))


def escaped(text: str) -> str:
    """Plain text as Markdown: no formatting, no HTML, no link, and `@` and `#` call nobody and nothing.

    What stands between two backticks, as in our own messages, becomes code, where nothing of this happens anyway.
    """
    pieces = clean(text).split("`")
    if len(pieces) % 2 == 0:
        return _plain("`".join(pieces))
    return "".join(f"`{piece.replace('|', chr(92) + '|')}`" if position % 2 and piece.strip() else _plain(piece)
                   for position, piece in enumerate(pieces))


def _plain(text: str) -> str:
    return CALLS.sub(r"\1<!-- -->", SPECIAL.sub(r"\\\1", text))


def _lines(report: Report) -> Iterator[str]:
    yield "### Journey maps"
    yield ""
    yield f"{escaped(summary(report.problems, report.files, report.journeys))}"
    if not report.problems:
        return
    yield ""
    yield "| | what | where | what to do |"
    yield "| --- | --- | --- | --- |"
    for problem in report.by_weight()[:MOST]:
        yield _row(problem, report)
    if len(report.problems) > MOST:
        yield ""
        yield f"{len(report.problems) - MOST} more: run `journeybook check` to see them all."


def _row(problem: Problem, report: Report) -> str:
    place = f"{escaped(report.path(problem))} line {problem.span.line}"
    return (f"| {SIGNS[problem.severity]} | {escaped(problem.message)} ({escaped(problem.check)}) | {place} | "
            f"{escaped(problem.help)} |")
