"""Answers of checks that are kept between runs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from journeybook.adapters import kept
from journeybook.adapters.kept import MOST, Answers, Checked
from journeybook.adapters.project import find_project
from support_site import copy_of, run


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo project, checked once, with a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = copy_of("clearnest", tmp_path / "firm")
    said(folder)
    return folder


def said(folder: Path, form: str = "full") -> str:
    """What `check` prints."""
    return run(folder, "check", "--format", form).stdout


def phases(folder: Path) -> list[str]:
    """What `check --verbose` did."""
    return [line.split()[0] for line in run(folder, "check", "--verbose", "--quiet").stderr.splitlines()
            if line.endswith("ms")]


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_a_kept_answer_is_the_same_answer(firm: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every format the second run says what a run without any memory says, and reads nothing for it."""
    assert phases(firm) == ["known"]
    second = said(firm, form)
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert phases(firm) == ["read", "model", "check"]
    assert said(firm, form) == second


CHANGES = {
    "a map": lambda firm: (firm / "maps" / "teams.yml").open("a").write("  extra: Extra\n"),
    "values": lambda firm: next((firm / "maps" / "metrics").glob("*.csv")).open("a").write("2026-11-01,3\n"),
    "a new file": lambda firm: (firm / "maps" / "new.yml").write_text("teams: {}\n"),
    "a file gone": lambda firm: (firm / "maps" / "evidence.yml").unlink(),
    "another file": lambda firm: (firm / "maps" / "picture.png").write_bytes(b"x"),
    "a link": lambda firm: (firm / "maps" / "linked.yml").symlink_to(firm / "maps" / "teams.yml"),
    "the options": lambda firm: (firm / "mkdocs.yml").open("a").write("\nuse_directory_urls: false\n") and (
        firm / "mkdocs.yml").write_text((firm / "mkdocs.yml").read_text().replace("site_name: ", "site_name: New ", 1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_it_read_again(firm: Path, change: str) -> None:
    """Whatever can change the answer is in the key."""
    CHANGES[change](firm)
    assert phases(firm) == ["read", "model", "check"]


def test_another_day_makes_it_read_again(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reviews become overdue although no file changes."""
    assert phases(firm) == ["known"]
    result = run(firm, "check", "--verbose", "--quiet", SOURCE_DATE_EPOCH="1900000000")
    assert "read" in result.stderr


def test_a_committed_answer_is_not_believed(firm: Path, tmp_path: Path) -> None:
    """Answers lie in the user's folder: a file in the project's own cache folder speaks for nothing."""
    (answer,) = (tmp_path / "cache" / "journeybook" / "checks").iterdir()
    forged = json.dumps({"problems": [], "files": 1, "journeys": 1})
    for place in (".cache/journeybook", ".cache/journeybook/checks", ".journeybook"):
        (firm / place).mkdir(parents=True, exist_ok=True)
        (firm / place / answer.name).write_text(forged)
    expected = said(firm)
    answer.unlink()
    assert said(firm) == expected != ""


@pytest.mark.parametrize("junk", ["", "{", "[]", '{"problems": [{}], "files": 1, "journeys": 1}'])
def test_a_damaged_answer_is_no_answer(firm: Path, tmp_path: Path, junk: str) -> None:
    """A half-written or foreign file costs a reading, nothing else."""
    (answer,) = (tmp_path / "cache" / "journeybook" / "checks").iterdir()
    expected = said(firm)
    answer.write_text(junk)
    assert phases(firm) == ["read", "model", "check"]
    assert said(firm) == expected


def test_only_some_answers_are_kept(firm: Path, tmp_path: Path) -> None:
    """The folder does not grow for ever."""
    folder = tmp_path / "cache" / "journeybook" / "checks"
    for number in range(MOST + 5):
        (folder / f"{number}.json").write_text("{}")
        os.utime(folder / f"{number}.json", (number, number))
    (firm / "maps" / "new.yml").write_text("teams: {}\n")
    said(firm)
    assert len(list(folder.iterdir())) == MOST


def test_the_option_turns_it_off(firm: Path) -> None:
    """`cache: false` in mkdocs.yml keeps and believes nothing."""
    config = firm / "mkdocs.yml"
    config.write_text(config.read_text().replace("- journeybook\n", "- journeybook: { cache: false }\n"))
    assert phases(firm) == phases(firm) == ["read", "model", "check"]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the program's."""
    folder = tmp_path / "program"
    (folder / "adapters").mkdir(parents=True)
    (folder / "adapters" / "kept.py").write_text("")
    monkeypatch.setattr(kept, "__file__", str(folder / "adapters" / "kept.py"))
    return folder


def test_the_state_is_that_of_contents(firm: Path) -> None:
    """A file that was only touched is as it was; one with other words of the same length and age is not."""
    teams = firm / "maps" / "teams.yml"
    before, text = teams.stat(), teams.read_text("utf-8")
    os.utime(teams, (1, 1))
    assert phases(firm) == ["known"]
    teams.write_text(text.replace("name: ", "name; ", 1), "utf-8")
    os.utime(teams, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert phases(firm) == ["read", "model", "check"]


def test_what_changed_while_it_was_read_is_not_known(firm: Path) -> None:
    """Nobody knows which of its states was read: neither gets the answer, even if length and age are the same."""
    settings, teams = find_project(firm / "mkdocs.yml").settings(), firm / "maps" / "teams.yml"
    before, text = teams.stat(), teams.read_text("utf-8")
    teams.write_text(f"{text}# more\n", "utf-8")
    answers = Answers(settings)
    teams.write_text(f"{text}# less\n", "utf-8")
    os.utime(teams, ns=(before.st_atime_ns, before.st_mtime_ns))
    answers.keep(Checked([], 1, 1))
    assert Answers(settings).known() is None
    teams.write_text(f"{text}# more\n", "utf-8")
    assert Answers(settings).known() is None


def test_another_program_reads_again(firm: Path, program: Path) -> None:
    """An answer is that of this very program; what the interpreter compiled of it makes no difference."""
    settings = find_project(firm / "mkdocs.yml").settings()
    Answers(settings).keep(Checked([], 1, 1))
    assert Answers(settings).known() == Checked([], 1, 1)
    (program / "__pycache__").mkdir()
    (program / "__pycache__" / "one.pyc").write_bytes(b"compiled")
    assert Answers(settings).known() == Checked([], 1, 1)
    (program / "one.py").write_text("")
    assert Answers(settings).known() is None


def test_a_file_that_vanishes_is_no_fault_of_the_answers(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the state of the files has no name, nothing is known or kept, and the check says what is wrong."""
    def gone(*_: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(kept, "_content", gone)
    assert phases(firm) == ["read", "model", "check"]
