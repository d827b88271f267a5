"""Which files are ours, and reading them without being led elsewhere.

A link or a device is refused when the folder is listed and again when the file is opened (O_NOFOLLOW),
because it could be swapped in between.
"""

from __future__ import annotations

import os
import stat
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from journeybook.problems import Problem, Span
from journeybook.settings import Settings

YAML = (".yml", ".yaml")
AT_ONCE = 65_536  # bytes of a file whose end was not where it said
TRIES, PAUSE = 5, 0.05  # looks at a file that changes while it is read, and seconds between them


@dataclass(slots=True)
class Listing:
    """Files of the atlas, sorted: ``yaml`` to read, ``csv`` that may hold values."""

    yaml: list[Path] = field(default_factory=list)
    csv: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def list_files(settings: Settings) -> Listing:
    """Every ``*.yml``/``*.yaml`` and ``*.csv`` below the atlas, by path.

    Passed over: what starts with ``.`` or ``_``, ``node_modules``, and the host's own files.
    """
    listing = Listing()
    seen: dict[str, Path] = {}
    folders = list(reversed(settings.roots))
    while folders:
        below = list(_entries(folders.pop(), settings, listing, seen))
        folders += reversed(below)
    listing.yaml.sort(key=settings.shown)
    listing.csv.sort(key=settings.shown)
    return listing


def _entries(folder: Path, settings: Settings, listing: Listing, seen: dict[str, Path]) -> Iterator[Path]:
    """Keep the files of a folder; the folders in it are for the caller to enter."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        listing.problems.append(_unreadable(settings.shown(folder), error))
        return
    for entry in found:
        path = Path(entry.path)
        ours = entry.name.lower().endswith((*YAML, ".csv"))
        skipped = entry.name.startswith((".", "_")) or entry.name == "node_modules"
        if skipped or path in settings.ignored_files:
            continue
        if not ours and (entry.is_symlink() or not entry.is_dir(follow_symlinks=False)):
            continue
        shown = settings.shown(path)
        if not _is_text(entry.name):
            listing.problems.append(Problem(
                "file-unreadable", "the file's name is not valid UTF-8", Span(_printable(shown)),
                "rename the file; letters, digits and hyphens are safe everywhere"))
        elif entry.is_symlink() or not (entry.is_dir() or entry.is_file()):
            listing.problems.append(refused(shown))
        elif entry.is_dir(follow_symlinks=False):
            yield path
        else:
            _keep(path, shown, listing, seen)


def _keep(path: Path, shown: str, listing: Listing, seen: dict[str, Path]) -> None:
    folded = unicodedata.normalize("NFC", shown).casefold()
    if folded in seen:
        listing.problems.append(Problem(
            "id-duplicate", f"this name differs from `{seen[folded].name}` only in capitals or accents",
            Span(shown), "rename one of them: on many computers they are one file"))
    seen[folded] = path
    (listing.yaml if path.suffix.lower() in YAML else listing.csv).append(path)


def refused(shown: str) -> Problem:
    """The problem of something that is not a plain file."""
    return Problem("link-refused", "this is a link or a device, not a plain file", Span(shown),
                   "put the file itself here; a link could lead to files nobody meant to publish")


def _unreadable(shown: str, error: OSError) -> Problem:
    reason = {"PermissionError": "there is no permission to read it", "FileNotFoundError": "it is not there",
              "IsADirectoryError": "it is a folder"}.get(type(error).__name__, "the disk reports a fault")
    return Problem("file-unreadable", f"this file cannot be read: {reason}", Span(_printable(shown)),
                   "check the file and its permissions")


def read_bytes(path: Path, shown: str, most: int) -> bytes | Problem:
    """The content of a plain file of at most ``most`` bytes, or what is wrong with it.

    A file that somebody is just writing is read again, a few times, until it stands still meanwhile.
    """
    for _ in range(TRIES):
        content, still = _read_once(path, shown, most)
        if still:
            break
        time.sleep(PAUSE)
    return content


def text_of(path: Path, settings: Settings, most: int) -> str | Problem:
    """The text of a file of at most ``most`` bytes, or what is wrong with it; ``settings.texts`` come first."""
    shown = settings.shown(path)
    if shown in settings.texts:
        return settings.texts[shown]
    content = read_bytes(path, shown, most)
    return content if isinstance(content, Problem) else decode(content, shown)


def _read_once(path: Path, shown: str, most: int) -> tuple[bytes | Problem, bool]:
    """The content or what is wrong, and whether the file stood still meanwhile."""
    flags = os.O_RDONLY
    for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, flag, 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        return (refused(shown) if path.is_symlink() else _unreadable(shown, error)), True
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return refused(shown), True
        try:
            content = _content(handle, status.st_size, most)
        except OSError as error:
            return _unreadable(shown, error), True
        after = os.fstat(handle)
    finally:
        os.close(handle)
    if len(content) > most:
        return Problem("file-too-large", f"this file is larger than {most:,} bytes", Span(shown),
                       "split it: a journey a file, registries by kind"), True
    return content, (after.st_mtime_ns, after.st_size) == (status.st_mtime_ns, status.st_size)


def _content(handle: int, size: int, most: int) -> bytes:
    """All bytes of a file that says it has ``size``, whether or not that is so; of more than ``most`` one more.

    Asked of the system itself: a file object around each of thousands of files takes as long as reading them.
    """
    content = os.read(handle, min(size, most) + 1)
    while len(content) <= most and (more := os.read(handle, min(AT_ONCE, most + 1 - len(content)))):
        content += more
    return content


WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .ods (ZIP archives) and .xls (compound files) begin."""


def decode(content: bytes, shown: str) -> str | Problem:
    """UTF-8 with or without a byte order mark; the first wrong byte is pointed at."""
    plain = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return _one_kind_of_line_end(plain.decode("utf-8"))
    except UnicodeDecodeError as error:
        if content.startswith(WORKBOOK):
            return Problem("file-unreadable", "this file is a workbook of a spreadsheet program, not text", Span(shown),
                           "save it as CSV (UTF-8), and name that file")
        before = _one_kind_of_line_end(plain[: error.start].decode("utf-8", "replace"))
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        kind = "UTF-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "another encoding than UTF-8"
        first = Span(shown, line, column, line, column + 1)
        return Problem("file-unreadable", f"this file is saved in {kind}", first, "save it as UTF-8",
                       label="first byte that cannot be read")


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
