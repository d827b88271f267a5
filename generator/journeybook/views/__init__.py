"""What a template may see: one documented dataclass per page kind, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from journeybook.model import Atlas
from journeybook.problems import Problem
from journeybook.settings import Settings
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context
from journeybook.views.home import home_view, journeys_view
from journeybook.views.journey import broken_view, journey_view
from journeybook.views.library import channels_view, content_view, library_view, metric_view, metrics_view
from journeybook.views.pages import View
from journeybook.views.people import people_view, persona_view, team_view
from journeybook.views.reference import reference_views, writing_to
from journeybook.views.register_pages import (
    content_matrix_view,
    handoff_sheet_view,
    health_view,
    lifecycle_view,
    opportunities_view,
    promises_view,
    raci_view,
    reviews_view,
)

__all__ = ["View", "pages"]


def pages(atlas: Atlas, problems: list[Problem], settings: Settings,
          replaced: frozenset[str] = frozenset()) -> Iterator[View]:
    """Every page of the site. Journeys whose id is in ``replaced`` show their problems in place of their map."""
    notice = atlas.spec.notice or ""
    for view in _pages(atlas, problems, settings, replaced):
        write = writing_to(view) if settings.reference else ""
        yield replace(view, site=atlas.title, notice=notice, write=write)


def _pages(atlas: Atlas, problems: list[Problem], settings: Settings, replaced: frozenset[str]) -> Iterator[View]:
    context = Context(atlas, problems, settings)
    agreements = AgreementParts(context)
    yield home_view(context, agreements)
    yield lifecycle_view(context)
    yield journeys_view(context)
    for journey in atlas.journeys.values():
        if journey.id in replaced:
            yield broken_view(journey.id, journey.origin.document.path, context, journey.spec.title)
        else:
            yield journey_view(journey, context, agreements)
    for ident, document in atlas.broken.items():
        yield broken_view(ident, document.path, context)
    yield promises_view(context, agreements)
    for handoff in atlas.handoffs.values():
        sheet = handoff_sheet_view(handoff, context, agreements)
        if sheet:
            yield sheet
    yield people_view(context)
    yield from (persona_view(persona, context) for persona in atlas.personas.values())
    yield from (team_view(team, context, agreements) for team in atlas.teams.values())
    yield raci_view(context, agreements)
    yield library_view(context)
    yield content_view(context)
    yield content_matrix_view(context)
    yield metrics_view(context)
    yield from (metric_view(metric, context) for metric in atlas.metrics.values())
    yield channels_view(context)
    yield opportunities_view(context, agreements)
    yield health_view(context)
    yield reviews_view(context)
    if settings.reference:
        yield from reference_views()
