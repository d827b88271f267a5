"""What a bar above a register offers. The script finds rows by ``data-<key>``, which holds the values of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from journeybook.frozen import dataclass

NOBODY = "-"
"""The value of rows without an owner; no id looks like this."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list: the value that rows carry and the address names, its words, and how many rows have it."""

    value: str
    label: str
    how_many: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A list to choose from. ``key`` names it in the address and as the rows' attribute ``data-<key>``."""

    key: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """A check box: only rows whose attribute ``data-<key>`` is ``1``."""

    key: str
    label: str
    how_many: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Everything above a register of ``total`` rows. Lists with one entry that all rows have and switches without rows
    are left out.
    """

    total: int
    filters: tuple[Filter, ...] = ()
    switches: tuple[Switch, ...] = ()


def filter_of(key: str, label: str, values: Iterable[tuple[str, str]], *, as_given: bool = False) -> Filter:
    """A list of what rows have: (value, words) of every row, as often as it occurs.

    Sorted by words, or ``as_given`` in the order of first use; nobody's rows stand last.
    """
    words: dict[str, str] = {}
    often: Counter[str] = Counter()
    for value, word in values:
        words.setdefault(value, word)
        often[value] += 1
    order = list(words) if as_given else sorted(words, key=lambda value: (value == NOBODY, words[value].casefold()))
    return Filter(key, label, tuple(Choice(value, words[value], often[value]) for value in order))


def bar(total: int, *offered: Filter | Switch) -> Bar:
    """A bar with what can tell rows apart."""
    return Bar(total, tuple(f for f in offered if isinstance(f, Filter) and _tells_apart(f, total)),
               tuple(s for s in offered if isinstance(s, Switch) and s.how_many))


def _tells_apart(offered: Filter, total: int) -> bool:
    return len(offered.choices) > 1 or any(choice.how_many < total for choice in offered.choices)
