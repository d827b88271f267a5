"""Finished pages, kept until something they were made from changes: a build draws only what is not as it was.

A page is taken for what it was when all that it read (:mod:`journeybook.views.reads`), all that it was given, the
icons it uses and everything that every page depends on still have the same fingerprints. What is kept between runs
lies in the user's own cache folder, one file a project, never in the project: what somebody commits there would be
published unseen. A file that is damaged, or of another version, is no file.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from journeybook.compiled import ours, stamp
from journeybook.model import Atlas
from journeybook.render import Page
from journeybook.settings import Settings, user_cache
from journeybook.theme import theme_dir
from journeybook.views.fingerprints import Fingerprints
from journeybook.views.reads import Read, digest
from journeybook.words import Speech

MOST = 6  # projects
MOST_BYTES = 600_000_000  # of all of them; the oldest goes first
HEAD = 8 + 32  # bytes before the table: its length, its digest
APART = ("cache", "ignored_files", "texts")  # settings that change no page, have no order, or are known by what is read
LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "babel", "pydantic", "pygraphviz", "python-slugify")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished page, packed, and what it was made from."""

    reads: tuple[Read, ...]
    mark: str
    packed: bytes


def pack(page: Page) -> bytes:
    """A page as it is kept."""
    parts = [sorted(part) if isinstance(part, frozenset) else part for part in astuple(page)]
    return zlib.compress(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def unpack(packed: bytes) -> Page | None:
    """A page that was kept; None where that is damaged."""
    try:
        parts = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
        found: dict[str, Any] = {field.name: part for field, part in zip(fields(Page), parts, strict=True)}
        for name in ("anchors", "links"):
            found[name] = frozenset(found[name])
        for name in ("toc", "files", "search"):
            found[name] = tuple(map(tuple, found[name]))
        return Page(**found)
    except (zlib.error, ValueError, TypeError):
        return None


class Finished:
    """The finished pages of one project, by the names of their makers."""

    def __init__(self, place: Path | None = None, *, lasting: bool = True) -> None:
        """``lasting`` pages are packed, to be written for the next run."""
        self._place = place
        self.lasting = lasting
        self._stamp = ""
        self.entries: dict[str, Entry] = {}
        self.pages: dict[str, Page] = {}  # those of this process
        self.fingerprints = Fingerprints()

    def begin(self, now: str) -> None:
        """A build for which all that every page depends on has this stamp."""
        if not self._stamp and self._place is not None:
            self._stamp, self.entries = _read(self._place)
        if self._stamp != now:
            self._stamp, self.entries, self.pages = now, {}, {}

    def page(self, name: str) -> Page | None:
        """A page that is as it was."""
        if name not in self.pages:
            page = unpack(self.entries[name].packed)
            if page is None:
                return None
            self.pages[name] = page
        return self.pages[name]

    def keep(self, entries: Mapping[str, Entry], pages: Mapping[str, Page]) -> None:
        """Only these, from now on; ``pages`` are theirs."""
        self.entries, self.pages = dict(entries), dict(pages)

    def add(self, name: str, entry: Entry, page: Page) -> None:
        """A page that was just drawn."""
        self.entries[name], self.pages[name] = entry, page

    def write(self) -> None:
        """For the next run; where that is not possible it draws anew."""
        if self._place is not None:
            with contextlib.suppress(OSError):
                _write(self._place, self._stamp, self.entries)


def place_of(settings: Settings) -> Path | None:
    """Where the pages of a project are kept; None where nothing may be kept, or where others could write."""
    folder = user_cache("pages") if settings.cache is not None else None
    if folder is None:
        return None
    with contextlib.suppress(OSError):
        folder.mkdir(0o700, parents=True, exist_ok=True)
        if ours(folder):
            return folder / f"{digest((str(settings.root), str(settings.atlas)))}.pages"
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


def _read(place: Path) -> tuple[str, dict[str, Entry]]:
    try:
        content = place.read_bytes()
        end = HEAD + int.from_bytes(content[:8], "big")
        table = content[HEAD:end]
        if sha256(table).digest() != content[8:HEAD]:
            return "", {}
        known = json.loads(table)
        reads = [(name, _key(key)) for name, key in known["reads"]]
        view = memoryview(content)
        return known["stamp"], {
            name: Entry(tuple(reads[at] for at in made_from), mark, bytes(view[end + first:end + last]))
            for name, made_from, mark, first, last in known["pages"]}
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return "", {}


def _key(written: Any) -> Any:
    """A key of a table: JSON has no tuples."""
    return tuple(map(_key, written)) if isinstance(written, list) else written


def _write(place: Path, now: str, entries: Mapping[str, Entry]) -> None:
    reads: dict[Read, int] = {}
    pages, first = [], 0
    for name, entry in entries.items():
        made_from = [reads.setdefault(read, len(reads)) for read in entry.reads]
        pages.append((name, made_from, entry.mark, first, first + len(entry.packed)))
        first += len(entry.packed)
    if first > MOST_BYTES:
        return
    table = json.dumps({"stamp": now, "reads": list(reads), "pages": pages}).encode()
    handle, fresh = tempfile.mkstemp(dir=place.parent, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(len(table).to_bytes(8, "big") + sha256(table).digest() + table)
            file.writelines(entry.packed for entry in entries.values())
        Path(fresh).replace(place)
    finally:
        Path(fresh).unlink(missing_ok=True)
    _sweep(place.parent)


def _sweep(folder: Path) -> None:
    """The oldest go where there are too many, or too much."""
    left = MOST_BYTES
    newest = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for position, path in enumerate(newest):
        left -= path.stat().st_size
        if position >= MOST or left < 0:
            path.unlink(missing_ok=True)
