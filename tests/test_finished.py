"""Pages that are kept: never one that would come out otherwise, whatever happens to the maps and to what is kept."""

from __future__ import annotations

import gc
import os
import random
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from journeybook.adapters.project import find_project
from journeybook.book import Book, build_book, journey_pages
from journeybook.finished import HEAD, MOST, TABLE, Finished, place_of
from journeybook.icons import IconSet
from journeybook.model.memory import Memory
from journeybook.page import Held
from journeybook.reading import read_book
from journeybook.settings import Settings
from journeybook.shelf import Shelf
from journeybook.views.pages import View
from journeybook.views.parts import AssetRow
from journeybook.views.reads import Reads

ROOT = Path(__file__).parents[1]
ICONS = Path(__file__).parent / "no-icons-here"
LINE = re.compile(r"^(\s*(?:- )?)([a-z_]+): (\S.*)$")
BELOW = re.compile(r"^(\s*)(- )?")
ROUNDS = 14  # edits a seed; after every second one both ways of building are compared


def settings_of(folder: Path) -> Settings:
    shutil.copytree(ROOT / "maps", folder / "maps")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return replace(find_project(folder / "mkdocs.yml").settings(cache=True), today=date(2026, 11, 15), engine="none",
                   reference=False)


def built(settings: Settings, finished: Finished | None, memory: Memory | None = None) -> Book:
    return build_book(settings, ICONS, reading=read_book(settings, memory=memory), keep_going=True, finished=finished)


def like(value: str, lines: list[str], chance: random.Random) -> str:
    """Another value that stands somewhere under the same key."""
    key = LINE.match(value)
    assert key
    others = [found[3] for line in lines if (found := LINE.match(line)) and found[2] == key[2]]
    return f"{key[1]}{key[2]}: {chance.choice(others)}"


def edited(lines: list[str], everything: list[str], chance: random.Random) -> list[str]:
    """The lines of a file after one change: another value, a record less, a record twice, a comment more."""
    at = chance.randrange(len(lines))
    what = chance.choice(("value", "value", "value", "words", "less", "twice", "comment"))
    if what in ("value", "words"):
        places = [number for number, line in enumerate(lines) if LINE.match(line)]
        at = chance.choice(places)
        new = like(lines[at], everything, chance) if what == "value" else f"{lines[at]} indeed"
        return [*lines[:at], new, *lines[at + 1:]]
    if what == "comment":
        return [*lines[:at], "# a line more", *lines[at:]]
    depth = len(BELOW.match(lines[at])[0])  # type: ignore[index]
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(BELOW.match(lines[end])[1]) >= depth):  # type: ignore[index]
        end += 1
    return lines[:at] + lines[end:] if what == "less" else lines[:end] + lines[at:end] + lines[end:]


def change(folder: Path, chance: random.Random) -> str:
    """Change something in the maps; gives what."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".csv"))
    path = chance.choice(files)
    what = chance.choice(("edit", "edit", "edit", "edit", "delete", "revert", "revert all", "rename", "values"))
    if what in ("revert", "revert all"):
        originals = sorted(one for one in (ROOT / "maps").rglob("*") if one.suffix in (".yml", ".csv"))
        for original in originals if what == "revert all" else chance.sample(originals, 3):
            place = folder / original.relative_to(ROOT / "maps")
            place.write_bytes(original.read_bytes())
    elif what == "delete":
        path.unlink()
    elif what == "rename":
        words = sorted(set(re.findall(r"^(?:  |    )?([a-z][a-z0-9-]+):$", path.read_text("utf-8"), re.MULTILINE)))
        word = chance.choice(words) if words else path.stem
        for one in files:
            one.write_text(re.sub(rf"\b{word}\b", f"{word}-2", one.read_text("utf-8")), "utf-8")
        what = f"rename {word}"
    elif path.suffix == ".csv":
        path.write_text(re.sub(r"\d(?=\n)", lambda found: str(chance.randrange(10)), path.read_text("utf-8")), "utf-8")
    else:
        everything = [line for one in files if one.suffix == ".yml" for line in one.read_text("utf-8").split("\n")]
        lines = edited(path.read_text("utf-8").split("\n"), everything, chance)
        path.write_text("\n".join(lines), "utf-8")
    return f"{what} {path.name}"


@pytest.mark.parametrize("seed", range(4))
def test_kept_pages_are_those_of_a_cold_build(tmp_path: Path, seed: int) -> None:
    """After any edits, deletions, renames and reverts, kept pages and new ones are just those of a cold build.

    So are the problems, where files and journeys that are as they were are not read again. Every second atlas has its
    registers on many pages.
    """
    settings = settings_of(tmp_path)
    if seed % 2:
        settings = replace(settings, register_rows=6)
    chance = random.Random(seed)
    finished, memory = Finished(), Memory()
    first = built(settings, finished, memory)
    assert bool(first.moved) == bool(seed % 2)
    told = []
    for number in range(ROUNDS):
        told.append(change(settings.atlas, chance))
        book = built(settings, finished, memory)
        if number % 2:
            cold = built(settings, None)
            assert book.problems == cold.problems, told
            assert [page.uri for page in book.pages] == [page.uri for page in cold.pages], told
            stale = [page.uri for page, other in zip(book.pages, cold.pages, strict=True) if page != other]
            assert not stale, told
            assert book.files == cold.files, told


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the user's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/journeybook/pages"


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


def test_only_what_depends_on_an_edit_is_drawn(tmp_path: Path, cache: Path) -> None:
    """In the next run everything is known; an edited journey costs the pages that show it, an edited day all."""
    settings = settings_of(tmp_path)
    first = Finished(place_of(settings))
    nothing, everything = kept_and_drawn(settings, first)
    assert nothing == 0
    first.write()
    assert kept_and_drawn(settings, Finished(place_of(settings))) == (everything, 0)
    path = next(iter(sorted((settings.atlas / "journeys").glob("*.yml"))))
    edit = re.sub(r"(?m)^(\s+- .*\w)$", r"\1 x", path.read_text("utf-8"), count=1)
    path.write_text(edit, "utf-8")
    kept, drawn = kept_and_drawn(settings, Finished(place_of(settings)))
    assert kept + drawn == everything
    assert 0 < drawn < everything * 2 / 3
    assert kept_and_drawn(replace(settings, today=date(2026, 11, 16)), Finished(place_of(settings)))[0] == 0


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


def test_another_icon_is_another_page(tmp_path: Path, cache: Path) -> None:
    """The shape of an icon that pages show is part of them: in the next run, and in what may stand of the old site."""
    settings, icons = settings_of(tmp_path), tmp_path / "icons"
    icons.mkdir()
    shape = icons / "alert-outline.svg"
    pages, marks = [], []
    for path in ("M0 0", "M0 0", "M1 1"):
        shape.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><path d="{path}"/></svg>', "utf-8")
        finished = Finished(place_of(settings))
        book = build_book(settings, icons, keep_going=True, finished=finished)
        cold = build_book(settings, icons, keep_going=True)
        assert [page.html for page in book.pages] == [page.html for page in cold.pages]
        pages.append({page.uri: page.html for page in book.pages})
        marks.append(finished.marks())
        finished.write()
    assert pages[0] == pages[1]
    assert marks[0] == marks[1]
    changed = {uri for uri, html in pages[2].items() if html != pages[1][uri]}
    assert 0 < len(changed) < len(pages[0])
    assert {uri for uri, mark in marks[2].items() if mark != marks[1][uri]} == changed


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
