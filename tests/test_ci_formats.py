"""What `check` prints for CI hosts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker
from lxml import etree
from markdown_it import MarkdownIt

from journeybook.adapters import report
from journeybook.adapters.cli import main
from journeybook.adapters.report.markdown import escaped
from journeybook.problems import Problem, Related, Severity, Span

TEXT = "title: x\nowner: pricng\n\nstages: []\n"


def problem(line: int = 2, severity: Severity = Severity.ERROR, path: str = "maps/a.yml", message: str = "no team",
            check: str = "reference-unknown") -> Problem:
    return Problem(check, message, Span(path, line, 8, line, 14), "write `pricing`", severity=severity)


def answer(*problems: Problem, **more: object) -> report.Report:
    return report.Report(problems, 1, 1, {"maps/a.yml": TEXT}, **more)  # type: ignore[arg-type]


def test_github_shows_what_matters_within_its_limit() -> None:
    """Ten errors and ten warnings: errors first, files under review first, the rest is counted."""
    many = [problem(n, Severity.WARNING) for n in range(1, 15)] + [problem(n) for n in range(1, 13)]
    reviewed = problem(3, path="maps/z.yml")
    shown = report.workflow_commands(answer(*many, reviewed, first=frozenset({"maps/z.yml"}))).split("\n")
    assert [line.split(" ")[0] for line in shown] == ["::error"] * 10 + ["::warning"] * 10
    assert shown[0].startswith("::error file=maps/z.yml,line=3,")
    assert report.left_over(answer(*many, reviewed)) == 3 + 4


def test_github_columns_and_escapes() -> None:
    """The end column is the last one marked; commas, colons and percent signs of a path cannot end its property."""
    (line,) = report.workflow_commands(answer(problem(path="maps/a,b:50%.yml", message="100 %\nnext"))).split("\n")
    assert line == ("::error file=maps/a%2Cb%3A50%25.yml,line=2,endLine=2,title=reference-unknown,col=8,endColumn=13"
                    "::100 %25 next%0Awrite `pricing`")


def test_paths_count_from_the_top_of_the_repository(tmp_path: Path) -> None:
    """A project in a subfolder: hosts want the path from where `.git` is."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    assert report.prefix_of(tmp_path / "docs") == "docs/"
    assert report.prefix_of(tmp_path) == ""
    there = answer(problem(), prefix="docs/")
    assert "file=docs/maps/a.yml" in report.workflow_commands(there)
    assert json.loads(report.DOCUMENTS["gitlab"](there))[0]["location"]["path"] == "docs/maps/a.yml"
    assert '"uri": "docs/maps/a.yml"' in report.DOCUMENTS["sarif"](there)
    assert "docs/maps/a.yml:2:8" in report.DOCUMENTS["junit"](there)


def marks(text: str, *problems: Problem) -> list[str]:
    return list(report.fingerprints(problems, {"maps/a.yml": text}))


def test_a_fingerprint_is_one_problem_s_alone_and_outlives_moved_lines() -> None:
    """Equal problems on equal lines are told apart; a line above changes nothing; another text does."""
    twice = "owner: x\nowner: x\n"
    both = marks(twice, problem(1), problem(2))
    assert len(set(both)) == 2
    assert marks("# new\n" + TEXT, problem(3)) == marks(TEXT, problem(2)) != marks(TEXT, problem(1))


def test_gitlab_has_the_documented_keys() -> None:
    """Its code quality report knows these keys only, and levels of its own."""
    found = json.loads(report.DOCUMENTS["gitlab"](answer(problem(), problem(4, Severity.INFO))))
    assert [record["severity"] for record in found] == ["major", "info"]
    assert set(found[0]) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert found[0]["location"]["lines"] == {"begin": 2, "end": 2}


def test_sarif_results_point_at_their_rule() -> None:
    """A result names its rule by id and by index, and its region counts from 1."""
    found = json.loads(report.DOCUMENTS["sarif"](answer(problem())))
    (run,) = found["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "reference-unknown" == result["ruleId"]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 14}


def test_junit_fails_where_the_check_fails() -> None:
    """A warning is no failure unless `--fail-on warning` asks for it; no problem is one test that passes."""
    pair = (problem(), problem(4, Severity.WARNING, message="\x01 <b>"))
    for level, failures in ((Severity.ERROR, "1"), (Severity.WARNING, "2"), (None, "0")):
        root = ElementTree.fromstring(report.DOCUMENTS["junit"](answer(*pair, fail_on=level)).encode())
        assert (root.get("tests"), root.get("failures")) == ("2", failures)
    root = ElementTree.fromstring(report.DOCUMENTS["junit"](answer()).encode())
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


SCHEMAS = Path(__file__).parent / "schemas"
HARD = "\x01 <b> & \ufffe ]]> \x1b[31m ::error:: ü \U0001f3e0"
ANSWERS = {
    "none": answer(),
    "one": answer(problem()),
    "every level": answer(problem(), problem(3, Severity.WARNING), problem(4, Severity.INFO), fail_on=Severity.WARNING),
    "hard words, and places beside": answer(
        replace(problem(path="maps/a b#%.yml", message=HARD), related=(Related(HARD, Span("maps/ü.yml", 1, 1)),)),
        problem(check="yaml-syntax", message=""), prefix="docs/"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_sarif_holds_to_its_published_schema(name: str) -> None:
    """The schema of the standard, with its formats; it refuses a result of another shape."""
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    judge = Draft4Validator(schema, format_checker=FormatChecker())
    found = json.loads(report.DOCUMENTS["sarif"](ANSWERS[name]))
    assert [f"{error.json_path}: {error.message}" for error in judge.iter_errors(found)] == []
    assert len(found["runs"][0]["results"]) == len(ANSWERS[name].problems)
    found["runs"][0]["tool"]["driver"]["rules"][0]["level"] = "error"
    assert not judge.is_valid(found)


@pytest.mark.parametrize("name", ANSWERS)
def test_junit_holds_to_its_published_schema(name: str) -> None:
    """The schema by which Jenkins judges reports; it refuses a case without a name."""
    judge = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))
    root = etree.fromstring(report.DOCUMENTS["junit"](ANSWERS[name]).encode())
    judge.assertValid(root)
    case = next(root.iter("testcase"))
    del case.attrib["name"]
    assert not judge.validate(root)


@given(st.text(max_size=80))
def test_markdown_shows_text_and_nothing_else(text: str) -> None:
    """What is written comes out as text or code: no element, no link, no mention."""
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).enable("table").render(
        f"| a |\n| --- |\n| x{escaped(text)}x |\n")
    assert set(re.findall(r"<(/?\w+)", html)) <= {
        "table", "thead", "tbody", "tr", "th", "td", "code", "/table", "/thead", "/tbody", "/tr", "/th", "/td", "/code"}
    assert html.count("<td>") == 1
    outside = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert not re.search(r"@\w|#\d|://|www\.", outside)


def test_markdown_keeps_our_code_and_stops_at_its_limit() -> None:
    """Backticks of messages stay code; a comment that would be refused for its length is cut, and says so."""
    assert escaped("the stage `Tax | time` has no *live* asset") == "the stage `Tax \\| time` has no \\*live\\* asset"
    text = report.markdown(answer(*(problem(n) for n in range(1, 300))))
    assert text.count("🔴") == 200
    assert "99 more" in text


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "maps").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: X\ndocs_dir: maps\nplugins: [journeybook]\n")
    (tmp_path / "maps" / "a.yml").write_text("title: Buy a bike\nowner: pricng\nstages: [Look, Pay]\n")
    (tmp_path / "maps" / "teams.yml").write_text("teams:\n  pricing: Pricing\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("form", report.FORMATS)
def test_every_format_prints_a_real_check(project: Path, form: str) -> None:
    """Each format of the option works on a real project and leaves the exit code alone."""
    result = CliRunner().invoke(main, ["check", "--format", form])
    assert result.exit_code == 1
    assert "pricng" in result.stdout


def test_on_github_actions_there_are_annotations_and_a_summary(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has to be asked for: readable lines in the log, annotations, and the table of the step."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(project / "summary.md"))
    result = CliRunner().invoke(main, ["check"])
    assert "maps/a.yml:2:8: error[reference-unknown]" in result.stdout
    assert "::error file=maps/a.yml,line=2," in result.stdout
    assert "| 🔴 error |" in (project / "summary.md").read_text("utf-8")


def test_a_baseline_leaves_out_what_it_knows(project: Path) -> None:
    """Known problems do not fail; a new one does; a mended one is said; lines may move."""
    run = CliRunner().invoke
    assert run(main, ["check", "--write-baseline"]).exit_code == 2
    assert run(main, ["check", "--baseline", "known.json"]).exit_code == 2
    for part in (["maps/a.yml"], ["--select", "reference-unknown"], ["--ignore", "owner-missing"], ["--since", "HEAD"]):
        refused = run(main, ["check", "--baseline", "known.json", "--write-baseline", *part])
        assert (refused.exit_code, (project / "known.json").exists()) == (2, False)
        assert "help: run `journeybook check --baseline known.json --write-baseline`" in refused.stderr
    wrote = run(main, ["check", "--baseline", "known.json", "--write-baseline"])
    assert wrote.exit_code == 0
    assert "to known.json" in wrote.stderr
    file = project / "maps" / "a.yml"
    file.write_text("# moved\n" + file.read_text())
    again = run(main, ["check", "--baseline", "known.json"])
    assert (again.exit_code, again.stdout) == (0, "")
    assert "of the baseline not shown" in again.stderr
    file.write_text(file.read_text().replace("Pay]", "Pay]\nsponsor: [1]"))
    fresh = run(main, ["check", "--baseline", "known.json"])
    assert fresh.exit_code == 1
    assert "reference-unknown" not in fresh.stdout
    file.write_text("title: Buy a bike\nstages: [Look, Pay]\n")
    assert "mended" in run(main, ["check", "--baseline", "known.json"]).stderr
    (project / "known.json").write_text("[]")
    assert run(main, ["check", "--baseline", "known.json"]).exit_code == 2
