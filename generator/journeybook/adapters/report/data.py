"""Problems for programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from journeybook.adapters.report.base import Report
from journeybook.adapters.report.safe import clean_json
from journeybook.problems import Problem, Severity, Span


def as_json(report: Report) -> str:
    """One document: ``problems`` in reading order and a ``summary`` of counts."""
    tally = Counter(problem.severity for problem in report.problems)
    return clean_json(json.dumps({
        "problems": [as_record(problem) for problem in report.problems],
        "summary": {"errors": tally[Severity.ERROR], "warnings": tally[Severity.WARNING],
                    "infos": tally[Severity.INFO], "files": report.files, "journeys": report.journeys},
    }, ensure_ascii=False, indent=2))


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
