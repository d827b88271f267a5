"""Records for what teams owe each other: promises, commitments, handoffs, feedback loops, opportunities."""

from __future__ import annotations

from markupsafe import Markup

from journeybook.frozen import dataclass
from journeybook.views.parts import Link, MetricItem, Tag, TeamRef


@dataclass(frozen=True, slots=True)
class VerdictPart:
    """A verdict for some of the cases ("June to August"); ``label`` is empty where it holds for all."""

    label: str
    verdict: Tag
    because: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise with its verdict. ``rank`` 0 is the worst; ``verdict`` None means none is given (``because`` says why).

    ``bound`` is what is promised, ready to read ("setup: at most 48 hours"), ``""`` for a qualitative one.
    ``kept_by`` are the commitments it was compared with.
    """

    id: str
    anchor: str
    statement: Markup
    made_at: Link | None
    made_by: str  # where it is not the owner
    delivered_at: Link | None
    owner: TeamRef | None
    keeper: TeamRef | None  # the team of the stage that must keep it
    bound: str
    when: str
    verdict: Tag | None
    word: str  # the verdict's id, such as "at-risk"; "" where none is given
    because: str
    parts: tuple[VerdictPart, ...]
    rank: int
    kept_by: tuple[str, ...]
    assets: tuple[Link, ...]  # noted: those that are not live
    signed: str
    valid: str
    edit: str


@dataclass(frozen=True, slots=True)
class CommitmentItem:
    """What a stage's team holds itself to, and the promises that rest on it."""

    id: str
    anchor: str
    bound: str
    when: str
    exceptions: Markup | None
    owner: TeamRef | None
    metric: MetricItem | None
    promises: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HandoffRow:
    """A handoff. ``missing`` names what a complete one would also say; ``status`` sums it up.

    ``taken`` is how long it took by the event log, ``late`` the tag of one that took longer than it may.

    ``promises`` were made before it and are due at or after its target: what the taking team must know. Where
    ``sheet`` is true the page ``promises/handoffs/<id>/`` says what goes into the welcome pack.
    """

    id: str
    anchor: str
    source: Link
    target: Link
    giver: TeamRef | None
    taker: TeamRef | None
    same_person: bool
    trigger: Markup | None
    payload: tuple[Markup, ...]
    within: str
    taken: str
    late: Tag | None
    accepted_by: str
    criteria: tuple[Markup, ...]
    informed: Markup | None
    introduced: str  # "Yes", "No" or ""
    failures: tuple[Markup, ...]
    metric: MetricItem | None
    missing: tuple[str, ...]
    status: Tag
    promises: tuple[PromiseRow, ...]
    sheet: str  # target of the sheet's page, "" when there is none
    edit: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A transition across teams without a handoff."""

    source: Link
    target: Link
    giver: TeamRef | None
    taker: TeamRef | None
    note: str


@dataclass(frozen=True, slots=True)
class LoopRow:
    """Something heard that must change something. ``heard`` is "57 times a quarter", ``rank`` 0 still open."""

    id: str
    anchor: str
    signal: Markup
    source: Link
    target: Link
    owner: TeamRef | None
    heard: str
    medium: str
    action: Markup | None
    status: Tag
    closed_by: str
    cadence: str  # "looked at every 2 weeks, since 3 Oct 2026"
    edit: str
    rank: int


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """Something that could be better, with where it comes from. ``rank`` orders: high value and low effort first.

    ``severity`` is that of the worst pain behind it, 1 low … 3 severe, 0 where it comes from no pain; its reach are
    its ``stages``, in so many ``journeys``.
    """

    id: str
    anchor: str
    statement: Markup
    value: str
    effort: str
    owner: TeamRef | None
    status: Tag
    stage_of: str  # idea, planned, in-progress, shipped: class of the status pie
    sources: tuple[Link, ...]
    stages: tuple[Link, ...]
    tracker: str
    rank: int
    edit: str
    severity: int = 0
    journeys: int = 0


@dataclass(frozen=True, slots=True)
class RaciRow:
    """Who does what at a stage."""

    stage: Link
    number: int
    responsible: tuple[TeamRef, ...]
    accountable: tuple[TeamRef, ...]
    consulted: tuple[TeamRef, ...]
    informed: tuple[TeamRef, ...]


@dataclass(frozen=True, slots=True)
class StageAgreements:
    """What a stage owes and is owed: the lanes and cards of a journey page."""

    commitments: tuple[CommitmentItem, ...] = ()
    made: tuple[PromiseRow, ...] = ()  # promises made here
    due: tuple[PromiseRow, ...] = ()  # promises that this stage must keep
    handoffs_out: tuple[HandoffRow, ...] = ()
    handoffs_in: tuple[HandoffRow, ...] = ()
    gaps: tuple[Gap, ...] = ()  # ways out of here across teams without a handoff
    loops_out: tuple[LoopRow, ...] = ()  # heard here
    loops_in: tuple[LoopRow, ...] = ()  # wants this stage changed
    opportunities: tuple[OpportunityRow, ...] = ()
    raci: RaciRow | None = None
