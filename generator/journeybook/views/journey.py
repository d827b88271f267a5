"""The page of one journey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from typing import TypeVar

from journeybook.diagrams.emotion import EmotionPlot
from journeybook.formats import day, listed, number, plural
from journeybook.model import Asset, Journey, Metric
from journeybook.model.reviews import due
from journeybook.problems import Severity
from journeybook.schema.atlas import Lane as LaneSettings
from journeybook.views import parts
from journeybook.views.agreement_parts import HandoffRow, PromiseRow
from journeybook.views.agreements import AgreementParts
from journeybook.views.changes import URI as CHANGES
from journeybook.views.compare import compared_with
from journeybook.views.context import EVIDENCE_KINDS, STATES, STATUS_LOWER, Context, journey_uri
from journeybook.views.journey_data import data_uri, encoded, journey_data
from journeybook.views.pages import BrokenJourneyView, JourneyView
from journeybook.views.stages import StageParts
from journeybook.views.text import inline, maybe, plain
from journeybook.views.tiles import tiles
from journeybook.views.walked import walked
from journeybook.views.ways import family, flow, graph
from journeybook.words import N_, NP_, _

SECTION = N_("Journeys")
Item = TypeVar("Item", parts.MetricItem, parts.AssetRow)
GROUPS = {
    "customer": N_("Customer"),
    "contact": N_("Contact"),
    "backstage": N_("Below the line of visibility"),
    "act": N_("Act"),
    "run": N_("Run"),
}
"""Groups of lanes, from the customer's side to the firm's: key, heading."""
MOST_COLUMNS = 24  # the stylesheet knows this many; a wider map shares their width
LANES = (
    ("goal", N_("Goal"), "flag-outline", "customer"),
    ("steps", N_("Steps"), "shoe-print", "customer"),
    ("emotion", N_("Emotion"), "emoticon-happy-outline", "customer"),
    ("quotes", N_("In their words"), "format-quote-close", "customer"),
    ("questions", N_("Questions"), "comment-question-outline", "contact"),
    ("touchpoints", N_("Touchpoints"), "cellphone", "contact"),
    ("assets", N_("Content"), "text-box-outline", "contact"),
    ("frontstage", N_("Frontstage"), "eye-outline", "contact"),
    ("backstage", N_("Backstage"), "eye-off", "backstage"),
    ("systems", N_("Systems"), "server", "backstage"),
    ("pains", N_("Pain points"), "alert-circle-outline", "act"),
    ("opportunities", N_("Opportunities"), "lightbulb-outline", "act"),
    ("metrics", N_("Metrics"), "chart-line", "run"),
    ("promises", N_("Promises"), "handshake-outline", "run"),
    ("handoffs", N_("Handoffs"), "swap-horizontal-bold", "run"),
    ("owner", N_("Owner"), "account-outline", "run"),
)
"""Rows of the canvas: key, label, icon, group. A key picks how its cells are drawn."""
COUNTED = {
    "interview": NP_("%(num)s interview", "%(num)s interviews"),
    "survey": NP_("%(num)s survey answer", "%(num)s survey answers"),
    "ticket": NP_("%(num)s ticket", "%(num)s tickets"),
}
"""Kinds of evidence of which the number says everything."""


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
        facts=tuple(_facts(journey, context)),
        story=tuple(_story(journey, context)),
        tiles=tuple(tiles(journey, stages, context)),
        personas=builder.personas,
        phases=tuple(_phases(journey)),
        lanes=tuple(
            replace(lane, place=place) for place, lane in enumerate(_lanes(stages, context.atlas.spec.lanes), 1)
        ),
        stages=stages,
        plot=_plot(journey, context),
        flow=replace(flow(journey, context), diamonds=tuple(_diamonds(stages))),
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
        problems=context.notes(problems),
        provenance=_provenance(journey, context),
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
        problems=context.notes([p for p in context.by_file.get(path, []) if p.severity is Severity.ERROR]),
    )


def _charted_once(stages: Iterable[parts.Stage]) -> Iterator[parts.Stage]:
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
        parts.Link(link.text, link.to.removeprefix(home)) for link in item.stages if link.to.startswith(f"{home}#")
    )
    return replace(item, stages=stages)


def _facts(journey: Journey, context: Context) -> Iterator[parts.Fact]:
    spec = journey.spec
    if journey.id in context.marks.journeys:
        yield parts.Fact(_("This preview"), _("What changed"), to=f"{CHANGES}#preview",
                         tag=context.marks.journeys[journey.id])
    yield parts.Fact(_("Status"), "", sub=_(STATES[spec.state]), tag=context.status(journey))
    owner = context.team(journey.owner)
    lead = context.somebody(journey.owner.spec.lead) if journey.owner else ""
    yield parts.Fact(
        _("Owner"), owner.name if owner else _("No owner"), to=owner.to if owner else "", sub=lead, gap=owner is None
    )
    yield _reviewed(spec.reviewed, due(journey, context.atlas), context)
    if spec.evidence:
        sources = [_evidence_words(text, context) for text in spec.evidence]
        rest = len(sources) - 1
        more = plural("and %(num)s more source", "and %(num)s more sources", rest) if rest else ""
        yield parts.Fact(_("Evidence"), sources[0], sub=more)
    if journey.categories:
        yield parts.Fact(
            _("Lifecycle"),
            ", ".join(c.label for c in journey.categories),
            sub=_("level %(level)s", level=spec.level) if spec.level else "",
        )


def _reviewed(reviewed: date | None, when: date | None, context: Context) -> parts.Fact:
    if reviewed is None:
        return parts.Fact(_("Last reviewed"), _("Never reviewed"), gap=True)
    late = context.overdue(when)
    sub = "" if late or when is None else _("next by %(day)s", day=day(when))
    tag = parts.Tag(late, "off", "calendar-alert") if late else None
    return parts.Fact(_("Last reviewed"), day(reviewed), sub=sub, tag=tag, date=reviewed)


def _evidence_words(text: str, context: Context) -> str:
    found = context.atlas.evidence.get(text)
    if found is None:
        return text
    spec = found.spec
    kind = spec.kind or ""
    if spec.n is None:
        return _(EVIDENCE_KINDS[kind]) if kind else _("Evidence")
    if kind in COUNTED:
        return plural(*COUNTED[kind], int(spec.n))
    if kind:
        return _("%(kind)s (n = %(number)s)", kind=_(EVIDENCE_KINDS[kind]), number=number(spec.n))
    return _("Evidence (n = %(number)s)", number=number(spec.n))


def _story(journey: Journey, context: Context) -> Iterator[parts.Fact]:
    spec = journey.spec
    for label, text in (
        (_("Scenario"), spec.scenario),
        (_("Starts when"), spec.trigger),
        (_("Customer's goal"), spec.goal),
        (_("Business goal"), spec.business_goal),
        (_("Ends when"), spec.end_condition),
    ):
        if text:
            yield parts.Fact(label, plain(inline(text)))
    if spec.scope and spec.scope.in_:
        yield parts.Fact(_("Covers"), "; ".join(plain(inline(text)) for text in spec.scope.in_))
    if spec.scope and spec.scope.out:
        yield parts.Fact(_("Leaves out"), "; ".join(plain(inline(text)) for text in spec.scope.out))
    if spec.sponsor:
        yield parts.Fact(_("Sponsor"), context.somebody(spec.sponsor))
    if spec.contributors:
        yield parts.Fact(_("Contributors"), ", ".join(context.somebody(who) for who in spec.contributors))
    if spec.tags:
        yield parts.Fact(_("Tags"), ", ".join(spec.tags))


def _phases(journey: Journey) -> Iterator[tuple[str, int]]:
    """Runs of stages in the same lifecycle categories; none where there is only one such run."""
    found = [
        (listed([category.label for category in categories]), len(list(stages)))
        for categories, stages in groupby(journey.stages, key=lambda stage: stage.categories)
    ]
    yield from found if len(found) > 1 else ()


def _lanes(stages: tuple[parts.Stage, ...], own: dict[str, LaneSettings]) -> Iterator[parts.Lane]:
    """Ours, and those of the atlas's own at the end of their group."""
    filled = {
        "goal": any(s.goal for s in stages),
        "steps": any(s.steps for s in stages),
        "emotion": any(s.average is not None for s in stages),
        "quotes": any(s.quotes for s in stages),
        "questions": any(s.questions for s in stages),
        "touchpoints": any(s.chips for s in stages),
        "assets": any(s.assets for s in stages),
        "pains": any(s.pains for s in stages),
        "opportunities": any(s.agreements.opportunities for s in stages),
        "promises": any(s.agreements.made or s.agreements.due or s.agreements.commitments for s in stages),
        "handoffs": any(s.agreements.handoffs_out or s.agreements.gaps for s in stages),
        "metrics": any(s.metrics for s in stages),
        "owner": any(s.owner for s in stages),
        "frontstage": any(step.frontstage for s in stages for step in s.steps),
        "backstage": any(step.backstage for s in stages for step in s.steps),
        "systems": any(s.systems for s in stages),
    }
    for group, heading in GROUPS.items():
        unseen = group == "backstage"
        for key, label, icon, home in LANES:
            if home == group:
                yield parts.Lane(key, _(label), icon, _(heading), not filled[key], unseen)
        for key, lane in own.items():
            if lane.group == group:
                empty = not any(key in stage.own for stage in stages)
                yield parts.Lane(key, lane.name, lane.icon, _(heading), empty, unseen)


def _diamonds(stages: tuple[parts.Stage, ...]) -> Iterator[tuple[int, str, str]]:
    """Handoffs to the next stage stand on the line between the two, and so does one that is missing."""
    for index, (stage, following) in enumerate(pairwise(stages)):
        here = f"#stage-{following.id}"
        for row in stage.agreements.handoffs_out:
            if row.target.to.endswith(here) and row.target.note == row.source.note:
                taker = row.taker.name if row.taker else following.title
                yield index, "incomplete" if row.missing else "complete", _("handoff to %(taker)s", taker=taker)
        for gap in stage.agreements.gaps:
            if gap.target.to.endswith(here) and not gap.note:
                taker = gap.taker.name if gap.taker else following.title
                yield index, "missing", _("handoff to %(taker)s", taker=taker)


def _plot(journey: Journey, context: Context) -> EmotionPlot:
    scale = context.atlas.spec.emotion
    people = [persona.id for persona in journey.personas]
    return EmotionPlot(
        float(scale.min),
        float(scale.max),
        tuple(stage.average for stage in journey.stages),
        tuple(
            tuple(stage.feelings[who].score if who in stage.feelings else None for stage in journey.stages)
            for who in people
        ),
        tuple(
            tuple(who in stage.feelings and stage.feelings[who].basis == "assumed" for stage in journey.stages)
            for who in people
        ),
    )


def _toc(stages: tuple[parts.Stage, ...], *has: bool) -> Iterator[tuple[str, str, int]]:
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


def _search(stages: tuple[parts.Stage, ...], title: str) -> Iterator[tuple[str, str, str]]:
    """One record a stage, short: the words people look for."""
    for stage in stages:
        texts = [
            plain(stage.goal),
            *(plain(step.title) for step in stage.steps),
            *(chip.name for chip in stage.chips),
            *(asset.title for asset in stage.assets),
            *(plain(pain.text) for pain in stage.pains),
            stage.owner.name if stage.owner else "",
        ]
        yield f"stage-{stage.id}", f"{stage.title} · {title}", " · ".join(filter(None, texts))[:600]


def _provenance(journey: Journey, context: Context) -> str:
    spec = journey.spec
    words = [
        context.atlas.title,
        spec.title,
        _(STATUS_LOWER[spec.status]),
        _("future state") if spec.state == "future" else _("current state"),
        _("reviewed %(day)s", day=day(spec.reviewed)) if spec.reviewed else _("never reviewed"),
        _("built %(day)s", day=day(context.settings.today)),
    ]
    return " · ".join(words)
