"""Files with mistakes and the words they are answered with: one folder a case under ``cases/bad``."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import CASES, outside, problems_of, told, walk

BAD = sorted(path.name for path in (CASES / "bad").iterdir() if path.is_dir())
FINE = sorted(path.name for path in (CASES / "fine").iterdir() if path.is_dir())


def contents(folder: Path) -> dict[str, bytes]:
    """Path → bytes of all files of a case."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", BAD)
def test_mistakes_are_answered_in_the_kept_words(name, golden):
    """Each mistake is told at its place, with its level, its words and the next step."""
    problems = problems_of(CASES / "bad" / name)
    assert problems, "nothing is wrong with this case"
    golden(told(problems), f"bad/{name}/problems.txt")


@pytest.mark.parametrize("name", BAD)
def test_every_place_is_within_its_file(name):
    """Lines and columns can be jumped to."""
    assert outside(problems_of(CASES / "bad" / name), contents(CASES / "bad" / name)) == []


@pytest.mark.parametrize("name", BAD)
def test_every_problem_has_a_next_step_in_plain_words(name):
    """There is always a help, and no word of the parser, of pydantic or of Python shows through."""
    for problem in problems_of(CASES / "bad" / name):
        assert problem.help
        words = f"{problem.message} {problem.help}".lower()
        for foreign in ("pydantic", "traceback", "exception", "none", "dict", "token", "scalar", "\ufffd"):
            assert foreign not in words.split(), foreign


@pytest.mark.parametrize("name", BAD)
def test_the_order_of_files_makes_no_difference(name):
    """Two computers may list a folder differently and still tell the same."""
    folder = CASES / "bad" / name
    assert told(walk(folder)[1]) == told(walk(folder, backwards=True)[1])


@pytest.mark.parametrize("name", FINE)
def test_what_is_right_passes_in_silence(name):
    """Nothing is said about files that are as they should be."""
    assert told(problems_of(CASES / "fine" / name)) == ""
