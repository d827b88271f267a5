"""The same maps on other hosts: a fork that stands in for MkDocs, and generators that run no plugin."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import test_site
from journeybook.adapters.stubs.block import block
from support_site import DOT, JOURNEY, Site, built_by_zensical, copy_of, process, project, run, site, tree

SAME = [name for name in vars(test_site) if name.startswith("test_") and not name.endswith("can_be_found")]
GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')


def test_properdocs_builds_the_same_site(tmp_path: Path) -> None:
    """The plugin, unchanged, under ProperDocs: every file of the demo has MkDocs' bytes, but for who made it."""
    if find_spec("properdocs") is None:
        pytest.skip("properdocs is not installed")
    folder = copy_of("tallybird", tmp_path)
    done = process(folder, "properdocs", "build", "-q")
    assert done.returncode == 0, done.stderr
    theirs, ours = ({name: GENERATOR.sub(b"", content) for name, content in tree(built.folder).items()}
                    for built in (Site(folder), site("tallybird")))
    assert [name for name in sorted({*theirs, *ours}) if theirs.get(name) != ours.get(name)] == []
    assert b"ProperDocs" in (folder / "site" / "index.html").read_bytes()
    assert Site(folder).dead_links() == []


@pytest.fixture
def zensical() -> Site:
    """The demo as stubs, built by Zensical."""
    if find_spec("zensical") is None:
        pytest.skip("zensical is not installed")
    return built_by_zensical("tallybird")


@pytest.mark.parametrize("name", SAME)
def test_zensicals_site_passes_the_tests_of_ours(zensical: Site, name: str) -> None:
    """What is held of the published demo, content, links, anchors and edit links, is held of Zensical's as well."""
    getattr(test_site, name)(zensical)


def test_zensicals_search_finds_every_stage(zensical: Site) -> None:
    """Zensical makes its own index: it leads to each stage by its title."""
    records = {record["location"]: record for record in json.loads(
        (zensical.folder / "search.json").read_text("utf-8"))["items"]}
    for key, stage in zensical.book.atlas.stages.items():
        assert stage.title.split()[0] in records[f"journeys/{key.journey}/#stage-{key.stage}"]["title"], key


def test_zensicals_site_has_the_pages_of_ours(zensical: Site) -> None:
    """The same addresses of pages and data, and the same words on them."""
    theirs, ours = tree(zensical.folder), tree(site("tallybird").folder)
    made = {name for name in ours if not name.startswith(("assets/", "search/", "_headers", "sitemap"))}
    assert made <= theirs.keys()
    for name in sorted(made):
        if not name.endswith(".html"):
            assert theirs[name] == ours[name], name
    for page in zensical.book.pages:
        one, other = (built.page(page.uri).xpath("//div[contains(concat(' ', @class, ' '), ' jb-page ')]")[0]
                      for built in (zensical, site("tallybird")))
        assert one.text_content().split() == other.text_content().split(), page.uri


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_own_pages_come_along(tmp_path: Path, generator: str) -> None:
    """Pages, pictures and navigation of a team lead to where generated pages went; references and maps are in place."""
    if find_spec(generator) is None:
        pytest.skip(f"{generator} is not installed")
    config = DOT + ("nav:\n  - Home: index.md\n  - Notes: [notes/a.md, notes/map.md]\n  - Buy: journeys/buy.md\n"
                    "extra: {build: !ENV [NO_SUCH, 1]}\n")
    folder = project(tmp_path, {
        "buy.yml": JOURNEY, "team.yml": "teams:\n  sales: {name: Sales_and_*more*}\n",
        "notes/a.md": "# A\n\n[one](../journeys/buy.md#stage-look) [two](map.md) [[team:sales]]\n\n"
                      "`[[team:sales]]` [out](https://example.org/a.md)\n\n```\n[[team:nobody]]\n```\n",
        "notes/map.md": "# Map\n\n[back](a.md)\n\n<!-- journeybook: buy#canvas -->\n\nAfter.\n"}, config)
    (folder / "maps" / "notes" / "b.txt").write_text("kept", "utf-8")
    exported = run(folder, "export", "stubs", "--out", "out")
    assert (exported.exit_code, exported.stderr) == (0, "")
    words = ("build", "--strict")
    done = process(folder / "out", generator, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    built = Site(folder / "out")
    assert built.dead_links() == []
    links = built.page("notes/a/").xpath("//article//p/a")
    assert [link.text_content() for link in links] == ["one", "two", "Sales_and_*more*", "out"]
    assert "[[team:sales]]" in built.page("notes/a/").xpath("string(//article//p//code)")
    assert "[[team:nobody]]" in built.page("notes/a/").xpath("string(//article//pre)")
    shown = built.page("notes/map/")
    assert shown.xpath("//table[@class='jb-table']") and shown.xpath("//article//p[.='After.']")
    assert (built.folder / "notes" / "b.txt").read_text("utf-8") == "kept"


def test_references_of_own_pages_are_checked(tmp_path: Path) -> None:
    """What leads nowhere is told with its page when stubs are written."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "a.md": "[[journey:by]] <!-- journeybook: nobody#canvas -->\n"})
    said = run(folder, "export", "stubs", "--out", "out").stderr
    assert "a.md: `[[journey:by]]`: there is no journey `by`" in said
    assert "a.md: `journeybook: nobody#canvas`: there is no journey `nobody`" in said


def test_a_second_export_takes_away_what_is_gone(tmp_path: Path) -> None:
    """Stubs of what no longer exists go, everything else in the folder stays, and folders of others are left alone."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "sell.yml": JOURNEY.replace("Buy", "Sell")})
    assert run(folder, "export", "stubs", "--out", "out").exit_code == 0
    (folder / "out" / "docs" / "by-hand.md").write_text("# Mine\n", "utf-8")
    (folder / "maps" / "sell.yml").unlink()
    assert run(folder, "export", "stubs", "--out", "out").exit_code == 0
    left = tree(folder / "out")
    assert "docs/journeys/buy/index.md" in left and "docs/by-hand.md" in left
    assert not [name for name in left if "sell" in name]
    (folder / "other").mkdir()
    (folder / "other" / "mkdocs.yml").write_text("site_name: Other\n", "utf-8")
    refused = run(folder, "export", "stubs", "--out", "other")
    assert refused.exit_code == 2 and "holds files that no export of stubs wrote" in refused.stderr
    for place in ("maps/out", ".", "maps"):
        assert run(folder, "export", "stubs", "--out", place).exit_code == 2, place
    assert run(folder, "export", "stubs", "buy", "--out", "out").exit_code == 2


def test_stubs_of_broken_maps_are_refused(tmp_path: Path) -> None:
    """As a build would, and nothing is written."""
    folder = project(tmp_path, {"sell.yml": JOURNEY, "buy.yml": "title: Buy\nowner: [sales\nstages: [Look]\n"})
    refused = run(folder, "export", "stubs", "--out", "out")
    assert refused.exit_code == 2 and "cannot be published" in refused.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize("text", [
    "<div>\n\n<p>a</p>\n \n<pre>x\n\n\ny</pre>\n\n</div>", "<p>{{ config }} {% raw %}</p>", "<p>\n```\n~~~~ x\n</p>"])
def test_a_block_is_read_by_nobody(text: str) -> None:
    """No blank line, brace or fence is left for Markdown or templates, and a reader sees the same."""
    import markdown
    from lxml import html
    from markdown_it import MarkdownIt

    made = block(text)
    assert "\n\n" not in made and not re.search(r"[{}]|^\s*(```|~~~)", made, re.MULTILINE)
    wanted = html.fromstring(f"<div>{text}</div>").text_content()
    for read in (markdown.markdown(f"{made}\n", extensions=["pymdownx.superfences"]),
                 MarkdownIt("commonmark").render(f"{made}\n")):
        assert html.fromstring(read).text_content().split() == wanted.split()
        assert "<code" not in read
    assert html.fromstring(made).xpath("string(//pre)") == html.fromstring(f"<div>{text}</div>").xpath("string(//pre)")
