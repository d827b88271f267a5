"""What single kinds of pages say and draw: personas, scores, diagrams or their words, promises, sheets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journeybook.diagrams.atlas import AtlasGraph, Column, Member, Tie
from journeybook.diagrams.graph import Edge, Graph, Node
from journeybook.diagrams.layout import Box, Layout, Route
from journeybook.render import Renderer
from journeybook.theme import theme_dir
from support_views import (
    Filler,
    Outline,
    agreements,
    lifecycle_parts,
    pages,
    parts,
    registers,
)


def test_messages_show_code_as_code(renderer: Renderer) -> None:
    """What a message has between backticks is shown as code, and is escaped like the rest."""
    note = parts.ProblemNote("error", "x", "a.yml:1:1", "write `<b>` here", "or `y`")
    view = pages.BrokenJourneyView(uri="journeys/x/", title="X", problems=(note,))
    html = renderer.render(view, {}).html
    assert "write <code>&lt;b&gt;</code> here" in html
    assert "Or <code>y</code>" in html


def test_many_personas_get_a_list(renderer: Renderer) -> None:
    """Up to five personas are buttons, more are a list to choose from, one is just named."""
    view = Filler().view(pages.JourneyView)
    person = view.personas[0]
    six = tuple(replace(person, index=i, id=f"p-{i}") for i in range(6))
    assert "<select" in renderer.render(replace(view, personas=six), {}).html
    assert "<select" not in renderer.render(view, {}).html
    assert 'data-who="p0"' in renderer.render(replace(view, personas=(person,)), {}).html


def test_a_missing_score_says_so(renderer: Renderer) -> None:
    """A stage nobody rated has no number: not 0, but "not rated"."""
    view = Filler().view(pages.JourneyView)
    silent = replace(view.stages[0], average=None, feelings=(), everyone=None)
    html = renderer.render(replace(view, stages=(silent, *view.stages[1:])), {}).html
    assert ">not rated<" in html
    assert "Nobody rated this stage" in html


@pytest.mark.parametrize("laid_out", [True, False])
def test_the_stage_diagram_or_its_words(renderer: Renderer, laid_out: bool) -> None:
    """A journey that is no plain chain gets its diagram; failing that, its words stand open."""
    graph = Graph("A journey", (Node("a", "Install", "#top", number=1), Node("b", "Use")), (Edge("a", "b"),))
    view = replace(Filler().view(pages.JourneyView), graph=graph)
    boxes = {"n0": Box(50, 25, 80, 40), "n1": Box(200, 25, 80, 40)}
    route = Route("n0", "n1", ((90, 25), (110, 25), (130, 25), (150, 25)), (160, 25), None)
    html = renderer.render(view, {"A journey": Layout(240, 50, boxes, (route,)) if laid_out else None}).html
    assert Outline(html).faults == []
    assert ('class="jb-graph"' in html) is laid_out
    assert ('<details class="jb-words" open>' in html) is not laid_out


def test_the_first_theme_wins(icons: Path, tmp_path: Path) -> None:
    """A template of the user's own stands in for ours."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "library.html").write_text("<h1 id='top'>{{ view.title }}</h1>", "utf-8")
    page = Renderer([tmp_path, theme_dir()], icons).render(
        pages.LibraryView(uri="library/", title="Own", shelves=()), {}
    )
    assert page.html == "<h1 id='top'>Own</h1>"


@pytest.mark.parametrize("laid_out", [True, False])
def test_the_picture_of_all_journeys_or_its_words(renderer: Renderer, laid_out: bool) -> None:
    """The lifecycle page draws how journeys lead into each other; failing that, its words stand open."""
    graph = AtlasGraph("All", (Column("All"),), (Member("a", "Buy", "#top", 0), Member("b", "Use", "", 0)),
                       (Tie("a", "b"),))
    view = replace(Filler().view(lifecycle_parts.LifecycleView), graph=graph, index=())
    boxes = {"m0": Box(50, 5, 80, 2), "n0": Box(50, 25, 80, 40), "n1": Box(200, 25, 80, 40)}
    route = Route("n0", "n1", ((90, 25), (110, 25), (130, 25), (150, 25)), (160, 25), None)
    html = renderer.render(view, {"All": Layout(240, 50, boxes, (route,)) if laid_out else None}).html
    assert html.count('class="jb-graph jb-at"') == 1 + laid_out
    assert ('class="jb-slim jb-only"' in html) is not laid_out
    assert ('<details class="jb-words" open>' in html) is not laid_out


def test_the_purchase_point_stands_before_its_category(renderer: Renderer) -> None:
    """The moment a buyer becomes a customer is marked at the category that begins with it, and only there."""
    view = replace(Filler().view(lifecycle_parts.LifecycleView), purchase_point="First order", purchase_at=1, index=())
    html = renderer.render(view, {}).html
    assert html.count("First order") == 1
    assert "First order" not in renderer.render(replace(view, purchase_at=None), {}).html


def test_holes_of_the_lifecycle_are_seen(renderer: Renderer) -> None:
    """A journey without a category and a category without a journey are gaps, not blanks."""
    view = Filler().view(lifecycle_parts.LifecycleView)
    rows = tuple(replace(row, cells=((), ()), bare=True) for row in view.rows)
    columns = tuple(replace(column, stages=0, missing=("Renewal",)) for column in view.columns)
    html = renderer.render(replace(view, rows=rows, columns=columns, index=()), {}).html
    assert html.count("No category") == len(rows)
    assert html.count("No journey</span>") == len(columns)
    assert html.count("No journey covers “Renewal”") == len(columns)


def test_three_kinds_of_answer(renderer: Renderer) -> None:
    """Answered, not answered and not asked are told apart, also for those who cannot see the cell."""
    view = Filler().view(registers.ContentMatrixView)
    group = view.groups[0]
    row = replace(group.rows[0], cells=((parts.Link("Guide", "library/content/#asset-guide"),), (), None))
    shown = replace(view, groups=(replace(group, rows=(row,)),))
    html = renderer.render(shown, {}).html
    body = html[html.index("</thead>"):]
    assert body.count(">Guide<") == 1
    assert body.count("No answer") == 1
    assert body.count("not asked") == 1


def promise(**changes: Any) -> Any:
    """A promise with a verdict."""
    row = replace(Filler("Two days").record(agreements.PromiseRow), verdict=parts.Tag("Broken", "off"))
    return replace(row, **changes)


def promises_page(*rows: Any) -> Any:
    """The register of promises with these rows."""
    return replace(Filler().view(registers.PromisesView), promises=rows, handoffs=(), gaps=())


def test_a_promise_says_where_it_breaks(renderer: Renderer) -> None:
    """A verdict for part of the year names the part; one for the whole year is said once."""
    broken = parts.Tag("Broken", "off")
    whole = agreements.VerdictPart("", broken, "too long")
    summer = agreements.VerdictPart("June to August", broken, "too long in summer")
    rest = agreements.VerdictPart("September to May", parts.Tag("Kept on paper", "ok"), "it fits")
    once = renderer.render(promises_page(promise(because="too long", parts=(whole,))), {}).html
    assert once.count("Too long") == 1
    both = renderer.render(promises_page(promise(because="x", parts=(rest, summer))), {}).html
    assert "June to August" in both
    assert "Too long in summer" in both


def test_a_promise_without_a_verdict_says_so(renderer: Renderer) -> None:
    """A draft has no verdict: a word and the reason, never an empty cell."""
    html = renderer.render(promises_page(promise(verdict=None, because="it is a draft", parts=())), {}).html
    assert "No verdict" in html
    assert "It is a draft" in html


def test_where_a_promise_is_still_written(renderer: Renderer) -> None:
    """An asset that states a promise and is not live is named as such."""
    old, new = "library/content/#old", "library/content/#new"
    states = (parts.Link("Price page", old, "Retired"), parts.Link("Offer", new))
    html = renderer.render(promises_page(promise(assets=states)), {}).html
    assert html.count('<em class="c-watch">Retired</em>') == html.count("<em") > 0


def test_a_missing_handoff_is_a_gap(renderer: Renderer) -> None:
    """Where a journey passes to another team and nothing is said, the lane and the section show the hole."""
    view = Filler().view(pages.JourneyView)
    team = parts.TeamRef("ON", "Onboarding", "people/teams/onboarding/")
    hole = agreements.Gap(parts.Link("Sign", "#"), parts.Link("Set up", "#"), None, team, "")
    stages = tuple(replace(s, agreements=agreements.StageAgreements(gaps=(hole,))) for s in view.stages)
    html = renderer.render(replace(view, stages=stages), {}).html
    assert html.count("No handoff to Onboarding") == 2 * len(stages)


def test_a_sheet_warns_of_what_will_not_hold(renderer: Renderer) -> None:
    """On the sheet for the welcome pack a broken promise comes with its reason, a kept one without."""
    sheet = Filler().view(registers.HandoffSheetView)
    kept = promise(verdict=parts.Tag("Kept on paper", "ok"), because="it fits")
    handoff = replace(sheet.handoff, promises=(promise(because="three days are planned"), kept))
    html = renderer.render(replace(sheet, handoff=handoff), {}).html
    assert "Three days are planned" in html
    assert "It fits" not in html


@pytest.mark.parametrize(("written", "shown"), [
    ("add `owner:`", "Add <code>owner:</code>"), ("`explain` tells more", "<code>explain</code> tells more"), ("", ""),
])
def test_sentences_begin_with_a_capital(renderer: Renderer, written: str, shown: str) -> None:
    """What to do next begins with a capital, but code stays as it is typed."""
    note = parts.ProblemNote("error", "x", "a.yml:1:1", "wrong", written)
    html = renderer.render(pages.BrokenJourneyView(uri="journeys/x/", title="X", problems=(note,)), {}).html
    assert (f'<p dir="auto">{shown}</p>' in html) is bool(shown)
