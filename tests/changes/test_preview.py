"""A preview marks what differs from a revision: on cards, stages and cells, and in a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from changes.repositories import commit, git, repository, write
from changes.samples import ATLAS, BUY, EDITS, LIVE, edited, read
from journeybook.changes import compare
from journeybook.changes.entities import Preview
from journeybook.views.lanes import LANES
from journeybook.views.marks import marks_of
from support_site import DOT, Site, run

GIFT = "title: Give it away\nowner: sales\nstages: [Think, Give]\n"


def words(node: html.HtmlElement) -> str:
    """What a reader reads."""
    return " ".join(node.text_content().split())


def marked(site: Site, journey: str) -> dict[str, set[str]]:
    """Stage id → lanes whose cell says that it changed, and "head" with the mark of its column."""
    page = site.page(f"journeys/{journey}/")
    columns = [str(th.get("id")).removeprefix("col-") for th in page.xpath("//tr[@class='jb-stages']/th")]
    found: dict[str, set[str]] = {}
    for place, ident in enumerate(columns):
        head = page.xpath("//tr[@class='jb-stages']/th")[place]
        found[ident] = {f"head: {words(tag)}" for tag in head.xpath(".//span[contains(@class, 'jb-tag')]")}
        for row in page.xpath("//tr[@data-lane]"):
            if row.xpath("td")[place].xpath("span[contains(@class, 'jb-tag')][normalize-space()='Changed']"):
                found[ident].add(row.get("data-lane"))
    return found


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    """A repository whose branch is one commit ahead of its main."""
    return repository(tmp_path / "atlas")


def preview(folder: Path, *more: str) -> Site:
    """The preview of what lies on the disk, compared with the main branch."""
    done = run(folder, "build", "-q", "--compare-to", "main", *more)
    assert done.exit_code == 0, done.stderr
    return Site(folder)


def test_what_changed_is_marked_where_it_stands(atlas: Path) -> None:
    """A new score, a new stage and a new journey carry marks; what is as it was carries none."""
    files = edited("a stage's emotion")
    files[BUY] = edited("add a stage")[BUY].replace("Measures the house", "Measures it all")
    write(atlas, {**files, "journeys/gift.yml": GIFT})
    site = preview(atlas)
    assert marked(site, "live-with-it") == {
        "install": {"head: Changed", "emotion"}, "first-evening": set(), "first-winter": set()}
    assert marked(site, "buy") == {"notice": set(), "compare": set(), "visit": {"head: Changed", "steps"},
                                   "sleep-on-it": {"head: New"}, "sign": set()}
    assert set().union(*marked(site, "gift").values()) == set()  # all of it is new
    cards = {words(card.xpath(".//h4")[0]): words(card.xpath(".//p[@class='f']/span")[0])
             for card in site.page("").xpath("//li[contains(@class, 'jb-jc')]")}
    assert cards == {
        "Choose a heat pump": "Changed", "Live with it": "Changed", "Give it away": "New"}
    assert "Changed What changed" in words(site.page("journeys/buy/").xpath("//dl[contains(@class, 'jb-facts')]")[0])
    assert site.dead_links() == []


def test_the_changes_page_lists_it(atlas: Path) -> None:
    """In the words of `diff`, with what it was compared to, above the history; home leads there."""
    write(atlas, edited("break a promise"))
    site = preview(atlas)
    page = words(site.page("changes/").xpath("//article")[0])
    assert page.index("In this preview Compared with main.") < page.index("is now broken") < page.index("First maps")
    (link,) = site.page("").xpath("//a[contains(@href, '#preview')]")
    assert words(link) == "This preview: 2 changes since main"


def test_a_journey_that_is_gone_is_told_without_a_link(atlas: Path) -> None:
    """It has no page any more."""
    files = {path: text for path, text in ATLAS.items() if path != LIVE}
    write(atlas, files)
    site = preview(atlas, "--keep-going")
    (heading,) = (h for h in site.page("changes/").xpath("//h3") if words(h) == "Live with it")
    assert heading.xpath(".//a") == []
    assert site.dead_links() == []


def test_without_a_change_or_without_asking_nothing_is_marked(atlas: Path) -> None:
    """Layout is no change; a build as usual has no marks, whatever changed."""
    write(atlas, edited("comments, layout and order of keys"))
    site = preview(atlas)
    assert "Compared with main. Nothing changes in what the maps say." in words(site.page("changes/"))
    write(atlas, edited("a stage's emotion"))
    assert run(atlas, "build", "-q").exit_code == 0
    site = Site(atlas)
    assert not any("#preview" in str(link) for page in site.pages.values() for link in page.xpath("//@href"))
    assert set().union(*marked(site, "live-with-it").values()) == set()


def test_a_preview_needs_no_history(atlas: Path) -> None:
    """With `history: false` the changes page has the preview alone; a commit is named by a part of its id."""
    (atlas / "mkdocs.yml").write_text(DOT.replace("journeybook]", "{journeybook: {history: false}}]"), "utf-8")
    base = git(atlas, "rev-parse", "HEAD")
    write(atlas, edited("another target"))
    commit(atlas, "Higher")
    done = run(atlas, "build", "-q", "--compare-to", base)
    assert done.exit_code == 0, done.stderr
    page = words(Site(atlas).page("changes/").xpath("//article")[0])
    assert f"Compared with {base[:12]}." in page
    assert "target 40 → 55" in page
    assert "First maps" not in page


def test_a_revision_that_is_not_there_stops_the_build(atlas: Path) -> None:
    """The message names it, and the old site stays."""
    assert run(atlas, "build", "-q").exit_code == 0
    before = (atlas / "site" / "index.html").read_bytes()
    done = run(atlas, "build", "-q", "--compare-to", "--upload-pack=touch pwned")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Git knows no revision `--upload-pack=touch pwned`" in done.stderr
    assert (atlas / "site" / "index.html").read_bytes() == before
    assert not list(atlas.rglob("pwned"))


@pytest.mark.parametrize("name", EDITS)
def test_marks_lie_on_the_canvas(name: str) -> None:
    """Whatever is edited: marks are of journeys and stages that there are, and of lanes that there are."""
    after = read(edited(name))
    marks = marks_of(Preview("main", compare(read(ATLAS), after).groups))
    stages = {(key.journey, key.stage) for key in after.atlas.stages}
    assert marks.journeys.keys() <= after.atlas.journeys.keys()
    assert marks.cells.keys() == marks.stages.keys() <= stages
    assert set().union(*marks.cells.values()) <= {key for key, *_ in LANES}
