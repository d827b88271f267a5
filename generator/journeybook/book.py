"""The whole story on one screen: files → atlas and problems (``reading.py``) → views → layouts → pages."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from journeybook import views
from journeybook.addresses import relative
from journeybook.changes.entities import History
from journeybook.drawing import draw_all, draw_pages
from journeybook.feed import feed
from journeybook.finished import Finished, stamp_of
from journeybook.icons import IconSet
from journeybook.ics import calendars
from journeybook.model import Atlas
from journeybook.page import Page
from journeybook.problems import JourneybookError, Problem
from journeybook.reading import Clock, Reading, read_book, tell
from journeybook.redirects import redirects
from journeybook.render import renderer_for
from journeybook.schema import validate
from journeybook.schema.atlas import Atlas as AtlasSettings
from journeybook.schema.validate import ATLAS_FILES
from journeybook.settings import Settings
from journeybook.source import read
from journeybook.views.changes import FEED, changes_view
from journeybook.words import SOURCE, Speech, base, speaking


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
               history: History | None = None, only: Collection[str] = (), finished: Finished | None = None,
               pause: Callable[[], None] = lambda: None) -> Book:
    """Every page of the site, rendered.

    ``icons`` is a folder of SVG icons, ``overrides`` are folders whose ``templates/`` come before ours. With
    ``keep_going`` the journeys that cannot be published show their problems in place of their map; without it
    the caller looks at ``reading.refusals`` first. ``workers`` copies of this process share the drawing. With a
    ``history`` the site tells what changed. With ``only``, ids of journeys, no other pages are drawn. Pages that are
    ``finished`` and still as they were are not drawn again. Where this process draws alone, ``pause`` may end it
    between two pages by raising.
    """
    reading = reading or read_book(settings, clock)
    with speaking(reading.atlas.spec.language, overrides) as speech:
        book = _build(settings, icons, reading, keep_going, overrides, clock, workers, history, only,
                      finished, speech, pause)
    return replace(book, remark=_english_instead(speech))


def journey_pages(settings: Settings, icons: Path, reading: Reading, idents: Collection[str], history: History | None,
                  moved: Mapping[str, str], clock: Clock | None = None) -> list[Page]:
    """The pages of these journeys, drawn before all others and not kept; ``moved`` is that of the book before."""
    started = time.perf_counter()
    with speaking(reading.atlas.spec.language, ()):
        making = views.makers(reading.atlas, reading.problems, settings, frozenset(), history, idents, whole=True)
        renderer = renderer_for(settings, (), IconSet(icons), moved)
        with _ended(making, again=False):
            found = draw_all(making, renderer, settings)
    tell(clock, f"{len(found)} first", started)
    return found


def _build(settings: Settings, icons: Path, reading: Reading, keep_going: bool, overrides: Sequence[Path],
           clock: Clock | None, workers: int, history: History | None, only: Collection[str],
           finished: Finished | None, speech: Speech, pause: Callable[[], None]) -> Book:
    """The pages in the language of the moment."""
    replaced = _replaced(reading) if keep_going else frozenset()
    making = views.makers(reading.atlas, reading.problems, settings, replaced, history, only,
                          fingerprints=finished.fingerprints if finished else None)
    shapes = IconSet(icons)
    if finished:
        more = sorted(replaced), history is not None, sorted(making.moved.items())
        finished.begin(stamp_of(settings, reading.atlas, speech, overrides, icons, more), shapes)
    renderer = renderer_for(settings, overrides, shapes, making.moved)
    with _ended(making, again=finished is not None and not finished.lasting):
        drawn, notices = draw_pages(making, renderer, settings, finished, workers, clock, pause)
        files = _files(settings, reading.atlas, history)
    return Book(reading, drawn, notices, _pictures(reading.atlas), files, moved=making.moved)


def _files(settings: Settings, atlas: Atlas, history: History | None) -> dict[str, str]:
    """What is published beside the pages, by its place."""
    address = _address_of(settings) if settings.site_url else None
    files = views.data_files(atlas) | calendars(atlas, settings.today, settings.site_url or atlas.title, address)
    files |= redirects(atlas, settings.directory_urls,
                       partial(relative, directory_urls=settings.directory_urls), address)
    if history is not None and history.revisions:
        files[FEED] = feed(changes_view(history, atlas), atlas.title, settings.site_url)
    return files


@contextmanager
def _ended(making: views.Makers, *, again: bool) -> Iterator[None]:
    """What pages are made with goes when they are made, however that ends: it holds itself, and a build does without
    the collector of such garbage. Fingerprints stay if there will be another build (``again``).
    """
    try:
        yield
    except TemplateError as error:
        raise _template_fault(error) from error
    finally:
        making.reads.plain.judged.clear()  # they hold the atlas; and checks judge in its order, not that of pages
        making.reads.end(again=again)


def _address_of(settings: Settings) -> Callable[[str], str]:
    return lambda place: f"{settings.site_url.rstrip('/')}/{relative(place, '', settings.directory_urls)}"


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
