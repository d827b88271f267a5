"""The tiles at the top of a journey: where to look first, each with the way to its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from journeybook.formats import plural, score
from journeybook.model import Journey
from journeybook.views import parts, stage_parts
from journeybook.views.context import Context
from journeybook.words import NP_, _

COUNTED = {
    "broken": NP_("%(num)s broken", "%(num)s broken"),
    "missed-in-data": NP_("%(num)s missed in data", "%(num)s missed in data"),
    "at-risk": NP_("%(num)s at risk", "%(num)s at risk"),
    "unmatched": NP_("%(num)s unmatched", "%(num)s unmatched"),
    "sign-off-due": NP_("%(num)s sign-off due", "%(num)s sign-offs due"),
    "undecidable": NP_("%(num)s undecidable", "%(num)s undecidable"),
}
"""Verdicts that are no good news, counted."""


def tiles(journey: Journey, stages: tuple[stage_parts.Stage, ...], context: Context) -> Iterator[stage_parts.Tile]:
    """Lowest point, severe pains, promises, metrics, content: always five, in this order."""
    yield _lowest_tile(journey, stages)
    pains = [(stage, pain) for stage in stages for pain in stage.pains]
    severe = [stage for stage, pain in pains if pain.level == 3]
    if pains:
        worst = max(stages, key=lambda s: (sum(p.level == 3 for p in s.pains), sum(p.level for p in s.pains)))
        yield stage_parts.Tile(
            f"#stage-{worst.id}",
            str(len(severe)),
            f"/{len(pains)}",
            _("Severe pain points"),
            _("most at %(number)s %(stage)s", number=worst.number, stage=worst.title)
            if severe
            else _("none is severe"),
            "off" if severe else "ok",
        )
    else:
        yield stage_parts.Tile("#canvas", "—", "", _("Pain points"), _("None recorded"), "none")
    yield _promises_tile(stages)
    yield _metrics_tile(stages, tuple(context.metric(metric) for metric in journey.metrics))
    yield _content_tile(stages)


def _lowest_tile(journey: Journey, stages: tuple[stage_parts.Stage, ...]) -> stage_parts.Tile:
    rated = [stage for stage in stages if stage.average is not None]
    if not rated:
        return stage_parts.Tile("#canvas", "—", "", _("Lowest point"), _("Not rated"), "none")
    lowest = min(rated, key=lambda stage: stage.average if stage.average is not None else 0.0)
    value = lowest.average or 0.0
    who = plural("average of %(num)s persona", "average of %(num)s personas", len(journey.personas))
    if len(journey.personas) < 2:
        who = _("average")
    return stage_parts.Tile(
        f"#stage-{lowest.id}",
        score(value),
        "",
        _("Lowest point: %(number)s %(stage)s", number=lowest.number, stage=lowest.title),
        who,
        "off" if value <= -1 else "watch" if value < 0 else "ok",
        tuple(stage.average for stage in stages),
    )


def _promises_tile(stages: tuple[stage_parts.Stage, ...]) -> stage_parts.Tile:
    """Promises made or due here that hold, of those with a verdict."""
    rows = {row.id: row for stage in stages for row in (*stage.agreements.made, *stage.agreements.due)}
    judged = [row for row in rows.values() if row.verdict]
    if not judged:
        return stage_parts.Tile(
            "#promises" if rows else "#canvas",
            "—",
            "",
            _("Promises kept"),
            _("No verdict yet") if rows else _("None recorded"),
            "none",
        )
    kept = [row for row in judged if row.verdict and row.verdict.tone == "ok"]
    ranked = sorted(judged, key=lambda row: row.rank)
    others = Counter(row.word for row in ranked if row.verdict and row.verdict.tone != "ok")
    worst = ranked[0].rank
    tone = "off" if worst < 2 else "watch" if others else "ok"
    words = [plural(*COUNTED[word], times) for word, times in others.items()]
    if len(words) > 3:
        rest = sum(others.values()) - sum([*others.values()][:2])
        words[2:] = [plural("%(num)s more to look at", "%(num)s more to look at", rest)]
    detail = ", ".join(words) or _("all hold")
    return stage_parts.Tile("#promises", str(len(kept)), f"/{len(judged)}", _("Promises kept"), detail, tone)


def _metrics_tile(stages: tuple[stage_parts.Stage, ...], own: tuple[parts.MetricItem, ...]) -> stage_parts.Tile:
    found = {metric.id: metric for metric in own}
    found.update((metric.id, metric) for stage in stages for metric in stage.metrics)
    judged = [metric for metric in found.values() if metric.status.tone in ("ok", "watch", "off")]
    if not judged:
        words = _("Not measured") if found else _("None named")
        return stage_parts.Tile("#metrics" if found else "#canvas", "—", "", _("Metrics on target"), words, "none")
    good = sum(metric.status.tone == "ok" for metric in judged)
    short = len(judged) - good
    return stage_parts.Tile(
        "#metrics",
        str(good),
        f"/{len(judged)}",
        _("Metrics on target"),
        plural("%(num)s short of target", "%(num)s short of target", short) if short else _("all on target"),
        "watch" if short else "ok",
    )


def _content_tile(stages: tuple[stage_parts.Stage, ...]) -> stage_parts.Tile:
    """Stages without live content and questions that nothing answers."""
    empty = [stage for stage in stages if not any(asset.tone == "live" for asset in stage.assets)]
    open_ones = [(stage, question) for stage in stages for question in stage.questions if not question.answers]
    words = [
        plural("%(num)s stage without live content", "%(num)s stages without live content", len(empty))
        if empty
        else "",
        plural("%(num)s open question", "%(num)s open questions", len(open_ones)) if open_ones else "",
    ]
    to = f"#{open_ones[0][1].anchor}" if open_ones else f"#stage-{empty[0].id}" if empty else "#stages"
    total = len(empty) + len(open_ones)
    return stage_parts.Tile(
        to, str(total), "", _("Content gaps"), ", ".join(filter(None, words)) or _("none"), "watch" if total else "ok"
    )
