"""The walk from a folder to finished pages, without the host."""

from __future__ import annotations

import gc
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from jinja2 import TemplateError

from journeybook.book import Book, _template_fault, build_book
from journeybook.problems import Severity
from journeybook.reading import read_book
from journeybook.settings import Settings
from journeybook.source import read
from support import TODAY, write
from support_site import CHECKOUT, FIRMS, JOURNEY, copy_of, picture, run, tree

ICONS = Path(__file__).parent / "no-icons-here"


def settings(folder: Path, **changes: object) -> Settings:
    """Settings for maps that lie in the project's own folder."""
    return replace(Settings(folder, folder, site_name="Small", today=TODAY), **changes)  # type: ignore[arg-type]


def pages(book: Book) -> dict[str, str]:
    return {page.uri: page.html for page in book.pages}


def test_a_changed_template_of_a_team_shows_in_the_next_build(tmp_path: Path) -> None:
    """Builds of one process share their templates; those of a team's own are read again when they change."""
    write(tmp_path / "maps", {"buy.yml": JOURNEY})
    own = tmp_path / "ours" / "templates" / "people.html"
    own.parent.mkdir(parents=True)
    for words in ("Nobody yet", "Somebody now"):
        own.write_text(f'{{% extends "page.html" %}}{{% block body %}}<p>{words}</p>{{% endblock %}}', "utf-8")
        os.utime(own, (len(words), len(words)))
        book = build_book(settings(tmp_path / "maps"), ICONS, overrides=[own.parent.parent])
        assert f"<p>{words}</p>" in pages(book)["people/"]


@pytest.mark.parametrize("firm", FIRMS)
def test_the_demo_books_have_every_page(firm: str) -> None:
    """A page for home, each hub and list, each journey, persona, team, metric and used channel, and no other."""
    root = FIRMS[firm]
    book = build_book(Settings(root, root / "maps", today=TODAY), ICONS)
    atlas = book.reading.atlas
    expected = {"", "lifecycle/", "journeys/", "promises/", "people/", "people/raci/", "library/", "library/content/",
                "library/content-matrix/", "library/metrics/", "library/channels/", "library/opportunities/",
                "library/evidence/", "health/", "health/reviews/", "glossary/"}
    used = {t.channel.id for t in atlas.touchpoints.values()} | {
        channel.id for stage in atlas.stages.values() for step in stage.steps for channel in step.channels}
    expected |= {f"library/channels/{ident}/" for ident in used}
    expected |= {f"journeys/{ident}/" for ident in atlas.journeys} | {"compare/"}
    expected |= {f"journeys/{ident}/measured/" for ident in atlas.measured}
    expected |= {f"journeys/{ident}/compare/" for ident, journey in atlas.journeys.items() if journey.compares_to}
    expected |= {f"people/personas/{ident}/" for ident in atlas.personas}
    expected |= {f"people/teams/{ident}/" for ident in atlas.teams}
    expected |= {f"library/metrics/{ident}/" for ident in atlas.metrics}
    expected |= {"write/", "write/checks/"} | {uri for uri in pages(book) if re.fullmatch(r"write/[a-z-]+/", uri)}
    sheets = {uri for uri in pages(book) if uri.startswith("promises/handoffs/")}
    assert sheets <= {f"promises/handoffs/{ident}/" for ident in atlas.handoffs}
    assert sheets or firm not in ("tallybird", "clearnest", "leafbound", "juniper")
    assert pages(book).keys() == expected | sheets
    assert len(book.pages) == len(expected | sheets)
    assert list(book.dangling()) == []


def test_every_file_is_read(tmp_path: Path) -> None:
    """The reading counts all YAML files and keeps the text of each by its path."""
    reading = read_book(settings(write(tmp_path, {"a/buy.yml": JOURNEY, "b.yaml": "teams: {}\n", "c.txt": "x"})))
    assert reading.files == 2
    assert {path: document.text for path, document in reading.documents.items()} == {
        "a/buy.yml": JOURNEY, "b.yaml": "teams: {}\n"}


def test_an_unreadable_file_is_counted_and_has_a_page(tmp_path: Path) -> None:
    """A file in another encoding is counted, is a broken journey by its name, and hides nothing of the others."""
    folder = write(tmp_path, {"buy.yml": JOURNEY, "sell.yml": b"title: Caf\xe9\n", "teams.yml": b"\xff\xfe"})
    reading = read_book(settings(folder))
    assert reading.files == 3
    assert list(reading.atlas.journeys) == ["buy"]
    assert list(reading.atlas.broken) == ["sell"]
    book = build_book(settings(folder), ICONS, reading=reading, keep_going=True)
    assert "sell.yml:1:11" in pages(book)["journeys/sell/"]
    assert "journeys/teams/" not in pages(book)
    assert list(book.dangling()) == []


def test_two_files_of_one_name_of_which_one_is_unreadable(tmp_path: Path) -> None:
    """A readable journey keeps its page; the other file of that name is told among the problems only."""
    folder = write(tmp_path, {"a/buy.yml": b"title: Caf\xe9\n", "b/buy.yml": JOURNEY})
    reading = read_book(settings(folder))
    assert list(reading.atlas.journeys) == ["buy"]
    assert [p.check for p in reading.problems if p.severity is Severity.ERROR] == ["file-unreadable"]


def test_refusals_are_what_cannot_be_published(tmp_path: Path) -> None:
    """Mistakes of file, shape and reference refuse a build; gaps in content do not."""
    folder = write(tmp_path, {"buy.yml": JOURNEY + "ownr: x\ntransitions: [{ from: look, to: gone }]\n"})
    reading = read_book(settings(folder))
    assert {p.check for p in reading.refusals} == {"key-unknown", "reference-unknown"}
    assert {p.check for p in reading.problems} > {p.check for p in reading.refusals}


def test_keep_going_replaces_only_what_is_wrong(tmp_path: Path) -> None:
    """With keep-going the faulty journey shows its problems, without it its map; the other has its map in both."""
    folder = write(tmp_path, {"buy.yml": JOURNEY + "ownr: x\n", "sell.yml": JOURNEY})
    broken = pages(build_book(settings(folder), ICONS, keep_going=True))
    assert "cannot be read" in broken["journeys/buy/"]
    assert "buy.yml:6:1" in broken["journeys/buy/"]
    assert "Stage by stage" in broken["journeys/sell/"]
    assert "Stage by stage" in pages(build_book(settings(folder), ICONS))["journeys/buy/"]


def test_no_engine_means_words(tmp_path: Path) -> None:
    """Without a layout engine a branching journey is told in words, and nothing fails."""
    folder = write(tmp_path, {"buy.yml": JOURNEY + "transitions: [{ from: choose, to: look, type: back }]\n"})
    drawn = build_book(settings(folder), ICONS)
    told = build_book(settings(folder, engine="none"), ICONS)
    assert drawn.notices == []
    assert "jb-gw" in pages(drawn)["journeys/buy/"]
    assert "jb-gw" not in pages(told)["journeys/buy/"]
    assert "The diagram in words" in pages(told)["journeys/buy/"]
    assert list(told.dangling()) == []


def test_a_missing_engine_is_said(tmp_path: Path) -> None:
    """An engine that was asked for and is not there: a note, and under `--strict` a refusal that leaves the site."""
    folder = copy_of("clearnest", tmp_path / "firm")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("- journeybook\n", "- journeybook: { engine: dot }\n"), "utf-8")
    found = read_book(Settings(folder, folder / "maps", today=TODAY)).problems
    warned = sorted({problem.check for problem in found if problem.severity is Severity.WARNING})
    quiet = f"checks: {{ {', '.join(f'{check}: off' for check in warned)} }}\n"
    with (folder / "maps" / "atlas.yml").open("a", encoding="utf-8") as atlas:
        atlas.write(f"\n{quiet}")
    result = run(folder, "build", PATH="/nonexistent")
    assert result.exit_code == 0
    assert result.stderr == "note: No diagram engine is installed, so diagrams are shown as words.\n"
    before = tree(folder / "site")
    strict = run(folder, "build", "--strict", PATH="/nonexistent")
    assert strict.exit_code == 1
    assert "Mend this first:\n  No diagram engine is installed" in strict.stderr
    assert tree(folder / "site") == before


def test_the_phases_are_told(tmp_path: Path) -> None:
    """The clock hears each phase once, in order, with a time."""
    heard: list[tuple[str, float]] = []
    build_book(settings(write(tmp_path, {"buy.yml": JOURNEY})), ICONS, clock=lambda *told: heard.append(told))
    assert [phase.lstrip("0123456789 ") for phase, _ in heard] == ["read", "model", "check", "drawn"]
    assert all(seconds >= 0 for _, seconds in heard)


def test_the_collector_is_as_before(tmp_path: Path) -> None:
    """Reading switches the collector of garbage off and leaves it as it found it, after a fault as well."""
    folder = write(tmp_path, {"buy.yml": JOURNEY})
    seen: list[bool] = []
    for enabled in (True, False):
        gc.enable() if enabled else gc.disable()
        try:
            read_book(settings(folder), lambda *_: seen.append(gc.isenabled()))
            assert gc.isenabled() == enabled
        finally:
            gc.enable()
    assert not any(seen)

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_book(settings(folder), fail)
    assert gc.isenabled()


def test_pictures_are_those_that_are_shown(tmp_path: Path) -> None:
    """Only pictures that exist and that maps name belong to the book."""
    folder = write(tmp_path, {
        "buy.yml": JOURNEY.replace("  - Look\n", "  - title: Look\n    steps:\n      - title: See\n"
                                                 "        image: a.png\n        alt: A shelf\n"),
        "p.yml": "personas: { ada: { name: Ada, photo: gone.png, alt: Ada } }\n",
        "a.png": picture(), "b.png": picture()})
    assert build_book(settings(folder), ICONS).pictures == {"a.png"}


def test_places_are_relative_to_the_project(tmp_path: Path) -> None:
    """Maps in a folder below the project are named with that folder, wherever one stands."""
    write(tmp_path, {"maps/buy.yml": "titel: x\n"})
    reading = read_book(Settings(tmp_path, tmp_path / "maps", today=TODAY))
    assert {p.span.path for p in reading.problems} == {"maps/buy.yml"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_devices_do_not_hang_the_reading(tmp_path: Path) -> None:
    """A pipe among the maps is named and passed by."""
    write(tmp_path, {"buy.yml": JOURNEY})
    os.mkfifo(tmp_path / "pipe.yml")
    os.mkfifo(tmp_path / "values.csv")
    reading = read_book(settings(tmp_path))
    assert [p.span.path for p in reading.problems if p.check == "link-refused"] == ["pipe.yml", "values.csv"]
    assert list(reading.atlas.journeys) == ["buy"]


def test_a_template_fault_without_a_place() -> None:
    """A fault that names no template is still told in one sentence."""
    fault = _template_fault(TemplateError("something"))
    assert fault.message == "a template cannot be drawn (unknown place): something"


def test_the_theme_of_the_checkout_is_used() -> None:
    """In a checkout the templates are those of theme/, so that a change shows at once."""
    from journeybook.theme import theme_dir

    assert theme_dir() == CHECKOUT / "theme"


def turned(value: object, of: str = "") -> object:
    """A journey's data with the keys of each record of ``RECORDS`` in reverse; lists keep theirs."""
    if isinstance(value, list):
        return [turned(entry, of) for entry in value]
    if not isinstance(value, dict) or of not in RECORDS:
        return value
    return {key: turned(entry, key) for key, entry in reversed(value.items())}


RECORDS = ("", "stages", "steps", "transitions", "questions", "decisions")


@pytest.mark.parametrize("firm", ["leafbound", "juniper"])
def test_the_order_of_keys_does_not_show(firm: str, tmp_path: Path) -> None:
    """Who writes the owner above the title gets the same pages; problems alone stand in the order of the file."""
    root, found = FIRMS[firm], []
    for name, form in (("as-it-is", lambda data: data), ("turned", turned)):
        shutil.copytree(root / "maps", tmp_path / name)
        for path in (tmp_path / name).rglob("journeys/*.y*ml"):
            document, _ = read(path, settings(tmp_path / name))
            assert document is not None
            path.write_text(yaml.safe_dump(form(document.data), sort_keys=False), "utf-8")
        book = build_book(settings(tmp_path / name), ICONS)
        found.append({uri: re.sub(r'(?s)<ul class="jb-l jb-probs".*?</ul>', "", html)
                      for uri, html in pages(book).items() if uri != "health/"})
    first, second = ([path.read_text("utf-8") for path in sorted((tmp_path / name).rglob("journeys/*.y*ml"))]
                     for name in ("as-it-is", "turned"))
    assert all(one != other for one, other in zip(first, second, strict=True))
    assert found[0] == found[1]
