"""Two snapshots → everything that differs, once, grouped and weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from journeybook import formats
from journeybook.changes import rules, telling
from journeybook.changes.entities import Change, Changes, Group, Level
from journeybook.changes.items import ORDERED, Item, Snapshot, Use
from journeybook.changes.matching import Matches, Pair, match, stayed
from journeybook.changes.mending import problems
from journeybook.changes.teams import reviewers, teams_of
from journeybook.changes.values import Ref, Value
from journeybook.schema.records import KIND_OF

SHARED = {kind: key for key, kind in KIND_OF.items()} | {"atlas": "atlas", "category": "atlas"}
TITLES = {"assets": "Content", "evidence": "Evidence", "loops": "Feedback loops", "atlas": "The atlas"}
CALLED = frozenset({"title", "name"})
JUDGED = {None: "without a verdict", "kept-on-paper": "kept on paper", "at-risk": "at risk", "broken": "broken",
          "undecidable": "undecidable", "unmatched": "not matched by a commitment",
          "missed-in-data": "missed in the data", "signed-off": "signed off", "sign-off-due": "due for a sign-off"}


def compare(before: Snapshot, after: Snapshot) -> Changes:
    """All that differs. Nothing is told twice, and the order never depends on the order of files."""
    found = match(before, after)
    comparison = _Comparison(before, after, found)
    changes = list(comparison.changes())
    new, mended = problems(before, after, found.pairs)
    return Changes(tuple(_groups(changes, before, after)), new, mended, reviewers(changes, before, after))


class _Comparison:
    def __init__(self, before: Snapshot, after: Snapshot, matches: Matches) -> None:
        self.before = before
        self.after = after
        self.matches = matches
        self.renamed = {(one.kind, one.address): other.address
                        for one, other in matches.pairs if one.address != other.address}
        self._parents = {(one, other) for one, other in matches.pairs if one.kind == "journey"}
        self.personas = {one.id: other.id for one, other in matches.pairs if one.kind == "persona"}

    def changes(self) -> Iterator[Change]:
        """Removals, additions, what happened to each pair, order, verdicts."""
        gone = {id(item) for item in self.matches.removed}
        come = {id(item) for item in self.matches.added}
        for item in self.matches.removed:
            if id(item.parent) not in gone and item.origin.document.path not in self.after.lost:
                yield self._removed(item)
        for item in self.matches.added:
            if id(item.parent) not in come and item.origin.document.path not in self.before.lost:
                yield self._added(item)
        for one, other in self.matches.pairs:
            if one is not other:
                yield from self._identity(one, other)
                yield from self._fields(one, other)
        yield from self._order()
        yield from self._verdicts()

    def _removed(self, item: Item) -> Change:
        users = self._users(item, self.before)
        words = f"{_whole(item, self.before)} removed"
        return self._change("removed", item, item, rules.on_removal(item, bool(users)), words, users=users,
                            note=_inside(item), teams=teams_of(item, self.before))

    def _added(self, item: Item) -> Change:
        words = f"{_whole(item, self.after)} added"
        return self._change("added", item, item, rules.on_addition(item), words, note=_inside(item),
                            teams=teams_of(item, self.after))

    def _identity(self, one: Item, other: Item) -> Iterator[Change]:
        """Another id, another parent. A made-up id that follows a new title is one change, not two, and one that was
        written down at last is none, unless others had used it.
        """
        moved = one.kind == "stage" and one.parent is not None and other.parent is not None and (
            (one.parent, other.parent) not in self._parents)
        same = one.id == other.id or (one.made_up and other.made_up and one.kind not in ("stage", "journey"))
        if same and not moved:
            return
        users = self._users(one, self.before)
        if (one.made_up or other.made_up) and one.title == other.title and not users and not moved:
            return
        rule = rules.on_rename(bool(users), moved=moved)
        noun = telling.NOUNS[one.kind]
        if moved:
            words = (f"{noun} {telling.quoted(other.title)} moved here from "
                     f"{telling.quoted(one.parent.title if one.parent else '')}")
        elif one.title != other.title:
            words = f"{_whole(one, self.before)} renamed to {telling.quoted(other.title)}"
        else:
            words = f"{_whole(other, self.after)} has the id `{other.id}`, no longer `{one.id}`"
        before, after = (one.address, other.address) if moved or one.title == other.title else (one.title, other.title)
        yield self._change("moved" if moved else "renamed", one, other, rule, words, users=users,
                           before=before, after=after, teams=self._both(one, other))

    def _fields(self, one: Item, other: Item) -> Iterator[Change]:
        old = {self._path(path): value for path, value in one.fields.items()}
        told = one.id != other.id and one.title != other.title and one.kind in ("stage", "journey")
        for path in dict.fromkeys((*other.fields, *old)):
            mine, theirs = old.get(path), other.fields.get(path)
            if told and path == other.main:  # with the new id
                continue
            if mine is not None:
                mine = self._translated(mine)
            if (mine and mine.key) == (theirs and theirs.key) and (mine is None) == (theirs is None):
                continue
            yield self._field(one, other, path, mine, theirs)

    def _field(self, one: Item, other: Item, path: str, mine: Value | None, theirs: Value | None) -> Change:
        users = self._users(one, self.before) if path == "status" else []
        rule = rules.on_change(other, path, mine, theirs, bool(users))
        name = telling.label(path, self.after if theirs else self.before)
        said = telling.sentence(name, mine, theirs, self.before, self.after)
        about = telling.subject(other, self.after)
        if path == other.main and mine and theirs:
            about, said = "", f"{_whole(one, self.before)} {'is now called' if path in CALLED else 'now reads'} " + (
                telling.quoted(other.title))
        if path == "owner" and other.kind == "stage" and mine is None and theirs is not None:
            said = f"owner {telling.shown(theirs, self.after)}, no longer the journey’s"
        elif path == "owner" and other.kind == "stage" and theirs is None:
            said = f"owner {telling.shown(mine, self.before)} → the journey’s"
        return self._change("changed", one, other, rule, f"{about}: {said}" if about else said,
                            users=users if rule.name == "retired-in-use" else [], field=path,
                            before=telling.shown(mine, self.before), after=telling.shown(theirs, self.after),
                            teams=self._both(one, other))

    def _order(self) -> Iterator[Change]:
        """Siblings that changed places, as few as can explain the new order."""
        siblings: dict[tuple[int, int], list[Pair]] = {}
        for one, other in self.matches.pairs:
            if one.kind in ORDERED and one.parent and other.parent:
                siblings.setdefault((id(one.parent), id(other.parent)), []).append((one, other))
        parents = {(id(one), id(other)) for one, other in self.matches.pairs}
        for between, pairs in siblings.items():
            kept = stayed(pairs) if between in parents else frozenset(range(len(pairs)))
            old = {id(one): place for place, (one, _) in enumerate(sorted(pairs, key=lambda p: p[0].position), 1)}
            new = {id(other): place for place, (_, other) in enumerate(sorted(pairs, key=lambda p: p[1].position), 1)}
            rule = rules.RULES["order-across-owners" if self._across(pairs) else "words"]
            for index, (one, other) in enumerate(pairs):
                if index not in kept:
                    words = (f"{_whole(other, self.after)} moved "
                             f"{old[id(one)]} → {new[id(other)]}")
                    yield self._change("reordered", one, other, rule, words, before=str(old[id(one)]),
                                       after=str(new[id(other)]), teams=self._both(one, other))

    def _across(self, pairs: list[Pair]) -> bool:
        """Whether other teams follow each other now."""
        if pairs[0][0].kind != "stage":
            return False
        runs = []
        for side, snapshot in ((0, self.before), (1, self.after)):
            stages = sorted((pair[side] for pair in pairs), key=lambda item: item.position)
            runs.append([teams_of(stage, snapshot)[:1] for stage in stages])
        shortened = [[team for index, team in enumerate(run) if not index or run[index - 1] != team] for run in runs]
        return shortened[0] != shortened[1]

    def _verdicts(self) -> Iterator[Change]:
        for one, other in self.matches.pairs:
            if one.kind != "promise" or not {one.id, other.id} <= {*self.before.verdicts, *self.after.verdicts}:
                continue
            if self.before.cut_off(one.id) or self.after.cut_off(other.id):
                continue
            old, new = self.before.verdicts.get(one.id), self.after.verdicts.get(other.id)
            if old is None or new is None or old.word == new.word:
                continue
            words = f"promise {telling.quoted(other.title)} is now {JUDGED[new.word]}"
            yield self._change("verdict", one, other, rules.on_verdict(new.word), words, field="verdict",
                               before=JUDGED[old.word], after=JUDGED[new.word], note=new.because,
                               teams=self._both(one, other))

    def _path(self, path: str) -> str:
        """A path of before as it is called after: ``emotion.bram`` follows a persona's new id."""
        key, _, rest = path.partition(".")
        who, dot, part = rest.partition(".")
        if key != "emotion" or self.personas.get(who, who) == who:
            return path
        return f"{key}.{self.personas[who]}{dot}{part}"

    def _translated(self, value: Value) -> Value:
        """A value of before with the ids of after, so that what follows from a new id is no change of its own."""
        if not self.renamed:
            return value
        if value.entries is not None:
            entries = tuple(self._translated(entry) for entry in value.entries)
            keys = [entry.key for entry in entries]
            return replace(value, key=tuple(keys) if value.ordered else frozenset(keys), entries=entries)
        return replace(value, key=self._new_ref(value.key)) if isinstance(value.key, Ref) else value

    def _new_ref(self, ref: Ref) -> Ref:
        prefix = "asset:" if ref.id.startswith("asset:") else ""
        ident = ref.id.removeprefix(prefix)
        for kind in ref.kinds:
            if (kind, ident) in self.renamed:
                return replace(ref, id=f"{prefix}{self.renamed[kind, ident]}")
        stage, mark, part = ident.partition("#")
        if mark and ("stage", stage) in self.renamed:
            return replace(ref, id=f"{self.renamed['stage', stage]}#{part}")
        return ref

    def _users(self, item: Item, snapshot: Snapshot) -> list[Use]:
        """References from outside of an item to it or to something within it."""
        own = {id(inner) for inner in item.walk()}
        return [use for inner in item.walk() for use in snapshot.uses.get((inner.kind, inner.address), ())
                if id(use.item) not in own and not (item.kind == "stage" and use.item.parent is item.parent)]

    def _both(self, one: Item, other: Item) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*teams_of(one, self.before), *teams_of(other, self.after))))

    def _change(self, action: str, one: Item, other: Item, rule: rules.Rule, words: str, *,
                users: Iterable[Use] = (), note: str = "", field: str = "", before: str = "", after: str = "",
                teams: tuple[str, ...] = ()) -> Change:
        spans = tuple(sorted({use.span for use in users}))
        journey = self._journey(other, self.before if action == "removed" else self.after)
        return Change(action=action, kind=other.kind, id=other.id, title=other.title, level=rule.level, words=words,
                      rule=rule.name, was=one.id if one.id != other.id else "", journey=journey, stage=other.stage,
                      field=field, before=before, after=after, note=note, used=spans, teams=teams)

    def _journey(self, item: Item, snapshot: Snapshot) -> str:
        """The journey a record is told with: its own, or that of the stage that delivers, hands over or hears."""
        if item.journey:
            return item.journey
        for path in ("delivered_at", "made_at", "from") if item.kind in ("promise", "handoff", "loop") else ():
            for ref in item.fields[path].refs if path in item.fields else ():
                journey = ref.id.partition("/")[0]
                if ("journey", journey) in snapshot.items:
                    return journey
        return ""


def _whole(item: Item, snapshot: Snapshot) -> str:
    """``stage “Quote”``, or with its stage in front: ``Quote, step “Reads reviews”``."""
    if item.kind in ("journey", "stage"):
        return f"{item.kind} {telling.quoted(item.title)}"
    return telling.subject(item, snapshot) or item.kind


def _inside(item: Item) -> str:
    """How many records of which kind went or came with it."""
    inner = Counter(inner.kind for inner in item.walk())
    if item.kind == "journey":
        return formats.count(inner["stage"], "stage") if inner["stage"] else ""
    return formats.count(inner["step"], "step") if item.kind == "stage" and inner["step"] else ""


def _groups(changes: list[Change], before: Snapshot, after: Snapshot) -> Iterator[Group]:
    """By journey, then by kind of shared record; what weighs most stands first."""
    found: dict[tuple[bool, str], list[Change]] = {}
    for change in changes:
        found.setdefault((bool(change.journey), change.journey or SHARED[change.kind]), []).append(change)
    groups = []
    for (journey, ident), own in found.items():
        item = after.items.get(("journey", ident)) or before.items.get(("journey", ident))
        title = item.title if journey and item else TITLES.get(ident, ident.capitalize())
        groups.append(Group(ident, title, journey, tuple(sorted(own, key=lambda c: _rank(c, before, after)))))
    yield from sorted(groups, key=lambda g: (-g.count(Level.BREAKING), not g.journey, g.id))


def _rank(change: Change, before: Snapshot, after: Snapshot) -> tuple[object, ...]:
    """The heaviest first, then along the journey."""
    key = ("stage", change.journey, change.stage)
    stage = after.items.get(key) or before.items.get(key)
    return -change.level, stage.position if stage else 0, change.kind, change.words, change.id, change.field
