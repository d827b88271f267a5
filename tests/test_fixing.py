"""`check --fix` and `check --since`: what one change does, and what can be mended without asking."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from journeybook.adapters.cli import main
from journeybook.adapters.fixing import mend
from journeybook.adapters.project import find_project
from journeybook.reading import read_book
from support_site import copy_of, project

BUY = """\
title: Buy   # the title
Owner: sales
status: In Review
reviewed: 2026-10-01
stages:
  - title: Look\u200b around
    customer_gaol: Find out   # why
  - title: Pay
    role: "Exit"
    duration: 2 days  # journeybook: ignore[asset-missing] not yet
  - {title: Wait, steps: [{title: x, pains: {text: y, severity: Severe}}]}
transitions:
  - {from: buy/pay, to: look-around, type: Loop, share: 007}
"""
MENDED = """\
title: Buy   # the title
owner: sales
status: in-review
reviewed: 2026-10-01
stages:
  - id: look-around
    title: Look around
    customer_goal: Find out   # why
  - id: pay
    title: Pay
    role: "exit"
    duration: 2 days
  - {title: Wait, steps: [{title: x, pains: {text: y, severity: severe}}]}
transitions:
  - {from: buy/pay, to: look-around, type: loop, share: 7}
"""
TEAMS = """\
teams:
  sales: Sales
# journeybook: ignore[flow-self] never
assets:
  guide: {title: Guide, stages: buy/pay}
"""


def run(*arguments: str, code: int = 0) -> str:
    """What a command says."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def git(folder: Path, *words: str) -> None:
    """A Git command with an author."""
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.com", *words], cwd=folder, check=True,
                   capture_output=True)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with every kind of slip."""
    found = project(tmp_path, {"teams.yml": TEAMS})
    (found / "maps/buy.yml").write_bytes(BUY.replace("\n", "\r\n").encode())
    monkeypatch.chdir(found)
    return found


def test_fix_mends_what_has_one_right_answer(root: Path) -> None:
    """Keys and words, ids, zeros, invisible letters, useless comments; each line that was right stays as it was."""
    said = run("check", "--fix", "--fail-on", "never")
    text = (root / "maps/buy.yml").read_bytes().decode()
    assert "\r\n" in text
    assert text.replace("\r\n", "\n") == MENDED
    assert (root / "maps/teams.yml").read_text() == TEAMS.replace("# journeybook: ignore[flow-self] never\n", "")
    assert "mended" in said
    assert "maps/buy.yml, maps/teams.yml" in said
    assert "nothing to mend" in run("check", "--fix", "--fail-on", "never")


def test_fix_keeps_to_the_files_and_checks_that_are_named(root: Path) -> None:
    """Only what was asked for is written."""
    run("check", "--fix", "--select", "key-unknown", "--fail-on", "never", "maps/buy.yml")
    text = (root / "maps/buy.yml").read_text()
    assert "owner: sales" in text
    assert "status: In Review" in text
    assert "ignore[flow-self]" in (root / "maps/teams.yml").read_text()


def test_a_key_that_is_there_already_is_not_written_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped key beside the right one stays: which of the two is meant only a person knows."""
    text = "title: A\nowner: x\nownr: y\nstages: [L]\n"
    monkeypatch.chdir(project(tmp_path, {"a.yml": text}))
    assert "nothing to mend" in run("check", "--fix", "--fail-on", "never")
    assert Path("maps/a.yml").read_text() == text


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_fix_touches_no_line_without_a_problem(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Slips are put into a line of a demo file: after mending only that line can differ from what stood there."""
    root = copy_of("juniper", tmp_path_factory.mktemp("firm"))
    file = data.draw(st.sampled_from(sorted((root / "maps").rglob("*.yml"))))
    lines = file.read_text("utf-8").split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    slip = data.draw(st.sampled_from([("status: live", "status: Live"), ("owner:", "ownr:"), (" ", " \u200b"),
                                      ("title", "Title"), ("severity: severe", "severity: Severe")]))
    lines[at] = lines[at].replace(*slip, 1)
    file.write_text("\n".join(lines), "utf-8")
    config = find_project(root / "mkdocs.yml").settings()
    before = {path: path.read_text("utf-8").split("\n") for path in (root / "maps").rglob("*.yml")}
    found = read_book(config).problems
    touched = {(p.span.path, p.span.line) for p in found if p.fix is not None or p.check == "id-implicit"}
    mend(lambda problems: problems, config)
    for path, old in before.items():
        new = path.read_text("utf-8").split("\n")
        if len(new) == len(old):
            changed = {(config.shown(path), number) for number, pair in enumerate(zip(old, new, strict=True), 1)
                       if pair[0] != pair[1]}
            assert changed <= touched


def test_since_shows_what_the_change_adds(root: Path) -> None:
    """Old problems fail nobody; a new one does, wherever older lines have moved; mended ones are counted."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "start")
    assert run("check", "--since", "HEAD", "-q") == ""
    file = root / "maps/buy.yml"
    file.write_text("# a line more\n" + BUY.replace("type: Loop", "type: loop").replace("owner", "owner") +
                    "owner: seles\n")
    said = run("check", "--since", "HEAD", code=1)
    assert [line.split(" ")[1] for line in said.splitlines() if ": error" in line] == ["error[reference-unknown]"]
    assert "mended since HEAD" in said
    assert "from before not shown" in said
    assert "Git knows no revision" in run("check", "--since", "nowhere", code=2)
