"""`stale`, `reviewed` and `codeowners`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from journeybook.adapters.cli import main
from journeybook.adapters.codeowners import BEGIN, END, begin_of, merged
from support_site import CHECKOUT, EPOCH, project

JOURNEY = """\
title: Buy
owner: sales   # who sells
reviewed: {reviewed}   # looked over
review_every: 6 months
stages:
  - title: Look
    owner: support
"""
TEAMS = """\
teams:
  sales: {name: Sales, git: [acme/sales, "@lea"]}
  support: {name: "Support @all", members: [mia]}
  mia: {name: Mia, kind: person, git: mia}
  other: Other
assets:
  - {title: Price list, owner: other, reviewed: 2026-11-01, review_every: 1 month}
  - title: Guide
    owner: sales
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a repository's subfolder; today is 21 November 2026."""
    (tmp_path / ".git").mkdir()
    maps = {"a.yml": JOURNEY.format(reviewed="2026-02-01"), "b b.yml": JOURNEY.format(reviewed=""), "teams.yml": TEAMS}
    found = project(tmp_path / "docs", maps)
    monkeypatch.chdir(found)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return found


def run(*arguments: str, code: int = 0) -> str:
    """What a command says; its exit code is looked at."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def test_stale_names_what_is_overdue_by_owner(root: Path) -> None:
    """Six months after the review it is due; what comes soon is shown when asked for; nothing is exit code 0."""
    text = run("stale", code=1)
    assert "Sales: 1 review\n  2026-08-01  journey  a  maps/a.yml:3" in text
    assert "price-list" not in text
    assert "Other: 1 review\n  2026-12-01  asset    price-list" in run("stale", "--within", "30d", code=1)
    assert run("stale", "--owner", "other") == "No review is due.\n"
    assert "--within 30d" in run("stale", "--within", "soon", code=2)
    assert "teams are" in run("stale", "--owner", "nobody", code=2)


def test_stale_for_programs_and_for_issues(root: Path) -> None:
    """JSON holds the handles; Markdown mentions those alone, never what stands in a name or title."""
    (found,) = json.loads(run("stale", "--format", "json", code=1))
    assert found == {"due": "2026-08-01", "kind": "journey", "id": "a", "title": "Buy", "owner": "sales",
                     "handles": ["@acme/sales", "@lea"], "path": "maps/a.yml", "line": 3}
    text = run("stale", "--format", "markdown", code=1)
    assert "### Sales @acme/sales @lea" in text
    assert "- [ ] Buy (journey): due 1 Aug 2026" in text


def test_reviewed_changes_the_date_and_nothing_else(root: Path) -> None:
    """Where a date stands it is replaced, where the key is empty it is filled; comments stay."""
    assert run("reviewed", "a", "b-b") == "Wrote maps/a.yml\nWrote maps/b b.yml\n"
    assert (root / "maps/a.yml").read_text() == JOURNEY.format(reviewed="2026-11-21")
    assert (root / "maps/b b.yml").read_text() == JOURNEY.format(reviewed=" 2026-11-21").replace(":  ", ": ").replace(
        "21   #", "21    #")
    assert "stale" not in run("stale")


def test_reviewed_writes_the_key_where_there_is_none(root: Path) -> None:
    """Below the owner or title, as deep as its neighbours; in braces at their start; after a last line, too."""
    (root / "maps/c.yml").write_text("title: C\nstages: [X]\nowner: sales")
    run("reviewed", "c", "asset:guide", "asset:price-list")
    assert (root / "maps/c.yml").read_text() == "title: C\nstages: [X]\nowner: sales\nreviewed: 2026-11-21\n"
    library = (root / "maps/teams.yml").read_text()
    assert "    owner: sales\n    reviewed: 2026-11-21\n" in library
    assert "{title: Price list, owner: other, reviewed: 2026-11-21, review_every" in library
    assert "team has no reviews" in run("reviewed", "team:sales", code=2)
    assert "no journey `d`" in run("reviewed", "d", code=2)


def test_codeowners_are_the_handles_of_all_who_own_something(root: Path) -> None:
    """Paths from the top of the repository, spaces escaped, a person's handle for a team without one."""
    text = run("codeowners")
    assert "/docs/maps/a.yml @acme/sales @lea @mia\n" in text
    assert "/docs/maps/b\\ b.yml @acme/sales" in text
    assert "the team `other` has no handle" in text
    assert "differs" in run("codeowners", "--check", code=1)
    file = root.parent / ".github" / "CODEOWNERS"
    file.parent.mkdir()
    file.write_text("* @everybody\n")
    run("codeowners", "--write")
    assert file.read_text().startswith("* @everybody\n\n# journeybook: owners")
    assert "up to date" in run("codeowners", "--check")
    assert "choose one" in run("codeowners", "--check", "--write", code=2)


def test_what_others_wrote_into_codeowners_stays() -> None:
    """Our lines are replaced between their marks; a file cut short is mended."""
    text = f"a @x\n{BEGIN}\nold\n{END}\nb @y\n"
    assert merged(text, [BEGIN, "new", END]) == text.replace("old", "new")
    assert merged(f"a\n{BEGIN}\nold", [BEGIN, END]) == f"a\n{BEGIN}\n{END}\n"
    assert merged("", [BEGIN, END]) == f"{BEGIN}\n{END}\n"


def test_each_project_of_a_repository_has_its_own_owners(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two projects write into one file, in either order, and `--check` is right for both; line ends stay."""
    file = root.parent / ".github" / "CODEOWNERS"
    file.parent.mkdir()
    file.write_bytes(b"* @everybody  \r\n")
    other = project(root.parent / "more maps", {"a.yml": JOURNEY.format(reviewed="2026-11-01"), "teams.yml": TEAMS})
    for _ in range(2):
        for folder in (root, other):
            monkeypatch.chdir(folder)
            run("codeowners", "--write")
    for folder in (root, other):
        monkeypatch.chdir(folder)
        assert "up to date" in run("codeowners", "--check")
    text = file.read_bytes().decode("utf-8")
    assert text.startswith("* @everybody  \r\n\r\n# journeybook: owners of the maps in docs/, written by")
    assert text.count("\n") == text.count("\r\n")
    assert text.count(END) == 2
    assert text.count("/docs/maps/a.yml @acme/sales") == text.count("/more\\ maps/maps/a.yml @acme/sales") == 1
    (other / "maps" / "teams.yml").write_text(TEAMS.replace("acme/sales", "acme/sellers"), "utf-8")
    assert "differs" in run("codeowners", "--check", code=1)
    monkeypatch.chdir(root)
    assert "up to date" in run("codeowners", "--check")


def test_each_atlas_of_a_site_has_its_own_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owners of one atlas stay when those of another are written; both are below the project's folder."""
    maps = {f"{at}/{name}": text for at in ("retail", "care")
            for name, text in {"a.yml": JOURNEY.format(reviewed="2026-11-01"), "teams.yml": TEAMS}.items()}
    config = ("site_name: Two\ndocs_dir: maps\nplugins:\n"
              "  - journeybook: {atlas: maps/retail, at: retail}\n  - journeybook: {atlas: maps/care, at: care}\n")
    folder = project(tmp_path, maps, config)
    (tmp_path / ".git").mkdir()
    for command in ("--write", "--check"):
        for at in ("retail", "care"):
            monkeypatch.chdir(folder / "maps" / at)
            run("codeowners", command)
    text = (tmp_path / ".github" / "CODEOWNERS").read_text("utf-8")
    assert "owners of the maps in maps/retail/, written" in text
    assert "owners of the maps in maps/care/, written" in text


def test_a_block_from_before_blocks_named_their_folder_is_taken_over() -> None:
    """The one block that was there is the top's, or that of the project that all its lines are of."""
    old = f"{BEGIN}\n/docs/maps/a.yml @x\n{END}\n"
    mine = [begin_of("docs"), "/docs/maps/a.yml @y", END]
    assert merged(old, mine, "docs") == "".join(f"{line}\n" for line in mine)
    assert merged(old, [begin_of("shop"), END], "shop").startswith(old)
    assert merged(old, [BEGIN, END]) == f"{BEGIN}\n{END}\n"


def test_codeowners_stand_where_the_host_reads_them(root: Path) -> None:
    """A repository of GitLab's gets its file where GitLab looks; one that GitHub has a folder in, where GitHub does."""
    top = root.parent
    (top / ".gitlab-ci.yml").write_text("pages: {}\n", "utf-8")
    run("codeowners", "--write")
    assert (top / ".gitlab" / "CODEOWNERS").is_file()
    assert not (top / ".github").exists()
    (top / ".gitlab" / "CODEOWNERS").unlink()
    (top / ".github").mkdir()
    run("codeowners", "--write")
    assert (top / ".github" / "CODEOWNERS").is_file()


def test_show_is_a_canvas_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A journey of the demo in a terminal: every stage with its feelings and lanes, no line wider than the window."""
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv("COLUMNS", "90")
    lines = run("show", "first-year").splitlines()
    assert lines[0] == "Make it work, and keep working"
    assert [line for line in lines if line.startswith("1  ")] == ["1  Onboarding"]
    assert any("●" in line and "Lotte" in line for line in lines)
    assert max(map(len, lines)) <= 90
    assert "did you mean `first-year`" in run("show", "first-yea", code=2)


def test_show_for_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the site publishes, with the verdicts of the journey's promises; and the file as it is."""
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    found = json.loads(run("show", "first-year", "--resolved", "--format", "json"))
    (promise,) = [promise for promise in found["promises"] if promise["id"] == "setup-in-48-hours"]
    assert promise["verdict"] == "broken"
    assert "3 business days" in promise["because"]
    text = (CHECKOUT / "maps/journeys/first-year.yml").read_text("utf-8")
    assert run("show", "first-year", "--format", "yaml") == text
    assert "as it is written" in run("show", "first-year", "--format", "yaml", "--resolved", code=2)


@pytest.mark.parametrize("content", ["title: Buy: now\nowner: sales\n", "title: B\u00fcy\n"])
def test_nothing_is_answered_while_a_file_cannot_be_read(root: Path, content: str) -> None:
    """It may hold owners and reviews: no owner is taken out of CODEOWNERS, and nobody hears that nothing is due."""
    run("codeowners", "--write")
    before = (root.parent / ".github" / "CODEOWNERS").read_text("utf-8")
    (root / "maps" / "a.yml").write_bytes(content.encode("latin-1" if "\u00fc" in content else "utf-8"))
    for command in (("codeowners", "--write"), ("codeowners",), ("stale",), ("stale", "--format", "json")):
        assert "maps/a.yml has to be mended first" in run(*command, code=2)
    assert (root.parent / ".github" / "CODEOWNERS").read_text("utf-8") == before
    assert "the journey `a` cannot be read: maps/a.yml has errors" in run("show", "a", code=2)
    assert "the journey `a` cannot be read" in run("export", "csv", "a", code=2)
    assert "left out, because it cannot be read: maps/a.yml" in run("export", "csv")


def test_what_is_no_handle_is_told(root: Path) -> None:
    """A team whose handle is at fault has one: it is said what is wrong with it."""
    teams = root / "maps" / "teams.yml"
    teams.write_text(teams.read_text("utf-8").replace('"@lea"', '"@lea and @mia"'), "utf-8")
    said = run("codeowners")
    assert "`@lea and @mia` is no handle, so it is left out" in said
    assert "`sales` has no handle" not in said
    assert "error[id-invalid] `@lea and @mia` is no handle" in run("check", code=1)
