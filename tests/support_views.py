"""Views of every kind, made up from their types, and what tests look at in the pages they give."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser
from itertools import count
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from lxml import html as markup
from markupsafe import Markup

from journeybook.book import Book
from journeybook.diagrams.emotion import EmotionPlot
from journeybook.diagrams.flow import Arc, Flow, Station
from journeybook.views import stage_parts
from journeybook.views.division_rows import SECTIONS, InRegister, Section

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
) + [Rows(of, section) for of, sections in SECTIONS.items() for section in sections if isinstance(section, Section)]
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
        too_long = {wanted: {rows.field: self.record(what) for rows in SECTIONS.get(kind, ()) if isinstance(rows, of)}
                    for wanted, what, of in (("divided", parts.Division, Section),
                                             ("elsewhere", parts.Elsewhere, InRegister))} if self.full else {}
        view = self.record(kind, **too_long)
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


def page(made: Book, uri: str) -> markup.HtmlElement:
    """One page, parsed."""
    return markup.fromstring(next(p.html for p in made.pages if p.uri == uri))


def words(element: markup.HtmlElement) -> str:
    """What people read."""
    return re.sub(r"\s+", " ", element.text_content()).strip()
