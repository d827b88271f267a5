"""The page of one journey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from journeybook.diagrams.emotion import EmotionPlot
from journeybook.formats import count, day, number, score
from journeybook.model import Asset, Journey, Metric
from journeybook.model.reviews import due
from journeybook.problems import Severity
from journeybook.views import parts
from journeybook.views.agreement_parts import HandoffRow, PromiseRow
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context, journey_uri
from journeybook.views.pages import BrokenJourneyView, JourneyView
from journeybook.views.stages import StageParts
from journeybook.views.text import inline, maybe, plain
from journeybook.views.ways import family, flow, graph

SECTION = "Journeys"
Item = TypeVar("Item", parts.MetricItem, parts.AssetRow)
LANES = (
    ("goal", "Goal", "flag-outline", "Customer"),
    ("steps", "Steps", "shoe-print", "Customer"),
    ("emotion", "Emotion", "emoticon-happy-outline", "Customer"),
    ("quotes", "In their words", "format-quote-close", "Customer"),
    ("questions", "Questions", "comment-question-outline", "Contact"),
    ("touchpoints", "Touchpoints", "cellphone", "Contact"),
    ("assets", "Content", "text-box-outline", "Contact"),
    ("pains", "Pain points", "alert-circle-outline", "Act"),
    ("opportunities", "Opportunities", "lightbulb-outline", "Act"),
    ("metrics", "Metrics", "chart-line", "Run"),
    ("promises", "Promises", "handshake-outline", "Run"),
    ("handoffs", "Handoffs", "swap-horizontal-bold", "Run"),
    ("backstage", "Backstage", "eye-off-outline", "Run"),
    ("owner", "Owner", "account-group-outline", "Run"),
)
"""Rows of the canvas: key, label, icon, group. A key picks the macro ``cell_<key>``."""


def journey_view(journey: Journey, context: Context, agreements: AgreementParts) -> JourneyView:
    """Everything the page of a journey shows."""
    spec = journey.spec
    builder = StageParts(journey, context)
    stages = tuple(builder.build(stage, agreements.stage(stage)) for stage in journey.stages)
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
        uri=journey_uri(journey.id),
        title=spec.title,
        section=SECTION,
        description=plain(inline(spec.description)) if spec.description else "",
        source=context.inside(path),
        edit=context.edit(path),
        toc=tuple(
            _toc(
                stages,
                bool(drawing),
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
        story=tuple(_story(journey)),
        tiles=tuple(_tiles(journey, stages, context)),
        personas=builder.personas,
        lanes=tuple(_lanes(stages)),
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
        problems=context.notes(problems),
        provenance=_provenance(journey, context),
    )


def broken_view(ident: str, path: str, context: Context, title: str = "") -> BrokenJourneyView:
    """The page that stands in for a journey that cannot be shown."""
    return BrokenJourneyView(
        uri=journey_uri(ident),
        title=title or ident.replace("-", " ").capitalize(),
        section=SECTION,
        source=context.inside(path),
        edit=context.edit(path),
        problems=context.notes([p for p in context.by_file.get(path, []) if p.severity is Severity.ERROR]),
    )


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
    state = "Future state" if spec.state == "future" else "Current state"
    yield parts.Fact("Status", "", sub=state, tag=context.status(journey))
    owner = context.team(journey.owner)
    lead = context.somebody(journey.owner.spec.lead) if journey.owner else ""
    yield parts.Fact(
        "Owner", owner.name if owner else "No owner", to=owner.to if owner else "", sub=lead, gap=owner is None
    )
    yield _reviewed(spec.reviewed, due(journey, context.atlas), context)
    if spec.evidence:
        sources = [_evidence_words(text, context) for text in spec.evidence]
        more = f"and {count(len(sources) - 1, 'more source')}" if len(sources) > 1 else ""
        yield parts.Fact("Evidence", sources[0], sub=more)
    if journey.categories:
        yield parts.Fact(
            "Lifecycle", ", ".join(c.title for c in journey.categories), sub=f"level {spec.level}" if spec.level else ""
        )


def _reviewed(reviewed: date | None, when: date | None, context: Context) -> parts.Fact:
    if reviewed is None:
        return parts.Fact("Last reviewed", "Never reviewed", gap=True)
    late = context.overdue(when)
    sub = "" if late or when is None else f"next by {day(when)}"
    tag = parts.Tag(late, "off", "calendar-alert") if late else None
    return parts.Fact("Last reviewed", day(reviewed), sub=sub, tag=tag, date=reviewed)


def _evidence_words(text: str, context: Context) -> str:
    found = context.atlas.evidence.get(text)
    if found is None:
        return text
    spec = found.spec
    if spec.n is None:
        return (spec.kind or "evidence").capitalize()
    one = {"interview": "interview", "survey": "survey answer", "ticket": "ticket"}.get(spec.kind or "")
    return count(int(spec.n), one) if one else f"{(spec.kind or 'evidence').capitalize()} (n = {number(spec.n)})"


def _story(journey: Journey) -> Iterator[parts.Fact]:
    spec = journey.spec
    for label, text in (
        ("Scenario", spec.scenario),
        ("Starts when", spec.trigger),
        ("Customer's goal", spec.goal),
        ("Business goal", spec.business_goal),
        ("Ends when", spec.end_condition),
    ):
        if text:
            yield parts.Fact(label, plain(inline(text)))
    if spec.scope and spec.scope.in_:
        yield parts.Fact("Covers", "; ".join(plain(inline(text)) for text in spec.scope.in_))
    if spec.scope and spec.scope.out:
        yield parts.Fact("Leaves out", "; ".join(plain(inline(text)) for text in spec.scope.out))


def _tiles(journey: Journey, stages: tuple[parts.Stage, ...], context: Context) -> Iterator[parts.Tile]:
    yield _lowest_tile(journey, stages)
    pains = [(stage, pain) for stage in stages for pain in stage.pains]
    severe = [stage for stage, pain in pains if pain.level == 3]
    if pains:
        worst = max(stages, key=lambda s: (sum(p.level == 3 for p in s.pains), sum(p.level for p in s.pains)))
        yield parts.Tile(
            f"#stage-{worst.id}",
            str(len(severe)),
            f"/{len(pains)}",
            "Severe pain points",
            f"most at {worst.number} {worst.title}" if severe else "none is severe",
            "off" if severe else "ok",
        )
    else:
        yield parts.Tile("#canvas", "—", "", "Pain points", "None recorded", "none")
    yield _promises_tile(stages)
    yield _metrics_tile(stages, tuple(context.metric(metric) for metric in journey.metrics))
    yield _content_tile(stages)


def _promises_tile(stages: tuple[parts.Stage, ...]) -> parts.Tile:
    """Promises made or due here that hold, of those with a verdict."""
    rows = {row.id: row for stage in stages for row in (*stage.agreements.made, *stage.agreements.due)}
    judged = [row for row in rows.values() if row.verdict]
    if not judged:
        return parts.Tile(
            "#promises" if rows else "#canvas",
            "—",
            "",
            "Promises kept",
            "No verdict yet" if rows else "None recorded",
            "none",
        )
    kept = [row for row in judged if row.verdict and row.verdict.tone == "ok"]
    ranked = sorted(judged, key=lambda row: row.rank)
    others = Counter(row.verdict.word.lower() for row in ranked if row.verdict and row.verdict.tone != "ok")
    worst = ranked[0].rank
    tone = "off" if worst < 2 else "watch" if others else "ok"
    words = [f"{number} {word}" for word, number in others.items()]
    if len(words) > 3:
        words[2:] = [f"{sum(others.values()) - sum([*others.values()][:2])} more to look at"]
    detail = ", ".join(words) or "all hold"
    return parts.Tile("#promises", str(len(kept)), f"/{len(judged)}", "Promises kept", detail, tone)


def _content_tile(stages: tuple[parts.Stage, ...]) -> parts.Tile:
    """Stages without live content and questions that nothing answers."""
    empty = [stage for stage in stages if not any(asset.tone == "live" for asset in stage.assets)]
    open_ones = [(stage, question) for stage in stages for question in stage.questions if not question.answers]
    words = [
        count(len(empty), "stage") + " without live content" if empty else "",
        count(len(open_ones), "open question") if open_ones else "",
    ]
    to = f"#{open_ones[0][1].anchor}" if open_ones else f"#stage-{empty[0].id}" if empty else "#stages"
    total = len(empty) + len(open_ones)
    return parts.Tile(
        to, str(total), "", "Content gaps", ", ".join(filter(None, words)) or "none", "watch" if total else "ok"
    )


def _lowest_tile(journey: Journey, stages: tuple[parts.Stage, ...]) -> parts.Tile:
    rated = [stage for stage in stages if stage.average is not None]
    if not rated:
        return parts.Tile("#canvas", "—", "", "Lowest point", "Not rated", "none")
    lowest = min(rated, key=lambda stage: stage.average if stage.average is not None else 0.0)
    value = lowest.average or 0.0
    who = f"average of {count(len(journey.personas), 'persona')}" if len(journey.personas) > 1 else "average"
    return parts.Tile(
        f"#stage-{lowest.id}",
        score(value),
        "",
        f"Lowest point: {lowest.number} {lowest.title}",
        who,
        "off" if value <= -1 else "watch" if value < 0 else "ok",
        tuple(stage.average for stage in stages),
    )


def _metrics_tile(stages: tuple[parts.Stage, ...], own: tuple[parts.MetricItem, ...]) -> parts.Tile:
    found = {metric.id: metric for metric in own}
    found.update((metric.id, metric) for stage in stages for metric in stage.metrics)
    judged = [metric for metric in found.values() if metric.status.tone in ("ok", "watch", "off")]
    if not judged:
        words = "Not measured" if found else "None named"
        return parts.Tile("#metrics" if found else "#canvas", "—", "", "Metrics on target", words, "none")
    good = sum(metric.status.tone == "ok" for metric in judged)
    short = len(judged) - good
    return parts.Tile(
        "#metrics",
        str(good),
        f"/{len(judged)}",
        "Metrics on target",
        f"{short} short of target" if short else "all on target",
        "watch" if short else "ok",
    )


def _lanes(stages: tuple[parts.Stage, ...]) -> Iterator[parts.Lane]:
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
        "backstage": any(step.frontstage or step.backstage or step.systems for s in stages for step in s.steps),
    }
    for key, label, icon, group in LANES:
        yield parts.Lane(key, label, icon, group, not filled[key])


def _diamonds(stages: tuple[parts.Stage, ...]) -> Iterator[tuple[int, str, str]]:
    """Handoffs to the next stage stand on the line between the two, and so does one that is missing."""
    for index, (stage, following) in enumerate(pairwise(stages)):
        here = f"#stage-{following.id}"
        for row in stage.agreements.handoffs_out:
            if row.target.to.endswith(here) and row.target.note == row.source.note:
                taker = row.taker.name if row.taker else following.title
                yield index, row.status.word.lower(), f"handoff to {taker}"
        for gap in stage.agreements.gaps:
            if gap.target.to.endswith(here) and not gap.note:
                yield index, "missing", f"handoff to {gap.taker.name if gap.taker else following.title}"


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
    diagram, promises, metrics, assets, decisions, related, problems = has
    yield "canvas", "Journey canvas", 2
    if diagram:
        yield "diagram", "Stage diagram", 2
    yield "stages", "Stage by stage", 2
    for stage in stages:
        yield f"stage-{stage.id}", f"{stage.number} · {stage.title}", 3
    for wanted, anchor, heading in (
        (promises, "promises", "Promises and handoffs"),
        (metrics, "metrics", "Metrics"),
        (assets, "content", "Content"),
        (decisions, "decisions", "Decisions"),
        (related, "related", "Related journeys"),
        (problems, "problems", "To mend"),
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
        spec.status.replace("-", " "),
        "future state" if spec.state == "future" else "current state",
        f"reviewed {day(spec.reviewed)}" if spec.reviewed else "never reviewed",
        f"built {day(context.settings.today)}",
    ]
    return " · ".join(words)
