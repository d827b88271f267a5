"""The renderer's addresses, links and icons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeybook.addresses import HUBS, relative
from journeybook.icons import IconSet
from journeybook.render import Renderer
from support_views import (
    pages,
    parts,
    registers,
)


@pytest.mark.parametrize(
    ("target", "uri", "folders", "files"),
    [
        ("people/", "journeys/x/", "../../people/", "../people/index.html"),
        ("", "journeys/x/", "../../", "../index.html"),
        ("", "", "./", "index.html"),
        ("people/", "", "people/", "people/index.html"),
        ("journeys/x/#a", "journeys/x/", "#a", "#a"),
        ("journeys/y/#a", "journeys/x/", "../y/#a", "y.html#a"),
        ("journeys/", "journeys/x/", "../", "index.html"),
        ("people/teams/a/", "people/personas/b/", "../../teams/a/", "../teams/a.html"),
        ("data/x.csv", "journeys/x/", "../../data/x.csv", "../data/x.csv"),
    ],
)
def test_relative_in_both_styles(target: str, uri: str, folders: str, files: str) -> None:
    """The same place is found whether addresses name folders or files."""
    assert relative(target, uri, True) == folders
    assert relative(target, uri, False) == files


def test_hubs_are_index_pages() -> None:
    """Every page that has pages below it is an index.html where addresses name files."""
    assert [relative(hub, "x/y/z/", False) for hub in sorted(HUBS)] == [
        f"../../{hub}index.html" for hub in sorted(HUBS)
    ]


def link_page(renderer: Renderer, *targets: str) -> Any:
    """A library page whose shelves lead to the targets."""
    shelves = tuple(parts.Link("Shelf", to) for to in targets)
    return renderer.render(pages.LibraryView(uri="library/", title="Library", shelves=shelves), {})


def test_links_are_recorded_in_directory_form(renderer: Renderer) -> None:
    """Internal places are remembered with page and anchor; outside addresses stay as they are."""
    page = link_page(
        renderer, "people/#teams", "#top", "https://example.org/x?a=1&b=2", "mailto:a@example.org",
        "journeys/?owner=sales&overdue=1",
    )
    assert page.links == {"people/#teams", "library/#top", "journeys/"}
    assert 'href="../journeys/?owner=sales&amp;overdue=1"' in page.html
    assert 'href="../people/#teams"' in page.html
    assert 'href="#top"' in page.html
    assert 'href="https://example.org/x?a=1&amp;b=2"' in page.html


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x"]
)
def test_addresses_that_run_code_lead_nowhere(renderer: Renderer, target: str) -> None:
    """An address with a scheme that could run code becomes a dead one."""
    assert f'href="{target}"' not in link_page(renderer, target).html


def test_addresses_never_leave_the_site_by_accident(renderer: Renderer) -> None:
    """A target with leading slashes is a place of the site, not another host."""
    assert "//evil" not in link_page(renderer, "//evil.example/").html


def test_icons_are_inlined_once(renderer: Renderer) -> None:
    """Each icon in use stands once in the sprite, and is used by xlink:href, never by a plain href."""
    row = registers.ChannelRow("Web", "web", "library/channels/web/", 1, 2, 1, 0)
    view = registers.ChannelsView(uri="c/", title="Channels", rows=(row, row))
    html = renderer.render(view, {}).html
    assert html.count('<symbol id="i-web"') == 1
    assert html.count('<use xlink:href="#i-web"/>') == 2
    assert "<use href" not in html


def test_icons_do_not_leak_into_the_next_page(renderer: Renderer) -> None:
    """A page carries the icons it uses, all of them and no others, whatever was drawn before."""
    view = pages.LibraryView(uri="library/", title="Library", notice="Invented.", shelves=())
    first, second = renderer.render(view, {}), renderer.render(view, {})
    assert first == second
    assert first.html.count("<symbol") == 1


@pytest.mark.parametrize("name", ["no-such-icon", "../../etc/passwd", "", "Über", "web.svg"])
def test_unknown_icons_get_a_neutral_one(renderer: Renderer, name: str) -> None:
    """A page never fails for an icon."""
    row = registers.ChannelRow("Web", name, "library/channels/web/", 1, 2, 1, 0)
    view = registers.ChannelsView(uri="c/", title="Channels", rows=(row,))
    assert '<symbol id="i-default"' in renderer.render(view, {}).html


def test_icons_without_a_picture_are_unknown(tmp_path: Path) -> None:
    """A file that is no SVG, or not text at all, counts as no icon."""
    (tmp_path / "empty.svg").write_text("", "utf-8")
    (tmp_path / "binary.svg").write_bytes(b"\xff\xfe\x00")
    icons = IconSet(tmp_path)
    assert [icons.shape(name) for name in ("empty", "binary", "absent")] == [None] * 3
