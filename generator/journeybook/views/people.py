"""The page of people, and of each persona."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from markupsafe import Markup

from journeybook.formats import day, listed, month, number, plural, score
from journeybook.model import Journey, Persona
from journeybook.model.reviews import due
from journeybook.views import parts, stage_parts
from journeybook.views.context import Context
from journeybook.views.division import shortened
from journeybook.views.pages import LowPoint, PeopleView, PersonaCard, PersonaCurve, PersonaView
from journeybook.views.record_places import stage_to
from journeybook.views.stages import StageParts
from journeybook.views.teams import team_card
from journeybook.views.text import inline, maybe, plain
from journeybook.views.ways import level
from journeybook.words import N_, NP_, _, _c

SECTION = N_("People")
ROLES = {"buyer": N_("buyer"), "customer": N_("customer"), "user": N_("user"), "influencer": N_("influencer"),
         "approver": N_("approver")}
BASIS = {"assumed": N_("Assumed"), "observed": N_("Observed"), "measured": N_("Measured")}
COUNTED = {"measured": NP_("%(num)s measured", "%(num)s measured"),
           "observed": NP_("%(num)s observed", "%(num)s observed"),
           "assumed": NP_("%(num)s assumed", "%(num)s assumed")}
"""Scores by what they rest on, the best first."""
KINDS = {"interview": N_("interview"), "survey": N_("survey"), "ticket": N_("ticket"), "analytics": N_("analytics"),
         "workshop": N_("workshop")}
CONFIDENCE = {"low": N_("low confidence"), "medium": N_("medium confidence"), "high": N_("high confidence")}
MOST_LOW = 6
"""So many of the lowest points are named on a persona's page."""
MOST_PAINS = 40
"""So many pains, the worst; the journeys' pages have all."""


def people_view(context: Context) -> PeopleView:
    """All personas and teams."""
    atlas = context.atlas
    return PeopleView(
        uri="people/", title=_("People"), section=_(SECTION),
        description=_("Whose journeys are drawn, and who is accountable for them."),
        personas=tuple(_card(persona, index, context) for index, persona in enumerate(atlas.personas.values())),
        teams=tuple(team_card(team, context) for team in atlas.teams.values()))


def _card(persona: Persona, index: int, context: Context) -> PersonaCard:
    spec = persona.spec
    return PersonaCard(context.persona(persona, index), _roles(persona),
                       maybe(spec.quote), len(context.atlas.journeys_of_persona.get(persona.id, ())),
                       number(spec.share, "%") if spec.share is not None else "")


def _roles(persona: Persona) -> str:
    """``Buyer and customer``."""
    said = listed([_(ROLES[role]) for role in persona.spec.role])
    return said[:1].upper() + said[1:]


def persona_view(persona: Persona, context: Context) -> PersonaView:
    """One persona: curves on one scale, the lowest points, pains and needs, and what all this rests on."""
    spec, atlas = persona.spec, context.atlas
    journeys = atlas.journeys_of_persona.get(persona.id, ())
    scale = atlas.spec.emotion
    curves = sorted((_curve(persona, journey) for journey in journeys), key=lambda c: (c.low is None, c.low or 0.0))
    pains = sorted(_pains(persona, journeys, context), key=lambda pair: -pair[0].level)
    path = persona.origin.document.path
    basis, sources = _research(persona, journeys, context)
    view = PersonaView(
        uri=f"people/personas/{persona.id}/", title=spec.name, section=_(SECTION),
        description=plain(maybe(spec.summary)), source=context.inside(path),
        edit=context.edit(path, persona.origin.span(key=True).line), ref=context.persona(persona),
        roles=_roles(persona), lead=maybe(spec.summary), quote=maybe(spec.quote),
        facts=tuple(_facts(persona, context)), needs=tuple(_needs(persona, context)), curves=tuple(curves),
        scale=(float(scale.min), float(scale.max)), ends=_ends(context),
        lowest=tuple(_lowest(persona, journeys, context)), pains=tuple(pains[:MOST_PAINS]),
        more_pains=max(0, len(pains) - MOST_PAINS), basis=basis, sources=sources,
        assets=tuple(map(context.asset_row, atlas.assets_of_persona.get(persona.id, ()))),
        photo=persona.photo, photo_alt=spec.alt or spec.name)
    return shortened(view, context.settings.register_rows)


def _ends(context: Context) -> tuple[str, str]:
    """The ends of the emotion scale: signed where it goes below zero."""
    spec = context.atlas.spec.emotion
    write = score if spec.min < 0 else number
    return write(float(spec.min)), write(float(spec.max))


def _pains(persona: Persona, journeys: tuple[Journey, ...],
           context: Context) -> Iterator[tuple[stage_parts.Pain, parts.Link]]:
    """What hurts them, and where; a pain that names nobody is everybody's of its journey."""
    for journey in journeys:
        builder = StageParts(journey, context)
        for stage in journey.stages:
            for pain in builder.pains(stage):
                if not pain.personas or any(ref.id == persona.id for ref in pain.personas):
                    yield pain, context.stage_link(stage)


def _curve(persona: Persona, journey: Journey) -> PersonaCurve:
    scores = tuple(feeling.score if (feeling := stage.feelings.get(persona.id)) else None for stage in journey.stages)
    rated = [(value, stage) for value, stage in zip(scores, journey.stages, strict=True) if value is not None]
    lowest, low = None, None
    if rated:
        low, stage = min(rated, key=lambda pair: pair[0])
        lowest = parts.Link(_("%(score)s at %(stage)s", score=score(low), stage=stage.title),
                            stage_to(stage.key))
    return PersonaCurve(parts.Link(journey.spec.title, f"journeys/{journey.id}/"), scores, lowest, low)


def _lowest(persona: Persona, journeys: tuple[Journey, ...], context: Context) -> Iterator[LowPoint]:
    """Stages at which they feel worst, below the middle of the scale only."""
    scale = context.atlas.spec.emotion
    middle = float(scale.min + scale.max) / 2
    found = [(feeling, stage) for journey in journeys for stage in journey.stages
             if (feeling := stage.feelings.get(persona.id)) and feeling.score < middle]
    for feeling, stage in islice(sorted(found, key=lambda pair: pair[0].score), MOST_LOW):
        yield LowPoint(context.stage_link(stage), score(feeling.score), level(feeling.score), feeling.word,
                       feeling.basis)


def _research(persona: Persona, journeys: tuple[Journey, ...],
              context: Context) -> tuple[tuple[parts.Fact, ...], tuple[parts.Link, ...]]:
    """How well they are known, and the evidence they rest on."""
    spec, atlas = persona.spec, context.atlas
    bases = Counter(feeling.basis for journey in journeys for stage in journey.stages
                    if (feeling := stage.feelings.get(persona.id)))
    facts = [parts.Fact(_("Based on"), _(BASIS[spec.basis or "assumed"]))]
    if bases:
        named = (plural(*words, bases[basis]) for basis, words in COUNTED.items() if bases[basis])
        facts.append(parts.Fact(_("Feelings"), ", ".join(named),
                                sub=plural("%(num)s score in all", "%(num)s scores in all", bases.total())))
    links = []
    for ident in spec.sources:
        known = atlas.evidence.get(ident)
        if known is None:
            links.append(parts.Link(ident, ""))
            continue
        about = (_(KINDS[known.spec.kind]) if known.spec.kind else "",
                 number(known.spec.n) if known.spec.n is not None else "",
                 month(known.spec.date) if known.spec.date else "",
                 _(CONFIDENCE[known.spec.confidence]) if known.spec.confidence else "")
        links.append(parts.Link(known.spec.summary, f"library/evidence/#evidence-{ident}",
                                " · ".join(filter(None, about))))
    return tuple(facts), tuple(links)


def _facts(persona: Persona, context: Context) -> Iterator[parts.Fact]:
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
