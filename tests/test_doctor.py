"""`doctor`: what is wrong with a project or a machine, and how to mend it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from support_site import DOT, copy_of, project, run


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A copy of the smaller demo."""
    return copy_of("clearnest", tmp_path / "firm")


def test_doctor_in_a_sound_project(firm: Path) -> None:
    """In a project in a repository, with edit links, everything is fine: exit 0."""
    subprocess.run(["git", "init", "-q"], cwd=firm, check=True)
    result = run(firm, "doctor")
    assert result.exit_code == 0, result.stdout
    assert all(line.startswith("ok ") for line in result.stdout.splitlines())
    for name in ("python", "mkdocs", "mkdocs-material", "graphviz", "project", "plugin", "edit links", "cache", "git"):
        assert re.search(rf"^ok +{name} ", result.stdout, re.MULTILINE), name


@pytest.mark.parametrize(("config", "name", "remedy"), [
    (None, "project", "go to the folder of your maps, or name the file with --config-file"),
    (DOT.replace(", journeybook", ""), "plugin", "add a line `- journeybook` under `plugins:`"),
    ("# about journeybook\n" + DOT.replace(", journeybook", ""), "plugin", "add a line `- journeybook`"),
    (DOT, "edit links", "set `repo_url:` and `edit_uri:` in mkdocs.yml"),
    (DOT, "git", "run `git init`"),
    (DOT.replace("maps", "mapz"), "project", "create it, or correct `docs_dir:`"),
], ids=["no project", "no plugin", "plugin in a comment", "no edit links", "no repository", "no docs_dir"])
def test_doctor_says_how_to_mend_it(tmp_path: Path, config: str | None, name: str, remedy: str) -> None:
    """What is wrong is marked, with the remedy, and the exit code is 1."""
    folder = tmp_path if config is None else project(tmp_path, {}, config)
    result = run(folder, "doctor", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert result.exit_code == 1
    assert re.search(rf"^look +{name} .*\n +help: {re.escape(remedy)}", result.stdout, re.MULTILINE), result.stdout


def test_doctor_without_git(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git is told so, without a traceback."""
    monkeypatch.setattr("journeybook.adapters.doctor.shutil.which", lambda name: None)
    result = run(firm, "doctor")
    assert result.exit_code == 1
    assert re.search(r"^look +git +not installed\n +help: install git", result.stdout, re.MULTILINE)


def test_doctor_with_an_old_package(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is too old, too new or not there is named with the command that mends it."""
    from importlib.metadata import PackageNotFoundError

    def found(name: str) -> str:
        if name == "jinja2":
            raise PackageNotFoundError(name)
        return {"mkdocs": "1.5.3", "mkdocs-material": "10.0.1"}[name]

    monkeypatch.setattr("journeybook.adapters.doctor.version", found)
    out = run(firm, "doctor").stdout
    assert re.search(r'^look +mkdocs +1\.5\.3\n +help: pip install "mkdocs>=1\.6\.1,<2"$', out, re.MULTILINE)
    assert re.search(r"^look +mkdocs-material +10\.0\.1$", out, re.MULTILINE)
    assert re.search(r"^look +jinja2 +not installed$", out, re.MULTILINE)
