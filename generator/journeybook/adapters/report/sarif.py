"""SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0): the exchange format of code scanning."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from journeybook.adapters.report.base import Report, fingerprints
from journeybook.adapters.report.safe import clean, clean_json
from journeybook.problems import Severity, Span

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(report: Report) -> str:
    """One run with all checks as rules and the problems as results."""
    from journeybook.checks import CHECKS  # seventy modules: only for those who want them

    index = {check.id: position for position, check in enumerate(CHECKS)}
    rules = [{"id": check.id, "shortDescription": {"text": check.summary}, "help": {"text": check.page},
              "defaultConfiguration": {"level": LEVELS[check.level]}} for check in CHECKS]
    results: list[dict[str, Any]] = []
    for problem, mark in zip(report.problems, fingerprints(report.problems, report.texts), strict=True):
        result: dict[str, Any] = {
            "ruleId": problem.check, "ruleIndex": index[problem.check], "level": LEVELS[problem.severity],
            "message": {"text": f"{clean(problem.message)}\n{clean(problem.help)}".strip()},
            "locations": [_location(problem.span, report)], "partialFingerprints": {"journeybook/v1": mark}}
        if problem.related:
            result["relatedLocations"] = [
                {**_location(related.span, report), "message": {"text": clean(related.message)}}
                for related in problem.related]
        results.append(result)
    from importlib.metadata import version  # slow to import, and seldom asked for

    driver = {"name": "journeybook", "version": version("journeybook"), "rules": rules}
    return clean_json(json.dumps({
        "$schema": SCHEMA, "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }, ensure_ascii=False, indent=2))


def _location(span: Span, report: Report) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.column, "endLine": max(span.line, span.end_line),
              "endColumn": max(1, span.end_column)}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(f"{report.prefix}{span.path}")}, "region": region}}
