"""Compiled templates that are kept between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeybook.compiled import MOST, compiled
from journeybook.icons import IconSet
from journeybook.render import Renderer
from journeybook.templates import LanguageEnvironment
from journeybook.theme import theme_dir
from journeybook.words import speaking, speech

ENGLISH, GERMAN = speech(None), speech("de")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the user's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "journeybook/templates"


def compiles(monkeypatch: pytest.MonkeyPatch, tag: str | None = None) -> int:
    """How many templates have to be compiled to have those of a table page."""
    count = []
    generate = LanguageEnvironment._generate
    monkeypatch.setattr(LanguageEnvironment, "_generate", lambda *given, **more: (
        count.append(1), generate(*given, **more))[1])
    with speaking(tag):
        environment = Renderer([theme_dir()], IconSet(Path()), keep=True)._environment
        environment.get_template("parts.html")
        environment.get_template("registers.html")
    monkeypatch.setattr(LanguageEnvironment, "_generate", generate)
    return len(count)


def test_templates_are_compiled_once_a_language(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run takes what the first one kept; another language has words of its own in its code."""
    assert compiles(monkeypatch) == 2
    assert compiles(monkeypatch) == 0
    assert compiles(monkeypatch, "de") == 2
    assert len(list(cache.iterdir())) == 2


def test_a_folder_that_others_write_to_is_not_trusted(cache: Path) -> None:
    """Code that somebody else put there would be run."""
    assert compiled(ENGLISH) is not None
    for folder in (cache, next(cache.iterdir())):
        folder.chmod(0o777)
        assert compiled(ENGLISH) is None
        folder.chmod(0o700)
    assert compiled(ENGLISH) is not None


def test_a_link_in_place_of_the_folder_is_not_trusted(cache: Path, tmp_path: Path) -> None:
    """Wherever it leads."""
    (tmp_path / "elsewhere").mkdir()
    cache.parent.mkdir(parents=True)
    cache.symlink_to(tmp_path / "elsewhere")
    assert compiled(GERMAN) is None


def test_no_folder_at_all(cache: Path) -> None:
    """A file in its place, and nothing is kept or said."""
    cache.parent.mkdir(parents=True)
    cache.write_text("here first")
    assert compiled(ENGLISH) is None


def test_old_sets_go(cache: Path) -> None:
    """Versions that were used long ago leave no waste behind."""
    for number in range(MOST + 3):
        (cache / f"old{number}").mkdir(parents=True)
    assert compiled(ENGLISH) is not None
    assert len(list(cache.iterdir())) == MOST


def test_a_catalogue_may_come_twice() -> None:
    """The words of one folder named two times fall back on each other once: asking for an unknown word ends."""
    for _ in range(3):
        assert speech("de", [theme_dir()]).catalogue.gettext("no such words") == "no such words"
