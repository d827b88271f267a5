"""Pages of content, metrics and channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from journeybook.formats import count, day, number
from journeybook.model import Metric
from journeybook.views import parts
from journeybook.views.context import ASSET_STATUS, Context
from journeybook.views.pages import (
    ChannelRow,
    ChannelsView,
    ContentView,
    EvidenceRow,
    EvidenceView,
    LibraryView,
    MetricsView,
    MetricView,
    TouchpointRow,
)
from journeybook.views.stages import StageParts
from journeybook.views.text import block, inline, plain

SECTION = "Library"
SPEAKS = {"to-customer": "we speak", "to-company": "the customer speaks", "third-party": "others speak"}
OWNED = {"own": "our own place", "partner": "a partner's place", "earned": "earned, not owned"}
TONES = ("off", "watch", "none", "ok")


def library_view(context: Context) -> LibraryView:
    """The shelves."""
    atlas = context.atlas
    shelves = (
        parts.Link("Content", "library/content/", count(len(atlas.assets), "asset")),
        parts.Link("Metrics", "library/metrics/", count(len(atlas.metrics), "metric")),
        parts.Link("Content matrix", "library/content-matrix/", "Which asset answers which question for whom"),
        parts.Link("Promises and handoffs", "promises/", count(len(atlas.promises), "promise")),
        parts.Link("Opportunities and feedback", "library/opportunities/",
                   count(len(atlas.opportunities), "opportunity", "opportunities")),
        parts.Link("Evidence", "library/evidence/", f"{len(atlas.evidence)} on record"),
        parts.Link("Channels", "library/channels/", count(len(atlas.touchpoints), "touchpoint")))
    return LibraryView(uri="library/", title="Library", section=SECTION, shelves=shelves,
                       description="Content, metrics and channels that the journeys use.")


def content_view(context: Context) -> ContentView:
    """The asset inventory, and questions that nothing answers yet."""
    atlas = context.atlas
    rows = sorted(atlas.assets.values(), key=lambda asset: asset.spec.title.casefold())
    unanswered = []
    for journey in atlas.journeys.values():
        builder = StageParts(journey, context)
        for stage in journey.stages:
            questions = (builder.question(stage, question) for question in stage.questions)
            unanswered += [(q, context.stage_link(stage)) for q in questions if not q.answers]
    counts = []
    for status, tag in ASSET_STATUS.items():
        number_of = sum(asset.spec.status == status for asset in atlas.assets.values())
        if number_of:
            counts.append(parts.Fact(tag.word, str(number_of)))
    return ContentView(
        uri="library/content/", title="Content", section=SECTION,
        description="Every asset: where it is used, who owns it, whether it is up to date.",
        rows=tuple(context.asset_row(asset) for asset in rows), unanswered=tuple(unanswered), counts=tuple(counts),
        search=tuple((f"asset-{a.id}", a.spec.title, " · ".join(filter(None, (
            a.spec.type, a.owner.spec.name if a.owner else "")))) for a in rows))


def metrics_view(context: Context) -> MetricsView:
    """All metrics, off target first."""
    metrics = sorted((context.metric(metric) for metric in context.atlas.metrics.values()),
                     key=lambda item: (TONES.index(item.status.tone), item.name.casefold()))
    return MetricsView(uri="library/metrics/", title="Metrics", section=SECTION,
                       description="Every metric with its latest value and target.", metrics=tuple(metrics))


def metric_view(metric: Metric, context: Context) -> MetricView:
    """One metric with its history."""
    spec, atlas, item = metric.spec, context.atlas, context.metric(metric)
    path = metric.origin.document.path
    unit = spec.unit or ""
    rows = tuple((day(v.date), v.segment, number(v.value, unit) if v.value is not None else "", v.note)
                 for v in reversed(metric.values))
    return MetricView(
        uri=item.to, title=spec.name, section=SECTION,
        description=f"{spec.name}: history, target, owner and where it is used.", source=context.inside(path),
        edit=context.edit(path, metric.origin.span(key=True).line), metric=item,
        definition=block(spec.definition) if spec.definition else None, facts=tuple(_facts(metric, item)),
        series=item.series, rows=rows,
        drives=tuple(_link(atlas.metrics[ident]) for ident in spec.drives if ident in atlas.metrics),
        driven_by=tuple(_link(other) for other in atlas.drivers.get(metric.id, ())))


def _link(metric: Metric) -> parts.Link:
    return parts.Link(metric.spec.name, f"library/metrics/{metric.id}/")


def _facts(metric: Metric, item: parts.MetricItem) -> Iterator[parts.Fact]:
    spec = metric.spec
    unit = spec.unit or ""
    yield parts.Fact("Now", item.value or "No value yet", sub=item.value_date, gap=not item.value)
    yield parts.Fact("Target", item.target or "No target", tag=item.status,
                     sub="higher is better" if spec.direction == "up" else "lower is better", gap=not item.target)
    if spec.baseline is not None:
        yield parts.Fact("Baseline", number(spec.baseline, unit))
    owner = item.owner
    yield parts.Fact("Owner", owner.name if owner else "No owner", to=owner.to if owner else "", gap=owner is None)
    if spec.source or spec.cadence:
        yield parts.Fact("Source", spec.source or "Not named", sub=spec.cadence.text if spec.cadence else "")
    if spec.kind:
        yield parts.Fact("Kind", spec.kind.capitalize())


def channels_view(context: Context) -> ChannelsView:
    """Touchpoints by channel; channels that nothing uses are left out."""
    atlas = context.atlas
    rows = []
    for channel in atlas.channels.values():
        own = [t for t in atlas.touchpoints.values() if t.channel.id == channel.id]
        direct = [stage for stage in atlas.stages.values()
                  if any(channel in step.channels for step in stage.steps)]
        if own or direct:
            touchpoints = tuple(
                TouchpointRow(f"touchpoint-{t.id}", t.spec.name, context.team(t.owner), tuple(
                    context.stage_link(stage) for stage in atlas.stages_of_touchpoint.get(t.id, ())),
                    " · ".join(filter(None, (SPEAKS.get(t.spec.direction or ""), OWNED.get(t.spec.ownership or "")))),
                    t.spec.url or "")
                for t in own)
            rows.append(ChannelRow(channel.name, channel.icon, f"channel-{channel.id}", touchpoints))
    return ChannelsView(uri="library/channels/", title="Channels", section=SECTION,
                        description="Where firm and customer meet, by channel.", rows=tuple(rows))


def evidence_view(context: Context) -> EvidenceView:
    """What is known, and what rests on it."""
    atlas = context.atlas
    used = _resting(context)
    ordered = sorted(atlas.evidence.values(), key=lambda e: (e.spec.date or date.min, e.id), reverse=True)
    rows = tuple(
        EvidenceRow(
            f"evidence-{e.id}", inline(e.spec.summary), (e.spec.kind or "").capitalize(),
            day(e.spec.date) if e.spec.date else "", number(e.spec.n) if e.spec.n is not None else "",
            e.spec.confidence or "", e.spec.link or "", tuple(used.get(e.id, {}).values()),
            context.edit(e.origin.document.path, e.origin.span(key=True).line))
        for e in ordered)
    return EvidenceView(
        uri="library/evidence/", title="Evidence", section=SECTION,
        description="What is known about customers, how it was found, and which maps rest on it.", rows=rows,
        search=tuple((row.anchor, plain(row.summary), row.kind) for row in rows))


def _resting(context: Context) -> dict[str, dict[str, parts.Link]]:
    """Evidence id → journeys, stages and personas that name it, by target."""
    atlas = context.atlas
    found: dict[str, dict[str, parts.Link]] = {}

    def rests(idents: Iterable[str], link: parts.Link) -> None:
        for ident in idents:
            found.setdefault(ident, {})[link.to] = link

    for journey in atlas.journeys.values():
        rests(journey.spec.evidence, context.journey_link(journey))
    for stage in atlas.stages.values():
        link = context.stage_link(stage)
        for emotion in (stage.spec.emotion, *(step.spec.emotion for step in stage.steps)):
            for feeling in (emotion.everyone, *emotion.by_persona.values()) if emotion else ():
                rests(feeling.evidence if feeling else (), link)
        for step in stage.steps:
            for pain in step.spec.pains:
                rests(pain.evidence, link)
    for persona in atlas.personas.values():
        rests(persona.spec.sources, parts.Link(persona.spec.name, f"people/personas/{persona.id}/"))
    return found
