"""Building: the same bytes every time, on any machine, in any order, with and without what was kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from support_site import process, run, tree


def test_the_host_builds_the_same_site(firm: Path) -> None:
    """`mkdocs build` and `journeybook build` write the same files with the same bytes."""
    done = process(firm, "mkdocs", "build", "--quiet", "--site-dir", "by-host")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(firm / "by-host") == tree(firm / "site")


def test_a_second_build_changes_nothing(firm: Path) -> None:
    """Building again over a site, with what the first build cached, gives the same bytes."""
    before = tree(firm / "site")
    assert run(firm, "build").exit_code == 0
    assert run(firm, "build").exit_code == 0
    assert tree(firm / "site") == before


def test_no_cache_builds_the_same(firm: Path) -> None:
    """Without the cache everything is computed anew, nothing is kept, and the site is the same."""
    shutil.rmtree(firm / ".cache", ignore_errors=True)
    before = tree(firm / "site")
    assert run(firm, "build", "--no-cache").exit_code == 0
    assert tree(firm / "site") == before
    assert not (firm / ".cache").exists()


@pytest.mark.parametrize("changes", [
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles"},
    {"LC_ALL": "C", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
], ids=["time zone", "language", "plain C"])
def test_any_machine_builds_the_same(firm: Path, changes: dict[str, str]) -> None:
    """Time zone, language, hash seed and the folder one stands in do not show in a single byte."""
    inside = firm / "maps" / "journeys"
    done = process(inside, "journeybook", "build", "--site-dir", "../../other/place", **changes)
    assert done.returncode == 0, done.stderr
    assert tree(firm / "other" / "place") == tree(firm / "site")


def test_the_order_of_files_on_disk_does_not_show(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that lists files in another order gives the same site."""
    real = os.scandir

    class Backwards:
        def __init__(self, *given: object) -> None:
            self.entries = real(*given)  # type: ignore[call-overload]

        def __enter__(self) -> Backwards:
            return self

        def __exit__(self, *error: object) -> None:
            self.entries.close()

        def __iter__(self) -> Backwards:
            self.names = sorted(self.entries, key=lambda entry: entry.name)
            return self

        def __next__(self) -> object:
            if not hasattr(self, "names"):
                iter(self)
            if not self.names:
                raise StopIteration
            return self.names.pop()

    monkeypatch.setattr(os, "scandir", Backwards)
    assert run(firm, "build", "--site-dir", "other").exit_code == 0
    monkeypatch.undo()
    assert tree(firm / "other") == tree(firm / "site")
