"""What changed between two atlases: every edit once, in the right words, with the right weight."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changes.samples import ATLAS, BUY, EDITS, LIBRARY, LIVE, TEAMS, Files, edited, read
from journeybook.adapters import report_changes
from journeybook.changes import Change, Changes, Level, compare
from journeybook.changes.rules import RULES
from support_site import CHECKOUT

Golden = Callable[[str, str], None]
BASE = read(ATLAS)
QUIET = {"comments, layout and order of keys", "say the same length in other words"}


def difference(name: str) -> Changes:
    """What an edit of the sample changes."""
    return compare(BASE, read(edited(name)))


def told(changes: Changes) -> list[str]:
    """Level and words of each change."""
    return [f"{change.level.word}: {change.words}" for change in changes.all]


def merged() -> Files:
    """The atlas with both journeys in one, and all that refers to the other following it."""
    stages = ATLAS[BUY][ATLAS[BUY].index("  - id: notice"):]
    files = {**ATLAS, LIVE: ATLAS[LIVE].replace("stages:\n", f"stages:\n{stages}").replace(
        "persona: nora\n", "persona: [nora, emil]\n"),
        LIBRARY: ATLAS[LIBRARY].replace("buy/", "live-with-it/")}
    del files[BUY]
    return files


def test_every_scripted_edit_has_its_class_and_words(golden: Golden) -> None:
    """Each of the edits is told as a person would tell it: a text that was looked at."""
    lines = []
    for name in EDITS:
        lines += [f"# {name}", *report_changes.text(difference(name), "base", "head"), ""]
    for name, one, other in (("mend a promise", edited("break a promise"), ATLAS),
                             ("merge two journeys", ATLAS, merged())):
        lines += [f"# {name}", *report_changes.text(compare(read(one), read(other)), "base", "head"), ""]
    assert len(EDITS) + 2 >= 30
    golden("\n".join(lines) + "\n", "changes/edits.txt")


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_found_and_nothing_is_told_twice(name: str) -> None:
    """Something is told of every edit that says something else, and no change twice."""
    changes = list(difference(name).all)
    assert bool(changes) is (name not in QUIET)
    facts = Counter((c.kind, c.journey, c.stage, c.id, c.action, c.field) for c in changes)
    assert [fact for fact, times in facts.items() if times > 1] == []


@pytest.mark.parametrize("name", EDITS)
def test_the_other_way_round_is_the_mirror_image(name: str) -> None:
    """What was added is removed, before is after, and each change has its counterpart."""
    there = compare(BASE, read(edited(name)))
    back = compare(read(edited(name)), BASE)
    opposite = {"added": "removed", "removed": "added"}

    def mirrored(change: Change) -> tuple[str, ...]:
        same = change.kind, opposite.get(change.action, change.action)
        return *same, change.field and re.sub(r"\..*", "", change.field), change.after, change.before

    def straight(change: Change) -> tuple[str, ...]:
        return change.kind, change.action, re.sub(r"\..*", "", change.field), change.before, change.after

    assert sorted(map(mirrored, there.all)) == sorted(map(straight, back.all))
    assert ({p.message for p in there.new}, {p.message for p in there.mended}) == (
        {p.message for p in back.mended}, {p.message for p in back.new})


def test_an_atlas_does_not_differ_from_itself() -> None:
    """Nothing changed, whatever the order of its files."""
    assert not compare(BASE, read(ATLAS))
    assert not compare(BASE, read(dict(reversed(ATLAS.items()))))


def test_a_record_that_moves_to_another_file_is_no_change() -> None:
    """Promises that leave the library for the journey's own file, with a bare stage there, stay what they are."""
    library = ATLAS[LIBRARY]
    promises = library[library.index("promises:"):library.index("handoffs:")]
    moved = {**ATLAS, LIBRARY: library.replace(promises, ""),
             LIVE: ATLAS[LIVE] + promises.replace("live-with-it/install", "install")}
    assert told(compare(BASE, read(moved))) == []
    one_file = {"atlas.yml": ATLAS["atlas.yml"], "all.yml": ATLAS[TEAMS] + library, BUY: ATLAS[BUY], LIVE: ATLAS[LIVE]}
    assert told(compare(BASE, read(one_file))) == []


def test_a_renamed_journey_is_one_change() -> None:
    """References that follow the new id are no changes of their own."""
    renamed = {path.replace("buy.yml", "choose.yml"): text.replace("buy/", "choose/") for path, text in ATLAS.items()}
    changes = compare(BASE, read(renamed))
    assert [(c.action, c.kind, c.was, c.id) for c in changes.all] == [("renamed", "journey", "buy", "choose")]
    assert next(changes.all).level is Level.BREAKING  # promises and content lead there


def test_two_journeys_become_one() -> None:
    """Stages that found a new home are told as moved; only the journey itself is gone."""
    changes = compare(BASE, read(merged()))
    assert Counter((c.action, c.kind) for c in changes.all if c.kind in ("journey", "stage")) == {
        ("removed", "journey"): 1, ("moved", "stage"): 4, ("changed", "journey"): 1}
    (gone,) = [c for c in changes.all if c.action == "removed"]
    assert (gone.title, gone.level) == ("Choose a heat pump", Level.BREAKING)


def test_a_file_that_cannot_be_read_takes_nothing_away() -> None:
    """A syntax error is a new problem, not the end of a journey."""
    broken = {**ATLAS, BUY: ATLAS[BUY] + "  - title: \"half\n"}
    changes = compare(BASE, read(broken))
    assert [c for c in changes.all if c.action == "removed"] == []
    assert any(problem.check == "yaml-syntax" for problem in changes.new)


def test_a_promise_newly_broken_weighs_most_and_says_why() -> None:
    """The verdict is told with its reason, and both the maker and the deliverer should look."""
    changes = difference("break a promise")
    (verdict,) = [c for c in changes.all if c.action == "verdict"]
    assert (verdict.level, verdict.before, verdict.after) == (Level.BREAKING, "kept on paper", "broken")
    assert "5 days" in verdict.note
    assert set(verdict.teams) == {"sales", "setup"}
    assert [r.name for r in changes.reviewers] == ["Sales", "Setup crew"]
    assert [p.check for p in changes.new if p.check == "promise-broken"] == ["promise-broken"]
    mended = compare(read(edited("break a promise")), BASE)
    assert [c.level for c in mended.all if c.action == "verdict"] == [Level.NOTIFY]
    assert [p.check for p in mended.mended if p.check == "promise-broken"] == ["promise-broken"]


def test_a_record_that_others_use_names_the_places() -> None:
    """What refers to a removed record is named by file and line."""
    (gone,) = [c for c in difference("delete an asset that is used").all if c.action == "removed"]
    assert {span.path for span in gone.used} == {BUY, LIBRARY}
    assert gone.level is Level.BREAKING


def test_a_problem_on_another_line_is_neither_new_nor_mended() -> None:
    """Lines that come before a problem do not make it another one."""
    longer = {**ATLAS, LIVE: "# one\n# two\n" + ATLAS[LIVE]}
    changes = compare(BASE, read(longer))
    assert (changes.new, changes.mended) == ((), ())


WORDS = st.text("abcdefgh ", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_few_edits_together_are_all_found(data: st.DataObject) -> None:
    """Edits that do not touch each other give just the changes they give one by one."""
    apart = ["a stage's emotion", "an emotion of one persona", "rename a stage's title", "change a journey's owner",
             "another target", "hand over less", "another way between stages", "reword"]
    names = data.draw(st.lists(st.sampled_from(apart), unique=True, min_size=1))
    files = dict(ATLAS)
    for name in names:
        files = edited(name, files)
    changes = compare(BASE, read(files))
    expected = [c for name in names for c in difference(name).all]
    assert sorted((c.kind, c.id, c.field, c.after) for c in changes.all) == sorted(
        (c.kind, c.id, c.field, c.after) for c in expected)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, unique_by=lambda word: word.replace(" ", "-"), min_size=2, max_size=8), st.randoms())
def test_stages_in_another_order_are_told_as_moved(titles: list[str], chance: random.Random) -> None:
    """As few moves as explain the new order, the same ones seen from the other side, and nothing else."""
    shuffled = list(titles)
    chance.shuffle(shuffled)

    def journey(order: list[str]) -> dict[str, str]:
        return {"j.yml": "title: J\nowner: sales\nstages:\n" + "".join(
            f"  - {{ id: s-{titles.index(title)}, title: {title!r} }}\n" for title in order)}

    there = compare(read(journey(titles)), read(journey(shuffled)))
    back = compare(read(journey(shuffled)), read(journey(titles)))
    assert {c.action for c in there.all} <= {"reordered"}
    assert (len(list(there.all)) > 0) is (titles != shuffled)
    assert {c.id for c in there.all} == {c.id for c in back.all}
    moved = {c.title for c in there.all}
    assert [t for t in titles if t not in moved] == [t for t in shuffled if t not in moved]


def test_the_rules_are_documented() -> None:
    """Each rule stands in docs/changes.md with its weight and meaning, and no other does."""
    page = (CHECKOUT / "docs" / "changes.md").read_text("utf-8")
    rows = re.findall(r"^\| (breaking|notify|minor) \| `([a-z-]+)` \| (.+) \|$", page, re.MULTILINE)
    assert rows == [(rule.level.word, rule.name, rule.words) for rule in RULES.values()]


def test_every_rule_is_met_by_an_edit() -> None:
    """No rule is there for nothing."""
    met = {change.rule for name in EDITS for change in difference(name).all}
    met |= {c.rule for c in compare(read(edited("break a promise")), BASE).all}
    added = {**ATLAS, "journeys/leave.yml": "title: Leave\nowner: care\nstages: [Say goodbye]\n"}
    met |= {c.rule for c in compare(BASE, read(added)).all}
    calendar = {**ATLAS, "atlas.yml": "title: Fernway\ncalendar: { days: mon-sat }\n"}
    met |= {c.rule for c in compare(BASE, read(calendar)).all}
    status = {**ATLAS, BUY: ATLAS[BUY].replace("status: live", "status: validated")}
    met |= {c.rule for c in compare(BASE, read(status)).all}
    unused = {**ATLAS, TEAMS: ATLAS[TEAMS].replace("  emil: { name: Emil Brandt }", "  emil: { name: Emil Brandt }\n"
                                                   "  otto: { name: Otto }")}
    met |= {c.rule for c in compare(read(unused), BASE).all}
    across = {**ATLAS, BUY: ATLAS[BUY].replace("  - id: sign\n    title: Sign\n    metrics: nps\n", "").replace(
        "  - id: visit\n", "  - id: sign\n    title: Sign\n    metrics: nps\n  - id: visit\n")}
    met |= {c.rule for c in compare(BASE, read(across)).all}
    assert set(RULES) - met == set()


def test_a_file_that_cannot_be_read_mends_nothing() -> None:
    """What was wrong there is hidden, not mended, and no promise is judged by what nobody can read."""
    files = {**ATLAS, BUY: ATLAS[BUY].replace("    steps:", "    stepps:", 1)}
    faulty, unreadable = read(files), read({**files, BUY: "title: a: b\n" + ATLAS[BUY]})
    assert unreadable.lost
    changes = compare(faulty, unreadable)
    assert changes.mended == ()
    assert [problem.check for problem in changes.new if problem.check == "yaml-syntax"]
    assert compare(faulty, BASE).mended
    lost = read({**ATLAS, LIVE: "title: a: b\n" + ATLAS[LIVE]})
    for one, other in ((BASE, lost), (lost, BASE)):
        assert [change.words for change in compare(one, other).all if change.action == "verdict"] == []
