"""The list of page kinds is complete, and what every page carries stays small. No browser needed."""

from __future__ import annotations

import gzip
import re

import pytest

from browser import kinds
from browser.shots import wanted
from journeybook.theme import Extent, script, style
from journeybook.views.pages import View
from support_site import FIRMS, site

CSS, JS = 12 * 1024, 8 * 1024  # bytes, packed
ELSEWHERE = {"broken"}  # a broken file publishes nothing without --keep-going, so no demo firm shows one


def templates(view: type[View] = View) -> set[str]:
    """The name of every page kind there is, by its template."""
    return {name for kind in view.__subclasses__() for name in (kind.template.removesuffix(".html"), *templates(kind))}


def shown(html: str) -> str:
    """The page kind of a finished page."""
    return "".join(re.findall(r'class="jb-page jb-([a-z-]+)"', html))


def test_every_page_kind_is_looked_at(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each kind of page that there is stands in the list that the gates and the pictures go through."""
    listed = set()
    for name, pages in (("demo", kinds.DEMO), ("large", kinds.LARGE), ("divided", kinds.DIVIDED)):
        folder = kinds.build(name, tmp_path_factory.mktemp(name))
        listed |= {shown((folder / uri.partition("?")[0] / "index.html").read_text("utf-8")) for uri in pages.values()
                   if not uri.endswith(".html")}
    assert listed | ELSEWHERE == templates()


def test_the_states_are_what_they_are_called(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The atlas of extremes has its journeys with all stages and personas, and its broken page."""
    folder = kinds.build("states", tmp_path_factory.mktemp("states"))
    for uri in kinds.STATES.values():
        assert (shown((folder / uri / "index.html").read_text("utf-8")) == "broken") == ("broken" in uri), uri
    for count, cast in kinds.CASTS.items():
        html = (folder / f"journeys/stages-{count}/index.html").read_text("utf-8")
        assert len(set(re.findall(r'id="(col-[^"]+)"', html))) == count
        if cast > 1:
            assert len(set(re.findall(r'data-key="([^"]+)"', html))) == cast


def test_pictures_are_taken_of_every_kind() -> None:
    """``make shots`` without names takes all of them."""
    assert wanted([]) == kinds.PAGES


@pytest.mark.parametrize("firm", FIRMS)
def test_the_look_stays_small(firm: str) -> None:
    """All pages of a site share one stylesheet of at most 12 KB, packed: with rules for what the site has."""
    look = site(firm).folder / "assets/journeybook/journeybook.css"
    assert len(gzip.compress(look.read_bytes(), 9)) <= CSS


def test_rules_are_written_for_what_an_atlas_has() -> None:
    """A rule for each stage, persona and lane, and none beyond."""
    text = style(Extent(stages=2, personas=3, lanes=4))
    assert (".jb-n2{" in text, ".jb-n3{" in text) == (True, False)
    assert ("data-who=p2]" in text, "data-who=p3]" in text) == (True, False)
    assert ("input.k4:" in text, "input.k5:" in text) == (True, False)
    assert "§" not in style()


def test_the_script_stays_small() -> None:
    """All pages share one script of at most 8 KB, packed."""
    assert len(gzip.compress(script().encode(), 9)) <= JS
