"""Problems on paper, and what may never reach a terminal or a CI runner."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from journeybook.adapters import report
from journeybook.problems import Problem, Related, Severity, Span

HOSTILE = (
    "\x1b[31mred\x1b[0m", "\x9b31mred", "\rforged", "bell\x07", "back\x08space", "\u202egnp.exe", "\u2066x\u2069",
    "\u200fx", "\ufefftext", "line\u2028break", "line\u2029break", "next\x85line", "form\x0cfeed",
    "tab\x0bbed", "null\x00")
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
ORDER = re.compile(r"^\s*::|##\[", re.MULTILINE)


def problem(**changes: object) -> Problem:
    given: dict[str, object] = {
        "check": "reference-unknown", "message": "no team has the id `pricng`", "span": Span("maps/a.yml", 2, 8, 2, 14),
        "help": "write `pricing`", "label": "not in teams", **changes}
    return Problem(**given)  # type: ignore[arg-type]


def written(form: str, found: Problem, text: str = "title: x\nowner: pricng\n") -> str:
    """One problem in one of the formats."""
    if form in report.DOCUMENTS:
        return report.DOCUMENTS[form](report.Report([found], 1, 1, {found.span.path: text}))
    lines = report.concise([found]) if form == "concise" else report.full([found], {found.span.path: text})
    return "\n".join(lines)


def everywhere(text: str) -> Problem:
    """A problem with a text in every place that can hold one."""
    return problem(message=text, help=text, label=text, span=Span(f"maps/{text}.yml", 1, 3, 1, 6),
                   related=(Related(text, Span(f"maps/{text}.yml")),))


@pytest.mark.parametrize("form", report.FORMATS)
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_control_reaches_the_reader(form: str, text: str) -> None:
    """Escape codes, direction overrides and foreign line ends from maps and file names are made harmless."""
    assert not UNSAFE.search(written(form, everywhere(text), f"{text}: x\n{text}"))


@pytest.mark.parametrize("form", report.FORMATS)
@pytest.mark.parametrize("text", [
    "::error::forged", "a\n::error file=x::forged", "a\r\n::set-output::x", "  ::add-mask::x", "\t::error::x",
    "##[error]forged", "a\n##[command]x", "a##[group]b", "a\u2028::error::x"], ids=ascii)
def test_no_order_for_a_runner_can_be_forged(form: str, text: str) -> None:
    """Nothing a user wrote is read by a CI runner as an order: `::…` at a line's start, `##[…]` anywhere."""
    out = written(form, everywhere(text), f"{text}\n{text}\n")
    if form == "github":  # whose one order is ours
        first, _, out = out.partition("::")
        assert not first
        assert out.startswith("error file=")
        out = out.partition("::")[2]
        assert "\n" not in out
    assert not ORDER.search(out), out
    assert not any(ORDER.match(line) for line in out.splitlines())


def test_a_path_cannot_start_a_line_as_an_order() -> None:
    """A file in the project's own folder, named like an order, is taken apart in the concise form."""
    (line,) = report.concise([problem(span=Span("::error::x.yml", 1, 1, 1, 1))])
    assert line.startswith(": :error")


def test_harmless_text_is_left_alone() -> None:
    """Letters of all languages, emoji and colons inside a line are written as they are."""
    for text in ("std::vector", "Größe — 価格", "Zürich’s “best”", "👩‍👩‍👧 family", "עברית", "क्‍ष", "#[x] ## x"):
        assert report.clean(text) == text


def test_json_keeps_the_text_for_programs() -> None:
    """What is escaped in JSON is the same text to whoever parses it."""
    for text in (*HOSTILE, "##[error]x"):
        assert json.loads(written("json", problem(message=text)))["problems"][0]["message"] == text


def test_json_has_the_documented_shape() -> None:
    """The keys of the JSON format, in their order, with places counted from 1."""
    found = problem(related=(Related("defined here", Span("maps/b.yml", 3, 4, 3, 9)),))
    assert json.loads(report.as_json(report.Report([found, problem(severity=Severity.INFO)], 4, 2))) == {
        "problems": [
            {"check": "reference-unknown", "severity": "error", "message": "no team has the id `pricng`",
             "path": "maps/a.yml", "line": 2, "column": 8, "end_line": 2, "end_column": 14, "help": "write `pricing`",
             "related": [{"message": "defined here", "path": "maps/b.yml", "line": 3, "column": 4}]},
            {"check": "reference-unknown", "severity": "info", "message": "no team has the id `pricng`",
             "path": "maps/a.yml", "line": 2, "column": 8, "end_line": 2, "end_column": 14, "help": "write `pricing`",
             "related": []}],
        "summary": {"errors": 1, "warnings": 0, "infos": 1, "files": 4, "journeys": 2}}


FRAMES = {
    "as documented": (problem(span=Span("maps/a.yml", 8, 12, 8, 18)),
                      "\n" * 6 + "  - title: Quote\n    owner: pricng\n"),
    "three digits": (problem(span=Span("maps/a.yml", 120, 1, 120, 4)), "\n" * 118 + "before\nowner: x\n"),
    "over lines": (problem(span=Span("maps/a.yml", 1, 3, 3, 2)), "a: |\n  b\n  c\n"),
    "end of the line": (problem(span=Span("maps/a.yml", 1, 5, 1, 5)), "a: b\n"),
    "wide letters": (problem(span=Span("maps/a.yml", 1, 8, 1, 10)), "題名: 😀 価格\n"),
    "marks that take no place": (problem(span=Span("maps/a.yml", 1, 8, 1, 9)), "cafe\u0301: x\n"),
    "a tab": (problem(span=Span("maps/a.yml", 1, 4, 1, 5)), "\ta: b\n"),
    "a long line": (problem(span=Span("maps/a.yml", 1, 190, 1, 500)), "x" * 600),
    "far to the right": (problem(span=Span("maps/a.yml", 1, 400, 1, 500)), "x" * 600),
    "no text": (problem(span=Span("maps/a.csv", 9, 1, 9, 2)), ""),
    "nothing but a message": (problem(help="", label=""), "title: x\nowner: pricng\n"),
    "two places": (problem(related=(Related("defined here", Span("maps/b.yml", 3, 4)),)), "title: x\nowner: pricng\n"),
}


def test_frames(golden: Callable[[str, str], None]) -> None:
    """The full format: a frame of the source with carets under the right letters, whatever the line holds."""
    golden("".join(f"# {name}\n{written('full', found, text)}\n" for name, (found, text) in FRAMES.items()),
           "report/frames.txt")


def test_a_file_that_was_not_read_has_no_frame() -> None:
    """A problem in a file whose text is not at hand is told without a frame."""
    out = "\n".join(report.full([problem()], {}))
    assert "|" not in out
    assert "--> maps/a.yml:2:8" in out


@pytest.mark.parametrize(("levels", "words"), [
    ([], "1 journey in 3 files: no problems"),
    ([Severity.ERROR], "1 journey in 3 files: 1 error"),
    ([Severity.INFO, Severity.WARNING, Severity.WARNING], "1 journey in 3 files: 2 warnings, 1 note"),
])
def test_the_closing_line(levels: list[Severity], words: str) -> None:
    """The closing line counts journeys, files and problems, worst first."""
    assert report.summary([problem(severity=level) for level in levels], 3, 1) == words
