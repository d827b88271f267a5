"""What a register's rows are divided by, what they weigh, which are the worst, and by what a bar finds them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from journeybook.frozen import dataclass
from journeybook.schema.types import slug
from journeybook.views import parts, registers
from journeybook.views.filters import NOBODY
from journeybook.views.home import to_mend
from journeybook.views.pages import (
    ContentView,
    EvidenceView,
    JourneysView,
    MetricsView,
    PersonaView,
    TeamView,
    View,
)
from journeybook.words import N_, _

Row = Any
"""A row of any register: what it has is known to the section that it belongs to."""
OwnerOf = Callable[[str], "parts.TeamRef | None"]
"""The place of a journey, or of one of its stages → who owns the journey."""
Key = tuple[str, str]
"""An id for the address, and words; ``NONE`` stands last."""
Entry = tuple[str, str, str, dict[str, str]]
"""Where a row leads (``""``: to itself), its title, a quiet word, and its value of each filter."""
NONE = "none"
ALL: Key = ("all", "")
UNSAID = N_("Not said")


def _one(_row: Row) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of a page that may be too long for it; ``field`` is the view's. A row weighs 1 where it has some thirty
    elements. Rows stay in their order; ``worst`` sorts those first that the page keeps, where these are not the first
    anyway.
    """

    field: str
    title: str
    weigh: float | Callable[[Row], float] = dataclasses.field(default=1.0, kw_only=True)
    worst: Callable[[Row], Any] | None = dataclasses.field(default=None, kw_only=True)

    def weight(self, row: Row) -> float:
        """What a row weighs."""
        return self.weigh(row) if callable(self.weigh) else self.weigh


@dataclass(frozen=True, slots=True)
class Section(Rows):
    """A list that is divided into pages. ``slug`` begins their addresses, ``kind`` says how rows are drawn. Pages are
    told apart ``by`` the owner or something else, which a link names in its ``query``; ``keys`` are what a bar finds
    rows by. Where rows are groups, ``count`` says how many things are in one, and ``cut`` takes as many from it as have
    room.
    """

    slug: str
    kind: str
    owner: Callable[[Row, OwnerOf], Key]
    by: str = N_("By owner")
    query: str = "owner"
    keys: Callable[[Row], Iterator[Entry]] | None = None
    count: Callable[[Row], int] = dataclasses.field(default=_one, kw_only=True)
    cut: Callable[[Row, float], tuple[Row, Row]] | None = dataclasses.field(default=None, kw_only=True)

    def pieces(self, row: Row, most: float) -> Iterator[Row]:
        """A row, or what it is cut into where it has no room on a page."""
        while self.cut and self.weight(row) > most:
            piece, row = self.cut(row, most)
            yield piece
        yield row


@dataclass(frozen=True, slots=True)
class InRegister(Rows):
    """What a record has of a register, which is named by ``title``. All of it stands there, at ``place`` (``{}`` is the
    record's id), where that register is divided or has a bar.
    """

    place: str

    def of(self, view: View) -> str:
        """The place where all rows of the record stand that this is the page of."""
        return self.place.format(view.uri.split("/")[-2])


def _team(ref: parts.TeamRef | None) -> Key:
    return (ref.to.split("/")[-2], ref.name) if ref and ref.to else (NONE, _("No owner"))


def _owner(row: Row, _owner_of: OwnerOf) -> Key:
    return _team(row.owner)


def _giver(row: Row, _owner_of: OwnerOf) -> Key:
    return _team(row.giver)


def _category(card: parts.JourneyCard, _owner_of: OwnerOf) -> Key:
    return (card.keys.categories[0], card.categories[0]) if card.keys.categories else (NONE, _("No category"))


def _all(_row: Row, _owner_of: OwnerOf) -> Key:
    return ALL


def _journey(card: parts.JourneyCard) -> Iterator[Entry]:
    keys = card.keys
    yield (card.to.removeprefix("journeys/"), card.title,
           " · ".join(filter(None, (card.status.word, card.owner.name if card.owner else "", card.overdue))),
           {"owner": keys.owner or NOBODY, "category": " ".join(keys.categories), "for": " ".join(keys.personas),
            "status": keys.status, "overdue": "1" if card.overdue else ""})


def _asset(row: parts.AssetRow) -> Iterator[Entry]:
    yield ("", row.item.title, " · ".join(filter(None, (
        row.item.type, row.status.word, row.owner.name if row.owner else "", row.overdue))),
           {"status": row.item.tone, "type": row.type_id, "owner": row.owner_id or NOBODY,
            "for": " ".join(row.persona_ids), "overdue": "1" if row.overdue else "",
            "unused": "" if row.stages else "1"})


def _to_take_along(row: parts.AssetRow) -> tuple[bool, bool, bool]:
    return not row.overdue, row.item.tone not in ("planned", "idea"), bool(row.stages)


def _cut(group: registers.ProblemGroup, room: float) -> tuple[registers.ProblemGroup, registers.ProblemGroup]:
    many = max(1, int(room / PROBLEM))
    return replace(group, problems=group.problems[:many]), replace(group, problems=group.problems[many:])


HANDOFF, PROMISE, OPPORTUNITY, METRIC, USED, REVIEW, PROBLEM = 2.5, 2.0, 1.5, 1.5, 0.8, 0.5, 0.45
ASSETS = Section("rows", N_("Inventory"), "inventory-", "assets", _owner, keys=_asset, weigh=1.3, worst=_to_take_along)
JOURNEYS = Section("cards", N_("Journeys"), "all/", "journeys", _category, N_("By category"), "category", _journey,
                   weigh=0.6, worst=to_mend)
SECTIONS: dict[type[View], tuple[Section | InRegister, ...]] = {
    registers.PromisesView: (
        Section("promises", N_("Promises"), "promises-", "promises", _owner, weigh=PROMISE),
        Section("handoffs", N_("Handoffs"), "handoffs-", "handoffs", _giver, weigh=HANDOFF),
        Section("gaps", N_("Missing handoffs"), "missing-", "gaps", _giver, weigh=0.7)),
    registers.OpportunitiesView: (
        Section("opportunities", N_("Opportunities"), "opportunities-", "opportunities", _owner, weigh=OPPORTUNITY),
        Section("loops", N_("Feedback loops"), "loops-", "loops", _owner, weigh=0.8),
        Section("pains", N_("Severe pain points"), "pains-", "pains",
                lambda row, owner_of: _team(owner_of(row[1].to)), weigh=0.5, worst=lambda row: bool(row[2]))),
    registers.ContentMatrixView: (
        Section("groups", N_("Questions"), "owner-", "matrix", lambda row, owner_of: _team(owner_of(row.journey.to)),
                count=lambda group: len(group.rows),
                weigh=lambda group: len(group.rows) * (1 + len(group.personas) / 4),
                worst=lambda group: -sum(row.gap for row in group.rows)),),
    registers.ReviewsView: (
        Section("rows", N_("Reviews"), "due-", "reviews", _owner, weigh=REVIEW),
        Section("never", N_("Never reviewed"), "never-", "reviews", _owner, weigh=REVIEW)),
    registers.HealthView: (
        Section("groups", N_("Problems"), "owner-", "problems", lambda group, _owner_of: _team(group.owner),
                count=lambda group: len(group.problems), cut=_cut,
                weigh=lambda group: len(group.problems) * PROBLEM),),
    registers.RaciView: (
        Section("groups", N_("Who does what"), "owner-", "raci", lambda row, owner_of: _team(owner_of(row[0].to)),
                count=lambda row: len(row[1]), weigh=lambda row: len(row[1]) * 0.6),),
    registers.ChannelView: (
        Section("touchpoints", N_("Touchpoints"), "touchpoints-", "touchpoints", _owner,
                weigh=lambda row: max(0.5, len(row.stages) / 8)),
        Section("uses", N_("Stages"), "stages-", "uses", _owner, weigh=USED, worst=lambda row: len(row.others))),
    ContentView: (
        ASSETS, Section("unanswered", N_("Questions without an answer"), "unanswered-", "questions",
                        lambda row, owner_of: _team(owner_of(row[1].to)), weigh=0.4)),
    EvidenceView: (
        Section("rows", N_("Evidence"), "kind-", "evidence",
                lambda row, _owner_of: (slug(row.kind), row.kind) if row.kind else (NONE, _(UNSAID)),
                N_("By kind"), "kind", weigh=lambda row: max(1.0, len(row.used) / 8)),),
    MetricsView: (Section("metrics", N_("Metrics"), "owner-", "metrics", _owner, weigh=METRIC),),
    JourneysView: (JOURNEYS,),
    PersonaView: (InRegister("assets", N_("Inventory"), "library/content/?for={}", worst=_to_take_along),),
    TeamView: (
        Section("journeys", N_("Journeys"), "journeys-", "journeys", _all, N_("Pages"), weigh=0.6, worst=to_mend),
        Section("stages", N_("Stages"), "stages-", "stages", _all, N_("Pages"), weigh=0.5),
        Section("received", N_("Promises to keep"), "received-", "promise-table", _all, N_("Pages")),
        InRegister("given", N_("Promises"), "promises/?owner={}"),
        Section("handoffs", N_("Handoffs"), "handoffs-", "handoff-table", _all, N_("Pages")),
        InRegister("loops", N_("Feedback loops"), "library/opportunities/?owner={}#loops", weigh=0.8),
        InRegister("opportunities", N_("Opportunities"), "library/opportunities/?owner={}", weigh=OPPORTUNITY),
        InRegister("metrics", N_("Metrics"), "library/metrics/?owner={}", weigh=METRIC),
        InRegister("assets", N_("Inventory"), "library/content/?owner={}", worst=_to_take_along),
        InRegister("overdue", N_("Reviews"), "health/reviews/?owner={}", weigh=REVIEW),
        InRegister("problems", N_("Problems"), "health/?owner={}", weigh=PROBLEM)),
}
