"""The moment a finished site takes the place of the old one.

The site is built into a folder beside the old one, on the same file system, and the two change places:
readers see the old site or the new one, never half of one, and whatever ends the run early leaves the old
site as it was. What a killed run left behind is put right by the next one.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from journeybook.adapters.policy import NGINX
from journeybook.problems import JourneybookError
from journeybook.workers import processors, shared_out, shares

MARK = Path("assets") / "journeybook" / "journeybook.css"  # in every site we build, with one of these beside it:
ALSO = (Path(NGINX), Path("index.html"))  # atlases that all have an `at:` make no page at the top
REASONS = {PermissionError: "this user has no right to write there", FileExistsError: "a file is in the way",
           NotADirectoryError: "a file is in the way"}
PATIENCE = 60.0  # seconds to wait for another build
AT_FDCWD, EXCHANGE, SWAP = -100, 2, 2  # <fcntl.h>, RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def check_target(target: Path, sources: tuple[Path, ...], shown: str) -> None:
    """Refuse output folders whose loss would hurt. ``sources`` are the project's own folders."""
    real = target.parent.resolve() / target.name
    precious = {place for source in (*sources, Path.home()) for place in (source, *source.parents)}
    inside = any(real.is_relative_to(source) for source in sources[1:])
    if real in precious or target.resolve() in precious or inside:
        raise JourneybookError(f"the site must not be written to {shown}: that folder holds other things",
                               "name a folder of its own, such as --site-dir site")
    if target.is_symlink():
        raise JourneybookError(f"{shown} is a link to another place", "name a plain folder with --site-dir")
    if target.exists() and not target.is_dir():
        raise JourneybookError(f"{shown} is a file, not a folder", "name a folder with --site-dir")
    with _writable(shown):
        foreign = target.is_dir() and any(not entry.name.startswith(".") for entry in target.iterdir())
    if foreign and not _built_by_us(target):
        raise JourneybookError(f"{shown} holds files that were not built by journeybook",
                               "empty the folder, or name another one with --site-dir")


def _built_by_us(folder: Path) -> bool:
    return (folder / MARK).is_file() and any((folder / mark).is_file() for mark in ALSO)


@contextmanager
def replacing(target: Path, shown: str, say: Callable[[str], None]) -> Iterator[Path]:
    """A new folder beside ``target``, gone at the end whatever happens; :func:`swap` puts it in place."""
    made = [folder for folder in target.parents if not folder.exists()]
    with _writable(shown):
        target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent, shown, say):
        with _writable(shown):
            _sweep(target)
            fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".new", dir=target.parent))
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            with suppress(OSError):  # folders made for a site that never came; the first full one ends it
                for folder in made:
                    folder.rmdir()


def swap(fresh: Path, target: Path) -> None:
    """Put the new site in place, in one step where the system can; hidden entries (``.git``) stay."""
    fresh.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o755)
    if not target.exists():
        fresh.replace(target)
    elif _exchange(fresh, target):
        _discard(fresh, target)
    else:
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".old", dir=target.parent))
        old.rmdir()
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            old.rename(target)
            raise
        _discard(old, target)


def _sweep(target: Path) -> None:
    """What a killed run left: its unfinished folder goes, an old site that has no successor comes back."""
    ours = re.compile(rf"\.{re.escape(target.name)}-\w{{8}}\.(old|new)")
    for left in sorted(target.parent.iterdir(), reverse=True):
        found = ours.fullmatch(left.name)
        if found and found[1] == "old" and not target.exists():
            left.rename(target)
        elif found:
            _discard(left, target)


def _discard(old: Path, target: Path) -> None:
    """Delete an old site, but keep the hidden entries at its top, which are not ours (``.git``, say)."""
    for entry in sorted(old.iterdir()):
        if entry.name.startswith(".") and target.is_dir() and not (target / entry.name).exists():
            entry.rename(target / entry.name)
    _delete(old)


def _delete(folder: Path) -> None:
    """Several processes delete a large site: a file system takes its time over each folder."""
    pages: list[str] = []
    with suppress(OSError):
        pages += (page.path for part in os.scandir(folder) if part.is_dir(follow_symlinks=False)
                  for page in os.scandir(part) if page.is_dir(follow_symlinks=False))

    def delete(share: range) -> list[None]:
        for position in share:
            shutil.rmtree(pages[position], ignore_errors=True)
        return [None for _ in share]

    workers = processors()
    shared_out(delete, shares(len(pages), workers), workers, len(pages))
    shutil.rmtree(folder, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system or the disk cannot."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        first, second = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            return bool(library.renamex_np(first, second, SWAP) == 0)
        if sys.platform == "linux":
            return bool(library.renameat2(AT_FDCWD, first, AT_FDCWD, second, EXCHANGE) == 0)
    return False


@contextmanager
def _alone(folder: Path, shown: str, say: Callable[[str], None]) -> Iterator[None]:
    """One build at a time into a folder: a second one waits, and gives up after a while."""
    try:
        import fcntl
    except ImportError:  # Windows: open files cannot be replaced there, so a second build fails by itself
        yield
        return
    with _writable(shown):
        handle = os.open(folder, os.O_RDONLY)
    try:
        started = time.monotonic()
        told = False
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() - started > PATIENCE:
                    raise JourneybookError(f"another build has been writing to {shown} for over a minute",
                                           "wait for it or stop it; the site is as it was") from None
                if not told:
                    say(f"another build is writing to {shown}; waiting for it to finish")
                    told = True
                time.sleep(0.05)
            except OSError:  # a file system without locks
                break
        yield
    finally:
        os.close(handle)


@contextmanager
def _writable(shown: str) -> Iterator[None]:
    """The disk's complaints in plain words."""
    try:
        yield
    except OSError as error:
        reason = REASONS.get(type(error), error.strerror or "the disk reports a fault")
        raise JourneybookError(f"the site cannot be written to {shown}: {reason}",
                               "check the folder, its permissions and the space left; nothing was changed"
                               ) from error
