"""What builds leave in memory: nothing that the next one does not use."""

from __future__ import annotations

import gc
import re
from contextlib import suppress
from pathlib import Path

import pytest

from journeybook.book import build_book, journey_pages
from journeybook.finished import Finished, place_of
from journeybook.model.memory import Memory
from journeybook.reading import read_book
from journeybook.views.pages import View
from journeybook.views.parts import AssetRow
from journeybook.views.reads import Reads
from support_finished import ICONS, settings_of


@pytest.mark.parametrize("lasting", [True, False, None])
def test_what_pages_were_made_from_goes_with_the_build(tmp_path: Path, cache: Path, lasting: bool | None) -> None:
    """Without the collector of cyclic garbage, as in a build: no view, no row and no note is held afterwards."""
    settings = settings_of(tmp_path)
    reading = read_book(settings)
    finished = None if lasting is None else Finished(place_of(settings), lasting=lasting)

    def give_up() -> None:
        raise InterruptedError

    gc.collect()
    gc.disable()
    try:
        before = {id(one) for one in gc.get_objects()}
        with suppress(InterruptedError):
            build_book(settings, ICONS, reading=reading, keep_going=True, finished=finished, pause=give_up)
        journey_pages(settings, ICONS, reading, list(reading.atlas.journeys)[:2], None, {})
        book = build_book(settings, ICONS, reading=reading, keep_going=True, finished=finished)
        left = [one for one in gc.get_objects() if id(one) not in before and isinstance(one, View | AssetRow | Reads)]
    finally:
        gc.enable()
    assert len(book.pages) > 50
    assert left == []


def test_a_preview_does_not_grow_with_every_edit(tmp_path: Path, cache: Path) -> None:
    """What a build leaves for the collector of cyclic garbage stays for ever: builds set it aside with their atlas."""
    settings = settings_of(tmp_path)
    finished, memory = Finished(place_of(settings), lasting=False), Memory()
    journey = next((tmp_path / "maps" / "journeys").glob("*.yml"))
    for edit in range(2):
        journey.write_text(re.sub(r"(?m)^title: .*", f"title: Edited {edit}", journey.read_text("utf-8")), "utf-8")
        gc.unfreeze()
        gc.collect()
        gc.disable()
        try:
            reading = read_book(settings, memory=memory)
            journey_pages(settings, ICONS, reading, list(reading.atlas.journeys)[:2], None, {})
            book = build_book(settings, ICONS, reading=reading, keep_going=True, finished=finished)
            gc.unfreeze()
            left = gc.collect()
        finally:
            gc.enable()
    assert len(book.pages) > 50
    assert left < 300  # objects; with a renderer of its own and the verdicts it was 3,300
