"""Pages that look across all journeys: promises, opportunities, questions, responsibilities, reviews, health."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from journeybook.views import parts
from journeybook.views.agreement_parts import Gap, HandoffRow, LoopRow, OpportunityRow, PromiseRow, RaciRow
from journeybook.views.pages import View


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunitiesView(View):
    """Opportunities, best first, and feedback loops, open first."""

    template: ClassVar[str] = "opportunities.html"
    opportunities: tuple[OpportunityRow, ...]
    loops: tuple[LoopRow, ...]
    pains: tuple[tuple[parts.Pain, parts.Link, tuple[parts.Link, ...]], ...]  # worst first: pain, stage, opportunities


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A question and, by persona (in the view's order), the live assets that answer it for them.

    ``to`` is where the question stands. A cell is None where the persona does not ask it, and empty where
    nothing answers: a gap.
    """

    question: parts.Question
    to: str
    stage: parts.Link
    cells: tuple[tuple[parts.Link, ...] | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentMatrixView(View):
    """Questions × personas, journey by journey, with the gaps visible."""

    template: ClassVar[str] = "content-matrix.html"
    personas: tuple[parts.PersonaRef, ...]
    groups: tuple[tuple[parts.Link, tuple[MatrixRow, ...]], ...]
    gaps: int
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RaciView(View):
    """Who does what, journey by journey."""

    template: ClassVar[str] = "raci.html"
    groups: tuple[tuple[parts.Link, tuple[RaciRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A record with its last and next review. ``late`` is "Overdue since …" or ``""``."""

    kind: str
    record: parts.Link
    owner: parts.TeamRef | None
    reviewed: str
    due: str
    late: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsView(View):
    """What is looked over when, overdue first."""

    template: ClassVar[str] = "reviews.html"
    rows: tuple[ReviewRow, ...]
    never: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView(View):
    """All open problems by owner."""

    template: ClassVar[str] = "health.html"
    tallies: tuple[parts.Fact, ...]
    groups: tuple[tuple[parts.TeamRef | None, tuple[parts.ProblemNote, ...]], ...]  # None: nobody owns it
    kinds: tuple[tuple[str, str, int], ...]  # check, what it means, how often
