"""The checks of promises: each verdict is told once, at its place, with its reason and with who has to talk."""

from __future__ import annotations

from datetime import date

import pytest

from journeybook.model import verdicts as model_verdicts
from journeybook.model.verdicts import verdicts
from journeybook.problems import Problem
from support import TODAY, answered

DAYS = """
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - id: set-up
    title: Set up
    owner: onboarding
    commitments:
"""
ATLAS = """
title: A
teams: {sales: Sales, onboarding: Onboarding}
checks: {asset-missing: off, stage-without-metric: off, handoff-missing: off, metric-without-target: off}
"""


def found(commitments: str, promises: str, **files: str) -> list[Problem]:
    """The problems of an atlas with one stage that delivers."""
    journey = f"{DAYS}{commitments}\npromises:\n{promises}\n"
    texts = {"atlas.yml": ATLAS, "days.yml": journey, **{f"{name}.yml": text for name, text in files.items()}}
    return answered({name: text.encode() for name, text in texts.items()})[1]


def promise(measure: str, more: str = "") -> str:
    """A promise made when people order and kept when they are set up."""
    return f"  fast: {{statement: Fast., made_at: order, delivered_at: set-up, measure: {measure}{more}}}"


@pytest.mark.parametrize(("committed", "promised", "check"), [
    ("at_most: 40 hours", "at_most: 48 hours", None),
    ("at_most: 3 business days", "at_most: 48 hours", "promise-broken"),
    ("at_most: 1 business day", "at_most: 48 hours", "promise-at-risk"),
    ("at_most: 40 hours", "at_least: 24 hours", "promise-broken"),
    ("at_least: 99.9 %", "at_least: 99.5 %", None),
    ("at_most: 3 tickets", "at_most: 3 calls", "promise-undecidable"),
    ("at_most: 3 %", "at_most: 48 hours", "measure-mismatch"),
])
def test_each_verdict_is_one_problem_at_the_bound_that_is_promised(committed, promised, check):
    """A promise that is kept is told nothing about; no promise is told of twice."""
    problems = found(f"      - measure: {{quantity: setup, {committed}}}", promise(f"{{quantity: setup, {promised}}}"))
    assert [problem.check for problem in problems] == ([check] if check else [])
    if check and check.startswith("promise"):
        assert problems[0].help.startswith("let Sales talk to Onboarding: ")
        assert (problems[0].span.line, problems[0].related[0].span.line) == (12, 10)


def test_parts_with_the_same_reason_are_told_together_and_others_apart():
    """Broken in summer and at risk in December are two problems of two checks, each with its part."""
    problems = found("""      - measure: {quantity: setup, at_most: 1 day}
      - {id: summer, measure: {quantity: setup, at_most: 9 days}, when: {months: [6, 7, 8]}}
      - {id: winter, measure: {quantity: setup, at_most: 1 business day}, when: {months: 12}}
""", promise("{quantity: setup, at_most: 48 hours}"))
    assert [problem.check for problem in problems] == ["promise-at-risk", "promise-broken"]
    assert "(December)" in problems[0].message
    assert "(June to August)" in problems[1].message
    assert [[r.message for r in problem.related] for problem in problems] == [
        ["the commitment `winter`"], ["the commitment `summer`"]]


def test_a_draft_a_withdrawn_one_and_one_that_is_not_valid_yet_have_no_verdict():
    """Nothing is told about them."""
    late = promise("{quantity: setup, at_most: 1 hour}", ", valid_from: 2027-01-01")
    for more in (", status: draft", ", status: withdrawn"):
        assert found("      - measure: {quantity: setup, at_most: 2 days}",
                     promise("{quantity: setup, at_most: 1 hour}", more)) == []
    assert found("      - measure: {quantity: setup, at_most: 2 days}", late) == []


def test_a_stage_that_does_not_exist_is_told_once():
    """Nothing is called unmatched as well."""
    problems = found("      - measure: {quantity: setup, at_most: 2 days}",
                     "  fast: {statement: F, made_at: order, delivered_at: set-pu, "
                     "measure: {quantity: setup, at_most: 2 days}}")
    assert [problem.check for problem in problems] == ["reference-unknown"]


def test_a_mismatch_inside_of_a_sum_is_told_where_it_stands():
    """In another journey even."""
    problems = found("      - {measure: {quantity: all, sum: [more/post#post]}}",
                     promise("{quantity: all, at_most: 2 days}"),
                     more="title: More\nowner: sales\nstages:\n  - id: post\n    title: Post\n"
                          "    commitments: [{measure: {quantity: post, yes_no: yes}}]\n")
    assert [(problem.check, problem.span.path, problem.span.line) for problem in problems] == [
        ("measure-mismatch", "more.yml", 6)]


def test_a_sum_with_a_part_missing_keeps_nothing():
    """What is left of it is not taken for the whole."""
    problems = found("      - {id: pick, measure: {quantity: picking, at_most: 1 hour}}\n"
                     "      - {measure: {quantity: all, sum: [pick, psot]}}",
                     promise("{quantity: all, at_most: 2 hours}"))
    assert [problem.check for problem in problems] == ["reference-unknown"]


def test_verdicts_are_worked_out_once_for_a_day(monkeypatch):
    """Checks and pages ask for them again and again."""
    atlas, _ = answered({"atlas.yml": ATLAS.encode(), "days.yml": (
        f"{DAYS}      - measure: {{quantity: x, at_most: 1 day}}\npromises:\n"
        f"{promise('{quantity: x, at_most: 2 days}')}\n").encode()})
    known = verdicts(atlas, TODAY)
    asked = []
    monkeypatch.setattr(model_verdicts, "_verdict", lambda *_: asked.append(1))
    assert verdicts(atlas, TODAY) is known
    for _ in range(2):
        list(verdicts(atlas, date(2027, 1, 1)).values())
    assert asked == [1]


def test_a_withdrawn_promise_is_told_at_the_asset_or_at_the_promise():
    """Wherever it is written that the asset states it."""
    problems = found("      - measure: {quantity: setup, at_most: 2 days}",
                     "  typed: {statement: T, made_at: order, status: withdrawn, stated_in: terms}",
                     library="assets:\n  terms: {title: Terms, owner: sales, stages: days/order}\n"
                             "  page: {title: Page, owner: sales, stages: days/order, states: typed}\n")
    told = [(p.check, p.span.path) for p in problems if p.check != "id-implicit"]
    assert told == [("promise-withdrawn-stated", "days.yml"), ("promise-withdrawn-stated", "library.yml")]
