"""What a template may see: one documented dataclass per page kind, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Sized
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from journeybook.changes.entities import History
from journeybook.model import Atlas
from journeybook.problems import Problem
from journeybook.settings import Settings
from journeybook.theme import Extent
from journeybook.views.agreements import AgreementParts
from journeybook.views.changes import URI as CHANGES
from journeybook.views.changes import changes_view, journey_history
from journeybook.views.channels import channel_view, channels_view, used_channels
from journeybook.views.compare import choose_view, compare_view, pairs
from journeybook.views.content import content_matrix_view, content_view
from journeybook.views.context import Context
from journeybook.views.data_schema import schema_files
from journeybook.views.division import Divider
from journeybook.views.evidence import evidence_view
from journeybook.views.glossary import GLOSSARY, glossary_view
from journeybook.views.health import health_view
from journeybook.views.home import home_view, journeys_view
from journeybook.views.journey import LANES, MOST_COLUMNS, broken_view, journey_view
from journeybook.views.library import library_view
from journeybook.views.lifecycle import lifecycle_homes, lifecycle_view
from journeybook.views.lifecycle_category import category_view
from journeybook.views.links import Links
from journeybook.views.metrics import data_uri, metric_data, metric_view, metrics_view
from journeybook.views.opportunities import opportunities_view
from journeybook.views.pages import JourneyView, View
from journeybook.views.people import people_view, persona_view
from journeybook.views.promise_pages import handoff_sheet_view, promises_view
from journeybook.views.reference import reference_makers, writing_to
from journeybook.views.reviews import reviews_view
from journeybook.views.teams import raci_view, team_view
from journeybook.words import _

__all__ = ["View", "data_files", "extent", "makers"]


class Makers(NamedTuple):
    """One function a page, and ``moved``: places of rows on registers → where they stand, where these are divided."""

    pages: Sequence[Callable[[], View]]
    moved: Mapping[str, str]


def makers(atlas: Atlas, problems: list[Problem], settings: Settings,
           replaced: frozenset[str] = frozenset(), history: History | None = None,
           only: Collection[str] = ()) -> Makers:
    """One function a page, in the order of the site: each makes its view when it is called.

    They share what many pages show, and may be called in any order and in copies of this process. Journeys whose
    id is in ``replaced`` show their problems in place of their map. Without a ``history`` there is no changes page.
    With ``only``, ids of journeys, there are their pages and no others.
    """
    context = Context(atlas, problems, settings, replaced, history.preview if history else None)
    agreements = AgreementParts(context)
    if only:
        journeys = _journeys(context, agreements, history, replaced, only)
        return Makers([partial(_framed, make, atlas, settings, "") for make in journeys], {})
    links = Links(atlas)
    divider = _divider(context)
    divided = divider.pages
    homes = lifecycle_homes(context, links)
    found: list[Callable[[], View]] = [
        partial(home_view, context, agreements), partial(lifecycle_view, context, links, homes),
        *(partial(category_view, context, links, homes, home, uri) for home in homes for uri in home.uris),
        *divided(partial(journeys_view, context))]
    found += _journeys(context, agreements, history, replaced)
    found += (partial(broken_view, ident, document.path, context) for ident, document in atlas.broken.items())
    found += (partial(compare_view, journey, context, agreements) for journey in pairs(context))
    found.append(partial(choose_view, context))
    found += divided(partial(promises_view, context, agreements))
    found += (partial(handoff_sheet_view, handoff, context, agreements) for handoff in atlas.handoffs.values()
              if agreements.has_sheet(handoff))
    found.append(partial(people_view, context))
    for persona in atlas.personas.values():
        found += divided(partial(persona_view, persona, context))
    for team in atlas.teams.values():
        found += divided(partial(team_view, team, context, agreements))
    found += (*divided(partial(raci_view, context, agreements)), partial(library_view, context))
    found += (*divided(partial(content_view, context)), *divided(partial(content_matrix_view, context)),
              *divided(partial(metrics_view, context)))
    found += (partial(metric_view, metric, context) for metric in atlas.metrics.values())
    found += divided(partial(evidence_view, context))
    found.append(partial(channels_view, context))
    for channel in used_channels(context):
        found += divided(partial(channel_view, channel, context))
    found += (*divided(partial(opportunities_view, context, agreements)), *divided(partial(health_view, context)),
              *divided(partial(reviews_view, context)), partial(glossary_view, context))
    if history is not None:
        found.append(partial(changes_view, history, atlas))
    if settings.reference:
        found += reference_makers()
    framed = [partial(_framed, make, atlas, settings, CHANGES if history is not None else "") for make in found]
    return Makers(framed, divider.moved)


def _divider(context: Context) -> Divider:
    """A register has at most a few rows for each record: in small atlases none is long, and nobody has to look."""
    atlas, most = context.atlas, context.settings.register_rows
    pools: tuple[Sized, ...] = (atlas.stages, atlas.assets, atlas.metrics, atlas.promises, atlas.handoffs, atlas.loops,
                                atlas.opportunities, atlas.evidence, atlas.touchpoints, context.problems)
    return Divider(most, lambda place: context.team(atlas.journeys[place.split("/")[1]].owner),
                   long=max(map(len, pools)) > most / 3)


def _journeys(context: Context, agreements: AgreementParts, history: History | None, replaced: frozenset[str],
              only: Collection[str] = ()) -> Iterator[Callable[[], View]]:
    """The journeys that could be read."""
    for journey in context.atlas.journeys.values():
        if only and journey.id not in only:
            continue
        if journey.id in replaced:
            path = journey.origin.document.path
            yield partial(broken_view, journey.id, path, context, journey.spec.title)
        else:
            yield partial(_with_history, partial(journey_view, journey, context, agreements), journey.id, history,
                          context.atlas)


def _with_history(make: Callable[[], JourneyView], ident: str, history: History | None, atlas: Atlas) -> View:
    """A journey with what changed in it."""
    view = make()
    past = journey_history(ident, history, atlas) if history else ()
    return replace(view, history=past, toc=(*view.toc, ("history", _("History"), 2))) if past else view


def extent(atlas: Atlas) -> Extent:
    """What the stylesheet has to know rules for."""
    journeys = atlas.journeys.values()
    return Extent(min(MOST_COLUMNS, max((len(journey.stages) for journey in journeys), default=1)),
                  max((len(journey.personas) for journey in journeys), default=0), len(LANES) + len(atlas.spec.lanes))


def data_files(atlas: Atlas) -> dict[str, str]:
    """Files beside the pages, which pages link to: their place in the site → what they hold."""
    return {**{data_uri(metric): metric_data(metric) for metric in atlas.metrics.values() if metric.values},
            **schema_files()}


def _framed(make: Callable[[], View], atlas: Atlas, settings: Settings, changes: str) -> View:
    """What every page has."""
    view = make()
    write = writing_to(view) if settings.reference else ""
    glossary = "" if view.uri == GLOSSARY else GLOSSARY
    return replace(view, site=atlas.title, notice=atlas.spec.notice or "", write=write, changes=changes,
                   glossary=glossary)
