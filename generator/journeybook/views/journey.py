"""The page of one journey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from journeybook.formats import day
from journeybook.model import Asset, Journey, Metric
from journeybook.problems import Severity
from journeybook.views import parts, stage_parts
from journeybook.views.agreement_parts import HandoffRow, PromiseRow
from journeybook.views.agreements import AgreementParts
from journeybook.views.compare import compared_with
from journeybook.views.context import Context
from journeybook.views.journey_data import data_uri, encoded, journey_data
from journeybook.views.journey_facts import facts_of, provenance_of, story_of
from journeybook.views.lanes import diamonds_of, lanes_of, phases_of, plot_of
from journeybook.views.pages import BrokenJourneyView, JourneyView
from journeybook.views.problem_notes import notes
from journeybook.views.record_places import journey_uri
from journeybook.views.stages import StageParts
from journeybook.views.text import inline, maybe, plain
from journeybook.views.tiles import tiles
from journeybook.views.walked import walked
from journeybook.views.ways import family, flow, graph
from journeybook.words import N_, _

SECTION = N_("Journeys")
MOST_SEARCHED = 800
"""So many letters of a stage can be searched: an index holds all stages."""
Item = TypeVar("Item", parts.MetricItem, parts.AssetRow)
def journey_view(journey: Journey, context: Context, agreements: AgreementParts) -> JourneyView:
    """Everything the page of a journey shows."""
    spec = journey.spec
    builder = StageParts(journey, context)
    stages = tuple(_charted_once(builder.build(stage, agreements.stage(stage)) for stage in journey.stages))
    path = journey.origin.document.path
    problems = context.by_file.get(path, [])
    metrics = _once(metric for stage in journey.stages for metric in stage.metrics)
    metrics = _once((*journey.metrics, *metrics))
    assets = _once_assets(asset for stage in journey.stages for asset in stage.assets)
    drawing = graph(journey, context)
    promises = _once_rows(row for stage in stages for row in (*stage.agreements.made, *stage.agreements.due))
    handoffs = _once_handoffs(
        row for stage in stages for row in (*stage.agreements.handoffs_out, *stage.agreements.handoffs_in)
    )
    decisions = tuple(
        (day(d.date) if d.date else "", inline(d.choice), maybe(d.why), d.link or "") for d in spec.decisions
    )
    related = family(journey, context)
    return JourneyView(
        id=journey.id,
        uri=journey_uri(journey.id),
        title=spec.title,
        section=_(SECTION),
        description=plain(inline(spec.description)) if spec.description else "",
        source=context.inside(path),
        edit=context.edit(path),
        toc=tuple(
            _toc(
                stages,
                bool(drawing),
                journey.id in context.atlas.measured,
                bool(promises or handoffs),
                bool(metrics),
                bool(assets),
                bool(decisions),
                bool(related),
                bool(problems),
            )
        ),
        search=tuple(_search(stages, spec.title)),
        lead=maybe(spec.description),
        facts=tuple(facts_of(journey, context)),
        story=tuple(story_of(journey, context)),
        tiles=tuple(tiles(journey, stages, context)),
        personas=builder.personas,
        phases=tuple(phases_of(journey)),
        lanes=tuple(
            replace(lane, place=place) for place, lane in enumerate(lanes_of(stages, context.atlas.spec.lanes), 1)
        ),
        stages=stages,
        plot=plot_of(journey, context),
        flow=replace(flow(journey, context), diamonds=tuple(diamonds_of(stages))),
        graph=drawing,
        metrics=tuple(_here(context.metric(metric), journey) for metric in metrics),
        promises=promises,
        handoffs=handoffs,
        assets=tuple(_here(context.asset_row(asset), journey) for asset in assets),
        decisions=decisions,
        family=related,
        compared=tuple(parts.Link(words, place) for place, words in compared_with(journey, context)),
        files=((data_uri(journey.id), encoded(journey_data(journey, context, agreements, stages),
                                              context.settings.directory_urls)),),
        problems=notes(context, problems, journey_uri(journey.id)),
        provenance=provenance_of(journey, context),
        walked=walked(journey, context.atlas.measured.get(journey.id)),
    )


def broken_view(ident: str, path: str, context: Context, title: str = "") -> BrokenJourneyView:
    """The page that stands in for a journey that cannot be shown."""
    return BrokenJourneyView(
        uri=journey_uri(ident),
        title=title or ident.replace("-", " ").capitalize(),
        section=_(SECTION),
        source=context.inside(path),
        edit=context.edit(path),
        problems=notes(context, [p for p in context.by_file.get(path, []) if p.severity is Severity.ERROR],
                       journey_uri(ident)),
    )


def _charted_once(stages: Iterable[stage_parts.Stage]) -> Iterator[stage_parts.Stage]:
    """The chart of a metric stands at the first stage that it measures; the others lead there."""
    first: dict[str, parts.Link] = {}
    for stage in stages:
        charted = {metric.id: first[metric.id] for metric in stage.metrics if metric.id in first}
        yield replace(stage, charted=charted)
        here = parts.Link(f"{stage.number} {stage.title}", f"#stage-{stage.id}")
        first |= {metric.id: here for metric in stage.metrics if metric.series and metric.id not in first}


def _once(metrics: Iterator[Metric] | tuple[Metric, ...]) -> tuple[Metric, ...]:
    return tuple({metric.id: metric for metric in metrics}.values())


def _once_assets(assets: Iterator[Asset]) -> tuple[Asset, ...]:
    return tuple({asset.id: asset for asset in assets}.values())


def _once_rows(rows: Iterator[PromiseRow]) -> tuple[PromiseRow, ...]:
    return tuple(sorted({row.id: row for row in rows}.values(), key=lambda row: (row.rank, row.id)))


def _once_handoffs(rows: Iterator[HandoffRow]) -> tuple[HandoffRow, ...]:
    return tuple({row.id: row for row in rows}.values())


def _here(item: Item, journey: Journey) -> Item:
    """A register entry with its places in this journey; the others are on the entry's own page."""
    home = journey_uri(journey.id)
    stages = tuple(
        parts.Link(link.text, link.to.removeprefix(home)) for link in item.stages
        if link.to.startswith(f"{home}#stage-")
    )
    return replace(item, stages=stages)


def _toc(stages: tuple[stage_parts.Stage, ...], *has: bool) -> Iterator[tuple[str, str, int]]:
    diagram, measured, promises, metrics, assets, decisions, related, problems = has
    yield "canvas", _("Journey canvas"), 2
    if diagram:
        yield "diagram", _("Stage diagram"), 2
    if measured:
        yield "walked", _("What people did"), 2
    yield "stages", _("Stage by stage"), 2
    for stage in stages:
        yield f"stage-{stage.id}", f"{stage.number} · {stage.title}", 3
    for wanted, anchor, heading in (
        (promises, "promises", _("Promises and handoffs")),
        (metrics, "metrics", _("Metrics")),
        (assets, "content", _("Content")),
        (decisions, "decisions", _("Decisions")),
        (related, "related", _("Related journeys")),
        (problems, "problems", _("To mend")),
    ):
        if wanted:
            yield anchor, heading, 2


def _search(stages: tuple[stage_parts.Stage, ...], title: str) -> Iterator[tuple[str, str, str]]:
    """One record a stage, short: the words people look for."""
    for stage in stages:
        texts = [
            plain(stage.goal),
            *(plain(question.ask) for question in stage.questions),
            *(plain(step.title) for step in stage.steps),
            *(chip.name for chip in stage.chips),
            *(asset.title for asset in stage.assets),
            *(plain(pain.text) for pain in stage.pains),
            stage.owner.name if stage.owner else "",
        ]
        yield f"stage-{stage.id}", f"{stage.title} · {title}", " · ".join(filter(None, texts))[:MOST_SEARCHED]
