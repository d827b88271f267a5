"""Problems on paper: for people, for programs, for CI hosts. One module a family of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from journeybook.adapters.report.base import Report, fingerprints, prefix_of
from journeybook.adapters.report.data import as_json
from journeybook.adapters.report.github import left_over, workflow_commands
from journeybook.adapters.report.gitlab import code_quality
from journeybook.adapters.report.junit import junit
from journeybook.adapters.report.markdown import markdown
from journeybook.adapters.report.safe import clean, clean_lines
from journeybook.adapters.report.sarif import sarif
from journeybook.adapters.report.text import concise, full, summary

DOCUMENTS: Mapping[str, Callable[[Report], str]] = {
    "github": workflow_commands, "gitlab": code_quality, "sarif": sarif, "junit": junit, "json": as_json,
    "markdown": markdown,
}
"""Formats that are one document: for a CI host or a program."""
FORMATS = ("full", "concise", *DOCUMENTS)
QUOTING = ("full", "gitlab", "sarif")
"""Formats that look into the texts of the files with problems."""

__all__ = ["DOCUMENTS", "FORMATS", "QUOTING", "Report", "as_json", "clean", "clean_lines", "concise",
           "fingerprints", "full", "left_over", "markdown", "prefix_of", "summary", "workflow_commands"]
