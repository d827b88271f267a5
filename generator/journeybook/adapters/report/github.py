"""Annotations of GitHub Actions: lines that its runner shows beside the file.

The runner keeps ten errors, ten warnings and ten notices of a step (docs.github.com, workflow commands and limits),
so the worst come first, and what is left over is told in the step summary.
"""

from __future__ import annotations

from collections import Counter

from journeybook.adapters.report.base import Report
from journeybook.adapters.report.safe import clean
from journeybook.problems import Problem, Severity

MOST = 10
WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def workflow_commands(report: Report) -> str:
    """A workflow command for each problem that the runner will show."""
    shown: Counter[Severity] = Counter()
    lines = []
    for problem in report.by_weight():
        shown[problem.severity] += 1
        if shown[problem.severity] <= MOST:
            lines.append(_command(problem, report))
    return "\n".join(lines)


def left_over(report: Report) -> int:
    """How many problems get no annotation."""
    tally = Counter(problem.severity for problem in report.problems)
    return sum(max(0, number - MOST) for number in tally.values())


def _command(problem: Problem, report: Report) -> str:
    span = problem.span
    where = {"file": clean(report.path(problem)), "line": str(span.line), "endLine": str(span.end_line),
             "title": problem.check}
    if span.end_line == span.line:  # the runner refuses columns over several lines
        where |= {"col": str(span.column), "endColumn": str(max(span.column, span.end_column - 1))}
    given = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    words = f"{clean(problem.message)}\n{clean(problem.help)}".strip()
    return f"::{WORDS[problem.severity]} {given}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
