"""`journeybook import`: sheets of other tools, what is said about them, and YAML that passes `check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from exchange.samples import setting
from journeybook.exchange.columns import COLUMNS, recognised
from journeybook.exchange.drafts import read_table
from journeybook.exchange.meanings import read_meanings
from journeybook.exchange.tables import read_csv
from journeybook.problems import JourneybookError
from journeybook.settings import Limits
from support_site import DOT, FIRMS, copy_of, project, refused, run, tree

SHEET = """\
Phase;User Action;Touch point;Channel;Feeling;Pain Points;Persona;Internal no;Opportunity;Time
Discover;Sees an ad;Instagram ad;Social media;curious;Too many ads;Anna;1;;2 minutes
;Searches the web;;Web;frustrated;"Slow pages
No prices";Anna, Ben;2;Publish a price list;a while
Buy;Opens the shop;Web shop;Web;5;;Anna;3;;
"""
TEAMS = "teams:\n  sales: {name: Sales}\n  care: {name: Customer care}\n"


def here(tmp_path: Path, sheet: str | bytes = SHEET, name: str = "how-anna-buys.csv") -> Path:
    """A small project with a sheet beside it."""
    folder = project(tmp_path, {"teams.yml": TEAMS}, DOT)
    (folder / name).write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode("utf-8"))
    return folder


def errors(folder: Path) -> list[str]:
    """The errors that `check` finds."""
    found = json.loads(run(folder, "check", "--format", "json").stdout)
    return [problem["message"] for problem in found["problems"] if problem["severity"] == "error"]


def written(folder: Path, name: str = "how-anna-buys.yml") -> dict[str, object]:
    """A file that was written, as a YAML library of another house reads it."""
    data: dict[str, object] = yaml.safe_load((folder / "maps" / "journeys" / name).read_text("utf-8"))
    return data


def test_a_foreign_sheet_becomes_a_journey(tmp_path: Path) -> None:
    """Semicolons, other tools' column names, stages said once, names instead of ids: a journey that passes `check`."""
    folder = here(tmp_path)
    result = run(folder, "import", "csv", "how-anna-buys.csv", "--owner", "sales")
    assert result.exit_code == 0, result.stderr
    assert errors(folder) == []
    data = written(folder)
    assert (data["title"], data["owner"], data["personas"]) == ("How anna buys", "sales", ["anna", "ben"])
    discover, buy = data["stages"]  # type: ignore[misc]
    assert discover["steps"] == [
        {"title": "Sees an ad", "persona": "anna", "touchpoints": "instagram-ad", "channel": "social",
         "emotion": {"score": 1, "word": "curious"}, "pains": "Too many ads", "duration": "2 minutes"},
        {"title": "Searches the web", "persona": ["anna", "ben"], "channel": "web",
         "emotion": {"score": -1, "word": "frustrated"}, "pains": ["Slow pages", "No prices"]}]
    assert discover["opportunities"] == "publish-a-price-list" and buy["title"] == "Buy"
    records = written(folder, "how-anna-buys-records.yml")
    assert records["personas"] == {"anna": {"name": "Anna"}, "ben": {"name": "Ben"}}
    assert records["touchpoints"]["web-shop"] == {"name": "Web shop", "channel": "web"}  # type: ignore[index]


def test_what_cannot_be_carried_is_listed(tmp_path: Path) -> None:
    """A column nobody knows, a length of time that is none, a score on another scale: each with its place."""
    printed = run(here(tmp_path), "import", "csv", "how-anna-buys.csv").stdout
    assert "column Internal no: is not known, so nothing of it is carried" in printed
    assert "row 3, Time: expected a length of time, found `a while`; not carried" in printed
    assert "row 4, Feeling: the score 5 lies outside of -2 to 2; a mapping file with `scale: [1, 5]`" in printed
    assert "no owner is named, so it is written as" in printed


@pytest.mark.parametrize("more", [[], ["--dry-run"]], ids=["", "dry run"])
def test_an_owner_that_is_no_team_is_refused(tmp_path: Path, more: list[str]) -> None:
    """A team that the atlas does not list owns nothing; one that is nearly right is told. Without any list all may."""
    folder = here(tmp_path, "Journey;Phase\nA;See\n", "one.csv")
    before = tree(folder)
    for owner, step in (("nope", "`journeybook new team` adds one"), ("slaes", "did you mean `sales`?")):
        words = refused(run(folder, "import", "csv", "one.csv", "--owner", owner, *more))
        assert f"no team has the id or the name `{owner}`" in words
        assert step in words
    assert tree(folder) == before
    free = project(tmp_path / "free", {"buy.yml": "title: Buy\nstages: [Look]\n"})
    assert run(free, "import", "csv", str(folder / "one.csv"), "--owner", "nope", *more).exit_code == 0


def test_an_owner_that_is_named_is_not_called_missing(tmp_path: Path) -> None:
    """Even if it is the one that would be taken; one that only a later row names is that of the journey."""
    folder = here(tmp_path, "Journey;Journey owner;Phase\nA;sales;See\nB;;See\nB;care;Buy\n", "two.csv")
    printed = run(folder, "import", "csv", "two.csv").stdout
    assert "no owner is named" not in printed
    assert [written(folder, f"{name}.yml")["owner"] for name in "ab"] == ["sales", "care"]


def test_a_dry_run_says_what_was_understood_and_writes_nothing(tmp_path: Path) -> None:
    """Columns with their meanings, journeys with their size, files that would be written; the disk is as it was."""
    folder = here(tmp_path)
    before = tree(folder)
    result = run(folder, "import", "csv", "how-anna-buys.csv", "--dry-run")
    assert result.exit_code == 0 and tree(folder) == before
    assert "  User Action  step · Step\n" in result.stdout
    assert "Journey `how-anna-buys`: How anna buys (2 stages, 3 steps)" in result.stdout
    assert "Would write how-anna-buys.yml" in result.stdout


def test_a_mapping_file_says_what_columns_and_scores_mean(tmp_path: Path) -> None:
    """Own names of columns, words for feelings and another scale; nothing is left to be said but the length of time."""
    folder = here(tmp_path, SHEET.replace("curious", "meh").replace("Phase", "Abschnitt"))
    (folder / "map.yml").write_text(
        "columns:\n  Internal no: ignore\n  Abschnitt: stage\nemotions: {meh: -0.5}\nscale: [1, 5]\n", "utf-8")
    result = run(folder, "import", "csv", "how-anna-buys.csv", "--map", "map.yml", "--owner", "Customer care")
    assert result.exit_code == 0, result.stderr
    assert [line for line in result.stdout.splitlines() if line.startswith("  row")] == [
        "  row 3, Time: expected a length of time, found `a while`; not carried"]
    data = written(folder)
    scores = [step["emotion"] for stage in data["stages"] for step in stage["steps"]]  # type: ignore[attr-defined]
    assert scores == [{"score": "-0.5", "word": "meh"}, {"score": -1, "word": "frustrated"}, 2]
    assert data["owner"] == "care" and errors(folder) == []


@pytest.mark.parametrize(("text", "said"), [
    ("columns: {X: stagge}", "did you mean `stage`"), ("colums: {X: stage}", "keys are columns, emotions, scale"),
    ("scale: [5, 1]", "write its lowest and highest score"), ("emotions: {meh: bad}", "has no score"),
    ("columns: [X]", "is no group of keys"), ("columns: {X: [a]}", "cannot mean"), ("a: *b", "")])
def test_a_faulty_mapping_file_is_told(text: str, said: str) -> None:
    """Each mistake in a mapping file names what is wrong and what can be written."""
    with pytest.raises(JourneybookError) as caught:
        read_meanings(text, "map.yml")
    assert said in f"{caught.value.message} {caught.value.help}"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second import of the same file gets an id of its own; records that are known by then are not written again."""
    folder = here(tmp_path)
    assert run(folder, "import", "csv", "how-anna-buys.csv").exit_code == 0
    before = tree(folder / "maps")
    again = run(folder, "import", "csv", "how-anna-buys.csv")
    assert again.exit_code == 0 and "this one is `how-anna-buys-2`" in again.stdout
    after = tree(folder / "maps")
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"journeys/how-anna-buys-2.yml"}
    assert errors(folder) == []


def test_yaml_that_check_would_refuse_is_not_written(tmp_path: Path) -> None:
    """Where a text may not stand in a map at all, the reason is told and nothing is written."""
    folder = here(tmp_path, "Stage,Step\nLook,Reads \u202eodd\n")
    before = tree(folder / "maps")
    result = run(folder, "import", "csv", "how-anna-buys.csv")
    assert result.exit_code == 1 and "In the way:" in result.stdout and "Nothing was written" in result.stderr
    assert tree(folder / "maps") == before


@pytest.mark.parametrize(("data", "said"), [
    (b"", "the sheet is empty"), (b'Stage,Step\nLook,"never closed\n', "is no CSV"),
    (b"Stage,Stage\na,b\n", "two columns are called `Stage`"), ("Stage\nGrö".encode("latin-1"), "is not in UTF-8"),
    (b"x" * 6_000_000, "is the most")])
def test_files_that_are_no_sheet_are_told(tmp_path: Path, data: bytes, said: str) -> None:
    """Exit code 2 and the reason, never a traceback."""
    result = run(here(tmp_path, data), "import", "csv", "how-anna-buys.csv")
    assert result.exit_code == 2 and said in result.stderr


@pytest.mark.parametrize("form", ["csv", "xlsx", "mermaid"])
def test_a_missing_file_is_told(tmp_path: Path, form: str) -> None:
    """The path and the reason stand in the message."""
    result = run(here(tmp_path), "import", form, "gone.csv")
    assert result.exit_code == 2 and "gone.csv cannot be read: no such file" in result.stderr


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    """A file that is no XLSX, and a sheet that it does not have."""
    pytest.importorskip("openpyxl")
    folder = here(tmp_path)
    assert "is no XLSX workbook" in run(folder, "import", "xlsx", "how-anna-buys.csv").stderr
    run(copy_of("juniper", tmp_path / "firm"), "export", "xlsx", "--out", str(folder / "all.xlsx"))
    assert "sheets are Steps" in run(folder, "import", "xlsx", "all.xlsx", "--sheet", "Other").stderr


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("firm", FIRMS)
def test_every_demo_firm_can_be_carried_over(tmp_path: Path, form: str, firm: str) -> None:
    """All journeys of a firm exported, and imported into an empty atlas: no errors, nothing to say, the same again."""
    if form == "xlsx":
        pytest.importorskip("openpyxl")
    out = tmp_path / f"all.{form}"
    assert run(FIRMS[firm], "export", form, "--out", str(out)).exit_code == 0
    folder = project(tmp_path / "new", {"atlas.yml": "title: New\n"}, DOT)
    result = run(folder, "import", form, str(out))
    assert result.exit_code == 0, result.stdout + result.stderr
    lines = [line for line in result.stdout.splitlines() if line.startswith("  ") and "·" not in line]
    assert [line for line in lines if "without a channel" not in line and "there is no" not in line] == []
    assert errors(folder) == []
    again = tmp_path / f"again.{form}"
    assert run(folder, "export", form, "--out", str(again)).exit_code == 0
    if not [line for line in lines if "there is no" in line] and form == "csv":
        assert again.read_text("utf-8") == out.read_text("utf-8")


def test_mermaid_in_markdown_becomes_journeys(tmp_path: Path) -> None:
    """Two diagrams of a Markdown file become two journeys that pass `check`."""
    day = "```mermaid\njourney\n  title {}\n  section Go\n    Walk: 5: Me\n```\n"
    folder = here(tmp_path, f"# Notes\n\n{day.format('A day')}\n{day.format('B; day')}", "notes.md")
    result = run(folder, "import", "mermaid", "notes.md", "--owner", "care")
    assert result.exit_code == 0, result.stderr
    assert errors(folder) == []
    assert (written(folder, "a-day.yml")["title"], written(folder, "b-day.yml")["title"]) == ("A day", "B; day")
    assert "line 12: Mermaid stops at `;` in a name; the whole name is carried" in result.stdout


def test_headers_of_ours_are_recognised() -> None:
    """Each of our own headers and names means its column; names of other tools mean one column each."""
    assert [recognised(column.header) for column in COLUMNS] == list(COLUMNS)
    assert [recognised(column.name) for column in COLUMNS] == list(COLUMNS)
    for column in COLUMNS:
        for name in column.others:
            found = recognised(f" {name.upper()} (required)")
            assert found is not None, name
    others = [name for column in COLUMNS for name in column.others]
    assert sorted(set(others)) == sorted(others)


@pytest.mark.parametrize(("cell", "emotion"), [
    ("-1", -1), ("−1", -1), ("+2", 2), ("😡", {"score": -2, "word": "😡"}),
    ("amira: 1; dev: -2", {"amira": 1, "dev": -2}),
    ("1 Torn (observed)", {"score": 1, "word": "Torn", "basis": "observed"}),
    ("very happy", {"score": 1, "word": "very happy"})])
def test_feelings_are_read_in_many_forms(cell: str, emotion: object) -> None:
    """Scores with any minus, faces, words, one a persona."""
    reading = read_table(read_csv(f'Stage,Step,Emotion\nS,A,"{cell}"\n'.encode(), Limits()), setting())
    assert reading.drafts[0].data["stages"][0]["steps"] == [{"title": "A", "emotion": emotion}]
    assert reading.notes == []


def test_one_thing_said_twice_is_told() -> None:
    """A second value for one stage is named and the first stays; lists are added up."""
    sheet = b"Stage,Step,Duration,Stage duration,Risks\nS,A,,2 days,x\nS,B,,3 days,y\n"
    reading = read_table(read_csv(sheet, Limits()), setting())
    assert [note.message for note in reading.notes] == [
        "says `3 days` for duration, a row above said `2 days`; the first one stays"]
    assert reading.drafts[0].data["stages"][0]["risks"] == ["x", "y"]


