"""Contents of pages on the disk: copies of this process write them there, this one reads them when it needs them.

Each copy has a file of its own. Files in a folder of the user's can stay for the next run; all others are gone when
this process ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path

from journeybook.frozen import dataclass
from journeybook.page import Beside, Content, Page

CODEC = "utf-8", "surrogatepass"  # a lone surrogate in somebody's text must not stop a build
FRESH, KEPT = ".new", ".pages"
BINARY = getattr(os, "O_BINARY", 0)  # Windows


@dataclass(frozen=True, slots=True)
class Place:
    """Where a content lies: the file's number, its start there, bytes of HTML and of what belongs to it, a checksum."""

    file: int
    start: int
    html: int
    beside: int
    check: int


@dataclass(frozen=True, slots=True, eq=False)
class Lying:
    """Content on the disk; it is read each time that somebody asks."""

    shelf: Shelf
    place: Place

    @property
    def size(self) -> int:
        """Bytes of HTML."""
        return self.place.html

    @property
    def html(self) -> str:
        """The HTML itself."""
        return self.shelf.read(self.place.file, self.place.start, self.place.html).decode(*CODEC)

    @property
    def beside(self) -> Beside:
        """What belongs to it."""
        return _unpacked(self.shelf.read(self.place.file, self.place.start + self.place.html, self.place.beside))

    @property
    def intact(self) -> bool:
        """Whether all of it is there as it was written."""
        place = self.place
        try:
            return zlib.crc32(self.shelf.read(place.file, place.start, place.html + place.beside)) == place.check
        except (OSError, IndexError, ValueError, OverflowError):
            return False


class Shelf:
    """Files with contents: those of a run before, by their names in ``folder``, and new ones.

    Raises OSError where one of a run before cannot be read.
    """

    def __init__(self, folder: Path | None = None, names: Iterable[str] = ()) -> None:
        self._folder = folder
        self._paths: list[Path] = []
        self._files: list[int] = []
        for path in (folder / name for name in names) if folder else ():
            self._add(path, os.open(path, os.O_RDONLY | BINARY))

    def open_new(self) -> int | None:
        """The number of a new file; None where nothing can be written.

        To be called before this process is copied: a copy writes to it, this one reads what it wrote.
        """
        for folder in dict.fromkeys((self._folder, None)):
            with contextlib.suppress(OSError):
                file, path = tempfile.mkstemp(FRESH, dir=folder)
                return self._add(Path(path), file)
        return None

    def _add(self, path: Path, file: int) -> int:
        self._paths.append(path)
        self._files.append(file)
        weakref.finalize(self, _closed, file, path if path.suffix == FRESH else None, os.getpid())
        return len(self._files) - 1

    def put(self, number: int | None, content: Content) -> Place | None:
        """Write a content to the end of a file; None where that is not possible."""
        if number is None:
            return None
        html, beside = content.html.encode(*CODEC), _packed(content.beside)
        with contextlib.suppress(OSError):
            file = self._files[number]
            start = os.lseek(file, 0, os.SEEK_END)
            for part in (html, beside):
                _write(file, part)
            return Place(number, start, len(html), len(beside), zlib.crc32(beside, zlib.crc32(html)))
        return None

    def lying(self, page: Page, place: Place) -> Page:
        """The page when its content lies there."""
        return replace(page, content=Lying(self, place))

    def read(self, number: int, start: int, count: int) -> bytes:
        """Bytes of a file; fewer where it has no more."""
        file = self._files[number]
        if hasattr(os, "pread"):
            return os.pread(file, count, start)
        os.lseek(file, start, os.SEEK_SET)
        return os.read(file, count)

    def tidied(self, places: Mapping[str, Place]) -> dict[str, Place]:
        """Copies contents into one new file; gives where they lie there. Raises OSError where that is not possible."""
        number = self.open_new()
        if number is None:
            raise OSError("nothing can be written")
        found, start = {}, 0
        for name, place in places.items():
            _write(self._files[number], self.read(place.file, place.start, place.html + place.beside))
            found[name] = replace(place, file=number, start=start)
            start += place.html + place.beside
        return found

    def size(self, number: int) -> int:
        """Bytes of a file."""
        return os.fstat(self._files[number]).st_size

    def keep(self, number: int) -> str:
        """The name in the folder by which the next run finds a file. Raises OSError where it cannot stay."""
        path = self._paths[number]
        if path.parent != self._folder:
            raise OSError("not in the folder whose files are kept")
        if path.suffix == FRESH:
            path = self._paths[number] = path.rename(path.with_suffix(KEPT))
        return path.name


def _closed(file: int, fresh: Path | None, maker: int) -> None:
    """Only the process that made a file tidies it up, not a copy of it; one that is kept has another name."""
    if os.getpid() != maker:
        return
    with contextlib.suppress(OSError):
        os.close(file)
        if fresh:
            fresh.unlink()


def _write(file: int, content: bytes) -> None:
    while content:
        content = content[os.write(file, content):]


def _packed(beside: Beside) -> bytes:
    parts = [getattr(beside, field.name) for field in fields(beside)]
    return json.dumps([sorted(part) if isinstance(part, frozenset) else part for part in parts]).encode()


def _unpacked(packed: bytes) -> Beside:
    toc, anchors, links, files, search = json.loads(packed)
    return Beside(tuple(map(tuple, toc)), frozenset(anchors), frozenset(links), tuple(map(tuple, files)),
                  tuple(map(tuple, search)))
