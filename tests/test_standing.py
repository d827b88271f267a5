"""Pages that stand already: linked from the old site when nothing of them changed, never when anything did."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from journeybook.addresses import HUBS
from support_site import copy_of, left_over, run, tree

OWN = re.compile('(?:<title>|name="description" content=")[^<"]*&')  # a head that needs a frame of its own
JOURNEY = "maps/journeys/installation-day.yml"


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo that was built once, with what that build kept in a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = copy_of("clearnest", tmp_path / "firm")
    assert run(folder, "build").exit_code == 0
    return folder


def numbers(folder: Path) -> dict[str, tuple[int, int]]:
    """Each page's file: number and time of the last change."""
    return _numbers(folder, "*.html")


def _numbers(folder: Path, kind: str) -> dict[str, tuple[int, int]]:
    return {str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in sorted(folder.rglob(kind))}


def rebuilt(folder: Path) -> tuple[set[str], set[str]]:
    """The pages that were written anew, and all."""
    before = numbers(folder / "site")
    assert run(folder, "build").exit_code == 0
    after = numbers(folder / "site")
    return {name for name, number in after.items() if number != before.get(name)}, set(after)


def right(folder: Path) -> bool:
    """Whether the site is that of a build without anything kept."""
    assert run(folder, "build", "--no-cache", "--site-dir", "cold").exit_code == 0
    return tree(folder / "site") == tree(folder / "cold")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_what_did_not_change_is_the_same_file(firm: Path) -> None:
    """After an edit only pages that show it are new files; all others keep number and time."""
    again, everything = rebuilt(firm)
    shared = {name for name in everything if name.removesuffix("index.html") not in HUBS
              and not OWN.search((firm / "site" / name).read_text("utf-8"))} - {"404.html"}
    assert again & shared == set()
    change(firm / JOURNEY, "title: ", "title: Soon ")
    again, _everything = rebuilt(firm)
    assert "journeys/installation-day/index.html" in again
    assert len(again & shared) < len(shared) / 2
    assert right(firm)


def test_data_that_did_not_change_is_the_same_file(firm: Path) -> None:
    """Published records and values stand as pages do: an edit renews those of the record, and whoever was touched."""
    def data() -> dict[str, tuple[int, int]]:
        return {**_numbers(firm / "site" / "api", "*.json"), **_numbers(firm / "site" / "data", "*.csv")}

    before = data()
    assert len([name for name in before if name.endswith(".csv")]) > 1
    change(firm / JOURNEY, "title: ", "title: Soon ")
    touched = sorted((firm / "site" / "data").rglob("*.csv"))[0]
    touched.write_text("mine", "utf-8")
    rebuilt(firm)
    again = {name for name, number in data().items() if number != before.get(name)}
    assert "v1/journeys/installation-day.json" in again
    assert str(touched.relative_to(firm / "site" / "data")) in again
    assert len(again) < len(before) / 2
    assert right(firm)


def test_what_the_host_leaves_out_is_not_published(firm: Path) -> None:
    """`exclude_docs` holds for data that is written ahead of the host as well."""
    change(firm / "mkdocs.yml", "plugins:", "exclude_docs: |\n  api/\nplugins:")
    rebuilt(firm)
    assert not (firm / "site" / "api").exists()
    assert (firm / "site" / "data").exists()
    assert right(firm)


def test_a_file_that_somebody_touched_is_written_anew(firm: Path) -> None:
    """Whatever was done to the old site, the new one is right."""
    pages = sorted((firm / "site" / "library").glob("*/*/index.html"))
    pages[0].write_text("mine", "utf-8")
    seen = pages[1].stat()
    pages[1].write_bytes(pages[1].read_bytes().replace(b"jb-", b"xx-"))  # as many bytes, and as old
    os.utime(pages[1], ns=(seen.st_atime_ns, seen.st_mtime_ns + 1))
    pages[2].unlink()
    other = pages[3].read_bytes()
    pages[3].unlink()
    pages[3].write_bytes(other)
    again, _everything = rebuilt(firm)
    assert {str(page.relative_to(firm / "site")) for page in pages[:4]} <= again
    assert right(firm)


def test_another_frame_is_another_page(firm: Path) -> None:
    """What every page shows makes every page new."""
    (firm / "maps" / "own.css").write_text("p {}", "utf-8")
    for old, new in (("site_name: ", "site_name: New "), ("copyright: ", "copyright: New "),
                     ("site_url: https://", "site_url: https://new."),
                     ("plugins:", "extra_css: [own.css]\nplugins:")):
        change(firm / "mkdocs.yml", old, new)
        again, everything = rebuilt(firm)
        assert again == everything
    assert right(firm)


def test_notes_that_are_no_notes_are_none(firm: Path, tmp_path: Path) -> None:
    """A damaged note costs time, nothing else."""
    (notes,) = tmp_path.glob("cache/journeybook/pages/*/*.site")
    for damage in (b"", b"[1, 2]", b"{\"a\": 3}", b"\xff"):
        notes.write_bytes(damage)
        again, everything = rebuilt(firm)
        assert again == everything
    notes.unlink()
    notes.mkdir()
    again, everything = rebuilt(firm)
    assert again == everything
    assert right(firm)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_several_processes_write_the_same_site(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that three processes write or link are those that one writes; a process that is lost leaves no gap."""
    fork, forks, here = os.fork, [], os.getpid()
    link = os.link
    # However small the site, and whatever threads tests before this one left waiting:
    monkeypatch.setattr("journeybook.workers._alone", lambda _count, workers: workers < 2)
    monkeypatch.setattr("journeybook.adapters.ahead.processors", lambda: 3)
    monkeypatch.setattr(os, "fork", lambda: forks.append(1) or fork())
    rebuilt(firm)
    assert forks
    assert right(firm)

    def mortal(*places: str) -> None:
        link(*places)
        if os.getpid() != here:
            os._exit(9)

    monkeypatch.setattr(os, "link", mortal)
    change(firm / JOURNEY, "title: ", "title: Soon ")
    again, everything = rebuilt(firm)
    assert len(again) < len(everything)
    assert right(firm)
    assert not left_over(firm), "the old site is gone, whoever deleted it"
