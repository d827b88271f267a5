"""What docs/customise.md shows, done as it says, in a real build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support_site import CHECKOUT, DOT, Site, project, run

GUIDE = (CHECKOUT / "docs" / "customise.md").read_text("utf-8")
OWN = DOT.replace("font: false", "font: false, custom_dir: our-theme")


def shown(language: str, having: str) -> str:
    """The one example of the guide in this language that contains these words."""
    (found,) = [text for text in re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL) if having in text]
    return str(found)


def built(folder: Path, config: str = DOT) -> Site:
    """A site with the guide's stages and its lane."""
    project(folder, {"buy.yml": "title: Buy\nowner: sales\n" + shown("yaml", "title: Order"),
                     "other.yml": "title: Other\nowner: sales\nstages: [Look]\n",
                     "teams.yml": "teams: { sales: { name: Sales } }\n",
                     "atlas.yml": "title: Ours\n" + shown("yaml", "icon: gavel")}, config)
    result = run(folder, "build")
    assert result.exit_code == 0, result.stderr
    return Site(folder)


def cells(site: Site, uri: str = "journeys/buy/") -> list[str]:
    """The words of the lane's cells."""
    found = site.page(uri).xpath("//tr[@data-lane='x-legal']/td")
    return [" ".join(cell.text_content().split()) for cell in found]


def template(folder: Path, name: str, text: str) -> None:
    path = folder / "our-theme" / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_lane_of_ones_own(tmp_path: Path) -> None:
    """The lane stands below the line of visibility, says what the stages say, can be hidden, and is in the sections."""
    site = built(tmp_path)
    order, delivery = cells(site)
    assert order == "Terms are shown before payment."
    assert "The right of withdrawal runs from today." in delivery
    page = site.page("journeys/buy/")
    assert page.xpath("//tr[@data-lane='x-legal']//strong/text()") == ["seller"]
    assert page.xpath("//tbody[contains(@class, 'jb-unseen')]/tr/@data-lane") == ["x-legal"]
    assert page.xpath("//input[@name='jb-lane']/@value").count("x-legal") == 1
    (section,) = page.xpath("//section[.//*[@id='stage-delivery']]")
    assert "Legal" in section.xpath(".//h4/text()")
    assert "The right of withdrawal" in section.text_content()


def test_a_lane_that_nobody_filled_is_named_as_empty(tmp_path: Path) -> None:
    """A journey without the key has no such row, and its menu says so."""
    site = built(tmp_path)
    assert cells(site, "journeys/other/") == []
    menu = site.page("journeys/other/").xpath("//details[.//legend[.='Lanes shown']]")[0].text_content()
    assert re.search(r"Empty \(\d+\):.*Legal", menu)


def test_a_lane_drawn_anew(tmp_path: Path) -> None:
    """A template in lanes/ draws the cells of the lane that it is named after, a lane of ours too."""
    template(tmp_path, "lanes/x-legal.html", shown("jinja", "nothing("))
    template(tmp_path, "lanes/owner.html", "{% for text in s.own.values() %}Ask the lawyer{% endfor %}")
    site = built(tmp_path, OWN)
    assert cells(site)[1] == "The right of withdrawal runs from today."
    cell = site.page("journeys/buy/").xpath("//tr[@data-lane='x-legal']/td[1]/p[@class='jb-sub']")
    assert cell[0].xpath(".//*[local-name()='svg']/@aria-label") == ["Legal"]
    owner = site.page("journeys/buy/").xpath("//tr[@data-lane='owner']/td/text()")
    assert owner == ["Ask the lawyer", "Ask the lawyer"]


def test_a_block_of_our_page_is_filled(tmp_path: Path) -> None:
    """A template of the same name extends ours instead of repeating it."""
    template(tmp_path, "home.html", shown("jinja", "ours/home.html"))
    article = built(tmp_path, OWN).page("").xpath("//article")[0]
    assert "Ask Ada before you add a journey." in article.text_content()
    assert article.xpath(".//a[contains(@href, 'journeys/buy/')]")


@pytest.mark.parametrize(("written", "said"), [
    ("lanes: { legal: Legal }", "`legal` is none"),
    ("lanes: { x-legal: { icon: gavel } }", "name"),
    ("lanes: { x-legal: { name: Legal, group: above } }", "customer"),
], ids=["no x-", "no name", "unknown group"])
def test_a_lane_written_wrongly(tmp_path: Path, written: str, said: str) -> None:
    """Mistakes are told with their place and the next step, and the map is shown without the lane."""
    project(tmp_path, {"buy.yml": "title: Buy\nowner: sales\nstages: [Look]\n",
                       "teams.yml": "teams: { sales: { name: Sales } }\n",
                       "atlas.yml": f"title: Ours\n{written}\n"})
    result = run(tmp_path, "check")
    assert result.exit_code == 1
    assert "maps/atlas.yml:2:" in result.output
    assert said in result.output
