"""The site as plain Markdown files, for generators that run no plugin of ours.

A stub is front matter and one block of finished HTML. The block holds no blank line and no brace, at which
Markdown or a generator's own templates would begin to read something into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from journeybook.adapters.history import read_history
from journeybook.adapters.host_pages import SHELF_OF, has_tab, source_uri, url_of
from journeybook.adapters.one_file import material_folder
from journeybook.adapters.project import Project
from journeybook.adapters.stubs.block import block
from journeybook.adapters.stubs.folder import MANIFEST, manifest
from journeybook.adapters.stubs.pages import OwnPages
from journeybook.adapters.stubs.settings import settings_text
from journeybook.addresses import HUBS
from journeybook.book import Book, build_book
from journeybook.page import Page
from journeybook.problems import JourneybookError
from journeybook.reading import Reading
from journeybook.settings import Settings
from journeybook.theme import script, style, theme_dir
from journeybook.views import extent
from journeybook.views.reference import HUB as REFERENCE
from journeybook.words import base as base_of
from journeybook.workers import processors

STYLE, SCRIPT = "assets/journeybook/journeybook.css", "assets/journeybook/journeybook.js"
OURS = ("main.html", "partials/source.html", "partials/progress.html")  # of what the host sees of the theme
Files = dict[str, str | bytes]


def stubs(project: Project, settings: Settings, reading: Reading) -> tuple[Files, list[str]]:
    """A whole project: ``mkdocs.yml``, ``docs/`` and ``overrides/``; and what is wrong in the team's own pages.

    Raises :class:`JourneybookError` where the site itself would be refused.
    """
    if settings.at:
        raise JourneybookError("stubs are those of a site with one atlas", "export them from a mkdocs.yml for each")
    if reading.refusals:
        raise JourneybookError(f"the maps cannot be published: {reading.refusals[0].message}",
                               "`journeybook check` shows every problem with its place in the file")
    settings = replace(settings, directory_urls=True)  # every page is the index of a folder
    history = None if settings.history is False else read_history(settings)
    own = [project.custom_dir] if project.custom_dir else []
    book = build_book(settings, material_folder() / ".icons" / "material", reading=reading, overrides=own,
                      workers=processors(), history=history)
    look = style(extent(book.atlas)) + "\n" + (theme_dir() / "stubs" / "stubs.css").read_text("utf-8")
    found: Files = {STYLE: look, SCRIPT: script()}
    team = dict(_team_files(project.docs_dir, settings.roots))
    places = {source_uri(page.uri): place_of(page) for page in book.pages if source_uri(page.uri) not in team}
    for page in book.pages:
        if source_uri(page.uri) in places:  # a page of the team's own wins
            found[place_of(page)] = stub(page, project.directory_urls)
        found |= dict(page.files)
    found |= book.files
    found |= {place: (settings.above(place) / place).read_bytes() for place in sorted(book.pictures)}
    found["assets/journeybook/logo.svg"] = (theme_dir() / "overrides/assets/journeybook/logo.svg").read_text("utf-8")
    pages = OwnPages(book, team, places)
    found |= pages.files()
    files: Files = {f"docs/{name}": content for name, content in found.items()}
    files |= {f"overrides/{name}": content for name, content in _overrides(project)}
    files["mkdocs.yml"] = settings_text(project.config_file, style=STYLE, script=SCRIPT, places=pages.places,
                                        language=_language(book, material_folder()), hubs=_hubs(book))
    files[MANIFEST] = manifest(files)
    return files, pages.faults


def place_of(page: Page) -> str:
    """The stub of a page: the index of a folder, whose relative addresses mean the same before and after a build."""
    return f"{page.uri}index.md"


def stub(page: Page, directory_urls: bool) -> str:
    """A page as Markdown: front matter, and one block of HTML. ``directory_urls`` is how the navigation writes."""
    # What front matter says goes into the theme's templates, which escape nothing.
    meta: dict[str, object] = {"template": "journeybook.html", "description": escape(page.description),
                               "hide": ["navigation", "toc"], "journeybook": True}
    first = page.uri.split("/")[0]
    shelf = page.uri if has_tab(page) else f"{SHELF_OF.get(first, first)}/"
    if page.uri:  # the first page has the title of the site
        meta["title"] = escape(page.section or page.title if has_tab(page) else page.title)
    if shelf in HUBS and not shelf.startswith(REFERENCE):
        meta["tab"] = url_of(shelf, directory_urls)
    if page.edit:
        meta["edit"] = page.edit
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
    return f"---\n{head}---\n\n{block(page.html)}\n"


def _team_files(docs_dir: Path, roots: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    """What lies in the folder of pages and is no source of the maps, by its place there."""
    for path in sorted(docs_dir.rglob("*")):
        parts = path.relative_to(docs_dir).parts
        source = path.suffix.lower() in (".yml", ".yaml", ".csv") and any(
            path.resolve().is_relative_to(root) for root in roots)
        if path.is_file() and not path.is_symlink() and not source and not any(part.startswith(".") for part in parts):
            yield path.relative_to(docs_dir).as_posix(), path


def _overrides(project: Project) -> Iterator[tuple[str, str | bytes]]:
    """Templates: ours, and over them those of the team."""
    for name in OURS:
        yield name, (theme_dir() / "overrides" / name).read_text("utf-8")
    for path in sorted((theme_dir() / "stubs").rglob("*.html")):
        yield path.relative_to(theme_dir() / "stubs").as_posix(), path.read_text("utf-8")
    for path in sorted(project.custom_dir.rglob("*")) if project.custom_dir else ():
        name = path.relative_to(project.custom_dir).as_posix() if project.custom_dir else ""
        if path.is_file() and not name.startswith(("templates/", "locale/")):  # these are read by us
            yield name, path.read_bytes()


def _hubs(book: Book) -> list[tuple[str, str]]:
    return [(page.section or page.title, place_of(page)) for page in book.pages if has_tab(page)]


def _language(book: Book, material: Path) -> str:
    """The theme's language for that of the maps, ``""`` where it has none."""
    language = book.atlas.spec.language or ""
    known = (tag for tag in (language, base_of(language)) if tag
             and (material / "partials" / "languages" / f"{tag}.html").is_file())
    return next(known, "")
