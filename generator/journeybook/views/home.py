"""The portfolio: home page and the list of journeys."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.formats import count
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

MOST_ATTENTION = 7


def home_view(context: Context, agreements: AgreementParts) -> HomeView:
    """Cards by lifecycle category, and what needs attention."""
    atlas = context.atlas
    cards = _cards(context)
    attention = list(_attention(context, agreements))
    description = atlas.spec.description
    return HomeView(
        uri="", title=atlas.title, section="Home",
        description=plain(inline(description)) if description else f"Journey maps of {atlas.title}.",
        lead=block(description) if description else None, cards=cards, groups=tuple(_groups(cards, context)),
        attention=tuple(attention[:MOST_ATTENTION]), more_attention=max(len(attention) - MOST_ATTENTION, 0),
        numbers=tuple(_numbers(context)), scale=(float(atlas.spec.emotion.min), float(atlas.spec.emotion.max)))


def journeys_view(context: Context) -> JourneysView:
    """All journeys."""
    return JourneysView(uri="journeys/", title="Journeys", section="Journeys",
                        description="Every journey with its owner, personas and state.", cards=_cards(context))


def _cards(context: Context) -> tuple[parts.JourneyCard, ...]:
    ordered = sorted(context.atlas.journeys.values(), key=lambda j: (int(j.spec.level or 1), j.spec.title.casefold()))
    cards = [context.card(journey) for journey in ordered]
    cards += (_broken_card(ident, document) for ident, document in sorted(context.atlas.broken.items()))
    return tuple(cards)


def _broken_card(ident: str, document: Document) -> parts.JourneyCard:
    return parts.JourneyCard(
        id=ident, title=ident.replace("-", " ").capitalize(), to=journey_uri(ident),
        lead=f"{document.path} cannot be read.", categories=(), kind="journey",
        status=parts.Tag("Cannot be read", "off", "file-alert-outline"), state="", owner=None, personas=(),
        stage_count=0, curve=(), lowest="", severe_pains=0, reviewed="", overdue="", broken=True)


def _groups(cards: tuple[parts.JourneyCard, ...],
            context: Context) -> Iterator[tuple[str, tuple[parts.JourneyCard, ...]]]:
    """A card stands under its first category; those without one come last."""
    whole = tuple(c for c in cards if c.kind == "lifecycle")
    if whole:
        yield "The whole relationship", whole
    rest = [card for card in cards if card not in whole]
    for category in context.atlas.categories:
        own = tuple(card for card in rest if card.categories[:1] == (category.title,))
        if own:
            yield category.title, own
    others = tuple(card for card in rest if not card.categories)
    if others:
        yield "No category", others


def _numbers(context: Context) -> Iterator[parts.Fact]:
    atlas = context.atlas
    for number, word, to in ((len(atlas.journeys), "journey", "journeys/"), (len(atlas.stages), "stage", "journeys/"),
                             (len(atlas.promises), "promise", "promises/"),
                             (len(atlas.personas), "persona", "people/"), (len(atlas.teams), "team", "people/"),
                             (len(atlas.assets), "asset", "library/content/"),
                             (len(atlas.metrics), "metric", "library/metrics/")):
        yield parts.Fact((word if number == 1 else f"{word}s").capitalize(), str(number), to=to)


def _attention(context: Context, agreements: AgreementParts) -> Iterator[parts.Attention]:
    """What to look at first: what cannot be read, broken promises, overdue reviews, falling metrics, open questions."""
    atlas = context.atlas
    for ident, document in atlas.broken.items():
        yield parts.Attention(parts.Link(ident, journey_uri(ident)), f"{document.path} cannot be read", "off")
    for journey in atlas.journeys.values():
        errors = sum(p.severity is Severity.ERROR for p in context.by_file.get(journey.origin.document.path, ()))
        if errors:
            yield parts.Attention(context.journey_link(journey), f"{count(errors, 'error')} to mend", "off")
    for row in agreements.promises():
        if row.verdict and row.verdict.tone == "off":
            link = parts.Link(plain(row.statement), f"promises/#{row.anchor}")
            yield parts.Attention(link, f"Promise {row.verdict.word.lower()}: {row.because}", "off")
    yield from _overdue(context)
    for metric in atlas.metrics.values():
        item = context.metric(metric)
        if item.status.tone == "off" and item.trend_tone == "bad":
            yield parts.Attention(parts.Link(item.name, item.to), f"Off target at {item.value} and getting worse",
                                  "off")
    for journey in atlas.journeys.values():
        yield from _open_questions(journey, context)


def _overdue(context: Context) -> Iterator[parts.Attention]:
    """Journeys and personas whose review is overdue."""
    atlas = context.atlas
    records = [(due(journey, atlas), context.journey_link(journey)) for journey in atlas.journeys.values()]
    records += [(due(persona, atlas), parts.Link(persona.spec.name, f"people/personas/{persona.id}/"))
                for persona in atlas.personas.values()]
    for when, link in records:
        late = context.overdue(when)
        if late:
            yield parts.Attention(link, f"Review {late[:1].lower()}{late[1:]}", "off")


def _open_questions(journey: Journey, context: Context) -> Iterator[parts.Attention]:
    builder = StageParts(journey, context)
    for stage in journey.stages:
        for question in stage.questions:
            part = builder.question(stage, question)
            if not part.answers:
                link = parts.Link(plain(part.ask), f"{journey_uri(journey.id)}#{part.anchor}", journey.spec.title)
                yield parts.Attention(link, f"No asset answers it{f'; heard {part.heard}' if part.heard else ''}",
                                      "watch")
