"""What joins stages of different teams: promises, commitments, handoffs, loops, opportunities, raci, the calendar."""

from __future__ import annotations

import pytest

from journeybook.model import Atlas, StageKey
from journeybook.model.business import business_calendar, words_of_calendar
from journeybook.model.handoffs import missing_in, wanted_handoffs
from journeybook.model.verdicts import verdicts
from journeybook.problems import Problem
from support import TODAY, answered

TEAMS = "teams: {sales: Sales, support: Support, ada: {name: Ada, kind: person, hats: [sales]}}\n"
OFF = ("asset-missing", "stage-without-metric", "id-implicit", "metric-without-target", "metric-without-stage",
       "handoff-missing", "handoff-incomplete", "promise-unmatched", "promise-signoff-due", "owner-missing",
       "loop-unowned", "asset-orphan", "handoff-same-person")
BUY = """
title: Buy a bike
owner: sales
stages:
  - {id: look, title: Look, steps: [{title: Reads, pains: [Price is hidden, {id: slow, text: Slow}]}]}
  - {id: pay, title: Pay, owner: support}
"""


def both(more: str = "", atlas: str = "", **texts: str) -> tuple[Atlas, list[Problem]]:
    """The atlas and the problems of a journey ``buy`` with more in its file, and of other files."""
    settings = f"title: A\n{TEAMS}checks: {{{', '.join(f'{check}: off' for check in OFF)}}}\n{atlas}"
    files = {f"{name}.yml": text.encode() for name, text in texts.items()}
    return answered({"atlas.yml": settings.encode(), "buy.yml": (BUY + more).encode(), **files})


def fine(more: str = "", atlas: str = "", **texts: str) -> Atlas:
    """The atlas of files without a mistake."""
    found, problems = both(more, atlas, **texts)
    assert words(problems) == []
    return found


def words(problems: list[Problem]) -> list[str]:
    """Checks and messages."""
    return [f"{problem.check}: {problem.message}" for problem in problems]


def look(atlas: Atlas, stage: str = "look") -> StageKey:
    """The key of a stage of the journey."""
    assert "buy" in atlas.journeys
    return StageKey("buy", stage)


# Two homes, and the forms of a list

def test_a_bare_stage_id_is_one_of_the_journey_s_own_file_and_only_there():
    """In a registry of another file a stage is always `journey/stage`."""
    own = fine("promises: {fast: {statement: Fast., made_at: look, delivered_at: pay}}\n")
    assert own.promises["fast"].made_at == look(own)
    assert own.promises["fast"].delivered_at == look(own, "pay")
    shared, problems = both(shared="promises:\n  fast: {statement: F, made_at: buy/look}\n"
                                   "  slow: {statement: S, made_at: look}\n")
    assert shared.promises["fast"].made_at == look(shared)
    assert words(problems) == ["reference-unknown: `look` does not say which journey it belongs to"]
    assert problems[0].help == "write `journey/stage`, here `buy/look`"


@pytest.mark.parametrize("written", [
    "promises:\n  up-and-running: {statement: Up and running!, made_at: look}\n",
    "promises:\n  - {id: up-and-running, statement: Up and running!, made_at: look}\n",
    "promises:\n  - {statement: Up and running!, made_at: look}\n",
])
def test_promises_are_a_mapping_or_a_list_of_records(written):
    """An id is written, or made from the statement."""
    assert list(fine(written).promises) == ["up-and-running"]


def test_a_handoff_in_a_list_is_called_by_its_two_ends():
    """And one in a mapping by its key."""
    atlas = fine("handoffs:\n  - {from: look, to: pay}\n")
    assert list(atlas.handoffs) == ["look-pay"]
    assert [str(h.target) for h in atlas.handoffs_out[look(atlas)]] == ["buy/pay"]
    assert list(fine("handoffs: {over: {from: look, to: pay}}\n").handoffs) == ["over"]


def test_opportunities_of_a_journey_are_ids_and_records_mixed():
    """A mapping registers, words with spaces in a list register, a bare id refers."""
    atlas = fine("opportunities:\n  - reminder\n  - {statement: Show the price, from: look#price-is-hidden}\n",
                 shared="opportunities: {reminder: {statement: Send a reminder, from: buy/look#slow}}\n")
    assert list(atlas.opportunities) == ["reminder", "show-the-price"]
    assert [o.id for o in atlas.opportunities_at[look(atlas)]] == ["reminder", "show-the-price"]
    _, problems = both("opportunities:\n  - remindr\n", shared="opportunities: {reminder: Send a reminder}\n")
    assert words(problems) == ["reference-unknown: no opportunity has the id `remindr`"]


@pytest.mark.parametrize(("first", "second", "message"), [
    ("promises: [{statement: Fast}]\n", "promises: {fast: Fast}\n", "two promises have the id `fast`"),
    ("handoffs: {a: {from: look, to: pay}}\n", "handoffs: {a: {from: buy/look, to: buy/pay}}\n",
     "two handoffs have the id `a`"),
    ("loops: {a: {signal: S, from: look, to: pay}}\n", "loops: {a: {signal: S, from: buy/look, to: buy/pay}}\n",
     "two loops have the id `a`"),
    ("opportunities: {a: {statement: S}}\n", "opportunities: {a: {statement: S}}\n",
     "two opportunities have the id `a`"),
])
def test_one_id_in_two_homes_is_told_with_both_places(first, second, message):
    """A promise of a journey and one of a registry are one kind."""
    _, problems = both(first, shared=second)
    assert words(problems) == [f"id-duplicate: {message}"]
    assert {problems[0].span.path, problems[0].related[0].span.path} == {"buy.yml", "shared.yml"}


def test_two_commitments_of_a_stage_need_two_ids():
    """Without an id it is the quantity; the second is passed over."""
    atlas, problems = both(days="""
title: Days
owner: sales
stages:
  - id: wait
    title: Wait
    commitments:
      - {measure: {quantity: setup, at_most: 1 day}}
      - {measure: {quantity: setup, at_most: 2 days}}
      - {id: setup-in-may, measure: {quantity: setup, at_most: 3 days}, when: {months: 5}}
""")
    assert words(problems) == ["id-duplicate: two commitments of this stage have the id `setup`"]
    assert [c.id for c in atlas.stages[StageKey("days", "wait")].commitments] == ["setup", "setup-in-may"]


# Owners and people

@pytest.mark.parametrize(("written", "owner"), [
    ("made_at: look", "sales"), ("made_at: pay", "support"), ("made_at: look, made_by: support", "support"),
    ("made_at: look, made_by: Ada Quist", "sales"), ("made_at: look, owner: support, made_by: sales", "support"),
    ("delivered_at: look", None),
])
def test_a_promise_is_owned_by_who_makes_it(written, owner):
    """What is written, else `made_by` where it is a team, else the team of the stage where it is made."""
    found = fine(f"promises: {{fast: {{statement: Fast., {written}}}}}\n").promises["fast"].owner
    assert (found.id if found else None) == owner


def test_raci_names_teams_and_the_owner_is_accountable_unless_it_says_otherwise():
    """Unknown teams are told; what is not written is empty."""
    atlas, problems = both(days="""
title: Days
owner: sales
stages:
  - {id: wait, title: Wait, raci: {responsible: support, informed: [sales, suport]}}
  - {id: go, title: Go, raci: {accountable: support}, owner: support}
""")
    assert words(problems) == ["reference-unknown: no team has the id `suport`"]
    wait, go = (atlas.stages[StageKey("days", ident)].raci for ident in ("wait", "go"))
    assert wait and go
    assert [[team.id for team in teams] for teams in (
        wait.responsible, wait.accountable, wait.consulted, wait.informed)] == [["support"], ["sales"], [], ["sales"]]
    assert [team.id for team in go.accountable] == ["support"]


def test_handoffs_are_wanted_where_owners_differ_and_one_person_is_marked():
    """The handoff that covers the way is known; what it leaves open is said."""
    atlas = fine("handoffs: [{from: look, to: pay, payload: Promises}]\n", days="""
title: Days
owner: ada
stages: [{id: a, title: Aa}, {id: b, title: Bb, owner: sales}, {id: c, title: Cc, owner: sales}]
transitions: [{from: c, to: a, type: loop}]
""")
    found = {str(w.source.key): (w.handoff.id if w.handoff else "", w.same_person) for w in wanted_handoffs(atlas)}
    assert found == {"buy/look": ("look-pay", False), "days/a": ("", True)}
    assert missing_in(atlas.handoffs["look-pay"]) == (
        "a time limit", "who accepts it and when it counts as taken over")


# References

@pytest.mark.parametrize(("written", "message"), [
    ("promises: {f: {statement: F, made_at: lok}}", "the journey `buy` has no stage `lok`"),
    ("promises: {f: {statement: F, made_at: look, stated_in: leaflet}}", "no asset has the id `leaflet`"),
    ("handoffs: {f: {from: look, to: pey}}", "the journey `buy` has no stage `pey`"),
    ("handoffs: {f: {from: look, to: pay, metric: nps}}", "no metric has the id `nps`"),
    ('loops: {f: {signal: S, from: look, to: "asset:leaflet"}}', "no asset has the id `leaflet`"),
    ("loops: {f: {signal: S, from: look, to: buy/pey}}", "the journey `buy` has no stage `pey`"),
    ("loops: {f: {signal: S, from: look, to: pay, owner: suport}}", "no team has the id `suport`"),
    ("opportunities: {f: {statement: S, from: lop}}", "no loop has the id `lop`"),
    ("opportunities: {f: {statement: S, from: look#slw}}", "the stage `buy/look` has no pain `slw`"),
    ("assets: {leaflet: {title: L, owner: sales, states: f}}", "no promise has the id `f`"),
])
def test_what_leads_nowhere_is_told_once(written, message):
    """At the place of the reference, with a next step."""
    _, problems = both(f"{written}\n")
    assert [problem.message for problem in problems] == [message]
    assert problems[0].help


def test_an_asset_and_a_promise_may_each_say_that_one_states_the_other():
    """Both is the same once."""
    atlas = fine("promises: {f: {statement: F, made_at: look, stated_in: [one, two]}}\n", shared="""
assets:
  one: {title: One, owner: sales, states: f}
  two: {title: Two, owner: sales}
  three: {title: Three, owner: sales, states: f}
""")
    assert [asset.id for asset in atlas.promises["f"].assets] == ["one", "two", "three"]


def test_a_loop_ends_at_a_stage_or_an_asset():
    """And opportunities are where their pains and loops are."""
    atlas = fine('loops: {l: {signal: S, from: pay, to: "asset:one"}, m: {signal: S, from: look, to: pay}}\n'
                 "opportunities: {o: {statement: O, from: [l, look#slow]}}\n",
                 shared="assets: {one: {title: One, owner: sales}}\n")
    assert atlas.loops["l"].asset is atlas.assets["one"]
    assert [loop.id for loop in atlas.loops_in[look(atlas, "pay")]] == ["m"]
    assert sorted(str(key) for key in atlas.opportunities_at) == ["buy/look", "buy/pay"]


@pytest.mark.parametrize(("tracker", "links", "message"), [
    ("JB-12", "links: {tracker: 'https://tracker.example/{key}'}\n", None),
    ("https://tracker.example/JB-12", "", None),
    ("JB-12", "", "`JB-12` is a key, and the atlas does not say where its tracker is"),
    ("https://me:secret@tracker.example/12", "", "an address must not carry a user name or password"),
    ("ftp://tracker.example/12", "", "`ftp://tracker.example/12` is a key, "
                                     "and the atlas does not say where its tracker is"),
    ("javascript:alert(1)", "links: {tracker: 'https://tracker.example/{key}'}\n",
     "addresses of the kind `javascript:` are not allowed"),
])
def test_a_tracker_is_an_address_or_a_key_of_the_atlas_s_tracker(tracker, links, message):
    """Anything else is told, and never becomes a link."""
    _, problems = both(f"opportunities: {{o: {{statement: O, tracker: '{tracker}'}}}}\n", atlas=links)
    assert [problem.message for problem in problems] == ([message] if message else [])


# Measures and sums

def owed(text: str) -> str:
    """A journey ``days`` whose only stage has commitments."""
    return f"title: Days\nowner: sales\nstages:\n  - id: wait\n    title: Wait\n    commitments:\n{text}"


@pytest.mark.parametrize(("measure", "check", "message"), [
    ("{quantity: x}", "key-missing", "this measure has no bound"),
    ("{at_most: 2 days}", "key-missing", "this measure does not say what is measured"),
    ("{yes_no: yes, quantity: x, at_most: 2 days}", "value-choice", "a yes-or-no measure has no bound"),
    ("{quantity: x, equals: 2, at_most: 3}", "value-choice", "`equals` does not go with another bound"),
    ("{quantity: x, sum: [a], at_most: 3}", "value-choice", "a sum takes its bound from what it adds up"),
    ("{quantity: x, at_most: soon}", "value-type", "expected a number and a unit, found `soon`"),
    ("{quantity: x, at_most: 48 huors}", "value-choice", "there is no unit `huors`"),
    ("{quantity: x, at_least: 3 days, at_most: 1 day}", "value-range", None),
])
def test_a_measure_that_cannot_be_compared_is_told_at_its_place(measure, check, message):
    """Whether in a commitment or in a promise."""
    for more, days in ((f"promises: {{f: {{statement: F, made_at: look, measure: {measure}}}}}\n", ""),
                       ("", owed(f"      - {{id: c, measure: {measure}}}\n"))):
        _, problems = both(more, **({"days": days} if days else {}))
        assert [problem.check for problem in problems] == [check]
        assert message is None or problems[0].message == message
        assert problems[0].help


def test_a_sum_names_commitments_of_its_stage_or_of_others():
    """Bare, `stage#id` within the journey, `journey/stage#id` from anywhere."""
    atlas = fine("promises: {f: {statement: F, made_at: look, delivered_at: days/wait, measure: "
                 "{quantity: all, at_most: 60 hours}}}\n", days=owed("""
      - {id: pick, measure: {quantity: picking, at_most: 10 hours}}
      - {id: all, measure: {quantity: all, sum: [pick, other/post#post]}}
"""), other="title: More\nowner: sales\nstages:\n  - {id: post, title: Post, commitments: "
           "[{measure: {quantity: post, at_most: 20 hours}}]}\n")
    assert verdicts(atlas, TODAY)["f"].word == "kept-on-paper"


def test_a_sum_with_an_unknown_part_says_which_may_be_meant():
    """And the promise has no verdict but the words for it."""
    atlas, problems = both(days=owed("      - {id: pick, measure: {quantity: picking, at_most: 10 hours}}\n"
                                     "      - {measure: {quantity: all, sum: [pik, nowhere/at#all]}}\n"))
    assert words(problems) == ["reference-unknown: there is no commitment `pik` to add up",
                               "reference-unknown: there is no commitment `nowhere/at#all` to add up"]
    assert problems[0].help == "write `pick`"
    assert atlas.promises == {}


def test_sums_in_a_circle_are_told_and_nothing_hangs():
    """Of one, and of two."""
    _, problems = both(days=owed("      - {id: own, measure: {quantity: own, sum: own}}\n"
                                 "      - {id: a, measure: {quantity: a, sum: b}}\n"
                                 "      - {id: b, measure: {quantity: b, sum: a}}\n"))
    assert words(problems) == ["reference-cycle: the sum `own` contains itself",
                               "reference-cycle: the sum `b` contains itself"]


# The calendar

def test_a_calendar_is_read_in_its_short_forms():
    """A span of days, a span or several of hours, dates; without one the usual week holds."""
    atlas = fine(atlas='calendar: {days: mon-thu, hours: ["08:00-12:00", "13:00-17:00"], holidays: 2026-12-25, '
                       "timezone: Europe/Berlin}\n")
    assert len(business_calendar(atlas).open_spans) == 2
    assert words_of_calendar(atlas).startswith("Monday to Thursday")
    assert words_of_calendar(fine()) == "Monday to Friday, 09:00–17:00, no holidays"


@pytest.mark.parametrize(("calendar", "place", "step"), [
    ("days: mon-fry", (3, 18), "fri"),
    ("days: [mon, tusday]", (3, 18), "tue"),
    ('hours: "9-17"', (3, 19), "09:00-17:00"),
    ('hours: "17:00-09:00"', (3, 19), ""),
    ('hours: ["09:00-12:00", "11:00-17:00"]', (3, 19), ""),
    ("holidays: [2026-12-25, Christmas]", (3, 35), "2026"),
    ("timezone: Europe/Berln", (3, 22), "`Europe/Berlin`"),
    ("timezone: Mars", (3, 22), "Europe/Berlin"),
])
def test_a_slip_in_the_calendar_is_told_at_its_place(calendar, place, step):
    """With what may be meant."""
    found, problems = answered({"atlas.yml": f"title: A\nteams: {{s: S}}\ncalendar: {{{calendar}}}\n".encode()})
    assert len(problems) == 1
    assert (problems[0].span.line, problems[0].span.column) == place
    assert step in problems[0].help
    assert found.title == "A"
