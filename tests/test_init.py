"""`init`: a repository that works from its first minute."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from journeybook.adapters.cli import main
from journeybook.adapters.init import HOSTS, TEMPLATES


def run(*arguments: str, code: int = 0) -> str:
    """What a command says."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_starter_is_checked_and_built(template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No error, at most honest gaps; the site has the name that was given, whatever letters it has."""
    said = run("init", str(tmp_path / "new"), "--template", template, "--ci", "github,gitlab", "--name", 'A & "B": c')
    assert "Kept" not in said
    monkeypatch.chdir(tmp_path / "new")
    assert " error" not in run("check", "--format", "full")
    run("build", "--quiet")
    assert "A &amp; &#34;B&#34;: c" in (tmp_path / "new/site/index.html").read_text("utf-8").replace("&quot;", "&#34;")
    assert {path.name for path in (tmp_path / "new").iterdir()} >= {
        "mkdocs.yml", "requirements.txt", ".gitignore", ".pre-commit-config.yaml", ".vscode", ".github",
        ".gitlab-ci.yml"}
    assert not [page for page in (tmp_path / "new/site/journeys").rglob("index.html")
                if "Nobody rated this stage" in page.read_text("utf-8")]  # a score without a persona is shown, too
    json.loads((tmp_path / "new/.vscode/settings.json").read_text("utf-8"))


def test_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is there stays, and that is said; a folder with a site of its own is refused."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gitignore").write_text("mine\n")
    said = run("init")
    assert "Kept .gitignore as it is" in said
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert not (tmp_path / ".github").exists()
    assert "has a mkdocs.yml already" in run("init", code=2)
    assert "no workflows for `jenkins`" in run("init", "other", "--ci", "jenkins", code=2)
    assert set(HOSTS) == {"github", "gitlab"}


def test_workflows_in_a_folder_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts read them at the top only: that is said, with what to do; at the top nothing is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    said = run("init", "care/maps", "--ci", "github,gitlab")
    assert "note: .github/ is read at the top of a repository only, and care/maps/ is a folder of one." in said
    assert "`defaults: {run: {working-directory: care/maps}}`" in said
    assert "note: .gitlab-ci.yml is read at the top" in said
    assert "`- cd care/maps`" in said
    assert "note:" not in run("init", "plain/maps")
    assert "note:" not in run("init", ".", "--ci", "github")
