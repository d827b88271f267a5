"""Builds the page of the lifecycle: categories, journeys, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from journeybook.diagrams.graph import Edge, Graph, Node
from journeybook.formats import count
from journeybook.model import Atlas
from journeybook.views import parts
from journeybook.views.context import Context, journey_uri, stage_to
from journeybook.views.registers import LifecycleRow, LifecycleView
from journeybook.views.ways import words

MOST_DRAWN = 60  # journeys; beyond it one picture shows nothing, and the matrix and the lists serve better


def lifecycle_view(context: Context) -> LifecycleView:
    """Categories × journeys, the tree of journeys, and the ways between them."""
    atlas = context.atlas
    rows = []
    for journey in sorted(atlas.journeys.values(), key=lambda j: (int(j.spec.level or 1), j.spec.title.casefold())):
        cells = tuple(
            tuple(
                parts.Link(stage.spec.title, stage_to(stage.key))
                for stage in journey.stages
                if category in stage.categories
            )
            for category in atlas.categories
        )
        rows.append(LifecycleRow(context.card(journey), cells))
    return LifecycleView(
        uri="lifecycle/",
        title="Lifecycle",
        section="Lifecycle",
        description="All journeys by lifecycle category, and how they lead into each other.",
        lead=f"{count(len(atlas.journeys), 'journey')} across {count(len(atlas.categories), 'category', 'categories')}",
        purchase_point=atlas.spec.purchase_point or "",
        purchase_at=_purchase_at(atlas) if atlas.spec.purchase_point else None,
        categories=tuple((category.title, category.goal) for category in atlas.categories),
        rows=tuple(rows),
        graph=_journeys_graph(atlas),
        tree=tuple(_tree(context)),
    )


def _purchase_at(atlas: Atlas) -> int | None:
    """The place of the customer category where it follows the buyer's."""
    ids = [category.id for category in atlas.categories]
    pairs = list(pairwise(ids))
    return pairs.index(("buyer", "customer")) + 1 if ("buyer", "customer") in pairs else None


def _journeys_graph(atlas: Atlas) -> Graph | None:
    """Journeys and the ways between them, one arrow a pair and kind; None where there is nothing to draw."""
    pairs: dict[tuple[str, str, str], str] = {}
    for journey in atlas.journeys.values():
        for transition in journey.transitions:
            source, target = transition.source.journey, transition.target.journey
            if source != target and target in atlas.journeys:
                pairs.setdefault((source, target, transition.type), words(transition))
    joined = {ident for source, target, _ in pairs for ident in (source, target)}
    if not pairs or len(joined) > MOST_DRAWN:
        return None
    nodes = tuple(
        Node(
            ident,
            atlas.journeys[ident].spec.title,
            journey_uri(ident),
            "journey",
            note=", ".join(c.title for c in atlas.journeys[ident].categories),
        )
        for ident in sorted(joined)
    )
    edges = tuple(Edge(source, target, kind, "") for source, target, kind in pairs)
    return Graph("Journeys and the ways between them", nodes, edges)


def _tree(context: Context) -> Iterator[tuple[int, parts.JourneyCard]]:
    """Journeys with their depth, parents before children."""
    atlas = context.atlas
    ordered = sorted(atlas.journeys.values(), key=lambda j: (int(j.spec.level or 1), j.spec.title.casefold()))
    pending = [(0, journey) for journey in reversed(ordered) if journey.parent not in atlas.journeys]
    seen: set[str] = set()
    while pending:
        depth, journey = pending.pop()
        if journey.id in seen:
            continue
        seen.add(journey.id)
        yield depth, context.card(journey)
        pending += [(depth + 1, child) for child in reversed(atlas.children.get(journey.id, ()))]
