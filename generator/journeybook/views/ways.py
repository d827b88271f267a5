"""How the stages of a journey hang together: flow line, stage diagram, and the ways out of a stage in words."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.diagrams.flow import Arc, Flow, Station
from journeybook.diagrams.graph import Edge, Graph, Node
from journeybook.formats import number
from journeybook.model import Journey, Stage, Transition
from journeybook.model.walked import Measured
from journeybook.views import parts, stage_parts
from journeybook.views.context import Context
from journeybook.views.lengths import how_long
from journeybook.views.record_places import journey_uri, stage_to
from journeybook.views.walked import measured_share, measured_way, undrawn, weight
from journeybook.words import N_, _

LEADS = {"next": (N_("Goes on to"), "arrow-right"), "branch": (N_("Or goes to"), "source-branch"),
         "skip": (N_("Skips to"), "debug-step-over"), "back": (N_("Back to"), "arrow-u-left-top"),
         "loop": (N_("Loops to"), "sync"), "reentry": (N_("Enters again at"), "login-variant"),
         "exit": (N_("Leaves for"), "exit-to-app"), "win-back": (N_("Won back to"), "account-reactivate-outline")}
LABELS = {"next": N_("goes on to"), "branch": N_("or goes to"), "skip": N_("skips to"), "back": N_("back to"),
          "loop": N_("loops to"), "reentry": N_("enters again at"), "exit": N_("leaves for"),
          "win-back": N_("won back to")}
"""What is written at an arrow that says nothing of its own."""


def level(score: float | None) -> int:
    """A score folded to −2 … 2 for colour and face; halves go away from zero, None counts as 0."""
    if score is None:
        return 0
    return max(-2, min(2, int(abs(score) + 0.5) * (1 if score > 0 else -1)))


def is_moment_of_truth(stage: Stage) -> bool:
    """Whether the relationship can turn at the stage."""
    return bool(stage.spec.moments_of_truth) or any(step.spec.moment_of_truth for step in stage.steps)


def words(transition: Transition, measured: Measured | None = None) -> str:
    """What a way is labelled with: condition or trigger, and share, as it is meant and as it was measured."""
    spec = transition.spec
    if spec is None:
        return measured_share(transition, measured)
    share = number(spec.share, "%") if spec.share is not None else ""
    text = spec.condition or spec.trigger or (_("a new person") if spec.actor == "new" else "")
    return " · ".join(filter(None, (text, share, measured_share(transition, measured))))


def is_chain(journey: Journey) -> bool:
    """Whether every stage simply leads to the next one, and nowhere else."""
    following = {(a.key, b.key) for a, b in zip(journey.stages, journey.stages[1:], strict=False)}
    return all((t.source, t.target) in following and t.type == "next" for t in journey.transitions)


def flow(journey: Journey, context: Context) -> Flow:
    """The line over the canvas: stations on the columns, arcs for other ways, stubs for ways out."""
    columns = {stage.key: index for index, stage in enumerate(journey.stages)}
    joined = [False] * max(len(columns) - 1, 0)
    arcs: list[Arc] = []
    seen: list[tuple[int, int, str]] = []
    exits: list[tuple[int, str, str]] = []
    measured = context.atlas.measured.get(journey.id)
    for transition in journey.transitions:
        source, target = columns.get(transition.source), columns.get(transition.target)
        if source is None:
            continue
        if target is None:
            title = _other_title(transition, context)
            exits.append((source, title, stage_to(transition.target)))
        elif target == source + 1 and transition.type in ("next", "branch"):
            joined[source] = True
            if weight(transition, measured):
                seen.append((source, weight(transition, measured), measured_way(transition, measured)))
        elif target != source:
            arcs.append(Arc(source, target, words(transition, measured) or _(LABELS[transition.type]), transition.type,
                            weight(transition, measured)))
    arcs += [Arc(columns[source], columns[target], label, "undrawn", thickness)
             for source, target, thickness, label in undrawn(journey, measured)]
    stations = tuple(
        Station(stage.key.stage, stage.number, stage.spec.title, f"#stage-{stage.key.stage}",
                is_moment_of_truth(stage), level(stage.average)) for stage in journey.stages)
    return Flow(stations, tuple(arcs), tuple(joined), (), tuple(exits), tuple(seen))


def _other_title(transition: Transition, context: Context) -> str:
    other = context.atlas.journeys.get(transition.target.journey)
    return other.spec.title if other else transition.target.journey


def graph(journey: Journey, context: Context) -> Graph | None:
    """The journey's real shape for Graphviz; None where the flow line says everything."""
    return None if is_chain(journey) or not journey.stages else whole_graph(journey, context)


def whole_graph(journey: Journey, context: Context) -> Graph:
    """The journey's real shape for Graphviz, a mere chain too."""
    nodes = [
        Node(stage.key.stage, stage.spec.title, f"#stage-{stage.key.stage}", "stage", stage.number,
             is_moment_of_truth(stage), level(stage.average) if stage.average is not None else None)
        for stage in journey.stages]
    others: dict[str, Node] = {}
    edges: list[Edge] = []
    ways = [*journey.transitions, *_arriving(journey, context)]
    measured = context.atlas.measured.get(journey.id)
    for transition in ways:
        keys = []
        for end in (transition.source, transition.target):
            if end.journey == journey.id:
                keys.append(end.stage)
                continue
            key = f"{end.journey}/{end.stage}"
            stage = context.atlas.stages.get(end)
            other = context.atlas.journeys.get(end.journey)
            note = _("at %(stage)s", stage=stage.spec.title) if stage else ""
            others.setdefault(key, Node(key, other.spec.title if other else end.journey, stage_to(end), "journey",
                                        note=note))
            keys.append(key)
        edges.append(Edge(keys[0], keys[1], transition.type, words(transition, measured),
                          weight(transition, measured)))
    return Graph(_("Stages of %(journey)s", journey=journey.spec.title), (*nodes, *others.values()), tuple(edges))


def _arriving(journey: Journey, context: Context) -> list[Transition]:
    """Ways from other journeys into this one."""
    return [transition for stage in journey.stages for transition in context.atlas.arrivals.get(stage.key, ())
            if transition.source.journey != journey.id]


def ways(stage: Stage, context: Context) -> tuple[stage_parts.Way, ...]:
    """The written ways out of a stage."""
    found = []
    for transition in context.atlas.departures.get(stage.key, ()):
        spec = transition.spec
        target = context.atlas.stages.get(transition.target)
        if spec is None or target is None:
            continue
        lead, icon = LEADS[transition.type]
        own = transition.target.journey == stage.key.journey
        link = parts.Link(f"{target.number} {target.spec.title}" if own else target.spec.title,
                          f"#stage-{target.key.stage}" if own else stage_to(target.key),
                          "" if own else context.atlas.journeys[transition.target.journey].spec.title)
        detail = "; ".join(filter(None, (
            spec.condition, _("set off by: %(trigger)s", trigger=spec.trigger) if spec.trigger else "",
            _("after %(length)s", length=how_long(spec.delay)) if spec.delay else "",
            _("a new person") if spec.actor == "new" else "")))
        found.append(stage_parts.Way(transition.type, icon, _(lead), link, detail,
                               number(spec.share, "%") if spec.share is not None else ""))
    return tuple(found)


def family(journey: Journey, context: Context) -> tuple[parts.Link, ...]:
    """Journeys around this one, each once with the first thing that joins them."""
    journeys = context.atlas.journeys
    found: dict[str, str] = {}
    for ident, note in (*_kin(journey, context), *_neighbours(journey, context)):
        if ident in journeys and ident != journey.id:
            found.setdefault(ident, note)
    return tuple(parts.Link(journeys[ident].spec.title, journey_uri(ident), note) for ident, note in found.items())


def _kin(journey: Journey, context: Context) -> Iterator[tuple[str, str]]:
    """What it is part of, its details, and the other state of the same journey."""
    atlas = context.atlas
    yield journey.parent, _("Part of")
    yield from ((child.id, _("Part of this one")) for child in atlas.children.get(journey.id, ()))
    yield from ((stage.spec.detail, _("Shows %(stage)s in detail", stage=stage.spec.title)) for stage in journey.stages
                if stage.spec.detail)
    yield from ((other.id, _("Shows this one as a stage")) for other in atlas.overviews.get(journey.id, ()))
    yield from ((other.id, _("Future state of this one")) for other in atlas.futures.get(journey.id, ()))
    yield journey.compares_to, _("Current state of this one")


def _neighbours(journey: Journey, context: Context) -> Iterator[tuple[str, str]]:
    """Journeys that people come from or go to, and those the team calls related."""
    for transition in (*journey.transitions, *_arriving(journey, context)):
        if transition.target.journey != journey.id:
            yield transition.target.journey, _("Leads there")
        elif transition.source.journey != journey.id:
            yield transition.source.journey, _("Leads here")
    yield from ((ident, _("Related")) for ident in journey.related)
