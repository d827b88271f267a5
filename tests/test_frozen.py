"""Dataclasses that nobody changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journeybook.frozen import dataclass

PACKAGE = Path(__file__).parents[1] / "generator" / "journeybook"


@dataclass(frozen=True, slots=True)
class Record:
    """Two fields."""

    name: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Itself:
    """Like no other."""

    name: str


@dataclass
class Plain:
    """Can be changed, so it has no hash."""

    name: str


def test_equal_records_have_one_hash() -> None:
    """So they can be keys, as what is frozen at run time."""
    assert len({Record("a", ("b",)), Record("a", ("b",)), Record("a")}) == 2


def test_what_is_compared_by_itself_is_hashed_by_itself() -> None:
    """No hash of fields for a class that says it is not compared by them."""
    assert len({Itself("a"), Itself("a")}) == 2


def test_what_changes_has_no_hash() -> None:
    """The bare form too is that of the standard library."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(Plain("a"))


def test_every_frozen_class_is_of_this_kind() -> None:
    """One that the standard library freezes would be made several times as slowly."""
    files = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    frozen = [name for name, text in files.items() if "@dataclass(frozen=True" in text]
    slow = [name for name in frozen if re.search(r"(?m)^from dataclasses import .*\bdataclass\b", files[name])]
    assert len(frozen) > 50
    assert slow == []
