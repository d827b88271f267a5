"""Pages of teams: what they own, and who does what at which stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from journeybook.formats import number
from journeybook.model import Stage, Team
from journeybook.problems import Problem
from journeybook.views import parts
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context
from journeybook.views.pages import TeamCard, TeamView
from journeybook.views.problem_notes import notes
from journeybook.views.record_places import stage_to
from journeybook.views.registers import RaciView
from journeybook.views.reviews import calendar_of, has_calendar, overdue_of
from journeybook.views.ways import level
from journeybook.words import N_, _

SECTION = N_("People")


def team_card(team: Team, context: Context) -> TeamCard:
    """A team with how much it owns."""
    atlas = context.atlas
    return TeamCard(
        _ref(team, context), context.somebody(team.spec.lead), len(atlas.journeys_of_team.get(team.id, ())),
        len(atlas.stages_of_team.get(team.id, ())), len(atlas.assets_of_team.get(team.id, ())),
        len(atlas.metrics_of_team.get(team.id, ())), len(_problems_of(team, context)))


def team_view(team: Team, context: Context, agreements: AgreementParts) -> TeamView:
    """What a team owns, and what it owes."""
    atlas, ident, path = context.atlas, team.id, team.origin.document.path
    stages = atlas.stages_of_team.get(ident, ())
    view = TeamView(
        uri=f"people/teams/{ident}/", title=team.spec.name, section=_(SECTION),
        description=_("What %(team)s owns: journeys, stages, content and metrics.", team=team.spec.name),
        source=context.inside(path), edit=context.edit(path, team.origin.span(key=True).line),
        ref=_ref(team, context), lead=context.somebody(team.spec.lead), facts=tuple(_facts(team, context)),
        journeys=tuple(map(context.card, atlas.journeys_of_team.get(ident, ()))),
        stages=tuple(_owned(stage, context) for stage in stages),
        assets=tuple(map(context.asset_row, atlas.assets_of_team.get(ident, ()))),
        metrics=tuple(map(context.metric, atlas.metrics_of_team.get(ident, ()))),
        touchpoints=tuple(map(context.chip, atlas.touchpoints_of_team.get(ident, ()))),
        given=agreements.promises(atlas.promises_of_team.get(ident, ())),
        received=agreements.promises(tuple(p for stage in stages for p in atlas.promises_due.get(stage.key, ()))),
        handoffs=tuple({h.id: agreements.handoff(h) for stage in stages for h in (
            *atlas.handoffs_out.get(stage.key, ()), *atlas.handoffs_in.get(stage.key, ()))}.values()),
        loops=tuple(map(agreements.loop, atlas.loops_of_team.get(ident, ()))),
        opportunities=tuple(map(agreements.opportunity, atlas.opportunities_of_team.get(ident, ()))),
        overdue=tuple(overdue_of(team, context)), calendar=calendar_of(ident) if has_calendar(team, context) else "",
        problems=notes(context, _problems_of(team, context)), search=(("", "", " · ".join(_people(team, context))),))
    return replace(view, glance=tuple(_glance(view)))


def _ref(team: Team, context: Context) -> parts.TeamRef:
    ref = context.team(team)
    if ref is None:  # pragma: no cover - a team always has a reference
        raise ValueError(team.id)
    return ref


def _glance(view: TeamView) -> Iterator[parts.Fact]:
    """The page in numbers, each a jump to its section; only what there is."""
    tones = Counter(row.verdict.tone for row in view.received if row.verdict)
    measured = [metric for metric in view.metrics if metric.status.tone in ("ok", "watch", "off")]
    good = sum(metric.status.tone == "ok" for metric in measured)
    off = sum(metric.status.tone == "off" for metric in measured)
    for label, value, to, tone in (
            (_("To mend"), number(len(view.problems)), "#problems", "watch"),
            (_("Reviews overdue"), number(len(view.overdue)), "#overdue", "off"),
            (_("Stages"), number(len(view.stages)), "#stages", ""),
            (_("Promises to keep"), number(len(view.received)), "#received", "off" if tones["off"] else ""),
            (_("Promises made"), number(len(view.given)), "#given", ""),
            (_("Handoffs"), number(len(view.handoffs)), "#handoffs", ""),
            (_("Metrics on target"), f"{good}/{len(measured)}" if measured else "", "#metrics", "off" if off else ""),
            (_("Content"), number(len(view.assets)), "#content", "")):
        if value not in ("", "0"):
            yield parts.Fact(label, value, to=to, tag=parts.Tag("", tone) if tone else None)


def _owned(stage: Stage, context: Context) -> parts.OwnedStage:
    journey = context.atlas.journeys[stage.key.journey]
    feeling = number(round(stage.average, 1), signed=True) if stage.average is not None else ""
    return parts.OwnedStage(context.journey_link(journey), parts.Link(stage.spec.title, stage_to(stage.key)),
                            stage.number, feeling, level(stage.average), stage.owner_inherited, stage.average)


def _facts(team: Team, context: Context) -> Iterator[parts.Fact]:
    spec = team.spec
    if spec.lead:
        yield parts.Fact(_("Lead"), context.somebody(spec.lead))
    if spec.members:
        yield parts.Fact(_("Members"), ", ".join(context.somebody(member) for member in spec.members))
    if spec.hats:
        yield parts.Fact(_("Also is"), ", ".join(context.somebody(hat) for hat in spec.hats))
    wearers = context.atlas.people.get(team.id, frozenset()) - {team.id}
    if wearers:
        yield parts.Fact(_("Hat of"), ", ".join(context.somebody(ident) for ident in sorted(wearers)))
    if spec.contact:
        yield parts.Fact(_("Contact"), spec.contact)
    if spec.git:
        yield parts.Fact(_("Git"), ", ".join(f"@{handle.lstrip('@')}" for handle in spec.git))


def _people(team: Team, context: Context) -> Iterator[str]:
    """Who is looked for and found here: everybody whom the page names."""
    spec = team.spec
    for name in dict.fromkeys(filter(None, (spec.lead, *spec.members, *spec.hats))):
        yield context.somebody(name)
    if spec.contact:
        yield spec.contact


def _problems_of(team: Team, context: Context) -> list[Problem]:
    """Warnings and errors in what a team owns: in its journeys' files, its stages and its records."""
    return list(context.problems_by_team.get(team.id, ()))


def raci_view(context: Context, agreements: AgreementParts) -> RaciView:
    """Who does what; only stages where somebody said."""
    groups = []
    for journey in context.atlas.journeys.values():
        rows = tuple(row for stage in journey.stages if (row := agreements.raci(stage)))
        if rows:
            groups.append((context.journey_link(journey), rows))
    said = sum(len(rows) for _journey, rows in groups)
    return RaciView(
        uri="people/raci/", title=_("Who does what"), section=_(SECTION), groups=tuple(groups),
        silent=len(context.atlas.stages) - said,
        description=_("RACI: responsible, accountable, consulted and informed, stage by stage."))
