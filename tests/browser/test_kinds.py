"""The list of page kinds is complete, and what every page carries stays small. No browser needed."""

from __future__ import annotations

import gzip
import re

import pytest

from browser import kinds
from browser.shots import wanted
from journeybook.theme import script, style
from journeybook.views.pages import View

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
    for name, pages in (("demo", kinds.DEMO), ("large", kinds.LARGE)):
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


def test_look_and_script_stay_small() -> None:
    """All pages share one stylesheet of at most 12 KB and one script of at most 8 KB, packed."""
    assert len(gzip.compress(style().encode(), 9)) <= CSS
    assert len(gzip.compress(script().encode(), 9)) <= JS
