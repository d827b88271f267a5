"""The whole story on one screen: files → atlas and problems (``reading.py``) → views → layouts → pages."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from journeybook import views
from journeybook.changes.entities import History
from journeybook.diagrams.atlas import AtlasGraph
from journeybook.diagrams.atlas_dot import atlas_dot
from journeybook.diagrams.graph import to_dot
from journeybook.diagrams.layout import Graphviz, Layout
from journeybook.feed import feed
from journeybook.ics import calendars
from journeybook.model import Atlas
from journeybook.problems import JourneybookError, Problem
from journeybook.reading import Clock, Reading, read_book, tell
from journeybook.redirects import redirects
from journeybook.render import Page, Renderer, relative
from journeybook.schema import validate
from journeybook.schema.atlas import Atlas as AtlasSettings
from journeybook.schema.validate import ATLAS_FILES
from journeybook.settings import Limits, Settings
from journeybook.source import read
from journeybook.theme import theme_dir
from journeybook.views.changes import FEED, changes_view
from journeybook.views.pages import View
from journeybook.words import SOURCE, Speech, base, speaking
from journeybook.workers import shared_out


@dataclass(slots=True)
class Book:
    """A finished site in pages. ``notices`` are plain words about diagrams that had to be told in words.

    ``pictures`` are the files of the atlas that pages show, relative to its folder; ``files`` are those made beside the
    pages, by their place in the site. ``remark`` is what the owner of the site should know and need not mend.
    ``moved`` says where rows stand whose register is divided into pages.
    """

    reading: Reading
    pages: list[Page]
    notices: list[str] = field(default_factory=list)
    pictures: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def atlas(self) -> Atlas:
        """The maps: everything the team wrote, resolved."""
        return self.reading.atlas

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, in reading order."""
        return self.reading.problems

    def dangling(self) -> Iterator[tuple[str, str]]:
        """(page, target) of links that lead to no page or to no anchor of one; a built book has none."""
        anchors = {page.uri: page.anchors for page in self.pages}
        files = {place for page in self.pages for place, _ in page.files}
        for page in self.pages:
            for target in sorted(page.links):
                place, _, anchor = target.partition("#")
                known = place in anchors and (not anchor or anchor in anchors[place])
                if not known and place not in self.pictures and place not in files and place not in self.files:
                    yield page.uri, target


def language_of(settings: Settings) -> str:
    """The language that ``atlas.yml`` names, ``""`` where it names none: the host has to know before it begins."""
    for path in (settings.atlas / name for name in ATLAS_FILES):
        document = read(path, settings)[0] if path.is_file() else None
        entry = validate(document, settings.shown(settings.atlas))[0].atlas if document else None
        if entry and isinstance(entry.spec, AtlasSettings):
            return entry.spec.language or ""
    return ""


def build_book(settings: Settings, icons: Path, *, reading: Reading | None = None, keep_going: bool = False,
               overrides: Sequence[Path] = (), clock: Clock | None = None, workers: int = 1,
               history: History | None = None, only: Collection[str] = ()) -> Book:
    """Every page of the site, rendered.

    ``icons`` is a folder of SVG icons, ``overrides`` are folders whose ``templates/`` come before ours. With
    ``keep_going`` the journeys that cannot be published show their problems in place of their map; without it
    the caller looks at ``reading.refusals`` first. ``workers`` copies of this process share the drawing. With a
    ``history`` the site tells what changed. With ``only``, ids of journeys, no other pages are drawn.
    """
    reading = reading or read_book(settings, clock)
    with speaking(reading.atlas.spec.language, overrides) as speech:
        book = _build(settings, icons, reading, keep_going, overrides, clock, workers, history, only)
    return replace(book, remark=_english_instead(speech))


def _build(settings: Settings, icons: Path, reading: Reading, keep_going: bool, overrides: Sequence[Path],
           clock: Clock | None, workers: int, history: History | None, only: Collection[str]) -> Book:
    """The pages in the language of the moment."""
    started = time.perf_counter()
    replaced = _replaced(reading) if keep_going else frozenset()
    makers, moved = views.makers(reading.atlas, reading.problems, settings, replaced, history, only)
    renderer = Renderer([*overrides, theme_dir()], icons, settings.directory_urls, keep=settings.cache is not None,
                        svg_bytes=settings.limits.svg_bytes, moved=moved)
    draw = partial(_draw, makers, renderer, settings)
    try:
        drawn = shared_out(draw, len(makers), workers)
    except TemplateError as error:
        raise _template_fault(error) from error
    tell(clock, "pages", started)
    notices = dict.fromkeys(notice for _, failures in drawn for notice in failures)
    files = views.data_files(reading.atlas)
    address = _address_of(settings) if settings.site_url else None
    files |= calendars(reading.atlas, settings.today, settings.site_url or reading.atlas.title, address)
    files |= redirects(reading.atlas, settings.directory_urls,
                       partial(relative, directory_urls=settings.directory_urls), address)
    if history is not None and history.revisions:
        files[FEED] = feed(changes_view(history, reading.atlas), reading.atlas.title, settings.site_url)
    return Book(reading, [page for page, _ in drawn], list(notices), _pictures(reading.atlas), files,
                moved=moved)


def _address_of(settings: Settings) -> Callable[[str], str]:
    return lambda place: f"{settings.site_url.rstrip('/')}/{relative(place, '', settings.directory_urls)}"


def _draw(makers: Sequence[Callable[[], View]], renderer: Renderer, settings: Settings,
          share: range) -> list[tuple[Page, tuple[str, ...]]]:
    """Some of the pages: their views, then all their diagrams in one go, then their HTML.

    With each page come plain words about diagrams that had to be told in words (with the first page: they are
    about the whole share).
    """
    drawn = [makers[position]() for position in share]
    graphviz = Graphviz(engine=settings.engine, cache_dir=settings.cache)
    too_large: list[str] = []
    layouts = _layouts(drawn, graphviz, settings.limits, too_large)
    pages = [renderer.render(view, layouts.get(view.uri, {})) for view in drawn]
    notices = (*graphviz.failures, *too_large, *renderer.notices)
    return [(page, () if position else notices) for position, page in enumerate(pages)]


def _layouts(drawn: Iterable[View], graphviz: Graphviz, limits: Limits,
             too_large: list[str]) -> dict[str, dict[str, Layout | None]]:
    """By page, the layouts of its diagrams by their names; all are laid out in one go, but for those too large."""
    wanted = []
    for view in drawn:
        for graph in view.graphs:
            boxes, lines = graph.size
            if boxes <= limits.graph_boxes and lines <= limits.graph_lines:
                dot = atlas_dot(graph) if isinstance(graph, AtlasGraph) else to_dot(graph)
                wanted.append((view.uri, graph.name, dot))
            else:
                too_large.append(
                    f"a diagram of the page “{view.title}” has {boxes:,} boxes and {lines:,} lines; `graph_boxes: "
                    f"{limits.graph_boxes}` and `graph_lines: {limits.graph_lines}` are the most, so words stand in "
                    "its place")
    found = graphviz.layout([dot for _, _, dot in wanted])
    layouts: dict[str, dict[str, Layout | None]] = {}
    for (uri, name, _), layout in zip(wanted, found, strict=True):
        layouts.setdefault(uri, {})[name] = layout
    return layouts


def _replaced(reading: Reading) -> frozenset[str]:
    """Journeys with a problem in their own file for which a build would refuse."""
    paths = {problem.span.path for problem in reading.refusals}
    return frozenset(j.id for j in reading.atlas.journeys.values() if j.origin.document.path in paths)


def _english_instead(speech: Speech) -> str:
    """What to do about a language of the maps for which there are no interface words; ``""`` where there are."""
    if base(speech.wanted) == SOURCE or not speech.native:
        return ""
    return (f"there are no interface words in `{speech.wanted}`, so they are in English: a catalogue "
            f"locale/{speech.wanted}.po in the folder that `custom_dir:` names gives the site its own")


def _pictures(atlas: Atlas) -> frozenset[str]:
    photos = (persona.photo for persona in atlas.personas.values())
    images = (step.image for stage in atlas.stages.values() for step in stage.steps)
    files = (asset.file for asset in atlas.assets.values())
    return frozenset(path for path in (*photos, *images, *files) if path)


def _template_fault(error: TemplateError) -> JourneybookError:
    """A template of the team's own cannot be drawn: where, and why."""
    where = next((f"{Path(frame.filename).name}, line {frame.lineno}"
                  for frame in reversed(traceback.extract_tb(error.__traceback__))
                  if frame.filename.endswith(".html")), "")
    if isinstance(error, TemplateSyntaxError):
        where = f"{Path(error.filename or error.name or 'a template').name}, line {error.lineno}"
    return JourneybookError(f"a template cannot be drawn ({where or 'unknown place'}): {error.message}",
                            "correct the template in the folder that `custom_dir:` names")
