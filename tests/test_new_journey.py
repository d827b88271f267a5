"""`new journey`: a file that passes the checks, whatever its title."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from support_site import book, copy_of, project, run

Golden = Callable[[str, str], None]


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A copy of the smaller demo."""
    return copy_of("clearnest", tmp_path / "firm")


TITLES = {
    "Get help when something breaks": "get-help-when-something-breaks",
    'Say "yes": the #1 way': "say-yes-the-1-way",
    "Buy: the easy part": "buy-the-easy-part",
    "Ends with a colon:": "ends-with-a-colon",
    "# not a comment": "not-a-comment",
    "- not a list": "not-a-list",
    "{not} a [mapping]": "not-a-mapping",
    "back\\slash and 'apostrophes'": "back-slash-and-apostrophes",
    "😀 Smile and buy": "smile-and-buy",
    "Größe wählen": "grosse-wahlen",
    "価格を比べる": "",
    "no": "no",
    "2026-01-01": "2026-01-01",
    "  spaces   inside  ": "spaces-inside",
    "line\nbreak": "line-break",
    "*bold* & <b>html</b>": "bold-b-html-b",
    "@team % `code` | > !": "team-code",
    "A long name " * 14: "",
}


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title[:20])
def test_a_new_journey_passes_the_checks(firm: Path, title: str) -> None:
    """The file that `new journey` writes has no errors, whatever the title, and its page shows the title."""
    result = run(firm, "new", "journey", "--", title)
    assert result.exit_code == 0, result.stderr
    (path,) = re.findall(r"^Wrote (maps/journeys/[a-z0-9-]+\.yml)$", result.stdout, re.MULTILINE)
    if TITLES[title]:
        assert path == f"maps/journeys/{TITLES[title]}.yml"
    checked = run(firm, "check", path, "--format", "json")
    found = json.loads(checked.stdout)
    assert found["summary"]["errors"] == 0, checked.stdout
    assert found["summary"]["journeys"] == 3
    journey = book(firm).reading.atlas.journeys[Path(path).stem]
    assert journey.spec.title == " ".join(title.split("\n")).strip()


@pytest.mark.parametrize("title", ["", "   ", "?!…", "😀"], ids=ascii)
def test_a_title_without_letters(firm: Path, title: str) -> None:
    """No file name can be made of it: exit 2, the next step, and nothing is written."""
    result = run(firm, "new", "journey", title)
    assert result.exit_code == 2
    assert result.stderr.endswith("help: use letters or digits in it\n")
    assert len(list((firm / "maps" / "journeys").iterdir())) == 2


def test_a_title_that_is_too_long(firm: Path) -> None:
    """A title longer than the limit is refused before anything is written."""
    result = run(firm, "new", "journey", "x" * 201)
    assert result.exit_code == 2
    assert "this title has 201 characters; 200 is the most" in result.stderr


def test_nothing_is_overwritten(firm: Path) -> None:
    """A second journey of the same name is refused, in the same file or in another, and the first stays."""
    path = firm / "maps" / "journeys" / "installation-day.yml"
    before = path.read_bytes()
    result = run(firm, "new", "journey", "Installation day")
    assert result.exit_code == 2
    assert "there is a journey `installation-day` already, in maps/journeys/installation-day.yml" in result.stderr
    path.rename(firm / "maps" / "moved.yml")
    (firm / "maps" / "moved.yml").write_text(
        "id: installation-day\n" + before.decode("utf-8"), "utf-8")
    assert "in maps/moved.yml" in run(firm, "new", "journey", "Installation day").stderr
    (firm / "maps" / "journeys" / "later.yml").write_text("teams: {}\n", "utf-8")
    assert "is there already" in run(firm, "new", "journey", "Later").stderr
    assert (firm / "maps" / "journeys" / "later.yml").read_text("utf-8") == "teams: {}\n"


def test_the_owner_of_a_new_journey(firm: Path) -> None:
    """A known owner is written; an unknown one is written and noted, with the teams there are."""
    known = run(firm, "new", "journey", "One", "--owner", "service")
    assert "no team" not in known.stdout or "`service`" in known.stdout
    result = run(firm, "new", "journey", "Two", "--owner", "nobody")
    assert result.exit_code == 0
    assert "no team has the id `nobody`; teams are " in result.stdout
    assert "\nowner: nobody  #" in (firm / "maps" / "journeys" / "two.yml").read_text("utf-8")
    strange = run(firm, "new", "journey", "Three", "--owner", "a: b")
    assert strange.exit_code == 0
    assert '\nowner: "a: b"  #' in (firm / "maps" / "journeys" / "three.yml").read_text("utf-8")


def test_a_new_journey_after_another(firm: Path) -> None:
    """`--from` takes over the stages of a journey, with their ids and titles."""
    result = run(firm, "new", "journey", "Installation night", "--from", "installation-day")
    assert result.exit_code == 0
    journeys = book(firm).reading.atlas.journeys
    assert [(s.key.stage, s.spec.title) for s in journeys["installation-night"].stages] == [
        (s.key.stage, s.spec.title) for s in journeys["installation-day"].stages]
    unknown = run(firm, "new", "journey", "x", "--from", "nowhere")
    assert unknown.exit_code == 2
    assert unknown.stderr == ("journeybook: there is no journey `nowhere`\n"
                              "  help: journeys are breathe-easier, installation-day, installation-night\n")


def test_the_first_journey_of_all(tmp_path: Path) -> None:
    """In an empty project the command writes a journey that builds, from a folder below as well."""
    folder = project(tmp_path, {})
    (folder / "maps" / "deep").mkdir()
    result = run(folder / "maps" / "deep", "new", "journey", "How people find us")
    assert result.stdout == (
        "Wrote ../journeys/how-people-find-us.yml\n"
        "Next: fill it in, then run `journeybook check` and `journeybook serve`.\n")
    assert run(folder, "check").exit_code == 0
    assert run(folder, "build").exit_code == 0


def test_the_new_file_is_kept(golden: Golden, firm: Path) -> None:
    """The file with its comments, as a person will meet it."""
    run(firm, "new", "journey", "Get help", "--from", "installation-day")
    golden((firm / "maps" / "journeys" / "get-help.yml").read_text("utf-8"), "cli/new-journey.yml")


def test_every_comment_of_the_new_file_is_true(firm: Path) -> None:
    """Taking the comment marks away leaves maps of the right shape: the hints use keys that exist."""
    run(firm, "new", "journey", "Try it")
    path = firm / "maps" / "journeys" / "try-it.yml"
    text = re.sub(r"^(\s*)# (\s*(?:- )?\w+:.*|\s*- .*)$", r"\1\2", path.read_text("utf-8"), flags=re.MULTILINE)
    assert text.count("#") < path.read_text("utf-8").count("#") - 8
    path.write_text(re.sub(r"^persona: .*\n(?=persona)", "", text, flags=re.MULTILINE), "utf-8")
    found = json.loads(run(firm, "check", "maps/journeys/try-it.yml", "--format", "json").stdout)
    assert [p["message"] for p in found["problems"] if p["severity"] == "error"] == []
