"""What a stage shows: the canvas and the section of a stage are made of these."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from journeybook.frozen import dataclass
from journeybook.views.agreement_parts import StageAgreements
from journeybook.views.parts import AssetItem, Link, MetricItem, PersonaRef, Tag, TeamRef


@dataclass(frozen=True, slots=True)
class Feeling:
    """How one persona feels at a stage. ``score`` None = not rated; ``basis`` says on what it rests."""

    persona: PersonaRef
    score: float | None
    shown: str  # "−1", "+0.5", ""
    level: int  # score folded to −2 … 2, for colour, face and class (``v-1``)
    word: str
    basis: str
    quote: Markup | None
    assumed: bool = False
    sources: str = ""  # the evidence that is named for it


@dataclass(frozen=True, slots=True)
class Quote:
    """Something a persona said; ``persona`` None when nobody in particular."""

    text: Markup
    persona: PersonaRef | None


@dataclass(frozen=True, slots=True)
class Pain:
    """``level`` 1 low, 2 medium, 3 severe; ``anchor`` is the id of its place in the stage section."""

    anchor: str
    text: Markup
    level: int
    word: str
    detail: str  # frequency · root cause · evidence, joined for reading
    personas: tuple[PersonaRef, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A touchpoint: ``icon`` of its channel, the channel's name for those who cannot see the icon."""

    icon: str
    channel: str
    name: str
    to: str
    personas: tuple[PersonaRef, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``number`` is ``4.2``; empty texts are None."""

    number: str
    title: Markup
    personas: tuple[PersonaRef, ...]
    moment_of_truth: bool
    duration: str
    doing: Markup | None
    thinking: Markup | None
    gains: tuple[Markup, ...]
    frontstage: Markup | None
    backstage: Markup | None
    systems: tuple[str, ...]
    physical_evidence: Markup | None
    image: str = ""  # a picture of the site, with the words for those who cannot see it
    image_alt: str = ""
    feels: tuple[str, ...] = ()  # "Lotte: −1 Left out", where a word was written for this step


@dataclass(frozen=True, slots=True)
class Question:
    """What customers ask at a stage, and the live assets that answer it (none: a gap)."""

    anchor: str
    ask: Markup
    asked_by: str
    heard: str  # "41 times a month", "" when not counted
    answers: tuple[Link, ...]
    planned: tuple[Link, ...]
    personas: tuple[PersonaRef, ...] = ()  # of this journey who ask it; none: everybody


@dataclass(frozen=True, slots=True)
class Way:
    """A transition out of a stage that is not the plain next step.

    ``kind`` is the transition type; ``icon`` and ``lead`` ("Back to", "Leaves for") introduce ``target``.
    """

    kind: str
    icon: str
    lead: str
    target: Link
    detail: str
    share: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: a column of the canvas and a section of the page (anchor ``stage-<id>``)."""

    id: str
    number: int
    title: str
    role: str
    duration: str
    moment_of_truth: bool
    moments_of_truth: tuple[Markup, ...]
    categories: tuple[str, ...]
    overlap: bool
    description: Markup | None
    goal: Markup | None
    owner: TeamRef | None
    owner_inherited: bool
    steps: tuple[Step, ...]
    feelings: tuple[Feeling, ...]
    everyone: Feeling | None  # where the journey names no persona
    average: float | None
    average_shown: str
    average_level: int
    lowest_level: int  # colours the phone's rail
    quotes: tuple[Quote, ...]
    chips: tuple[Chip, ...]
    assets: tuple[AssetItem, ...]
    pains: tuple[Pain, ...]
    metrics: tuple[MetricItem, ...]
    questions: tuple[Question, ...]
    ways: tuple[Way, ...]
    entry: tuple[Markup, ...]
    exit: tuple[Markup, ...]
    signals: tuple[Markup, ...]
    risks: tuple[Markup, ...]
    detail: Link | None
    edit: str  # address that opens the YAML at the host, "" when there is none
    agreements: StageAgreements
    systems: tuple[str, ...]  # of all steps, once each
    charted: Mapping[str, Link]  # metrics whose chart stands at an earlier stage of the page → that stage
    own: Mapping[str, tuple[Markup, ...]]  # lanes of the atlas's own (``x-legal``) → what is written here
    mark: Tag | None = None  # in a preview: new or changed
    changed: tuple[str, ...] = ()  # lanes in which it changed


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the "where to look" tiles: a number, its words, and a link to the evidence."""

    to: str
    big: str
    of: str  # "/12" part, "" when there is none
    label: str
    detail: str
    tone: str
    curve: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the canvas. ``key`` picks how its cells are drawn; empty lanes are named in the menu, not drawn.

    ``unseen`` lanes lie below the line of visibility: the customer does not see what happens there.
    """

    key: str
    label: str
    icon: str
    group: str
    empty: bool
    unseen: bool = False
    place: int = 0  # from 1, for the switch that works without the script
