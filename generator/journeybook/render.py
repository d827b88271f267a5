"""From a view to a finished page: the last stop before the host, and the only place that runs templates.

A page is complete in itself: HTML with its one H1 and all ids, the icons it uses, its headings, its anchors
and every internal place it links to, so that links can be verified before anything is published. Nothing here
knows MkDocs. A :class:`Renderer` draws one page at a time and is not shared between threads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape

from journeybook import formats, template_tools, words
from journeybook.addresses import relative
from journeybook.compiled import compiled, stamp
from journeybook.diagrams.atlas import AtlasGraph, atlas_words
from journeybook.diagrams.atlas_draw import draw_atlas, line_sample
from journeybook.diagrams.atlas_list import draw_list
from journeybook.diagrams.charts import history, mini_curve, progress, sparkline
from journeybook.diagrams.emotion import EmotionDrawing
from journeybook.diagrams.flow import draw_flow, flow_words
from journeybook.diagrams.graph import Graph, draw, graph_words
from journeybook.diagrams.layout import Layout
from journeybook.icons import DEFAULT, IconSet, sprite
from journeybook.page import Beside, Held, Page
from journeybook.settings import Limits, Settings, user_cache
from journeybook.templates import LanguageEnvironment
from journeybook.templates import text as escaped
from journeybook.theme import theme_dir
from journeybook.views.lanes import MOST_COLUMNS
from journeybook.views.pages import View

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OPEN_SCHEMES = ("https:", "http:", "mailto:", "tel:")
_ID = re.compile(r' id="([^"]*)"')  # texts hold no plain quotation marks, so this is always an attribute
_HEADING = re.compile(r'<h([1-6])[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_QUIET = re.compile(r'<span [^>]*(?:"jb-vh"|aria-hidden).*?</span>|<a class="jb-edit".*?</a>', re.DOTALL)


def _loader(folders: Sequence[Path]) -> BaseLoader:
    """The first folder that has a template wins; the last is ours, and ``ours/…`` leads past all others.

    So a team's own ``home.html`` can extend ours instead of copying it.
    """
    return ChoiceLoader([FileSystemLoader(folders), PrefixLoader({"ours": FileSystemLoader(folders[-1:])})])


class _Sheet:
    """What the page being drawn has used so far."""

    __slots__ = ("addresses", "icons", "links", "places", "uri")

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.addresses: dict[str, str] = {}
        self.places: dict[str, str] = {}  # another page → its address, without anchor
        self.links: set[str] = set()
        self.icons: dict[str, str] = {}  # symbol name → shape, in order of first use


class _TooLargeError(Exception):
    """A diagram has more bytes than a page should carry."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name)
        self.name, self.size = name, size


class Renderer:
    """Draws views with the templates of the given theme folders (the first that has a template wins).

    Templates are compiled in the language in which the renderer is made; ``keep`` keeps them for the next run.
    A diagram of more than ``svg_bytes`` is told in words; ``notices`` then say so.
    ``moved`` says where rows stand whose register is divided into pages.
    """

    def __init__(
        self,
        theme_dirs: Sequence[Path],
        icons: Path | IconSet,
        directory_urls: bool = True,
        *,
        keep: bool = False,
        svg_bytes: int = Limits().svg_bytes,
        moved: Mapping[str, str] | None = None,
    ) -> None:
        self._svg_bytes = svg_bytes
        self._directory_urls = directory_urls
        self.begin(icons if isinstance(icons, IconSet) else IconSet(icons), moved or {})
        speech = words.current()
        self._environment = LanguageEnvironment(
            speech,
            theme_dirs[-1] / "templates",
            loader=_loader([folder / "templates" for folder in theme_dirs]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=compiled(speech) if keep else None,
        )
        # What is needed hundreds of times a page is a filter: that costs a third of calling a global.
        # Those that note what a page uses take the context, or Jinja would work constants out only once.
        self._environment.filters.update(
            bdi=lambda text: Markup(f"<bdi>{escaped(text)}</bdi>"),  # noqa: S704 - escaped
            bold=lambda text: Markup(f"<b>{escaped(text)}</b>"),  # noqa: S704 - escaped
            code=template_tools.code,
            href=pass_context(lambda _, target: self._href(target)),
            icon=pass_context(lambda _, name, label="": self._icon(name, label)),
            face=pass_context(lambda _, level, classes="": self._face(level, classes)),
            left_out=template_tools.left_out,
            level=lambda level: template_tools.LEVELS[template_tools.fold(level)],
            listed=formats.listed,
            only=template_tools.only,
            plain=template_tools.plain,
            sentence=template_tools.sentence,
        )
        # A metric is drawn on many pages: its journeys', its owner's, its own and the lists'.
        self._environment.globals.update(
            EmotionDrawing=EmotionDrawing,
            atlas_words=atlas_words,
            columns=lambda stages: min(len(stages), MOST_COLUMNS),
            dots=template_tools.dots,
            drawn_lanes=self._drawn_lanes(),
            draw=self._bounded(draw),
            draw_atlas=self._bounded(draw_atlas),
            draw_flow=draw_flow,
            draw_list=draw_list,
            flow_words=flow_words,
            graph_words=graph_words,
            history=lru_cache(4096)(history),
            href=self._href,
            line_sample=line_sample,
            icon=self._icon,
            in_english=Markup("" if speech.native else ' lang="en"'),  # noqa: S704 - ours
            mini_curve=mini_curve,
            place=template_tools.place,
            progress=lru_cache(4096)(progress),
            runs=template_tools.runs,
            scale=template_tools.scale,
            sparkline=lru_cache(4096)(sparkline),
        )

    def begin(self, icons: IconSet, moved: Mapping[str, str]) -> None:
        """A new build, with the same templates."""
        self.icons, self._moved = icons, moved
        self.notices: list[str] = []
        self._sheet = _Sheet("")
        self._uses: dict[str, tuple[str, str, Markup]] = {}

    def render(self, view: View, layouts: Mapping[str, Layout | None]) -> Page:
        """Draws one view. ``layouts`` holds the laid-out diagrams by the name of their graph."""
        try:
            body = self._body(view, layouts)
        except _TooLargeError as large:
            self.notices.append(f"a diagram of the page “{view.title}” has {large.size:,} bytes; `svg_bytes: "
                                f"{self._svg_bytes}` is the most, so words stand in its place")
            return self.render(view, {**layouts, large.name: None})
        sheet = self._sheet
        anchors = frozenset(_ID.findall(body))
        html = body + sprite(sheet.icons)
        beside = Beside(view.toc or _headings(body), anchors, frozenset(sheet.links), view.files, view.search)
        return Page(uri=view.uri, title=view.title, description=view.description, source=view.source, edit=view.edit,
                    section=view.section, content=Held(html, beside))

    @property
    def used(self) -> Iterable[str]:
        """The icons of the page that was drawn last."""
        return self._sheet.icons

    def _body(self, view: View, layouts: Mapping[str, Layout | None]) -> str:
        self._sheet = _Sheet(view.uri)
        return self._environment.draw(view.template, view=view, layouts=layouts)

    def _bounded(self, drawing: Callable[..., Markup]) -> Callable[..., Markup]:
        def bounded(graph: Graph | AtlasGraph, *given: Any) -> Markup:
            drawn = drawing(graph, *given)
            if len(drawn) * 4 > self._svg_bytes and (size := len(drawn.encode())) > self._svg_bytes:
                raise _TooLargeError(graph.name, size)
            return drawn
        return bounded

    def _href(self, target: str) -> str:
        """The address of a place in directory form, seen from the page being drawn; remembers the place."""
        sheet = self._sheet
        known = sheet.addresses.get(target)
        if known is not None:
            return known
        if _SCHEME.match(target):
            # An address outside the site stays as it is; one that could run code leads nowhere.
            address = target if target.lower().startswith(_OPEN_SCHEMES) else "#"
        else:
            place = sheet.uri + target if target.startswith("#") else target.lstrip("/")
            moved = self._moved.get(place)
            place, mark, query = (moved or place).partition("?")  # the view of a register: ``journeys/?owner=sales``
            sheet.links.add(place)
            stays = target.startswith("#") and not moved
            address = target if stays else f"{self._address(place, sheet)}{mark}{query}"
        sheet.addresses[target] = address
        return address

    def _address(self, target: str, sheet: _Sheet) -> str:
        """``relative``, worked out once for each page that is linked to, however many of its anchors are."""
        place, hash_, anchor = target.partition("#")
        if place == sheet.uri:
            return relative(target, sheet.uri, self._directory_urls)
        if place not in sheet.places:
            sheet.places[place] = relative(place, sheet.uri, self._directory_urls)
        return f"{sheet.places[place]}{hash_}{anchor}"

    def _drawn_lanes(self) -> dict[str, str]:
        """Lanes with a template of a team's own in ``templates/lanes/``, which draws one cell."""
        names = self._environment.list_templates(filter_func=lambda name: name.startswith("lanes/"))
        return {name.removeprefix("lanes/").removesuffix(".html"): name for name in names}

    def _face(self, level: float, classes: str) -> Markup:
        """The face of a score; ``classes`` place and colour it where it stands alone in a picture."""
        icon = self._icon(f"emoticon-{template_tools.FACES[template_tools.fold(level)]}-outline")
        if not classes:
            return icon
        return Markup(str(icon).replace('"jb-i"', f'"jb-i {classes}"', 1))  # noqa: S704 - classes are ours

    def _icon(self, name: str, label: str = "") -> Markup:
        """An icon of the sprite; with a ``label`` it says something that stands nowhere else.

        ``xlink:href``: a plain ``href`` in SVG breaks instant navigation.
        """
        use = self._uses.get(name)
        if use is None:
            shape = self.icons.shape(name)
            symbol = "default" if shape is None else name
            drawn = Markup(  # noqa: S704 - the name is [a-z0-9-]+
                '<svg class="jb-i" aria-hidden="true">'
                f'<use xlink:href="#i-{symbol}"/></svg>'
            )
            use = self._uses[name] = (symbol, shape or DEFAULT, drawn)
        self._sheet.icons[use[0]] = use[1]
        if not label:
            return use[2]
        told = f'role="img" aria-label="{escape(label)}"'
        return Markup(str(use[2]).replace('aria-hidden="true"', told, 1))  # noqa: S704 - escaped


def renderer_for(settings: Settings, overrides: Sequence[Path], icons: IconSet, moved: Mapping[str, str]) -> Renderer:
    """The renderer of a build: that of the build before, as long as it would come out the same.

    A preview builds again and again, and nobody collects a renderer: compiled templates hold themselves.
    """
    templates = [path for folder in overrides for path in sorted((folder / "templates").rglob("*")) if path.is_file()]
    seen = tuple((path, path.stat().st_mtime_ns) for path in templates)
    renderer = _made(tuple(overrides), seen, stamp(words.current()), settings.directory_urls,
                     settings.limits.svg_bytes, user_cache("templates") if settings.cache is not None else None)
    renderer.begin(icons, moved)
    return renderer


@lru_cache(maxsize=8)  # atlases of a site may differ in language
def _made(overrides: tuple[Path, ...], _seen: object, _said: str, directory_urls: bool, svg_bytes: int,
          kept: Path | None) -> Renderer:
    no_icons = IconSet(theme_dir())  # they come with each build
    return Renderer([*overrides, theme_dir()], no_icons, directory_urls, keep=kept is not None, svg_bytes=svg_bytes)


def _headings(html: str) -> tuple[tuple[str, str, int], ...]:
    """Headings of the first three levels as the page's contents, without icons and hidden words."""
    found = _HEADING.findall(html)
    texts = ((anchor, _QUIET.sub("", inner), int(level)) for level, anchor, inner in found if level <= "3")
    return tuple((anchor, unescape(Markup(inner).striptags()), level) for anchor, inner, level in texts)  # noqa: S704

