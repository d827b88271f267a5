"""What every template must hold to, whatever it is given."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeybook.render import Renderer
from support_views import (
    HOSTILE,
    KINDS,
    Filler,
    Outline,
    pages,
)


@pytest.mark.parametrize("full", [True, False], ids=["full", "bare"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_page_is_sound(renderer: Renderer, kind: Any, full: bool) -> None:
    """One H1 with an id, headings in order, ids only once, balanced tags, nothing a strict policy forbids."""
    page = renderer.render(Filler(full=full).view(kind), {})
    outline = Outline(page.html)
    assert outline.faults == []
    assert [a for tag, a in outline.tags if tag == "h1" and "id" in a] == [
        {"id": "top", "class": "jb-h1", "dir": "auto"}
    ]
    levels = [int(tag[1]) for tag, _ in outline.tags if tag in ("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    ids = [value for name, value in outline.attributes() if name == "id"]
    assert len(ids) == len(set(ids))
    assert page.anchors <= set(ids)
    assert not [n for n, _ in outline.attributes() if n == "style" or n.startswith("on")]
    assert not [t for t, _ in outline.tags if t in ("script", "style", "iframe")]
    assert "None" not in page.html.replace(">None<", "")
    assert all(anchor in page.anchors for anchor, _, _ in page.toc)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_links_to_the_page_itself_exist(renderer: Renderer, kind: Any) -> None:
    """What a template links to on its own page, it also draws."""
    filler = Filler()
    view = filler.view(kind)
    html = renderer.render(view, {}).html
    ids = {value for name, value in Outline(html).attributes() if name == "id"}
    own = {
        value[1:]
        for name, value in Outline(html).attributes()
        if name in ("href", "xlink:href") and value[:1] == "#"
    }
    assert own - {""} <= ids


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_hostile_text_stays_text(renderer: Renderer, kind: Any) -> None:
    """Markup in any text field is shown, never run, and breaks nothing around it."""
    outline = Outline(renderer.render(Filler(HOSTILE).view(kind), {}).html)
    assert outline.faults == []
    assert not [t for t, a in outline.tags if t == "script" or a.get("src") == "x"]
    assert not [n for n, _ in outline.attributes() if n.startswith("on")]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=80), index=st.integers(0, len(KINDS) - 1))
def test_any_text_renders(renderer: Renderer, text: str, index: int) -> None:
    """Whatever people type, a page comes out with its tags in balance."""
    assert Outline(renderer.render(Filler(text).view(KINDS[index]), {}).html).faults == []


def test_a_page_knows_its_headings(renderer: Renderer) -> None:
    """The contents are the headings as people read them, without icons and hidden words."""
    view = Filler("Wait & install").view(pages.JourneyView)
    toc = renderer.render(view, {}).toc
    assert toc[0] == ("top", "Wait & install", 1)
    assert (f"stage-{view.stages[0].id}", "1 · Wait & install", 3) in toc


def test_a_page_is_what_readers_get(renderer: Renderer) -> None:
    """Same view, same page; another word, another page."""
    first = Filler().view(pages.TeamView)
    page = renderer.render(first, {})
    assert page == renderer.render(first, {}) is not page
    assert page != renderer.render(replace(first, notice="Other"), {})
    assert page != replace(page, title="Other")
