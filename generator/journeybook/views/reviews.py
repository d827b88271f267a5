"""When records are looked over: the page of reviews, and what a team has let slip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from journeybook.formats import day
from journeybook.model import Asset, Journey, Persona, Promise, Team
from journeybook.model.reviews import due
from journeybook.model.reviews import kind as kind_of
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.filters import NOBODY, bar, filter_of
from journeybook.views.record_places import journey_uri
from journeybook.views.registers import ReviewsView
from journeybook.views.review_parts import ReviewRow
from journeybook.views.text import inline, plain
from journeybook.words import N_, _

Reviewed = Journey | Persona | Asset | Promise
KINDS = {"journey": N_("Journey"), "persona": N_("Persona"), "asset": N_("Asset"), "promise": N_("Promise")}
ALL = "data/reviews.ics"
"""The calendar of all reviews."""
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
        calendar=ALL if rows else "", calendars=tuple(_calendars(rows, context)),
        rows=rows, never=tuple(never), bar=bar(
            len(shown), filter_of("owner", _("Owner"), (
                (row.owner_id or NOBODY, row.owner.name if row.owner else _("No owner")) for row in shown)),
            filter_of("kind", _("Kind"), ((row.kind, _(KINDS[row.kind])) for row in shown), as_given=True)))


def calendar_of(team: str) -> str:
    """Where the calendar of a team's reviews is."""
    return f"data/reviews/{team}.ics"


def _calendars(rows: tuple[ReviewRow, ...], context: Context) -> Iterator[parts.Link]:
    owners = {row.owner_id: row.owner.name for row in rows if row.owner}
    for ident, name in sorted(owners.items(), key=lambda pair: pair[1].casefold()):
        yield parts.Link(name, calendar_of(ident))


def has_calendar(team: Team, context: Context) -> bool:
    """Whether a team owns anything that is looked over again."""
    return any(due(record, context.atlas) for record in _owned(team, context))


def _owned(team: Team, context: Context) -> tuple[Reviewed, ...]:
    atlas = context.atlas
    return (*atlas.journeys_of_team.get(team.id, ()), *atlas.personas_of_team.get(team.id, ()),
            *atlas.assets_of_team.get(team.id, ()), *atlas.promises_of_team.get(team.id, ()))


def overdue_of(team: Team, context: Context) -> Iterator[ReviewRow]:
    """What a team owns and has not looked over in time, the longest overdue first."""
    late = [(when, record) for record in _owned(team, context)
            if (when := due(record, context.atlas)) and when < context.settings.today]
    for when, record in sorted(late, key=lambda pair: (pair[0], pair[1].id)):
        yield _row(record, when, context)


def _row(record: Reviewed, when: date | None, context: Context) -> ReviewRow:
    reviewed = record.spec.reviewed
    return ReviewRow(
        kind_of(record), _link(record, context), context.team(record.owner),
        record.owner.id if record.owner else "", day(reviewed) if reviewed else "",
        reviewed.isoformat() if reviewed else "", day(when) if when else "", when.isoformat() if when else "",
        context.overdue(when))


def _link(record: Reviewed, context: Context) -> parts.Link:
    if isinstance(record, Persona):
        title = record.spec.name
    else:
        title = plain(inline(record.spec.statement)) if isinstance(record, Promise) else record.spec.title
    return parts.Link(title, place_of(kind_of(record), record.id))


def place_of(kind: str, ident: str) -> str:
    """Where a record that is reviewed stands."""
    if kind == "journey":
        return journey_uri(ident)
    return {"persona": f"people/personas/{ident}/", "asset": f"library/content/#asset-{ident}",
            "promise": f"promises/#promise-{ident}"}[kind]
