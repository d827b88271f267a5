"""The portfolio: home page and the list of journeys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from journeybook.formats import number, plural
from journeybook.hosting import new_address
from journeybook.model.drafts import draft
from journeybook.source import Document
from journeybook.views import parts
from journeybook.views.agreements import AgreementParts
from journeybook.views.attention import attention
from journeybook.views.context import Context
from journeybook.views.filters import NOBODY, Bar, Filter, Switch, bar, filter_of
from journeybook.views.pages import CardGroup, HomeView, JourneysView
from journeybook.views.record_places import journey_uri
from journeybook.views.text import block, inline, plain
from journeybook.words import N_, NP_, _

MOST_CARDS = 9
"""Cards a category. Beyond it stand those with most to mend; the table has all."""
NAMED_AFTER = "# Name this file after the journey, such as first-visit.yml: the name becomes the address of its page."
SECTION = N_("Home")
NUMBERS = {"journeys": NP_("Journey", "Journeys"), "stages": NP_("Stage", "Stages"),
           "promises": NP_("Promise", "Promises"), "personas": NP_("Persona", "Personas"),
           "teams": NP_("Team", "Teams"), "assets": NP_("Asset", "Assets"), "metrics": NP_("Metric", "Metrics")}
"""What is counted, as a label over its number."""


def home_view(context: Context, agreements: AgreementParts) -> HomeView:
    """What needs attention; journeys as cards by lifecycle category, and as a table."""
    atlas = context.atlas
    cards = _cards(context)
    groups = tuple(_groups(cards, context))
    first, more = attention(context, agreements)
    description = atlas.spec.description
    return HomeView(
        uri="", title=atlas.title, section=_(SECTION),
        description=plain(inline(description)) if description else _("Journey maps of %(atlas)s.", atlas=atlas.title),
        lead=block(description) if description else None, cards=cards, groups=groups, bar=_bar(cards, context),
        all_on_cards=all(group.total == len(group.cards) for group in groups),
        table=len(cards) <= context.settings.register_rows, attention=first, more_attention=more,
        preview=context.preview_link, suggest=_suggest(context), numbers=tuple(_numbers(context)),
        scale=(float(atlas.spec.emotion.min), float(atlas.spec.emotion.max)))


def journeys_view(context: Context) -> JourneysView:
    """All journeys."""
    cards = _cards(context)
    return JourneysView(uri="journeys/", title=_("Journeys"), section=_("Journeys"), cards=cards,
                        bar=_bar(cards, context), suggest=_suggest(context),
                        description=_("Every journey with its owner, personas and state."))


def _suggest(context: Context) -> str:
    """The address at the Git host where a new journey is begun, ``""`` where it is not known."""
    atlas, settings, count = context.atlas, context.settings, 1
    ident = "new-journey"
    while ident in atlas.journeys or ident in atlas.broken:
        count += 1
        ident = f"new-journey-{count}"
    text = f"{NAMED_AFTER}\n{draft(atlas, 'New journey')}"
    return new_address(settings.edit_pattern, f"{settings.edit_folder}/journeys/{ident}.yml", text)


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
        stage_count=0, curve=(), lowest="", severe_pains=0, reviewed="", overdue="", broken=True,
        keys=parts.JourneyKeys(status="broken", rank=-1))


def _bar(cards: tuple[parts.JourneyCard, ...], context: Context) -> Bar:
    """What the journeys can be filtered by."""
    titles = {category.id: category.label for category in context.atlas.categories}
    offered = (
        filter_of("owner", _("Owner"), ((c.keys.owner or NOBODY, c.owner.name if c.owner else _("No owner"))
                                        for c in cards if not c.broken)),
        _in_order(filter_of("category", _("Category"), (
            (ident, titles[ident]) for c in cards for ident in c.keys.categories)), titles),
        filter_of("for", _("For"), (pair for c in cards for pair in zip(
            c.keys.personas, (link.text for link in c.personas), strict=True))),
        filter_of("status", _("Status"), ((c.keys.status, c.status.word)
                                          for c in sorted(cards, key=lambda c: c.keys.rank)), as_given=True),
        Switch("overdue", _("Overdue"), sum(bool(c.overdue) for c in cards)))
    return bar(len(cards), *offered)


def _in_order(found: Filter, order: Iterable[str]) -> Filter:
    places = {value: place for place, value in enumerate(order)}
    return Filter(found.key, found.label, tuple(sorted(found.choices, key=lambda choice: places[choice.value])))


def _groups(cards: tuple[parts.JourneyCard, ...], context: Context) -> Iterator[CardGroup]:
    """A card stands under its first category; those without one come last."""
    whole = tuple(c for c in cards if c.whole)
    yield from _group(_("The whole relationship"), whole, cards, "")
    rest = [card for card in cards if not card.whole]
    by_category: dict[str, list[parts.JourneyCard]] = {}
    for card in rest:
        by_category.setdefault(card.keys.categories[0] if card.keys.categories else "", []).append(card)
    for category in context.atlas.categories:
        yield from _group(category.label, by_category.get(category.id, ()), cards, category.id)
    yield from _group(_("No category"), by_category.get("", ()), cards, "")


def _group(title: str, own: Iterable[parts.JourneyCard], cards: tuple[parts.JourneyCard, ...],
           category: str) -> Iterator[CardGroup]:
    """One category, with those that have most to mend where there are too many; nothing where there are none.

    The table that the group leads to has each of its category's journeys, also those that stand in another group.
    """
    group = tuple(own)
    if group:
        chosen = {card.id for card in sorted(group, key=to_mend)[:MOST_CARDS]}
        listed = sum(category in card.keys.categories for card in cards) if category else len(cards)
        yield CardGroup(title, tuple(card for card in group if card.id in chosen), len(group),
                        f"journeys/?category={category}" if category else "journeys/", listed)


def to_mend(card: parts.JourneyCard) -> tuple[bool, int, float]:
    """Sorts first what cannot be read, what is overdue, what hurts most."""
    low = card.keys.low
    return not card.broken, -card.severe_pains - 2 * bool(card.overdue), 0.0 if low is None else low


def _numbers(context: Context) -> Iterator[parts.Fact]:
    atlas = context.atlas
    for how_many, kind, to in ((len(atlas.journeys), "journeys", "journeys/"),
                               (len(atlas.stages), "stages", "lifecycle/"),
                               (len(atlas.promises), "promises", "promises/"),
                               (len(atlas.personas), "personas", "people/"),
                               (len(atlas.teams), "teams", "people/#teams"),
                               (len(atlas.assets), "assets", "library/content/"),
                               (len(atlas.metrics), "metrics", "library/metrics/")):
        yield parts.Fact(plural(*NUMBERS[kind], how_many), number(how_many), to=to)
