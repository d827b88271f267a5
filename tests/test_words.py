"""The language of a site: nothing of the interface is left in English, and numbers and dates follow the language."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import pseudo
from journeybook.adapters.mkdocs import _icons
from journeybook.adapters.project import find_project
from journeybook.book import Book, build_book
from journeybook.checks import CHECKS
from journeybook.words import speech
from support_site import copy_of, standing_in


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, pseudo.Maps]:
    """Tallybird in brackets, and its texts."""
    root = copy_of("tallybird", tmp_path_factory.mktemp("pseudo"))
    custom = pseudo.catalogue(root / "custom")
    return in_language(root, pseudo.TAG, custom), pseudo.Maps(root / "maps", speech(pseudo.TAG, [custom]),
                                                                     *(check.id for check in CHECKS))


def in_language(root: Path, tag: str, *overrides: Path) -> Book:
    """The book of a project whose ``language:`` is this one."""
    from mkdocs.config import load_config

    path = root / "maps" / "atlas.yml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("language:")]
    path.write_text("\n".join([*lines, f"language: {tag}", ""]), "utf-8")
    with standing_in(root):
        config = load_config(str(root / "mkdocs.yml"))
        return build_book(find_project(root / "mkdocs.yml").settings(), _icons(config), overrides=overrides,
                          keep_going=True)


def test_every_word_of_a_page_is_marked(bracketed: tuple[Book, pseudo.Maps]) -> None:
    """On pages in a made-up language every text is the maps' own or in its brackets: none was left in English."""
    book, maps = bracketed
    found: dict[str, set[str]] = defaultdict(set)
    for page in book.pages:
        kind = page.html.split('"', 2)[1].removeprefix("jb-page jb-")
        for text in pseudo.unmarked(page.html, maps):
            found[text].add(kind)
    assert not found, "\n".join(f"{text!r} in {', '.join(sorted(kinds))}" for text, kinds in sorted(found.items()))
