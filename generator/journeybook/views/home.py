"""The portfolio: home page and the list of journeys."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.formats import day, number, plural
from journeybook.model import Journey
from journeybook.model.reviews import due
from journeybook.problems import Severity
from journeybook.source import Document
from journeybook.views import parts
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context, journey_uri
from journeybook.views.pages import HomeView, JourneysView
from journeybook.views.stages import StageParts
from journeybook.views.text import block, inline, plain
from journeybook.words import N_, NP_, _

MOST_ATTENTION = 7
SECTION = N_("Home")
NUMBERS = {"journeys": NP_("Journey", "Journeys"), "stages": NP_("Stage", "Stages"),
           "promises": NP_("Promise", "Promises"), "personas": NP_("Persona", "Personas"),
           "teams": NP_("Team", "Teams"), "assets": NP_("Asset", "Assets"), "metrics": NP_("Metric", "Metrics")}
"""What is counted, as a label over its number."""
PROMISE_IS = {"broken": N_("Promise broken: %(reason)s"), "missed-in-data": N_("Promise missed in data: %(reason)s")}


def home_view(context: Context, agreements: AgreementParts) -> HomeView:
    """Cards by lifecycle category, and what needs attention."""
    atlas = context.atlas
    cards = _cards(context)
    attention = list(_attention(context, agreements))
    description = atlas.spec.description
    return HomeView(
        uri="", title=atlas.title, section=_(SECTION),
        description=plain(inline(description)) if description else _("Journey maps of %(atlas)s.", atlas=atlas.title),
        lead=block(description) if description else None, cards=cards, groups=tuple(_groups(cards, context)),
        attention=tuple(attention[:MOST_ATTENTION]), more_attention=max(len(attention) - MOST_ATTENTION, 0),
        numbers=tuple(_numbers(context)), scale=(float(atlas.spec.emotion.min), float(atlas.spec.emotion.max)))


def journeys_view(context: Context) -> JourneysView:
    """All journeys."""
    return JourneysView(uri="journeys/", title=_("Journeys"), section=_("Journeys"),
                        description=_("Every journey with its owner, personas and state."), cards=_cards(context))


def _cards(context: Context) -> tuple[parts.JourneyCard, ...]:
    ordered = sorted(context.atlas.journeys.values(), key=lambda j: (int(j.spec.level or 1), j.spec.title.casefold()))
    cards = [context.card(journey) for journey in ordered]
    cards += (_broken_card(ident, document) for ident, document in sorted(context.atlas.broken.items()))
    return tuple(cards)


def _broken_card(ident: str, document: Document) -> parts.JourneyCard:
    return parts.JourneyCard(
        id=ident, title=ident.replace("-", " ").capitalize(), to=journey_uri(ident),
        lead=_("%(file)s cannot be read.", file=document.path), categories=(), kind=_("journey"),
        status=parts.Tag(_("Cannot be read"), "off", "file-alert-outline"), state="", owner=None, personas=(),
        stage_count=0, curve=(), lowest="", severe_pains=0, reviewed="", overdue="", broken=True)


def _groups(cards: tuple[parts.JourneyCard, ...],
            context: Context) -> Iterator[tuple[str, tuple[parts.JourneyCard, ...]]]:
    """A card stands under its first category; those without one come last."""
    whole = tuple(c for c in cards if c.whole)
    if whole:
        yield _("The whole relationship"), whole
    rest = [card for card in cards if card not in whole]
    for category in context.atlas.categories:
        own = tuple(card for card in rest if card.categories[:1] == (category.label,))
        if own:
            yield category.label, own
    others = tuple(card for card in rest if not card.categories)
    if others:
        yield _("No category"), others


def _numbers(context: Context) -> Iterator[parts.Fact]:
    atlas = context.atlas
    for how_many, kind, to in ((len(atlas.journeys), "journeys", "journeys/"),
                               (len(atlas.stages), "stages", "journeys/"),
                               (len(atlas.promises), "promises", "promises/"),
                               (len(atlas.personas), "personas", "people/"), (len(atlas.teams), "teams", "people/"),
                               (len(atlas.assets), "assets", "library/content/"),
                               (len(atlas.metrics), "metrics", "library/metrics/")):
        yield parts.Fact(plural(*NUMBERS[kind], how_many), number(how_many), to=to)


def _attention(context: Context, agreements: AgreementParts) -> Iterator[parts.Attention]:
    """What to look at first: what cannot be read, broken promises, overdue reviews, falling metrics, open questions."""
    atlas = context.atlas
    for ident, document in atlas.broken.items():
        yield parts.Attention(parts.Link(ident, journey_uri(ident)),
                              _("%(file)s cannot be read", file=document.path), "off")
    for journey in atlas.journeys.values():
        errors = sum(p.severity is Severity.ERROR for p in context.by_file.get(journey.origin.document.path, ()))
        if errors:
            words = plural("%(num)s error to mend", "%(num)s errors to mend", errors)
            yield parts.Attention(context.journey_link(journey), words, "off")
    for row in agreements.promises():
        if row.verdict and row.verdict.tone == "off":
            link = parts.Link(plain(row.statement), f"promises/#{row.anchor}")
            yield parts.Attention(link, _(PROMISE_IS[row.word], reason=row.because), "off")
    yield from _overdue(context)
    for metric in atlas.metrics.values():
        item = context.metric(metric)
        if item.status.tone == "off" and item.trend_tone == "bad":
            yield parts.Attention(parts.Link(item.name, item.to),
                                  _("Off target at %(value)s and getting worse", value=item.value), "off")
    for journey in atlas.journeys.values():
        yield from _open_questions(journey, context)


def _overdue(context: Context) -> Iterator[parts.Attention]:
    """Journeys and personas whose review is overdue."""
    atlas = context.atlas
    records = [(due(journey, atlas), context.journey_link(journey)) for journey in atlas.journeys.values()]
    records += [(due(persona, atlas), parts.Link(persona.spec.name, f"people/personas/{persona.id}/"))
                for persona in atlas.personas.values()]
    for when, link in records:
        if when and when < context.settings.today:
            yield parts.Attention(link, _("Review overdue since %(day)s", day=day(when)), "off")


def _open_questions(journey: Journey, context: Context) -> Iterator[parts.Attention]:
    builder = StageParts(journey, context)
    for stage in journey.stages:
        for question in stage.questions:
            part = builder.question(stage, question)
            if not part.answers:
                link = parts.Link(plain(part.ask), f"{journey_uri(journey.id)}#{part.anchor}", journey.spec.title)
                yield parts.Attention(link, _("No asset answers it; heard %(times)s", times=part.heard)
                                      if part.heard else _("No asset answers it"), "watch")
