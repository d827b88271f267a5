"""Several atlases in one site: each with its own ids below a place of its own, one search, one look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support_site import JOURNEY, Site, picture, run

CONFIG = """\
site_name: The group
site_url: https://group.example/
docs_dir: docs
theme: {name: material, font: false, features: [navigation.tabs, navigation.path, content.action.edit]}
edit_uri: https://git.example/edit/main/docs/
plugins:
  - search
  - journeybook: {atlas: maps/retail, at: retail}
  - journeybook: {atlas: maps/care, at: care}
nav:
  - Welcome: index.md
  - Retail: [retail/index.md, retail/journeys/index.md]
  - Care: [care/index.md, care/journeys/index.md]
"""
LONG = "title: Help\nowner: desk\nstages:\n" + "".join(f"  - Stage {number}\n" for number in range(1, 10))
FILES = {
    "docs/index.md": "# Welcome\n\n[[journey:help]], [[retail/journey:buy]], [[team:till]], "
                     "[all](care/journeys/index.md)\n\n<!-- journeybook: help#canvas -->\n",
    "maps/retail/atlas.yml": "title: Retail\n", "maps/care/atlas.yml": "title: Care\n",
    "maps/retail/buy.yml": JOURNEY.replace("owner: sales", "owner: till"),
    "maps/retail/lists.yml": "teams:\n  till: {name: The till}\n",
    "maps/care/buy.yml": JOURNEY.replace("owner: sales", "owner: desk").replace("Buy", "Buy again"),
    "maps/care/help.yml": LONG,
    "maps/care/lists.yml": "teams:\n  desk: {name: The desk}\n"
                           "personas:\n  ada: {name: Ada, photo: ada.png, alt: Ada}\n",
}


def group(folder: Path, **others: str) -> Path:
    """A project of two atlases."""
    for name, text in ({"mkdocs.yml": CONFIG} | FILES | others).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "maps" / "care" / "ada.png").write_bytes(picture())
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The two, built without a warning."""
    folder = group(tmp_path_factory.mktemp("group"))
    built = run(folder, "build")
    assert built.exit_code == 0, built.stderr
    assert "3 journeys in 7 files" in built.stdout + built.stderr
    assert "WARNING" not in built.stderr
    return Site(folder)


def test_each_stands_at_its_place(site: Site) -> None:
    """Both have all pages, the same id twice is no clash, and every link leads somewhere."""
    assert site.dead_links() == []
    for at in ("retail", "care"):
        assert {f"{at}/{page}index.html" for page in ("", "journeys/", "journeys/buy/", "people/", "promises/")} <= set(
            site.pages)
        assert (site.folder / at / "api" / "v1" / "journeys" / "buy.json").is_file()
    assert site.page("care/journeys/buy/").xpath("string(//h1)").strip() == "Buy again"
    assert (site.folder / "care" / "ada.png").read_bytes() == picture()
    assert "journeys/index.html" not in site.pages


def test_a_site_without_a_page_at_the_top_is_built_again(tmp_path: Path) -> None:
    """Where every atlas has its own place and nobody wrote a first page, the second build knows the site as ours."""
    folder = group(tmp_path, **{"mkdocs.yml": CONFIG.replace("  - Welcome: index.md\n", "")})
    (folder / "docs" / "index.md").unlink()
    for _ in range(2):
        built = run(folder, "build", "--quiet")
        assert built.exit_code == 0, built.stderr
    assert not (folder / "site" / "index.html").exists()


def test_pages_know_their_own_atlas(site: Site) -> None:
    """Tab, edit link and lists of a page are those of its atlas."""
    page = site.page("care/journeys/buy/")
    active = page.xpath("//li[contains(@class, 'md-tabs__item--active')]")
    assert [" ".join(tab.text_content().split()) for tab in active] == ["Care"]
    assert "https://git.example/edit/main/maps/care/buy.yml" in {
        str(a).partition("#")[0] for a in page.xpath("//a/@href")}
    assert "The till" not in site.page("care/people/").text_content()
    assert "The desk" in site.page("care/people/").text_content()


def test_pages_of_one_tab_lead_to_each_other(site: Site) -> None:
    """Where a tab holds several pages, each of its pages has a list of them, in which it is no link itself."""
    links = {uri: [(link.text_content(), link.get("href")) for link in site.page(uri).xpath(
        "//div[contains(@class, 'jb-page')]/nav[@aria-label='Care']//*[self::a or self::b]")] for uri in (
        "care/", "care/journeys/buy/")}
    assert links == {"care/": [("Home", None), ("Journeys", "journeys/")],
                     "care/journeys/buy/": [("Home", "../../"), ("Journeys", "../")]}


def test_one_look_serves_both(site: Site) -> None:
    """The stylesheet has rules for as many stages as the larger of the two needs, and both ask for the same file."""
    look = (site.folder / "assets" / "journeybook" / "journeybook.css").read_text("utf-8")
    assert ".jb-n9>" in look and ".jb-n10>" not in look
    for uri in ("retail/", "care/journeys/help/"):
        (asked,) = site.page(uri).xpath("//link[contains(@href, 'journeybook.css')]/@href")
        assert (site.folder / uri / str(asked)).resolve() == site.folder / "assets" / "journeybook" / "journeybook.css"


def test_one_search_finds_both(site: Site) -> None:
    """One index leads to the stages of each."""
    index = json.loads((site.folder / "search" / "search_index.json").read_text("utf-8"))
    places = [record["location"] for record in index["docs"]]
    assert len(places) == len(set(places))
    assert {"retail/journeys/buy/#stage-look", "care/journeys/buy/#stage-look", "care/"} <= set(places)


def test_own_pages_refer_to_either(site: Site) -> None:
    """An id that only one atlas has needs no more; one that both have is named with its place."""
    links = {link.text_content(): str(link.get("href")) for link in site.page("").xpath("//article//p/a")}
    assert links == {"Help": "care/journeys/help/", "Buy": "retail/journeys/buy/", "all": "care/journeys/",
                     "The till": "retail/people/teams/till/"}
    assert site.page("").xpath("//table[@class='jb-table']")


def test_an_ambiguous_reference_is_told(tmp_path: Path) -> None:
    """What both have, and a place that is none, with what to write instead."""
    folder = group(tmp_path, **{
        "docs/a.md": "[[journey:buy]] [[shop/journey:buy]] <!-- journeybook: buy#canvas -->\n"})
    said = run(folder, "build").stderr
    assert "write `[[retail/journey:buy]]` and `[[care/journey:buy]]`" in said
    assert "no maps stand at `shop`; places are retail, care" in said
    assert "write `retail/buy#canvas` or `care/buy#canvas`" in said


def test_commands_ask_which(tmp_path: Path) -> None:
    """`check` at the top checks all of them; other commands want the folder of one, and say so."""
    folder = group(tmp_path)
    (folder / "maps" / "care" / "lists.yml").write_text("teams:\n  desk: {name: [}\n", "utf-8")
    (folder / "maps" / "retail" / "buy.yml").write_text(
        FILES["maps/retail/buy.yml"] + "transitions:\n  - {from: look, to: nowhere}\n", "utf-8")
    said = run(folder, "check")
    assert said.exit_code == 1
    assert "maps/care/lists.yml:2:" in said.stdout and "maps/retail/buy.yml:7:" in said.stdout
    assert "maps/care" not in run(folder, "check", "maps/retail").stdout
    assert "maps/retail" not in run(folder / "maps" / "care", "check").stdout
    asked = run(folder, "show", "buy")
    assert asked.exit_code == 2 and "this site has several atlases: maps/retail, maps/care" in asked.stderr
    assert run(folder / "maps" / "retail", "show", "buy").exit_code == 0
    assert run(folder, "check", "docs").exit_code == 2


@pytest.mark.parametrize(("one", "other", "words"), [
    ("{atlas: maps/retail}", "{atlas: maps/care}", "two atlases stand at the top of the site"),
    ("{atlas: maps/retail, at: x}", "{atlas: maps/care, at: x}", "two atlases stand at `x`: maps/retail and maps/care"),
    ("{atlas: maps}", "{atlas: maps/care, at: care}", "two atlases would both read maps/care"),
    ("{atlas: maps/care, at: A/B}", "{atlas: maps/retail, at: b}", "the option `at` of journeybook cannot be `A/B`"),
])
def test_what_cannot_stand_together_is_refused(tmp_path: Path, one: str, other: str, words: str) -> None:
    """Places and folders are kept apart, in `check` as in a build by either command."""
    config = CONFIG.replace("{atlas: maps/retail, at: retail}", one).replace("{atlas: maps/care, at: care}", other)
    folder = group(tmp_path, **{"mkdocs.yml": config})
    for command in ("check", "build"):
        said = run(folder, command)
        assert said.exit_code == 2 and words in said.stderr, said.stderr
