"""JUnit's XML, which most CI hosts show as test results."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from xml.etree import ElementTree

from journeybook.adapters.report.base import Report
from journeybook.adapters.report.safe import clean, clean_lines
from journeybook.problems import Problem


def junit(report: Report) -> str:
    """A suite a file with problems, a case a problem; one that does not fail the check is told in its output."""
    root = ElementTree.Element("testsuites", name="journeybook")
    failed = total = 0
    ordered = sorted(report.problems, key=lambda problem: problem.span)
    for path, found in groupby(ordered, key=report.path):
        problems = list(found)
        failures = sum(_fails(problem, report) for problem in problems)
        suite = ElementTree.SubElement(root, "testsuite", name=_safe(path), tests=str(len(problems)),
                                       failures=str(failures), errors="0", skipped="0")
        for problem in problems:
            _case(suite, problem, report)
        failed, total = failed + failures, total + len(problems)
    if not ordered:
        suite = ElementTree.SubElement(root, "testsuite", name="journeybook", tests="1", failures="0", errors="0",
                                       skipped="0")
        ElementTree.SubElement(suite, "testcase", name="no problems", classname="journeybook")
        total = 1
    root.set("tests", str(total))
    root.set("failures", str(failed))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _fails(problem: Problem, report: Report) -> bool:
    return report.fail_on is not None and problem.severity >= report.fail_on


def _case(suite: ElementTree.Element, problem: Problem, report: Report) -> None:
    place = f"{report.path(problem)}:{problem.span.line}:{problem.span.column}"
    case = ElementTree.SubElement(suite, "testcase", name=_safe(f"{problem.check} at {place}"),
                                  classname=_safe(report.path(problem)))
    words = _safe(f"{clean(problem.message)}\n{place}\n{clean(problem.help)}".strip())
    if _fails(problem, report):
        failure = ElementTree.SubElement(case, "failure", type=problem.severity.word,
                                         message=_safe(problem.message))
        failure.text = words
    else:
        ElementTree.SubElement(case, "system-out").text = f"{problem.severity.word}: {words}"


@cache  # slow to compile, and most runs print no XML
def _refused() -> re.Pattern[str]:
    """What XML 1.0 refuses, section 2.2."""
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _safe(text: str) -> str:
    return _refused().sub("\ufffd", clean_lines(text))
