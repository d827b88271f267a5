"""`new` for everything that has a registry."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from click.testing import CliRunner

from journeybook.adapters.cli import main
from journeybook.adapters.new_entry import KEY_OF, has_owner
from journeybook.adapters.project import find_project
from journeybook.checks import refusals
from journeybook.problems import Severity
from journeybook.reading import read_book
from support_site import copy_of, project

JOURNEY = "title: Buy\nowner: sales\nstages:\n  - Look\n  - Choose\n"


def run(*arguments: str, code: int = 0) -> str:
    """What a command says."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("kind", KEY_OF)
@pytest.mark.parametrize("firm", ["tallybird", "juniper"])
def test_a_new_record_stands_below_the_others(kind: str, firm: str, tmp_path: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are added in one place and none is changed; the atlas has no new error and knows the record."""
    root = copy_of(firm, tmp_path)
    monkeypatch.chdir(root)
    before = {path: path.read_text("utf-8") for path in (root / "maps").rglob("*.yml")}
    said = run("new", kind, "Something: quite #new")
    reading = read_book(find_project(None).settings())
    assert not [p for p in reading.problems if p.severity is Severity.ERROR and p.check.startswith(("ref", "key"))]
    assert not refusals([p for p in reading.problems if not p.check.startswith("promise-")])
    changed = [path for path in (root / "maps").rglob("*.yml") if path.read_text("utf-8") != before.get(path)]
    (path,) = changed
    delta = list(difflib.ndiff(before.get(path, "").splitlines(), path.read_text("utf-8").splitlines()))
    assert not [line for line in delta if line.startswith("- ")]
    added = [index for index, line in enumerate(delta) if line.startswith("+ ")]
    assert added == list(range(added[0], added[0] + len(added)))
    assert f"{path.relative_to(root).as_posix()}:{added[0] + 1 + (path not in before) * 2}" in said


@pytest.mark.parametrize("kind", KEY_OF)
def test_the_first_of_its_kind_gets_a_file(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the modeline for editors; the second one joins it, even where the file's last line has no end."""
    root = project(tmp_path, {"journeys/buy.yml": JOURNEY})
    monkeypatch.chdir(root)
    run("new", kind, "First", *(("--owner", "sales") if has_owner(kind) else ()))
    file = root / "maps" / f"{KEY_OF[kind]}.yml"
    text = file.read_text("utf-8")
    assert text.startswith("# yaml-language-server")
    file.write_text(text.rstrip("\n"), "utf-8")
    run("new", kind, "Second")
    assert file.read_text("utf-8").startswith(text)
    assert "already" in run("new", kind, "first", code=2)
    assert "no id can be made" in run("new", kind, "…", code=2)


def test_lists_and_braces_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where records stand in a way that cannot be added to safely, a file of its own is written."""
    maps = {"journeys/buy.yml": JOURNEY, "teams.yml": "teams: {sales: Sales}\n",
            "assets.yml": "assets:\n  - Price list\n"}
    monkeypatch.chdir(project(tmp_path, maps))
    assert "teams-support.yml" in run("new", "team", "Support")
    assert "assets-guide.yml" in run("new", "asset", "Guide", "--owner", "nobody")


def test_an_owner_is_never_left_out_silently(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where records of a kind have no owner, nothing is written: whoever names one would look for it."""
    monkeypatch.chdir(project(tmp_path, {"buy.yml": JOURNEY, "teams.yml": "teams: {sales: Sales}\n"}))
    before = sorted(tmp_path.rglob("*.yml"))
    assert "evidence has no owner" in run("new", "evidence", "Calls", "--owner", "sales", code=2)
    assert "a team has no owner" in run("new", "team", "Legal", "--owner", "sales", code=2)
    assert sorted(tmp_path.rglob("*.yml")) == before
