"""One dataclass per page kind. ``template`` is the file in theme/templates that draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar

from markupsafe import Markup

from journeybook.diagrams.atlas import AtlasGraph
from journeybook.diagrams.charts import Series
from journeybook.diagrams.emotion import EmotionPlot
from journeybook.diagrams.flow import Flow
from journeybook.diagrams.graph import Graph
from journeybook.frozen import dataclass
from journeybook.views import parts, stage_parts
from journeybook.views.agreement_parts import HandoffRow, LoopRow, OpportunityRow, PromiseRow
from journeybook.views.change_parts import ChangedRevision
from journeybook.views.filters import Bar
from journeybook.views.review_parts import ReviewRow
from journeybook.views.walked import Walked


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every page has.

    ``uri`` is the page's place in directory form (``""`` is home). ``notice`` is a quiet line at the end
    ("firms and numbers are invented"), ``write`` where the reference explains what the page is made of (``""``
    where the site has none), ``changes`` where the site tells what changed, ``glossary`` where its words are
    explained. ``source`` is the file behind the page, relative to the atlas (``""`` for pages made of many files), and
    ``edit`` the address that opens that file at the host. ``toc`` may stay empty: the renderer then takes the page's
    own headings. ``search`` lists (anchor, title, text); what stands at no anchor is found as the page itself.
    ``files`` are published beside the page: (path within the site, content). ``divided`` and ``elsewhere`` hold, by
    field, the lists that are too long for the page: a few of their rows are here.
    """

    template: ClassVar[str] = ""
    uri: str
    title: str
    description: str = ""
    section: str = ""
    site: str = ""
    notice: str = ""
    write: str = ""
    changes: str = ""
    glossary: str = ""
    source: str = ""
    edit: str = ""
    toc: tuple[tuple[str, str, int], ...] = ()  # (anchor, heading, level)
    search: tuple[tuple[str, str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    divided: Mapping[str, parts.Division] = field(default_factory=dict)
    elsewhere: Mapping[str, parts.Elsewhere] = field(default_factory=dict)

    @property
    def graphs(self) -> tuple[Graph | AtlasGraph, ...]:
        """The diagrams of the page that an engine lays out."""
        return ()


@dataclass(frozen=True, slots=True)
class CardGroup:
    """The journeys of a category: those on cards, ``total`` of all, and where the table shows them all, with how many
    are ``listed`` there.
    """

    title: str
    cards: tuple[parts.JourneyCard, ...]
    total: int
    more: str
    listed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """The portfolio. ``all_on_cards`` is False where a category has too many journeys for a card each, ``table`` where
    there are too many for one on this page.
    """

    template: ClassVar[str] = "home.html"
    lead: Markup | None = None
    cards: tuple[parts.JourneyCard, ...] = ()
    groups: tuple[CardGroup, ...] = ()  # by category, in the atlas's order
    bar: Bar
    all_on_cards: bool = True
    table: bool = True
    attention: tuple[parts.Attention, ...] = ()
    more_attention: int = 0
    preview: parts.Link | None = None  # what a preview changes
    suggest: str = ""  # where a new journey is begun at the Git host
    numbers: tuple[parts.Fact, ...] = ()  # "8 journeys", "41 stages" …
    scale: tuple[float, float] = (-2.0, 2.0)  # ends of the emotion scale, for the cards' curves


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneysView(View):
    """All journeys as a table."""

    template: ClassVar[str] = "journeys.html"
    cards: tuple[parts.JourneyCard, ...] = ()
    bar: Bar
    suggest: str = ""  # where a new journey is begun at the Git host


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyView(View):
    """One journey: facts, tiles, canvas, stage sections, registers."""

    template: ClassVar[str] = "journey.html"
    id: str
    lead: Markup | None
    facts: tuple[parts.Fact, ...]
    story: tuple[parts.Fact, ...]  # scenario, goal, trigger … shown under the head, when written
    tiles: tuple[stage_parts.Tile, ...]
    personas: tuple[parts.PersonaRef, ...]
    phases: tuple[tuple[str, int], ...]  # lifecycle categories over the stages: words, how many stages
    lanes: tuple[stage_parts.Lane, ...]
    stages: tuple[stage_parts.Stage, ...]
    plot: EmotionPlot
    flow: Flow
    graph: Graph | None  # None: a plain chain, whose flow line says everything
    promises: tuple[PromiseRow, ...]  # made or due in this journey, worst first
    handoffs: tuple[HandoffRow, ...]
    metrics: tuple[parts.MetricItem, ...]
    assets: tuple[parts.AssetRow, ...]
    decisions: tuple[tuple[str, Markup, Markup | None, str], ...]  # date, choice, why, link
    family: tuple[parts.Link, ...]  # parent, children, related, the state it redesigns
    compared: tuple[parts.Link, ...]  # comparisons with its other states
    problems: tuple[parts.ProblemNote, ...]
    provenance: str
    history: tuple[ChangedRevision, ...] = ()  # what changed, the newest first
    walked: Walked | None = None  # what people did, where that was measured

    @property
    def graphs(self) -> tuple[Graph, ...]:
        """Its stage diagram, where the flow line does not say everything."""
        return (self.graph,) if self.graph else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenJourneyView(View):
    """Stands in for a journey whose file cannot be read (``--keep-going``)."""

    template: ClassVar[str] = "broken.html"
    problems: tuple[parts.ProblemNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView(View):
    """Personas and teams."""

    template: ClassVar[str] = "people.html"
    personas: tuple[PersonaCard, ...]
    teams: tuple[TeamCard, ...]


@dataclass(frozen=True, slots=True)
class PersonaCard:
    """A persona in a list."""

    ref: parts.PersonaRef
    roles: str  # "Buyer and user"
    quote: Markup | None
    journeys: int
    share: str


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team in a list, with how much it owns."""

    ref: parts.TeamRef
    lead: str
    journeys: int
    stages: int
    assets: int
    metrics: int
    attention: int


@dataclass(frozen=True, slots=True)
class PersonaCurve:
    """A persona's feelings along one journey, for small multiples on one scale."""

    journey: parts.Link
    scores: tuple[float | None, ...]
    lowest: parts.Link | None  # text "−2 at Install"
    low: float | None


@dataclass(frozen=True, slots=True)
class LowPoint:
    """A stage at which a persona feels bad: score, its level −2 … 2, its word, and what the score rests on."""

    stage: parts.Link
    score: str
    level: int
    word: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaView(View):
    """One persona: who they are, what they need, where they hurt."""

    template: ClassVar[str] = "persona.html"
    ref: parts.PersonaRef
    roles: str  # "Buyer and user"
    lead: Markup | None
    quote: Markup | None
    facts: tuple[parts.Fact, ...]
    needs: tuple[tuple[str, tuple[Markup, ...]], ...]  # heading, entries; only the lists that are written
    curves: tuple[PersonaCurve, ...]
    scale: tuple[float, float]
    ends: tuple[str, str]  # the scale's ends as people read them
    lowest: tuple[LowPoint, ...]
    pains: tuple[tuple[stage_parts.Pain, parts.Link], ...]  # worst first, with the stage they hurt at
    more_pains: int
    basis: tuple[parts.Fact, ...]  # how well they are known
    sources: tuple[parts.Link, ...]
    assets: tuple[parts.AssetRow, ...]
    photo: str = ""
    photo_alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView(View):
    """What do I own?"""

    template: ClassVar[str] = "team.html"
    ref: parts.TeamRef
    lead: str
    facts: tuple[parts.Fact, ...]
    journeys: tuple[parts.JourneyCard, ...]
    stages: tuple[parts.OwnedStage, ...]
    assets: tuple[parts.AssetRow, ...]
    metrics: tuple[parts.MetricItem, ...]
    touchpoints: tuple[stage_parts.Chip, ...]
    given: tuple[PromiseRow, ...]  # promises it makes
    received: tuple[PromiseRow, ...]  # promises it must keep
    handoffs: tuple[HandoffRow, ...]  # that it gives or takes
    loops: tuple[LoopRow, ...]
    opportunities: tuple[OpportunityRow, ...]
    overdue: tuple[ReviewRow, ...]
    calendar: str  # the calendar file of its reviews, "" where there are none
    problems: tuple[parts.ProblemNote, ...]
    glance: tuple[parts.Fact, ...] = ()  # the sections in numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryView(View):
    """The way into content, metrics."""

    template: ClassVar[str] = "library.html"
    shelves: tuple[parts.Link, ...]  # note says how many


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentView(View):
    """The asset inventory."""

    template: ClassVar[str] = "content.html"
    rows: tuple[parts.AssetRow, ...]
    bar: Bar
    unanswered: tuple[tuple[stage_parts.Question, parts.Link], ...]
    counts: tuple[parts.Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsView(View):
    """All metrics, off target first."""

    template: ClassVar[str] = "metrics.html"
    metrics: tuple[parts.MetricItem, ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value. ``on`` is the ISO date and ``exact`` the plain number, to sort by; a gap is ``""``."""

    date: str
    on: str
    segment: str
    value: str
    exact: str
    n: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricView(View):
    """One metric with its history."""

    template: ClassVar[str] = "metric.html"
    metric: parts.MetricItem
    definition: Markup | None
    facts: tuple[parts.Fact, ...]
    series: Series | None
    rows: tuple[ValueRow, ...]  # newest first
    data: str  # where the values are as a file, "" without values
    drives: tuple[parts.Link, ...]
    driven_by: tuple[parts.Link, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What is known: its summary, how it was found, and what rests on it."""

    anchor: str
    summary: Markup
    kind: str
    date: str
    n: str
    confidence: str
    url: str
    used: tuple[parts.Link, ...]
    edit: str
    on: str = ""  # the ISO date and the plain number, to sort by
    size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView(View):
    """All evidence, the newest first."""

    template: ClassVar[str] = "evidence.html"
    rows: tuple[EvidenceRow, ...]
