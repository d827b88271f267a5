"""What a server keeps between two readings of the same atlas, so that an edit costs only what it can change.

Files are read again when their size or their time differ. A journey stands for what it was as long as its own file is
the same and so is all it can see of the others: the registries, and the ids of everything. Whoever has a problem is
made anew each time, because messages name places in other files.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from journeybook.model.journey_entities import Journey
from journeybook.model.origins import Origin, StageKey
from journeybook.model.references import Where
from journeybook.problems import Problem
from journeybook.schema import Contents, Entry
from journeybook.settings import Settings
from journeybook.source import Document

Seen: TypeAlias = tuple[int, int, int]
"""Size, time of the last change and number of a file."""
Named: TypeAlias = tuple[StageKey, Origin, dict[str, list[str]]]
"""A stage of a journey, where it is, and the ids of its questions and pains."""
FRESH = 100_000_000  # nanoseconds: a file changed so short ago may change again within the same tick of its clock


@dataclass(slots=True)
class ReadFile:
    """A file that was read."""

    seen: Seen
    document: Document
    found: list[Problem]
    content: Contents
    faults: list[Problem]


@dataclass(slots=True)
class Built:
    """A journey, the stages of others it relies on, and its own stages without an id."""

    entry: Entry
    journey: Journey
    relied_on: dict[StageKey, tuple[Origin, Where]]
    implicit: dict[StageKey, Origin]


@dataclass(slots=True)
class Memory:
    """``frame`` is all that journeys can see of each other; ``known`` are the records of the registries.

    ``relied_on`` are the stages that those name, and where.
    """

    files: dict[Path, ReadFile] = field(default_factory=dict)
    frame: tuple[Any, ...] = ()
    shared: list[Contents] = field(default_factory=list)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    relied_on: dict[StageKey, tuple[Origin, Where]] = field(default_factory=dict)
    journeys: dict[str, Built] = field(default_factory=dict)
    stages: dict[str, tuple[Entry, list[Named]]] = field(default_factory=dict)

    def file(self, path: Path) -> ReadFile | None:
        """A file as it was read, if it is still the same."""
        known = self.files.get(path)
        return known if known and known.seen == seen(path) else None

    def keep(self, path: Path, before: Seen | None, document: Document, found: list[Problem],
             content: Contents, faults: list[Problem]) -> None:
        """Remember a file that looked so before it was read; one that cannot be read is always read again."""
        if before and document.readable and time.time_ns() - before[1] > FRESH:
            self.files[path] = ReadFile(before, document, found, content, faults)
        else:
            self.files.pop(path, None)

    def recall(self, frame: tuple[Any, ...], shared: list[Contents]) -> bool:
        """Whether the registries are what they were, and so is all that journeys can see of each other."""
        same = len(shared) == len(self.shared) and all(
            one is other for one, other in zip(shared, self.shared, strict=True))
        return same and bool(self.known) and frame == self.frame

    def remember(self, frame: tuple[Any, ...], shared: list[Contents], known: dict[str, dict[str, Any]],
                 relied_on: dict[StageKey, tuple[Origin, Where]], problems: list[Problem]) -> None:
        """The registries as they are now; where one of them has a problem with a reference they are made anew."""
        told = any(problem.related or problem.check.startswith("reference") for problem in problems)
        self.frame, self.shared, self.problems = frame, shared, problems
        self.known = {} if told else {kind: dict(records) for kind, records in known.items()}
        self.relied_on = dict(relied_on)
        self.journeys = {}


def seen(path: Path) -> Seen | None:
    """How a file looks from outside."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def outside(settings: Settings) -> tuple[tuple[str, Seen | None], ...]:
    """How everything in the folder of the atlas looks that is no YAML: values, pictures, measured tables."""
    return tuple((str(path), seen(path)) for root in settings.roots for path in sorted(root.rglob("*"))
                 if path.suffix not in (".yml", ".yaml") and not path.is_dir())
