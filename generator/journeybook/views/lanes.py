"""The canvas of a journey: lanes, phases, moments and the emotion curve, a column a stage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from journeybook.diagrams.emotion import EmotionPlot
from journeybook.formats import listed
from journeybook.model import Journey
from journeybook.schema.atlas import Lane as LaneSettings
from journeybook.views import stage_parts
from journeybook.views.context import Context
from journeybook.words import N_, NP_, _

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


def phases_of(journey: Journey) -> Iterator[tuple[str, int]]:
    """Runs of stages in the same lifecycle categories; none where there is only one such run."""
    found = [
        (listed([category.label for category in categories]), len(list(stages)))
        for categories, stages in groupby(journey.stages, key=lambda stage: stage.categories)
    ]
    yield from found if len(found) > 1 else ()


def lanes_of(stages: tuple[stage_parts.Stage, ...], own: dict[str, LaneSettings]) -> Iterator[stage_parts.Lane]:
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
                yield stage_parts.Lane(key, _(label), icon, _(heading), not filled[key], unseen)
        for key, lane in own.items():
            if lane.group == group:
                empty = not any(key in stage.own for stage in stages)
                yield stage_parts.Lane(key, lane.name, lane.icon, _(heading), empty, unseen)


def diamonds_of(stages: tuple[stage_parts.Stage, ...]) -> Iterator[tuple[int, str, str]]:
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


def plot_of(journey: Journey, context: Context) -> EmotionPlot:
    """The emotion curve of each persona, and of all."""
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
