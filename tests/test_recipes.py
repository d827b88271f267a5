"""Workflows and other recipes: valid, safe, and every step of them run on a real repository."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from journeybook.adapters.cli import main
from support_site import CHECKOUT, EPOCH

STARTERS = CHECKOUT / "generator" / "journeybook" / "starters" / "ci"
GITHUB = sorted((STARTERS / "github" / "dot-github" / "workflows").glob("*.yml"))
OURS = CHECKOUT / ".github" / "workflows"
BIN = Path(sys.executable).parent
INSTALL = "python -m pip install --requirement requirements.txt"
BRANCH = "x;touch${IFS}pwned;$(touch${IFS}pwned)"
FAKE_GH = """\
#!/bin/sh
printf '%s\\n' "$*" >> "$GH_LOG"
case "$*" in
  *"/pulls/7 "*) echo "$NEWEST" ;;
  *"/comments --jq"*) echo "$KNOWN_COMMENT" ;;
  "issue list"*) echo "$KNOWN_ISSUE" ;;
esac
"""


def run(folder: Path, *words: str, **environment: str) -> str:
    """A program's output; it must succeed."""
    done = subprocess.run(words, cwd=folder, env=os.environ | environment, capture_output=True, text=True, timeout=120,
                          check=False)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that `init` began, on a branch and with a file of hostile names, and with a broken promise."""
    root = tmp_path / "maps of a firm"
    assert CliRunner().invoke(main, ["init", str(root), "--template", "saas", "--ci", "github,gitlab"]).exit_code == 0
    for name, value in {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A",
                        "GIT_COMMITTER_EMAIL": "a@example.com", "SOURCE_DATE_EPOCH": EPOCH,
                        "XDG_CACHE_HOME": str(tmp_path / "cache"), "NO_MKDOCS_2_WARNING": "1"}.items():
        monkeypatch.setenv(name, value)
    run(root, "git", "init", "-q", "-b", "main")
    run(root, "git", "add", ".")
    run(root, "git", "commit", "-qm", "start")
    run(root, "git", "checkout", "-q", "-b", BRANCH)
    journey = root / "maps/journeys/first-year.yml"
    text = journey.read_text("utf-8")
    journey.write_text(text.replace("at_most: 2 business days", "at_most: 9 business days"), "utf-8")
    (root / "maps/journeys/a;touch pwned;$(touch pwned).yml").write_text(
        "title: \"::error::x $(touch pwned) @everyone\"\nowner: sales\nstages: [A]\n", "utf-8")
    run(root, "git", "add", ".")
    run(root, "git", "commit", "-qm", "a change")
    return root


class Runner:
    """What GitHub's runner does with a job's `run:` steps."""

    def __init__(self, folder: Path, tmp_path: Path, values: dict[str, str]) -> None:
        self.folder, self.values = folder, values
        self.summary, self.log, gh = tmp_path / "summary.md", tmp_path / "gh.log", tmp_path / "bin" / "gh"
        gh.parent.mkdir()
        gh.write_text(FAKE_GH)
        gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
        self.log.touch()
        self.base = {"PATH": f"{gh.parent}:{BIN}:{os.environ['PATH']}", "GITHUB_ACTIONS": "true", "CI": "true",
                     "GITHUB_STEP_SUMMARY": str(self.summary), "GH_LOG": str(self.log), "NEWEST": values.get("sha", ""),
                     "KNOWN_COMMENT": "", "KNOWN_ISSUE": ""}

    def step(self, step: dict[str, Any], **more: str) -> tuple[int, str]:
        """Exit code and output of a step, in the shell and with the environment that GitHub gives it."""
        own = {name: self._filled(value) for name, value in step.get("env", {}).items()}
        assert "${{" not in step["run"], "an expression in a script is how commands are injected"
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], cwd=self.folder,
                              env=os.environ | self.base | own | more, capture_output=True, text=True, timeout=180,
                              check=False)
        return done.returncode, done.stdout + done.stderr

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self.values[found[1]], text)


def steps(name: str) -> dict[str, dict[str, Any]]:
    """The `run:` steps of a workflow, by name, in order."""
    jobs = yaml.safe_load((GITHUB[0].parent / name).read_text("utf-8"))["jobs"]
    return {step["name"]: step for job in jobs.values() for step in job["steps"] if "run" in step}


def test_a_pull_request_is_reviewed(repository: Path, tmp_path: Path) -> None:
    """Every step of the review runs; the summary tells what the change means; the broken promise fails the check."""
    base = run(repository, "git", "rev-parse", "main").strip()
    runner = Runner(repository, tmp_path, {"github.event.pull_request.base.sha": base,
                                           "github.event.pull_request.number": "7"})
    results = {name: runner.step(step) for name, step in steps("journeys.yml").items()}
    report = results.pop("Report every problem")
    assert {name: code for name, (code, _) in results.items()} == dict.fromkeys(results, 0), results
    assert report[0] == 1
    assert "promise-broken" in report[1]
    assert "::error file=maps/journeys/" in report[1]
    comment = (repository / "review/comment.md").read_text("utf-8")
    assert "Up and running within three business days" in comment
    assert "@everyone" not in comment
    assert comment in runner.summary.read_text("utf-8")
    assert f"since {base[:12]}</a>" in (repository / "review-site/index.html").read_text("utf-8")
    assert not list(repository.rglob("pwned"))


def test_the_comment_is_written_once_and_kept_up_to_date(repository: Path, tmp_path: Path) -> None:
    """A new comment, then the same one again; nothing for a pull request that has moved on."""
    review = repository / "review"
    review.mkdir()
    (review / "number").write_text("7; touch pwned\n")
    (review / "comment.md").write_text("$(touch pwned)\n")
    runner = Runner(repository, tmp_path, {
        "sha": "abc", "github.event.workflow_run.head_sha": "abc", "github.repository": "o/r", "github.token": "t",
        "github.event.workflow_run.html_url": "https://example.com/run"})
    (step,) = steps("journeys-comment.yml").values()
    assert runner.step(step)[0] == 0
    assert "POST repos/o/r/issues/7/comments --field body=@body.md" in runner.log.read_text()
    assert (repository / "body.md").read_text().startswith("<!-- journeybook")
    assert runner.step(step, KNOWN_COMMENT="99")[0] == 0
    assert "PATCH repos/o/r/issues/comments/99" in runner.log.read_text()
    runner.log.write_text("")
    assert "nothing to say" in runner.step(step, NEWEST="def")[1]
    assert "comments" not in runner.log.read_text()
    assert not list(repository.rglob("pwned"))


def test_a_merge_is_published(repository: Path, tmp_path: Path) -> None:
    """The steps of the publishing workflow build the site where the upload looks for it."""
    (repository / "maps/journeys/first-year.yml").write_text(
        run(repository, "git", "show", "main:maps/journeys/first-year.yml"), "utf-8")
    runner = Runner(repository, tmp_path, {})
    assert [runner.step(step)[0] for step in steps("journeys-publish.yml").values()] == [0, 0]
    assert (repository / "site/index.html").is_file()


@pytest.mark.parametrize(("overdue", "known", "expected"), [
    (True, "", "issue create"), (True, "5", "issue edit 5"), (False, "5", "issue close 5"), (False, "", "")])
def test_overdue_reviews_become_one_issue(repository: Path, tmp_path: Path, overdue: bool, known: str,
                                          expected: str) -> None:
    """It is opened, kept up to date and closed; a failure of the tool itself fails the workflow."""
    if overdue:
        journey = repository / "maps/journeys/first-year.yml"
        journey.write_text("reviewed: 2025-01-01\nreview_every: 6 months\n" + journey.read_text("utf-8"), "utf-8")
    runner = Runner(repository, tmp_path, {"github.token": "t", "github.repository": "o/r"})
    install, step = steps("journeys-freshness.yml").values()
    assert runner.step(install)[0] == 0
    code, said = runner.step(step, KNOWN_ISSUE=known)
    assert code == 0, said
    calls = [line for line in runner.log.read_text().splitlines() if not line.startswith("issue list")]
    assert bool(calls) == bool(expected)
    assert all(call.startswith(expected) for call in calls)
    (repository / "mkdocs.yml").unlink()
    assert runner.step(step)[0] == 2


def test_gitlab_and_any_other_ci(repository: Path, tmp_path: Path) -> None:
    """The scripts of both jobs, and the plain script, run on the repository."""
    base = run(repository, "git", "rev-parse", "main").strip()
    jobs = yaml.safe_load((STARTERS / "gitlab/dot-gitlab-ci.yml").read_text("utf-8"))
    runner = Runner(repository, tmp_path, {})
    found = [runner.step({"run": line}, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, GITHUB_ACTIONS="")
             for line in jobs["check"]["script"]]
    assert [code for code, _ in found] == [0, 0, 0, 1]
    assert '"check_name": "promise-broken"' in (repository / "code-quality.json").read_text("utf-8")
    assert "Up and running within three busine" in (repository / "diff.txt").read_text("utf-8")
    assert [runner.step({"run": line})[0] for line in jobs["pages"]["script"]] == [0, 0]
    assert jobs["pages"]["artifacts"]["reports"] == jobs["check"]["artifacts"]["reports"]  # they are compared
    assert (repository / "public/index.html").is_file()
    script = (CHECKOUT / "docs/recipes/ci.sh").read_text("utf-8")
    assert script.count("journeybook ") == 4
    (repository / ".venv").symlink_to(BIN.parent)
    plain = script.replace("python3 -m venv .venv\n", "")
    code, said = runner.step({"run": plain}, BASE=base)
    assert code == 1
    assert "promise-broken" in said
    run(repository, "git", "checkout", "-q", "main", "--", "maps")
    run(repository, "git", "clean", "-qfd", "maps")
    for path in (repository / "maps/journeys").glob("a;*"):
        path.unlink()
    assert runner.step({"run": plain}, BASE="", OUT="out")[0] == 0
    assert (repository / "out/index.html").is_file()


@pytest.mark.parametrize("path", [*GITHUB, *sorted(OURS.glob("*.yml"))],
                         ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_workflows_have_no_weakness_that_is_known(path: Path, tmp_path: Path) -> None:
    """Zizmor finds nothing in its strictest mode, and the schema that GitHub publishes holds."""
    place = tmp_path / ".github" / "workflows"
    place.mkdir(parents=True)
    shutil.copy(path, place)
    run(tmp_path, str(BIN / "zizmor"), "--offline", "--no-progress", "--persona", "auditor", str(place))
    run(tmp_path, str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(place / path.name))


def test_the_gitlab_file_holds_to_its_schema(tmp_path: Path) -> None:
    """The schema that GitLab publishes, as check-jsonschema brings it."""
    copy = tmp_path / ".gitlab-ci.yml"
    shutil.copy(STARTERS / "gitlab/dot-gitlab-ci.yml", copy)
    run(tmp_path, str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", str(copy))


def test_this_project_uses_its_own_recipes() -> None:
    """The workflows of this repository are the starters, but for how Journeybook gets there."""
    own = "make .venv/bin/journeybook && echo \"$PWD/.venv/bin\" >> \"$GITHUB_PATH\""
    for path in GITHUB:
        assert (OURS / path.name).read_text("utf-8") == path.read_text("utf-8").replace(INSTALL, own)


def test_the_hook_runs_on_a_scratch_repository(repository: Path) -> None:
    """pre-commit runs what `init` wrote, and the hook this project offers names the same command."""
    (hook,) = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"] == "journeybook check"
    done = subprocess.run([str(BIN / "pre-commit"), "run", "--all-files"], cwd=repository, capture_output=True,
                          text=True, env=os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}"}, timeout=120, check=False)
    assert done.returncode == 1
    assert "promise-broken" in done.stdout


def test_the_offered_hook_is_installed_and_runs(repository: Path, tmp_path: Path) -> None:
    """pre-commit's own try-out: the hook is installed from this repository, and finds what is wrong in another.

    Its environment is made from the package index; a machine that cannot reach one says so instead of failing.
    """
    source = tmp_path / "source"
    for part in ("generator", "theme"):
        shutil.copytree(CHECKOUT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in (".pre-commit-hooks.yaml", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(CHECKOUT / part, source / part)
    run(source, "git", "init", "-q")
    run(source, "git", "add", ".")
    run(source, "git", "commit", "-qm", "the hook")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([str(BIN / "pre-commit"), "try-repo", str(source), "journeybook-check", "--all-files"],
                          cwd=repository, env=clean | {"PRE_COMMIT_HOME": str(tmp_path / "kept")}, timeout=500,
                          capture_output=True, text=True, check=False)
    if done.returncode == 3 and "pip" in done.stdout and not os.environ.get("CI"):
        pytest.skip("pre-commit could not install the hook: no package index can be reached from here")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Check journey maps" in done.stdout
    assert "promise-broken" in done.stdout
