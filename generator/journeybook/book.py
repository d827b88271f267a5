"""The whole story on one screen: files → atlas and problems → views → layouts → pages."""

from __future__ import annotations

import gc
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from jinja2 import TemplateError, TemplateSyntaxError

from journeybook import checks, views
from journeybook.diagrams.graph import to_dot
from journeybook.diagrams.layout import Graphviz, Layout
from journeybook.model import Atlas, build_atlas
from journeybook.problems import JourneybookError, Problem, Span
from journeybook.render import Page, Renderer
from journeybook.schema import Contents, Entry, validate
from journeybook.schema.atlas import Atlas as AtlasSettings
from journeybook.schema.records import REGISTRIES
from journeybook.schema.types import slug
from journeybook.schema.validate import ATLAS_FILES
from journeybook.settings import Settings
from journeybook.source import Document, list_files, read
from journeybook.source.document import EMPTY
from journeybook.theme import theme_dir
from journeybook.views.pages import View
from journeybook.words import SOURCE, Speech, base, speaking
from journeybook.workers import shared_out

Clock = Callable[[str, float], None]


@dataclass(slots=True)
class Reading:
    """An atlas that was read and checked: what ``journeybook check`` needs."""

    atlas: Atlas
    problems: list[Problem]
    documents: dict[str, Document]
    files: int

    @property
    def refusals(self) -> list[Problem]:
        """The problems for which nothing is published."""
        return checks.refusals(self.problems)


@dataclass(slots=True)
class Book:
    """A finished site in pages. ``notices`` are plain words about diagrams that had to be told in words.

    ``pictures`` are the files of the atlas that pages show, relative to its folder. ``remark`` is what the owner of
    the site should know and need not mend.
    """

    reading: Reading
    pages: list[Page]
    notices: list[str] = field(default_factory=list)
    pictures: frozenset[str] = frozenset()
    remark: str = ""

    def dangling(self) -> Iterator[tuple[str, str]]:
        """(page, target) of links that lead to no page or to no anchor of one; a built book has none."""
        anchors = {page.uri: page.anchors for page in self.pages}
        for page in self.pages:
            for target in sorted(page.links):
                place, _, anchor = target.partition("#")
                known = place in anchors and (not anchor or anchor in anchors[place])
                if not known and place not in self.pictures:
                    yield page.uri, target


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cyclic garbage, which would look through the atlas again and again.

    Its millions of records hold no cycles and live to the end of the run: afterwards they are set aside, so that
    the collector does not look through them either. Those of a run before come back first (a server reads often).
    """
    enabled = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


@uncollected()
def read_book(settings: Settings, clock: Clock | None = None) -> Reading:
    """Read and check an atlas. Nothing a user can write makes this raise."""
    started = time.perf_counter()
    listing = list_files(settings)
    problems = list(listing.problems)
    contents: list[Contents] = []
    unreadable: list[str] = []
    folder = settings.shown(settings.atlas)
    for path in listing.yaml:
        document, found = read(path, settings)
        problems += found
        if document is None:
            unreadable.append(settings.shown(path))
            continue
        content, found = validate(document, folder)
        problems += found
        contents.append(content)
    _taken_for_journeys(contents, unreadable)
    started = _tell(clock, "read", started)
    atlas, found = build_atlas(contents, settings, unreadable)
    problems += found
    documents = {content.document.path: content.document for content in contents}
    if not listing.yaml and not problems:
        problems.append(_nothing(settings))
    checked = checks.run(atlas, settings, documents.values(), problems)
    _tell(clock, "check", started)
    return Reading(atlas, checked, documents, len(listing.yaml))


def language_of(settings: Settings) -> str:
    """The language that ``atlas.yml`` names, ``""`` where it names none: the host has to know before it begins."""
    for path in (settings.atlas / name for name in ATLAS_FILES):
        document = read(path, settings)[0] if path.is_file() else None
        entry = validate(document, settings.shown(settings.atlas))[0].atlas if document else None
        if entry and isinstance(entry.spec, AtlasSettings):
            return entry.spec.language or ""
    return ""


def build_book(settings: Settings, icons: Path, *, reading: Reading | None = None, keep_going: bool = False,
               overrides: Sequence[Path] = (), clock: Clock | None = None, workers: int = 1) -> Book:
    """Every page of the site, rendered.

    ``icons`` is a folder of SVG icons, ``overrides`` are folders whose ``templates/`` come before ours. With
    ``keep_going`` the journeys that cannot be published show their problems in place of their map; without it
    the caller looks at ``reading.refusals`` first. ``workers`` copies of this process share the drawing.
    """
    reading = reading or read_book(settings, clock)
    with speaking(reading.atlas.spec.language, overrides) as speech:
        book = _build(settings, icons, reading, keep_going, overrides, clock, workers)
    return replace(book, remark=_english_instead(speech))


def _build(settings: Settings, icons: Path, reading: Reading, keep_going: bool, overrides: Sequence[Path],
           clock: Clock | None, workers: int) -> Book:
    """The pages in the language of the moment."""
    started = time.perf_counter()
    replaced = _replaced(reading) if keep_going else frozenset()
    makers = views.makers(reading.atlas, reading.problems, settings, replaced)
    # Compiled templates are not kept on disk: code that somebody commits to the cache folder would be run.
    renderer = Renderer([*overrides, theme_dir()], icons, settings.directory_urls)
    draw = partial(_draw, makers, renderer, settings)
    try:
        drawn = shared_out(draw, len(makers), workers)
    except TemplateError as error:
        raise _template_fault(error) from error
    _tell(clock, "pages", started)
    notices = dict.fromkeys(notice for _, failures in drawn for notice in failures)
    return Book(reading, [page for page, _ in drawn], list(notices), _pictures(reading.atlas))


def _draw(makers: Sequence[Callable[[], View]], renderer: Renderer, settings: Settings,
          share: range) -> list[tuple[Page, tuple[str, ...]]]:
    """Some of the pages: their views, then all their diagrams in one go, then their HTML.

    With each page come plain words about diagrams that had to be told in words (with the first page: they are
    about the whole share).
    """
    drawn = [makers[position]() for position in share]
    graphviz = Graphviz(engine=settings.engine, cache_dir=settings.cache)
    layouts = _layouts(drawn, graphviz)
    pages = [renderer.render(view, layouts.get(view.uri, {})) for view in drawn]
    return [(page, () if position else tuple(graphviz.failures)) for position, page in enumerate(pages)]


def _taken_for_journeys(contents: list[Contents], unreadable: list[str]) -> None:
    """Files that cannot be read and do not tell what they hold: shown as journeys, unless their name says other.

    Somebody who saves half a file, or saves it in another encoding, finds the reason where the map was.
    """
    contents += (Contents(Document(path, "", {}, EMPTY, readable=False)) for path in unreadable)
    known = {content.journey.id for content in contents if content.journey}
    for content in contents:
        document = content.document
        stem = PurePosixPath(document.path).stem
        registry = stem in REGISTRIES or stem == "atlas" or any(key in REGISTRIES for key in document.top_keys)
        if document.readable or content.journey or registry:
            continue
        ident = slug(stem)
        if ident and ident not in known:
            known.add(ident)
            content.journey = Entry("journey", ident, None, document, (), True)


def _layouts(drawn: Iterable[View], graphviz: Graphviz) -> dict[str, dict[str, Layout | None]]:
    """By page, the layout of its diagram by the diagram's name; all are laid out in one go."""
    graphs = [(view.uri, graph) for view in drawn if (graph := getattr(view, "graph", None))]
    found = graphviz.layout([to_dot(graph) for _, graph in graphs])
    return {uri: {graph.name: layout} for (uri, graph), layout in zip(graphs, found, strict=True)}


def _replaced(reading: Reading) -> frozenset[str]:
    """Journeys with a problem in their own file for which a build would refuse."""
    paths = {problem.span.path for problem in reading.refusals}
    return frozenset(j.id for j in reading.atlas.journeys.values() if j.origin.document.path in paths)


def _nothing(settings: Settings) -> Problem:
    return Problem("file-empty", "there are no maps in this folder", Span(settings.shown(settings.atlas)),
                   "run `journeybook new journey \"How people find us\"`, or add a YAML file with `title:`, "
                   "`owner:` and `stages:`")


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


def _tell(clock: Clock | None, phase: str, started: float) -> float:
    now = time.perf_counter()
    if clock:
        clock(phase, now - started)
    return now
