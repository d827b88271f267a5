"""Where a site may be written, and the moment it takes the place of the old one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journeybook.adapters import publish
from support_site import (
    BREAK,
    edit,
    environment,
    left_over,
    refused,
    run,
    tree,
)


@pytest.mark.parametrize("place", ["/", ".", "..", "maps", "maps/site", "../..", "~"])
def test_precious_folders_are_refused(firm: Path, place: str) -> None:
    """The root of the disk, home, the project, its maps and all above them are never written over."""
    before = tree(firm)
    place = str(Path.home()) if place == "~" else place
    assert "must not be written to" in refused(run(firm, "build", "--site-dir", place))
    assert tree(firm) == before


def test_a_folder_with_other_files_is_refused(firm: Path) -> None:
    """A folder that holds something we did not build is left alone, even one with our stylesheet in it."""
    for name in ("notes/letter.txt", "theme/assets/journeybook/journeybook.css"):
        (firm / name).parent.mkdir(parents=True)
        (firm / name).write_text("mine", "utf-8")
        words = refused(run(firm, "build", "--site-dir", name.split("/")[0]))
        assert "holds files that were not built by journeybook" in words
        assert (firm / name).read_text("utf-8") == "mine"


def test_a_site_without_its_first_page_is_still_ours(firm: Path) -> None:
    """A site whose top page was deleted is built anew, and so is one whose headers were."""
    for name in ("index.html", "_headers-nginx.conf"):
        (firm / "site" / name).unlink()
        assert run(firm, "build", "--quiet").exit_code == 0
        assert (firm / "site" / name).is_file()


def test_an_empty_folder_is_taken(firm: Path) -> None:
    """An empty folder may become the site."""
    (firm / "public").mkdir()
    assert run(firm, "build", "--site-dir", "public").exit_code == 0
    assert tree(firm / "public") == tree(firm / "site")


def test_files_and_links_are_refused(firm: Path) -> None:
    """A file in the place of the folder, and a link to another folder, are not written through."""
    (firm / "file").write_text("mine", "utf-8")
    (firm / "link").symlink_to(firm / "site")
    before = tree(firm / "site")
    result = run(firm, "build", "--site-dir", "file")
    assert result.exit_code == 2
    assert "file" in result.stderr
    assert "is a link" in refused(run(firm, "build", "--site-dir", "link"))
    assert (firm / "file").read_text("utf-8") == "mine"
    assert tree(firm / "site") == before


def test_a_link_above_does_not_hide_the_maps(firm: Path) -> None:
    """The maps are recognised through a link to a folder above them."""
    (firm / "again").symlink_to(firm)
    refused(run(firm, "build", "--site-dir", "again/maps"))
    assert (firm / BREAK).is_file()


def test_a_place_below_a_file_is_refused(firm: Path) -> None:
    """A file where a folder is needed is said in plain words."""
    (firm / "file").write_text("mine", "utf-8")
    assert "a file is in the way" in refused(run(firm, "build", "--site-dir", "file/site"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_place_is_refused(firm: Path) -> None:
    """No right to write: a plain message, and the old site is whole."""
    before = tree(firm / "site")
    firm.chmod(0o555)
    try:
        assert "no right to write there" in refused(run(firm, "build"))
    finally:
        firm.chmod(0o755)
    assert tree(firm / "site") == before


def test_a_place_without_the_right_to_write(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal to make a folder is said in plain words, whoever runs the test."""
    def forbidden(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    before = tree(firm / "site")
    monkeypatch.setattr(publish.tempfile, "mkdtemp", forbidden)
    assert "this user has no right to write there" in refused(run(firm, "build"))
    assert tree(firm / "site") == before


def test_a_full_disk_leaves_the_old_site(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses in the middle of writing, the old site stays and nothing is left over."""
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = tree(firm / "site")
    monkeypatch.setattr("mkdocs.utils.write_file", full)
    assert "No space left on device" in refused(run(firm, "build"))
    assert tree(firm / "site") == before
    assert left_over(firm) == []


def test_folders_made_for_nothing_are_taken_back(firm: Path) -> None:
    """A refused build into a new place does not leave empty folders there."""
    edit(firm, BREAK, "title: ", "titel: ")
    assert run(firm, "build", "--site-dir", "a/b/c").exit_code == 1
    assert not (firm / "a").exists()


def test_hidden_entries_of_the_output_stay(firm: Path) -> None:
    """A pages branch checked out as the site folder keeps its `.git`, as with the host."""
    (firm / "site" / ".git").mkdir()
    (firm / "site" / ".git" / "HEAD").write_text("ref: refs/heads/pages\n", "utf-8")
    assert run(firm, "build").exit_code == 0
    assert (firm / "site" / ".git" / "HEAD").read_text("utf-8") == "ref: refs/heads/pages\n"
    assert left_over(firm) == []


def test_what_is_gone_from_the_maps_is_gone_from_the_site(firm: Path) -> None:
    """Pages of a deleted journey do not linger."""
    (firm / BREAK).unlink()
    for path in (firm / "maps").rglob("*.yml"):
        kept = [line for line in path.read_text("utf-8").splitlines() if "installation-day" not in line]
        path.write_text("\n".join(kept) + "\n", "utf-8")
    result = run(firm, "build", "--keep-going")
    assert result.exit_code == 0
    assert not (firm / "site" / "journeys" / "installation-day").exists()


@pytest.mark.parametrize("at_once", [True, False], ids=["in one step", "in two steps"])
def test_the_new_site_takes_the_old_ones_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                               at_once: bool) -> None:
    """After the swap the new files are there, the old ones are not, and the folder's mode is kept."""
    if not at_once:
        monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    old, new = tmp_path / "site", tmp_path / ".site-abcdefgh.new"
    for folder, name in ((old, "old"), (new, "new")):
        folder.mkdir()
        (folder / name).touch()
    (old / ".git").mkdir()
    old.chmod(0o750)
    publish.swap(new, old)
    assert sorted(path.name for path in old.iterdir()) == [".git", "new"]
    assert old.stat().st_mode & 0o777 == 0o750
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_swap_that_fails_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second of two renamings fails, the first is undone."""
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    old, new = tmp_path / "site", tmp_path / ".site-abcdefgh.new"
    old.mkdir()
    (old / "old").touch()
    new.mkdir()
    real = Path.rename

    def fail(self: Path, to: Path) -> Path:
        if self == new:
            raise OSError(5, "Input/output error")
        return real(self, to)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="Input/output"):
        publish.swap(new, old)
    assert (old / "old").is_file()


def test_leftovers_of_a_killed_build_are_put_right(firm: Path) -> None:
    """An unfinished site is deleted; an old one that has no successor comes back before anything else."""
    before = tree(firm / "site")
    (firm / ".site-aaaaaaaa.new").mkdir()
    (firm / ".site-aaaaaaaa.new" / "half.html").touch()
    (firm / "site").rename(firm / ".site-bbbbbbbb.old")
    (firm / ".site-other-cccccccc.old").mkdir()  # another site's
    edit(firm, BREAK, "title: ", "titel: ")
    assert run(firm, "build").exit_code == 1
    assert tree(firm / "site") == before
    assert left_over(firm) == [".site-other-cccccccc.old"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "Ctrl-C"])
def test_a_stopped_build_cleans_up(firm: Path, how: signal.Signals) -> None:
    """Asked to stop while it writes, the build removes what it began, says so, and the old site is whole."""
    (firm / "slow.py").write_text(
        "import pathlib, time\n"
        "def on_page_content(html, **_):\n"
        "    pathlib.Path('started').touch()\n"
        "    time.sleep(5)\n", "utf-8")
    (firm / "mkdocs.yml").write_text((firm / "mkdocs.yml").read_text("utf-8") + "\nhooks: [slow.py]\n", "utf-8")
    before = tree(firm / "site")
    running = subprocess.Popen([sys.executable, "-m", "journeybook", "build"], cwd=firm, env=environment(),
                               stderr=subprocess.PIPE, text=True)
    for _ in range(300):
        if (firm / "started").exists():
            break
        time.sleep(0.05)
    running.send_signal(how)
    _, words = running.communicate(timeout=20)
    assert running.returncode == 2
    assert words == "journeybook: stopped; the site is as it was\n"
    assert tree(firm / "site") == before
    assert left_over(firm) == []


def test_two_builds_at_once_wait_for_each_other(firm: Path) -> None:
    """Three builds into one folder all succeed, and the site is one whole build."""
    whole = tree(firm / "site")
    running = [subprocess.Popen([sys.executable, "-m", "journeybook", "build"], cwd=firm, env=environment(),
                                stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = "".join(one.communicate(timeout=60)[1] for one in running)
    assert [one.returncode for one in running] == [0, 0, 0], said
    assert "Traceback" not in said
    assert tree(firm / "site") == whole
    assert left_over(firm) == []


def test_a_build_that_waits_too_long_says_so(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build that does not end is named instead of waited for without end."""
    monkeypatch.setattr(publish, "PATIENCE", 0.1)
    with publish.replacing(firm / "site", "site", print) as unfinished:
        words = run(firm, "build").stderr
        assert unfinished.is_dir()  # nobody swept it away
    assert words.startswith("another build is writing to site; waiting for it to finish\n")
    assert "journeybook: another build has been writing to site" in words
