"""What a template may see: one documented dataclass per page kind, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sized
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from journeybook.changes.entities import History
from journeybook.frozen import dataclass
from journeybook.model import Atlas, Journey
from journeybook.problems import Problem
from journeybook.settings import Settings
from journeybook.theme import Extent
from journeybook.views.agreements import AgreementParts
from journeybook.views.change_parts import ChangedRevision
from journeybook.views.changes import URI as CHANGES
from journeybook.views.changes import changes_view, journey_history
from journeybook.views.channels import channel_view, channels_view, used_channels
from journeybook.views.compare import choose_view, compare_view, pairs
from journeybook.views.content import content_matrix_view, content_view
from journeybook.views.context import Context
from journeybook.views.data_schema import schema_files
from journeybook.views.division import Divider
from journeybook.views.evidence import evidence_view
from journeybook.views.fingerprints import Fingerprints
from journeybook.views.glossary import GLOSSARY, glossary_view
from journeybook.views.health import health_view
from journeybook.views.home import home_view, journeys_view
from journeybook.views.journey import broken_view, journey_view
from journeybook.views.lanes import LANES, MOST_COLUMNS
from journeybook.views.library import library_view
from journeybook.views.lifecycle import lifecycle_homes, lifecycle_view
from journeybook.views.lifecycle_category import category_view
from journeybook.views.links import Links
from journeybook.views.measured import measured_view
from journeybook.views.metrics import data_uri, metric_data, metric_view, metrics_view
from journeybook.views.opportunities import opportunities_view
from journeybook.views.pages import View
from journeybook.views.people import people_view, persona_view
from journeybook.views.promise_pages import handoff_sheet_view, promises_view
from journeybook.views.reads import Noting, Reads, Table
from journeybook.views.reference import reference_makers, writing_to
from journeybook.views.reviews import reviews_view
from journeybook.views.teams import raci_view, team_view
from journeybook.words import _

__all__ = ["Fingerprints", "Maker", "Makers", "Reads", "View", "data_files", "extent", "makers"]

SHARED = (Context, AgreementParts, Links, Noting, Table)
"""What pages are made with: they note themselves what is read."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes one page's view when it is called.

    ``name`` is the same in every build; what the page is made from beside what it reads is ``given``.
    """

    name: str
    make: Callable[[], View]
    given: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Makers:
    """One maker a page, in the order of the site, and the notes of what they read.

    ``moved``: places of rows on registers → where they stand, where these are divided.
    """

    pages: list[Maker]
    reads: Reads
    moved: Mapping[str, str]


def makers(atlas: Atlas, problems: list[Problem], settings: Settings, replaced: frozenset[str] = frozenset(),
           history: History | None = None, only: Collection[str] = (), *, whole: bool = False,
           fingerprints: Fingerprints | None = None) -> Makers:
    """What makes the pages, in the order of the site: to be called in any order, and in copies of this process.

    They share what many pages show. Journeys whose id is in ``replaced`` show their problems in place of their map.
    Without a ``history`` there is no changes page. With ``only``, ids of journeys, there are their pages and no others,
    as they are on a ``whole`` site or by themselves. ``fingerprints`` are those of a build before.
    """
    context = Context(atlas, problems, settings, replaced, history.preview if history else None, fingerprints)
    agreements = AgreementParts(context)
    divider = _divider(context)
    made = (_journeys(context, agreements, history, replaced, only) if only else
            _pages(context, agreements, divider, replaced, history))
    changes = CHANGES if history is not None and (whole or not only) else ""
    pages = [_maker(make, atlas, settings, changes) for make in made]
    return Makers(pages, context.reads, divider.moved)


def _maker(make: partial[Any], atlas: Atlas, settings: Settings, changes: str) -> Maker:
    given = tuple(value for value in make.args if not isinstance(value, SHARED))
    name = " ".join([make.func.__name__, *filter(None, map(_name, given))])
    return Maker(name, partial(_framed, make, atlas, settings, changes), given)


def _name(given: object) -> str:
    if isinstance(given, str):
        return given
    return next((str(getattr(given, name)) for name in ("id", "uri", "__name__") if hasattr(given, name)), "")


def _pages(context: Context, agreements: AgreementParts, divider: Divider, replaced: frozenset[str],
           history: History | None) -> Iterator[partial[Any]]:
    links, atlas = Links(context), context.atlas
    divided = divider.pages
    homes = lifecycle_homes(context, links)
    categories = tuple(home.link for home in homes)
    # Registers before the pages of teams, which lead to what stands there.
    promises = divided(partial(promises_view, context, agreements))
    library = [divided(partial(view, context)) for view in (content_view, content_matrix_view, metrics_view)]
    opportunities = divided(partial(opportunities_view, context, agreements))
    health = [divided(partial(view, context)) for view in (health_view, reviews_view)]
    yield from (partial(home_view, context, agreements), partial(lifecycle_view, context, links, homes))
    yield from (partial(category_view, context, links, categories, home, uri) for home in homes for uri in home.uris)
    yield from divided(partial(journeys_view, context))
    yield from _journeys(context, agreements, history, replaced)
    yield from (partial(broken_view, ident, document.path, context) for ident, document in atlas.broken.items())
    yield from (partial(measured_view, atlas.journeys[ident], measured, context)
                for ident, measured in sorted(atlas.measured.items()) if ident not in replaced)
    yield from (partial(compare_view, journey, context, agreements) for journey in pairs(context))
    yield partial(choose_view, context)
    yield from promises
    yield from (partial(handoff_sheet_view, handoff, context, agreements) for handoff in atlas.handoffs.values()
                if agreements.has_sheet(handoff))
    yield partial(people_view, context)
    yield from (partial(persona_view, persona, context) for persona in atlas.personas.values())
    for team in atlas.teams.values():
        yield from divided(partial(team_view, team, context, agreements))
    yield from divided(partial(raci_view, context, agreements))
    yield partial(library_view, context)
    yield from chain(*library)
    yield from (partial(metric_view, metric, context) for metric in atlas.metrics.values())
    yield from divided(partial(evidence_view, context))
    yield partial(channels_view, context)
    for channel in used_channels(context):
        yield from divided(partial(channel_view, channel, context))
    yield from chain(opportunities, *health)
    yield partial(glossary_view, context)
    if history is not None:
        yield partial(changes_view, history, atlas)
    if context.settings.reference:
        yield from (make if isinstance(make, partial) else partial(make) for make in reference_makers())


def _divider(context: Context) -> Divider:
    """A register has at most a few rows for each record: in small atlases none is long, and nobody has to look."""
    atlas, most = context.atlas, context.settings.register_rows
    pools: tuple[Sized, ...] = (atlas.stages, atlas.assets, atlas.metrics, atlas.promises, atlas.handoffs, atlas.loops,
                                atlas.opportunities, atlas.evidence, atlas.touchpoints, context.problems)
    return Divider(most, lambda place: context.team(atlas.journeys[place.split("/")[1]].owner),
                   long=max(map(len, pools)) > most / 3)


def _journeys(context: Context, agreements: AgreementParts, history: History | None, replaced: frozenset[str],
              only: Collection[str] = ()) -> Iterator[partial[Any]]:
    """The journeys that could be read."""
    atlas = context.atlas
    histories = context.reads.table("histories", lambda: _histories(history, atlas))
    for journey in atlas.journeys.values():
        if only and journey.id not in only:
            continue
        if journey.id in replaced:
            path = journey.origin.document.path
            yield partial(broken_view, journey.id, path, context, journey.spec.title)
        else:
            yield partial(_with_history, journey, context, agreements, histories)


def _with_history(journey: Journey, context: Context, agreements: AgreementParts,
                  histories: Mapping[str, tuple[ChangedRevision, ...]]) -> View:
    """A journey with what changed in it."""
    view = journey_view(journey, context, agreements)
    past = histories.get(journey.id, ())
    return replace(view, history=past, toc=(*view.toc, ("history", _("History"), 2))) if past else view


def _histories(history: History | None, atlas: Atlas) -> dict[str, tuple[ChangedRevision, ...]]:
    """Journey → what changed in it, where anything did."""
    if history is None:
        return {}
    told = {group.id for revision in history.revisions for group in revision.groups if group.journey}
    return {ident: journey_history(ident, history, atlas) for ident in sorted(told & set(atlas.journeys))}


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
