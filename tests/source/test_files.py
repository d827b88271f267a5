"""Listing and opening files: links and devices stay out, and a bad file never hides the others."""

from __future__ import annotations

import inspect
import os
import sys
import unicodedata
from pathlib import Path

import pytest

from journeybook.problems import Problem, Severity
from journeybook.settings import Limits, Settings
from journeybook.source import list_files, read, read_bytes
from journeybook.source.files import decode
from support import problems_of, told, write


def listed(folder: Path) -> list[str]:
    """The YAML and CSV files of a folder, by their paths."""
    listing = list_files(Settings(folder, folder))
    return [path.relative_to(folder).as_posix() for path in (*listing.yaml, *listing.csv)]


def test_what_is_not_ours_is_passed_over(tmp_path):
    """Hidden and private folders, node_modules and other files hold no maps."""
    write(tmp_path, {
        "a.yml": "", "b.YAML": "", "_theme/c.yml": "", ".git/d.yml": "", "node_modules/e.yml": "", "f.md": "",
        "g/h/i.csv": "", "g/j.yml": "", ".k.yml": ""})
    assert listed(tmp_path) == ["a.yml", "b.YAML", "g/j.yml", "g/h/i.csv"]


def test_the_files_of_the_host_are_passed_over(tmp_path):
    """``mkdocs.yml`` may stand beside the maps and is none."""
    write(tmp_path, {"mkdocs.yml": "site_name: X\n", "a.yml": ""})
    settings = Settings(tmp_path, tmp_path, ignored_files=frozenset({tmp_path / "mkdocs.yml"}))
    assert [path.name for path in list_files(settings).yaml] == ["a.yml"]


def test_folders_may_be_nested_as_deep_as_the_system_allows(tmp_path):
    """Walking does not recurse: with next to no room left for calls, 150 folders in each other are no crash."""
    write(tmp_path, {"/".join(["d"] * 150 + ["a.yml"]): ""})
    room = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 60)
    try:
        found = list_files(Settings(tmp_path, tmp_path)).yaml
    finally:
        sys.setrecursionlimit(room)
    assert len(found) == 1


@pytest.mark.parametrize("name", ["linked.yml", "linked.csv"])
def test_links_are_refused_and_not_followed(tmp_path, name):
    """A link could lead to a file nobody meant to publish."""
    folder = write(tmp_path / "maps", {"teams.yml": "teams: {sales: Sales}\n"})
    write(tmp_path, {"secret": "teams: {spies: Spies}\n"})
    (folder / name).symlink_to(tmp_path / "secret")
    assert [f"{p.span}[{p.check}]" for p in problems_of(folder)] == [f"{name}:1:1[link-refused]"]


def test_a_folder_that_is_a_link_is_not_entered(tmp_path):
    """Neither one that leads elsewhere nor one that leads back up."""
    folder = write(tmp_path / "maps", {"teams.yml": "teams: {sales: Sales}\n"})
    write(tmp_path / "other", {"spies.yml": "teams: {spies: Spies}\n"})
    (folder / "elsewhere").symlink_to(tmp_path / "other")
    (folder / "back").symlink_to(folder)
    assert listed(folder) == ["teams.yml"]


def test_a_link_that_comes_in_after_listing_is_refused_at_opening(tmp_path):
    """Between listing and opening somebody may swap the file."""
    write(tmp_path, {"secret": "x"})
    (tmp_path / "a.yml").symlink_to(tmp_path / "secret")
    found = read_bytes(tmp_path / "a.yml", "a.yml", 100)
    assert isinstance(found, Problem)
    assert found.check == "link-refused"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_does_not_hang_the_run(tmp_path):
    """A device is refused at listing, and at opening without waiting for anybody to write."""
    os.mkfifo(tmp_path / "pipe.yml")
    assert [problem.check for problem in problems_of(tmp_path)] == ["link-refused"]
    found = read_bytes(tmp_path / "pipe.yml", "pipe.yml", 100)
    assert isinstance(found, Problem)
    assert found.check == "link-refused"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep such names")
def test_a_file_name_that_is_not_utf8_is_told(tmp_path):
    """Its name is shown with a stand-in, and nothing raises."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/gr\xfc\xdfe.yml")).write_text("teams: {a: A}\n")
    problems = problems_of(tmp_path)
    assert [problem.check for problem in problems] == ["file-unreadable"]
    assert problems[0].span.path == "gr??e.yml"


@pytest.mark.skipif(sys.platform != "linux", reason="there the two are one file")
@pytest.mark.parametrize("names", [("Teams.yml", "teams.yml"), (
    unicodedata.normalize("NFC", "é.yml"), unicodedata.normalize("NFD", "é.yml"))])
def test_names_that_are_one_file_elsewhere_are_refused(tmp_path, names):
    """Capitals and the way accents are stored differ between systems."""
    write(tmp_path, {names[0]: "teams: {sales: Sales}\n", names[1]: "teams: {support: Support}\n"})
    assert [problem.check for problem in problems_of(tmp_path)] == ["id-duplicate"]


def test_a_file_without_permission_is_told_and_the_others_are_read(tmp_path):
    """One unreadable file is one problem; the mistake in the other one is told as well."""
    write(tmp_path, {"a.yml": "teams: {sales: Sales}\n", "b.yml": "teams: {Sales: Sales}\n"})
    (tmp_path / "a.yml").chmod(0)
    if os.access(tmp_path / "a.yml", os.R_OK):
        pytest.skip("this user may read everything")
    assert [problem.check for problem in problems_of(tmp_path)] == ["file-unreadable", "id-invalid"]


def test_a_file_that_is_gone_when_it_is_opened_is_told(tmp_path):
    """Editors replace files by deleting and renaming."""
    document, problems = read(tmp_path / "a.yml", Settings(tmp_path, tmp_path))
    assert document is None
    assert [problem.message for problem in problems] == ["this file cannot be read: it is not there"]


def test_a_file_that_is_too_large_is_told_and_not_read(tmp_path):
    """Exactly the limit is fine, one byte more is not."""
    text = "teams: {a: A}\n"
    write(tmp_path, {"a.yml": text, "b.yml": text.replace("a: A", "bb: B")})
    problems = problems_of(tmp_path, Limits(file_bytes=len(text)))
    assert [f"{p.span.path} {p.check} {p.message}" for p in problems] == [
        "b.yml file-too-large this file is larger than 14 bytes"]


@pytest.mark.parametrize(("content", "text"), [
    (b"\xef\xbb\xbfa: b\r\nc: d\r", "a: b\nc: d\n"), (b"a\r\nb\rc\n", "a\nb\nc\n"), (b"", "")])
def test_marks_and_line_ends_of_all_systems_are_read(content, text):
    """A byte order mark and the three kinds of line ends mean nothing."""
    assert decode(content, "a.yml") == text


@pytest.mark.parametrize(("content", "place"), [
    (b"a: \xfc", "1:4"), (b"a: b\r\n\xc3\xbc: \xff", "2:4"), (b"a\rb\r\xff", "3:1"),
    (b"\xef\xbb\xbfa: \xff", "1:4"), ("für".encode("utf-16"), "1:1")])
def test_the_first_byte_that_is_not_utf8_is_pointed_at(content, place):
    """Lines and columns count as in an editor."""
    problem = decode(content, "a.yml")
    assert isinstance(problem, Problem)
    assert f"{problem.span.line}:{problem.span.column}" == place


def test_a_csv_is_not_followed_out_of_the_atlas_by_a_link(tmp_path):
    """Neither as a link itself nor in a folder that is one."""
    folder = tmp_path / "maps"
    write(tmp_path / "out", {"nps.csv": "date,value\n2026-01-01,3\n"})
    write(folder, {"m.yml": "teams: {s: S}\nmetrics:\n  nps: {name: NPS, owner: s, values: out/nps.csv}\n"})
    (folder / "out").symlink_to(tmp_path / "out")
    assert "m.yml:3:38: error[path-outside]" in told(problems_of(folder))


def test_a_link_in_a_circle_is_no_crash(tmp_path):
    """The system gives up on it; so does the problem, in words."""
    write(tmp_path, {"m.yml": "teams: {s: S}\nmetrics:\n  nps: {name: NPS, owner: s, values: a/nps.csv}\n"})
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    errors = [problem.check for problem in problems_of(tmp_path) if problem.severity is Severity.ERROR]
    assert errors in (["path-outside"], ["reference-unknown"])


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\xff\xfe", b"\xd0\xcf\x11\xe0\xa1"])
def test_a_workbook_is_called_one(content: bytes) -> None:
    """Whoever names the file of a spreadsheet program is told to save it as CSV, not to change an encoding."""
    found = decode(content, "maps/v.xlsx")
    assert isinstance(found, Problem) and "workbook" in found.message and "save it as CSV" in found.help
