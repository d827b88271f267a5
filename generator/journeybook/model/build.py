"""All files → one atlas. Never raises for what a user wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any

from journeybook import formats
from journeybook.model.agreements import Agreements
from journeybook.model.atlas import Atlas
from journeybook.model.defaults import DEFAULT_CATEGORIES
from journeybook.model.entities import Category
from journeybook.model.former import former_faults
from journeybook.model.journey_entities import Journey
from journeybook.model.journeys import JourneyBuilder, KeyOf, stage_ids
from journeybook.model.memory import Built, Memory, Named, outside
from journeybook.model.origins import Origin, StageKey
from journeybook.model.references import PLURAL, References
from journeybook.model.registries import Registries
from journeybook.model.shape import cycles, levels
from journeybook.model.verdicts import calendar_faults, measure_faults
from journeybook.model.walked import read_measured
from journeybook.problems import Problem, Related, Span
from journeybook.schema import Contents, Entry
from journeybook.schema import atlas as atlas_schema
from journeybook.schema.records import KIND_OF
from journeybook.schema.types import slug
from journeybook.schema.validate import ATLAS_FILES
from journeybook.settings import Settings
from journeybook.source import FAULTY, Document


def build_atlas(contents: Iterable[Contents], settings: Settings, unreadable: Iterable[str] = (),
                memory: Memory | None = None) -> tuple[Atlas, list[Problem]]:
    """The atlas and what is wrong between files.

    ``unreadable`` names files that gave no document at all (wrong encoding, too large): anything may be in
    them. The order in which files come makes no difference. What a ``memory`` still knows is not made again.
    """
    return _Builder(list(contents), settings, list(unreadable), memory).build()


AGREEMENTS = frozenset({"promise", "handoff", "loop", "opportunity"})
"""Kinds that are built after the journeys, which they join."""


class _Builder:
    def __init__(self, contents: list[Contents], settings: Settings, unreadable: list[str],
                 memory: Memory | None) -> None:
        self.settings = settings
        self.memory = memory
        self.contents = sorted(contents, key=lambda content: content.document.path)
        unread = _unread_kinds(self.contents, sorted(unreadable))
        self.references = References(unread)
        self.unread = frozenset(unread)
        self.half_handoffs: frozenset[StageKey] = frozenset()
        self.problems = self.references.problems
        self.entries: dict[str, dict[str, Entry]] = {}
        self.homes: dict[str, str] = {}  # path → the journey there: a bare stage id is one of its stages

    def build(self) -> tuple[Atlas, list[Problem]]:
        for content in self.contents:
            for entry in [*content.entries, *([content.journey] if content.journey else [])]:
                self._register(entry)
        self.homes = {entry.document.path: ident
                      for ident, entry in self.entries.get("journey", {}).items()}
        spec = self._settings()
        known = self.references.known
        categories = self._categories(spec)
        known["category"] = {category.id: category for category in categories}
        self.references.ids["category"] = dict.fromkeys(known["category"])
        self._vocabulary(spec)
        self._assets_need_stages()
        if not self._recalled():
            self._remembered(len(self.problems), self._shared_records)
        journeys, broken = self._journeys(spec)
        self._agreements(journeys, spec)
        measured, faults = read_measured(self.settings, journeys)
        self.problems += faults
        title = "" if FAULTY in spec.title else spec.title
        atlas = Atlas(
            title=title or self.settings.site_name or "Journeys", spec=spec,
            categories=categories, journeys=journeys, broken=broken, teams=_sorted(known["team"]),
            personas=_sorted(known["persona"]), channels=known["channel"],
            touchpoints=_sorted(known["touchpoint"]), evidence=_sorted(known["evidence"]),
            metrics=_sorted(known["metric"]), assets=_sorted(known["asset"]), promises=known["promise"],
            handoffs=known["handoff"], loops=known["loop"], opportunities=known["opportunity"],
            unread=self.unread, half_handoffs=self.half_handoffs, measured=measured)
        self.problems += [*cycles(atlas), *levels(atlas), *measure_faults(atlas), *former_faults(atlas),
                          *self._calendar(spec), *self.references.notes()]
        self._limit(len(self.entries.get("journey", {})))
        return atlas, self.problems

    def _shared_records(self) -> None:
        Registries(self.references, self.settings, self.homes).build(self._of)

    def _recalled(self) -> bool:
        """Whether the records of the registries are still known."""
        memory = self.memory
        if memory is None or self.unread or not memory.recall(self._frame(), self._shared()):
            return False
        self.references.known |= {kind: dict(records) for kind, records in memory.known.items()}
        for ident in self.references.known["channel"]:
            self.references.ids["channel"].setdefault(ident, None)
        self.references.relied_on = dict(memory.relied_on)
        self.problems += memory.problems
        return True

    def _remembered(self, before: int, make: Callable[[], None]) -> None:
        memory = self.memory
        if memory is None or self.unread:
            make()
            return
        frame, shared = self._frame(), self._shared()
        make()
        memory.remember(frame, shared, self.references.known, self.references.relied_on,
                        self.problems[before:])

    def _shared(self) -> list[Contents]:
        """All files that hold records which journeys refer to."""
        return [content for content in self.contents
                if content.atlas or any(entry.kind not in AGREEMENTS for entry in content.entries)]

    def _frame(self) -> tuple[Any, ...]:
        """All that journeys can see of each other: ids, of stages, questions and pains too, and files beside."""
        refs = self.references
        return (self.settings, {kind: list(ids) for kind, ids in refs.ids.items() if kind != "channel"},
                list(refs.stages), refs.parts, outside(self.settings))

    def _calendar(self, spec: atlas_schema.Atlas) -> Iterable[Problem]:
        return calendar_faults(spec.calendar, self._settings_origin())

    def _vocabulary(self, spec: atlas_schema.Atlas) -> None:
        """A category in the vocabulary exists."""
        origin = self._settings_origin()
        if origin:
            keys = KeyOf(origin.document, origin.route)
            for ident in spec.stage_vocabulary:
                self.references.one("category", ident, keys, "stage_vocabulary", ident)

    def _settings_origin(self) -> Origin | None:
        entry = next((content.atlas for content in self.contents if content.atlas), None)
        return Origin(entry.document, entry.route) if entry else None

    def _limit(self, journeys: int) -> None:
        most = self.settings.limits.journeys
        if journeys > most:
            self.problems.append(Problem(
                "limit-reached", f"this atlas has {formats.count(journeys, 'journey')}; {most:,} is the most",
                Span(self.settings.shown(self.settings.atlas)),
                "split it into atlases, each with its own site"))

    def _register(self, entry: Entry) -> None:
        if entry.id == FAULTY:
            return
        own = self.entries.setdefault(entry.kind, {})
        origin = Origin(entry.document, entry.route)
        if entry.id in own:
            first = own[entry.id]
            several = "two pieces of evidence" if entry.kind == "evidence" else f"two {PLURAL[entry.kind]}"
            self.problems.append(Problem(
                "id-duplicate", f"{several} have the id `{entry.id}`", _id_place(entry),
                "rename one of them, and what refers to it",
                related=(Related("first here", _id_place(first)),)))
            return
        own[entry.id] = entry
        self.references.ids[entry.kind][entry.id] = origin

    def _of(self, kind: str) -> Iterable[tuple[str, Entry]]:
        """Entries of a kind of which something could be read, by id."""
        return ((ident, entry) for ident, entry in sorted(self.entries.get(kind, {}).items()) if entry.spec)

    def _settings(self) -> atlas_schema.Atlas:
        found = [content.atlas for content in self.contents if content.atlas]
        for entry in found[1:]:
            self.problems.append(Problem(
                "id-duplicate", "an atlas has one file of settings", Span(entry.document.path),
                "move all settings into one and delete the other",
                related=(Related("first here", Span(found[0].document.path)),)))
        if found and isinstance(found[0].spec, atlas_schema.Atlas):
            return found[0].spec
        title = self.settings.site_name or "Journeys"
        return atlas_schema.Atlas.model_validate({"title": title})

    def _categories(self, spec: atlas_schema.Atlas) -> tuple[Category, ...]:
        own: dict[str, Category] = {}
        for entry in spec.categories:
            ident = entry.id if entry.id not in (None, FAULTY) else slug(entry.title)
            own.setdefault(ident, Category(ident, entry.title, entry.goal or ""))
        return tuple(own.values()) or tuple(Category(*words, built_in=True) for words in DEFAULT_CATEGORIES)

    def _assets_need_stages(self) -> None:
        """Stage and question ids of all journeys, before anything refers to them."""
        for ident, entry in self.entries.get("journey", {}).items():
            if entry.spec is None:
                continue
            for key, origin, named in self._stage_ids(ident, entry):
                self.references.stages.setdefault(key, origin)
                for kind, idents in named.items():
                    self.references.parts[kind].update((key, part) for part in idents)

    def _stage_ids(self, ident: str, entry: Entry) -> list[Named]:
        known = self.memory.stages.get(ident) if self.memory else None
        if known and known[0] is entry:
            return known[1]
        before = len(self.problems)
        found = list(stage_ids(ident, entry, self.problems))
        if self.memory and len(self.problems) == before:
            self.memory.stages[ident] = entry, found
        return found

    def _agreements(self, journeys: dict[str, Journey], spec: atlas_schema.Atlas) -> None:
        """What joins stages, once they have owners. Loops come before the opportunities that name them."""
        known = self.references.known
        owners = {stage.key: stage.owner for journey in journeys.values() for stage in journey.stages}
        tracker = (spec.links.tracker if spec.links else None) or ""
        build = Agreements(self.references, owners, self.homes, tracker)
        for kind, make in (("promise", build.promise), ("handoff", build.handoff), ("loop", build.loop),
                           ("opportunity", build.opportunity)):
            built = ((ident, make(entry)) for ident, entry in self._of(kind))
            known[kind] = {ident: record for ident, record in built if record is not None}
        self.half_handoffs = frozenset(build.half)
        for journey in journeys.values():
            self.references.many("opportunity", journey.spec.opportunities, journey.origin, "opportunities")
            for stage in journey.stages:
                self.references.many("opportunity", stage.spec.opportunities, stage.origin, "opportunities")

    def _journeys(self, spec: atlas_schema.Atlas) -> tuple[dict[str, Any], dict[str, Document]]:
        scale = None if "category" in self.unread else spec.emotion
        builder = JourneyBuilder(self.references, self.settings, scale, self.problems)
        journeys = {}
        broken: dict[str, Document] = {}
        for ident, entry in sorted(self.entries.get("journey", {}).items()):
            if entry.spec is None:
                broken[ident] = entry.document
            else:
                journeys[ident] = self._journey(entry, builder)
        for key, (origin, where) in sorted(self.references.relied_on.items()):
            builder.implicit_id(key, origin, where)
        return journeys, broken

    def _journey(self, entry: Entry, builder: JourneyBuilder) -> Journey:
        """A journey, from memory where nothing that it can see has changed."""
        memory = self.memory
        if memory is None or not memory.known or self.unread:
            return builder.journey(entry)
        known, refs = memory.journeys.get(entry.id), self.references
        if known is None or known.entry is not entry:
            before, relied_on = len(self.problems), refs.relied_on
            refs.relied_on = {}
            known = Built(entry, builder.journey(entry), refs.relied_on, builder.implicit_in(entry.id))
            refs.relied_on = relied_on
            if len(self.problems) == before:
                memory.journeys[entry.id] = known
            else:
                memory.journeys.pop(entry.id, None)
        for key, place in known.relied_on.items():
            refs.relied_on.setdefault(key, place)
        builder.implicit |= known.implicit
        return known.journey


def _id_place(entry: Entry) -> Span:
    """Where the id of a record is written: its key, its `id:`, or the place of the record."""
    if entry.document.has((*entry.route, "id")):
        return entry.document.locate((*entry.route, "id"))
    return entry.document.locate(entry.route, key=True)


def _sorted(records: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(records.items()))


def _unread_kinds(contents: list[Contents], unreadable: list[str]) -> dict[str, str]:
    """Kind → a file that cannot be read and may have held records of it.

    Categories stand for all that `atlas.yml` sets.
    """
    found: dict[str, str] = {}
    for path in unreadable:
        for kind in [*KIND_OF.values(), "journey"]:
            found.setdefault(kind, path)
    unread = [content.document for content in contents if not content.document.readable]
    for document in unread:
        for key in document.top_keys:
            if key in KIND_OF:
                found.setdefault(KIND_OF[key], document.path)
    for path in [*unreadable, *(document.path for document in unread)]:
        if PurePosixPath(path).name in ATLAS_FILES:
            found.setdefault("category", path)
    return found

