"""What commits changed, on the site: in the words of the map, from real repositories, and never in a build's way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree, html

from changes.repositories import commit, git, repository, write
from changes.samples import ATLAS, BUY, LIBRARY, LIVE, edited
from journeybook.adapters import history as adapter
from journeybook.adapters.history import read_history
from journeybook.adapters.project import find_project
from journeybook.changes.entities import History
from support_site import DOT, project, run, standing_in, tree

OFF = DOT.replace("journeybook]", "{journeybook: {history: false}}]")
ON = DOT.replace("journeybook]", "{journeybook: {history: true}}]")


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """Five commits: the beginning, a broken promise, a comment, a new id for a journey, another target."""
    folder = repository(tmp_path / "past")
    files = edited("break a promise")
    write(folder, files)
    commit(folder, "Five days it is", "2026-09-10", GIT_AUTHOR_NAME="Tom Okoro")
    files = {**files, LIVE: "# tidied\n" + files[LIVE]}
    write(folder, files)
    commit(folder, "Tidy up", "2026-09-20")
    files["journeys/choose.yml"] = files.pop(BUY)
    files[LIBRARY] = files[LIBRARY].replace("buy/", "choose/")
    write(folder, files)
    commit(folder, "A better address", "2026-10-01", GIT_AUTHOR_NAME="mia@example.com")
    write(folder, {**files, "teams.yml": edited("another target")["teams.yml"]})
    commit(folder, "Higher", "2026-10-20")
    return folder


def told(folder: Path, **environment: str | None) -> History | None:
    """The history of a project."""
    with standing_in(folder, **environment):
        return read_history(find_project(None).settings())


def test_each_commit_is_told_by_what_it_means(past: Path) -> None:
    """The newest first, with day and names; a commit that only tidied up is not there."""
    history = told(past)
    assert history is not None
    assert [(r.subject, r.day, r.authors, r.first) for r in history.revisions] == [
        ("Higher", date(2026, 10, 20), ("Pia Lund",), False),
        ("A better address", date(2026, 10, 1), ("mia",), False),
        ("Five days it is", date(2026, 9, 10), ("Tom Okoro",), False),
        ("First maps", date(2026, 9, 1), ("Pia Lund",), True)]
    words = [change.words for group in history.revisions[2].groups for change in group.changes]
    assert any("is now broken" in line for line in words)
    assert history.notice == ""


def test_the_answer_is_kept_and_the_same(past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run compares nothing; without the cache, and with a damaged one, it says the same."""
    first = told(past)
    kept = sorted((past / ".cache" / "journeybook" / "history").rglob("*.json"))
    assert len(kept) == 5

    def refuse(*given: object, **more: object) -> None:
        raise AssertionError("compared again")

    with monkeypatch.context() as patched:
        patched.setattr(adapter, "sides", refuse)
        assert told(past) == first
    kept[0].write_text("[{]", "utf-8")
    kept[1].write_text("[1]", "utf-8")
    assert told(past) == first


def test_the_site_tells_it(past: Path) -> None:
    """A page, a section on the journey (under its old id as well), links to it, and a feed; no address of anybody."""
    assert run(past, "build", "-q").exit_code == 0
    page = (past / "site" / "changes" / "index.html").read_text("utf-8")
    text = " ".join(" ".join(html.fromstring(page).xpath("//article//text()")).split())
    for words in ("20 Oct 2026 Higher Pia Lund", "Metric “Would recommend us”: target 40 → 55", "is now broken",
                  "The maps begin with 2 journeys, 2 personas", "Breaking", "Worth knowing"):
        assert words in text
    assert "example.com" not in page
    journey = html.parse(str(past / "site" / "journeys" / "choose" / "index.html")).getroot()
    section = " ".join(" ".join(journey.xpath("//h2[@id='history']/following-sibling::ol//text()")).split())
    assert "A better address" in section
    assert "The map begins." in section  # it was called `buy` then
    assert "Five days it is" not in section
    assert "../../changes/" in {str(link) for link in journey.xpath("//@href")}
    assert "../changes/" in (past / "site" / "health" / "index.html").read_text("utf-8")


def test_the_feed_is_valid_atom(past: Path) -> None:
    """All that RFC 4287 asks for, ids that stay, and links to the page."""
    config = (past / "mkdocs.yml").read_text("utf-8")
    (past / "mkdocs.yml").write_text(f"{config}site_url: https://maps.example/\n", "utf-8")
    assert run(past, "build", "-q").exit_code == 0
    raw = (past / "site" / "changes.xml").read_bytes()
    root = ElementTree.fromstring(raw)
    atom = "{http://www.w3.org/2005/Atom}"
    for element in (root, *root.findall(f"{atom}entry")):
        for name in ("id", "title", "updated", "author", "link"):
            assert element.find(f"{atom}{name}") is not None, name
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(f"{atom}updated") or "")
    ids = [entry.findtext(f"{atom}id") for entry in root.findall(f"{atom}entry")]
    assert len(set(ids)) == len(ids) == 4
    anchors = set(html.parse(str(past / "site" / "changes" / "index.html")).getroot().xpath("//@id"))
    for link in root.findall(f"{atom}entry/{atom}link"):
        address, _, anchor = link.attrib["href"].partition("#")
        assert address == "https://maps.example/changes/"
        assert anchor in anchors
    assert etree.fromstring(raw).getroottree().docinfo.encoding == "utf-8"


def test_the_same_history_gives_the_same_bytes(past: Path, tmp_path: Path) -> None:
    """In another clone, without a cache: the same pages and the same feed."""
    git(tmp_path, "clone", "-q", past.as_uri(), "again")
    for folder in (past, tmp_path / "again"):
        assert run(folder, "build", "-q", "--no-cache").exit_code == 0
    one, other = tree(past / "site"), tree(tmp_path / "again" / "site")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name] and not name.endswith((".gz", "sitemap.xml"))] == []


def test_a_merge_is_told_once_with_those_who_wrote_it(past: Path) -> None:
    """The main line counts: what a branch brought in is one entry with its authors."""
    git(past, "checkout", "-q", "-b", "side", "main")
    files = {path.relative_to(past / "maps").as_posix(): path.read_text("utf-8")
             for path in (past / "maps").rglob("*.yml")}
    for name, old, new in (("Ann", "emotion: 1", "emotion: 2"), ("Bea", "share: 10 %", "share: 20 %")):
        files[LIVE] = files[LIVE].replace(old, new)
        write(past, files)
        commit(past, f"By {name}", "2026-11-01", GIT_AUTHOR_NAME=name)
    git(past, "checkout", "-q", "main")
    git(past, "merge", "-q", "--no-ff", "-m", "Both", "side", GIT_COMMITTER_DATE="2026-11-02T10:00:00Z")
    history = told(past)
    assert history is not None
    assert (history.revisions[0].subject, history.revisions[0].authors) == ("Both", ("Ann", "Bea"))
    assert len(history.revisions) == 5


def test_a_shallow_clone_says_where_history_begins(past: Path, tmp_path: Path) -> None:
    """The first commit it has is not told as the beginning of the maps."""
    git(tmp_path, "clone", "-q", "--depth", "2", past.as_uri(), "shallow")
    history = told(tmp_path / "shallow")
    assert history is not None
    assert [r.subject for r in history.revisions] == ["Higher"]
    assert "History begins at 1 Oct 2026" in history.notice
    assert "fetch-depth: 0" in history.notice
    assert run(tmp_path / "shallow", "build", "-q").exit_code == 0
    page = tmp_path / "shallow" / "site" / "changes" / "index.html"
    assert "History begins at 1 Oct 2026" in page.read_text("utf-8")


def test_history_that_is_long_or_old_is_cut(past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last commits of the last year; the page says how far it goes back."""
    monkeypatch.setattr(adapter, "MOST", 2)
    history = told(past)
    assert history is not None
    assert [r.subject for r in history.revisions] == ["Higher", "A better address"]
    assert "goes back to 1 Oct 2026" in history.notice
    with standing_in(past):
        settings = replace(find_project(None).settings(), today=date(2030, 1, 1))
        assert read_history(settings) == History((), "Nothing changed within the last year; older changes are in Git.")


def test_git_never_stops_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Git, no repository, no commit, a damaged repository: the site is built, and the page says why if asked for."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = project(tmp_path / "plain", ATLAS)
    page = folder / "site" / "changes" / "index.html"
    assert run(folder, "build", "-q").exit_code == 0
    assert not page.exists()
    project(folder, ATLAS, ON)
    assert run(folder, "build", "-q").exit_code == 0
    assert "not in a Git repository" in page.read_text("utf-8")
    assert run(folder, "build", "-q", PATH=str(tmp_path)).exit_code == 0
    assert "Git is not installed" in page.read_text("utf-8")
    git(folder, "init", "-q")
    assert run(folder, "build", "-q").exit_code == 0
    assert "Nothing is committed yet" in page.read_text("utf-8")
    commit(folder, "Maps")
    for path in (folder / ".git" / "objects").rglob("*"):
        if path.is_file() and path.read_bytes():
            path.chmod(0o644)
            path.write_bytes(b"damaged")
    built = run(folder, "build", "-q")
    assert built.exit_code == 0, built.stderr
    assert page.is_file()
    assert not (folder / "site" / "changes.xml").exists()


def test_a_repository_of_another_user_is_told(past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of changes stays and says why it is empty, without a path of the machine; `doctor` says what to do."""
    monkeypatch.setattr("journeybook.adapters.git.environment", lambda given: {
        **given, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
    history = read_history(find_project(past / "mkdocs.yml").settings())
    assert history is not None
    assert history.notice.startswith("Git refuses this repository because it belongs to another user")
    assert str(past) not in history.notice
    said = run(past, "doctor")
    assert said.exit_code == 1
    assert re.search(r"^look +git +Git refuses this repository because it belongs to another user", said.stdout, re.M)
    assert f"git config --global --add safe.directory {past}" in said.stdout
    assert "git init" not in said.stdout


def test_history_can_be_switched_off(past: Path) -> None:
    """No page, no section, no link, no feed."""
    (past / "mkdocs.yml").write_text(OFF, "utf-8")
    assert run(past, "build", "-q").exit_code == 0
    assert not (past / "site" / "changes").exists()
    assert not (past / "site" / "changes.xml").exists()
    assert all(b"changes/" not in content for name, content in tree(past / "site").items() if name.endswith(".html"))


def test_words_of_commits_cannot_become_markup(past: Path) -> None:
    """A subject or a name is shown as it was written."""
    write(past, edited("reword"))
    commit(past, "<script>alert(1)</script> & more", "2026-11-01", GIT_AUTHOR_NAME="<b>Eve</b>")
    assert run(past, "build", "-q").exit_code == 0
    page = (past / "site" / "changes" / "index.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    ElementTree.parse(past / "site" / "changes.xml")
