"""Registers too long for one page: nothing is lost or told twice, and whatever leads to a row lands where it stands."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bench.atlas import make_firm, write_atlas

from journeybook.book import Book, build_book
from journeybook.page import Page
from journeybook.settings import Settings
from support import TODAY
from support_views import page, words

ICONS = Path(__file__).parent / "no-icons-here"


@pytest.fixture(scope="module")
def whole_and_divided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Book]:
    """A firm of twelve journeys, with registers as they are and with six rows a page."""
    folder = tmp_path_factory.mktemp("firm")
    write_atlas(make_firm(12, 1, dense=True), folder)
    settings = Settings(folder, folder / "maps", today=TODAY, register_rows=100_000, engine="none")
    return build_book(settings, ICONS), build_book(replace(settings, register_rows=6), ICONS)


def rows_of(page: Page) -> list[str]:
    """The rows of a page that have a place of their own."""
    return sorted(filter(re.compile("(promise|handoff|asset|evidence|loop|opportunity)-").match, page.anchors))


def test_divided_registers_lose_nothing(whole_and_divided: tuple[Book, Book]) -> None:
    """Each row stands on exactly one page of a part, once; what a part has not, its register's own page never had."""
    whole, divided = whole_and_divided
    for uri in ("promises/", "library/content/", "library/opportunities/", "library/evidence/"):
        wanted = rows_of(next(page for page in whole.pages if page.uri == uri))
        parts = [page for page in divided.pages if page.uri.startswith(uri) and page.uri != uri
                 and not page.uri.startswith("promises/handoffs/")]
        own = rows_of(next(page for page in divided.pages if page.uri == uri))
        assert len(wanted) > len(own) > 0
        there = Counter(anchor for page in parts for anchor in rows_of(page))
        assert set(there) | set(own) == set(wanted)
        assert set(there.values()) == {1}
        searched = [anchor for page in divided.pages if page.uri.startswith(uri) for anchor, *_ in page.search]
        assert len(searched) == len(set(searched)) >= len(
            next(page for page in whole.pages if page.uri == uri).search)


def test_links_land_where_rows_stand(whole_and_divided: tuple[Book, Book]) -> None:
    """No link of a divided site leads nowhere, and no two pages share an address."""
    divided = whole_and_divided[1]
    assert list(divided.dangling()) == []
    assert len({page.uri for page in divided.pages}) == len(divided.pages) > 100
    journeys = page(divided, "journeys/")
    assert journeys.xpath("//nav/ul/li/a/@href")
    assert "of 12 are here" in words(journeys)


OWNED = {"content": ("asset", "assets_of_team"), "metrics": ("metric", "metrics_of_team"),
         "given": ("promise", "promises_of_team"), "loops": ("loop", "loops_of_team"),
         "opportunities": ("opportunity", "opportunities_of_team")}


@pytest.mark.parametrize("heading", OWNED)
def test_what_a_team_has_much_of_stands_in_the_register(whole_and_divided: tuple[Book, Book], heading: str) -> None:
    """The team's page has no copy of it but a link, which leads to the pages of the register that have all of it."""
    divided = whole_and_divided[1]
    kind, back = OWNED[heading]
    followed = 0
    for team, records in getattr(divided.atlas, back).items():
        uri = f"people/teams/{team}/"
        note = f"//h2[@id='{heading}']/following-sibling::*[1][@class='jb-note']"
        for href in page(divided, uri).xpath(f"{note}/a/@href"):
            place = urljoin(f"https://x/{uri}", href).removeprefix("https://x/")
            there = {anchor for found in divided.pages if found.uri.startswith(place) for anchor in found.anchors}
            assert {f"{kind}-{record.id}" for record in records} <= there
            followed += 1
    assert followed
    assert not [found.uri for found in divided.pages if re.search(rf"people/teams/.*/{heading}-", found.uri)]


@pytest.mark.parametrize(("journeys", "rows"), [(12, 6), (12, 30), (60, 120)])
def test_a_team_leads_only_to_registers_that_show_its_rows(tmp_path: Path, journeys: int, rows: int) -> None:
    """Whatever is long: a register that is divided has a page of that team, any other a bar that knows the team. Where
    neither is so, the team's page has all rows.
    """
    write_atlas(make_firm(journeys, 1), tmp_path)
    settings = Settings(tmp_path, tmp_path / "maps", today=TODAY, register_rows=rows, engine="none")
    divided = build_book(settings, ICONS)
    by_uri = {found.uri: found for found in divided.pages}
    followed = Counter[str]()
    for team in divided.atlas.teams:
        uri = f"people/teams/{team}/"
        for href in page(divided, uri).xpath("//*[contains(., 'are here')]/a/@href"):
            place, _mark, query = urljoin(f"https://x/{uri}", href).removeprefix("https://x/").partition("?")
            if query:
                choices = page(divided, place).xpath("//select[@name='owner']/option/@value")
                assert query == f"owner={team}" and team in choices, (uri, href)
            else:
                assert place.partition("#")[0] in by_uri
            followed["bar" if query else "page"] += 1
        numbers = [words(link) for link in page(divided, uri).xpath("//nav[@class='jb-jump']/ul/li[last()=1]/a")]
        assert not any(map(str.isdigit, numbers)), uri  # the only page needs none
    assert followed


def test_no_page_has_more_problems_than_fit(tmp_path: Path) -> None:
    """A team that owns everything has its problems on several pages, each once."""
    write_atlas(make_firm(60, 1), tmp_path)
    for file in (tmp_path / "maps" / "journeys").rglob("*.yml"):
        file.write_text(re.sub(r"(?m)^owner: .*", "owner: team-1", file.read_text("utf-8")), "utf-8")
    settings = Settings(tmp_path, tmp_path / "maps", today=TODAY, register_rows=9, engine="none")
    divided = build_book(settings, ICONS)
    shown = Counter({found.uri: len(page(divided, found.uri).find_class("jb-prob")) for found in divided.pages
                     if found.uri.startswith("health/owner-team-1/")})
    own = len(page(divided, "health/").find_class("jb-prob"))
    assert len(shown) > 1 and max(shown.values()) <= 9 / 0.45
    assert 0 < own <= 9 / 3 / 0.45
    assert f"{own} of " in words(page(divided, "health/"))
    team = page(divided, "people/teams/team-1/")
    assert f"of {sum(shown.values())} are here" in words(team)


def test_content_is_found_by_who_it_is_for(whole_and_divided: tuple[Book, Book]) -> None:
    """What is for a persona is counted, filtered and linked from their page as the atlas has it."""
    whole, divided = whole_and_divided
    atlas = divided.atlas
    files = {place: content for each in divided.pages for place, content in each.files}
    entries = json.loads(files["library/content/rows.json"])
    rows = page(whole, "library/content/").xpath("//tr[@data-for]")
    for persona, assets in atlas.assets_of_persona.items():
        assert sum(persona in row.get("data-for").split() for row in rows) == len(assets)
        assert sum(persona in keys.get("for", "").split() for *_, keys in entries) == len(assets)
        choice = page(whole, "library/content/").xpath(f"//select[@name='for']/option[@value='{persona}']")
        assert words(choice[0]) == f"{atlas.personas[persona].spec.name} ({len(assets)})"
        links = page(divided, f"people/personas/{persona}/").xpath("//h2[@id='content']/following::a/@href")
        assert len(assets) <= 2 or f"../../../library/content/?for={persona}" in links


def test_a_bar_finds_rows_of_all_pages(whole_and_divided: tuple[Book, Book]) -> None:
    """The list for the bar has every row with its values, and each of its places exists."""
    divided = whole_and_divided[1]
    anchors = {page.uri: page.anchors for page in divided.pages}
    files = {place: content for each in divided.pages for place, content in each.files}
    for place, count in (("journeys/cards.json", 12), ("library/content/rows.json", len(divided.atlas.assets))):
        entries = json.loads(files[place])
        assert len(entries) == count
        for to, title, _note, keys in entries:
            uri, _mark, anchor = f"{place.rpartition('/')[0]}/{to}".partition("#")
            assert title
            assert keys["owner"]
            assert uri in anchors
            assert anchor in anchors[uri] if place.startswith("library") else not anchor
