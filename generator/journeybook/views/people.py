"""Pages of personas and teams."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from journeybook.formats import day, listed, number, score
from journeybook.model import Atlas, Persona, Stage, Team
from journeybook.model.reviews import due
from journeybook.problems import Problem
from journeybook.views import parts
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context, journey_uri, stage_to
from journeybook.views.pages import PeopleView, PersonaCard, PersonaCurve, PersonaView, TeamCard, TeamView
from journeybook.views.stages import StageParts
from journeybook.views.text import inline, maybe, plain
from journeybook.views.ways import level
from journeybook.words import N_, _, _c

SECTION = N_("People")
ROLES = {"buyer": N_("buyer"), "customer": N_("customer"), "user": N_("user"), "influencer": N_("influencer"),
         "approver": N_("approver")}
BASIS = {"assumed": N_("Assumed"), "observed": N_("Observed"), "measured": N_("Measured")}


def people_view(context: Context) -> PeopleView:
    """All personas and teams."""
    atlas = context.atlas
    return PeopleView(
        uri="people/", title=_("People"), section=_(SECTION),
        description=_("Whose journeys are drawn, and who is accountable for them."),
        personas=tuple(_persona_card(persona, index, context)
                       for index, persona in enumerate(atlas.personas.values())),
        teams=tuple(_team_card(team, context) for team in atlas.teams.values()))


def _persona_card(persona: Persona, index: int, context: Context) -> PersonaCard:
    spec = persona.spec
    return PersonaCard(context.persona(persona, index), _roles(persona),
                       maybe(spec.quote), len(context.atlas.journeys_of_persona.get(persona.id, ())),
                       number(spec.share, "%") if spec.share is not None else "")


def _roles(persona: Persona) -> str:
    """``Buyer and customer``."""
    said = listed([_(ROLES[role]) for role in persona.spec.role])
    return said[:1].upper() + said[1:]


def _team_card(team: Team, context: Context) -> TeamCard:
    atlas, ref = context.atlas, context.team(team)
    if ref is None:  # pragma: no cover - a team always has a reference
        raise ValueError(team.id)
    return TeamCard(
        ref, context.somebody(team.spec.lead), sum(j.owner == team for j in atlas.journeys.values()),
        len(atlas.stages_of_team.get(team.id, ())), sum(a.owner == team for a in atlas.assets.values()),
        sum(m.owner == team for m in atlas.metrics.values()), len(_problems_of(team, context)))


def persona_view(persona: Persona, context: Context) -> PersonaView:
    """One persona."""
    spec, atlas = persona.spec, context.atlas
    journeys = atlas.journeys_of_persona.get(persona.id, ())
    scale = atlas.spec.emotion
    pains: list[tuple[parts.Pain, parts.Link]] = []
    for journey in journeys:
        builder = StageParts(journey, context)
        for stage in journey.stages:
            pains += ((pain, context.stage_link(stage)) for pain in builder.pains(stage)
                      if not pain.personas or persona.id in [ref.id for ref in pain.personas])
    path = persona.origin.document.path
    return PersonaView(
        uri=f"people/personas/{persona.id}/", title=spec.name, section=_(SECTION),
        description=plain(maybe(spec.summary)), source=context.inside(path),
        edit=context.edit(path, persona.origin.span(key=True).line), ref=context.persona(persona),
        roles=_roles(persona), lead=maybe(spec.summary), quote=maybe(spec.quote),
        facts=tuple(_persona_facts(persona, context)), needs=tuple(_needs(persona, context)),
        curves=tuple(_curve(persona, [*journey.stages], context) for journey in journeys),
        scale=(float(scale.min), float(scale.max)),
        pains=tuple(sorted(pains, key=lambda pair: -pair[0].level)),
        assets=tuple(context.asset_row(asset) for asset in atlas.assets.values() if persona in asset.personas),
        photo=persona.photo, photo_alt=spec.alt or spec.name)


def _persona_facts(persona: Persona, context: Context) -> Iterator[parts.Fact]:
    spec = persona.spec
    if spec.work:
        yield parts.Fact(_("Work"), spec.work.title or spec.work.role or "", sub=", ".join(
            filter(None, (spec.work.role if spec.work.title else "", spec.work.company))))
    if spec.demographics:
        about = spec.demographics
        rest = [about.location, about.income, about.education, about.gender]
        yield parts.Fact(_("About"), about.age or next(filter(None, rest), "") or "",
                         sub=" · ".join(filter(None, rest if about.age else rest[1:])))
    if spec.share is not None:
        yield parts.Fact(_("Share"), number(spec.share, "%"), sub=_("of customers"))
    if spec.basis or spec.sources:
        names = [e.spec.summary if (e := context.atlas.evidence.get(s)) else s for s in spec.sources]
        yield parts.Fact(_("Based on"), _(BASIS[spec.basis or "assumed"]), sub="; ".join(names))
    owner = context.team(persona.owner)
    if owner:
        yield parts.Fact(_c("persona", "Kept by"), owner.name, to=owner.to)
    late = context.overdue(due(persona, context.atlas))
    if spec.reviewed:
        yield parts.Fact(_("Last reviewed"), day(spec.reviewed), date=spec.reviewed,
                         tag=parts.Tag(late, "off", "calendar-alert") if late else None)


def _needs(persona: Persona, context: Context) -> Iterator[tuple[str, tuple[Markup, ...]]]:
    spec = persona.spec
    channels = context.atlas.channels
    lists = (
        (_("Goals"), spec.goals), (_("Problems"), spec.problems),
        (_("Wants to feel"), spec.motivations.emotional if spec.motivations else []),
        (_("Wants to see in numbers"), spec.motivations.logical if spec.motivations else []),
        (_("Behaviour"), spec.behaviours), (_("How they buy"), spec.buying_habits), (_("Listens to"), spec.influences),
        (_("Frustrations"), spec.frustrations), (_("Likes to read or watch"), spec.preferred_content),
        (_("Channels they prefer"), [channels[c].label if c in channels else c for c in spec.preferred_channels]))
    for heading, texts in lists:
        if texts:
            yield heading, tuple(inline(text) for text in texts)


def _curve(persona: Persona, stages: list[Stage], context: Context) -> PersonaCurve:
    scores = [stage.feelings[persona.id].score if persona.id in stage.feelings else None for stage in stages]
    journey = context.atlas.journeys[stages[0].key.journey] if stages else None
    rated = [(value, stage) for value, stage in zip(scores, stages, strict=True) if value is not None]
    lowest = None
    if rated:
        value, stage = min(rated, key=lambda pair: pair[0])
        lowest = parts.Link(_("%(score)s at %(stage)s", score=score(value), stage=stage.spec.title),
                            stage_to(stage.key))
    link = parts.Link(journey.spec.title, journey_uri(journey.id)) if journey else parts.Link("", "")
    return PersonaCurve(link, tuple(scores), lowest)


def team_view(team: Team, context: Context, agreements: AgreementParts) -> TeamView:
    """What a team owns."""
    spec, atlas = team.spec, context.atlas
    ref = context.team(team)
    if ref is None:  # pragma: no cover - a team always has a reference
        raise ValueError(team.id)
    path = team.origin.document.path
    stages = atlas.stages_of_team.get(team.id, ())
    return TeamView(
        uri=ref.to, title=spec.name, section=_(SECTION),
        description=_("What %(team)s owns: journeys, stages, content and metrics.", team=spec.name),
        source=context.inside(path),
        edit=context.edit(path, team.origin.span(key=True).line), ref=ref, lead=context.somebody(spec.lead),
        facts=tuple(_team_facts(team, atlas, context)),
        journeys=tuple(context.card(journey) for journey in atlas.journeys.values() if journey.owner == team),
        stages=tuple(_owned(stage, context) for stage in stages),
        assets=tuple(context.asset_row(asset) for asset in atlas.assets.values() if asset.owner == team),
        metrics=tuple(context.metric(metric) for metric in atlas.metrics.values() if metric.owner == team),
        touchpoints=tuple(context.chip(t) for t in atlas.touchpoints.values() if t.owner == team),
        given=agreements.promises(tuple(p for p in atlas.promises.values() if p.owner == team)),
        received=agreements.promises(tuple(p for stage in stages for p in atlas.promises_due.get(stage.key, ()))),
        handoffs=tuple({h.id: agreements.handoff(h) for stage in stages for h in (
            *atlas.handoffs_out.get(stage.key, ()), *atlas.handoffs_in.get(stage.key, ()))}.values()),
        loops=tuple(agreements.loop(loop) for loop in atlas.loops.values() if loop.owner == team),
        opportunities=tuple(agreements.opportunity(o) for o in atlas.opportunities.values() if o.owner == team),
        problems=context.notes(_problems_of(team, context)))


def _owned(stage: Stage, context: Context) -> parts.OwnedStage:
    journey = context.atlas.journeys[stage.key.journey]
    feeling = number(round(stage.average, 1), signed=True) if stage.average is not None else ""
    return parts.OwnedStage(context.journey_link(journey), parts.Link(stage.spec.title, stage_to(stage.key)),
                            stage.number, feeling, level(stage.average), stage.owner_inherited)


def _team_facts(team: Team, atlas: Atlas, context: Context) -> Iterator[parts.Fact]:
    spec = team.spec
    if spec.lead:
        yield parts.Fact(_("Lead"), context.somebody(spec.lead))
    if spec.members:
        yield parts.Fact(_("Members"), ", ".join(context.somebody(member) for member in spec.members))
    if spec.hats:
        yield parts.Fact(_("Also is"), ", ".join(context.somebody(hat) for hat in spec.hats))
    worn_by = [other.spec.name for other in atlas.teams.values() if team.id in other.spec.hats]
    if worn_by:
        yield parts.Fact(_("Hat of"), ", ".join(worn_by))
    if spec.contact:
        yield parts.Fact(_("Contact"), spec.contact)
    if spec.git:
        yield parts.Fact(_("Git"), ", ".join(f"@{handle.lstrip('@')}" for handle in spec.git))


def _problems_of(team: Team, context: Context) -> list[Problem]:
    """Warnings and errors in what a team owns: in its journeys' files, its stages and its records."""
    return context.problems_by_team.get(team.id, [])
