"""The plugin among a team's own settings, pages, templates and other plugins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from journeybook.adapters.mkdocs import JourneybookConfig
from journeybook.adapters.project import OPTIONS
from support_site import DOT, JOURNEY, Site, copy_of, picture, process, project, run, tree

TEAMS = "teams:\n  sales: { name: Sales }\npersonas:\n  ada: { name: Ada }\n"


def built(folder: Path) -> Site:
    """The project, built through the host without a warning."""
    done = run(folder, "build", "--quiet")
    assert (done.exit_code, done.stderr) == (0, ""), done.stderr
    return Site(folder)


def words(page: html.HtmlElement) -> str:
    return " ".join(page.xpath("//article")[0].text_content().split())


def test_the_options_are_the_documented_ones() -> None:
    """What the host takes and what `check` takes under `- journeybook:` is the same list."""
    assert {name for name, _ in JourneybookConfig()._schema} == set(OPTIONS)


def test_a_teams_own_pages(tmp_path: Path) -> None:
    """Markdown pages stand beside the generated ones, and links and anchors between them are checked and work."""
    folder = project(tmp_path, {
        "buy.yml": JOURNEY, "teams.yml": TEAMS,
        "guide/how-we-work.md": "# How we work\n\nSee [our first journey](../journeys/buy.md#stage-look) and "
                                "[the people](../people/index.md).\n",
    }, DOT + "nav:\n  - Home: index.md\n  - Guide: guide/how-we-work.md\n  - Journeys: [journeys/index.md]\n"
             "validation: { anchors: warn }\n")
    site = built(folder)
    page = site.page("guide/how-we-work/")
    assert {str(a) for a in page.xpath("//article//a/@href")} >= {"../../journeys/buy/#stage-look", "../../people/"}
    assert site.dead_links() == []
    index = json.loads((folder / "site" / "search" / "search_index.json").read_text("utf-8"))
    places = [record["location"] for record in index["docs"]]
    assert "guide/how-we-work/" in places
    assert "journeys/buy/#stage-look" in places


def test_a_wrong_link_to_our_pages_is_noticed(tmp_path: Path) -> None:
    """A Markdown link to a stage that does not exist is the host's warning."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "note.md": "# Note\n\n[x](journeys/buy.md#stage-gone)\n"},
                     DOT + "validation: { anchors: warn }\n")
    done = process(folder, "mkdocs", "build")
    assert done.returncode == 0
    assert "stage-gone" in done.stderr
    assert "WARNING" in done.stderr


def test_a_teams_own_home_page(tmp_path: Path) -> None:
    """An own index.md stands in place of the generated home; every other page is generated."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "index.md": "# Welcome to our maps\n"})
    site = built(folder)
    assert words(site.page("")).startswith("Welcome to our maps")
    assert "Buy" in words(site.page("journeys/"))
    said = process(folder, "mkdocs", "build").stderr
    assert "index.md stands in place of the generated page" in said
    assert site.dead_links() == []


def test_an_own_page_in_place_of_a_journeys(tmp_path: Path) -> None:
    """A Markdown page with the address of a generated one wins, whatever page it is."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "journeys/buy.md": "# By hand\n"})
    assert words(built(folder).page("journeys/buy/")).startswith("By hand")


def test_addresses_that_name_files(tmp_path: Path) -> None:
    """With `use_directory_urls: false` every link of every page still leads to a file and an anchor."""
    folder = copy_of("clearnest", tmp_path / "firm")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("\nuse_directory_urls: false\n")
    site = built(folder)
    assert (folder / "site" / "people.html").exists() != (folder / "site" / "people" / "index.html").exists()
    assert site.dead_links() == []
    index = json.loads((folder / "site" / "search" / "search_index.json").read_text("utf-8"))
    assert [r["location"] for r in index["docs"] if site.missing("index.html", r["location"] or "./")] == []


def test_the_offline_plugin(tmp_path: Path) -> None:
    """Material's offline plugin gets our records into the index that it writes as a script."""
    folder = project(tmp_path, {"buy.yml": JOURNEY}, DOT.replace("[search, ", "[search, offline, "))
    site = built(folder)
    assert site.dead_links() == []
    script = (folder / "site" / "search" / "search_index.js").read_text("utf-8")
    assert "journeys/buy.html#stage-look" in script


def test_the_tags_plugin(tmp_path: Path) -> None:
    """Material's tags plugin works for a team's own pages and leaves ours alone."""
    folder = project(tmp_path, {
        "buy.yml": JOURNEY, "note.md": "---\ntags: [pricing]\n---\n\n# A note\n",
        "tags.md": "# Tags\n\n<!-- material/tags -->\n"}, DOT.replace("[search, ", "[search, tags, "))
    site = built(folder)
    assert "pricing" in words(site.page("tags/"))
    assert site.dead_links() == []


@pytest.mark.parametrize("order", ["journeybook, search", "search, journeybook", "journeybook"])
def test_any_order_of_plugins(tmp_path: Path, order: str) -> None:
    """Before or after the search plugin, or without it, the site builds with the right index."""
    folder = project(tmp_path, {"buy.yml": JOURNEY}, DOT.replace("search, journeybook", order))
    built(folder)
    index = folder / "site" / "search" / "search_index.json"
    assert index.exists() == ("search" in order)
    if index.exists():
        places = [record["location"] for record in json.loads(index.read_text("utf-8"))["docs"]]
        assert places.count("journeys/buy/#stage-look") == 1
        assert len(places) == len(set(places))


def test_an_own_template(tmp_path: Path) -> None:
    """A template below `custom_dir` is used in place of ours, and the others stay."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "teams.yml": TEAMS},
                     DOT.replace("font: false", "font: false, custom_dir: ours"))
    (folder / "ours" / "templates").mkdir(parents=True)
    (folder / "ours" / "templates" / "people.html").write_text(
        '{% extends "page.html" %}\n'
        '{% block body %}<p>Our {{ view.personas|length }} persona</p>{% endblock %}\n', "utf-8")
    site = built(folder)
    assert words(site.page("people/")).startswith("People")
    assert "Our 1 persona" in words(site.page("people/"))
    assert "Stage by stage" in words(site.page("journeys/buy/"))


def test_an_own_block_and_stylesheet(tmp_path: Path) -> None:
    """`custom_dir` and `extra_css` work as with any Material site; our stylesheet comes before theirs."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "own.css": "a{}"}, DOT.replace(
        "font: false", "font: false, custom_dir: ours") + "extra_css: [own.css]\n")
    (folder / "ours").mkdir()
    (folder / "ours" / "main.html").write_text(
        '{% extends "base.html" %}\n{% block announce %}Draft of the week{% endblock %}\n', "utf-8")
    page = built(folder).page("journeys/buy/")
    assert "Draft of the week" in page.text_content()
    sheets = [str(href) for href in page.xpath("//link[@rel='stylesheet']/@href")]
    assert sheets[-2:] == ["../../assets/journeybook/journeybook.css", "../../own.css"]


@pytest.mark.parametrize(("template", "said"), [
    ("{% block %}", "people.html, line 1"),
    ("\n\n{{ view.no_such_field }}", "people.html, line 3"),
    ('{% extends "nothing.html" %}', "nothing.html"),
], ids=["syntax", "unknown field", "unknown parent"])
def test_a_faulty_template_of_a_teams_own(tmp_path: Path, template: str, said: str) -> None:
    """A template that cannot be drawn is named with its line, and the old site stays: no traceback."""
    folder = project(tmp_path, {"buy.yml": JOURNEY}, DOT.replace("font: false", "font: false, custom_dir: ours"))
    (folder / "ours" / "templates").mkdir(parents=True)
    assert run(folder, "build").exit_code == 0
    before = tree(folder / "site")
    (folder / "ours" / "templates" / "people.html").write_text(template, "utf-8")
    result = run(folder, "build")
    assert result.exit_code == 2
    assert result.stderr.startswith("journeybook: a template cannot be drawn (")
    assert said in result.stderr
    assert "help: correct the template in the folder that `custom_dir:` names" in result.stderr
    assert tree(folder / "site") == before


@pytest.mark.parametrize("place", ["atlas", "maps/inner"], ids=["beside the pages", "below the pages"])
def test_an_atlas_in_a_folder_of_its_own(tmp_path: Path, place: str) -> None:
    """`atlas:` names another folder: its maps, values and pictures are used, its edit links point there."""
    folder = tmp_path / "project"
    atlas = (folder / place).resolve()
    config = DOT.replace("journeybook]", f"{{journeybook: {{atlas: {place} }}}}]")
    project(folder, {"note.md": "# Note\n", "table.csv": "a,b\n1,2\n"},
            config + "edit_uri: https://host.example/edit/main/maps/\n")
    project(tmp_path / "spare", {
        "buy.yml": JOURNEY.replace("  - Look\n", "  - title: Look\n    steps:\n      - title: See it\n"
                                                 "        image: shelf.png\n        alt: A shelf\n"),
        "teams.yml": TEAMS.replace("name: Ada", "name: Ada, photo: ada.png, alt: Ada at work")
        + "metrics:\n  looks: { name: Looks, owner: sales, values: looks.csv }\n",
        "looks.csv": "date,value\n2026-10-31,5\n"})
    atlas.parent.mkdir(exist_ok=True)
    (tmp_path / "spare" / "maps").rename(atlas)
    for name in ("shelf.png", "ada.png"):
        (atlas / name).write_bytes(picture())
    site = built(folder)
    assert "Stage by stage" in words(site.page("journeys/buy/"))
    assert "5" in words(site.page("library/metrics/looks/"))
    assert site.dead_links() == []
    shown = {Path(str(src)).name for page in ("journeys/buy/", "people/personas/ada/")
             for src in site.page(page).xpath("//article//img/@src")}
    published = {path.name for path in (folder / "site").rglob("*.png") if path.name in ("shelf.png", "ada.png")}
    assert shown <= published == {"shelf.png", "ada.png"}
    (edit, *_) = [str(a) for a in site.page("journeys/buy/").xpath("//a[contains(@href, '/edit/')]/@href")]
    assert edit.startswith(f"https://host.example/edit/main/{place}/buy.yml")
    # A table that is no part of the atlas is the team's own, and is published.
    assert (folder / "site" / "table.csv").exists()
    assert [path.relative_to(folder / "site").as_posix() for path in (folder / "site").rglob("looks.csv")] == [
        "data/metrics/looks.csv"]


def test_pictures_of_the_atlas(tmp_path: Path) -> None:
    """Photos of personas and pictures of steps are published, and pages that show them find them."""
    folder = project(tmp_path, {
        "people/teams.yml": TEAMS.replace("name: Ada", "name: Ada, photo: ada lovelace.png, alt: Ada at work"),
        "buy.yml": JOURNEY.replace("  - Look\n", "  - title: Look\n    steps:\n      - title: See it\n"
                                                 "        image: img/shelf.png\n        alt: A shelf\n")})
    (folder / "maps" / "img").mkdir()
    for name in ("people/ada lovelace.png", "img/shelf.png"):
        (folder / "maps" / name).write_bytes(picture())
    site = built(folder)
    assert (folder / "site" / "people" / "ada lovelace.png").is_file()
    assert (folder / "site" / "img" / "shelf.png").is_file()
    assert site.dead_links() == []
    assert list(site.book.dangling()) == []


def test_no_address_no_edit_links(tmp_path: Path) -> None:
    """Without `edit_uri` no page offers to edit."""
    site = built(project(tmp_path, {"buy.yml": JOURNEY, "teams.yml": TEAMS}))
    for page in site.pages.values():
        assert page.xpath("//a[contains(@class, 'jb-edit')]") == []
        assert page.xpath("//a[contains(@class, 'md-content__button')]") == []


@pytest.mark.parametrize(("lines", "expected"), [
    ("repo_url: https://github.com/firm/maps\n", "https://github.com/firm/maps/edit/master/docs/buy.yml"),
    ("repo_url: https://github.com/firm/maps\nedit_uri: edit/main/maps/\n",
     "https://github.com/firm/maps/edit/main/maps/buy.yml"),
    ("repo_url: https://git.firm.example/maps\n", ""),
    ("repo_url: https://github.com/firm/maps\nedit_uri: ''\n", ""),
    ("edit_uri: https://git.firm.example/edit/maps\n", "https://git.firm.example/edit/maps/buy.yml"),
], ids=["github", "branch named", "unknown host", "switched off", "full address"])
def test_edit_links_follow_the_hosts_rules(tmp_path: Path, lines: str, expected: str) -> None:
    """`repo_url` and `edit_uri` mean for our pages what they mean for Markdown pages."""
    site = built(project(tmp_path, {"buy.yml": JOURNEY}, DOT + lines))
    links = [str(a) for a in site.page("journeys/buy/").xpath("//a[contains(@class, 'jb-edit')]/@href")]
    assert {link.split("#")[0] for link in links} == ({expected} if expected else set())


def test_hostile_titles_stay_text(tmp_path: Path) -> None:
    """Titles and descriptions with markup are text everywhere: heading, tab, search, head of the page."""
    hostile = "\"><script>alert(1)</script><b onclick=x>&amp;lt;"
    quoted = "'" + hostile + "'"
    folder = project(tmp_path, {
        "atlas.yml": f"title: {quoted}\ndescription: {quoted}\n",
        "buy.yml": f"title: {quoted}\ndescription: {quoted}\nowner: sales\nstages: [{quoted}]\n",
        "teams.yml": f"teams: {{ sales: {{ name: {quoted} }} }}\npersonas: {{ ada: {{ name: {quoted} }} }}\n"
                     f"metrics: {{ m: {{ name: {quoted}, owner: sales }} }}\n"})
    site = built(folder)
    plain = project(tmp_path / "plain", {
        "atlas.yml": "title: x\n", "buy.yml": "title: x\nowner: sales\nstages: [x]\n",
        "teams.yml": "teams: { sales: { name: x } }\npersonas: { ada: { name: x } }\n"
                     "metrics: { m: { name: x, owner: sales } }\n"})
    other = built(plain)
    for name, page in site.pages.items():
        assert len(page.xpath("//script")) == len(other.pages[name].xpath("//script")), name
        assert page.xpath("//@onclick") == [], name
    page = site.page("journeys/buy/")
    assert page.xpath("string(//h1)").strip() == hostile
    assert page.xpath("string(//title)").strip().startswith(hostile)
    # A description is Markdown, where `&amp;` is a way to write `&`.
    assert page.xpath("string(//meta[@name='description']/@content)") == hostile.replace("&amp;", "&")
    index = json.loads((folder / "site" / "search" / "search_index.json").read_text("utf-8"))
    (record,) = [r for r in index["docs"] if r["location"] == "journeys/buy/"]
    assert "<script>" not in record["text"]


def test_drafts_are_not_published(tmp_path: Path) -> None:
    """YAML in folders that start with an underscore is neither a page nor a file of the site."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "_drafts/sell.yml": JOURNEY, "_drafts/sell.csv": "x\n"})
    site = built(folder)
    assert not (folder / "site" / "journeys" / "sell").exists()
    assert not list((folder / "site").rglob("sell*"))
    assert len(site.book.reading.atlas.journeys) == 1


def test_a_navigation_of_the_hosts_making(tmp_path: Path) -> None:
    """Without `nav:` the host makes one; the site is complete and every link works."""
    site = built(project(tmp_path, {"buy.yml": JOURNEY, "teams.yml": TEAMS}))
    assert site.dead_links() == []
    tabs = " ".join(site.page("").xpath("//nav[contains(@class, 'md-nav--primary')]")[0].text_content().split())
    for word in ("Journeys", "People", "Library"):
        assert word in tabs


def test_a_map_of_nothing_but_four_lines(tmp_path: Path) -> None:
    """The smallest journey there is builds into a page with its stages and their gaps."""
    site = built(project(tmp_path, {"buy.yml": JOURNEY}))
    page = site.page("journeys/buy/")
    headings = page.xpath("//h3[starts-with(@id, 'stage-')]")
    assert [heading.text_content().strip() for heading in headings] == ["1 · Look", "2 · Choose"]
    assert site.dead_links() == []


def test_plain_and_quiet(tmp_path: Path) -> None:
    """`mkdocs build -q`, as many CI files have it, builds without a word."""
    folder = project(tmp_path, {"buy.yml": JOURNEY})
    done = process(folder, "mkdocs", "build", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (folder / "site" / "journeys" / "buy" / "index.html").is_file()


def test_the_plugin_through_a_mapping(tmp_path: Path) -> None:
    """`plugins:` may be a mapping; options are read from it by the host and by `check` alike."""
    folder = project(tmp_path, {"other/buy.yml": JOURNEY}, DOT.replace(
        "[search, journeybook]", "{search: {}, journeybook: {atlas: maps/other, engine: none, cache: false}}"))
    assert "maps/other/buy.yml" in run(folder, "check").stdout
    built(folder)
    assert not (folder / ".cache").exists()
