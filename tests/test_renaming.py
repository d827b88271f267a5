"""`refs` and `rename`: every place that names a record, and not one letter more."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from journeybook.adapters.cli import main
from journeybook.adapters.project import find_project
from journeybook.adapters.renaming import Files, carry_out, plan
from journeybook.model.former import KINDS as KEPT
from journeybook.model.uses import KINDS, parse
from journeybook.problems import Span
from journeybook.reading import read_book
from journeybook.source.edits import Edit, Text
from support_site import FIRMS, copy_of, project

NEW = "zz-renamed"


def files_of(root: Path) -> Files:
    """The files of a project."""
    return Files(find_project(root / "mkdocs.yml").settings())


def problems(root: Path) -> Counter[str]:
    """How often each check speaks."""
    return Counter(problem.check for problem in read_book(find_project(root / "mkdocs.yml").settings()).problems)


@pytest.mark.parametrize("firm", FIRMS)
def test_a_renamed_record_is_found_by_all_who_name_it(firm: str, tmp_path: Path) -> None:
    """The most used record of every kind is renamed: the same problems as before, and no new one."""
    root = copy_of(firm, tmp_path / "firm")
    before = problems(root)
    for kind in KINDS:
        files = files_of(root)
        plans = [plan(parse(f"{kind}:{whole}"), f"{NEW}-{kind}", files) for whole in files.defined(kind)]
        if plans:
            carry_out(max(plans, key=lambda plan: len(plan.places)))
            after = problems(root)
            after["id-implicit"] = min(after["id-implicit"], before["id-implicit"])  # it has an id of its own now
            before["id-implicit"] = after["id-implicit"]
            assert after == before, kind


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_only_the_letters_of_the_id_change(data: st.DataObject) -> None:
    """Taking the new id and the note of the former one out of the new text gives the old text back, byte for byte."""
    files = files_of(FIRMS[data.draw(st.sampled_from(sorted(FIRMS)))])
    kind = data.draw(st.sampled_from([kind for kind in KINDS if files.defined(kind)]))
    name = parse(f"{kind}:{data.draw(st.sampled_from(sorted(files.defined(kind))))}")
    for path, content in plan(name, NEW, files).files.items():
        text = content.decode()
        if name.kind in KEPT:
            note = f"formerly: {name.ident}"
            text = re.sub(rf"(?: *{note}\n|{note}, |(?<=[\w\"]), {note}(?=\}}))", "", text, count=1)
            text = re.sub(rf"(?<={NEW}: )\{{name: ([^{{}}]*)\}}", r"\1", text, count=1)
        inserted = re.sub(rf"id: {NEW}(, |\n +)", "", text, count=1)
        given_id = re.sub(rf"\{{id: {NEW}, \w+: (.*)\}}", r"\1", text, count=1)
        once = {version.replace(NEW, name.ident) for version in (text, inserted, given_id)}
        assert path.read_bytes().decode() in once


JOURNEY = """\
\ufefftitle: Buy   # the title
stages:\r
  - Look around
  - title: Pay
    owner: "sales"   # quoted
    questions: [Is it dear?, {ask: How long?, id: how-long}]
owner: sales
"""
LIBRARY = """\
teams: {sales: Sales, support: {name: Support}}
assets:
  - title: Price list
    stages: buy/pay
    answers: ['buy/pay#how-long', "buy/look-around#x"]
    owner: sales
  - {title: Guide, stages: [buy/look-around]}
metrics:
  sales: {name: Sales a month, values: v.csv, owner: sales}
"""
VALUES = 'date,"metric",value\r\n2026-01-01,sales,3\r\n2026-02-01,"sales",4\r\n2026-02-01,other,4\r\n'


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a byte order mark, mixed line ends, short forms and a shared CSV file."""
    root = project(tmp_path, {"library.yml": LIBRARY})
    (root / "maps" / "buy.yml").write_bytes(JOURNEY.encode())
    (root / "maps" / "v.csv").write_bytes(VALUES.encode())
    monkeypatch.chdir(root)
    return root


def renamed(root: Path, name: str, new: str) -> tuple[str, str, str]:
    """The files after renaming."""
    result = CliRunner().invoke(main, ["rename", name, new])
    assert result.exit_code == 0, result.output
    return tuple(path.read_bytes().decode() if path.exists() else "" for path in (  # type: ignore[return-value]
        root / "maps" / "buy.yml", root / "maps" / "library.yml", root / "maps" / "v.csv"))


def test_a_team_is_not_the_metric_of_the_same_id(small: Path) -> None:
    """Ids are unique per kind only; quotes, comments, the byte order mark and line ends stay."""
    journey, library, values = renamed(small, "team:sales", "sellers")
    assert journey == JOURNEY.replace('"sales"', '"sellers"').replace("owner: sales\n", "owner: sellers\n")
    assert library == LIBRARY.replace("{sales: Sales,", "{sellers: {name: Sales, formerly: sales},").replace(
        "owner: sales", "owner: sellers")
    assert values == VALUES


def test_a_metric_is_renamed_in_a_shared_csv_file(small: Path) -> None:
    """Rows of a file with a `metric` column belong to it."""
    _, library, values = renamed(small, "metric:sales", "sold")
    assert library == LIBRARY.replace("  sales: {name", "  sold: {formerly: sales, name")
    assert values == VALUES.replace(",sales,", ",sold,").replace('"sales"', '"sold"')


def test_what_had_its_id_from_its_words_gets_one_of_its_own(small: Path) -> None:
    """A short form becomes a record with an id and the same words; a listed asset gets an `id:` line."""
    journey, library, _ = renamed(small, "stage:buy/look-around", "look")
    assert "  - {id: look, title: Look around}\n" in journey
    assert "stages: [buy/look]" in library
    assert '"buy/look#x"' in library
    assert "  - id: list\n    title: Price list\n" in renamed(small, "asset:price-list", "list")[1]
    assert "  - {id: book, title: Guide," in renamed(small, "asset:guide", "book")[1]
    assert "questions: [{id: dear, ask: Is it dear?}," in renamed(small, "question:buy/pay#is-it-dear", "dear")[0]


def test_a_journey_is_its_file(small: Path) -> None:
    """The file gets the new name, and stages are named through the new id."""
    _, library, _ = renamed(small, "journey:buy", "purchase")
    assert (small / "maps" / "purchase.yml").read_bytes().decode() == JOURNEY.replace(
        "# the title\n", "# the title\nformerly: buy\n")
    assert "stages: purchase/pay" in library


def test_a_question_of_another_file(small: Path) -> None:
    """`journey/stage#question` is found where an asset answers it."""
    journey, library, _ = renamed(small, "question:buy/pay#how-long", "time")
    assert "id: time}" in journey
    assert "'buy/pay#time'" in library
    result = CliRunner().invoke(main, ["refs", "question:buy/pay#time"])
    assert result.stdout.splitlines() == [
        "question:buy/pay#time is defined at maps/buy.yml:6:30", "maps/library.yml:5:15"]


PAGE = """\
\ufeff# About

How [[journey:buy]] and [[journey:buy|they]] go, see [[stage:buy/pay]] and [[stage:buyer/pay]], not `[[journey:buy]]`.

<!-- journeybook: buy#canvas -->

```
[[journey:buy]] <!-- journeybook: buy#canvas -->
```
"""


def test_pages_of_the_team_follow(small: Path) -> None:
    """Links and maps in Markdown get the new id; code, other records and unreadable pages stay as they are."""
    page, other = small / "maps" / "about" / "us.md", small / "maps" / "other.md"
    page.parent.mkdir()
    page.write_text(PAGE.replace("\n", "\r\n"), "utf-8", newline="")
    other.write_bytes(b"[[journey:buy]] \xff")
    said = CliRunner().invoke(main, ["refs", "journey:buy"]).output
    assert [line for line in said.splitlines() if ".md" in line] == [
        f"maps/about/us.md:{place}" for place in ("3:15", "3:35", "3:62", "5:19")]
    renamed(small, "journey:buy", "order")
    renamed(small, "stage:order/pay", "see")
    expected = PAGE.replace("How [[journey:buy]]", "How [[journey:order]]").replace("journey:buy|", "journey:order|")
    expected = expected.replace("buy/pay", "order/see").replace("buy#canvas -->\n\n", "order#canvas -->\n\n")
    assert page.read_bytes().decode("utf-8") == expected.replace("\n", "\r\n")
    assert other.read_bytes() == b"[[journey:buy]] \xff"


def test_dry_run_and_refusals_write_nothing(small: Path) -> None:
    """What cannot be done is said with a next step, and no file changes."""
    before = {path: path.read_bytes() for path in (small / "maps").iterdir()}
    run = CliRunner().invoke
    for arguments, words in (
            (["team:sales", "x", "--dry-run"], "nothing was written"), (["team:sales", "support"], "already"),
            (["team:seles", "x"], "did you mean `team:sales`"), (["tea:sales", "x"], "write KIND:ID"),
            (["sales", "x"], "write KIND:ID"), (["stage:pay", "x"], "journey/stage"),
            (["team:sales", "No Id"], "no id"), (["team:../x", "y"], "no id"),
            (["channel:email", "post"], "no channel")):
        result = run(main, ["rename", *arguments])
        assert words in result.output, arguments
        assert result.exit_code == (0 if "--dry-run" in arguments else 2)
    (small / "maps" / "torn.yml").write_text("owner: [sales")
    assert "mended first" in run(main, ["rename", "team:sales", "x"]).output
    (small / "maps" / "torn.yml").unlink()
    assert before == {path: path.read_bytes() for path in (small / "maps").iterdir()}


@pytest.mark.parametrize(("before", "after"), [
    ("{name: A}", "{formerly: team-b, name: A}"), ("A", "{name: A, formerly: team-b}"),
    ("'A, b'", "{name: 'A, b', formerly: team-b}"), ("A", "{name: A, formerly: team-b}"),
    ("{name: A, formerly: x}", "{name: A, formerly: [team-b, x]}"),
    ("{name: A, formerly: [x, y]}", "{name: A, formerly: [team-b, x, y]}"),
    ("{name: A, formerly: []}", "{name: A, formerly: [team-b]}"),
    ("\n    name: A  # x\n    lead: B", "\n    name: A  # x\n    formerly: team-b\n    lead: B"),
    ("\n    name: A\n    formerly:\n      - x\n      - y",
     "\n    name: A\n    formerly:\n      - team-b\n      - x\n      - y"),
    ("\n    name: >-\n      A\n      b", "\n    name: >-\n      A\n      b\n    formerly: team-b"),
], ids=range(10))
def test_the_former_id_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str) -> None:
    """In the manner of the record, beside other former ids; the file stays valid."""
    root = project(tmp_path, {"teams.yml": f"teams:\n  team-b: {before}\n  other: {{name: O}}\n"})
    monkeypatch.chdir(root)
    assert CliRunner().invoke(main, ["rename", "team:team-b", "team-c"]).exit_code == 0
    assert (root / "maps/teams.yml").read_text() == f"teams:\n  team-c: {after}\n  other: {{name: O}}\n"
    (team,) = [t for t in read_book(find_project(None).settings()).atlas.teams.values() if t.id == "team-c"]
    assert "team-b" in team.spec.formerly


def test_edits_may_not_overlap() -> None:
    """Two edits of one place are a mistake of ours, not a torn file."""
    text = Text(b"abc\r\ndef")
    assert text.offset(2, 1) == 5
    assert text.words(Span("x", 2, 1, 2, 4)) == (5, 8)
    assert text.edited([Edit(0, 1, "X"), Edit(0, 1, "X"), Edit(8, 8, "!")]) == b"Xbc\r\ndef!"
    with pytest.raises(ValueError, match="overlap"):
        text.edited([Edit(0, 2, "X"), Edit(1, 2, "Y")])
