"""Mermaid, both ways: what Mermaid itself takes of what we write, and all that people write."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from exchange.samples import read, setting
from journeybook.exchange.drafts import Reading
from journeybook.exchange.mermaid import escaped, flowchart, journey_text
from journeybook.exchange.mermaid_text import read_mermaid
from node.find import MERMAID, require
from support_site import FIRMS, site

ODD = ["Terms; yes; no", "Ticket #12", "At 9:30", "Tea, milk", "journey", "Section leader asks", "title", "end",
       "100 %% sure", "<b>bold</b>", 'He said "no"', "`code`", "{brace}", "accTitle: x", "style a:#b;", "a & b",
       "%%{init}%%", "A\\B", "-->", "Größe 日本", "#59; as it is", "click x", "subgraph", "---"]
PARSE = """async text => {
  await mermaid.parse(text)
  const found = await mermaid.mermaidAPI.getDiagramFromText(text)
  const tasks = found.db.getTasks ? found.db.getTasks() : []
  return {title: found.db.getDiagramTitle(), type: found.type,
          tasks: tasks.map(t => ({section: t.section, task: t.task, score: t.score, people: t.people}))}
}"""


@pytest.fixture(scope="module")
def mermaid(chromium: Any) -> Any:
    """``mermaid(text)`` → what the real package reads; it raises where that refuses."""
    require(MERMAID)
    page = chromium.new_page()
    page.set_content("<!doctype html><title>m</title>")
    page.add_script_tag(path=str(MERMAID))
    yield lambda text: page.evaluate(PARSE, text)
    page.close()


def shown(text: str) -> str:
    """A text of Mermaid's parser with its hidden entity codes as it is drawn in the end."""
    text = re.sub("ﬂ°°(.+?)¶ß", r"&#\1;", text)
    return html.unescape(re.sub("ﬂ°(.+?)¶ß", r"&\1;", text))


def odd_journey() -> str:
    """A journey whose names break Mermaid's grammar in every way we know."""
    lines = ["title: 'Odd; #1: the, journey'", "owner: sales", "personas: [amira, dev]", "stages:"]
    for number, name in enumerate(ODD):
        quoted = "'" + name.replace("'", "''") + "'"
        lines += [f"  - id: s{number}", f"    title: {quoted}", "    steps:", f"      - title: {quoted}",
                  "        persona: [dev, amira]", "        emotion: -1", f"      - {quoted}"]
    return "\n".join(lines) + "\n"


def test_mermaid_reads_odd_names_as_they_are(mermaid: Any) -> None:
    """The real package takes the diagram, and draws title, sections, tasks, scores and people as they were written."""
    journey, _ = read(odd_journey())
    found = mermaid(journey_text(journey, (-2, 2)))
    assert shown(found["title"]) == journey.spec.title
    assert [shown(task["task"]) for task in found["tasks"]] == [name for name in ODD for _ in range(2)]
    assert [shown(task["section"]) for task in found["tasks"]] == [name for name in ODD for _ in range(2)]
    assert [task["score"] for task in found["tasks"]] == [2, 3] * len(ODD)
    assert {tuple(shown(who) for who in task["people"]) for task in found["tasks"]} == {
        ('Dev; #2: the "other", one', "Amira"), ()}


def test_mermaid_reads_odd_flowcharts(mermaid: Any) -> None:
    """The real package takes a flowchart of such names, with a label on the way."""
    way = "transitions:\n  - from: s1\n    to: s0\n    type: back\n    condition: 'At 9:30; #1 \"no\"'\n"
    text = odd_journey() + way
    assert mermaid(flowchart(*read(text)))["type"].startswith("flowchart")


@pytest.mark.parametrize("firm", FIRMS)
def test_mermaid_reads_the_demo(mermaid: Any, firm: str) -> None:
    """Each journey of the demo firms, as a journey and as a flowchart."""
    atlas = site(firm).book.reading.atlas
    for journey in atlas.journeys.values():
        found = mermaid(journey_text(journey, (-2, 2)))
        assert [shown(task["task"]) for task in found["tasks"]] == [
            " ".join(step.spec.title.split()) for stage in journey.stages for step in stage.steps]
        assert mermaid(flowchart(journey, atlas))["type"].startswith("flowchart")


def imported(text: str) -> Reading:
    """What an import understands."""
    return read_mermaid(text, setting())


def outline(reading: Reading) -> list[tuple[str, list[tuple[str, Any, Any]]]]:
    """Stages with their steps: title, score, personas."""
    (draft,) = reading.drafts
    return [(stage["title"], [(step["title"], step.get("emotion"), step.get("persona"))
                              for step in stage.get("steps", ())]) for stage in draft.data["stages"]]


DAY = "journey\n    title A day off\n    section Morning\n      Wake late: 5: Ann\n      Miss the bus: 1: Ann, Bo\n" \
      "    section Evening\n      Read: 3\n"
DAY_OFF = [("Morning", [("Wake late", 2, ["ann"]), ("Miss the bus", -2, ["ann", "bo"])]),
           ("Evening", [("Read", 0, None)])]


@pytest.mark.parametrize("text", [
    DAY, f"```mermaid\n{DAY}```\n", f"# Notes\n\n~~~ mermaid\n{DAY}~~~\ntext\n", f"::: mermaid\n{DAY}:::\n",
    f"```mermaid-example\n{DAY}```", DAY.replace("\n", "\r\n"), f"---\ntitle: A day off\n---\n{DAY}",
    f"\n\n{DAY}", DAY.replace("    title", "  accTitle: A day off\n    title"),
], ids=["plain", "fence", "tildes", "colons", "documentation", "crlf", "front matter", "blank lines", "accTitle"])
def test_every_form_of_a_diagram_is_read(text: str) -> None:
    """Alone, in Markdown, with front matter or words for screen readers: the same journey, and nothing to say."""
    reading = imported(text)
    assert (outline(reading), reading.notes) == (DAY_OFF, [])
    assert reading.drafts[0].data["title"] == "A day off"
    assert reading.mentioned == {"persona": {"ann": "Ann", "bo": "Bo"}}


@pytest.mark.parametrize("block", [
    "accDescr: What Ann does", "accDescr {\n What Ann\n does\n}", "accDescr { What Ann does }"])
def test_words_for_screen_readers_are_the_description(block: str) -> None:
    """Mermaid's description comes in, on one line or in a block."""
    assert imported(DAY.replace("journey\n", f"journey\n{block}\n")).drafts[0].data["description"] == "What Ann does"


@pytest.mark.parametrize(("line", "step", "said"), [
    ("At 9:30: 3: Ann", ("At 9:30", 0, ["ann"]), "ends a name at"),
    ("Yes; no: 3: Ann", ("Yes; no", 0, ["ann"]), "ends a name at"),
    ("Ticket #1: 3: Ann", ("Ticket #1", 0, ["ann"]), "ends a name at"),
    ("Ticket #35;1: 3: Ann", ("Ticket #1", 0, ["ann"]), ""),
    ("Tea#44; milk: 3: Ann#44; Bo", ("Tea, milk", 0, ["ann-bo"]), ""),
    ("He said #quot;no#quot;: 3: Ann", ('He said "no"', 0, ["ann"]), ""),
    ("Wait: 7: Ann", ("Wait", None, ["ann"]), "lies outside of 1 to 5"),
    ("Wait: Ann", ("Wait: Ann", None, None), "is no task"),
    ("Wait: 2.5: Ann", ("Wait", "-0.5", ["ann"]), ""),
])
def test_punctuation_is_kept_or_named(line: str, step: Any, said: str) -> None:
    """What stops Mermaid comes in whole with a note; its entity codes come in as what they stand for."""
    reading = imported(f"journey\n section S\n  {line}\n")
    assert outline(reading) == [("S", [step])]
    assert [said in note.message for note in reading.notes] == ([True] if said else [])


def test_nothing_is_dropped_without_a_word() -> None:
    """Directives, comments, other diagrams and settings are named with their lines."""
    text = "---\ntitle: T\nconfig:\n  theme: dark\n---\n%%{init: {}}%%\njourney\n %% why not\n section S\n  A: 1: Ann\n"
    assert [note.place for note in imported(text).notes] == ["line 3", "line 4", "line 6", "line 8"]
    two = imported("```mermaid\nflowchart LR\n a --> b\n```\n\n```mermaid\njourney\n section S\n  A: 1\n```\n")
    assert [note.message for note in two.notes] == ["a flowchart diagram; only `journey` is read"]
    assert imported("# Nothing here\n").notes[-1].message.startswith("no `journey` diagram was found")


def test_two_sections_of_one_name_are_two_stages() -> None:
    """Stages called the same get ids of their own, and tasks before any section have a stage."""
    reading = imported("journey\n title T\n First: 3\n section S\n  A: 1\n section S\n  B: 2\n")
    assert [(stage["title"], stage.get("id")) for stage in reading.drafts[0].data["stages"]] == [
        ("T", None), ("S", None), ("S", "s-2")]


def test_names_are_escaped_only_where_needed() -> None:
    """A plain name stays readable in the text of the diagram."""
    assert escaped("Make it work, 94 % of the time (or so)") == "Make it work, 94 % of the time (or so)"
    assert escaped("Journey's end") == "#74;ourney's end"


HEAD = "journey\n  title A\n"


@pytest.mark.parametrize(("text", "stages", "said"), [
    ("journey\n  title A\n  Walk : 4 : Ann , Bo\n  section S\n    Sit   :3:Ann\n",
     [("A", [("Walk", 1, ["ann", "bo"])]), ("S", [("Sit", 0, ["ann"])])], ()),
    ("%%{init: {'theme': 'base', 'journey': {'useMaxWidth': false}}}%%\n"
     f"{HEAD} %% a remark\n section S\n  Sit: 3: Ann\n",
     [("S", [("Sit", 0, ["ann"])])], ("a directive sets how Mermaid draws", "the comment `a remark`")),
    ("---\ntitle: A\nconfig:\n  journey:\n    taskFontSize: 14\n---\njourney\n section S\n  Sit: 3: Ann\n",
     [("S", [("Sit", 0, ["ann"])])], ("`config:` sets", "`journey:` sets", "`taskFontSize: 14` sets")),
    ("journey\n\taccTitle: Spoken\n\taccDescr: Words\n\n\ttitle A\n\tsection S\n\t\tSit: 3: Ann\n",
     [("S", [("Sit", 0, ["ann"])])], ("the title for screen readers, `Spoken`",)),
    (f"{HEAD} section S\n  Sit<br/>down: 3: Ann\n  Stand: 5:\n  Lie: 0: Ann\n",
     [("S", [("Sit<br/>down", 0, ["ann"]), ("Stand", 2, None), ("Lie", None, ["ann"])])],
     ("the score 0 lies outside",)),
    (f"{HEAD} section S\n section T\n  Sit: 3\n", [("S", []), ("T", [("Sit", 0, None)])], ()),
    (f"{HEAD} section S\n  Sit: 3: Ann\n section S\n  Sit: 3: Ann\n",
     [("S", [("Sit", 0, ["ann"])]), ("S", [("Sit", 0, ["ann"])])], ()),
], ids=["spaces, no section", "directive and comment", "front matter", "screen readers", "breaks, no actor, zero",
        "empty section", "same section twice"])
def test_documented_forms_come_in_or_are_named(text: str, stages: Any, said: tuple[str, ...]) -> None:
    """Each form that Mermaid's documentation shows of a journey: all is carried, or told with what is not."""
    reading = imported(text)
    assert (outline(reading), reading.drafts[0].data["title"]) == (stages, "A")
    assert len(reading.notes) == len(said)
    assert all(words in note.message for words, note in zip(said, reading.notes, strict=True))
