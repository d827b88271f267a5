"""Pages that are kept: never one that would come out otherwise, whatever happens to the maps and to what is kept."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from journeybook.book import build_book
from journeybook.finished import Finished, place_of
from journeybook.model.memory import Memory
from support_finished import ROOT, built, kept_and_drawn, settings_of

LINE = re.compile(r"^(\s*(?:- )?)([a-z_]+): (\S.*)$")
BELOW = re.compile(r"^(\s*)(- )?")
ROUNDS = 14  # edits a seed; after every second one both ways of building are compared


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
