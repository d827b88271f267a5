"""Settings of a project that are wrong, missing or odd, and what is said of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support_site import (
    DOT,
    JOURNEY,
    process,
    project,
    refused,
    run,
    tree,
)


@pytest.mark.parametrize(("config", "said", "commands"), [
    ("site_name: [x\n", "is not valid YAML", "check build serve"),
    (DOT + "<<<<<<< HEAD\nstrict: true\n=======\n>>>>>>> theirs\n",
     "mkdocs.yml, line 5: an unresolved merge conflict", "check build serve"),
    ("- just\n- a list\n", "holds no settings", "check build serve"),
    ("", "holds no settings", "check build serve"),
    (DOT.replace("maps", "mapz"), "the folder mapz/ that mkdocs.yml names does not exist", "check build serve"),
    (DOT.replace("journeybook]", "{journeybook: {atlaz: x}}]"), "has no option `atlaz`", "check build serve"),
    (DOT.replace("journeybook]", "{journeybook: {engine: warp}}]"), "cannot be `warp`", "check build serve"),
    (DOT.replace("journeybook]", "{journeybook: {atlas: 7}}]"), "cannot be `7`", "check build serve"),
    (DOT.replace("journeybook]", "{journeybook: {atlas: gone}}]"), "folder gone that `atlas:` names", "check build"),
    (DOT.replace(", journeybook", ""), "does not use journeybook", "build serve"),
    (DOT.replace("journeybook", "journeyboook"), 'The "journeyboook" plugin is not installed', "build serve"),
    (DOT.replace("material", "matrial"), "Unrecognised theme name: 'matrial'", "build serve"),
    (DOT.replace("site_name: Small\n", ""), "'site_name'", "build serve"),
    ("INHERIT: mkdocs.yml\n" + DOT, "inherits from itself", "check"),
    ("INHERIT: base.yml\n" + DOT, "base.yml cannot be read", "check build"),
], ids=["malformed", "merge", "a list", "empty", "docs_dir", "unknown option", "wrong choice", "wrong type", "atlas",
        "plugin not used", "plugin missing", "theme", "no name", "inherits itself", "inherits nothing"])
def test_faulty_settings_are_said_in_plain_words(tmp_path: Path, config: str, said: str, commands: str) -> None:
    """A mkdocs.yml that cannot be used: exit 2, what is wrong, the next step, and no traceback."""
    folder = project(tmp_path, {"buy.yml": JOURNEY}, config)
    for command in commands.split():
        assert said in refused(run(folder, command)), command
    assert not (folder / "site").exists()


@pytest.mark.parametrize(("option", "day", "said"), [
    ("atlaz: x", None, "journeybook has no option `atlaz`; did you mean `atlas`?"),
    ("atlas: gone", None, "the folder gone that `atlas:` names does not exist"),
    ("cache: true", "tomorrow", "SOURCE_DATE_EPOCH is 'tomorrow'"),
], ids=["option", "folder", "day"])
def test_the_host_is_told_of_faults_without_a_traceback(tmp_path: Path, option: str, day: str | None,
                                                        said: str) -> None:
    """`mkdocs build` stops at an option that does not exist, an atlas that is not there and a day that is no number."""
    config = DOT.replace("journeybook]", f"{{journeybook: {{{option}}}}}]")
    folder = project(tmp_path, {"buy.yml": JOURNEY}, config)
    done = process(folder, "mkdocs", "build", **({"SOURCE_DATE_EPOCH": day} if day else {}))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_day_is_said_in_plain_words(firm: Path) -> None:
    """A SOURCE_DATE_EPOCH that is no number: exit 2 in check and build."""
    for command in ("check", "build"):
        words = refused(run(firm, command, SOURCE_DATE_EPOCH="tomorrow"))
        assert "SOURCE_DATE_EPOCH is 'tomorrow', which is not a number of seconds" in words


def test_no_project_at_all(tmp_path: Path) -> None:
    """Outside any project each command says where it looked and what to do."""
    for command in (["check"], ["build"], ["serve"], ["new", "journey", "x"]):
        assert "there is no mkdocs.yml in this folder or in one above it" in refused(run(tmp_path, *command))


@pytest.mark.parametrize("files", [{}, {"readme.txt": "hello"}, {"_drafts/buy.yml": JOURNEY}],
                         ids=["empty folder", "no maps", "only drafts"])
def test_a_folder_without_maps(tmp_path: Path, files: dict[str, str]) -> None:
    """Nothing to map yet: one warning with the next step, and a site that builds."""
    folder = project(tmp_path, files)
    checked = run(folder, "check")
    assert checked.exit_code == 0
    assert checked.stdout == "maps:1:1: warning[file-empty] there are no maps in this folder\n"
    built = run(folder, "build")
    assert built.exit_code == 0, built.stderr
    assert (folder / "site" / "journeys" / "index.html").is_file()
    assert run(folder, "build", "--strict").exit_code == 1


@pytest.mark.parametrize("content", ["just words\n", "- a\n- list\n", "42\n", "version: 3\nservices: {}\n", ""],
                         ids=["words", "list", "number", "another tool's", "empty"])
def test_files_that_are_no_maps(tmp_path: Path, content: str) -> None:
    """A YAML file of another kind is named with the next step; the other maps are published with keep-going."""
    folder = project(tmp_path, {"other.yml": content, "buy.yml": JOURNEY})
    checked = run(folder, "check")
    assert "maps/other.yml:" in checked.stdout
    assert checked.exit_code == (0 if not content else 1)
    assert run(folder, "build", "--keep-going").exit_code == 0
    assert (folder / "site" / "journeys" / "buy" / "index.html").is_file()


def test_a_blocked_cache_costs_only_time(firm: Path) -> None:
    """Where the cache cannot be written, the site is built all the same."""
    shutil.rmtree(firm / ".cache", ignore_errors=True)
    (firm / ".cache").write_text("in the way", "utf-8")
    before = tree(firm / "site")
    result = run(firm, "build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert tree(firm / "site") == before


def test_nothing_in_the_cache_is_run(firm: Path) -> None:
    """The cache holds data, never compiled templates: a contributor could commit code there."""
    shutil.rmtree(firm / ".cache", ignore_errors=True)
    assert run(firm, "build").exit_code == 0
    assert {path.suffix for path in (firm / ".cache").rglob("*") if path.is_file()} <= {".json"}


def test_verbose_tells_the_phases(firm: Path) -> None:
    """`--verbose` says how long each phase took; `--quiet` says nothing at all when all is well."""
    said = run(firm, "build", "--verbose").stderr
    assert [line.split()[-3] for line in said.splitlines()] == ["read", "model", "check", "kept", "drawn"]
    quiet = run(firm, "build", "--quiet")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
