"""A renamed record is still found at its old address."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from changes.repositories import repository
from support_site import DOT, JOURNEY, Site, project, run

MAPS = {
    "buy.yml": JOURNEY.replace("owner: sales", "owner: sales\npersona: ada"),
    "teams.yml": """\
teams: { sales: { name: "Sales & <co>" } }
personas: { ada: { name: Ada } }
metrics: { looks: { name: Looks, owner: sales, unit: points } }
""",
}
PAGES = {"journey:buy": ("journeys/", "purchase"), "team:sales": ("people/teams/", "sellers"),
         "persona:ada": ("people/personas/", "ada-l"), "metric:looks": ("library/metrics/", "glances")}


@pytest.mark.parametrize("flat", [False, True], ids=["folders", "files"])
def test_the_old_address_leads_to_the_new_one(tmp_path: Path, flat: bool) -> None:
    """For each kind with a page: at once and without a script, by a link too, and out of the search engines."""
    lines = "site_url: https://maps.example/\n" + ("use_directory_urls: false\n" if flat else "")
    root = project(tmp_path, MAPS, DOT + lines)
    for name, (_, new) in PAGES.items():
        assert run(root, "rename", name, new).exit_code == 0
    done = run(root, "build", "-q")
    assert (done.exit_code, done.stderr) == (0, "")
    site = Site(root)
    sitemap = (site.folder / "sitemap.xml").read_text("utf-8")
    for name, (folder, new) in PAGES.items():
        old = name.partition(":")[2]
        path = site.folder / (f"{folder}{old}.html" if flat else f"{folder}{old}/index.html")
        page = html.parse(str(path)).getroot()
        (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
        (link,) = page.xpath("//a/@href")
        assert refresh == f"0; url={link}"
        target = (path.parent / link).resolve()
        assert (target if flat else target / "index.html").is_file(), link
        assert new in link
        assert page.xpath("//link[@rel='canonical']/@href") == [
            f"https://maps.example/{folder}{new}{'.html' if flat else '/'}"]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert page.xpath("//script") == []
        assert page.xpath("//bdi/text()") == page.xpath("//title/text()")
        assert f"{folder}{new}" in sitemap
        assert f"{folder}{old}{'.html' if flat else '/'}" not in sitemap
    assert site.dead_links() == []


def test_an_address_that_was_taken_again_is_its_new_bearers(tmp_path: Path) -> None:
    """The new record has its page; the claim of the other is reported with both places."""
    root = project(tmp_path, {**MAPS, "again.yml": "title: Again\nowner: sales\nformerly: [buy, again]\nstages: [A]\n"})
    done = run(root, "check", "--format", "concise")
    assert done.exit_code == 1
    assert ("maps/again.yml:3:11: error[id-duplicate] the journey `again` was formerly `buy`, and so is another "
            "journey's address") in done.stdout
    assert done.stdout.count("id-duplicate") == 1


def test_two_records_cannot_have_had_one_address(tmp_path: Path) -> None:
    """A reader of the old address could be led to one of them only."""
    root = project(tmp_path, {**MAPS, **{
        f"{name}.yml": f"title: {name}\nowner: sales\nformerly: old\nstages: [A]\n" for name in ("one", "two")}})
    done = run(root, "check", "--format", "concise")
    assert done.stdout.count("id-duplicate") == 1
    assert "the journey `two` was formerly `old`" in done.stdout


def test_a_renaming_is_one_change(tmp_path: Path) -> None:
    """The note of the old id is no change of its own."""
    root = repository(tmp_path / "atlas", MAPS)
    assert run(root, "rename", "journey:buy", "purchase").exit_code == 0
    said = run(root, "diff").stdout
    assert "formerly" not in said
    assert "`buy`" in said
