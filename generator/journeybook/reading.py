"""Files → atlas and problems: all that ``journeybook check`` needs.

Maintainers: schema, model and checks take a third of a second to import, and the copies of this process that read
files can do without them; so they are imported when those have started.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from journeybook.problems import Problem, Span
from journeybook.settings import Settings
from journeybook.source import Document, list_files, read
from journeybook.source.document import EMPTY
from journeybook.workers import alongside

if TYPE_CHECKING:
    from pathlib import Path

    from journeybook.model import Atlas
    from journeybook.model.memory import Memory
    from journeybook.schema import Contents

Clock = Callable[[str, float], None]
SOON = 4  # times as few files are worth a copy that reads them as are worth one later: modules are imported meanwhile


@dataclass(slots=True)
class Reading:
    """An atlas that was read and checked: what ``journeybook check`` needs. ``tables`` are files of values."""

    atlas: Atlas
    problems: list[Problem]
    documents: dict[str, Document]
    files: int
    tables: Sequence[Path] = ()

    @property
    def refusals(self) -> list[Problem]:
        """The problems for which nothing is published."""
        from journeybook import checks

        return checks.refusals(self.problems)

    @property
    def unreadable(self) -> list[str]:
        """The files of which nothing could be read, as shown."""
        return [path for path, document in self.documents.items() if not document.readable]


Hook = Callable[[Reading], None]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cyclic garbage, which would look through the atlas again and again.

    Its millions of records hold no cycles and live to the end of the run: afterwards they are set aside, so that
    the collector does not look through them either. Those of a run before come back first (a server reads often).
    """
    enabled = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


@uncollected()
def read_book(settings: Settings, clock: Clock | None = None, workers: int = 1, memory: Memory | None = None,
              early: Hook | None = None) -> Reading:
    """Read and check an atlas; ``workers`` processes share the reading. Nothing a user can write makes this raise.

    What a ``memory`` still knows is not read again. ``early`` gets the atlas before it was checked, with what was found
    so far.
    """
    started = time.perf_counter()
    listing = list_files(settings)
    contents: list[Contents] = []
    unreadable: list[str] = []
    problems = [*listing.problems, *(
        _read(listing.yaml, settings, workers, contents, unreadable) if memory is None else
        _recalled(listing.yaml, settings, memory, contents, unreadable))]
    contents.sort(key=lambda content: content.document.path)  # whoever was read first
    unreadable.sort()
    _taken_for_journeys(contents, unreadable)
    started = tell(clock, "read", started)
    from journeybook import checks
    from journeybook.model import build_atlas

    documents = {content.document.path: content.document for content in contents}

    atlas, found = build_atlas(contents, settings, unreadable, memory)
    problems = [*problems, *found] or ([] if listing.yaml else [_nothing(settings)])
    started = tell(clock, "model", started)
    reading = Reading(atlas, problems, documents, len(listing.yaml), listing.csv)
    if early:
        early(replace(reading, problems=checks.heard(problems, atlas)))
    reading.problems = checks.run(atlas, settings, documents.values(), problems)
    tell(clock, "check", started)
    return reading


def _read(paths: list[Path], settings: Settings, workers: int, contents: list[Contents],
          unreadable: list[str]) -> list[Problem]:
    """Adds what stands in the files, read by several processes. Gives what is wrong with them."""
    files = alongside(lambda position: read(paths[position], settings), len(paths), workers, len(paths) * SOON)
    from journeybook import checks, model  # noqa: F401 - for what follows, while copies read
    from journeybook.schema import validate

    problems: list[Problem] = []
    folder = settings.shown(settings.atlas)
    for position, (document, found) in files:
        problems += found
        if document is None:
            unreadable.append(settings.shown(paths[position]))
            continue
        content, found = validate(document, folder, settings.limits)
        problems += found
        contents.append(content)
    return problems


def _recalled(paths: list[Path], settings: Settings, memory: Memory, contents: list[Contents],
              unreadable: list[str]) -> list[Problem]:
    """Adds what stands in the files; those that are as they were are not read. Gives what is wrong with them."""
    from journeybook.model.memory import seen
    from journeybook.schema import validate

    problems: list[Problem] = []
    folder = settings.shown(settings.atlas)
    for path in paths:
        shown = settings.shown(path)
        stands_in = shown in settings.texts
        known = None if stands_in else memory.file(path)
        if known is not None:
            contents.append(known.content)
            problems += [*known.found, *known.faults]
            continue
        before = None if stands_in else seen(path)
        document, found = read(path, settings)
        problems += found
        if document is None:
            unreadable.append(shown)
            continue
        content, faults = validate(document, folder, settings.limits)
        problems += faults
        contents.append(content)
        memory.keep(path, before, document, found, content, faults)
    return problems


def _taken_for_journeys(contents: list[Contents], unreadable: list[str]) -> None:
    """Files that cannot be read and do not tell what they hold: shown as journeys, unless their name says other.

    Somebody who saves half a file, or saves it in another encoding, finds the reason where the map was.
    """
    from journeybook.schema import Contents, Entry
    from journeybook.schema.records import REGISTRIES
    from journeybook.schema.types import slug

    contents += (Contents(Document(path, "", {}, EMPTY, readable=False)) for path in unreadable)
    known = {content.journey.id for content in contents if content.journey}
    for content in contents:
        document = content.document
        stem = PurePosixPath(document.path).stem
        registry = stem in REGISTRIES or stem == "atlas" or any(key in REGISTRIES for key in document.top_keys)
        if document.readable or content.journey or registry:
            continue
        ident = slug(stem)
        if ident and ident not in known:
            known.add(ident)
            content.journey = Entry("journey", ident, None, document, (), True)


def _nothing(settings: Settings) -> Problem:
    return Problem("file-empty", "there are no maps in this folder", Span(settings.shown(settings.atlas)),
                   "run `journeybook new journey \"How people find us\"`, or add a YAML file with `title:`, "
                   "`owner:` and `stages:`")


def tell(clock: Clock | None, phase: str, started: float) -> float:
    """Tell how long a phase took; gives the moment at which the next one starts."""
    now = time.perf_counter()
    if clock:
        clock(phase, now - started)
    return now
