"""`check` and `explain`: what they say, where they say it, and how they end."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from journeybook.checks import CHECKS
from support_site import DOT, JOURNEY, environment, process, project, run

Golden = Callable[[str, str], None]
PRICNG = {
    "teams.yml": "teams:\n  sales:\n    name: Sales\n  pricing:\n    name: Pricing\npersonas:\n  ada: { name: Ada }\n",
    "journeys/renew-policy.yml": (
        "title: Renew a policy\nowner: sales\npersona: ada\nstatus: draft\ntrigger: The letter arrives.\n"
        "stages:\n  - title: Quote\n    owner: pricng\n"),
}
TEN = """\
title: Ten mistakes
ownr: sales
persona: adda
status: lively
reviewed: 2026-13-01
stages:
  - id: First Stage
    title: See
    duration: 3 dayz
    steps:
      - title: Look
        emotion: 11
        touchpoints: [web]
  - id: pay
    title: Pay
    title: Pay again
    assets: [invoice]
    metrics: sales
transitions:
  - from: pay
    to: refund
    share: 130
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A project with one mistake."""
    return project(tmp_path, PRICNG)


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    """A project with a file that holds more than ten mistakes."""
    return project(tmp_path, {**PRICNG, "journeys/ten.yml": TEN})


def test_the_frame_of_a_problem(policy: Path) -> None:
    """The full format is the documented one, letter by letter."""
    out = run(policy, "check", "--format", "full", "--select", "reference-unknown").stdout
    assert out == (
        "error[reference-unknown]: no team has the id `pricng`\n"
        "  --> maps/journeys/renew-policy.yml:8:12\n"
        "   |\n"
        " 7 |   - title: Quote\n"
        " 8 |     owner: pricng\n"
        "   |            ^^^^^^ not in teams\n"
        "   = help: write `pricing` (defined at maps/teams.yml:4:3)\n"
        "   = more: journeybook explain reference-unknown\n"
        "\n"
        "1 journey in 2 files: 1 error\n")


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_ten_mistakes_in_one_file(ten: Path, golden: Golden, form: str) -> None:
    """One run finds every mistake of a file, each with its line and the next step."""
    result = run(ten, "check", "--format", form, "maps/journeys/ten.yml")
    assert result.exit_code == 1
    found = json.loads(run(ten, "check", "--format", "json", "maps/journeys/ten.yml").stdout)
    assert found["summary"]["errors"] >= 10
    assert all(problem["help"] for problem in found["problems"])
    golden(result.stdout, f"cli/ten-mistakes.{'json' if form == 'json' else form + '.txt'}")


def test_json_is_one_document(ten: Path) -> None:
    """Stdout holds the document and nothing else, and its counts are those of its list."""
    result = run(ten, "check", "--format", "json")
    assert result.stderr == ""
    found = json.loads(result.stdout)
    levels = [problem["severity"] for problem in found["problems"]]
    assert found["summary"] == {"errors": levels.count("error"), "warnings": levels.count("warning"),
                                "infos": levels.count("info"), "files": 3, "journeys": 2}
    for problem in found["problems"]:
        assert problem["path"].startswith("maps/")
        assert problem["line"] >= 1
        assert problem["column"] >= 1


def test_concise_is_one_line_a_problem(ten: Path) -> None:
    """In the concise form each line of stdout is a problem; the closing line goes to stderr."""
    result = run(ten, "check", "--format", "concise")
    lines = result.stdout.splitlines()
    assert len(lines) > 10
    assert all(re.fullmatch(r"maps/[\w/.-]+:\d+:\d+: (error|warning|info)\[[a-z-]+\] .+", line) for line in lines)
    assert result.stderr == "2 journeys in 3 files: 14 errors, 4 warnings\n"
    assert run(ten, "check", "--format", "concise", "--quiet").stderr == ""


@pytest.mark.parametrize(("maps", "expected"), [
    ({"teams.yml": PRICNG["teams.yml"]}, {"error": 0, "warning": 0, "never": 0}),
    ({"buy.yml": JOURNEY}, {"error": 0, "warning": 1, "never": 0}),
    (PRICNG, {"error": 1, "warning": 1, "never": 0}),
], ids=["clean", "warnings", "errors"])
def test_exit_codes(tmp_path: Path, maps: dict[str, str], expected: dict[str, int]) -> None:
    """`--fail-on` decides from which level on the exit code is 1."""
    folder = project(tmp_path, maps)
    assert {level: run(folder, "check", "--fail-on", level).exit_code for level in expected} == expected
    assert run(folder, "check").exit_code == expected["error"]


def test_select_and_ignore(ten: Path) -> None:
    """Checks can be picked and left out, one by one or with commas; the exit code follows what is shown."""
    def shown(*words: str) -> set[str]:
        result = run(ten, "check", "--format", "json", *words)
        return {problem["check"] for problem in json.loads(result.stdout)["problems"]}

    assert shown("--select", "value-date") == {"value-date"}
    assert shown("--select", "value-date", "--select", "value-range") == {"value-date", "value-range"}
    assert shown("--select", "value-date, value-range") == {"value-date", "value-range"}
    assert shown("--ignore", "value-date,asset-missing") == shown() - {"value-date", "asset-missing"}
    assert run(ten, "check", "--select", "asset-missing").exit_code == 0
    assert run(ten, "check", "--select", "asset-orphan").stdout == ""


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_check_that_does_not_exist(ten: Path, option: str) -> None:
    """A misspelt check is not passed over: exit 2 and the nearest one."""
    result = run(ten, "check", option, "value-dat")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "journeybook: there is no check `value-dat`\n  help: did you mean `value-date`?\n"


def test_paths_narrow_what_is_shown(ten: Path) -> None:
    """Only problems of the named files and folders are shown, while the whole atlas is read."""
    def files(folder: Path, *paths: str) -> set[str]:
        found = json.loads(run(folder, "check", "--format", "json", *paths).stdout)["problems"]
        return {problem["path"] for problem in found}

    policy, mistakes = "maps/journeys/renew-policy.yml", "maps/journeys/ten.yml"
    assert files(ten) == {policy, mistakes}
    assert files(ten, "maps/journeys/ten.yml") == {mistakes}
    assert files(ten, "maps/journeys/") == files(ten, ".") == files(ten, str(ten)) == {policy, mistakes}
    assert files(ten, "maps/teams.yml") == set()
    assert files(ten / "maps" / "journeys", "ten.yml") == {mistakes}
    assert files(ten / "maps" / "journeys", "../teams.yml", "renew-policy.yml") == {policy}
    # A folder is not a beginning of letters, and the references of a file are checked against all others.
    (ten / "maps" / "jour").mkdir()
    assert files(ten, "maps/jour") == set()
    assert "no team has the id" in run(ten, "check", policy).stdout


def test_paths_that_are_not_there(policy: Path) -> None:
    """A path that does not exist, or lies outside the maps, is an error and not a clean report."""
    gone = run(policy, "check", "maps/gone.yml")
    assert (gone.exit_code, gone.stderr) == (
        2, "journeybook: there is no file or folder maps/gone.yml\n  help: paths are relative to where you are\n")
    other = run(policy, "check", "mkdocs.yml")
    assert other.exit_code == 2
    assert "mkdocs.yml is no part of the maps in maps" in other.stderr


def test_a_link_among_the_maps_can_be_named(policy: Path) -> None:
    """A link in the maps is judged as a link, not as the file it leads to."""
    (policy / "maps" / "hosts.yml").symlink_to("/etc/hosts")
    result = run(policy, "check", "maps/hosts.yml")
    assert "maps/hosts.yml:1:1: error[link-refused]" in result.stdout


def test_any_folder_below_will_do(policy: Path) -> None:
    """From a folder below, paths in messages stay relative to the folder of mkdocs.yml."""
    assert run(policy / "maps" / "journeys", "check").stdout == run(policy, "check").stdout


def test_another_projects_settings(policy: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`--config-file` names the project, wherever one stands."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert run(elsewhere, "check", "-f", str(policy / "mkdocs.yml")).stdout == run(policy, "check").stdout
    gone = run(elsewhere, "check", "-f", "gone.yml")
    assert gone.exit_code == 2
    assert "gone.yml cannot be read" in gone.stderr


def test_settings_that_inherit_and_ask_the_environment(policy: Path) -> None:
    """`INHERIT` and `!ENV` mean to `check` what they mean to the host."""
    (policy / "mkdocs.yml").rename(policy / "base.yml")
    (policy / "base.yml").write_text(DOT.replace("maps", "!ENV [NO_SUCH_NAME, MAPS_FOLDER, gone]"), "utf-8")
    (policy / "mkdocs.yml").write_text("INHERIT: base.yml\nextra: { x: !!python/name:os.getcwd }\n", "utf-8")
    assert run(policy, "check", MAPS_FOLDER="maps").stdout.count("reference-unknown") == 1
    assert run(policy, "build", "--keep-going", MAPS_FOLDER="maps").exit_code == 0
    assert "the folder gone/" in run(policy, "check").stderr


def test_the_day_decides_what_is_overdue(tmp_path: Path) -> None:
    """`SOURCE_DATE_EPOCH` is today for every check."""
    folder = project(tmp_path, {"buy.yml": JOURNEY + "reviewed: 2026-01-31\n"})
    assert "review-overdue" in run(folder, "check").stdout
    assert "review-overdue" not in run(folder, "check", SOURCE_DATE_EPOCH="1770000000").stdout


HOSTILE = (
    '"a\\n::error::forged"', '"\\e[2J\\e[31mred"', '"\\u202egnp.exe"', '"##[error]forged"', "'::error::x'",
    '"bell\\a"', "\x1b[31mred", "\u202edab", "|-\n  x\n  ::error::forged")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Maps whose titles, owners and stages try to steer a terminal and a CI runner."""
    rest = "stages: [a, a]\ntransitions: [{from: x}]\n"
    return project(tmp_path, {f"j{n}.yml": f"title: {text}\nowner: {text}\n{rest}" for n, text in enumerate(HOSTILE)})


@pytest.mark.parametrize("words", [["check", "--format", "full"], ["check", "--format", "concise"],
                                   ["check", "--format", "json"], ["build"], ["build", "--keep-going"]], ids=" ".join)
def test_titles_cannot_forge_output(hostile: Path, words: list[str]) -> None:
    """Whatever a title holds, no control reaches the terminal and no line is an order to a CI runner."""
    result = run(hostile, *words)
    assert "j0.yml" in result.stdout + result.stderr or words[-1] == "--keep-going"
    for stream in (result.stdout, result.stderr):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", stream)
        assert not re.search(r"^\s*::|##\[", stream, re.MULTILINE), stream


def test_words_of_the_command_line_are_cleaned_too(policy: Path) -> None:
    """What stands in an argument cannot steer the terminal either."""
    for words in (["explain", "\x1b[31m"], ["check", "\x1b[31m"], ["check", "--select", "x\n::error::y"],
                  ["new", "journey", "\x1b[31m ::x"], ["new", "journey", "y", "--owner", "a\n::error::b"]):
        result = run(policy, *words)
        assert not re.search("\x1b|^::", result.stdout + result.stderr, re.MULTILINE), words


def test_a_pipe_gets_the_concise_form(policy: Path) -> None:
    """Without `--format`, a pipe gets one line a problem, without colour."""
    done = process(policy, "journeybook", "check")
    assert done.returncode == 1
    assert done.stdout == run(policy, "check", "--format", "concise").stdout
    assert "\x1b" not in done.stdout + done.stderr


def on_terminal(folder: Path, *words: str, **changes: str) -> str:
    """What a command writes to a terminal."""
    controller, terminal = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "journeybook", *words], cwd=folder, stdout=terminal, stderr=terminal,
                          stdin=terminal, env=environment(TERM="xterm", **changes)):
        os.close(terminal)
        written = b""
        try:
            while part := os.read(controller, 65536):
                written += part
        except OSError:  # the other end is closed
            pass
    os.close(controller)
    return written.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_frames_in_colour(policy: Path) -> None:
    """On a terminal the full form is the default, with colour; NO_COLOR takes the colour away."""
    coloured = on_terminal(policy, "check")
    assert "\x1b[31m" in coloured
    plain = on_terminal(policy, "check", NO_COLOR="1")
    assert "\x1b" not in plain
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain == run(policy, "check", "--format", "full").stdout


def test_colour_can_be_forced_and_refused(policy: Path) -> None:
    """FORCE_COLOR gives colour in a pipe, NO_COLOR wins over it, and an empty one counts as not set."""
    full = ("check", "--format", "full")
    assert "\x1b[" not in run(policy, *full).stdout
    assert "\x1b[" in run(policy, *full, FORCE_COLOR="1").stdout
    assert "\x1b[" not in run(policy, *full, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[" in run(policy, *full, FORCE_COLOR="1", NO_COLOR="").stdout
    assert "\x1b[" in run(policy, "explain", FORCE_COLOR="1").stdout
    assert "\x1b[" not in run(policy, "explain", NO_COLOR="1").stdout


@pytest.mark.parametrize("words", [["check"], ["check", "--format", "json"], ["explain"], ["doctor"], ["--help"]],
                         ids=" ".join)
def test_a_reader_that_goes_away(ten: Path, words: list[str]) -> None:
    """`journeybook … | head -1`: no traceback and no complaint when the reader has had enough."""
    running = subprocess.Popen([sys.executable, "-m", "journeybook", *words], cwd=ten, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environment())
    assert running.stdout is not None
    running.stdout.close()
    _, said = running.communicate(timeout=30)
    assert b"Traceback" not in said
    assert b"Broken" not in said
    assert running.returncode in (0, 1)


def test_output_in_a_plain_locale(tmp_path: Path) -> None:
    """Words of any language come out where the machine's own language is plain C."""
    folder = project(tmp_path, {"buy.yml": 'title: Käufe 価格\nowner: "größe 価"\nstages: [a]\n'})
    done = process(folder, "journeybook", "check", "--format", "full", LC_ALL="C", PYTHONUTF8="0",
                   PYTHONCOERCECLOCALE="0")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_verbose_goes_to_stderr(policy: Path) -> None:
    """`--verbose` says how long each phase took and leaves stdout as it is."""
    result = run(policy, "check", "--verbose", "--format", "json")
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["read", "model", "check"]
    json.loads(result.stdout)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_is_explained(tmp_path: Path, check: object) -> None:
    """Each check says what it means, why it matters, and shows a bad and a good example."""
    result = run(tmp_path, "explain", check.id)  # type: ignore[attr-defined]
    assert result.exit_code == 0
    head, _, page = result.stdout.partition("\n")
    assert head.startswith(f"{check.id} (")  # type: ignore[attr-defined]
    assert len(page.split()) > 15


def test_all_checks_are_listed(tmp_path: Path) -> None:
    """Without a name, `explain` lists every check with its level and one line."""
    result = run(tmp_path, "explain")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    for check in CHECKS:
        assert [line for line in lines if line.split()[:2] == [check.id, check.level.word]], check.id


@pytest.mark.parametrize(("word", "remedy"), [
    ("asset-orfan", "did you mean `asset-orphan`?"), ("zzz", "journeybook explain lists all checks")])
def test_an_unknown_check(tmp_path: Path, word: str, remedy: str) -> None:
    """A misspelt check: exit 2 and the nearest one, or how to see them all."""
    result = run(tmp_path, "explain", word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"journeybook: there is no check `{word}`\n  help: {remedy}\n"
