"""Pages that look across all journeys: promises, opportunities, questions, responsibilities, reviews, health."""

from __future__ import annotations

from typing import Any, ClassVar

from markupsafe import Markup

from journeybook.frozen import dataclass
from journeybook.views import parts, stage_parts
from journeybook.views.agreement_parts import Gap, HandoffRow, LoopRow, OpportunityRow, PromiseRow, RaciRow
from journeybook.views.filters import Bar
from journeybook.views.pages import View
from journeybook.views.review_parts import ReviewRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesView(View):
    """Promises, broken first, and handoffs, incomplete first."""

    template: ClassVar[str] = "promises.html"
    tallies: tuple[parts.Fact, ...]  # a verdict's word and how often
    promises: tuple[PromiseRow, ...]
    handoffs: tuple[HandoffRow, ...]
    gaps: tuple[Gap, ...]
    calendar: str  # the business hours that the verdicts use, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffSheetView(View):
    """Say this in the welcome pack: everything the customer was promised before this handoff."""

    template: ClassVar[str] = "handoff.html"
    handoff: HandoffRow
    assets: tuple[parts.AssetRow, ...]  # those that state the promises


@dataclass(frozen=True, slots=True)
class ReachRow:
    """Opportunities from pains of one severity, by how many stages they reach: one, two, three and more."""

    severity: int
    word: str
    cells: tuple[tuple[parts.Link, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunitiesView(View):
    """Opportunities, severest and widest first, and feedback loops, open first."""

    template: ClassVar[str] = "opportunities.html"
    reach: tuple[ReachRow, ...]
    opportunities: tuple[OpportunityRow, ...]
    loops: tuple[LoopRow, ...]
    pains: tuple[tuple[stage_parts.Pain, parts.Link, tuple[parts.Link, ...]], ...]  # worst first; stage, opportunities


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A question and, by persona (in the group's order), the live assets that answer it for them.

    ``to`` is where the question stands. A cell is None where the persona does not ask it, and empty where
    nothing answers it for them. It is a gap, here as everywhere, where no live asset answers it for anybody.
    ``asking`` are the ids of those who ask it.
    """

    question: stage_parts.Question
    to: str
    stage: parts.Link
    stage_id: str
    asking: tuple[str, ...]
    gap: bool
    cells: tuple[tuple[parts.Link, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """The questions of a journey, stage by stage, and the personas who ask them."""

    id: str
    journey: parts.Link
    personas: tuple[parts.PersonaRef, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentMatrixView(View):
    """Questions × stages × personas, journey by journey, with the gaps visible."""

    template: ClassVar[str] = "content-matrix.html"
    groups: tuple[MatrixGroup, ...]
    bar: Bar
    gaps: int
    questions: int


@dataclass(frozen=True, slots=True)
class TouchpointRow:
    """A touchpoint in its channel's table, with the stages that use it. Chips link to ``anchor``."""

    anchor: str
    name: str
    owner: parts.TeamRef | None
    stages: tuple[parts.Link, ...]
    about: str = ""  # who speaks, whose place it is
    url: str = ""


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel with how much uses it; ``only`` counts stages at which there is no other."""

    name: str
    icon: str
    to: str
    touchpoints: int
    stages: int
    journeys: int
    only: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsView(View):
    """All channels that are used."""

    template: ClassVar[str] = "channels.html"
    rows: tuple[ChannelRow, ...]


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """A stage that uses a channel. No ``others``: the channel is the only way."""

    stage: parts.Link
    number: int
    journey: parts.Link
    touchpoints: tuple[parts.Link, ...]
    others: tuple[parts.Link, ...]
    owner: parts.TeamRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView(View):
    """One channel: touchpoints, and the stages that use it."""

    template: ClassVar[str] = "channel.html"
    icon: str
    facts: tuple[parts.Fact, ...]
    touchpoints: tuple[TouchpointRow, ...]
    uses: tuple[ChannelUse, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the glossary: as a tag where it is one, and what it means."""

    anchor: str
    word: str
    tag: parts.Tag | None
    meaning: Markup


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Words that belong together."""

    anchor: str
    title: str
    lead: Markup | None
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView(View):
    """What the words mean, and how each number is computed."""

    template: ClassVar[str] = "glossary.html"
    groups: tuple[TermGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaciView(View):
    """Who does what, journey by journey. At ``silent`` stages nobody said more than who owns them."""

    template: ClassVar[str] = "raci.html"
    groups: tuple[tuple[parts.Link, tuple[RaciRow, ...]], ...]
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsView(View):
    """What is looked over when, overdue first."""

    template: ClassVar[str] = "reviews.html"
    calendar: str  # the calendar file of all, "" where nothing has a day
    calendars: tuple[parts.Link, ...]  # those of the teams
    rows: tuple[ReviewRow, ...]  # by the day they are due
    never: tuple[ReviewRow, ...]
    bar: Bar


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The open problems of an owner. ``key`` is the team's id, or "-" where nobody owns it."""

    key: str
    owner: parts.TeamRef | None
    problems: tuple[parts.ProblemNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView(View):
    """All open problems by owner."""

    template: ClassVar[str] = "health.html"
    tallies: tuple[parts.Fact, ...]
    groups: tuple[ProblemGroup, ...]
    bar: Bar
    kinds: tuple[tuple[str, str, int], ...]  # check, what it means, how often
    hints: tuple[parts.ProblemNote, ...] = ()  # what is only worth a look
    more_hints: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView(View):
    """Some rows of a register that is too long for one page.

    ``kind`` says how the rows are drawn and ``whole`` is the register they are from. ``pages`` are all pages of the
    same rows' owner (or kind, or category), of which this is the one at ``here``, counted from 0.
    """

    template: ClassVar[str] = "part.html"
    kind: str
    rows: tuple[Any, ...]
    whole: parts.Link
    total: int
    pages: tuple[parts.Shelf, ...]
    here: int
