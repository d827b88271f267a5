"""A demo's pages, built as in a run of its own, and what is kept of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from journeybook.adapters.project import find_project
from journeybook.book import Book, build_book
from journeybook.finished import Finished, place_of
from journeybook.model.memory import Memory
from journeybook.reading import read_book
from journeybook.settings import Settings

ROOT = Path(__file__).parents[1]
ICONS = Path(__file__).parent / "no-icons-here"


def settings_of(folder: Path) -> Settings:
    """The demo as a project in a folder, for the builds of one day."""
    shutil.copytree(ROOT / "maps", folder / "maps")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return replace(find_project(folder / "mkdocs.yml").settings(cache=True), today=date(2026, 11, 15), engine="none",
                   reference=False)


def built(settings: Settings, finished: Finished | None, memory: Memory | None = None) -> Book:
    """The demo's pages; those that are kept are not drawn."""
    return build_book(settings, ICONS, reading=read_book(settings, memory=memory), keep_going=True, finished=finished)


def kept_and_drawn(settings: Settings, finished: Finished) -> tuple[int, int]:
    """How many pages a build took as they were, and how many it drew."""
    phases: list[str] = []
    build_book(settings, ICONS, reading=read_book(settings), finished=finished,
               clock=lambda name, _: phases.append(name))
    found = dict(reversed(phase.split()) for phase in phases if phase[0].isdigit())
    return int(found["kept"]), int(found["drawn"])


def with_kept(settings: Settings) -> tuple[Book, Finished]:
    """A build as in a run of its own, and what it keeps."""
    finished = Finished(place_of(settings))
    return built(settings, finished), finished
