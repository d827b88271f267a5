"""Which record of one snapshot is which record of the other: by id, then by what they say.

Maintainers: everything here is the same from both sides, so that a comparison the other way round finds the same
pairs. Ids decide first. What is left over is paired by how alike it is (Dice's coefficient of the words that two
records hold, those within them included), the most alike first; equal likeness is settled by the ids.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from journeybook.changes.items import INSIDE, Item, Key, Snapshot

ALIKE = 0.6
"""From this likeness on two records are one that was renamed or moved."""
MOST_PAIRS = 250_000
"""More candidates of one kind come from a rewritten atlas; then only records that say just the same are paired."""
ANYWHERE = frozenset({"stage"})
"""Kinds that may move from one parent to another."""
SETTLED = frozenset({"atlas", "transition", "category"})
"""Kinds that are paired by id alone: they have nothing else to know them by."""

Pair = tuple[Item, Item]


@dataclass(slots=True)
class Matches:
    """Pairs of items (before, after), and what has no partner."""

    pairs: list[Pair] = field(default_factory=list)
    removed: list[Item] = field(default_factory=list)
    added: list[Item] = field(default_factory=list)


def match(before: Snapshot, after: Snapshot) -> Matches:
    """Pair all items, parents before what is in them."""
    found = Matches()
    old, new = _by_kind(before.items.values()), _by_kind(after.items.values())
    for kind in sorted({*old, *new}, key=_depth):
        partner = {id(one): other for one, other in found.pairs}
        _kind(kind, old.get(kind, []), new.get(kind, []), partner, found)
    return found


def _depth(kind: str) -> tuple[int, str]:
    depth, at = 0, kind
    while at in INSIDE:
        depth, at = depth + 1, INSIDE[at]
    return depth, kind


def _by_kind(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.kind, []).append(item)
    return found


def _kind(kind: str, old: list[Item], new: list[Item], partner: Mapping[int, Item], found: Matches) -> None:
    """Pair the items of one kind, whose parents are paired already."""
    waiting = {(id(item.parent), item.id): item for item in new}
    left: list[Item] = []
    moved = {one.address: other.address for one, other in found.pairs if one.kind == "stage"}
    for item in old:
        parent = partner.get(id(item.parent)) if item.parent else None
        name = _way(item, parent, moved) if kind == "transition" and parent else item.id
        known = waiting.pop((id(parent), name), None) if parent or not item.parent else None
        if known is None:
            left.append(item)
        else:
            found.pairs.append((item, known))
    rest = list(waiting.values())
    pairs = [] if kind in SETTLED else _alike(left, rest, partner, anywhere=kind in ANYWHERE)
    found.pairs += pairs
    gone, come = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    found.removed += (item for item in left if id(item) not in gone)
    found.added += (item for item in rest if id(item) not in come)


def _way(item: Item, parent: Item, moved: Mapping[str, str]) -> str:
    """The id that a way between stages has where its stages have their new ids."""
    ends = (end if "/" in end else f"{item.journey}/{end}" for end in item.id.split(" → "))
    return " → ".join(moved.get(end, end).removeprefix(f"{parent.id}/") for end in ends)


def _alike(old: list[Item], new: list[Item], partner: Mapping[int, Item], *, anywhere: bool) -> list[Pair]:
    """Pairs of what has no partner by its id: first under the same parent, then, where that can be, elsewhere."""
    if not old or not new:
        return []
    words = {id(item): Counter(item.words()) for item in (*old, *new)}
    homes: dict[int, list[Item]] = {}
    for item in new:
        homes.setdefault(id(item.parent), []).append(item)
    candidates = [(one, other) for one in old
                  if one.parent is None or id(one.parent) in partner
                  for other in homes.get(id(partner[id(one.parent)]) if one.parent else id(None), ())]
    pairs = _best(candidates, words)
    if anywhere:
        taken = {id(item) for pair in pairs for item in pair}
        pairs += _best([(one, other) for one in old if id(one) not in taken
                        for other in new if id(other) not in taken], words)
    return pairs


def _best(candidates: list[Pair], words: Mapping[int, Counter[str]]) -> list[Pair]:
    """The most alike pairs, each item once."""
    exact = len(candidates) > MOST_PAIRS
    ranked: list[tuple[float, tuple[Key, Key], Pair]] = []
    for one, other in candidates:
        mine, theirs = words[id(one)], words[id(other)]
        score = float(mine == theirs) if exact else likeness(mine, theirs)
        if score >= ALIKE and mine:
            keys = (one.key, other.key) if one.key <= other.key else (other.key, one.key)
            ranked.append((-score, keys, (one, other)))
    found: list[Pair] = []
    taken: set[int] = set()
    for _, _, (one, other) in sorted(ranked, key=lambda entry: entry[:2]):
        if id(one) not in taken and id(other) not in taken:
            taken |= {id(one), id(other)}
            found.append((one, other))
    return found


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """0 nothing in common … 1 the same words as often."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def stayed(pairs: Sequence[Pair]) -> frozenset[int]:
    """Of paired siblings, the positions in ``pairs`` of those that kept their order: as many as there can be.

    The rest was moved. The longest rising run is sought from the side that sorts first, so that both sides agree.
    """
    by_old = sorted(range(len(pairs)), key=lambda i: pairs[i][0].position)
    by_new = sorted(range(len(pairs)), key=lambda i: pairs[i][1].position)
    keys = [min(one.key, other.key) for one, other in pairs]
    first, second = sorted((by_old, by_new), key=lambda order: [keys[i] for i in order])
    rank = {index: place for place, index in enumerate(second)}
    tops: list[int] = []  # the smallest end of a run of each length
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for index in first:
        at = bisect_left(tops, rank[index])
        before[index] = ends[at - 1] if at else None
        tops[at:at + 1] = [rank[index]]
        ends[at:at + 1] = [index]
    found: list[int] = []
    here: int | None = ends[-1] if ends else None
    while here is not None:
        found.append(here)
        here = before[here]
    return frozenset(found)
