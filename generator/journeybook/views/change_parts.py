"""The records that the changes page and the history of a journey are made of."""

from __future__ import annotations

from journeybook.frozen import dataclass
from journeybook.views.parts import Tag


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change. ``tag`` None is minor; ``note`` says what follows from it.

    ``words`` and ``note`` are those of ``journeybook diff``: English in every language.
    """

    words: str
    note: str
    tag: Tag | None


@dataclass(frozen=True, slots=True)
class ChangedGroup:
    """The changes of one journey or kind of record in one revision: what weighs, then what is minor."""

    title: str
    to: str
    lines: tuple[ChangeLine, ...]
    minor: tuple[ChangeLine, ...]
    more: int  # minor ones that are not shown


@dataclass(frozen=True, slots=True)
class ChangedPreview:
    """What a preview changes since a revision."""

    base: str
    groups: tuple[ChangedGroup, ...]


@dataclass(frozen=True, slots=True)
class ChangedRevision:
    """One revision. ``began`` tells a first one in a sentence, in place of its groups."""

    anchor: str
    day: str
    date: str
    authors: str
    subject: str
    groups: tuple[ChangedGroup, ...]
    began: str = ""
