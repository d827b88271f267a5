"""Which stages of two journeys stand for the same."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeybook.model.alignment import Names, align, names

WORDS = st.sampled_from(["", "look", "choose", "buy", "use", "leave"])
STAGES = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=7)


def stages(*idents: str) -> list[Names]:
    """Stages known by nothing but their ids."""
    return [(ident, "", "") for ident in idents]


def rows(a: Sequence[Names], b: Sequence[Names]) -> list[tuple[str, str, bool]]:
    """(id or title in a, the same in b, moved), ``-`` where there is none."""
    def shown(side: Sequence[Names], at: int | None) -> str:
        return "-" if at is None else next(filter(None, side[at]), "?")

    return [(shown(a, row.a), shown(b, row.b), row.moved) for row in align(a, b)]


@given(STAGES, STAGES)
def test_every_stage_stands_in_one_row(a: list[Names], b: list[Names]) -> None:
    """Nothing is lost and nothing is told twice, and no row is empty."""
    found = align(a, b)
    assert sorted(row.a for row in found if row.a is not None) == list(range(len(a)))
    assert sorted(row.b for row in found if row.b is not None) == list(range(len(b)))
    assert all(row.a is not None or row.b is not None for row in found)


@given(STAGES, STAGES)
def test_from_the_other_side_it_is_the_mirror(a: list[Names], b: list[Names]) -> None:
    """The same pairs, and the same ones moved, whichever journey comes first."""
    there = {(row.a, row.b, row.moved) for row in align(a, b)}
    assert there == {(row.b, row.a, row.moved) for row in align(b, a)}


@given(STAGES)
def test_a_journey_beside_itself(a: list[Names]) -> None:
    """Every stage that has a name finds itself or its twin, and nothing has moved."""
    named = [one for one in a if any(one)]
    found = align(named, named)
    assert [(row.a, row.moved) for row in found] == [(at, False) for at in range(len(named))]
    assert all(row.b is not None for row in found)


@given(STAGES, STAGES)
def test_the_order_of_both_is_kept(a: list[Names], b: list[Names]) -> None:
    """Rows follow the first journey; of the second only what moved is out of its order."""
    found = align(a, b)
    first = [row.a for row in found if row.a is not None]
    assert first == sorted(first)
    second = [row.b for row in found if row.a is not None and row.b is not None and not row.moved]
    assert second == sorted(second)


def test_by_id_then_title_then_vocabulary() -> None:
    """An id outweighs a title, a title the name of the vocabulary."""
    a = [("one", "look", "search"), ("two", "choose", "decision"), ("three", "x", "search")]
    b = [("four", "choose", "search"), ("one", "other", "")]
    assert rows(a, b) == [("one", "one", True), ("two", "four", True), ("three", "-", False)]
    assert [(row.a, row.b) for row in align(a[2:], b)] == [(0, 0), (None, 1)]


@pytest.mark.parametrize(("a", "b", "expected"), [
    ("look buy", "look try buy", ["look look", "- try", "buy buy"]),
    ("look buy", "new look buy", ["- new", "look look", "buy buy"]),
    ("x look", "new look", ["x -", "- new", "look look"]),
    ("look buy", "other", ["look -", "buy -", "- other"]),
    ("", "look", ["- look"]),
    ("1 2 3 4", "2 3 4 1", ["1 1 moved", "2 2", "3 3", "4 4"]),
    ("1 2", "2 1", ["1 1 moved", "2 2 moved"]),
])
def test_where_a_stage_of_the_other_journey_stands(a: str, b: str, expected: list[str]) -> None:
    """After the stage before it, before the first that both have, or at the end; only what changed places has moved."""
    found = rows(stages(*a.split()), stages(*b.split()))
    assert [f"{one} {other}{' moved' if moved else ''}" for one, other, moved in found] == expected


def stage(ident: str, title: str, *categories: str) -> Any:
    """As much of a stage as its names need."""
    return SimpleNamespace(key=SimpleNamespace(stage=ident), title=title,
                           categories=[SimpleNamespace(id=one) for one in categories])


@pytest.mark.parametrize(("ident", "title", "expected"), [
    ("talk", "The decision: yes or no", "decision"),
    ("decision", "We say yes", "decision"),
    ("talk", "Undecisions", ""),
    ("talk", "Warning signs of a decision", "warning-signs"),
])
def test_the_atlas_has_a_name_for_a_stage(ident: str, title: str, expected: str) -> None:
    """Whole words of the title or the id, in the lists of the stage's own categories; the longest wins."""
    vocabulary = {"buyer": ["Decision"], "churn": ["Warning signs"], "user": ["Talk"]}
    assert names(stage(ident, title, "buyer", "churn"), vocabulary)[2] == expected


