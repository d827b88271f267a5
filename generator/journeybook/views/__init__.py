"""What a template may see: one documented dataclass per page kind, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from journeybook.changes.entities import History
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
from journeybook.views.evidence import evidence_view
from journeybook.views.fingerprints import Fingerprints
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
    """One maker a page, in the order of the site, and the notes of what they read."""

    pages: list[Maker]
    reads: Reads


def makers(atlas: Atlas, problems: list[Problem], settings: Settings, replaced: frozenset[str] = frozenset(),
           history: History | None = None, fingerprints: Fingerprints | None = None) -> Makers:
    """What makes the pages: in any order, and in copies of this process.

    They share what many pages show. Journeys whose id is in ``replaced`` show their problems in place of their map.
    Without a ``history`` there is no changes page. ``fingerprints`` are those of a build before.
    """
    context = Context(atlas, problems, settings, replaced, history.preview if history else None, fingerprints)
    pages = list(_pages(context, settings, replaced, history))
    changes = CHANGES if history is not None else ""
    found = []
    for make in pages:
        given = tuple(value for value in make.args if not isinstance(value, SHARED))
        name = " ".join([make.func.__name__, *(_name(value) for value in given if _name(value))])
        found.append(Maker(name, partial(_framed, make, atlas, settings, changes), given))
    return Makers(found, context.reads)


def _name(given: object) -> str:
    return given if isinstance(given, str) else str(getattr(given, "id", getattr(given, "__name__", "")))


def _pages(context: Context, settings: Settings, replaced: frozenset[str],
           history: History | None) -> Iterator[partial[Any]]:
    agreements, links, atlas = AgreementParts(context), Links(context), context.atlas
    histories = context.reads.table("histories", lambda: _histories(history, atlas))
    homes = lifecycle_homes(context, links)
    yield partial(home_view, context, agreements)
    yield partial(lifecycle_view, context, links, homes)
    yield from (partial(category_view, context, links, homes, home, uri) for home in homes for uri in home.uris)
    yield partial(journeys_view, context)
    for journey in atlas.journeys.values():
        if journey.id in replaced:
            path = journey.origin.document.path
            yield partial(broken_view, journey.id, path, context, journey.spec.title)
        else:
            yield partial(_with_history, journey, context, agreements, histories)
    yield from (partial(broken_view, ident, document.path, context) for ident, document in atlas.broken.items())
    yield from (partial(compare_view, journey, context, agreements) for journey in pairs(context))
    yield partial(choose_view, context)
    yield partial(promises_view, context, agreements)
    yield from (partial(handoff_sheet_view, handoff, context, agreements) for handoff in atlas.handoffs.values()
                if agreements.has_sheet(handoff))
    yield partial(people_view, context)
    yield from (partial(persona_view, persona, context) for persona in atlas.personas.values())
    yield from (partial(team_view, team, context, agreements) for team in atlas.teams.values())
    yield from (partial(raci_view, context, agreements), partial(library_view, context),
                partial(content_view, context), partial(content_matrix_view, context), partial(metrics_view, context))
    yield from (partial(metric_view, metric, context) for metric in atlas.metrics.values())
    yield from (partial(evidence_view, context), partial(channels_view, context))
    yield from (partial(channel_view, channel, context) for channel in used_channels(context))
    yield from (partial(opportunities_view, context, agreements), partial(health_view, context),
                partial(reviews_view, context), partial(glossary_view, context))
    if history is not None:
        yield partial(changes_view, history, atlas)
    if settings.reference:
        yield from (make if isinstance(make, partial) else partial(make) for make in reference_makers())


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
