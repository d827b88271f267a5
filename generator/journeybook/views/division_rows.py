"""What a register's rows are divided by, what they weigh, which are the worst, and by what a bar finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Section:
    """A register of a page. ``field`` is the view's, ``slug`` begins the addresses of its pages, ``kind`` says how
    rows are drawn. A row weighs 1 where it has some thirty elements. Rows stay in their order; ``worst`` sorts those
    first that the register's own page keeps, where these are not the first anyway. ``elsewhere`` is the place where
    all rows of a record stand together anyway (``{}`` is its id): they get no pages of their own.
    """

    field: str
    slug: str
    title: str
    kind: str
    owner: Callable[[Row, OwnerOf], Key]
    weigh: float | Callable[[Row], float] = 1.0
    by: str = N_("By owner")
    query: str = "owner"
    worst: Callable[[Row], Any] | None = None
    keys: Callable[[Row], Iterator[Entry]] | None = None
    elsewhere: str = ""

    def weight(self, row: Row) -> float:
        """What a row weighs."""
        return self.weigh(row) if callable(self.weigh) else self.weigh


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


def _in_register(field: str, title: str, elsewhere: str, weight: float = 1.0,
                 worst: Callable[[Row], Any] | None = None) -> Section:
    """What a record has much of, all of which stands in a register: ``title`` is the register's."""
    return Section(field, "", title, "", _all, weight, worst=worst, elsewhere=elsewhere)


ASSETS = Section("rows", "inventory-", N_("Inventory"), "assets", _owner, 1.3, worst=_to_take_along, keys=_asset)
JOURNEYS = Section("cards", "all/", N_("Journeys"), "journeys", _category, 0.6, by=N_("By category"),
                   query="category", worst=to_mend, keys=_journey)
HANDOFF, PROMISE, OPPORTUNITY, METRIC, USED, REVIEW = 2.5, 2.0, 1.5, 1.5, 0.8, 0.5
SECTIONS: dict[type[View], tuple[Section, ...]] = {
    registers.PromisesView: (
        Section("promises", "promises-", N_("Promises"), "promises", _owner, PROMISE),
        Section("handoffs", "handoffs-", N_("Handoffs"), "handoffs", _giver, HANDOFF),
        Section("gaps", "missing-", N_("Missing handoffs"), "gaps", _giver, 0.7)),
    registers.OpportunitiesView: (
        Section("opportunities", "opportunities-", N_("Opportunities"), "opportunities", _owner, OPPORTUNITY),
        Section("loops", "loops-", N_("Feedback loops"), "loops", _owner, 0.8),
        Section("pains", "pains-", N_("Severe pain points"), "pains",
                lambda row, owner_of: _team(owner_of(row[1].to)), 0.5, worst=lambda row: bool(row[2]))),
    registers.ContentMatrixView: (
        Section("groups", "owner-", N_("Questions"), "matrix", lambda row, owner_of: _team(owner_of(row.journey.to)),
                lambda group: len(group.rows) * (1 + len(group.personas) / 4),
                worst=lambda group: -sum(row.gap for row in group.rows)),),
    registers.ReviewsView: (
        Section("rows", "due-", N_("Reviews"), "reviews", _owner, REVIEW),
        Section("never", "never-", N_("Never reviewed"), "reviews", _owner, REVIEW)),
    registers.HealthView: (
        Section("groups", "owner-", N_("Problems"), "problems", lambda group, _owner_of: _team(group.owner),
                lambda group: len(group.problems) * 0.45),),
    registers.RaciView: (
        Section("groups", "owner-", N_("Who does what"), "raci", lambda row, owner_of: _team(owner_of(row[0].to)),
                lambda row: len(row[1]) * 0.6),),
    registers.ChannelView: (
        Section("touchpoints", "touchpoints-", N_("Touchpoints"), "touchpoints", _owner,
                lambda row: max(0.5, len(row.stages) / 8)),
        Section("uses", "stages-", N_("Stages"), "uses", _owner, USED, worst=lambda row: len(row.others))),
    ContentView: (
        ASSETS, Section("unanswered", "unanswered-", N_("Questions without an answer"), "questions",
                        lambda row, owner_of: _team(owner_of(row[1].to)), 0.4)),
    EvidenceView: (
        Section("rows", "kind-", N_("Evidence"), "evidence",
                lambda row, _owner_of: (slug(row.kind), row.kind) if row.kind else (NONE, _(UNSAID)),
                lambda row: max(1.0, len(row.used) / 8), by=N_("By kind"), query="kind"),),
    MetricsView: (Section("metrics", "owner-", N_("Metrics"), "metrics", _owner, METRIC),),
    JourneysView: (JOURNEYS,),
    PersonaView: (_in_register("assets", N_("Inventory"), "library/content/?for={}", worst=_to_take_along),),
    TeamView: (
        Section("journeys", "journeys-", N_("Journeys"), "journeys", _all, 0.6, by=N_("Pages"), worst=to_mend),
        Section("stages", "stages-", N_("Stages"), "stages", _all, 0.5, by=N_("Pages")),
        Section("received", "received-", N_("Promises to keep"), "promise-table", _all, 1.0, by=N_("Pages")),
        _in_register("given", N_("Promises"), "promises/?owner={}"),
        Section("handoffs", "handoffs-", N_("Handoffs"), "handoff-table", _all, 1.0, by=N_("Pages")),
        _in_register("loops", N_("Feedback loops"), "library/opportunities/?owner={}#loops", 0.8),
        _in_register("opportunities", N_("Opportunities"), "library/opportunities/?owner={}", OPPORTUNITY),
        _in_register("metrics", N_("Metrics"), "library/metrics/?owner={}", METRIC),
        _in_register("assets", N_("Inventory"), "library/content/?owner={}", worst=_to_take_along),
        _in_register("overdue", N_("Reviews"), "health/reviews/?owner={}", REVIEW),
        _in_register("problems", N_("Problems"), "health/?owner={}", 0.45)),
}
