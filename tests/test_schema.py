"""The shape of one file: short forms, values, and that one mistake never hides or costs another thing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from journeybook.checks import by_id
from journeybook.problems import Problem
from journeybook.schema import FAULTY, Contents, validate
from journeybook.schema.durations import parse_duration
from journeybook.schema.journey import Journey
from journeybook.schema.records import REGISTRIES
from journeybook.schema.types import slug, url_fault
from journeybook.source import read_text
from support import answered, outside

HEAD = "title: Buy\nowner: sales\n"


def validated(text: str, path: str = "buy.yml") -> tuple[Contents, list[Problem]]:
    """What a file holds, and its problems."""
    document, problems = read_text(path, text)
    contents, more = validate(document)
    return contents, [*problems, *more]


def journey(text: str) -> Any:
    """The typed journey of a file without a mistake."""
    contents, problems = validated(text)
    assert problems == []
    assert contents.journey is not None
    return contents.journey.spec


def record(kind: str, keys: str) -> Any:
    """The one record of a registry without a mistake."""
    contents, problems = validated(f"{kind}:\n  it: {keys}\n")
    assert problems == []
    return contents.entries[0].spec


# Short forms

def test_the_smallest_journey_is_four_lines():
    """Title, owner, stages and one title; the rest has its usual values."""
    spec = journey("title: Buy\nowner: sales\nstages:\n  - title: Look\n")
    assert [stage.title for stage in spec.stages] == ["Look"]
    assert (spec.kind, spec.state, spec.status, spec.transitions) == ("journey", "current", "draft", [])


def test_a_text_stands_for_the_main_field_of_a_record():
    """Stages, steps, pains, questions and emotions may be one text each."""
    spec = journey(HEAD + "stages:\n  - Look\n  - title: Decide\n    questions: How much?\n    emotion: -1\n"
                   "    steps: [Reads]\n  - title: Buy\n    steps:\n      - {title: Pays, pains: Slow, gains: Done}\n")
    look, decide, buy = spec.stages
    assert look.title == "Look"
    assert decide.questions[0].ask == "How much?"
    assert decide.emotion.everyone.score == Decimal(-1)
    assert decide.emotion.everyone.basis == "assumed"
    assert decide.steps[0].title == "Reads"
    assert (buy.steps[0].pains[0].text, buy.steps[0].pains[0].severity) == ("Slow", "medium")
    assert buy.steps[0].gains == ["Done"]


def test_one_value_is_a_list_of_one_and_one_group_of_keys_too():
    """``stages: Look`` and ``stages: {title: Look}`` are journeys of one stage."""
    assert [stage.title for stage in journey(HEAD + "stages: Look\n").stages] == ["Look"]
    assert [stage.title for stage in journey(HEAD + "stages: {title: Look}\n").stages] == ["Look"]
    assert journey(HEAD + "stages: Look\nmetrics: nps\n").metrics == ["nps"]


def test_an_emotion_may_differ_by_persona():
    """``{anna: 1, ben: {score: -2, word: lost}}``."""
    stage = journey(HEAD + "stages: [{title: Look, emotion: {anna: 1, ben: {score: -2, word: lost}}}]\n").stages[0]
    assert {ident: str(feeling.score) for ident, feeling in stage.emotion.by_persona.items()} == {
        "anna": "1", "ben": "-2"}
    assert stage.emotion.by_persona["ben"].word == "lost"


def test_keys_that_begin_with_x_are_carried_along():
    """On any level, with any content."""
    spec = journey(HEAD + "x-note: {a: [b]}\nstages: [{title: Look, x-id: NO}]\n")
    assert spec.extensions == {"x-note": {"a": ["b"]}}
    assert spec.stages[0].extensions == {"x-id": "NO"}


def test_a_blank_key_counts_as_not_written():
    """Templates with open ends are no mistake."""
    assert journey(HEAD + "goal:\nstages:\n  - title: Look\n    metrics:\n").goal is None


# Registries

def test_a_registry_is_a_mapping_or_a_list():
    """Ids are keys, or ``id:``, or made from the main field."""
    contents, problems = validated("teams:\n  sales: Sales\n  help: {name: Help desk, id: help}\n")
    assert problems == []
    listed, problems = validated("teams:\n  - {id: sales, name: Sales}\n  - Help\n  - {name: Größe & Co}\n")
    assert problems == []
    assert [entry.id for entry in contents.entries] == ["sales", "help"]
    assert [entry.id for entry in listed.entries] == ["sales", "help", "grosse-co"]
    assert [entry.kind for entry in listed.entries] == ["team"] * 3


def test_a_registry_mapping_in_a_journey_registers_and_counts_as_the_journey_s_own():
    """A list there is references; a mapping is both."""
    contents, problems = validated(
        HEAD + "stages: [Look]\npersonas: {anna: Anna}\nmetrics: [nps]\nevidence: {talks: Talks, x-n: 1}\n")
    assert problems == []
    assert [(entry.kind, entry.id) for entry in contents.entries] == [("persona", "anna"), ("evidence", "talks")]
    spec: Any = contents.journey and contents.journey.spec
    assert (spec.personas, spec.metrics, spec.evidence) == (["anna"], ["nps"], ["talks"])


def test_what_a_journey_has_no_key_for_is_a_registry_there_too():
    """``teams: [Sales]`` in the one file of a small firm."""
    contents, problems = validated(HEAD + "stages: [Look]\nteams: [Sales]\nassets: {guide: Guide}\n")
    assert problems == []
    assert [(entry.kind, entry.id) for entry in contents.entries] == [("team", "sales"), ("asset", "guide")]


@pytest.mark.parametrize(("path", "ident"), [
    ("buy.yml", "buy"), ("a/b/Größe wählen.yml", "grosse-wahlen"), ("Buy_A_Bike.yaml", "buy-a-bike"),
    ("買う.yml", "mai-u")])
def test_a_journey_takes_its_id_from_its_file(path, ident):
    """Lower case, ASCII, hyphens."""
    contents, problems = validated(HEAD + "stages: [Look]\n", path)
    assert problems == []
    assert contents.journey is not None
    assert contents.journey.id == ident


def test_an_id_of_its_own_beats_the_file_s_name():
    """``id: other`` in ``buy.yml``; one that is none leaves the file's name in force."""
    contents, _ = validated(HEAD + "id: other\nstages: [Look]\n")
    assert contents.journey is not None
    assert contents.journey.id == "other"
    contents, problems = validated(HEAD + "id: Other One\nstages: [Look]\n")
    assert contents.journey is not None
    assert contents.journey.id == "buy"
    assert [problem.check for problem in problems] == ["id-invalid"]


def test_settings_stand_at_the_root_of_the_atlas_only():
    """``maps/atlas.yml`` is the one when the atlas is ``maps``."""
    document, _ = read_text("maps/atlas.yml", "title: A\n")
    contents, problems = validate(document, "maps")
    assert contents.atlas is not None
    assert problems == []
    contents, problems = validate(document, "other")
    assert contents.atlas is None
    assert [problem.check for problem in problems] == ["id-duplicate"]


def test_a_list_below_an_atlas_further_down_is_still_read():
    """Its settings are refused, its teams are not lost."""
    contents, _ = validated("title: A\nteams: {sales: Sales}\n", "north/atlas.yml")
    assert [entry.id for entry in contents.entries] == ["sales"]


# Values

@pytest.mark.parametrize(("text", "value"), [
    ("12", "12"), ("-0.5", "-0.5"), ("+3", "3"), ("'−2'", "-2"), ("0", "0"), ("1.10", "1.10")])
def test_numbers_are_read_exactly(text, value):
    """As decimals, so that 1.10 stays 1.10."""
    assert str(record("metrics", f"{{name: N, target: {text}}}").target) == value


@pytest.mark.parametrize("text", [
    "010", "1_0", "1e3", ".5", "5.", "nan", "inf", "0x1F", "٣", "'1,5'", "--1", "1.1234567", "'1 0'",
    "1234567890123456", "~", "[1]", "{a: 1}", "yes"])
def test_what_only_some_call_a_number_is_refused(text):
    """The number grammar is plain: digits, a point, at most six decimals."""
    _, problems = validated(f"metrics:\n  it: {{name: N, target: {text}}}\n")
    assert [problem.check for problem in problems] == ["value-type"]


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("No", False), ("true", True), ("off", False)])
def test_yes_and_no_are_read_where_they_are_wanted(text, value):
    """Only a yes-or-no key gives these words a meaning."""
    assert record("assets", f"{{title: A, gated: {text}}}").gated is value
    assert record("assets", f"{{title: {text}}}").title == text


@pytest.mark.parametrize(("text", "value"), [("60", 60), ("60 %", 60), ("60%", 60), ("0", 0), ("100", 100)])
def test_a_share_may_have_its_sign(text, value):
    """``60`` and ``60 %`` are the same."""
    assert record("personas", f"{{name: A, share: {text}}}").share == value


@pytest.mark.parametrize(("text", "low", "high", "unit"), [
    ("48 hours", 48, 48, "hour"), ("48h", 48, 48, "hour"), ("1 to 3 days", 1, 3, "day"), ("1-3 d", 1, 3, "day"),
    ("3 Business Days", 3, 3, "business day"), ("monthly", 1, 1, "month"), ("quarterly", 3, 3, "month"),
    ("0.5 years", Decimal("0.5"), Decimal("0.5"), "year"), ("2  working   hours", 2, 2, "business hour")])
def test_lengths_of_time_are_read_as_people_write_them(text, low, high, unit):
    """Singular, plural, short, ranges and words."""
    found = parse_duration(text)
    assert found is not None
    assert (found.low, found.high, found.unit, found.text) == (low, high, unit, text)


@pytest.mark.parametrize("text", [
    "soon", "3", "days", "3 to 1 days", "3 fortnights", "-1 day", "٣ days", "1 day ago", ""])
def test_what_is_no_length_of_time_is_none(text):
    """Nothing is guessed."""
    assert parse_duration(text) is None


@pytest.mark.parametrize(("text", "start", "end"), [
    ("1 month", date(2026, 1, 31), date(2026, 2, 28)), ("1 year", date(2024, 2, 29), date(2025, 2, 28)),
    ("6 months", date(2026, 8, 31), date(2027, 2, 28)), ("1 to 3 days", date(2026, 1, 1), date(2026, 1, 4)),
    ("36 hours", date(2026, 1, 1), date(2026, 1, 3)), ("5 business days", date(2026, 1, 1), date(2026, 1, 8)),
    ("999999 years", date(2026, 1, 1), date.max), ("999999 weeks", date(2026, 1, 1), date.max)])
def test_a_length_of_time_after_a_day_is_a_day(text, start, end):
    """Months and years are spans of the calendar, and there is an end to it."""
    found = parse_duration(text)
    assert found is not None
    assert found.after(start) == end


@pytest.mark.parametrize("address", [
    "https://example.com", "http://example.com/a?b=c#d", "mailto:a@example.com", "/guides/", "guide.pdf", "#part",
    "https://example.com:8080/", "https://bücher.example/"])
def test_addresses_that_pass(address):
    """The web, mail, and the site itself."""
    assert url_fault(address) == ""


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "//example.com", "\\\\example.com", "https://u:p@example.com",
    "https://u@example.com",
    "https://", "http:///x", "https://exa mple.com", "https://[::1", "ftp://example.com", "https:\\example.com"])
def test_addresses_that_do_not_pass(address):
    """Whatever could run, lead astray or carry a password."""
    assert url_fault(address)


@pytest.mark.parametrize(("text", "ident"), [
    ("Größe wählen", "grosse-wahlen"), ("Hello, World!", "hello-world"), ("  a  b ", "a-b"), ("→", ""),
    ("Ключ", "kliuch")])
def test_texts_become_ids(text, ident):
    """ASCII, lower case, hyphens; or nothing."""
    assert slug(text) == ident


# One mistake costs nothing else

def test_a_faulty_record_still_exists_without_its_faulty_parts():
    """Those that refer to it are not wrong, and its sound parts are kept."""
    contents, problems = validated(
        "personas:\n  anna: {name: Anna, role: [buyer, boss], share: 200, goals: [Ride, [x]], colour: red, "
        "basis: felt}\n")
    assert len(problems) == 5
    spec: Any = contents.entries[0].spec
    assert contents.entries[0].faulty
    assert (contents.entries[0].id, spec.name, spec.share, spec.basis) == ("anna", "Anna", None, None)
    assert spec.goals == ["Ride", FAULTY]


@pytest.mark.parametrize("written", [
    "stages: 4", "stages: [4, [5], {6: 7}]", "stages: {a: {title: A}}", "stages: [{title: [A]}, {titel: B}]",
    "stages:", "stages: []",
    "stages: [{title: A, steps: [{emotion: {score: x}}]}]", "stages: [{title: A, emotion: []}]",
    "stages: [A]\ntransitions: {a: b}", "stages: [A]\ntransitions: [4, {from: a}]",
    "stages: [A]\ndecisions: [{why: x}]", "stages: [A]\ncategories: {a: x, b: x, c: x, d: x, e: x}",
    "stages: [A]\nscope: x", "stages: [A]\nscope: {in: {a: b}}", "stages: *a", "stages: [A]\nowner: [a, b]",
    "stages: [{title: A, questions: [{asked_by: x}, [y]], emotion: {anna: {word: x}}}]"])
def test_a_faulty_journey_still_exists(written):
    """Whatever is wrong with its parts: it has a page, and others may refer to it."""
    owner = "" if "owner" in written else "owner: sales\n"
    contents, problems = validated(f"title: Buy\n{owner}{written}\n")
    assert problems or written == "stages: 4"  # a stage may be called 4
    assert contents.journey is not None
    assert isinstance(contents.journey.spec, Journey)
    assert contents.journey.spec.title == "Buy"


def test_each_unknown_key_is_told_also_when_none_is_close():
    """Two strangers in one record are two problems."""
    _, problems = validated(HEAD + "stages: [Look]\nweather: fine\nmood: good\nownr: x\n")
    assert [problem.message for problem in problems] == [
        "unknown key `weather` in this journey", "unknown key `mood` in this journey",
        "unknown key `ownr` in this journey"]


def test_an_unknown_key_that_is_a_slip_stands_for_the_missing_one():
    """One fault, one problem; a second missing key is told."""
    _, problems = validated("ownr: sales\nstages: [Look]\n")
    assert [problem.message for problem in problems] == [
        "unknown key `ownr` in this journey", "this journey has no `title`"]


@pytest.mark.parametrize(("key", "close"), [("stage", "stages"), ("stags", "stages")])
def test_a_journey_whose_stages_are_misspelt_is_told_so(key, close):
    """Without ``stages:`` a file is no journey; the slip is found all the same."""
    _, problems = validated(f"{HEAD}state: future\ntags: [a]\n{key}: [Look]\n")
    assert [(problem.message, problem.help) for problem in problems] == [
        (f"unknown key `{key}` in this journey", f"write `{close}:`")]


def test_known_keys_are_not_taken_for_slips():
    """``state`` and ``tags`` look like ``stages`` and are keys of their own."""
    _, problems = validated(HEAD + "state: future\ntags: [a]\n")
    assert [problem.message for problem in problems] == ["a journey needs `stages:`"]


def test_html_is_told_once_a_text_and_not_where_it_is_code():
    """Mathematics, Markdown links and code are no HTML."""
    fine = HEAD + "stages: [Look]\ngoal: 3 < 4, a<b, <https://x.example>, `<b>`\nx-html: <b>\n"
    assert validated(fine)[1] == []
    _, problems = validated(HEAD + "stages: [Look]\ngoal: a <b>c</b> <i>d</i>\ntrigger: <!-- x -->\n")
    assert sorted(problem.message for problem in problems) == [
        "`<!--` will be shown as text", "`<b>` will be shown as text"]


# Properties

WORDS = st.sampled_from([
    "", "a", "Look", "x y", "-1", "9", "2026-01-01", "48 hours", "live", "yes", "https://x.example", "a/b#c", "<b>",
    "\u202e", "ä", "12,5"])
KEYS = st.sampled_from(sorted(
    {*Journey.keys(), *REGISTRIES, "from", "to", "type", "score", "word", "ask", "text", "x-a", "colour", "id", "steps"}
    .union(*(model.keys() for model in REGISTRIES.values()))))
VALUES = st.recursive(WORDS | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    KEYS | WORDS, inner, max_size=4), max_leaves=15)
FILES = st.dictionaries(KEYS, VALUES, max_size=8)


@settings(max_examples=200, deadline=None)
@given(FILES, st.booleans(), st.sampled_from(["buy.yml", "atlas.yml", "x/y.yml"]))
def test_any_shape_of_data_is_answered(data, is_journey, path):
    """Nothing raises, every problem has a known check and a place in the file, and a journey stays a journey."""
    if is_journey:
        data = {"title": "Buy", "owner": "sales", "stages": [{"title": "Look"}], **data}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style="'")
    files = {path: text.encode()}
    atlas, problems = answered(files)
    assert outside(problems, files) == []
    assert {problem.check for problem in problems} <= by_id().keys()
    if "stages" in data and path != "atlas.yml":
        assert len(atlas.journeys) == 1


@settings(max_examples=200, deadline=None)
@given(st.lists(FILES, min_size=2, max_size=4))
def test_the_order_in_which_files_come_changes_nothing(several):
    """The same problems in the same order, and the same records."""
    files = {f"f{n}.yml": yaml.safe_dump(data, allow_unicode=True).encode() for n, data in enumerate(several)}
    forwards, backwards = answered(files), answered(files, backwards=True)
    assert forwards[1] == backwards[1]
    assert list(forwards[0].journeys) == list(backwards[0].journeys)
    assert list(forwards[0].assets) == list(backwards[0].assets)
