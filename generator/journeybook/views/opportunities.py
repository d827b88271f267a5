"""The page of opportunities: where they hurt most and reach furthest, feedback loops, and severe pains."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.views import parts, stage_parts
from journeybook.views.agreement_parts import OpportunityRow
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context
from journeybook.views.record_places import journey_uri
from journeybook.views.registers import OpportunitiesView, ReachRow
from journeybook.views.stages import SEVERITY, StageParts
from journeybook.views.text import plain
from journeybook.words import N_, _

WIDE = 3
"""Stages from which on an opportunity counts as reaching far."""


def opportunities_view(context: Context, agreements: AgreementParts) -> OpportunitiesView:
    """Opportunities, severest and widest first; loops, open first; severe pains with what would help."""
    atlas = context.atlas
    rows = sorted((agreements.opportunity(o) for o in atlas.opportunities.values()), key=_order)
    loops = sorted((agreements.loop(loop) for loop in atlas.loops.values()),
                   key=lambda row: (row.rank, row.id))
    return OpportunitiesView(
        uri="library/opportunities/", title=_("Opportunities and feedback"), section=_("Library"),
        description=_("What could be better, what is heard, and what is done about it."), opportunities=tuple(rows),
        reach=tuple(_reach(rows)), loops=tuple(loops), pains=tuple(_severe(rows, context)),
        search=(*((row.anchor, plain(row.statement), row.status.word) for row in rows),
                *((row.anchor, plain(row.signal), row.status.word) for row in loops)))


def _order(row: OpportunityRow) -> tuple[bool, int, int, str]:
    """What is shipped last; then severity times reach; then value against effort."""
    return row.stage_of == "shipped", -row.severity * min(len(row.stages), WIDE), row.rank, row.id


def _reach(rows: list[OpportunityRow]) -> Iterator[ReachRow]:
    """Severity by reach, of what is not shipped yet; only severities that occur."""
    open_rows = [row for row in rows if row.stage_of != "shipped"]
    words = dict(SEVERITY.values()) | {0: N_("From no pain")}
    for severity in (3, 2, 1, 0):
        own = [row for row in open_rows if row.severity == severity]
        if own:
            yield ReachRow(severity, _(words[severity]), tuple(
                tuple(_link(row) for row in own
                      if max(1, min(len(row.stages), WIDE)) == reach) for reach in range(1, WIDE + 1)))


def _link(row: OpportunityRow) -> parts.Link:
    return parts.Link(plain(row.statement), f"library/opportunities/#{row.anchor}")


def _severe(rows: list[OpportunityRow],
            context: Context) -> Iterator[tuple[stage_parts.Pain, parts.Link, tuple[parts.Link, ...]]]:
    """Severe pains, where they hurt, and the opportunities that come from them."""
    helping: dict[str, list[parts.Link]] = {}
    for row in rows:
        for source in row.sources:
            helping.setdefault(source.to, []).append(_link(row))
    for journey in context.atlas.journeys.values():
        builder = StageParts(journey, context)
        for stage in journey.stages:
            for pain in builder.pains(stage):
                if pain.level == SEVERITY["severe"][0]:
                    help_ = helping.get(f"{journey_uri(journey.id)}#{pain.anchor}", ())
                    yield pain, context.stage_link(stage), tuple(help_)
