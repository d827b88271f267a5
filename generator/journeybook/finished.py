"""Finished pages, kept until something they were made from changes: a build draws only what is not as it was.

A page is taken for what it was when all that it read (:mod:`journeybook.views.reads`), all that it was given and
everything that every page depends on, icons among it, still have the same fingerprints. What is kept between runs lies
in the user's own cache folder, a folder a project, never in the project: what somebody commits there would be published
unseen. There a table says what each page was made from and where on the shelf (:mod:`journeybook.shelf`) it lies. A
table that is damaged, or of another version, is no table; a page that is damaged is drawn again.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, fields
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from journeybook.compiled import ours, stamp
from journeybook.frozen import dataclass
from journeybook.icons import IconSet
from journeybook.model import Atlas
from journeybook.page import Page
from journeybook.settings import Settings, user_cache
from journeybook.shelf import FRESH, KEPT, Lying, Place, Shelf
from journeybook.theme import theme_dir
from journeybook.views.fingerprints import Fingerprints
from journeybook.views.reads import Read, digest
from journeybook.words import Speech

MOST = 6  # projects
MOST_BYTES = 1_000_000_000  # of all, the oldest goes first; one that is larger stays beside them if the disk has room
SLACK = 4  # the part of a larger shelf that may lie there in vain before it is tidied up
LEFT_BEHIND = 3600  # seconds after which no other run still writes to a file
TABLE = "table"
HEAD = 32  # bytes before a table: its digest
LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "babel", "pydantic", "pygraphviz", "python-slugify")
APART = ("cache", "ignored_files", "texts")  # settings that change no page, have no order, or are known by what is read


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished page, and what it was made from: the fingerprints of all that it read and of its icons."""

    reads: tuple[Read, ...]
    mark: str
    look: str
    page: Page


class Finished:
    """The finished pages of one project, by the names of their makers."""

    def __init__(self, folder: Path | None = None, *, lasting: bool = True) -> None:
        """``lasting`` pages go to the shelf, for the next run; others stay in memory."""
        self.folder = folder
        self.lasting = lasting
        self._stamp = ""
        self.shelf = Shelf(folder)
        self.entries: dict[str, Entry] = {}
        self.icons: dict[str, str] = {}  # those that any page has or had, by name: their fingerprints
        self.fingerprints = Fingerprints()

    def begin(self, now: str, icons: IconSet) -> None:
        """A build for which all that every page depends on has this stamp. Other ``icons`` are another look."""
        if not self._stamp and self.folder is not None:
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError, IndexError):
                self._stamp, self.icons, self.shelf, self.entries = _read(self.folder)
        if self._stamp != now or any(look_of((name,), icons) != look for name, look in self.icons.items()):
            self._stamp, self.icons, self.entries = now, {}, {}

    def keep(self, name: str, entry: Entry, icons: Iterable[str], shapes: IconSet) -> None:
        """Keep a page under its maker's name, and know the shapes of its icons."""
        self.icons |= {icon: look_of((icon,), shapes) for icon in icons if icon not in self.icons}
        self.entries[name] = entry

    @staticmethod
    def readable(entry: Entry) -> bool:
        """Whether a page that is kept can still be read."""
        content = entry.page.content
        return not isinstance(content, Lying) or content.intact

    def marks(self) -> dict[str, str]:
        """The place of each page that is kept → the fingerprint of all that it was made from."""
        return {entry.page.uri: digest((self._stamp, entry.mark, entry.look)) for entry in self.entries.values()}

    def write(self) -> None:
        """For the next run; where that is not possible it draws anew."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                _write(self.folder, self._stamp, self.icons, self.shelf, self.entries)


def place_of(settings: Settings) -> Path | None:
    """Where the pages of a project are kept; None where nothing may be kept, or where others could write."""
    base = user_cache("pages") if settings.cache is not None else None
    if base is None:
        return None
    folder = base / digest((str(settings.root), str(settings.atlas)))
    with contextlib.suppress(OSError):
        base.mkdir(0o700, parents=True, exist_ok=True)
        folder.mkdir(0o700, exist_ok=True)
        if ours(base) and ours(folder):
            return folder
    return None


def stamp_of(settings: Settings, atlas: Atlas, speech: Speech, overrides: Iterable[Path], icons: Path,
             *more: object) -> str:
    """The fingerprint of all that every page depends on: program, templates, options, the day, what the atlas sets."""
    options = [getattr(settings, field.name) for field in fields(settings) if field.name not in APART]
    folders = [_content(folder / part) for folder in overrides for part in ("templates", "locale")]
    options.append(sorted(map(str, settings.ignored_files)))
    return digest((_program(), stamp(speech), repr(options), repr(atlas.title), repr(atlas.spec),
                   repr(atlas.categories), repr(atlas.channels), *folders, repr(_names(icons)), repr(more)))


@cache
def _program() -> str:
    """Of this very program and the libraries that pages go through."""
    return digest((_content(Path(__file__).parent, ".py", ".po"), _content(theme_dir()), *map(_version, LIBRARIES)))


def _version(library: str) -> str:
    with contextlib.suppress(PackageNotFoundError):
        return version(library)
    return ""


def _content(folder: Path, *kinds: str) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and (not kinds or path.suffix in kinds))
    return digest(f"{path.relative_to(folder).as_posix()} {sha256(path.read_bytes()).hexdigest()}" for path in files)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def look_of(names: Iterable[str], icons: IconSet) -> str:
    """The fingerprint of some icons."""
    return digest(f"{name} {icons.shape(name)}" for name in names)


def _read(folder: Path) -> tuple[str, dict[str, str], Shelf, dict[str, Entry]]:
    content = (folder / TABLE).read_bytes()
    table = memoryview(content)[HEAD:]
    if sha256(table).digest() != content[:HEAD]:
        raise ValueError("damaged")
    known = json.loads(table.tobytes())
    shelf = Shelf(folder, known["files"])
    tables, keys = known["tables"], [*map(_key, known.pop("keys"))]
    reads = [(tables[table], keys[key]) for table, key in known.pop("reads")]
    return known["stamp"], known["icons"], shelf, {
        name: Entry(tuple(reads[at] for at in made_from), mark, look, Page.of(words, Lying(shelf, Place(*place))))
        for name, made_from, mark, look, words, place in known["pages"]}


def _key(written: Any) -> Any:
    """A key of a table: JSON has no tuples."""
    return tuple(map(_key, written)) if isinstance(written, list) else written


def _write(folder: Path, now: str, icons: Mapping[str, str], shelf: Shelf, entries: Mapping[str, Entry]) -> None:
    places = {name: entry.page.content.place for name, entry in entries.items()
              if isinstance(entry.page.content, Lying)}
    needed = sum(place.html + place.beside for place in places.values())
    if needed > MOST_BYTES and needed > shutil.disk_usage(folder).free:
        shutil.rmtree(folder)
        return
    # As much as is needed may lie there in vain, if all of it stays below the most.
    spare = MOST_BYTES - needed if needed <= MOST_BYTES else needed // SLACK
    if sum(map(shelf.size, {place.file for place in places.values()})) - needed > min(needed, spare):
        places = shelf.tidied(places)
    names = {number: shelf.keep(number) for number in sorted({place.file for place in places.values()})}
    table = _table(now, icons, names, {name: (entries[name], place) for name, place in places.items()})
    handle, fresh = tempfile.mkstemp(FRESH, dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(sha256(table).digest())
            file.write(table)
        Path(fresh).replace(folder / TABLE)
    finally:
        Path(fresh).unlink(missing_ok=True)
    _sweep(folder, set(names.values()))


class _Numbered(dict[Any, int]):
    """Things, numbered as they come."""

    def __missing__(self, thing: Any) -> int:
        self[thing] = number = len(self)
        return number


def _table(now: str, icons: Mapping[str, str], names: Mapping[int, str],
           kept: Mapping[str, tuple[Entry, Place]]) -> bytes:
    """What each page was made from and where it lies.

    What was read is named by number: pages share it, and a dozen tables are asked with the same key. At 10,000 journeys
    there would be a million texts to hold, twice.
    """
    files = {number: at for at, number in enumerate(names)}
    reads, tables, keys = _Numbered(), _Numbered(), _Numbered()
    pages = [(name, [reads[read] for read in entry.reads], entry.mark, entry.look, entry.page.words,
              (files[place.file], *astuple(place)[1:])) for name, (entry, place) in kept.items()]
    pairs = [(tables[table], keys[key]) for table, key in reads]
    return json.dumps({"stamp": now, "icons": icons, "files": list(names.values()), "tables": list(tables),
                       "keys": list(keys), "reads": pairs, "pages": pages}).encode()


def _sweep(folder: Path, needed: Collection[str]) -> None:
    """What no table names goes, and the oldest other projects where there are too many, or too much."""
    for path in folder.iterdir():
        forgotten = path.suffix == FRESH and time.time() - path.stat().st_mtime > LEFT_BEHIND
        if forgotten or (path.suffix == KEPT and path.name not in needed):
            path.unlink(missing_ok=True)
    others = (path for path in folder.parent.iterdir() if path != folder)
    newest = sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)
    left, large = MOST_BYTES, False
    for position, project in enumerate([folder, *newest]):
        size = sum(path.stat().st_size for path in project.iterdir())
        alone = size > MOST_BYTES and not large  # the newest of those has room of its own
        large |= alone
        left -= 0 if alone else size
        if project != folder and (position >= MOST or left < 0):
            shutil.rmtree(project, ignore_errors=True)
