"""What a comparison gives: plain records of what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import IntEnum

from journeybook.frozen import dataclass
from journeybook.problems import Problem, Span


class Level(IntEnum):
    """How much a change weighs for others. Comparable: ``Level.BREAKING > Level.NOTIFY``."""

    MINOR = 1
    NOTIFY = 2
    BREAKING = 3

    @property
    def word(self) -> str:
        """The word people read: ``breaking``, ``notify`` or ``minor``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    ``action`` is added, removed, renamed, moved, reordered, changed or verdict. ``kind`` and ``id`` name the record
    (``was`` its id before, where that differs), ``journey`` and ``stage`` where it belongs (ids, ``""`` where it
    belongs to none); ``title`` is what people call it. ``field`` is the path of the key that changed, ``""`` for the
    whole record; ``before`` and ``after`` are its words. ``rule`` names the one that gave the ``level``. ``words``
    say it all in one line, ``note`` what follows from it. ``used`` are the places that refer to what was taken away,
    ``teams`` the ids of those who should look.
    """

    action: str
    kind: str
    id: str
    title: str
    level: Level
    words: str
    rule: str = ""
    was: str = ""
    journey: str = ""
    stage: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    used: tuple[Span, ...] = ()
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A team that should look: its id, its name and its handles at the Git host."""

    id: str
    name: str
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one journey, or of one kind of shared record; the heaviest first.

    ``id`` is the journey's, or the registry's key (``assets``), ``journey`` tells which.
    """

    id: str
    title: str
    journey: bool
    changes: tuple[Change, ...]

    def count(self, level: Level) -> int:
        """How many weigh just so much."""
        return sum(change.level is level for change in self.changes)


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs: by group, the problems that came and went, and who should look (breaking and notify)."""

    groups: tuple[Group, ...] = ()
    new: tuple[Problem, ...] = ()
    mended: tuple[Problem, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()

    @property
    def all(self) -> Iterator[Change]:
        """Every change, group by group."""
        return (change for group in self.groups for change in group.changes)

    def count(self, level: Level) -> int:
        """How many weigh just so much."""
        return sum(group.count(level) for group in self.groups)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.groups or self.new or self.mended)


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of the maps: when, by whom (names only), in which words, and what it changed."""

    id: str
    day: date
    authors: tuple[str, ...]
    subject: str
    groups: tuple[Group, ...]
    first: bool = False  # nothing before it: everything is new


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview of the site changes since a revision, by the name people know it by."""

    base: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Revisions, the newest first. ``notice`` says in plain words what is missing and why, ``""`` if nothing is.

    ``preview`` is what the files on the disk change, where somebody asked.
    """

    revisions: tuple[Revision, ...] = ()
    notice: str = ""
    preview: Preview | None = None
