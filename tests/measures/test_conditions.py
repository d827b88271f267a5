"""Conditions: months, segments and free text, and which commitments hold where."""

from __future__ import annotations

import pytest

from journeybook.measures import When
from measures.samples import SUMMER, WEEKEND, commit, promise, sum_of, verdict


def test_a_season() -> None:
    """A commitment with a condition overrides the one without in that part; the worst part is named (rule 12)."""
    found = verdict(promise(at_most="48 hours"), commit("usual", at_most="30 hours"),
                    commit("summer", SUMMER, at_most="5 business days"))
    assert (found.word, found.label) == ("broken", "June to August")
    assert [(part.label, part.word, part.commitments) for part in found.parts] == [
        ("September to May", "kept-on-paper", ("usual",)), ("June to August", "broken", ("summer",))]


def test_a_part_that_nobody_covers_is_unmatched() -> None:
    """And a promise for that part alone has no label."""
    summer = commit("summer", SUMMER, at_most="30 hours")
    found = verdict(promise(at_most="48 hours"), summer)
    assert (found.word, found.label) == ("unmatched", "September to May")
    assert found.because == "no commitment covers September to May"
    assert verdict(promise(SUMMER, at_most="48 hours"), summer).label == ""
    assert verdict(promise(WEEKEND, at_most="48 hours"), summer).word == "unmatched"
    other = commit("week", When(segments=("weekdays",)), at_most="30 hours")
    assert verdict(promise(WEEKEND, at_most="48 hours"), other).because == "no commitment covers what is promised"


def test_segments_match_by_name() -> None:
    """Capitals and spaces make no difference; everybody else is a part of its own."""
    found = verdict(promise(at_most="48 hours"), commit("usual", at_most="30 hours"),
                    commit("fair", When(segments=(" Weekend", "trade  fair")), at_most="60 hours"))
    assert (found.word, found.label) == ("broken", "Weekend and trade fair")
    assert [part.label for part in found.parts] == ["Weekend and trade fair", "all but Weekend and trade fair"]
    assert verdict(promise(WEEKEND, at_most="48 hours"), commit("fair", When(segments=("Weekend",)),
                                                                at_most="30 hours")).word == "kept-on-paper"


def test_months_and_segments_together() -> None:
    """Each part is named by what sets it apart."""
    both = When(frozenset({12, 1}), ("weekend",))
    found = verdict(promise(at_most="48 hours"), commit("usual", at_most="30 hours"),
                    commit("xmas", both, at_most="60 hours"))
    assert (found.word, found.label) == ("broken", "December to January, weekend")
    assert {part.label for part in found.parts} == {
        "December to January, weekend", "February to November, weekend", "all but weekend"}


def test_all_commitments_that_apply_must_hold() -> None:
    """The strictest reading counts, and the commitment is named (rule 2)."""
    found = verdict(promise(at_most="48 hours"), commit("good", at_most="30 hours"),
                    commit("bad", at_most="50 hours"))
    assert found.word == "broken" and found.because.startswith("bad: the commitment is 50 hours")
    season = verdict(promise(at_most="48 hours"), commit("a", SUMMER, at_most="30 hours"),
                     commit("b", WEEKEND, at_most="60 hours"), commit("c", at_most="1 hour"))
    assert (season.word, season.label) == ("broken", "September to May, weekend and June to August, weekend")


def test_a_sum_holds_where_all_its_parts_hold() -> None:
    """The condition of a part is a condition of the sum."""
    found = verdict(promise(at_most="48 hours"), sum_of(commit("print", SUMMER, at_most="1 day")))
    assert [(part.label, part.word) for part in found.parts] == [
        ("September to May", "unmatched"), ("June to August", "kept-on-paper")]


@pytest.mark.parametrize(("theirs", "ours", "word"), [
    ("new customers", "New  customers", "kept-on-paper"),
    ("new customers", "", "undecidable"),
    ("", "new customers", "undecidable"),
    ("new customers", "old customers", "undecidable"),
])
def test_free_text(theirs: str, ours: str, word: str) -> None:
    """Equal text matches; text on one side only, or another text, needs people (rules 1, 4, 12)."""
    found = verdict(promise(When(text=theirs), at_most="48 hours"), commit("team", When(text=ours), at_most="3 hours"))
    assert found.word == word


def test_free_text_among_others() -> None:
    """An equal text overrides what has no condition and other texts; an unshared text takes nothing away."""
    text = When(text="new customers")
    base, special = commit("base", at_most="60 hours"), commit("new", text, at_most="3 hours")
    other = commit("old", When(text="old customers"), at_most="60 hours")
    assert verdict(promise(text, at_most="48 hours"), base, special, other).word == "kept-on-paper"
    assert verdict(promise(at_most="48 hours"), base, special).word == "broken"
    assert verdict(promise(at_most="48 hours"), commit("base", at_most="3 hours"), special).word == "undecidable"
    summer = commit("summer", SUMMER, at_most="3 hours")
    found = verdict(promise(text, at_most="48 hours"), special, summer)
    assert (found.word, found.label) == ("undecidable", "June to August")
