"""When records are looked over: the page of reviews, and what a team has let slip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from journeybook.formats import day
from journeybook.model import Asset, Journey, Persona, Promise, Team
from journeybook.model.reviews import due
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.filters import NOBODY, bar, filter_of
from journeybook.views.registers import ReviewsView
from journeybook.views.review_parts import ReviewRow
from journeybook.views.text import inline, plain
from journeybook.words import N_, _

Reviewed = Journey | Persona | Asset | Promise
KINDS = {"journey": N_("Journey"), "persona": N_("Persona"), "asset": N_("Asset"), "promise": N_("Promise")}
NOT_IN_USE = ("retired", "withdrawn", "idea", "planned")


def reviews_view(context: Context) -> ReviewsView:
    """What is looked over when."""
    atlas = context.atlas
    dated, never = [], []
    records: tuple[Reviewed, ...] = (
        *atlas.journeys.values(), *atlas.personas.values(), *atlas.assets.values(), *atlas.promises.values())
    for record in records:
        when = due(record, atlas)
        if when:
            dated.append((when, _row(record, when, context)))
        elif record.spec.reviewed is None and getattr(record.spec, "status", "") not in NOT_IN_USE:
            never.append(_row(record, None, context))
    rows = tuple(row for _when, row in sorted(dated, key=lambda pair: (pair[0], pair[1].record.text)))
    shown = (*rows, *never)
    return ReviewsView(
        uri="health/reviews/", title=_("Reviews"), section=_("Health"),
        description=_("When each journey, persona, asset and promise was last looked over, and when it is due."),
        rows=rows, never=tuple(never), bar=bar(
            len(shown), filter_of("owner", _("Owner"), (
                (row.owner_id or NOBODY, row.owner.name if row.owner else _("No owner")) for row in shown)),
            filter_of("kind", _("Kind"), ((row.kind, _(KINDS[row.kind])) for row in shown), as_given=True)))


def overdue_of(team: Team, context: Context) -> Iterator[ReviewRow]:
    """What a team owns and has not looked over in time, the longest overdue first."""
    atlas = context.atlas
    records: tuple[Reviewed, ...] = (
        *atlas.journeys_of_team.get(team.id, ()), *atlas.personas_of_team.get(team.id, ()),
        *atlas.assets_of_team.get(team.id, ()), *atlas.promises_of_team.get(team.id, ()))
    late = [(when, record) for record in records
            if (when := due(record, atlas)) and when < context.settings.today]
    for when, record in sorted(late, key=lambda pair: (pair[0], pair[1].id)):
        yield _row(record, when, context)


def _row(record: Reviewed, when: date | None, context: Context) -> ReviewRow:
    reviewed = record.spec.reviewed
    return ReviewRow(
        type(record).__name__.lower(), _link(record, context), context.team(record.owner),
        record.owner.id if record.owner else "", day(reviewed) if reviewed else "",
        reviewed.isoformat() if reviewed else "", day(when) if when else "", when.isoformat() if when else "",
        context.overdue(when))


def _link(record: Reviewed, context: Context) -> parts.Link:
    if isinstance(record, Journey):
        return context.journey_link(record)
    if isinstance(record, Persona):
        return parts.Link(record.spec.name, f"people/personas/{record.id}/")
    if isinstance(record, Asset):
        return parts.Link(record.spec.title, f"library/content/#asset-{record.id}")
    return parts.Link(plain(inline(record.spec.statement)), f"promises/#promise-{record.id}")
