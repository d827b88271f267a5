"""Atlases of revisions: the files of a commit, put where the reader can read them, and what they mean.

Maintainers: a large atlas is not read whole to tell what a few edits mean. Read are the files that differ, all
registries, and the journeys that what differs mentions or is mentioned by (:mod:`journeybook.adapters.slices`); the
rest is the same on both sides. A file that is the same in many revisions is read once.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field, replace
from pathlib import Path

from journeybook import checks
from journeybook.adapters.git import File, Repository
from journeybook.changes import Snapshot, snapshot
from journeybook.changes.items import Item
from journeybook.frozen import dataclass
from journeybook.model import build_atlas
from journeybook.problems import Problem
from journeybook.schema import Contents, Entry, validate
from journeybook.settings import Settings
from journeybook.source import Document, list_files, read_text
from journeybook.source.document import EMPTY
from journeybook.source.files import YAML, decode, read_bytes

LINK = "120000"
READ = (*YAML, ".csv", ".png", ".jpg", ".jpeg", ".webp")  # whose content is looked at; of others only that they exist
PICKED = frozenset({"asset", "metric", "promise", "handoff", "loop", "opportunity", "evidence"})
"""Kinds of which an atlas has thousands; of the others all are read."""
ALL_PROBLEMS = 1_000_000


@dataclass(slots=True)
class Known:
    """Files that were read: (path, content's id) → what they hold and what is wrong with them; blobs by id; items."""

    files: dict[tuple[str, str], tuple[Contents, list[Problem]]] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of one side by path in the atlas, each with its content's id. ``commit`` None is the work tree."""

    files: Mapping[str, File]
    commit: str | None = None


def of_commit(repository: Repository, commit: str) -> Tree:
    """The atlas as it was committed."""
    return Tree(repository.files(commit), commit)


def of_disk(settings: Settings, repository: Repository, base: Tree) -> Tree:
    """The atlas as it lies on the disk. Line ends that Git would change make no difference."""
    found = {}
    listing = list_files(settings)
    for path in (*listing.yaml, *listing.csv):
        name = path.relative_to(settings.atlas).as_posix()
        content = read_bytes(path, name, 50_000_000)
        if isinstance(content, Problem):
            continue
        oid = _oid(content, repository.format)
        known = base.files.get(name)
        if known and known.oid != oid and known.oid == _oid(content.replace(b"\r\n", b"\n"), repository.format):
            oid = known.oid
        found[name] = File(name, "100644", oid, len(content))
    return Tree(found)


def _oid(content: bytes, form: str) -> str:
    digest = hashlib.new("sha256" if form == "sha256" else "sha1", usedforsecurity=False)
    digest.update(b"blob %d\0" % len(content) + content)
    return digest.hexdigest()


def is_yaml(path: str) -> bool:
    """Whether a file of a tree is one that the reader reads: not hidden, not the host's."""
    folders = path.split("/")
    hidden = any(part.startswith((".", "_")) or part == "node_modules" for part in folders)
    return not hidden and path.lower().endswith(YAML)


def fetch(repository: Repository, tree: Tree, paths: Iterable[str], known: Known, settings: Settings) -> None:
    """Have the content of these files in ``known.blobs``."""
    if tree.commit is None:
        for path in paths:
            content = read_bytes(settings.atlas / path, path, 50_000_000)
            if isinstance(content, bytes):
                known.blobs.setdefault(tree.files[path].oid, content)
        return
    most = settings.limits.csv_bytes
    wanted = {tree.files[path].oid for path in paths if tree.files[path].size <= most}
    known.blobs.update(repository.contents(wanted - known.blobs.keys()))


@dataclass(frozen=True, slots=True)
class Part:
    """What of an atlas is read. ``skip``: paths of journeys that are not, with their ids. ``keep``: registered
    records that are, of the kinds that are picked from; None keeps all.
    """

    skip: Mapping[str, str] = field(default_factory=dict)
    keep: frozenset[tuple[str, str]] | None = None

    def of(self, contents: Contents) -> Contents:
        """A file's records without those that are left out."""
        if self.keep is None or contents.journey is not None:
            return contents
        return Contents(contents.document, contents.journey, contents.atlas, [
            entry for entry in contents.entries if entry.kind not in PICKED or (entry.kind, entry.id) in self.keep])


@contextmanager
def laid_out(repository: Repository, tree: Tree, part: Part, known: Known, settings: Settings) -> Iterator[Settings]:
    """The settings of a side, whose files lie on the disk for as long as this lasts.

    A commit's files are put into a folder of their own; the work tree is read where it is.
    """
    if tree.commit is None:
        yield replace(settings, ignored_files=settings.ignored_files | {settings.atlas / path for path in part.skip})
        return
    root = Path(tempfile.mkdtemp(prefix="journeybook-"))
    try:
        inside = settings.atlas.relative_to(settings.root) if settings.atlas.is_relative_to(settings.root) else (
            Path(settings.atlas.name))
        atlas = root / inside
        atlas.mkdir(parents=True, exist_ok=True)
        wanted = [path for path in tree.files if path not in part.skip]
        fetch(repository, tree, (p for p in wanted if p.lower().endswith(READ) and tree.files[p].mode != LINK), known,
              settings)
        for path in wanted:
            _put(atlas, tree.files[path], known.blobs)
        ignored = frozenset(root / path.relative_to(settings.root) for path in settings.ignored_files
                            if path.is_relative_to(settings.root))
        yield replace(settings, root=root, atlas=atlas, ignored_files=ignored, cache=None)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _put(atlas: Path, entry: File, blobs: Mapping[str, bytes]) -> None:
    """One file. A link leads nowhere here, wherever it led: the reader refuses it as it would the real one."""
    place = atlas / entry.path
    with suppress(OSError, ValueError):  # a name this system cannot have
        place.parent.mkdir(parents=True, exist_ok=True)
        if entry.mode == LINK:
            place.symlink_to("a link that is not followed")
            return
        with place.open("xb") as file:
            if entry.oid in blobs and entry.path.lower().endswith(READ):
                file.write(blobs[entry.oid])
            else:
                file.truncate(entry.size)


def hold(shown: str, content: bytes, oid: str, known: Known,
         settings: Settings) -> tuple[Contents, list[Problem]] | Problem:
    """What a file holds and what is wrong with it, read once however many revisions have it."""
    key = (shown, oid)
    if key not in known.files:
        text = decode(content, shown)
        if isinstance(text, Problem):
            return text
        document, found = read_text(shown, text, settings.limits)
        contents, more = validate(document, settings.shown(settings.atlas))
        known.files[key] = (contents, [*found, *more])
    return known.files[key]


def read_side(settings: Settings, tree: Tree, part: Part, known: Known, *, check: bool) -> Snapshot:
    """What a side means; with ``check`` also what is wrong with it (by far the longer part)."""
    listing = list_files(settings)
    problems = list(listing.problems)
    contents: list[Contents] = []
    unreadable: list[str] = []
    for path in listing.yaml:
        shown = settings.shown(path)
        entry = tree.files.get(path.relative_to(settings.atlas).as_posix())
        content = read_bytes(path, shown, settings.limits.file_bytes)
        held = content if isinstance(content, Problem) or entry is None else hold(
            shown, content, entry.oid, known, settings)
        if isinstance(held, Problem):
            problems.append(held)
            unreadable.append(shown)
        elif not isinstance(held, bytes):
            contents.append(part.of(held[0]))
            problems += held[1]
    whole = [*_stand_ins(part, settings), *contents]
    atlas, found = build_atlas(whole, settings, unreadable)
    if not check:
        return snapshot(contents, atlas, (), settings.today, frozenset(unreadable), known.items)
    limits = replace(settings.limits, problems_per_run=ALL_PROBLEMS)
    documents = [content.document for content in whole]
    everything = checks.run(atlas, replace(settings, limits=limits), documents, [*problems, *found])
    return snapshot(contents, atlas, everything, settings.today, frozenset(unreadable), known.items)


def _stand_ins(part: Part, settings: Settings) -> Iterator[Contents]:
    """The journeys that are left out, by name: what refers to them is neither right nor wrong."""
    for path, ident in part.skip.items():
        document = Document(settings.shown(settings.atlas / path), "", {}, EMPTY, readable=False)
        yield Contents(document, Entry("journey", ident, None, document, (), True))
