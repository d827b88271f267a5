"""Which stages of two journeys stand for the same: by id, then by title, then by the name the atlas has for it.

The browser does the same with published records (``theme/scripts/page/compare.js``); a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journeybook.frozen import dataclass
from journeybook.model.journey_entities import Stage
from journeybook.schema.types import slug

Names = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """Stages that stand for the same: their positions in either journey, None where one of them has none.

    ``moved`` where it stands before something on one side that it follows on the other.
    """

    a: int | None
    b: int | None
    moved: bool = False


def names(stage: Stage, vocabulary: Mapping[str, Sequence[str]]) -> Names:
    """By what a stage is recognized: its id, its title as an id, and the atlas's name for it (or ``""``).

    That name comes from the lists of the stage's categories: the longest one that is its id or stands in its title.
    """
    title = slug(stage.title)
    listed = {slug(name) for category in stage.categories for name in vocabulary.get(category.id, ())}
    found = [name for name in listed if name and (name == stage.key.stage or f"-{name}-" in f"-{title}-")]
    return stage.key.stage, title, max(found, key=lambda name: (len(name), name), default="")


def align(a: Sequence[Names], b: Sequence[Names]) -> tuple[Row, ...]:
    """Every stage of both journeys in exactly one row.

    Rows stand in the order of ``a``; a stage that only ``b`` has follows the one before it there, or stands before
    the first that both have, or at the end. Names are compared kind by kind; of several with one name the first that
    is still free is taken.
    """
    partner: dict[int, int] = {}  # position in a → position in b
    taken: set[int] = set()
    for kind in range(3):
        for i, mine in enumerate(a):
            if i in partner or not mine[kind]:
                continue
            j = next((j for j, other in enumerate(b) if j not in taken and other[kind] == mine[kind]), None)
            if j is not None:
                partner[i] = j
                taken.add(j)
    moved = _moved(partner)
    rows = [Row(i, partner.get(i), i in moved) for i in range(len(a))]
    after = next((place for place, row in enumerate(rows) if taken and row.b == min(taken)), len(rows))
    for j in range(len(b)):
        if j in taken:
            after = next(place for place, row in enumerate(rows) if row.b == j) + 1
        else:
            rows.insert(after, Row(None, j))
            after += 1
    return tuple(rows)


def _moved(partner: Mapping[int, int]) -> set[int]:
    """Positions in ``a`` that are not part of every longest run of pairs in the same order: same from both sides."""
    pairs = sorted(partner.items())
    length = len(pairs)
    before, behind = [1] * length, [1] * length
    for here in range(length):
        before[here] += max((before[k] for k in range(here) if pairs[k][1] < pairs[here][1]), default=0)
    for here in reversed(range(length)):
        behind[here] += max((behind[k] for k in range(here + 1, length) if pairs[k][1] > pairs[here][1]), default=0)
    longest = max(before, default=0)
    on = [k for k in range(length) if before[k] + behind[k] - 1 == longest]
    ranks = [before[k] for k in on]
    kept = {pairs[k][0] for k in on if ranks.count(before[k]) == 1}
    return set(partner) - kept
