"""Which problems are new, and which were mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

from journeybook.changes.items import Item, Key, Snapshot
from journeybook.problems import Problem

Name = Callable[[Problem], Hashable]


def problems(before: Snapshot, after: Snapshot,
             pairs: Iterable[tuple[Item, Item]]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """New problems and mended ones. None counts as mended while a file cannot be read: what was wrong there is only
    hidden, and checks that may look for something in it stay silent.

    A problem that moved to another line or file is neither, nor is one that says the same of the same record in
    other words (because a title in it is another now).
    """
    old, new = list(before.problems), list(after.problems)
    for name in (_just_so, _anywhere):
        old, new = _without_common(old, name, new, name)
    renamed = {one.key: other.key for one, other in pairs}
    here, there = _Homes(before, old), _Homes(after, new)
    old, new = _without_common(old, lambda p: (p.check, renamed.get(here.key(p))), new,
                               lambda p: (p.check, there.key(p)))
    return tuple(new), () if after.lost else tuple(old)


def _just_so(problem: Problem) -> Hashable:
    return problem.check, problem.span.path, problem.message


def _anywhere(problem: Problem) -> Hashable:
    return problem.check, problem.message


class _Homes:
    """The narrowest record around a problem's place."""

    def __init__(self, snapshot: Snapshot, wanted: Sequence[Problem]) -> None:
        paths = {problem.span.path for problem in wanted}
        self._lines: dict[str, list[tuple[int, int, int, Key]]] = {path: [] for path in paths}
        for item in snapshot.items.values():
            if item.origin.document.path in paths:
                first, last = item.origin.lines()
                self._lines[item.origin.document.path].append((last - first, first, last, item.key))

    def key(self, problem: Problem) -> Key:
        """Its key; the file's path where no record is around it."""
        line, path = problem.span.line, problem.span.path
        around = [(size, key) for size, first, last, key in self._lines[path] if first <= line <= last]
        return min(around)[1] if around else ("file", path)


def _without_common(old: list[Problem], old_name: Name, new: list[Problem],
                    new_name: Name) -> tuple[list[Problem], list[Problem]]:
    """Both lists without what has a counterpart in the other; as many as there are, the first ones."""
    mine, theirs = Counter(map(old_name, old)), Counter(map(new_name, new))
    return _rest(old, old_name, mine - theirs), _rest(new, new_name, theirs - mine)


def _rest(found: list[Problem], name: Name, left: Counter[Hashable]) -> list[Problem]:
    kept = []
    for problem in reversed(found):
        if left[name(problem)] > 0:
            left[name(problem)] -= 1
            kept.append(problem)
    return kept[::-1]
