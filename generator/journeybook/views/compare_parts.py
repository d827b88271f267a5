"""Records of a comparison, and the pages that show one."""

from __future__ import annotations

from typing import ClassVar

from journeybook.diagrams.emotion import EmotionPlot
from journeybook.frozen import dataclass
from journeybook.views import parts, stage_parts
from journeybook.views.pages import View


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. ``name`` is short ("Current state"); ``person`` lives the journey (or ``""``)."""

    badge: parts.PersonaRef  # A in a circle with a whole line, B in a square with a dashed one
    name: str
    title: str
    to: str
    state: str
    status: parts.Tag
    owner: parts.Link | None
    person: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of one side, with how it differs (None: how is plain to see)."""

    text: str
    note: str
    tag: parts.Tag | None


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One kind of information where the sides differ; ``same`` entries stand on both and are not shown."""

    label: str
    same: int
    a: tuple[Mark, ...]
    b: tuple[Mark, ...]
    tag: parts.Tag | None = None
    sub: str = ""  # what the label is of, where it is a persona


@dataclass(frozen=True, slots=True)
class DiffStage:
    """Stages that stand for the same, or one that only one side has. ``a`` and ``b`` lead to it, None: not there."""

    title: str
    a: parts.Link | None
    b: parts.Link | None
    tag: parts.Tag | None  # "Only in …", "Moved"
    shown: tuple[str, str]  # scores ready to read, "" = not rated
    word: tuple[str, str]
    change: parts.Tag | None  # None where one is not rated, or nothing changed
    feelings: tuple[stage_parts.Feeling, ...]  # the rated ones, for the dots
    rows: tuple[DiffRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two journeys, or two personas, side by side. ``numbers`` are "5 → 4"; the plot's personas are the two lines."""

    a: Side
    b: Side
    numbers: tuple[parts.Fact, ...]
    plot: EmotionPlot
    whole: tuple[DiffRow, ...]
    stages: tuple[DiffStage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareView(View):
    """A future state beside the current state it redesigns. ``free`` holds the ids for a free comparison."""

    template: ClassVar[str] = "compare.html"
    comparison: Comparison
    free: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseView(View):
    """Where any two journeys or personas are chosen.

    ``options`` are journeys (id, title, place of their data). ``words`` is JSON: everything the script says;
    ``tags`` are its tags by key. ``script`` is the place of the script, which no other page needs.
    """

    template: ClassVar[str] = "choose.html"
    options: tuple[tuple[str, str, str], ...]
    pairs: tuple[tuple[parts.Link, str], ...]  # (comparison, lead)
    tags: tuple[tuple[str, parts.Tag], ...]
    words: str
    script: str
