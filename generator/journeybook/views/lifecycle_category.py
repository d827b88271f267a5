"""The pages of a large atlas: one category each, its journeys in groups, each group with what it is linked to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from journeybook.diagrams.atlas import AtlasGraph, Column, Member
from journeybook.formats import number, plural
from journeybook.frozen import dataclass
from journeybook.model import Category, Journey, Stage
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.lifecycle_parts import (
    JourneyWays,
    LifecycleCategoryView,
    LifecyclePart,
    LifecycleRow,
    MatrixColumn,
)
from journeybook.views.links import OPEN, Links
from journeybook.views.record_places import journey_uri, stage_to
from journeybook.words import _

GROUP = 12  # journeys in one picture, with what they are linked to
NEAR = 24  # of those on one side; the rest are counted there and listed beside it
PAGE = 60  # journeys on one page


@dataclass(frozen=True, slots=True)
class Group:
    """Journeys of one category that are details of ``whole`` (its id; ``""``: of none), and where they are shown."""

    whole: str
    title: str
    journeys: tuple[Journey, ...]
    uri: str
    anchor: str

    @property
    def to(self) -> str:
        """Its section."""
        return f"{self.uri}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Home:
    """A category with the journeys that are at home in it; ``uri`` is the first of its pages."""

    category: Category
    uri: str
    groups: tuple[Group, ...]

    @property
    def journeys(self) -> tuple[Journey, ...]:
        """All of them."""
        return tuple(journey for group in self.groups for journey in group.journeys)

    @property
    def link(self) -> parts.Link:
        """The way to it."""
        return parts.Link(self.category.label, self.uri)

    @property
    def uris(self) -> tuple[str, ...]:
        """Its pages."""
        return tuple(dict.fromkeys(group.uri for group in self.groups))


def homes(context: Context, links: Links) -> tuple[Home, ...]:
    """The categories that have journeys, in the atlas's order; those without a category last."""
    atlas = context.atlas
    held: dict[str, list[Journey]] = {}
    for journey in sorted(atlas.journeys.values(), key=lambda j: j.spec.title.casefold()):
        held.setdefault(links.home(journey).id, []).append(journey)
    ids = [category.id for category in atlas.categories]
    found = []
    for category in (*atlas.categories, OPEN):
        ident = category.id or next(name for name in ("other", "no-category", "_") if name not in ids)
        if category.id in held:
            uri = f"lifecycle/{ident}/"
            found.append(Home(category, uri, tuple(_groups(held[category.id], uri, context))))
    return tuple(found)


def _groups(journeys: Sequence[Journey], uri: str, context: Context) -> Iterator[Group]:
    """By the journey they are details of, in pieces that a picture can show, on pages of a bounded size."""
    atlas = context.atlas
    by_whole: dict[str, list[Journey]] = {}
    for journey in journeys:
        whole = journey.parent if journey.parent in atlas.journeys else ""
        if not whole and journey.id in atlas.children:
            whole = journey.id
        by_whole.setdefault(whole, []).append(journey)
    number = on_page = 0
    page = 1
    titles: Counter[str] = Counter()
    for whole in sorted(by_whole, key=lambda ident: (not ident, atlas.journeys[ident].spec.title if ident else "")):
        own = by_whole[whole]
        own.sort(key=lambda journey: (journey.id != whole, journey.spec.title.casefold()))
        title = atlas.journeys[whole].spec.title if whole else _("Journeys of their own")
        titles[title] += 1  # two journeys may be called the same; their sections must not
        title = f"{title} [{titles[title]}]" if titles[title] > 1 else title
        for start in range(0, len(own), GROUP):
            piece = tuple(own[start:start + GROUP])
            if on_page and on_page + len(piece) > PAGE:
                page, on_page = page + 1, 0
            number, on_page = number + 1, on_page + len(piece)
            named = f"{title} ({start + 1}–{start + len(piece)})" if len(own) > GROUP else title
            yield Group(whole, named, piece, uri if page == 1 else f"{uri}{page}/", f"group-{number}")


def category_view(context: Context, links: Links, others: Sequence[parts.Link], home: Home,
                  uri: str) -> LifecycleCategoryView:
    """The page ``uri`` of one of :func:`homes`; ``others`` lead to all of these."""
    groups = [group for group in home.groups if group.uri == uri]
    journeys = [journey for group in groups for journey in group.journeys]
    page = home.uris.index(uri) + 1
    shares = tuple(parts.Link(_("Part %(number)s", number=n), share if share != uri else "")
                   for n, share in enumerate(home.uris, 1)) if len(home.uris) > 1 else ()
    columns = _columns(home.category, journeys, context)
    many = plural("%(num)s journey", "%(num)s journeys", len(journeys))
    title = home.category.label
    if shares:
        many = plural("%(shown)s of %(num)s journey", "%(shown)s of %(num)s journeys", len(home.journeys),
                      shown=number(len(journeys)))
        title = _("%(category)s, part %(number)s", category=title, number=page)
    return LifecycleCategoryView(
        uri=uri, title=title, section=_("Lifecycle"),
        description=_("Journeys of the category %(category)s and what they are linked to.",
                      category=home.category.label),
        lead=" · ".join(filter(None, (many, home.category.aim))), shares=shares,
        others=tuple(replace(other, to="") if other.to == home.uri else other for other in others),
        parts=tuple(_part(group, links) for group in groups),
        columns=tuple(column for column, _ in columns), rows=tuple(_rows(journeys, [held for _, held in columns])))


def _part(group: Group, links: Links) -> LifecyclePart:
    """A group with the one hop around it: what leads to it on the left, where it leads on the right."""
    own, near = {journey.id for journey in group.journeys}, links.neighbours
    before = dict.fromkeys(i for j in group.journeys for i in near[j.id][0] if i not in own)
    after = dict.fromkeys(i for j in group.journeys for i in near[j.id][1] if i not in own)
    before = {ident: None for ident in before if ident not in after}
    inner = any(set(near[ident][1]) & own for ident in own)
    graph = _graph(group, list(before), list(after), links) if before or after or inner else None
    ways = tuple(JourneyWays(j.id, parts.Link(j.spec.title, journey_uri(j.id)),
                             links.ways(j, frozenset(near[j.id][0]) - own)) for j in group.journeys)
    return LifecyclePart(group.anchor, group.title, group.uri, journey_uri(group.whole) if group.whole else "", graph,
                         ways)


def _graph(group: Group, before: list[str], after: list[str], links: Links) -> AtlasGraph:
    journeys = links.atlas.journeys
    columns = [*([Column(_("Come from"))] if before else ()), Column(_("These journeys")),
               *([Column(_("Lead to"))] if after else ())]
    middle = int(bool(before))
    members: list[Member] = [links.member(journey, middle) for journey in group.journeys]
    for idents, column in ((before, 0), (after, middle + 1)):
        members += [links.member(journeys[ident], column, "near", links.home(journeys[ident]).label)
                    for ident in idents[:NEAR]]
        if len(idents) > NEAR:
            rest = plural("and %(num)s other", "and %(num)s others", len(idents) - NEAR)
            members.append(Member("", rest, "", column, kind="near"))
    own = {journey.id for journey in group.journeys}
    ties = tuple(tie for tie in links.ties([*own, *before, *after]) if tie.source in own or tie.target in own)
    return AtlasGraph(_("%(journeys)s: one hop", journeys=group.title), tuple(columns), tuple(members), ties)


Held = dict[str, tuple[Stage, ...]]  # journey → its stages in a column


def _columns(category: Category, journeys: Sequence[Journey], context: Context) -> list[tuple[MatrixColumn, Held]]:
    """The names of stages the atlas prefers in the category, or the categories in which these journeys have stages."""
    names = context.atlas.spec.stage_vocabulary.get(category.id, ())
    found: list[tuple[MatrixColumn, Held]] = []
    if names:
        plain = [" ".join(name.split()).casefold() for name in names]
        for name, key in zip(names, plain, strict=True):
            found.append(_held(name, {j.id: tuple(s for s in j.stages if " ".join(s.title.split()).casefold() == key)
                                      for j in journeys}))
        found.append(_held(_("Other stages"), {
            j.id: tuple(s for s in j.stages if " ".join(s.title.split()).casefold() not in plain) for j in journeys}))
        return found
    for other in (*context.atlas.categories, OPEN):
        column = _held(other.label, {
            j.id: tuple(s for s in j.stages if (other in s.categories if other.id else not s.categories))
            for j in journeys}, other.aim)
        if column[0].stages:
            found.append(column)
    return found


def _held(title: str, stages: Held, note: str = "") -> tuple[MatrixColumn, Held]:
    return MatrixColumn(title, note, "", sum(map(bool, stages.values())), sum(map(len, stages.values())), ()), stages


def _rows(journeys: Sequence[Journey], columns: Sequence[Held]) -> Iterator[LifecycleRow]:
    for journey in journeys:
        cells = tuple(tuple(parts.Link(s.title, stage_to(s.key)) for s in held[journey.id]) for held in columns)
        yield LifecycleRow(journey.id, parts.Link(journey.spec.title, journey_uri(journey.id)), cells, not any(cells))
