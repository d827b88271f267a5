"""The language of a site: nothing of the interface is left in English, and numbers and dates follow the language."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import pseudo
from catalogue import LOCALE, gathered
from journeybook import formats
from journeybook.adapters.host_settings import icons_of
from journeybook.adapters.project import find_project
from journeybook.book import Book, build_book
from journeybook.checks import CHECKS
from journeybook.problems import JourneybookError
from journeybook.words import ENGLISH, PLACES, _, current, speaking, speech
from support import problems_of, write
from support_site import JOURNEY, copy_of, project, run, standing_in


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
        return build_book(find_project(root / "mkdocs.yml").settings(), icons_of(config), overrides=overrides,
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


def test_what_stands_beside_pages_is_marked_too(bracketed: tuple[Book, pseudo.Maps]) -> None:
    """Titles, descriptions, contents and search records are the maps' own or in brackets; the reference is English."""
    book, maps = bracketed
    for page in book.pages:
        if page.uri.startswith("write/"):
            continue
        texts = [page.title, page.description, *(heading for _anchor, heading, _level in page.toc),
                 *(text for record in page.search for text in record[1:])]
        strange = [piece for text in texts for piece in maps.strange(pseudo.outside_of_brackets(text))]
        assert not strange, (page.uri, strange)


def test_bare_maps_have_no_forgotten_words(tmp_path: Path) -> None:
    """Pages of maps with nothing but titles, and of one that cannot be read, are all brackets: every kind of empty."""
    root = project(tmp_path / "bare", {
        "atlas.yml": "title: Wexil\n", "one.yml": "title: Zorvo\nstages:\n  - Quamb\n",
        "broken.yml": "title: Plomf\nstages: [\n", "people.yml": "personas:\n  vrent: {name: Vrent}\n",
        "teams.yml": "teams:\n  drilb: {name: Drilb}\n", "m.yml": "metrics:\n  glorp: {name: Glorp}\n"})
    custom = pseudo.catalogue(tmp_path / "custom")
    book = in_language(root, pseudo.TAG, custom)
    maps = pseudo.Maps(root / "maps", speech(pseudo.TAG, [custom]), "one", "broken", *(check.id for check in CHECKS))
    found = {(page.uri, text) for page in book.pages for text in pseudo.unmarked(page.html, maps)}
    assert not found, found


def test_a_forgotten_word_is_found() -> None:
    """The test of brackets sees what nobody marked, in text and in names, and forgives numbers, dates and maps."""
    maps = pseudo.Maps(Path("/nowhere"), ENGLISH, "Look around")
    page = ('<div><p>⟦Owner⟧ Owner</p><p>1 Look around · 18 Oct 2025</p><p>⟦at <a>Look around</a>⟧</p>'
            '<p lang="en">missing</p><button aria-label="Close">⟦x⟧</button></div>')
    assert pseudo.unmarked(page, maps) == {"Owner", "aria-label: Close"}


def texts_of(message: Message) -> tuple[list[str], list[str]]:
    """The English texts of a message and its translations."""
    def listed(value: object) -> list[str]:
        return [str(text) for text in value] if isinstance(value, (list, tuple)) else [str(value or "")]

    return listed(message.id), listed(message.string)


def test_the_german_catalogue_is_complete() -> None:
    """It holds exactly the texts of the interface, each translated for certain and with the same places."""
    with (LOCALE / "de.po").open("rb") as file:
        german = read_po(file)
    wanted = {(message.id, message.context) for message in gathered() if message.id}
    there = {(message.id, message.context) for message in german if message.id}
    assert wanted == there, "run `make words`, then translate what is new"
    assert not german.obsolete
    for message in german:
        if not message.id:
            continue
        english, translated = texts_of(message)
        assert not message.fuzzy, message.id
        assert all(translated), f"{message.id} is not translated"
        places = set(PLACES.findall(" ".join(english))) - {"num"}
        for text in translated:
            assert set(PLACES.findall(text)) - {"num"} == places, message.id
        assert [text[-1:] in " ." for text in english] == [text[-1:] in " ." for text in translated], message.id


@pytest.mark.parametrize(("tag", "expected"), [
    ("en", ["1\u202f234.5\u202f%", "−0.5", "18 Oct 2025", "Oct 25", "a, b and c", "3 stages", "1 stage"]),
    ("de", ["1\u202f234,5\u202f%", "−0,5", "18. Okt. 2025", "Okt. 25", "a, b und c", "3 Phasen", "1 Phase"]),
    ("de-AT", ["1\u202f234,5\u202f%", "−0,5", "18. Okt. 2025", "Okt. 25", "a, b und c", "3 Phasen", "1 Phase"]),
    ("en-US", ["1\u202f234.5\u202f%", "−0.5", "Oct 18, 2025", "Oct 25", "a, b, and c", "3 stages", "1 stage"]),
    ("sw", ["1\u202f234.5\u202f%", "−0.5", "18 Oct 2025", "Oct 25", "a, b and c", "3 stages", "1 stage"]),
])
def test_numbers_and_dates_follow_the_language(tag: str, expected: list[str]) -> None:
    """Decimal sign, dates, lists and counts are those of the language; of English where there are no words in it."""
    with speaking(tag):
        said = [formats.number(1234.5, "%"), formats.score(-0.5), formats.day(date(2025, 10, 18)),
                formats.month(date(2025, 10, 18)), formats.listed(["a", "b", "c"]),
                *(formats.plural("%(num)s stage", "%(num)s stages", n) for n in (3, 1))]
    assert said == expected
    assert current() is ENGLISH


def test_lengths_of_time_follow_the_language() -> None:
    """Maps write lengths in English; English shows them as they were written, German says the same."""
    written = ("48h", Decimal(48), Decimal(48), "hour")
    assert formats.length(*written) == "48h"
    with speaking("de"):
        assert formats.length(*written) == "48 Stunden"
        assert formats.length("1 to 3 days", Decimal(1), Decimal(3), "day") == "1 bis 3 Tage"
        assert formats.number(2, "hours") == "2 Stunden"


def test_a_german_site(tmp_path: Path) -> None:
    """Pages, the host's words and the search are German; problems in them are English and say so."""
    root = copy_of("tallybird", tmp_path / "de")
    atlas = root / "maps" / "atlas.yml"
    atlas.write_text(atlas.read_text("utf-8").replace("language: en", "language: de"), "utf-8")
    result = run(root, "build")
    assert result.exit_code == 0, result.stderr
    promises = (root / "site" / "promises" / "index.html").read_text("utf-8")
    assert '<html lang="de"' in promises
    assert "3 Arbeitstage dauern 72 Stunden bis 8 Tage" in promises
    assert '"lang":["de"]' in (root / "site" / "search" / "search_index.json").read_text("utf-8")
    health = (root / "site" / "health" / "index.html").read_text("utf-8")
    assert re.search(r'Warnung:</b> .*?<span lang="en">', health)
    assert "this promise is broken: 3 business days run" in run(root, "check").stdout.replace("\n", " ")


def test_mkdocs_yml_has_the_last_word_on_the_host(tmp_path: Path) -> None:
    """A language that mkdocs.yml gives the theme stays."""
    root = project(tmp_path, {"atlas.yml": "title: A\nlanguage: de\n", "buy.yml": JOURNEY})
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("font: false", "font: false, language: nl"), "utf-8")
    assert run(root, "build").exit_code == 0
    assert '<html lang="nl"' in (root / "site" / "index.html").read_text("utf-8")


def test_a_team_adds_a_language(tmp_path: Path) -> None:
    """A catalogue in the folder of ``custom_dir`` adds a language or replaces single words; others stay English."""
    folder = tmp_path / "locale"
    folder.mkdir()
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / "nl.po").write_text(header + 'msgid "Owner"\nmsgstr "Eigenaar"\n', "utf-8")
    (folder / "de.po").write_text(header + 'msgid "Owner"\nmsgstr "Zuständig"\n', "utf-8")
    with speaking("nl", [tmp_path]):
        assert (_("Owner"), _("Stages"), formats.number(0.5)) == ("Eigenaar", "Stages", "0,5")
    with speaking("de", [tmp_path]):
        assert (_("Owner"), _("Stages")) == ("Zuständig", "Phasen")


@pytest.mark.parametrize(("text", "reason"), [
    ('msgid "at %(stage)s"\nmsgstr "bij %(fase)s"\n', "nothing to put in place of"),
    ('msgid "at %(stage)s"\nmsgstr "50 % %(stage)s"\n', "percent sign"),
    ("nonsense\n", "cannot be read"),
])
def test_a_catalogue_that_cannot_be_used_is_named(tmp_path: Path, text: str, reason: str) -> None:
    """A slip in a team's catalogue stops the build with the file, the reason and the next step."""
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "nl.po").write_text(text, "utf-8")
    with pytest.raises(JourneybookError, match=reason) as caught:
        speech("nl", [tmp_path])
    assert "nl.po" in caught.value.message
    assert caught.value.help


def test_without_words_the_site_is_english_and_says_so(tmp_path: Path) -> None:
    """A language without a catalogue is no fault: the build tells how to add one."""
    root = project(tmp_path, {"atlas.yml": "title: A\n", "buy.yml": JOURNEY})
    book = in_language(root, "fr")
    assert "locale/fr.po" in book.remark
    assert "Stage by stage" in next(page.html for page in book.pages if page.uri == "journeys/buy/")
    assert in_language(root, "de").remark == ""


@pytest.mark.parametrize(("written", "close"), [("German", "`de`"), ("deutsch", "`de`"), ("xx-nope", "`pt-BR`")])
def test_a_language_that_does_not_exist_is_a_problem(tmp_path: Path, written: str, close: str) -> None:
    """``language:`` takes a tag; for a name the next step is its tag."""
    write(tmp_path, {"atlas.yml": f"title: A\nlanguage: {written}\n", "buy.yml": JOURNEY})
    problem = next(problem for problem in problems_of(tmp_path) if problem.check == "value-choice")
    assert problem.message == f"there is no language `{written}`"
    assert close in problem.help
