"""Addresses at the Git host: what MkDocs makes of its settings, and where a new file is begun."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from journeybook.hosting import edit_address, edit_pattern, new_address
from journeybook.schema import validate
from journeybook.source import read_text
from support_site import DOT, JOURNEY, Site, project, run

FIRM = "https://github.com/firm/maps"
HOSTS = {
    "github": ("https://github.com/firm/maps/edit/main/maps/{path}",
               "https://github.com/firm/maps/new/main/maps/journeys?filename=a.yml&value=title%3A%20x%0A"),
    "a branch with a slash": ("https://github.com/firm/maps/edit/team/next/maps/{path}",
                              "https://github.com/firm/maps/new/team/next/maps/journeys?filename=a.yml&value=title"
                              "%3A%20x%0A"),
    "a firm's own github": ("https://github.firm.example/a/b/blob/main/{path}",
                            "https://github.firm.example/a/b/new/main/journeys?filename=a.yml&value=title%3A%20x%0A"),
    "gitlab": ("https://gitlab.com/group/sub/maps/-/edit/main/maps/{path}",
               "https://gitlab.com/group/sub/maps/-/new/main/maps/journeys?file_name=a.yml&content=title%3A%20x%0A"),
    "gitlab's old addresses": ("https://gitlab.com/firm/maps/edit/master/docs/{path}",
                               "https://gitlab.com/firm/maps/-/new/master/docs/journeys?file_name=a.yml&content=title"
                               "%3A%20x%0A"),
    "a firm's own gitlab": ("https://code.firm.example/g/p/-/edit/main/{path}",
                            "https://code.firm.example/g/p/-/new/main/journeys?file_name=a.yml&content=title"
                            "%3A%20x%0A"),
    "bitbucket": ("https://bitbucket.org/firm/maps/src/main/maps/{path}?mode=edit",
                  "https://bitbucket.org/firm/maps/src/main/maps/journeys/"),
    "another host": ("https://git.firm.example/edit/maps/{path}", ""),
    "no host": ("", ""),
}


def built(folder: Path) -> Site:
    """The project, built through the host."""
    done = run(folder, "build", "--quiet")
    assert done.exit_code == 0, done.stderr
    return Site(folder)


@pytest.mark.parametrize("host", HOSTS)
def test_a_new_file_is_begun_where_the_host_does_it(host: str) -> None:
    """Folder, name and text are filled in where the host can; an unknown host gets no link that may lead nowhere."""
    pattern, expected = HOSTS[host]
    assert new_address(pattern, "journeys/a.yml", "title: x\n") == expected


@pytest.mark.parametrize(("lines", "path", "expected"), [
    ((FIRM, "edit/main/maps/"), "a/b c#.yml", f"{FIRM}/edit/main/maps/a/b%20c%23.yml#L7"),
    ((FIRM, "edit/main/docs/"), "../maps/a.yml", f"{FIRM}/edit/main/maps/a.yml#L7"),
    ((FIRM, None, "x?file=docs%2F{path!q}"), "../maps/a.yml", f"{FIRM}/x?file=maps%2Fa.yml#L7"),
    ((FIRM, "?path=maps/"), "a.yml", f"{FIRM}?path=maps/a.yml#L7"),
    ((FIRM, "#maps/"), "a.yml", f"{FIRM}#maps/a.yml"),
    (("https://bitbucket.org/firm/maps", None), "a.yml",
     "https://bitbucket.org/firm/maps/src/default/docs/a.yml#lines-7"),
    (("https://firm.example/github.com", None), "a.yml", ""),
    (("", "edit/main/"), "a.yml", ""),
    (("", "javascript:alert(1)//"), "a.yml", ""),
    ((FIRM, None, "edit/{branch}/{path}"), "a.yml", ""),
    ((FIRM, "edit/{main}/"), "a.yml", f"{FIRM}/edit/{{main}}/a.yml#L7"),
], ids=range(11))
def test_a_line_of_a_file(lines: tuple[str, ...], path: str, expected: str) -> None:
    """Paths are quoted, folders beside the pages are found, and lines are told as the host tells them."""
    assert edit_address(edit_pattern(*lines), path, 7) == expected


@pytest.mark.parametrize("lines", [
    f"repo_url: {FIRM}\n", "repo_url: https://gitlab.com/firm/maps\n", "repo_url: https://bitbucket.org/firm/maps\n",
    f"repo_url: {FIRM}/\nedit_uri: edit/main/maps\n", f"repo_url: {FIRM}\nedit_uri: /top/maps/\n",
    f"repo_url: {FIRM}\nedit_uri: ?path=maps/\n", f"repo_url: {FIRM}\nedit_uri: '#maps'\n",
    f"repo_url: {FIRM}\nedit_uri: ''\n", "repo_url: https://git.firm.example/maps\n",
    f"repo_url: {FIRM}\nedit_uri_template: 'wiki?file={{path!q}}&name={{path_noext}}'\n",
    "edit_uri_template: https://git.firm.example/edit/{path}\n",
    "edit_uri: https://git.firm.example/edit/maps\n",
], ids=range(12))
def test_our_pages_are_edited_where_markdown_pages_are(lines: str, tmp_path: Path) -> None:
    """The host's own address of a Markdown page beside the maps is that of a journey, but for the file's name."""
    features = DOT.replace("font: false", "font: false, features: [content.action.edit]")
    assert features != DOT
    site = built(project(tmp_path, {"journeys/a.yml": JOURNEY, "journeys/note.md": "# Note\n"}, features + lines))

    def button(page: str) -> list[str]:
        return [str(a).split("#L")[0].split("#lines")[0] for a in site.page(page).xpath(
            "//a[contains(@class, 'md-content__button')][contains(@title, 'Edit')]/@href")]

    assert button("journeys/a/") == [address.replace("note.md", "a.yml").replace("/note", "/a")
                                     for address in button("journeys/note/")]


def test_a_journey_can_be_suggested(tmp_path: Path) -> None:
    """Home and the list of journeys lead to a new file whose text is a journey, under a name that is free."""
    lines = f"repo_url: {FIRM}\nedit_uri: edit/main/maps/\n"
    site = built(project(tmp_path, {"new-journey.yml": JOURNEY}, DOT + lines))
    for page in ("", "journeys/"):
        (address,) = (str(a) for a in site.page(page).xpath("//a[contains(., 'Suggest a journey')]/@href"))
        assert address.startswith(f"{FIRM}/new/main/maps/journeys?")
        assert len(address) < 4000
        given = parse_qs(urlsplit(address).query)
        assert given["filename"] == ["new-journey-2.yml"]
        contents, problems = validate(read_text("maps/journeys/new-journey-2.yml", given["value"][0])[0])
        assert (contents.journey.id, problems) == ("new-journey-2", [])


def test_naming_the_repository_asks_nobody_for_anything(tmp_path: Path) -> None:
    """The theme's script would fetch stars and forks from the host wherever it finds its own mark; there is none."""
    site = built(project(tmp_path, {"buy.yml": JOURNEY}, f"{DOT}repo_url: {FIRM}\n"))
    for name, page in site.pages.items():
        assert page.xpath("//*[@data-md-component='source']") == [], name
        assert str(page.xpath("//a[@class='md-source']/@href")[0]) == FIRM, name
