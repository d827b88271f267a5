"""What the lifecycle diagram shows: journeys in columns of categories, and the links between them.

Sizes are in points, as in :mod:`journeybook.diagrams.boxes`. The same atlas is drawn twice: wide, laid out by
Graphviz (:mod:`journeybook.diagrams.atlas_dot`), and as a list with arcs beside it for narrow screens
(:mod:`journeybook.diagrams.atlas_list`), which needs no engine.
"""

from __future__ import annotations

from collections import Counter

from journeybook.diagrams.boxes import LABEL, LABEL_LINE, NOTE, NOTE_LINE, PAD, TITLE, TITLE_LINE
from journeybook.diagrams.text import fit, text_width, wrap
from journeybook.diagrams.words import KINDS, arrow_sentence
from journeybook.formats import number
from journeybook.frozen import dataclass
from journeybook.words import _

WIDTH = 158.0  # of a box
LABEL_WIDTH = 96.0


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of the diagram with its head."""

    title: str
    note: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A box in column ``column`` (from 0). ``part_of`` is the key of the box it stands below.

    ``kind``: journey, category, near (only there because something leads to it) or gap (what should be there).
    ``hinge`` marks one that ends where others begin. A journey that is shown again in another column has a key
    with ``+`` and more behind its own.
    """

    key: str
    title: str
    to: str
    column: int
    notes: tuple[str, ...] = ()
    kind: str = "journey"
    hinge: bool = False
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """An arrow between two keys: ``count`` links, most of them of ``kind``."""

    source: str
    target: str
    kind: str = "next"
    count: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """A journey over the whole: a bar above the columns ``first`` to ``last``."""

    title: str
    to: str
    first: int
    last: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class AtlasGraph:
    """``name`` is read to those who cannot see the picture. ``purchase``: (column it stands before, its name)."""

    name: str
    columns: tuple[Column, ...]
    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    banners: tuple[Banner, ...] = ()
    purchase: tuple[int, str] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """How many boxes and lines it has."""
        return len(self.members) + len(self.banners), len(self.drawn())

    def drawn(self) -> tuple[Tie, ...]:
        """The arrows between two different boxes that exist."""
        known = {member.key for member in self.members}
        return tuple(tie for tie in self.ties if tie.source != tie.target and {tie.source, tie.target} <= known)

    def kinds(self) -> tuple[str, ...]:
        """The looks of arrows in it, for the key under the picture; those that lead on come first."""
        found = {LOOKS_LIKE.get(tie.kind, tie.kind) for tie in self.drawn()}
        return tuple(kind for kind in KINDS_IN_ORDER if kind in found)

    @property
    def head(self) -> float:
        """The height of the heads of its columns."""
        return 46.0 if any(column.note for column in self.columns) else 28.0 if any(
            column.title for column in self.columns) else 0.0

    def at(self, member: Member) -> int:
        """The column of a member, kept within those there are."""
        return max(0, min(member.column, len(self.columns) - 1))


KINDS_IN_ORDER = ("next", "loop", "reentry", "exit", "win-back")
LOOKS_LIKE = {"branch": "next", "skip": "next", "back": "loop"}


@dataclass(frozen=True, slots=True)
class Size:
    """The lines of a box and its height."""

    title: tuple[str, ...]
    notes: tuple[str, ...]
    height: float


def sizes(graph: AtlasGraph, width: float = WIDTH) -> tuple[Size, ...]:
    """One for each member, in order, for boxes of that width."""
    return tuple(_size(member, width - 2 * PAD) for member in graph.members)


def _size(member: Member, room: float) -> Size:
    room -= (6 if member.kind == "journey" else 0) + (10 if member.hinge else 0)
    title = wrap(member.title or _("untitled"), room, TITLE, lines=3, bold=True)
    notes = tuple(fit(note, room, NOTE) for note in member.notes[:3])
    return Size(title, notes, len(title) * TITLE_LINE + len(notes) * NOTE_LINE + 1.6 * PAD)


def tie_lines(tie: Tie) -> tuple[str, ...]:
    """The label of an arrow in three lines at most, one for each kind where it names several."""
    return tuple(fit(line, LABEL_WIDTH, LABEL) for line in tie.label.split("\n")[:3] if line)


def tie_size(lines: tuple[str, ...]) -> tuple[float, float]:
    """Width and height to keep free for a label."""
    return max(text_width(line, LABEL) for line in lines) + 10, len(lines) * LABEL_LINE + 4


def weight(tie: Tie) -> str:
    """The class that makes a line as strong as the links it stands for: w1 … w4, in powers of three."""
    return f"w{1 + sum(tie.count >= least for least in (3, 9, 27))}"


def line_class(kind: str) -> str:
    """The class that gives an arrow the look of its kind."""
    return f"ed k-{kind if kind in KINDS else 'next'}"


def atlas_label(graph: AtlasGraph) -> str:
    """What is read in place of the picture: how much there is in it, by column."""
    there = Counter(graph.at(member) for member in graph.members if member.kind != "gap")
    columns = ", ".join(f"{column.title}: {there[at]}" for at, column in enumerate(graph.columns) if column.title)
    links = sum(tie.count for tie in graph.drawn())
    told = _("Links: %(number)s.", number=number(links))
    return " ".join(filter(None, (f"{graph.name}.", f"{columns}." if columns else "", told)))


def atlas_words(graph: AtlasGraph) -> tuple[str, ...]:
    """The same in sentences, one for each arrow and each hole."""
    titles = {member.key: member.title for member in graph.members}
    found = [arrow_sentence(titles[tie.source], titles[tie.target], tie.kind, tie.label.replace("\n", " · "))
             for tie in graph.drawn()]
    found += [f"{graph.columns[graph.at(member)].title}: {member.title}." for member in graph.members
              if member.kind == "gap"]
    if graph.purchase:
        at, name = graph.purchase
        first = next((member.title for member in graph.members if graph.at(member) == at), "")
        found.append(_("%(purchase)s stands before %(category)s.", purchase=name,
                       category=graph.columns[at].title or first))
    return tuple(found)
