"""Pages of content, metrics and channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from journeybook.formats import day, number, plural
from journeybook.model import Metric
from journeybook.views import parts
from journeybook.views.context import ASSET_STATUS, EVIDENCE_KINDS, Context
from journeybook.views.lengths import how_long
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
from journeybook.words import N_, _

SECTION = N_("Library")
SPEAKS = {"to-customer": N_("we speak"), "to-company": N_("the customer speaks"), "third-party": N_("others speak")}
OWNED = {"own": N_("our own place"), "partner": N_("a partner's place"), "earned": N_("earned, not owned")}
METRIC_KINDS = {"perception": N_("Perception"), "behaviour": N_("Behaviour"), "outcome": N_("Outcome"),
                "operational": N_("Operational")}
CONFIDENCE = {"low": N_("low"), "medium": N_("medium"), "high": N_("high")}
TONES = ("off", "watch", "none", "ok")


def library_view(context: Context) -> LibraryView:
    """The shelves."""
    atlas = context.atlas
    shelves = (
        parts.Link(_("Content"), "library/content/", plural("%(num)s asset", "%(num)s assets", len(atlas.assets))),
        parts.Link(_("Metrics"), "library/metrics/", plural("%(num)s metric", "%(num)s metrics", len(atlas.metrics))),
        parts.Link(_("Content matrix"), "library/content-matrix/", _("Which asset answers which question for whom")),
        parts.Link(_("Promises and handoffs"), "promises/",
                   plural("%(num)s promise", "%(num)s promises", len(atlas.promises))),
        parts.Link(_("Opportunities and feedback"), "library/opportunities/",
                   plural("%(num)s opportunity", "%(num)s opportunities", len(atlas.opportunities))),
        parts.Link(_("Evidence"), "library/evidence/",
                   plural("%(num)s on record", "%(num)s on record", len(atlas.evidence))),
        parts.Link(_("Channels"), "library/channels/",
                   plural("%(num)s touchpoint", "%(num)s touchpoints", len(atlas.touchpoints))))
    return LibraryView(uri="library/", title=_("Library"), section=_(SECTION), shelves=shelves,
                       description=_("Content, metrics and channels that the journeys use."))


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
            counts.append(parts.Fact(_(tag.word), number(number_of)))
    return ContentView(
        uri="library/content/", title=_("Content"), section=_(SECTION),
        description=_("Every asset: where it is used, who owns it, whether it is up to date."),
        rows=tuple(context.asset_row(asset) for asset in rows), unanswered=tuple(unanswered), counts=tuple(counts),
        search=tuple((f"asset-{a.id}", a.spec.title, " · ".join(filter(None, (
            a.spec.type, a.owner.spec.name if a.owner else "")))) for a in rows))


def metrics_view(context: Context) -> MetricsView:
    """All metrics, off target first."""
    metrics = sorted((context.metric(metric) for metric in context.atlas.metrics.values()),
                     key=lambda item: (TONES.index(item.status.tone), item.name.casefold()))
    return MetricsView(uri="library/metrics/", title=_("Metrics"), section=_(SECTION),
                       description=_("Every metric with its latest value and target."), metrics=tuple(metrics))


def metric_view(metric: Metric, context: Context) -> MetricView:
    """One metric with its history."""
    spec, atlas, item = metric.spec, context.atlas, context.metric(metric)
    path = metric.origin.document.path
    unit = spec.unit or ""
    rows = tuple((day(v.date), v.segment, number(v.value, unit) if v.value is not None else "", v.note)
                 for v in reversed(metric.values))
    return MetricView(
        uri=item.to, title=spec.name, section=_(SECTION),
        description=_("%(metric)s: history, target, owner and where it is used.", metric=spec.name),
        source=context.inside(path),
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
    yield parts.Fact(_("Now"), item.value or _("No value yet"), sub=item.value_date, gap=not item.value)
    yield parts.Fact(_("Target"), item.target or _("No target"), tag=item.status,
                     sub=_("higher is better") if spec.direction == "up" else _("lower is better"), gap=not item.target)
    if spec.baseline is not None:
        yield parts.Fact(_("Baseline"), number(spec.baseline, unit))
    owner = item.owner
    yield parts.Fact(_("Owner"), owner.name if owner else _("No owner"), to=owner.to if owner else "",
                     gap=owner is None)
    if spec.source or spec.cadence:
        yield parts.Fact(_("Source"), spec.source or _("Not named"), sub=how_long(spec.cadence))
    if spec.kind:
        yield parts.Fact(_("Kind"), _(METRIC_KINDS[spec.kind]))


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
                    " · ".join(_(table[said]) for table, said in ((SPEAKS, t.spec.direction), (OWNED, t.spec.ownership))
                               if said),
                    t.spec.url or "")
                for t in own)
            rows.append(ChannelRow(channel.label, channel.icon, f"channel-{channel.id}", touchpoints))
    return ChannelsView(uri="library/channels/", title=_("Channels"), section=_(SECTION),
                        description=_("Where firm and customer meet, by channel."), rows=tuple(rows))


def evidence_view(context: Context) -> EvidenceView:
    """What is known, and what rests on it."""
    atlas = context.atlas
    used = _resting(context)
    ordered = sorted(atlas.evidence.values(), key=lambda e: (e.spec.date or date.min, e.id), reverse=True)
    rows = tuple(
        EvidenceRow(
            f"evidence-{e.id}", inline(e.spec.summary), _(EVIDENCE_KINDS[e.spec.kind]) if e.spec.kind else "",
            day(e.spec.date) if e.spec.date else "", number(e.spec.n) if e.spec.n is not None else "",
            _(CONFIDENCE[e.spec.confidence]) if e.spec.confidence else "", e.spec.link or "",
            tuple(used.get(e.id, {}).values()),
            context.edit(e.origin.document.path, e.origin.span(key=True).line))
        for e in ordered)
    return EvidenceView(
        uri="library/evidence/", title=_("Evidence"), section=_(SECTION),
        description=_("What is known about customers, how it was found, and which maps rest on it."), rows=rows,
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
