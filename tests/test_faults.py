"""Whatever disturbs a build or ends it early: the served site is one complete build, and nothing is left over."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import faults
from journeybook.adapters import making, publish
from journeybook.diagrams.layout import Graphviz
from journeybook.problems import Problem
from journeybook.reading import read_book
from journeybook.settings import Settings
from journeybook.source import files
from support_site import DOT, JOURNEY, environment, left_over, project, run, tree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills forked copies of the test")
KILLS = 100
ENGINES = {
    "hang": "sleep 60", "crash": "kill -SEGV $$", "junk": "head -c 5000 /dev/urandom", "nothing": "exit 0",
    "half": "echo '<svg xmlns=\"http://www.w3.org/2000/svg\"><g class=\"gr'",
    "huge": "yes '<g>' | head -c 200000000",
}
BRANCHES = """\
title: Branches
owner: sales
stages: [Look, Choose, Leave]
transitions: [{ from: look, to: leave }, { from: choose, to: look }]
"""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], list[dict[str, bytes]]]:
    """A small project with its site, two states of its maps, and what the site is for each."""
    texts = {"one": BRANCHES, "two": BRANCHES.replace("title: Branches", "title: Other branches")}
    folder = project(tmp_path_factory.mktemp("faults"), {"buy.yml": JOURNEY, "branches.yml": texts["one"]})
    whole = []
    for text in (texts["two"], texts["one"]):
        (folder / "maps/branches.yml").write_text(text, "utf-8")
        assert run(folder, "build").exit_code == 0
        whole.append(tree(folder / "site"))
    assert whole[0] != whole[1]
    return folder, texts, whole


def test_killed_at_any_moment(versions: tuple[Path, dict[str, str], list[dict[str, bytes]]]) -> None:
    """A hundred kills, half of them at random moments and half at random lines of the swap: always one whole site."""
    folder, texts, whole = versions
    chance = random.Random(7)
    started = time.monotonic()
    counts = folder / "lines"
    assert faults.ended(faults.build(folder, counts=counts)) == 0
    length, lines = time.monotonic() - started, int(counts.read_text("utf-8"))
    assert lines > 40
    killed = 0
    for number in range(KILLS):
        (folder / "maps/branches.yml").write_text(texts[chance.choice(("one", "two"))], "utf-8")
        if number % 2:
            code = faults.ended(faults.build(folder, die_at_line=chance.randint(1, lines)))
        else:
            code = faults.ended(faults.build(folder), after=chance.uniform(0, length))
        killed += code is None
        assert code in (None, 0), (number, code)
        assert tree(folder / "site") in whole, number
    assert killed > KILLS * 0.6
    assert run(folder, "build").exit_code == 0
    assert left_over(folder) == []


def test_killed_where_folders_cannot_be_exchanged(versions: tuple[Path, dict[str, str], list[dict[str, bytes]]],
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    """On disks without an exchange there is a moment without a site; the next run puts back a whole one first."""
    folder, _, whole = versions
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    counts = folder / "lines"
    assert faults.ended(faults.build(folder, counts=counts)) == 0
    lines = int(counts.read_text("utf-8"))
    for number in range(lines - 20, lines + 1, 4):
        faults.ended(faults.build(folder, die_at_line=number))
        assert not (folder / "site").exists() or tree(folder / "site") in whole, number
        # A run that publishes nothing still puts the site back.
        (folder / "maps/broken.yml").write_text("title: [\n", "utf-8")
        assert run(folder, "build").exit_code == 1
        assert tree(folder / "site") in whole, number
        assert left_over(folder) == []
        (folder / "maps/broken.yml").unlink()


def test_every_size_of_a_full_disk(versions: tuple[Path, dict[str, str], list[dict[str, bytes]]]) -> None:
    """Files that cannot grow any further: a clear refusal and no traceback, the old site stays, nothing is left."""
    folder, _, whole = versions
    for most in (1, 100, 1_000, 10_000, 50_000, 100_000):
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        assert faults.ended(faults.build(folder, most_bytes=most)) == 2, most
        assert tree(folder / "site") in whole
        assert left_over(folder) == []


@pytest.mark.parametrize("kilobytes", [40, 400, 1500])
def test_a_full_tmpfs(tmp_path: Path, kilobytes: int) -> None:
    """A disk that really is full: the message says so, the old site is whole. Needs the right to mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(disk)],
                             capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no right to mount a disk here")
    try:
        folder = project(tmp_path / "project", {"buy.yml": JOURNEY})
        old = disk / "site"
        (old / "assets/journeybook").mkdir(parents=True)
        for name in ("index.html", "assets/journeybook/journeybook.css"):
            (old / name).write_text("old", "utf-8")
        before = tree(old)
        result = run(folder, "build", "--site-dir", str(old))
        assert result.exit_code == 2
        assert "No space left on device" in result.stderr
        assert "the old site is as it was" in result.stderr or "nothing was changed" in result.stderr
        assert tree(old) == before
        assert left_over(disk) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_twenty_builds_at_once(versions: tuple[Path, dict[str, str], list[dict[str, bytes]]]) -> None:
    """They wait for each other, all succeed, and the site is one whole build while they work and afterwards."""
    folder, _, whole = versions
    running = [faults.build(folder) for _ in range(20)]
    for process in running:
        assert tree(folder / "site") in whole
        assert faults.ended(process) == 0
    assert tree(folder / "site") in whole
    assert left_over(folder) == []


@pytest.mark.parametrize("kind", ENGINES)
def test_an_engine_that_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Graphviz hangs, crashes, prints junk, nothing, half a picture or no end of one: words in its place, a notice."""
    dot = tmp_path / "bin" / "dot"
    dot.parent.mkdir()
    version = 'case "$*" in *-V*) echo "dot - graphviz version 9.9.9" >&2; exit 0;; esac'
    dot.write_text(f"#!/bin/sh\n{version}\n{ENGINES[kind]}\n")
    dot.chmod(0o755)
    monkeypatch.setitem(Graphviz.__init__.__kwdefaults__, "time_limit", 1.0)
    folder = project(tmp_path / "project", {"branches.yml": BRANCHES},
                     DOT.replace("journeybook]", "{journeybook: {engine: dot}}]"))
    started = time.monotonic()
    result = run(folder, "build", PATH=f"{dot.parent}:{os.environ['PATH']}")
    assert result.exit_code == 0, result.stderr
    assert time.monotonic() - started < 40
    assert "Traceback" not in result.stderr
    assert "could not be laid out" in result.stderr
    page = (folder / "site/journeys/branches/index.html").read_text("utf-8")
    assert page.rstrip().endswith("</html>")
    assert left_over(folder) == []


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that grows between two looks at it is read again, until it stands still."""
    path = tmp_path / "buy.yml"
    path.write_text("title: Buy\n", "utf-8")
    real, seen = os.fstat, []

    def growing(handle: int) -> os.stat_result:
        answer = real(handle)
        if len(seen) < 3:
            with path.open("a", encoding="utf-8") as file:
                file.write("# more\n")
        seen.append(answer)
        return answer

    monkeypatch.setattr(files.os, "fstat", growing)
    content = files.read_bytes(path, "buy.yml", 1000)
    assert content == path.read_bytes()
    assert len(seen) > 2


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="files without a size are those of Linux")
def test_a_file_whose_size_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is read, up to the limit, and nothing stays open."""
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    before = len([*Path("/proc/self/fd").iterdir()])
    content = files.read_bytes(path, "status", 100_000)
    assert isinstance(content, bytes)
    assert content.startswith(b"Name:") and content.count(b"\n") == path.read_bytes().count(b"\n")
    assert isinstance(files.read_bytes(path, "status", 10), Problem)
    assert len([*Path("/proc/self/fd").iterdir()]) == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders without rights are those of Unix")
def test_a_folder_nobody_may_look_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Maps without any rights are a problem with a next step, not an accident; nothing is remembered of them."""
    folder = project(tmp_path, {"buy.yml": JOURNEY})
    real = os.stat

    def refusing(path: object, *given: object, **more: object) -> os.stat_result:
        if str(path).startswith(f"{folder}/maps/"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *given, **more)  # type: ignore[call-overload, no-any-return]

    def closed(path: object = ".") -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "stat", refusing)
    monkeypatch.setattr(files.os, "scandir", closed)
    found = read_book(Settings(folder, folder / "maps")).problems
    assert [problem.check for problem in found][:1] == ["file-unreadable"]


def test_a_file_larger_than_memory_is_refused(tmp_path: Path) -> None:
    """Of a file that says it has ten terabytes hardly anything is read."""
    path = tmp_path / "huge.yml"
    with path.open("wb") as file:
        file.truncate(10**13)
    found = files.read_bytes(path, "huge.yml", 1000)
    assert isinstance(found, Problem) and found.check == "file-too-large"


@pytest.mark.parametrize("change", ["umask", "workers", "folder"])
def test_the_same_bytes(versions: tuple[Path, dict[str, str], list[dict[str, bytes]]], tmp_path: Path,
                        monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """Rights for new files, the number of processes and the place of the project do not show in a single byte."""
    folder, _, whole = versions
    place = tmp_path / "a b" / "ü" / "project"
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns("site", ".cache", ".site-*"))
    old = os.umask(0o077) if change == "umask" else None
    if change == "workers":
        monkeypatch.setattr("journeybook.workers.WORTH_IT", 1)
        monkeypatch.setattr(making, "processors", lambda: 5)
    try:
        assert run(place, "build").exit_code == 0
    finally:
        if old is not None:
            os.umask(old)
    assert tree(place / "site") in whole


NO_NETWORK = """\
import os, socket
def refuse(*given, **named):
    open(os.environ["TRIED"], "a").write(repr(given))
    raise OSError("no network")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refuse
"""


def test_no_network_is_asked_for(tmp_path: Path) -> None:
    """Check, build and diff with a network that refuses everything: all work, and nobody even tried."""
    folder = project(tmp_path / "project", {"buy.yml": JOURNEY})
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, "utf-8")
    tried = tmp_path / "tried"
    path = f"{tmp_path}{os.pathsep}{os.pathsep.join(sys.path)}"
    for words in (["check"], ["build"], ["build", "--no-cache", "--verbose"]):
        done = subprocess.run([sys.executable, "-m", "journeybook", *words], cwd=folder, capture_output=True, text=True,
                              env=environment(PYTHONPATH=path, TRIED=str(tried)), timeout=60, check=False)
        assert done.returncode == 0, done.stderr
    assert not tried.exists()
    probe = subprocess.run([sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"],
                           env=environment(PYTHONPATH=path, TRIED=str(tried)), capture_output=True, check=False)
    assert probe.returncode == 1
    assert tried.exists(), "the refusal works"
