"""The renderer: addresses, links, icons, and what every template must hold to whatever it is given."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser
from itertools import count, pairwise
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from journeybook.addresses import HUBS, relative
from journeybook.diagrams.atlas import AtlasGraph, Column, Member, Tie
from journeybook.diagrams.emotion import EmotionPlot
from journeybook.diagrams.flow import Arc, Flow, Station
from journeybook.diagrams.graph import Edge, Graph, Node
from journeybook.diagrams.layout import Box, Layout, Route
from journeybook.icons import IconSet
from journeybook.render import Renderer
from journeybook.theme import theme_dir
from journeybook.views import stage_parts
from journeybook.views.division_rows import SECTIONS, Section

pages = importlib.import_module("journeybook.views.pages")
parts = importlib.import_module("journeybook.views.parts")
agreements = importlib.import_module("journeybook.views.agreement_parts")
registers = importlib.import_module("journeybook.views.registers")
lifecycle_parts = importlib.import_module("journeybook.views.lifecycle_parts")
compared = importlib.import_module("journeybook.views.compare_parts")

LANES = ("goal", "steps", "emotion", "quotes", "touchpoints", "assets")
LANES += ("questions", "frontstage", "backstage", "systems", "pains", "opportunities", "metrics", "promises")
LANES += ("handoffs", "owner", "x-own")


@dataclass(frozen=True)
class Rows:
    """A page with some rows of a register: of which page, and which of its registers."""

    of: type
    section: Section

    @property
    def __name__(self) -> str:
        """What a test of it is called."""
        return f"PartView-{self.of.__name__}-{self.section.field}"


KINDS: list[Any] = sorted(
    {kind for module in (pages, registers, lifecycle_parts, compared) for kind in vars(module).values()
     if isinstance(kind, type) and getattr(kind, "template", "")} - {registers.PartView},
    key=lambda kind: kind.__name__,
) + [Rows(of, section) for of, sections in SECTIONS.items() for section in sections]
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}</td></table>\u202e&amp;"
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# A heading or a list inside a link or a paragraph would be torn apart by a browser.
NOT_IN_P = {"p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "section", "figure", "blockquote"}


class Filler:
    """Builds any view from its annotations: full (two of everything) or bare (only what must be there)."""

    def __init__(self, text: str = "Some text", full: bool = True) -> None:
        self.text = text
        self.full = full
        self.numbers = count(1)

    def view(self, kind: Any) -> Any:
        """A view of the given kind, with a journey's parts made to fit each other."""
        if isinstance(kind, Rows):
            rows = self.value(get_type_hints(kind.of)[kind.section.field], kind.section.field)
            return self.record(registers.PartView, kind=kind.section.kind, rows=rows, here=0)
        view = self.record(kind)
        if kind is lifecycle_parts.LifecycleView:
            return replace(view, graph=None)
        return self.journey(view) if kind is pages.JourneyView else view

    def journey(self, view: Any) -> Any:
        """Scores, stations and personas that belong to the same stages."""
        personas = tuple(replace(p, index=i) for i, p in enumerate(view.personas))
        stages = tuple(replace(s, number=i + 1) for i, s in enumerate(view.stages))
        if personas:
            stages = tuple(
                replace(
                    s,
                    feelings=tuple(replace(f, persona=p) for f, p in zip(s.feelings, personas, strict=False)),
                )
                for s in stages
            )
        lanes = tuple(
            stage_parts.Lane(key, self.text, "flag-outline", "Customer", empty=False)
            for key in (LANES if self.full else ())
        )
        plot = EmotionPlot(-2, 2, (1.0,) * len(stages), ((1.0,) * len(stages),) * len(personas))
        stations = tuple(Station(s.id, s.number, s.title, f"#stage-{s.id}") for s in stages)
        arcs = (Arc(1, 0, self.text, "loop"),) if len(stages) > 1 else ()
        flow = Flow(stations, arcs, (True,) * max(0, len(stages) - 1))
        return replace(view, personas=personas, stages=stages, lanes=lanes, plot=plot, flow=flow, graph=None)

    def record(self, of: type, **given: Any) -> Any:
        """A dataclass with every field filled, those with values of their own as given."""
        hints = get_type_hints(of, localns={"StageAgreements": agreements.StageAgreements})
        values = given | {f.name: self.value(hints[f.name], f.name) for f in fields(of) if f.name not in given}
        if not self.full:
            values = {k: v for k, v in values.items() if k != "toc"}
        return of(**values | ({"toc": ()} if "toc" in hints else {}))

    def value(self, hint: Any, name: str) -> Any:
        """Something that fits an annotation."""
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is UnionType:
            return self.value(arguments[0], name) if self.full else None
        if origin is tuple:
            if arguments[-1] is ...:
                return tuple(self.value(arguments[0], name) for _ in range(2 if self.full else 0))
            return tuple(self.value(a, name) for a in arguments)
        if origin is Mapping:
            return {"x-own": self.value(arguments[1], name)} if self.full else {}
        if is_dataclass(hint):
            return self.record(hint)  # type: ignore[arg-type]
        return self.plain(hint, name)

    def plain(self, hint: Any, name: str) -> Any:
        """A single value."""
        if hint is Markup:
            return (
                Markup("<strong>")
                + self.text
                + Markup('</strong> with <a href="https://example.org">a link</a>')
            )
        if hint is str:
            if name in ("id", "anchor"):
                return f"id-{next(self.numbers)}"
            return self.text if self.full or name in ("title", "name", "text", "label") else ""
        return {int: 1, float: 1.0, bool: self.full, date: date(2025, 10, 18)}[hint]


class Outline(HTMLParser):
    """What the tests look at: tags, attributes, headings, balance."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the tag and what it may not stand in."""
        self.tags.append((tag, dict(attrs)))
        if tag in NOT_IN_P and "p" in self.open:
            self.faults.append(f"<{tag}> inside <p>")
        if tag == "a" and "a" in self.open:
            self.faults.append("<a> inside <a>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag that closes itself, as SVG has them."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Notes a tag that closes something else than the innermost open one."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def attributes(self) -> Iterator[tuple[str, str]]:
        """Every attribute of the page."""
        return ((name, value or "") for _, attributes in self.tags for name, value in attributes.items())


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two icons."""
    folder = tmp_path_factory.mktemp("icons")
    for name in ("web", "flag-outline"):
        (folder / f"{name}.svg").write_text(
            f'<svg viewBox="0 0 24 24"><path d="M0 0h{len(name)}"/></svg>', "utf-8"
        )
    return folder


@pytest.fixture(scope="module")
def renderer(icons: Path) -> Renderer:
    """The real templates with two real icons."""
    return Renderer([theme_dir()], icons)


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
