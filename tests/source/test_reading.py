"""From text to a document: places, texts that stay texts, bounds, and no exception for anything."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journeybook.problems import Span
from journeybook.settings import Limits
from journeybook.source import Document, read_text
from journeybook.source.syntax import INDENT
from support import answered, outside, told

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "maps/journeys/import-bank-data.yml").read_text("utf-8")
YAML_TEXT = st.text(st.sampled_from("ab:- \n\n  '\"#[]{},&*!|>%@`?\\\t<~0.\u200b\u202e\x00é"), max_size=120)


def document_of(text: str) -> Document:
    """The document of a text without a problem."""
    document, problems = read_text("a.yml", text)
    assert told(problems) == ""
    return document


def seconds(text: str | bytes) -> float:
    """How much of the processor it takes to answer a file, from its bytes to the problems: no matter who else works."""
    started = time.process_time()
    answered({"a.yml": text if isinstance(text, bytes) else text.encode()})
    return time.process_time() - started


# Places and data

def test_every_key_and_value_knows_its_place():
    """Line and column of keys, values, list entries and values within braces."""
    document = document_of("title: Buy\nstages:\n  - title: Look\n    tags: [a, bé, c]\n  - Decide\n")
    for route, key, place in (
            (("title",), True, (1, 1, 1, 6)), (("title",), False, (1, 8, 1, 11)),
            (("stages", 0, "title"), False, (3, 12, 3, 16)), (("stages", 0, "tags", 1), False, (4, 15, 4, 17)),
            (("stages", 1), False, (5, 5, 5, 11)), (("stages", 0, "tags"), True, (4, 5, 4, 9))):
        assert document.locate(route, key=key) == Span("a.yml", *place), route


def test_columns_count_characters_not_bytes():
    """Letters outside the Latin alphabet and emoji count one each."""
    document = document_of("{tïtle: 🙂🙂, owner: sales}\n")
    assert document.locate(("owner",)) == Span("a.yml", 1, 20, 1, 25)


def test_what_the_file_does_not_have_is_found_at_what_it_does_have():
    """A short form or a missing key is shown at the nearest thing that was written."""
    document = document_of("stages: [Look]\n")
    assert document.locate(("stages", 0, "emotion", "score")) == document.locate(("stages", 0))
    assert document.has(("stages", 0))
    assert not document.has(("stages", 1))
    assert document.value(("stages", 0)) == "Look"
    assert document.value(("stages", 1)) is None
    assert document.value(("stages", 0, "title")) is None


@pytest.mark.parametrize("word", ["no", "NO", "yes", "on", "off", "true", "null", "~", "010", "1_0", "12:30", "1.10",
                                  "22:22", "0x1F", ".5", "1e3", ".inf", "2026-03-31", "=", "0o7", "<<x"])
def test_words_stay_the_words_that_were_written(word):
    """The country NO stays NO, a time stays a time, and a version keeps its zero."""
    assert document_of(f"key: {word}\nlist: [{word}]\n").data == {"key": word, "list": [word]}


def test_a_key_without_a_value_is_nothing_and_an_empty_text_is_a_text():
    """The schema tells them apart."""
    assert document_of("a:\nb: ''\nc: \"\"\nd: []\n").data == {"a": None, "b": "", "c": "", "d": []}


def test_long_texts_keep_their_lines():
    """Blocks after ``|`` and ``>``, and texts over several lines."""
    assert document_of("a: |\n  one\n  two\nb: >\n  one\n  two\nc: one\n  two\n").data == {
        "a": "one\ntwo\n", "b": "one two\n", "c": "one two"}


def test_an_unreadable_file_still_names_what_it_holds():
    """So that references into it are not called wrong."""
    document, problems = read_text("a.yml", "teams:\n  a: A\npersonas:\n  b: 'B\n")
    assert [problem.check for problem in problems] == ["yaml-syntax"]
    assert document.top_keys == ("teams", "personas")
    assert not document.readable


def test_an_ignore_comment_in_a_text_is_no_comment():
    """Neither in quotes nor in a block; beside them it is."""
    document = document_of(
        'a: "x # journeybook: ignore[b]"\nc: |\n  # journeybook: ignore[d]\ne: x  # journeybook: ignore[f, g] why\n')
    assert [(ignore.checks, ignore.lines) for ignore in document.ignores] == [(("f", "g"), (4, 4))]


# Bounds: each of these once took seconds, gigabytes or the whole process

def test_a_bomb_of_merges_is_answered_at_once():
    """Some 500 bytes that take half a minute and 700 MB elsewhere."""
    rows = [f"{c}: &{c} {{<<: [{', '.join(['*' + p] * 9)}]}}" for p, c in zip("abcdefghij", "bcdefghijk", strict=True)]
    bomb = "\n".join(["a: &a {x: y}", *rows, ""])
    assert 400 < len(bomb) < 700
    assert seconds(bomb) < 0.5


def test_a_bomb_of_aliases_is_answered_at_once():
    """A billion entries when it is walked."""
    rows = [f"{c}: &{c} [{', '.join(['*' + p] * 9)}]" for p, c in zip("abcdefghij", "bcdefghijk", strict=True)]
    assert seconds("\n".join(["a: &a [x, x, x, x, x, x, x, x, x]", *rows, ""])) < 0.5


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_25_000_levels_are_one_problem_and_no_crash(opener):
    """The parser's C code recurses no deeper than we let it."""
    document, problems = read_text("a.yml", f"a:\n {opener * 25_000}")
    assert [problem.check for problem in problems] == ["yaml-limit"]
    assert not document.readable


def test_more_values_than_a_file_may_hold_are_one_problem():
    """Counting stops reading, not the memory of the computer."""
    _, problems = read_text("a.yml", "a: [" + "x," * 300 + "]\n", Limits(yaml_nodes=200))
    assert [(p.check, p.message) for p in problems] == [("yaml-limit", "this file holds more than 200 values")]


@pytest.mark.parametrize(("what", "text"), [
    ("ignore comments", "a: b\n" + "# journeybook: ignore[x]\n" * 30_000),
    ("invisible characters", "a: '" + "\u200b" * 200_000 + "'\n"),
    ("flags with tags", "a: '" + "\U0001f3f4\U000e0067\U000e0062\U000e007f" * 20_000 + "'\n"),
    ("unknown keys", "teams:\n  a:\n    name: A\n" + "".join(f"    kez{n}: x\n" for n in range(20_000))),
    ("unknown keys at the top", "".join(f"kez{n}: x\n" for n in range(20_000))),
    ("equal keys", "a: b\n" * 40_000),
    ("wrong records", "teams:\n" + "".join(f"  t{n}: [x]\n" for n in range(10_000))),
    ("unknown references", "title: T\nowner: o\nteams: {p: P}\nstages:\n" + "".join(
        f"  - {{title: S{n}, metrics: m{n}}}\n" for n in range(3_000))),
    ("blank lines", "a" + "\n" * 200_000 + ": b\n"),
    ("tags of HTML", "a: '" + "<a " * 100_000 + "'\n"),
    ("unclosed comments of HTML", "a: '" + "<!--" * 30_000 + "'\n"),
    ("backticks", "a: '<" + "`" * 200_000 + "'\n"),
])
def test_large_files_of_nonsense_are_answered_in_bounded_time(what, text):
    """No kind of mistake costs more than a few seconds, however often it is made."""
    assert seconds(text) < 5, what


def test_problems_of_one_file_are_counted_after_a_hundred():
    """The first hundred are enough to begin with."""
    _, problems = read_text("a.yml", "a: b\n" * 150)
    assert len(problems) == 101
    assert problems[-1].message == "49 more problems in this file are not shown"


# Properties

def check_answer(content: bytes) -> None:
    """A file with any content is answered: with an atlas, and with places that lie in the file."""
    files = {"a.yml": content}
    _, problems = answered(files)
    assert outside(problems, files) == []


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | YAML_TEXT.map(str.encode)
       | st.text(max_size=80).map(lambda text: text.encode("utf-8", "ignore")))
@example(b"")
@example(b"\n")
@example(b"a:\n\n\n")
@example(b"a: 'b\n\n")
@example(b"\xef\xbb\xbf")
@example(b"--- ---")
@example("a: \u2028b\u0085c".encode())
def test_any_bytes_are_answered(content):
    """Nothing raises, and every place lies inside the file."""
    check_answer(content)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SAMPLE)), st.text(st.sampled_from("\t\n :'\"[]{}#&*!|>-%@`,\u202e\x00"), max_size=3),
       st.integers(0, 8))
def test_a_good_file_with_something_put_in_or_left_out_is_answered(index, put_in, left_out):
    """Any slip of the keyboard gives problems at places in the file, never an exception."""
    check_answer((SAMPLE[:index] + put_in + SAMPLE[index + left_out :]).encode())


def test_no_beginning_of_a_good_file_raises():
    """A half-saved file is read as far as it goes."""
    for end in range(0, len(SAMPLE), 11):
        check_answer(SAMPLE[:end].encode())


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.text(max_size=12), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.text(min_size=1, max_size=8), inner, max_size=3), max_leaves=12))
def test_what_is_written_is_what_is_read(data):
    """Texts, lists and keys come back as they were, whatever their letters, when they are quoted."""
    def written(value: object) -> str:
        if isinstance(value, str):
            return "'" + value.replace("'", "''") + "'"
        if isinstance(value, list):
            return "[" + ", ".join(map(written, value)) + "]"
        assert isinstance(value, dict)
        return "{" + ", ".join(f"? {written(k)} : {written(v)}" for k, v in value.items()) + "}"

    text = f"root: {written(data)}\n"
    document, problems = read_text("a.yml", text)
    if not problems and not {"\n", "\r"} & set(text[:-1]):
        assert document.data == {"root": data}


BROKEN = (
    "a: [", "a: {", "a: 'b", 'a: "b', "a: b: c", "- a\nb: c", "a:\n\t- b", "a: @b", "a: %b", "a: *", "a: &", "a: !",
    "a: |x", "a: b\n c: d", "a:\n  - b\n c", "%TAG", 'a: "\\q"', "]", "}", ",", "a: - b", "'a' b", "a\nb", "&a &b c",
    "...\n%", "a: >5\n b", "!<a", "a: !!", ": :", "a: [b}")


# The ten mistakes

def test_ten_mistakes_in_one_file_are_all_told_at_their_places():
    """One run tells everything, each where it was written."""
    text = """\
title: Buy a bike
ownr: sales
status: finished
reviewed: 31.03.2026
goal: A bike <b>that fits</b>
stages:
  - title: Look
    emotion: great
    duration: soon
    metrics: win rate
  - title: Decide
    id: Decide!
    questions:
      - asked_by: anna
transitions:
  - from: look
    to: decide
    share: 140
"""
    _, problems = answered({"buy.yml": text.encode(), "atlas.yml": (
        b"title: A\nteams: {sales: Sales}\nchecks:\n  stage-without-metric: off\n  asset-missing: off\n"
        b"  id-implicit: off\n")})
    assert [f"{p.span.line}:{p.span.column} {p.check}" for p in problems] == [
        "2:1 key-unknown",
        "3:9 value-choice",
        "4:11 value-date",
        "5:7 html-shown",
        "8:14 value-type",
        "9:15 value-duration",
        "10:14 id-invalid",
        "12:9 id-invalid",
        "14:9 key-missing",
        "18:12 value-range",
    ]


def test_the_parser_s_own_words_reach_nobody():
    """For each kind of broken YAML the words are ours."""
    for text in BROKEN:
        _, problems = read_text("a.yml", text)
        assert problems, text
        for problem in problems:
            words = f"{problem.message} {problem.help}"
            assert problem.help
            assert not any(foreign in words for foreign in ("expected <", "found '", "while ", "token", "scanning"))
    assert INDENT.endswith("compare with the lines above")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_line_end_ends_a_line(end: str) -> None:
    """Files have one kind when they are read; a text that comes another way may have any, or several."""
    document, problems = read_text("a.yml", f"a: b{end}c: d\ne: f{end}")
    spans = [document.locate((key,), key=True) for key in "ace"]
    assert problems == []
    assert [(span.line, span.column) for span in spans] == [(1, 1), (2, 1), (3, 1)]
