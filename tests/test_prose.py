"""Maps in a team's own pages, and a site with pages, plugins and templates of its own beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support_site import DOT, Site, project, run

MAPS = {
    "first-year.yml": "title: First <year>\nowner: sales\npersonas: [amira]\nstages:\n  - id: look\n    title: Look\n"
                      "    assets: [guide]\n    metrics: [nps]\n    steps:\n      - title: Reads\n        emotion: 1\n"
                      "  - Buy\ntransitions:\n  - {from: buy, to: look, type: back}\npromises:\n  soon:\n"
                      "    statement: Soon.\n    made_at: look\n",
    "lists.yml": "personas:\n  amira: {name: Amira}\nteams:\n  sales: {name: Sales}\nassets:\n  guide: {title: Guide}\n"
                 "metrics:\n  nps: {name: NPS}\nevidence:\n  talks: {summary: Ten talks}\n"
                 "loops:\n  bank: {signal: Banks fail, from: first-year/look, to: first-year/buy}\n"
                 "opportunities:\n  list: {statement: A list, from: bank}\n",
}
KINDS = ("journey:first-year", "stage:first-year/look", "persona:amira", "team:sales", "asset:guide", "metric:nps",
         "promise:soon", "evidence:talks", "loop:bank", "opportunity:list")


def built(folder: Path, *pages: str, maps: dict[str, str] = MAPS, config: str = DOT) -> tuple[Site, str]:
    """A site with ``notes/a.md`` of these words, and what the build said."""
    project(folder, {**maps, "notes/a.md": "# Notes\n\n" + "\n\n".join(pages) + "\n"}, config)
    result = run(folder, "build")
    assert result.exit_code == 0, result.stderr
    return Site(folder), result.stdout + result.stderr


@pytest.mark.parametrize("addresses", ["", "use_directory_urls: false\n"], ids=["folders", "files"])
def test_every_kind_of_record_can_be_linked_to(tmp_path: Path, addresses: str) -> None:
    """Each reference becomes a link with the record's words, which leads to its place."""
    found, said = built(tmp_path, *(f"See [[{kind}]]." for kind in KINDS), config=DOT + addresses)
    page = found.pages["notes/a.html" if addresses else "notes/a/index.html"]
    links = page.xpath("//article//p/a")
    assert [link.text_content() for link in links] == [
        "First <year>", "Look", "Amira", "Sales", "Guide", "NPS", "Soon.", "Ten talks", "Banks fail", "A list"]
    assert [fault for fault in found.dead_links() if fault.startswith("notes/")] == []
    assert "[[" not in page.xpath("string(//article)") and "notes/a.md" not in said


def test_a_reference_can_have_words_of_its_own(tmp_path: Path) -> None:
    """What stands after the bar is shown; what stands in code is left alone."""
    page = built(tmp_path, "[[journey:first-year|our first year]] `[[journey:first-year]]`",
                 "    [[journey:nobody]]")[0].page("notes/a/")
    assert [link.text_content() for link in page.xpath("//article//p/a")] == ["our first year"]
    assert page.xpath("string(//article//p//code)") == "[[journey:first-year]]"
    assert "[[journey:nobody]]" in page.xpath("string(//article//pre)")


def test_an_id_of_before_still_leads_to_its_record(tmp_path: Path) -> None:
    """Pages that name a record by an id it had before link to it, its stages too, and show its maps."""
    maps = {"first-year.yml": MAPS["first-year.yml"].replace("owner:", "formerly: [year-one]\nowner:"),
            "lists.yml": MAPS["lists.yml"].replace("{name: Amira}", "{name: Amira, formerly: [maya]}")}
    found, said = built(tmp_path, "[[journey:year-one]] [[stage:year-one/look]] [[persona:maya]]",
                        "<!-- journeybook: year-one#diagram -->", maps=maps)
    page = found.page("notes/a/")
    assert [(link.text_content(), link.get("href")) for link in page.xpath("//article//p/a")] == [
        ("First <year>", "../../journeys/first-year/"), ("Look", "../../journeys/first-year/#stage-look"),
        ("Amira", "../../people/personas/amira/")]
    assert page.xpath("//svg[@class='jb-graph']") and "notes/a.md" not in said


@pytest.mark.parametrize(("words", "said"), [
    ("[[journey:frist-year]]", "there is no journey `frist-year`; did you mean `first-year`?"),
    ("[[jurney:first-year]]", "there is no kind `jurney`"),
    ("<!-- journeybook: frist-year#canvas -->", "there is no journey `frist-year`; did you mean `first-year`?"),
    ("<!-- journeybook: first-year#curve -->", "`curve` cannot be shown here; write one of canvas, diagram"),
    ("<!-- journeybook: first-year#canvas -->\n\n<!-- journeybook: first-year#diagram -->", "a page can show one map"),
])
def test_what_leads_nowhere_is_told(tmp_path: Path, words: str, said: str) -> None:
    """A wrong reference is named with its file and the next step, stays as it is, and a strict build refuses."""
    found, printed = built(tmp_path, words)
    assert said in printed and "notes/a.md: " in printed
    if words.startswith("[["):
        assert words in found.page("notes/a/").xpath("string(//article)")
    strict = run(tmp_path, "build", "--strict")
    assert strict.exit_code == 1


@pytest.mark.parametrize(("part", "wanted"), [
    ("canvas", "//table[@class='jb-table']"), ("diagram", "//svg[@class='jb-graph']")])
def test_a_map_can_be_shown_on_any_page(tmp_path: Path, part: str, wanted: str) -> None:
    """Canvas or diagram stand between the words, their links lead on from there, and search does not find it twice."""
    found, _ = built(tmp_path, "Before.", f"<!-- journeybook: first-year#{part} -->", "After.")
    page = found.page("notes/a/")
    text = (found.folder / "notes" / "a" / "index.html").read_text("utf-8")
    assert all(text.count(f"<{name}") == text.count(f"</{name}>") for name in ("section", "div", "table"))
    assert page.xpath(wanted) and page.xpath("//p[.='Before.']") and page.xpath("//p[.='After.']")
    assert [fault for fault in found.dead_links() if fault.startswith("notes/")] == []
    records = json.loads((found.folder / "search" / "search_index.json").read_text("utf-8"))["docs"]
    assert not any("Reads" in record["text"] for record in records if record["location"].startswith("notes/"))


def test_words_of_a_record_stay_words(tmp_path: Path) -> None:
    """A title with angle brackets is no element on somebody's page."""
    page = built(tmp_path, "[[journey:first-year]]")[0].page("notes/a/")
    assert page.xpath("//article//year") == [] and page.xpath("string(//article//p/a)") == "First <year>"


def test_rows_of_a_divided_register_are_found(tmp_path: Path) -> None:
    """Where a long list is divided into pages, a reference leads to the page on which the row stands."""
    assets = "".join(f"  a{n}: {{title: Asset {n}, owner: sales}}\n" for n in range(60))
    found, said = built(tmp_path, "[[asset:a1]] [[asset:a59]]", maps={
        "buy.yml": "title: Buy\nowner: sales\nstages: [Look]\n",
        "lists.yml": f"teams:\n  sales: {{name: Sales}}\nassets:\n{assets}"},
        config=DOT.replace("journeybook]", "{journeybook: {register_rows: 10}}]"))
    links = [str(link) for link in found.page("notes/a/").xpath("//article//p/a/@href")]
    assert len(links) == 2 and "../../library/content/#asset-a59" not in links
    assert "notes/a.md" not in said
    assert [fault for fault in found.dead_links() if fault.startswith("notes/")] == []
