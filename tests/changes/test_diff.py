"""`journeybook diff` on real repositories: revisions are read and nothing is touched, whatever they are called."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from changes.repositories import commit, git, repository, write
from changes.samples import ATLAS, BUY, edited
from journeybook.adapters.git import GitError, Repository, environment
from support_site import project, refused, run, tree

Golden = Callable[[str, str], None]
HOSTILE = ("--upload-pack=x", "$(touch x)", "`touch x`", "-x", "--output=x", "a b", "@{-99}", "\0", "", "x:maps", "é\n")


@pytest.fixture
def heat(tmp_path: Path) -> Path:
    """A repository whose last commit is on a branch: a promise broken, a stage renamed, words changed."""
    folder = repository(tmp_path / "heat")
    git(folder, "checkout", "-q", "-b", "shorter")
    files = edited("reword", edited("break a promise", edited("rename a stage's title")))
    files = edited("a team leaves", files)
    write(folder, files)
    commit(folder, "Shorter")
    return folder


def test_the_formats_say_the_same(heat: Path, golden: Golden) -> None:
    """Text for a terminal, markdown for a pull request and json for programs: texts that were looked at."""
    for form, ending in (("text", "txt"), ("markdown", "md"), ("json", "json")):
        result = run(heat, "diff", "main", "shorter", "--format", form)
        assert (result.exit_code, result.stderr) == (0, "")
        golden(result.stdout, f"changes/diff.{ending}")


def test_the_html_shows_each_map_before_and_after(heat: Path) -> None:
    """One file without scripts or addresses; cells that differ are marked by colour and word, others are not."""
    result = run(heat, "diff", "main", "shorter", "--format", "html")
    page = html.fromstring(result.stdout)
    assert page.xpath("//script | //link | //img | //@href | //@src | //@style | //@onclick") == []
    assert page.xpath("string(//h2)") == "Live with it"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    (before, after) = page.xpath("//h3[.='Before']")[0], page.xpath("//h3[.='After']")[0]
    for heading, bound in ((before, "at most 40 hours"), (after, "at most 5 days")):
        table = heading.xpath("following-sibling::div[1]//table")[0]
        marked = [" ".join(cell.itertext()) for cell in table.xpath(".//td[@class='changed']")]
        assert any(bound in words and words.startswith("changed") for words in marked)
        assert len(table.xpath(".//td[not(@class)]")) > len(marked)
    assert "The visit" in [bdi.text for bdi in page.xpath("//th[@class='changed']/bdi")]


def test_the_html_shows_stages_that_came_and_went(tmp_path: Path) -> None:
    """A new stage is marked where it is now, one that is gone where it was."""
    folder = repository(tmp_path / "stages")
    write(folder, edited("add a stage", edited("remove a stage that is used")))
    page = html.fromstring(run(folder, "diff", "--format", "html").stdout)
    assert page.xpath("//th[@class='added']/bdi/text()") == ["Sleep on it"]
    assert page.xpath("//th[@class='removed']/bdi/text()") == ["Install"]


def test_the_exit_code_tells_of_what_breaks_when_asked(heat: Path) -> None:
    """Only with --fail-on breaking, and only when something breaks."""
    assert run(heat, "diff", "main", "shorter", "--fail-on", "breaking").exit_code == 1
    assert run(heat, "diff", "main", "main", "--fail-on", "breaking").exit_code == 0
    assert run(heat, "diff", "main", "shorter").exit_code == 0


def test_without_revisions_the_files_on_the_disk_count(heat: Path) -> None:
    """What is not committed yet, from a folder below as well; a clean work tree says so."""
    assert run(heat, "diff").stdout == "Nothing changed in meaning from HEAD to the work tree.\n"
    write(heat, edited("another target"))
    result = run(heat / "maps", "diff")
    assert "target 40 → 55" in result.stdout
    assert "to the work tree" in result.stdout


def test_reading_revisions_changes_nothing(heat: Path) -> None:
    """Neither the files nor the repository differ afterwards, and no hook, pager or filter has run."""
    trap = heat / "trap.sh"
    trap.write_text("#!/bin/sh\ntouch sprung\n", "utf-8")
    trap.chmod(0o755)
    for key in ("core.pager", "pager.log", "core.fsmonitor", "diff.external", "gpg.program", "core.sshCommand"):
        git(heat, "config", key, str(trap))
    git(heat, "config", "log.showSignature", "true")
    git(heat, "config", "filter.x.smudge", str(trap))
    (heat / ".git" / "info" / "attributes").write_text("* filter=x\n", "utf-8")
    hooks = heat / ".git" / "hooks"
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        (hooks / name).write_text("#!/bin/sh\ntouch sprung\n", "utf-8")
        (hooks / name).chmod(0o755)
    before = tree(heat)
    assert run(heat, "diff", "main", "shorter").exit_code == 0
    assert tree(heat) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_a_revision_with_a_hostile_name_is_only_a_name(heat: Path, name: str) -> None:
    """It is looked up or refused with a next step; it is never an option, a command or a path."""
    for words in (("--", name), ("--", "main", name)):
        result = run(heat, "diff", *words)
        assert result.exit_code == 2, result.output
        assert "help:" in result.stderr
    assert not (heat / "x").exists()


def test_a_branch_with_a_hostile_name_is_read(heat: Path) -> None:
    """Git allows such names in pull requests; they are compared like any other."""
    git(heat, "update-ref", "refs/heads/$(touch${IFS}x)", "shorter")
    git(heat, "update-ref", "refs/heads/--upload-pack=x", "shorter")
    for name in ("$(touch${IFS}x)", "refs/heads/--upload-pack=x"):
        assert "is now broken" in run(heat, "diff", "main", name).stdout
    assert not (heat / "x").exists()


def test_a_base_that_went_on_is_compared_where_the_two_parted(heat: Path) -> None:
    """What others did on the base meanwhile is not told as undone."""
    git(heat, "checkout", "-q", "main")
    write(heat, edited("another target"))
    commit(heat, "Meanwhile")
    assert "target" not in run(heat, "diff", "main", "shorter").stdout
    assert "target 55 → 40" in run(heat, "diff", "main", "main~1").stdout  # back in time, as asked


def test_a_shallow_clone_says_what_is_missing(heat: Path, tmp_path: Path) -> None:
    """The message names the step, for a base that is not there and for one without a common past."""
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", heat.as_uri(), "shallow")
    result = run(tmp_path / "shallow", "diff", "origin/main")
    assert result.exit_code == 2
    assert "shallow" in result.stderr
    assert "fetch-depth: 0" in result.stderr
    assert "fetch-depth: 0" in run(tmp_path / "shallow", "diff", "v1").stderr
    git(tmp_path / "shallow", "fetch", "-q", "--unshallow")
    assert "is now broken" in run(tmp_path / "shallow", "diff", "origin/main").stdout


def test_without_git_or_a_repository_the_message_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2 and the next step, no traceback."""
    folder = project(tmp_path / "plain", ATLAS)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    result = run(folder, "diff")
    assert (result.exit_code, "not in a Git repository" in result.stderr) == (2, True)
    assert "git init" in result.stderr
    result = run(folder, "diff", PATH=str(tmp_path))
    assert (result.exit_code, "Git is not installed" in result.stderr) == (2, True)
    git(folder, "init", "-q")
    assert "nothing is committed in this repository yet" in run(folder, "diff").stderr


def test_the_project_may_lie_anywhere_in_the_repository(tmp_path: Path) -> None:
    """In a folder of it, in a linked work tree, on a detached HEAD; other folders make no difference."""
    folder = repository(tmp_path / "mono", inside="docs/journeys")
    (tmp_path / "mono" / "code.py").write_text("print()\n", "utf-8")
    write(folder, edited("break a promise"))
    broken = commit(tmp_path / "mono", "Break it")
    assert "is now broken" in run(folder, "diff", "main~1", "main").stdout
    git(tmp_path / "mono", "worktree", "add", "-q", "--detach", str(tmp_path / "linked"), "main~1")
    linked = tmp_path / "linked" / "docs" / "journeys"
    assert "is now broken" in run(linked, "diff", "HEAD", broken).stdout
    write(linked, edited("another target"))
    assert "target 40 → 55" in run(linked, "diff").stdout


def test_a_revision_before_the_maps_has_none(tmp_path: Path) -> None:
    """Everything is new then, and gone the other way round."""
    folder = tmp_path / "late"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Nothing yet")
    project(folder, ATLAS)
    commit(folder, "Maps")
    assert "journey “Choose a heat pump” added" in run(folder, "diff", "main~1", "main").stdout
    assert "journey “Choose a heat pump” removed" in run(folder, "diff", "main", "main~1").stdout


def test_values_of_a_metric_are_read_at_their_revision(tmp_path: Path) -> None:
    """A table that changes is a change, and what it means for a promise is told; a table that moves is none."""
    metric = "setup-time: { name: Time to set up, target: 3, unit: days, direction: down, owner: setup"
    files = {**ATLAS, "teams.yml": ATLAS["teams.yml"].replace(metric, f"{metric}, values: v.csv, cadence: monthly")}
    folder = repository(tmp_path / "values", {**files, "v.csv": "date,value\n2026-10-31,1\n"})
    (folder / "maps" / "v.csv").write_text("date,value\n2026-10-31,1\n2026-11-15,4\n", "utf-8")
    told = run(folder, "diff").stdout
    assert "latest value 1 days on 31 Oct 2026 (1 value) → 4 days on 15 Nov 2026 (2 values)".replace(
        " days", "\N{NARROW NO-BREAK SPACE}days") in told
    assert "is now missed in the data" in told
    git(folder, "checkout", "-q", ".")
    (folder / "maps" / "w.csv").write_bytes((folder / "maps" / "v.csv").read_bytes())
    (folder / "maps" / "v.csv").unlink()
    teams = folder / "maps" / "teams.yml"
    teams.write_text(teams.read_text("utf-8").replace("v.csv", "w.csv"), "utf-8")
    assert "Nothing changed" in run(folder, "diff").stdout


def test_line_ends_of_the_disk_are_no_change(heat: Path) -> None:
    """A checkout with CRLF says what the commit says."""
    for path in (heat / "maps").rglob("*.yml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "Nothing changed" in run(heat, "diff").stdout


def test_a_tree_made_by_hand_writes_nowhere_else(heat: Path, tmp_path: Path) -> None:
    """Paths that climb out, links and submodules are passed over or refused; what they lead to stays unread."""
    secret = tmp_path / "secret.yml"
    secret.write_text("title: Secret\nowner: sales\nstages: [Hidden]\n", "utf-8")
    blob = _blob(heat, b"title: T\nowner: sales\nstages: [Look]\n")
    link = _blob(heat, str(secret).encode())
    inner = _tree(heat, [("100644", "blob", blob, b"up.yml")], "..")
    maps = _tree(heat, [("120000", "blob", link, b"link.yml"), ("100644", "blob", blob, b"fine.yml"),
                        ("160000", "commit", git(heat, "rev-parse", "HEAD"), b"sub")], "", inner)
    root = _tree(heat, [("040000", "tree", maps, b"maps")], "")
    made = git(heat, "commit-tree", "-m", "By hand", "-p", "main", root)
    result = run(heat, "diff", "main", made)
    assert "journey “T” added" in result.stdout
    assert "Secret" not in result.stdout
    assert "link-refused" in result.stdout
    assert not (tmp_path / "up.yml").exists()


def _blob(folder: Path, content: bytes) -> str:
    return subprocess.run(["git", "hash-object", "-w", "--stdin"], cwd=folder, input=content, capture_output=True,
                          check=True).stdout.decode().strip()


def _tree(folder: Path, entries: list[tuple[str, str, str, bytes]], name: str, inner: str = "") -> str:
    """A tree object written byte by byte, as no porcelain would."""
    if inner:
        entries = [("40000", "tree", inner, b".."), *entries]
    raw = b"".join(mode.lstrip("0").encode() + b" " + path + b"\0" + bytes.fromhex(oid)
                   for mode, _, oid, path in sorted(entries, key=lambda entry: entry[3]))
    return subprocess.run(["git", "hash-object", "-w", "-t", "tree", "--literally", "--stdin"], cwd=folder, input=raw,
                          capture_output=True, check=True).stdout.decode().strip()


def test_git_is_run_without_what_could_redirect_it() -> None:
    """Variables of an outer Git do not reach ours; settings that a CI gives by variables do."""
    given = {"PATH": "/bin", "GIT_DIR": "/elsewhere", "GIT_EXTERNAL_DIFF": "x", "GIT_CONFIG_COUNT": "1",
             "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*", "HOME": "/home/x"}
    kept = environment(given)
    assert not {"GIT_DIR", "GIT_EXTERNAL_DIFF"} & kept.keys()
    assert {"PATH", "HOME", "GIT_CONFIG_KEY_0", "GIT_OPTIONAL_LOCKS", "GIT_TERMINAL_PROMPT"} <= kept.keys()


def test_a_repository_of_another_user_is_explained(heat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's own refusal, with the step that ends it."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    real = environment(os.environ) | {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    monkeypatch.setattr("journeybook.adapters.git.environment", lambda _: real)
    with pytest.raises(GitError) as refused:
        Repository(heat)
    assert "another user" in refused.value.message
    assert "safe.directory" in refused.value.help


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    """There is nothing to compare with: said as it is, with the step that works when followed."""
    folder = project(tmp_path / "new", ATLAS)
    git(folder, "init", "-q")
    for words in (("diff",), ("diff", "HEAD~1", "HEAD"), ("check", "--since", "main")):
        said = refused(run(folder, *words))
        assert "nothing is committed in this repository yet" in said
        assert "`git add .`, then `git commit -m \"The maps\"`" in said
    commit(folder, "The maps")
    assert run(folder, "diff").exit_code == 0
    assert "Git knows no revision `HEAD~1`" in refused(run(folder, "diff", "HEAD~1"))


def test_titles_cannot_forge_markdown_or_terminal_lines(tmp_path: Path) -> None:
    """No markup, no mention of somebody and no order to a runner comes out of what a pull request says."""
    folder = repository(tmp_path / "forged")
    title = "<img src=x> @everyone [x](https://e.example) `code` ::error::no"
    write(folder, {**ATLAS, BUY: ATLAS[BUY].replace("title: The visit", f"title: '{title}'")})
    shown = run(folder, "diff", "--format", "markdown").stdout
    assert "\\<img src=x\\>" in shown
    assert "@everyone" not in shown
    assert "](https://" not in shown
    assert not any(line.lstrip().startswith("::") for line in run(folder, "diff").stdout.splitlines())
    data = json.loads(run(folder, "diff", "--format", "json").stdout)
    assert data["summary"]["minor"] == 1
