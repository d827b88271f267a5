"""The links between journeys: which journey leads into which, and of what kind the links are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from journeybook.diagrams.atlas import Member, Tie
from journeybook.formats import number, plural
from journeybook.model import Category, Journey, Transition
from journeybook.views import parts, stage_parts
from journeybook.views.context import Context
from journeybook.views.record_places import journey_uri, stage_to
from journeybook.views.ways import LEADS, words
from journeybook.words import N_, NP_, _

KIND_WORDS = {"next": NP_("%(num)s way on", "%(num)s ways on"), "branch": NP_("%(num)s branch", "%(num)s branches"),
              "skip": NP_("%(num)s skip", "%(num)s skips"), "back": NP_("%(num)s way back", "%(num)s ways back"),
              "loop": NP_("%(num)s loop", "%(num)s loops"), "reentry": NP_("%(num)s reentry", "%(num)s reentries"),
              "exit": NP_("%(num)s exit", "%(num)s exits"), "win-back": NP_("%(num)s win-back", "%(num)s win-backs"),
              "hinge": NP_("%(num)s hinge", "%(num)s hinges")}
"""A kind of link, counted; a hinge is a way on from a stage that ends one journey and opens another."""
ARRIVES = (N_("Comes from"), "arrow-left")
OPEN = Category("", N_("No category"), "", built_in=True)


class Links:
    """All transitions between two journeys of an atlas, each journey in the category where it is at home."""

    def __init__(self, context: Context) -> None:
        self.atlas = context.atlas
        self.between = context.reads.table("ways between", self._between)
        """(journey, journey) → the transitions from the one to the other, in the order of the atlas."""
        self.neighbours = context.reads.table("neighbours", self._neighbours)
        """Journey → those that lead to it, and those it leads to."""
        self._order = context.reads.table("order of journeys", lambda: {
            ident: at for at, ident in enumerate(self.atlas.journeys)})

    def _between(self) -> dict[tuple[str, str], tuple[Transition, ...]]:
        found: dict[tuple[str, str], list[Transition]] = defaultdict(list)
        known = self.atlas.journeys.keys()
        for journey in self.atlas.journeys.values():
            for way in journey.transitions:
                source, target = way.source.journey, way.target.journey
                if source != target and source in known and target in known:
                    found[source, target].append(way)
        return {pair: tuple(ways) for pair, ways in found.items()}

    def _neighbours(self) -> dict[str, tuple[list[str], list[str]]]:
        found: dict[str, tuple[list[str], list[str]]] = {ident: ([], []) for ident in self.atlas.journeys}
        for source, target in self.between:
            found[source][1].append(target)
            found[target][0].append(source)
        return found

    def home(self, journey: Journey) -> Category:
        """The category a journey stands in: the first it names, else the first of its stages."""
        named = (*journey.categories, *(category for stage in journey.stages for category in stage.categories))
        return next(iter(named), OPEN)

    def kind(self, way: Transition) -> str:
        """The kind of a link."""
        stage = self.atlas.stages.get(way.source)
        hinge = stage is not None and stage.spec.role == "hinge" and way.type in ("next", "branch")
        return "hinge" if hinge else way.type

    def ties(self, members: Iterable[str]) -> tuple[Tie, ...]:
        """One arrow for each two of these journeys and each kind of link between them, in the order of the atlas."""
        chosen = set(members)
        return tuple(Tie(source, target, kind, number) for source in sorted(chosen, key=self._order.__getitem__)
                     for target in self.neighbours[source][1] if target in chosen
                     for kind, number in Counter(way.type for way in self.between[source, target]).items())

    def category_ties(self) -> tuple[Tie, ...]:
        """One arrow for each two categories, labelled with how many links of which kinds there are."""
        kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for (source, target), ways in self.between.items():
            pair = self.home(self.atlas.journeys[source]).id, self.home(self.atlas.journeys[target]).id
            kinds[pair].update(map(self.kind, ways))
        return tuple(
            Tie(*pair, "next", found.total(),
                "\n".join(plural(*KIND_WORDS[kind], how_many) for kind, how_many in found.most_common()))
            for pair, found in kinds.items())

    def notes(self, journey: Journey, home: str) -> tuple[tuple[str, ...], bool]:
        """What is to be said of a journey in its box, and whether it has a hinge."""
        also = [category.label for category in journey.categories if category.id != home]
        hinges = [stage.title for stage in journey.stages if stage.spec.role == "hinge"]
        shared = [stage.title for stage in journey.stages if stage.overlap]
        told = ((N_("Also %(names)s"), also), (N_("Hinge: %(names)s"), hinges), (N_("Overlap: %(names)s"), shared))
        return tuple(_(text, names=", ".join(names)) for text, names in told if names), bool(hinges)

    def member(self, journey: Journey, column: int, kind: str = "journey", note: str = "") -> Member:
        """A journey as a box of the diagram; ``note`` stands in for what is to be said of it."""
        notes, hinge = self.notes(journey, self.home(journey).id)
        return Member(journey.id, journey.spec.title, journey_uri(journey.id), column,
                      (note,) if note else notes, kind, hinge, journey.parent)

    def ways(self, journey: Journey, arriving: frozenset[str] = frozenset()) -> tuple[stage_parts.Way, ...]:
        """Where a journey leads in words, and (of those named in ``arriving``) from where people come."""
        found = []
        before, after = self.neighbours[journey.id]
        for other in after:
            found += [self._way(way, *LEADS[way.type], other) for way in self.between[journey.id, other]]
        for other in before:
            if other in arriving:
                found += [self._way(way, *ARRIVES, other) for way in self.between[other, journey.id]]
        return tuple(found)

    def _way(self, way: Transition, lead: str, icon: str, other: str) -> stage_parts.Way:
        place = way.target if way.target.journey == other else way.source
        share = number(way.spec.share, "%") if way.spec and way.spec.share is not None else ""
        detail = words(way).removesuffix(share).removesuffix(" · ") if share else words(way)
        link = parts.Link(self.atlas.journeys[other].spec.title, stage_to(place), self.atlas.stages[place].title)
        return stage_parts.Way(way.type, icon, _(lead), link, detail, share)
