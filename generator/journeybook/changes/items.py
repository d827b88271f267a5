"""The records of an atlas as a flat table, ready to be compared."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from journeybook import formats
from journeybook.changes.values import MERGED, Place, Ref, Value, values
from journeybook.frozen import dataclass
from journeybook.model import Atlas, Metric
from journeybook.model.agreements import commitment_id, pain_id
from journeybook.model.journeys import question_id
from journeybook.model.origins import Origin
from journeybook.model.verdicts import Verdict, verdicts
from journeybook.problems import Problem, Span
from journeybook.schema import Contents, Entry
from journeybook.schema.record import Record
from journeybook.schema.types import slug
from journeybook.source import FAULTY

CHILDREN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "journey": (("stages", "stage"), ("transitions", "transition"), ("decisions", "decision")),
    "stage": (("steps", "step"), ("questions", "question"), ("commitments", "commitment")),
    "step": (("pains", "pain"),),
    "atlas": (("categories", "category"),),
}
"""Kind → (key, kind) of the records in it that are compared one by one."""
INSIDE = {kind: parent for parent, kinds in CHILDREN.items() for _, kind in kinds}
ORDERED = frozenset({"stage", "step", "category"})
"""Kinds whose place among their like says something."""
TOGETHER = frozenset({"metric", "handoff"})
"""Kinds of which something stands elsewhere: in a table of values, in the titles of stages."""
WAYS = frozenset({"handoff", "transition"})
"""Kinds without a name of their own: people know them by the stages at their ends."""
ELSEWHERE = {"metric": frozenset({"values"})}
"""Keys that name a file whose content is compared instead."""
SINGULAR = {plural: one for one, plural in MERGED.items()}
WORD = re.compile(r"\w+")

Key = tuple[str, ...]


@dataclass(eq=False, slots=True)
class Item:
    """One record. ``key`` is its kind, then the ids that lead to it; ``main`` is the field that
    holds its title, ``made_up`` ids follow from it.
    """

    kind: str
    key: Key
    title: str
    journey: str
    stage: str
    fields: dict[str, Value]
    origin: Origin
    parent: Item | None = None
    main: str = ""
    position: int = 0
    made_up: bool = False
    children: list[Item] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id among its like."""
        return self.key[-1]

    @property
    def address(self) -> str:
        """How others refer to it."""
        if self.kind == "stage":
            return f"{self.journey}/{self.id}"
        return f"{self.journey}/{self.stage}#{self.id}" if self.kind in ("question", "pain", "commitment") else self.id

    def walk(self) -> Iterator[Item]:
        """Itself and all within."""
        yield self
        for child in self.children:
            yield from child.walk()

    def words(self) -> Iterator[str]:
        """What it says, word by word, for telling how alike two records are. Not its id, nor where it stands."""
        yield from WORD.findall(self.title.casefold())
        for path, value in self.fields.items():
            for entry in value.entries or (value,):
                if isinstance(entry.key, Ref):
                    yield f"{path}={entry.key.id}"
                elif isinstance(entry.key, str) and path != "title":
                    yield from WORD.findall(entry.key.casefold())
        for child in self.children:
            yield from child.words()


class Use(NamedTuple):
    """A reference: the record that holds it, the field's path, and its place (`at`) in a list."""

    item: Item
    path: str
    at: int

    @property
    def span(self) -> Span:
        """Where it is written."""
        origin, path = self.item.origin, self.path
        route = tuple(path.split(".")) if origin.has(*path.split(".")) else (SINGULAR.get(path, path),)
        return origin.span(*route, self.at) if origin.has(*route, self.at) else origin.span(*route)


@dataclass(frozen=True)
class Snapshot:
    """An atlas at one moment: its items by key, what it means and what is wrong with it.

    ``lost`` are the files of which nothing could be read, so that what they held does not count as taken away.
    """

    items: Mapping[Key, Item]
    atlas: Atlas
    problems: Sequence[Problem]
    today: date
    lost: frozenset[str] = frozenset()

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """Promise id → verdict."""
        return dict(verdicts(self.atlas, self.today))

    def cut_off(self, promise: str) -> bool:
        """Whether a promise may be delivered at a stage that nobody can read."""
        found = self.atlas.promises.get(promise)
        return bool(self.lost and found and found.spec.delivered_at and not found.delivered_at)

    @cached_property
    def uses(self) -> dict[tuple[str, str], list[Use]]:
        """(kind, id) → who refers to it."""
        found: dict[tuple[str, str], list[Use]] = {}
        for item in self.items.values():
            for path, value in item.fields.items():
                for index, entry in enumerate(value.entries or (value,)):
                    for ref in entry.refs:
                        for target in _targets(ref):
                            found.setdefault(target, []).append(Use(item, path, index))
        return found


def _targets(ref: Ref) -> Iterator[tuple[str, str]]:
    ident = ref.id.removeprefix("asset:")
    for kind in ref.kinds:
        yield kind, ident
    stage, mark, _ = ident.partition("#")
    if mark:
        yield "stage", stage
    if "/" in stage:
        yield "journey", stage.partition("/")[0]


def snapshot(contents: Iterable[Contents], atlas: Atlas, problems: Sequence[Problem], today: date,
             unreadable: frozenset[str] = frozenset(), shared: dict[int, Item] | None = None) -> Snapshot:
    """The snapshot of an atlas that was read. Of two records with one id the first counts, as in the model.

    ``unreadable`` are files that gave no document at all. ``shared`` keeps the items of entries that are the same
    object in several snapshots; whoever passes it keeps the entries alive.
    """
    shared = {} if shared is None else shared
    ordered = sorted(contents, key=lambda content: content.document.path)
    items: dict[Key, Item] = {}
    homes = {content.document.path: content.journey.id for content in ordered if content.journey}
    for content in ordered:
        for entry in (content.atlas, content.journey, *content.entries):
            if entry and entry.spec is not None and entry.id != FAULTY and (entry.kind, entry.id) not in items:
                found = shared.get(id(entry)) or _entry(entry, homes.get(content.document.path, ""), atlas)
                if entry.kind not in TOGETHER:
                    shared[id(entry)] = found
                for item in found.walk():
                    items.setdefault(item.key, item)
    for item in items.values():
        if item.kind in WAYS:
            item.title = " → ".join(_end(item, key, items) for key in ("from", "to"))
    lost = frozenset(content.document.path for content in ordered if not content.document.readable)
    return Snapshot(items, atlas, problems, today, lost | unreadable)


def _end(item: Item, key: str, items: Mapping[Key, Item]) -> str:
    """The stage at one end of a way, by its title."""
    ref = next(iter(item.fields[key].refs), None) if key in item.fields else None
    stage = items.get(("stage", *ref.id.split("/"))) if ref else None
    return stage.title if stage else ref.id if ref else "?"


def _entry(entry: Entry, home: str, atlas: Atlas) -> Item:
    spec: Any = entry.spec
    origin = Origin(entry.document, entry.route)
    place = Place(home, posixpath.dirname(entry.document.path))
    raw = entry.document.value(entry.route)
    listed = bool(entry.route) and isinstance(entry.route[-1], int)
    made_up = listed and not (isinstance(raw, dict) and raw.get("id"))
    journey = entry.id if entry.kind == "journey" else ""
    item = Item(entry.kind, (entry.kind, entry.id), _title(spec, entry.id), journey, "",
                values(spec, place, _children(entry.kind) | ELSEWHERE.get(entry.kind, frozenset())), origin,
                main=type(spec).main or "title", made_up=made_up)
    if entry.kind == "metric" and entry.id in atlas.metrics:
        _measured(item, atlas.metrics[entry.id])
    _fill(item, spec, place)
    return item


def _measured(item: Item, metric: Metric) -> None:
    """The values of a metric, by what they say; the file they stand in may have any name."""
    if metric.values:
        key: Hashable = tuple((v.date, v.value, v.segment, v.n, v.note) for v in metric.values)
        latest = metric.latest
        words = formats.count(len(metric.values), "value")
        if latest and latest.value is not None:
            words = f"{formats.number(latest.value, metric.spec.unit or '')} on {formats.day(latest.date)} ({words})"
        item.fields["values"] = Value(key, words)


def _children(kind: str) -> frozenset[str]:
    return frozenset(key for key, _ in CHILDREN.get(kind, ()))


def _fill(item: Item, spec: Any, place: Place) -> None:
    """The records within a record, each with an id that is its own among its like."""
    for key, kind in CHILDREN.get(item.kind, ()):
        taken: set[str] = set()
        for index, written in enumerate(getattr(spec, key)):
            if not isinstance(written, Record):
                continue
            ident = _free(_ident(kind, written, index, place.home), taken)
            stage = ident if kind == "stage" else item.stage
            inside = Place(place.home, place.folder, stage)
            child = Item(
                kind, (kind, *item.key[1:], ident), _title(written, ident), item.journey, stage,
                values(written, inside, _children(kind)), item.origin.at(key, index), item,
                type(written).main or "title", index + 1,
                made_up=not getattr(written, "id", None))
            item.children.append(child)
            _fill(child, written, inside)


def _free(ident: str, taken: set[str]) -> str:
    """The id, or the id with a number behind it where another of its like has it."""
    found, number = ident, 2
    while found in taken:
        found, number = f"{ident}~{number}", number + 1
    taken.add(found)
    return found


def _ident(kind: str, spec: Any, index: int, home: str) -> str:
    if kind == "commitment":
        return commitment_id(spec, index)
    if kind == "question":
        return question_id(spec, index)
    if kind == "pain":
        return pain_id(spec, index + 1)
    if kind == "transition":
        return f"{spec.from_.removeprefix(f'{home}/')} → {spec.to.removeprefix(f'{home}/')}"
    own = getattr(spec, "id", None)
    return own if own and own != FAULTY else slug(type(spec).name_of(_main(spec))) or f"{kind}-{index + 1}"


def _main(spec: Any) -> str:
    key = type(spec).main or "title"
    return str(getattr(spec, key, "") or "")


def _title(spec: Any, ident: str) -> str:
    main = _main(spec)
    return " ".join(main.split()) if main and FAULTY not in main else ident
