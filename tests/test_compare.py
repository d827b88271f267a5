"""What differs between two journeys or personas: the comparison itself, its pages, and the data behind it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeybook.addresses import relative
from journeybook.book import Book, build_book
from journeybook.settings import Settings
from journeybook.views.compare import TAGS, compare
from journeybook.views.compare_parts import Comparison, DiffRow, DiffStage
from journeybook.views.journey_data import (
    Item,
    JourneyData,
    LaneData,
    Overall,
    Score,
    StageData,
    address,
    encoded,
)
from support_compare import journey
from support_site import DOT, FIRMS, project, run, site

ICONS = Path(__file__).parent / "no-icons-here"
SEEDS = st.integers(0, 10_000).map(journey)
SMALL = {
    "now.yml": "title: Now\nowner: sales\npersonas: [amira, dev]\nstages:\n  - title: Look\n    steps:\n"
               "      - title: Reads\n        persona: amira\n        emotion: -1\n"
               "        pains: [{text: Price is hidden, severity: severe}]\n  - Buy\n",
    "next.yml": "title: Next\nowner: sales\nstate: future\ncompares_to: now\npersonas: [amira, dev]\nstages:\n"
                "  - title: Look\n    steps:\n      - title: Reads\n        persona: amira\n        emotion: 1\n"
                "  - Try\n  - Buy\n",
    "people.yml": "personas:\n  amira: {name: Amira}\n  dev: {name: Dev}\nteams:\n  sales: {name: Sales}\n",
}


def stage(ident: str, *scores: Score, **lanes: list[Item]) -> StageData:
    """A stage known by its id."""
    found = tuple(LaneData(key.replace("_", "-"), tuple(items)) for key, items in lanes.items())
    return StageData(ident, 1, ident.title(), (ident, "", ""), scores, found)


def simple(*stages: StageData, state: str = "current", personas: tuple[str, ...] = ()) -> JourneyData:
    """A journey of these stages."""
    return JourneyData("j", "J", "journey", state, "draft", ("", ""), tuple((p, p.title()) for p in personas),
                       (-2.0, 2.0), (Overall("", "0", "−1"),), (), stages)


def one(comparison: Comparison, label: str, at: int = 0) -> DiffRow:
    """The row of a stage with a label."""
    (found,) = [row for row in comparison.stages[at].rows if row.label == label]
    return found


def turned(stage: DiffStage) -> object:
    """What a row says, read from the other side."""
    rows = {(r.label, r.sub, tuple((m.text, m.note) for m in r.b), tuple((m.text, m.note) for m in r.a))
            for r in stage.rows}
    return stage.b and stage.b.text, stage.a and stage.a.text, stage.shown[::-1], frozenset(rows)


def told(stage: DiffStage) -> object:
    """What a row says."""
    rows = {(r.label, r.sub, tuple((m.text, m.note) for m in r.a), tuple((m.text, m.note) for m in r.b))
            for r in stage.rows}
    return stage.a and stage.a.text, stage.b and stage.b.text, stage.shown, frozenset(rows)


@given(SEEDS)
def test_a_journey_does_not_differ_from_itself(one: JourneyData) -> None:
    """Beside itself nothing is different: not a stage, not a feeling, not a word."""
    found = compare(one, one)
    assert found.whole == ()
    assert [(s.tag, s.change, s.rows) for s in found.stages] == [(None, None, ())] * len(one.stages)


@given(SEEDS, SEEDS)
def test_the_other_way_round_it_is_the_mirror(a: JourneyData, b: JourneyData) -> None:
    """The same stages and entries differ, with the sides changed."""
    there, back = compare(a, b), compare(b, a)
    assert {told(s) for s in there.stages} == {turned(s) for s in back.stages}
    assert [f.value.split(" → ") for f in there.numbers] == [f.value.split(" → ")[::-1] for f in back.numbers]


@given(SEEDS, SEEDS)
def test_every_stage_and_its_score_stands_once(a: JourneyData, b: JourneyData) -> None:
    """No stage of either journey is lost or told twice, and the curves run through its score."""
    found = compare(a, b)
    assert sorted(s.a.to for s in found.stages if s.a) == sorted(f"journeys/{a.id}/#stage-{s.id}" for s in a.stages)
    assert sorted(s.b.to for s in found.stages if s.b) == sorted(f"journeys/{b.id}/#stage-{s.id}" for s in b.stages)
    for line, journey_ in zip(found.plot.personas, (a, b), strict=True):
        rated = [s.score for stage in journey_.stages for s in stage.scores if s.who == ""]
        assert sorted(x for x in line if x is not None) == sorted(rated)
        assert len(line) == len(found.stages)


def test_pains_are_gone_or_new() -> None:
    """From the current to the future state, what is only there is gone and what is only here is new."""
    now = stage("look", pains=[Item("Waits"), Item("Pays")], steps=[Item("Reads")])
    then = stage("look", pains=[Item("Pays"), Item("Fears")], steps=[Item("Asks")])
    found = compare(simple(now), simple(then, state="future"))
    row = one(found, "Pain points")
    assert ([(m.text, m.tag) for m in row.a], [(m.text, m.tag) for m in row.b], row.same) == (
        [("Waits", TAGS["pain-gone"])], [("Fears", TAGS["pain-new"])], 1)
    assert one(found, "Steps").a[0].tag == TAGS["gone"]
    back = compare(simple(then, state="future"), simple(now))
    assert one(back, "Pain points").b[0].tag == TAGS["here"]


def test_one_thing_with_another_note_has_changed() -> None:
    """An asset that is planned on one side and live on the other is one asset."""
    planned, live = Item("Guide", "guide", "Planned"), Item("Guide", "guide")
    row = one(compare(simple(stage("x", assets=[planned])), simple(stage("x", assets=[live]))), "Content")
    assert [(m.note, m.tag) for m in (*row.a, *row.b)] == [("Planned", TAGS["changed"]), ("", TAGS["changed"])]


def test_equal_entries_are_counted() -> None:
    """Two handoffs to one team are two; one of them may be gone."""
    twice = stage("x", handoffs=[Item("Sales", note="1 day"), Item("Sales", note="2 days")])
    row = one(compare(simple(twice), simple(stage("x", handoffs=[Item("Sales", note="2 days")]))), "Handoffs to")
    assert ([m.note for m in row.a], row.b, row.same) == (["1 day"], (), 1)


@pytest.mark.parametrize(("states", "before", "after", "word"), [
    ("current future", -1, 1, "Better"), ("current future", 1, -1, "Worse"), ("current current", -1, 1, "Higher"),
    ("future current", 1, -1, "Lower"), ("current future", 1, 1, ""),
])
def test_feelings_change(states: str, before: float, after: float, word: str) -> None:
    """Better and worse only where one follows the other; the scores stand beside the word."""
    first, second = states.split()
    a = simple(stage("x", Score("", before, str(before)), Score("amira", before, str(before))), state=first,
               personas=("amira",))
    b = simple(stage("x", Score("", after, str(after)), Score("amira", after, str(after))), state=second,
               personas=("amira",))
    found = compare(a, b)
    assert (found.stages[0].change.word if found.stages[0].change else "") == word
    assert [row.label for row in found.stages[0].rows] == (["Amira"] if word else [])


def test_only_in_and_moved_are_words() -> None:
    """A stage that one side lacks says which has it; one that changed places says so."""
    a, b = simple(stage("1"), stage("2"), stage("3")), simple(stage("2"), stage("3"), stage("1"), stage("4"))
    assert [s.tag.word if s.tag else "" for s in compare(a, b).stages] == ["Moved", "Only in B", "", ""]
    found = compare(a, replace(b, state="future"))
    assert {s.tag.word for s in found.stages if s.tag} == {"Moved", "Only in the future state"}


def test_two_personas_of_one_journey() -> None:
    """Each side shows what is for its persona or for everybody, and one row says how both feel."""
    mine, yours = Item("Reads", personas=("amira",)), Item("Pays", personas=("dev",))
    both = simple(stage("x", Score("amira", 1, "+1"), Score("dev", -1, "−1"), steps=[mine, yours, Item("Waits")]),
                  stage("y", Score("dev", 0, "0")), personas=("amira", "dev"))
    found = compare(both, both, ("amira", "dev"))
    row = one(found, "Steps")
    assert ([m.text for m in row.a], [m.text for m in row.b], row.same) == (["Reads"], ["Pays"], 1)
    assert (found.a.name, found.b.name) == ("Amira", "Dev")
    assert found.plot.personas == ((1, None), (-1, 0))
    feeling = one(found, "Emotion", 1)
    assert ([m.text for m in feeling.a], [m.text for m in feeling.b]) == (["Not rated"], ["0"])


@given(SEEDS)
def test_data_say_the_same_in_the_same_order(one: JourneyData) -> None:
    """The published record holds every stage and entry, keys in one order, and no empty values."""
    record = json.loads(encoded(one, True))
    assert list(record) == ["version", "id", "title", "url", "kind", "state", "status", "owner", "personas", "scale",
                            "overall", "lanes", "stages"]
    assert [s["id"] for s in record["stages"]] == [s.id for s in one.stages]
    for stage_, shown in zip(one.stages, record["stages"], strict=True):
        assert {key: [i["text"] for i in items] for key, items in shown["lanes"].items()} == {
            lane.key: [i.text for i in lane.items] for lane in stage_.lanes}
        assert {who: s["score"] for who, s in shown["scores"].items()} == {s.who: s.score for s in stage_.scores}
        assert all(value for items in shown["lanes"].values() for item in items for value in item.values())
    assert encoded(one, True) == encoded(one, True)


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("place", ["journeys/x/", "people/teams/y/"])
def test_addresses_in_data_are_those_of_pages(place: str, directory_urls: bool) -> None:
    """Data name pages as links on the first page do."""
    assert address(place, directory_urls) == relative(place, "", directory_urls)


def book(folder: Path, maps: dict[str, str], **options: object) -> Book:
    """A small atlas as a book."""
    root = project(folder, maps, DOT)
    settings = Settings(root, root / "maps", today=date(2026, 11, 21))
    return build_book(settings, ICONS, **options)  # type: ignore[arg-type]


def test_both_states_lead_to_their_comparison(tmp_path: Path) -> None:
    """Both pages link to it in words, the page shows both, and no link dangles."""
    found = book(tmp_path, SMALL)
    pages = {page.uri: page for page in found.pages}
    assert list(found.dangling()) == []
    for uri, words in (("journeys/now/", "Compare with the future state"),
                       ("journeys/next/", "Compare with the current state")):
        assert words in pages[uri].html
        assert "journeys/next/compare/" in pages[uri].links
    shown = pages["journeys/next/compare/"].html
    for words in ("Only in the future state", "Price is hidden", "−1 → +1", "Better", "Gone"):
        assert words in shown, words
    assert "?a=now&amp;b=next" in shown


def test_a_journey_that_is_not_shown_is_not_compared(tmp_path: Path) -> None:
    """With a broken half there is no comparison, no link to one, and no data of it."""
    broken = SMALL | {"now.yml": SMALL["now.yml"] + "  - {title: Use, owner: nobody-knows, colour: red}\n"}
    found = book(tmp_path, broken, keep_going=True)
    pages = {page.uri: page for page in found.pages}
    assert "journeys/next/compare/" not in pages
    assert [link for _, link in found.dangling() if "compare" in link or "api/" in link] == []
    places = {place for page in found.pages for place, _ in page.files}
    assert "api/v1/journeys/next.json" in places
    assert "api/v1/journeys/now.json" not in places
    index = json.loads(dict(pages["compare/"].files)["api/v1/index.json"])
    assert [one["id"] for one in index["journeys"]] == ["next"]


def test_a_journey_may_be_called_compare(tmp_path: Path) -> None:
    """The page where two are chosen takes no journey's place."""
    found = book(tmp_path, {"compare.yml": "title: Compare offers\nowner: sales\nstages: [Look]\n"})
    uris = [page.uri for page in found.pages]
    assert len(set(uris)) == len(uris)
    assert {"compare/", "journeys/compare/"} <= set(uris)


def test_an_atlas_without_journeys_has_the_page(tmp_path: Path) -> None:
    """Nothing to choose from is said in words."""
    page = {page.uri: page for page in book(tmp_path, {"teams.yml": "teams:\n  sales: {name: Sales}\n"}).pages}
    assert "No journey is mapped yet" in page["compare/"].html


@pytest.mark.parametrize("firm", FIRMS)
def test_data_are_published(firm: str) -> None:
    """A file for every journey and an index that names them all; people's names are those of the pages."""
    demo = site(firm)
    index = json.loads((demo.folder / "api/v1/index.json").read_text("utf-8"))
    assert {one["id"] for one in index["journeys"]} == set(demo.book.reading.atlas.journeys)
    for entry in index["journeys"]:
        record = json.loads((demo.folder / entry["data"]).read_text("utf-8"))
        assert (record["version"], record["id"], record["url"]) == (1, entry["id"], entry["url"])
        assert (demo.folder / record["url"] / "index.html").is_file()
        assert len(json.dumps(record)) < 60_000


def test_data_where_addresses_name_files(tmp_path: Path) -> None:
    """With ``use_directory_urls: false`` the data lie at the same place and name the files."""
    folder = project(tmp_path, SMALL, DOT + "use_directory_urls: false\n")
    assert run(folder, "build").exit_code == 0
    record = json.loads((folder / "site/api/v1/journeys/next.json").read_text("utf-8"))
    assert record["url"] == "journeys/next.html"
    assert (folder / "site" / record["url"]).is_file()
    assert (folder / "site/journeys/next/compare.html").is_file()
    assert (folder / "site/compare.html").is_file()


@pytest.mark.parametrize("firm", ["tallybird", "leafbound"])
def test_the_demos_show_a_redesign(firm: str) -> None:
    """Two demo firms compare a current with a future state, in which something becomes better and something is gone."""
    demo = site(firm)
    (uri,) = [page for page in demo.pages if page.startswith("journeys/") and page.endswith("/compare/index.html")]
    text = demo.pages[uri].text_content()
    assert all(word in text for word in ("Better", "Gone", "New", "→"))
