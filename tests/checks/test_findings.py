"""Checks with rules of their own: what they find and, as important, what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeybook.problems import Problem
from support import answered, problems_of, write

TEAMS = "title: A\nteams: {sales: Sales, support: Support, ada: {name: Ada, kind: person, hats: [sales, support]}}\n"


def found(check: str, journey: str, atlas: str = TEAMS, **files: str) -> list[Problem]:
    """What one check says about a journey ``buy``."""
    texts = {"atlas.yml": atlas, "buy.yml": f"title: Buy\nowner: sales\n{journey}",
             **{f"{name}.yml": text for name, text in files.items()}}
    problems = answered({name: text.encode() for name, text in texts.items()})[1]
    return [problem for problem in problems if problem.check == check]


# Personal data

@pytest.mark.parametrize("text", [
    "Write to anna.berg@example.com", "anna+shop@mail.example.co.uk said so", "+44 20 7946 0958", "+49 (0)30 123456",
    "0049 171 2345678", "tel. 030 1234567", "(030) 123 45 67", "01712345678", "555-012-3456", "(555) 012-3456",
    "tel 06 12 34 56 78", "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432",
])
def test_addresses_and_numbers_of_people_are_found(text):
    """In the forms in which people write them down."""
    assert len(found("personal-data", f"stages: [{{title: Look, steps: [{{title: S, quote: '{text}'}}]}}]")) == 1


@pytest.mark.parametrize("text", [
    "It was 1,200.00 EUR, then 12 000 000 EUR", "From 2026-03-31 to 2026-04-02", "On 01.02.2026 and 01/02/2026",
    "01/02/2026 14:00", "on 01 02 26",
    "09:00-17:00 and 08:30-12:00", "Order 4711-0815-22 of 2026", "0.75 % of 1 000 000", "Invoice 0012345",
    "ISBN 978-3-16-148410-0", "EUR 1234567.89", "v1.2.3 at 127.0.0.1", "$0123456789", "AB12 3456 7890 1234 of 2026",
    "support@example.com and no-reply@example.com", "an @ sign, a@b", "24 of 60 calls in 2025/2026", "2025 2026 2027",
    "1 + 2 000 000", "10,000 to 20,000 people", "0171", "+5 points", "-0.5 to 0.5",
])
def test_prices_dates_and_ids_are_no_phone_numbers(text):
    """A check that cries wolf is switched off."""
    assert found("personal-data", f"stages: [{{title: Look, steps: [{{title: S, quote: '{text}'}}]}}]") == []


def test_thoughts_and_what_is_heard_are_looked_at_too():
    """Whoever notes what somebody thinks or says may note who it was."""
    thought = "stages: [{title: Look, steps: [{title: S, thinking: 'ask anna.berg@example.com'}]}]"
    heard = "loops: {l: {signal: 'tel 06 12 34 56 78', from: buy/look, to: buy/look}}"
    assert [problem.message for problem in found("personal-data", f"{thought}\n{heard}")] == [
        "this thought holds an e-mail address", "this signal holds a phone number"]


def test_what_was_found_is_not_repeated():
    """Reports are passed on and published."""
    problem, = found("personal-data", "stages: [{title: Look, questions: [Is it anna@example.com?]}]")
    assert "anna" not in f"{problem.message} {problem.help}"


# Flow

@pytest.mark.parametrize(("stages", "ways", "names"), [
    ("[A1, B1, C1]", "{from: b1, to: a1}", ["`A1`, `B1`"]),
    ("[A1, B1, C1]", "{from: b1, to: a1}, {from: b1, to: c1, type: branch}", []),
    ("[A1, B1, C1]", "{from: c1, to: a1, type: loop}", []),
    ("[A1, B1, C1]", "{from: c1, to: a1}", ["`A1`, `B1`, `C1`"]),
    ("[A1, B1, {title: C1, role: exit}]", "{from: c1, to: a1}", []),
    ("[A1, B1, C1]", "{from: c1, to: a1, share: 30 %}", []),
    ("[A1, B1, C1]", "{from: c1, to: a1, actor: new}", []),
    ("[A1, B1, C1]", "{from: c1, to: a1}, {from: b1, to: nowhere}", []),
    ("[A1, B1, C1, D1]", "{from: b1, to: a1}, {from: d1, to: c1}", ["`A1`, `B1`", "`C1`, `D1`"]),
])
def test_a_circle_is_endless_only_where_nothing_leads_out(stages, ways, names):
    """The last stage may be the end; a way that is only a loop forces nobody."""
    messages = [problem.message for problem in found("flow-endless", f"stages: {stages}\ntransitions: [{ways}]\n")]
    assert messages == [f"nobody who gets here ever leaves: {name} lead only to each other" for name in names]


def test_a_long_chain_of_stages_is_no_deep_recursion():
    """Two hundred stages in a circle."""
    stages = "".join(f"  - {{id: s{n}, title: S{n}}}\n" for n in range(200))
    assert len(found("flow-endless", f"stages:\n{stages}transitions: [{{from: s199, to: s0}}]\n")) == 1


# Teams

@pytest.mark.parametrize(("stage", "told"), [
    ("owner: support", 1), ("owner: support, raci: {informed: sales}", 0),
    ("owner: support, raci: {informed: support}", 1), ("owner: sales", 0), ("owner: support, detail: other", 0),
])
def test_an_overlap_asks_for_others_only_where_there_are_any(stage, told):
    """Neighbours of the same team are nobody else."""
    teams = TEAMS.replace(", ada: {name: Ada, kind: person, hats: [sales, support]}", "")
    assert len(found("owner-overlap", "stages: [{title: Look}, {title: Both, categories: [buyer, customer], "
                                      f"{stage}}}]\n", teams, other="title: O\nowner: sales\nstages: [X]\n")) == told
    assert found("owner-overlap", "stages: [{title: Look}, {title: Both, categories: [buyer, customer], "
                                  f"{stage}}}]\n", other="title: O\nowner: sales\nstages: [X]\n") == []


def test_handoffs_that_may_stand_in_an_unreadable_file_are_not_missed():
    """One fault, one problem."""
    journey = "stages: [Look, {title: Pay, owner: support}]\n"
    teams = "title: A\nteams: {sales: Sales, support: Support}\n"
    assert len(found("handoff-missing", journey, teams)) == 1
    assert found("handoff-missing", journey, teams, handoffs="handoffs:\n  - {from: buy/look: x}\n") == []
    assert found("handoff-missing", f"{journey}handoffs: [{{from: look, to: pey}}]\n", teams) == []


def test_the_same_two_stages_are_told_once_however_many_ways_join_them():
    """A branch beside the way on is no second handoff."""
    teams = "title: A\nteams: {sales: Sales, support: Support}\n"
    ways = "transitions: [{from: look, to: pay}, {from: look, to: pay, type: branch}]\n"
    assert len(found("handoff-missing", f"stages: [Look, {{title: Pay, owner: support}}]\n{ways}", teams)) == 1


# Names, reviews

def test_stage_names_are_compared_without_capitals_and_only_where_all_categories_have_names():
    """An overlap stage may be called as either category wants it."""
    atlas = f"{TEAMS}stage_vocabulary: {{buyer: [Look, Decide], customer: [Use it]}}\n"
    stages = ("stages: [{title: look, category: buyer}, {title: use it, categories: [buyer, customer]}, "
              "{title: Odd, categories: [buyer, user]}, {title: Odd too, category: buyer}, Plain]\n")
    assert [problem.message for problem in found("stage-name-unlisted", stages, atlas)] == [
        "`Odd too` is not among the names of stages in Buyer"]


def test_nobody_is_asked_for_reviews_who_never_wanted_them():
    """Only where somebody wrote how often."""
    journey = "status: live\nstages: [Look]\n"
    assert found("review-missing", journey) == []
    assert len(found("review-missing", f"review_every: yearly\n{journey}")) == 1
    assert len(found("review-missing", journey, f"{TEAMS}review_every: yearly\n")) == 1


# Business time

@pytest.mark.parametrize(("check", "text"), [
    ("loop-open", "loops: {l: {signal: S, from: buy/look, to: buy/look, since: 2026-11-19, cadence: 1 business day}}"),
    ("metric-stale", "metrics: {m: {name: M, values: v.csv, cadence: 1 business day}}"),
    ("promise-signoff-due", "promises: {p: {statement: S, made_at: buy/look, review_every: 1 business day, "
                            "signed_off: {by: sales, on: 2026-11-19}}}"),
])
def test_business_days_are_those_of_the_calendar_wherever_they_are_counted(tmp_path: Path, check: str,
                                                                           text: str) -> None:
    """From Thursday to Friday it is one day, and Saturday is late; by weeks of seven days it would not be yet."""
    folder = write(tmp_path, {
        "atlas.yml": TEAMS, "buy.yml": "title: Buy\nowner: sales\nstages: [Look]\n", "lists.yml": f"{text}\n",
        "v.csv": "date,value\n2026-11-18,3\n"})
    assert [problem.check for problem in problems_of(folder)].count(check) == 1
