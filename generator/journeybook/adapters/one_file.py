"""Journeys as one HTML file that opens from a disk: no script, no request, and it says so to the browser."""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from journeybook.book import Book, build_book
from journeybook.model import Journey
from journeybook.page import Page
from journeybook.problems import JourneybookError
from journeybook.reading import Reading
from journeybook.settings import Settings
from journeybook.theme import style, theme_dir
from journeybook.views import extent
from journeybook.views.record_places import journey_uri
from journeybook.words import _, current
from journeybook.workers import processors

SHARED = r"(?!i-|jb-emo-)"  # ids that mean the same on every page: icons, and what the stylesheet names
ATTRIBUTE = re.compile(rf' (id|for|headers|aria-labelledby|aria-controls|aria-describedby)="{SHARED}([^"]+)"')
LINK = re.compile(r'(<a\b[^>]*?) (xlink:)?href="([^"]*)"')
IMAGE = re.compile(r'(<img\b[^>]*?) src="([^"]*)"')
SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>|<linearGradient id="([^"]+)".*?</linearGradient>', re.DOTALL)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


def one_file(reading: Reading, settings: Settings, journeys: Iterable[Journey]) -> str:
    """The file. Links between its journeys work; those to other pages of the site are plain words."""
    material = material_folder()
    uris = {journey_uri(journey.id): journey for journey in journeys}
    book = build_book(settings, material / ".icons" / "material", reading=reading, keep_going=True,
                      workers=processors(), only=[journey.id for journey in uris.values()])
    pages = [page for page in book.pages if page.uri in uris]
    places = {page.uri: uris[page.uri].id for page in pages}
    seen: set[str] = set()
    bodies = [(places[page.uri], page.title, Markup(_body(page, places, book, settings, seen)))  # noqa: S704 - ours
              for page in pages]
    environment = Environment(loader=FileSystemLoader(theme_dir() / "templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    own = (theme_dir() / "file.css").read_text("utf-8")
    look = "\n".join((*_host_styles(material), style(extent(reading.atlas)), own))
    return environment.get_template("one-file.html").render(
        title=reading.atlas.title, journeys=bodies, look=Markup(look), contents=_("On this page"),  # noqa: S704 - ours
        language=current().language)


def material_folder() -> Path:
    """The templates of the host's theme. Raises :class:`JourneybookError` where it is not installed."""
    found = find_spec("material")
    for folder in (found.submodule_search_locations or ()) if found else ():
        if (Path(folder) / "templates" / "base.html").is_file():
            return Path(folder) / "templates"
    raise JourneybookError("Material for MkDocs, whose icons and letters we use, is not installed",
                           "run `pip install --force-reinstall journeybook`")


def _host_styles(material: Path) -> Iterable[str]:
    """The theme's own stylesheets, without the notes for its makers."""
    for name in ("main", "palette"):
        path = next(iter(sorted((material / "assets" / "stylesheets").glob(f"{name}.*.min.css"))))
        yield re.sub(r"/\*#.*?\*/", "", path.read_text("utf-8")).replace("</", r"<\/")


def _body(page: Page, places: dict[str, str], book: Book, settings: Settings, seen: set[str]) -> str:
    """A page's HTML with ids of its own; what several pages draw with comes once."""
    ident = places[page.uri]

    def once(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name in seen:
            return ""
        seen.add(name)
        return found[0]

    html = SYMBOL.sub(once, page.html)
    html = ATTRIBUTE.sub(lambda found: f' {found[1]}="{_own(ident, found[2])}"', html)
    html = LINK.sub(lambda found: found[1] + _link(found[3], found[2] or "", page.uri, ident, places), html)
    return IMAGE.sub(lambda found: found[1] + _image(found[2], page.uri, book, settings), html)


def _own(ident: str, names: str) -> str:
    return " ".join(f"{ident}--{name}" for name in names.split())


def _link(address: str, prefix: str, uri: str, ident: str, places: dict[str, str]) -> str:
    """The ``href`` of a link, ``""`` where it leads out of the file."""
    place, _mark, anchor = address.partition("#")
    if not SCHEME.match(address):
        target = ident if not place else places.get(_place(place, uri), "")
        if not target:
            return ""
        address = f"#{target}--{anchor}" if anchor else f"#{target}"
    return f' {prefix}href="{address}"'


def _place(address: str, uri: str) -> str:
    """Where an address leads, from the site's first page, in directory form."""
    path = address.partition("?")[0]
    place = posixpath.normpath(posixpath.join(uri if uri.endswith("/") else posixpath.dirname(uri), path))
    return f"{place.removesuffix('.html').removesuffix('/index')}/"


def _image(address: str, uri: str, book: Book, settings: Settings) -> str:
    """The picture itself in place of its address."""
    place = _place(address, uri).rstrip("/")
    path = settings.above(place) / place
    if place not in book.pictures or path.suffix.lower() not in TYPES:
        return ""
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f' src="data:{TYPES[path.suffix.lower()]};base64,{data}"'
