"""The shelf: contents of pages on the disk, and how much of it they may take."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from journeybook.finished import HEAD, MOST, TABLE, Finished, place_of
from journeybook.icons import IconSet
from journeybook.page import Held
from journeybook.shelf import Shelf
from support_finished import ICONS, built, kept_and_drawn, settings_of, with_kept


def test_a_page_on_the_shelf_is_the_page(tmp_path: Path) -> None:
    """What lies on the disk is what was put there, down to the types; a lone surrogate in a text does no harm."""
    settings = settings_of(tmp_path)
    shelf = Shelf(tmp_path)
    number = shelf.open_new()
    for page in built(settings, None).pages:
        held = Held(f"{page.html}\ud800 \x00", page.content.beside)
        for content in (page.content, held):
            place = shelf.put(number, content)
            assert place
            lying = shelf.lying(page, place)
            assert lying == replace(page, content=content)
            assert lying.content.size == content.size
    del lying, shelf
    assert not list(tmp_path.glob("*.new")), "what nobody keeps is gone"


def test_damage_is_never_believed(tmp_path: Path, cache: Path) -> None:
    """Whatever byte of whatever file is wrong, and wherever it ends: nothing wrong is shown, and nothing breaks."""
    settings = settings_of(tmp_path)
    book = built(settings, None)
    with_kept(settings)[1].write()
    (folder,) = cache.iterdir()
    table = folder / TABLE
    (contents,) = folder.glob("*.pages")
    chance = random.Random(7)
    for path in (table, contents):
        whole = path.read_bytes()
        for at in (3, HEAD - 5, HEAD + 20, len(whole) - 40, *(chance.randrange(len(whole)) for _ in range(4))):
            for damaged in (whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:], whole[:at]):
                path.write_bytes(damaged)
                assert with_kept(settings)[0].pages == book.pages
        path.write_bytes(whole)
    contents.unlink()
    assert with_kept(settings)[0].pages == book.pages


def test_shelves_do_not_grow_without_end(tmp_path: Path, cache: Path) -> None:
    """Each run adds what it drew; once half of all bytes are of pages that came anew since, the rest is put together.

    What another run is writing stays; what one left behind long ago goes.
    """
    settings = settings_of(tmp_path)
    finished = with_kept(settings)[1]
    finished.write()
    (folder,) = cache.iterdir()
    size = sum(path.stat().st_size for path in folder.glob("*.pages"))
    beside, old = folder / "beside.new", folder / "old.new"
    for path in (beside, old):
        path.write_text("half a pa", "utf-8")
    os.utime(old, (0, 0))
    most = 1
    for day in range(1, 6):
        later = replace(settings, today=settings.today + timedelta(days=day))
        book, finished = with_kept(later)
        finished.write()
        (settings.atlas / "journeys" / f"more-{day}.yml").write_text(
            f"title: More {day}\nowner: marketing\nstages:\n  - title: Wait\n", "utf-8")
        book, finished = with_kept(later)
        finished.write()
        files = list(folder.glob("*.pages"))
        most = max(most, len(files))
        assert sum(path.stat().st_size for path in files) < 2.2 * size
        assert with_kept(later)[0].pages == book.pages
    assert most > 1
    assert beside.exists()
    assert not old.exists()


def test_a_folder_that_others_write_to_is_not_trusted(tmp_path: Path, cache: Path) -> None:
    """Pages that somebody else put there would be published."""
    settings = settings_of(tmp_path)
    assert place_of(settings) is not None
    cache.chmod(0o777)
    assert place_of(settings) is None
    assert place_of(replace(settings, cache=None)) is None


def test_the_oldest_projects_go(tmp_path: Path, cache: Path) -> None:
    """The folder does not grow without end."""
    settings = settings_of(tmp_path)
    for number in range(MOST + 3):
        finished = Finished(place_of(replace(settings, root=tmp_path / str(number))))
        finished.begin("now", IconSet(ICONS))
        finished.write()
    assert len(list(cache.iterdir())) == MOST


def test_what_was_just_kept_stays(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all that lies on the shelf is too much, but not what is needed of it, the shelf is tidied up and stays."""
    settings = settings_of(tmp_path)
    with_kept(settings)[1].write()
    (folder,) = cache.iterdir()
    size = sum(path.stat().st_size for path in folder.glob("*.pages"))
    monkeypatch.setattr("journeybook.finished.MOST_BYTES", int(size * 1.2))
    for path in (settings.atlas / "journeys").glob("*.yml"):
        path.write_text(path.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    kept, drawn = kept_and_drawn(settings, Finished(place_of(settings)))
    assert kept
    assert drawn
    with_kept(settings)[1].write()
    assert kept_and_drawn(settings, Finished(place_of(settings))) == (kept + drawn, 0)
    assert sum(path.stat().st_size for path in folder.glob("*.pages")) <= size * 1.2


@pytest.mark.parametrize("room", [True, False])
def test_a_site_larger_than_all_is_kept_where_there_is_room(tmp_path: Path, cache: Path, room: bool,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside those of others, whoever is built last; where the disk has no room for it twice, nothing of it is kept."""
    settings = settings_of(tmp_path)
    other = Finished(place_of(replace(settings, root=tmp_path / "other")))
    other.begin("now", IconSet(ICONS))
    finished = with_kept(settings)[1]
    folder = place_of(settings)
    assert folder is not None
    size = sum(path.stat().st_size for path in folder.iterdir())
    monkeypatch.setattr("journeybook.finished.MOST_BYTES", size // 3)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=size * 3 // 2 if room else size // 2))
    for one in (finished, other, finished, other):
        one.write()
    kept, drawn = kept_and_drawn(settings, Finished(place_of(settings)))
    assert (kept > 0, drawn > 0) == (room, not room)
    assert len(list(cache.iterdir())) == 2


def test_a_large_shelf_is_tidied_up_too(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of what is needed may lie in vain on a shelf that is larger than all may be, not as much again."""
    settings = settings_of(tmp_path)
    with_kept(settings)[1].write()
    (folder,) = cache.iterdir()
    size = sum(path.stat().st_size for path in folder.glob("*.pages"))
    monkeypatch.setattr("journeybook.finished.MOST_BYTES", size // 3)
    for day in range(1, 4):  # another day is another page
        with_kept(replace(settings, today=settings.today + timedelta(days=day)))[1].write()
        assert sum(path.stat().st_size for path in folder.glob("*.pages")) < 1.3 * size
