"""GitLab's code quality report (docs.gitlab.com, "Code Quality report format")."""

from __future__ import annotations

import json

from journeybook.adapters.report.base import Report, fingerprints
from journeybook.adapters.report.safe import clean, clean_json
from journeybook.problems import Severity

WORDS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def code_quality(report: Report) -> str:
    """A list with one record a problem; each fingerprint is unique and outlives moved lines."""
    marks = fingerprints(report.problems, report.texts)
    return clean_json(json.dumps([{
        "description": f"{clean(problem.message)} ({clean(problem.help)})" if problem.help else clean(problem.message),
        "check_name": problem.check, "fingerprint": mark, "severity": WORDS[problem.severity],
        "location": {"path": report.path(problem), "lines": {"begin": problem.span.line, "end": problem.span.end_line}},
    } for problem, mark in zip(report.problems, marks, strict=True)], ensure_ascii=False, indent=2))
