"""What programs may rely on: names at the top of the package, and the example that uses them."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import journeybook
from support_site import CHECKOUT, environment, project, standing_in

EXAMPLE = CHECKOUT / "docs" / "examples" / "broken_promises.py"
MAPS = {
    "sell.yml": "title: Buy\nowner: sales\nstages:\n  - id: decide\n    title: Decide\n    owner: sales\npromises:\n"
                "  soon:\n    statement: Up in 48 hours.\n    made_at: decide\n    delivered_at: use/setup\n"
                "    measure: {quantity: setup, at_most: 48 hours}\n",
    "use.yml": "title: Use\nowner: care\nstages:\n  - id: setup\n    title: Set up\n    commitments:\n"
               "      - measure: {quantity: setup, at_most: 3 business days}\n",
}


def example(folder: Path) -> str:
    """What the example prints in a process of its own."""
    done = subprocess.run([sys.executable, str(EXAMPLE), str(folder)], env=environment(), text=True, encoding="utf-8",
                          capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_answers_its_question(tmp_path: Path) -> None:
    """It finds the broken promise, says why, and names the stage that no team of its own owns."""
    printed = example(project(tmp_path, MAPS))
    assert "Up in 48 hours." in printed and "3 business days run from 72 hours" in printed
    assert "Set up (use/setup): only the journey's owner, Care" in printed and "Decide" not in printed


def test_the_example_is_silent_where_all_is_owned(tmp_path: Path) -> None:
    """Where each stage has an owner of its own there is nothing to say but the size of the atlas."""
    owned = {**MAPS, "use.yml": MAPS["use.yml"].replace("    title: Set up\n", "    title: Set up\n    owner: care\n")}
    assert len(example(project(tmp_path, owned)).splitlines()) == 1


def test_a_book_holds_model_problems_and_pages(tmp_path: Path) -> None:
    """`build_book()` gives the typed model, the problems and every page; `read_book()` the first two."""
    folder = project(tmp_path, MAPS)
    with standing_in(folder / "maps"):
        book, reading = journeybook.build_book(), journeybook.read_book()
    assert isinstance(book, journeybook.Book) and isinstance(reading, journeybook.Reading)
    assert isinstance(book.atlas, journeybook.Atlas) and list(book.atlas.journeys) == ["sell", "use"]
    assert {problem.check for problem in book.problems} >= {"promise-broken"}
    assert [problem.message for problem in book.problems] == [problem.message for problem in reading.problems]
    assert "journeys/sell/" in {page.uri for page in book.pages}
    with standing_in(folder):
        assert journeybook.verdicts(book)["soon"].word == "broken"


def test_without_a_project_it_says_so(tmp_path: Path) -> None:
    """The one exception, with its next step."""
    with pytest.raises(journeybook.JourneybookError, match=r"no mkdocs\.yml"):
        journeybook.read_book(tmp_path)


@pytest.mark.parametrize("name", journeybook.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    """Each name that programs may use is there and says what it is."""
    assert len(inspect.getdoc(getattr(journeybook, name)) or "") > 20


def test_other_names_are_not_there() -> None:
    """A slip is an ordinary error of Python."""
    with pytest.raises(AttributeError, match="no attribute 'atlas'"):
        _ = journeybook.atlas  # type: ignore[attr-defined]
