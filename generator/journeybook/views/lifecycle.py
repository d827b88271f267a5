"""The lifecycle atlas: all journeys by category while they are few, one category at a time when they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from journeybook.diagrams.atlas import AtlasGraph, Banner, Column, Member
from journeybook.formats import plural
from journeybook.model import Atlas, Category, Journey
from journeybook.theme import page_style
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.lifecycle_category import Home, homes
from journeybook.views.lifecycle_parts import (
    CategoryIndex,
    IndexGroup,
    JourneyWays,
    LifecycleRow,
    LifecycleView,
    MatrixColumn,
)
from journeybook.views.links import OPEN, Links
from journeybook.views.record_places import journey_uri, stage_to
from journeybook.views.text import inline
from journeybook.words import NP_, _

LOOK = "assets/journeybook/lifecycle.css"
WHOLE = 25  # journeys; with more, no picture of all of them can be read
INSIDE = (NP_("%(num)s link within", "%(num)s links within"), NP_("%(num)s hinge", "%(num)s hinges"),
          NP_("%(num)s overlap stage", "%(num)s overlap stages"))
"""What is counted within a category: links between its journeys, hinges, stages in more than one category."""


def lifecycle_homes(context: Context, links: Links) -> tuple[Home, ...]:
    """The categories that get pages of their own: all that have journeys, once there are many journeys."""
    return homes(context, links) if len(context.atlas.journeys) > WHOLE else ()


def lifecycle_view(context: Context, links: Links, pages: Sequence[Home]) -> LifecycleView:
    """The whole; ``pages`` are those of :func:`lifecycle_homes`."""
    atlas, large = context.atlas, bool(pages)
    to = {home.category.id: home.uri for home in pages}
    return LifecycleView(
        uri="lifecycle/", title=_("Lifecycle"), section=_("Lifecycle"),
        description=_("All journeys by lifecycle category, and how they lead into each other."),
        lead=plural("%(num)s journey across %(categories)s", "%(num)s journeys across %(categories)s",
                    len(atlas.journeys),
                    categories=plural("%(num)s category", "%(num)s categories", len(atlas.categories))),
        purchase_point=atlas.spec.purchase_point or "",
        purchase_at=_purchase_at(atlas) if atlas.spec.purchase_point else None,
        columns=tuple(_column(category, to, atlas) for category in atlas.categories),
        graph=_categories_graph(atlas, links, pages) if large else _journeys_graph(atlas, links),
        rows=() if large else tuple(_row(journey, atlas) for journey in _ordered(atlas)),
        ways=() if large else tuple(
            JourneyWays(journey.id, context.journey_link(journey), ways)
            for journey in _ordered(atlas) if (ways := links.ways(journey))),
        tree=() if large else tuple(_tree(context)),
        matrix=tuple(_matrix(atlas, pages)), index=tuple(map(_index, pages)),
        about=tuple((category.title, inline(category.description))
                    for category in atlas.spec.categories if category.description),
        files=((LOOK, page_style("lifecycle")),))


def _ordered(atlas: Atlas) -> list[Journey]:
    return sorted(atlas.journeys.values(), key=lambda j: (int(j.spec.level or 1), j.spec.title.casefold()))


def _column(category: Category, to: dict[str, str], atlas: Atlas) -> MatrixColumn:
    """A category with what nobody mapped of the stages its vocabulary names."""
    stages = [stage for stage in atlas.stages.values() if category in stage.categories]
    titles = {_plain(stage.title) for stage in stages}
    names = atlas.spec.stage_vocabulary.get(category.id, ())
    return MatrixColumn(category.label, category.aim, to.get(category.id, ""),
                        len({stage.key.journey for stage in stages}), len(stages),
                        tuple(name for name in names if _plain(name) not in titles))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _row(journey: Journey, atlas: Atlas) -> LifecycleRow:
    cells = tuple(tuple(parts.Link(stage.title, stage_to(stage.key)) for stage in journey.stages
                        if category in stage.categories) for category in atlas.categories)
    return LifecycleRow(journey.id, parts.Link(journey.spec.title, journey_uri(journey.id)), cells, not any(cells))


def _purchase_at(atlas: Atlas) -> int | None:
    """The place of the customer category where it follows the buyer's."""
    pairs = list(pairwise(category.id for category in atlas.categories))
    return pairs.index(("buyer", "customer")) + 1 if ("buyer", "customer") in pairs else None


def _purchase(atlas: Atlas) -> tuple[int, str] | None:
    at = _purchase_at(atlas)
    return (at, atlas.spec.purchase_point) if at is not None and atlas.spec.purchase_point else None


def _columns(atlas: Atlas, links: Links) -> list[Category]:
    """The categories, and a last one for journeys that have none."""
    bare = any(links.home(journey) == OPEN for journey in atlas.journeys.values())
    return [*atlas.categories, *([OPEN] if bare else ())]


def _journeys_graph(atlas: Atlas, links: Links) -> AtlasGraph | None:
    """All journeys in the columns of their categories; those over the whole as bars above them."""
    if not atlas.journeys:
        return None
    categories = _columns(atlas, links)
    place = {category.id: at for at, category in enumerate(categories)}
    members: list[Member] = []
    banners: list[Banner] = []
    for journey in _by_parent(_ordered(atlas)):
        found = sorted(place[category.id] for category in journey.categories if category.id in place)
        if journey.spec.kind == "lifecycle" and len(found) > 1:
            banners.append(Banner(journey.spec.title, journey_uri(journey.id), found[0], found[-1], journey.id))
        else:
            member = links.member(journey, place[links.home(journey).id])
            whole = atlas.journeys.get(journey.parent)
            below = whole and whole.id not in {banner.key for banner in banners}
            members.append(replace(member, notes=(_("Part of %(journey)s", journey=whole.spec.title), *member.notes))
                           if whole and below else member)
    members += tuple(_where_none_is_at_home(categories, members, banners, atlas))
    columns = tuple(Column(c.label, c.aim) for c in categories)
    return AtlasGraph(_("Journeys by category and the links between them"), columns, tuple(members),
                      links.ties(atlas.journeys), tuple(banners), _purchase(atlas))


def _where_none_is_at_home(categories: Sequence[Category], members: Sequence[Member], banners: Sequence[Banner],
                           atlas: Atlas) -> Iterator[Member]:
    """In an empty column: the journeys that reach into it, or that there is none."""
    filled = {member.column for member in members}
    filled |= {at for banner in banners for at in range(banner.first, banner.last + 1)}
    for at, category in enumerate(categories):
        if at in filled:
            continue
        reaching = [member for member in members if category in atlas.journeys[member.key].categories]
        for member in reaching:
            yield replace(member, key=f"{member.key}+{at}", column=at, kind="near", hinge=False, part_of="",
                          notes=(_("From %(category)s", category=categories[member.column].label),))
        if not reaching:
            yield Member(f"gap+{at}", _("No journey"), "", at, kind="gap")


def _by_parent(journeys: Sequence[Journey]) -> Iterator[Journey]:
    """Details right behind the journey they belong to."""
    below: dict[str, list[Journey]] = {}
    known = {journey.id for journey in journeys}
    for journey in journeys:
        below.setdefault(journey.parent if journey.parent in known else "", []).append(journey)
    pending = list(reversed(below.pop("", [])))
    while pending:
        journey = pending.pop()
        yield journey
        pending += reversed(below.pop(journey.id, []))
    for rest in below.values():  # their own ancestors: reported elsewhere, shown all the same
        yield from rest


def _categories_graph(atlas: Atlas, links: Links, pages: Sequence[Home]) -> AtlasGraph:
    """Categories with how much is in them, and the links between them by kind."""
    held = {home.category.id: home for home in pages}
    ties = links.category_ties()
    inside = Counter({tie.source: tie.count for tie in ties if tie.source == tie.target})
    members = []
    for at, category in enumerate(_columns(atlas, links)):
        home = held.get(category.id)
        own = home.journeys if home else ()
        stages = [stage for journey in own for stage in journey.stages]
        numbers = (inside[category.id], sum(stage.spec.role == "hinge" for stage in stages),
                   sum(stage.overlap for stage in stages))
        notes = (plural("%(num)s journey", "%(num)s journeys", len(own)), *(
            plural(*words, how_many) for how_many, words in zip(numbers, INSIDE, strict=True) if how_many))
        members.append(Member(f"in-{category.id}", category.label, home.uri if home else "", at,
                              notes if own else (_("No journey"),), "category"))
    ties = tuple(replace(tie, source=f"in-{tie.source}", target=f"in-{tie.target}") for tie in ties)
    return AtlasGraph(_("Categories and the links between their journeys"), (Column(""),) * len(members),
                      tuple(members), ties, (), _purchase(atlas))


def _matrix(atlas: Atlas, pages: Sequence[Home]) -> Iterator[tuple[parts.Link, tuple[parts.Link | None, ...]]]:
    """By the journey they are details of: how many journeys each category has. None: no journey."""
    cells: dict[str, dict[str, list[parts.Link]]] = {}
    for home in pages:
        for group in home.groups:
            cells.setdefault(group.whole, {}).setdefault(home.category.id, []).append(
                parts.Link(str(len(group.journeys)), group.to))
    for whole in sorted(cells, key=lambda ident: (not ident, atlas.journeys[ident].spec.title if ident else "")):
        link = parts.Link(atlas.journeys[whole].spec.title, journey_uri(whole)) if whole else parts.Link(
            _("Journeys that are no detail of another"), "")
        found = cells[whole]
        yield link, tuple(
            parts.Link(str(sum(int(cell.text) for cell in held)), held[0].to)
            if (held := found.get(category.id)) else None for category in atlas.categories)


def _index(home: Home) -> CategoryIndex:
    return CategoryIndex(f"in-{home.category.id}", parts.Link(home.category.label, home.uri), len(home.journeys), tuple(
        IndexGroup(parts.Link(group.title, group.to), tuple(
            (journey.id, parts.Link(journey.spec.title, journey_uri(journey.id))) for journey in group.journeys))
        for group in home.groups))


def _tree(context: Context) -> Iterator[tuple[int, parts.JourneyCard, str]]:
    """Journeys with their depth, parents before children; each with the title of its parent."""
    atlas = context.atlas
    pending = [(0, journey) for journey in reversed(_ordered(atlas)) if journey.parent not in atlas.journeys]
    seen: set[str] = set()
    while pending:
        depth, journey = pending.pop()
        if journey.id in seen:
            continue
        seen.add(journey.id)
        parent = atlas.journeys[journey.parent].spec.title if depth and journey.parent else ""
        yield depth, context.card(journey), parent
        pending += [(depth + 1, child) for child in reversed(atlas.children.get(journey.id, ()))]
