"""Finished pages as the host's own: handed over through subclasses of its ``File`` and ``Page``."""

from __future__ import annotations

import re
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import get_toc

from journeybook.addresses import HUBS
from journeybook.render import Page
from journeybook.settings import Settings
from journeybook.views.reference import HUB as REFERENCE

SHELF_OF = {"glossary": "library", "compare": "journeys", "changes": "health"}
"""Pages without a folder of their own in the navigation → the folder of their tab."""
FRAME = re.compile(r'<div class="jb-page[^>]*>')


class JourneyFile(File):
    """A page that has no Markdown file behind it."""

    def is_modified(self) -> bool:
        """Always written: the host cannot know which records a page was made from."""
        return True


class JourneyPage(HostPage):
    """A finished page in the host's clothes."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig, at: str) -> None:
        super().__init__(None, file, config)
        self.at = at
        self.put_away = ""
        self.whole = ""
        self.markdown = ""
        self.take(page)

    def take(self, page: Page) -> None:
        """Be this finished page from now on."""
        self.finished = page
        # The theme's templates escape nothing: title and description must be safe before they get there.
        self.meta = {"description": escape(page.description), "hide": ["navigation", "toc"],
                     "search": {"exclude": True}, "journeybook": True}
        if has_tab(page):
            # Its tab; a title in `meta` would win over the navigation's word.
            self.title = escape(page.section or page.title)
        else:
            self.meta["title"] = escape(page.title)
        self.edit_url = page.edit or None
        self.content = page.html
        self.show_shelves()  # of a page that has its place already

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing to read: the page is finished."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over HTML, contents and anchors."""
        self.content = self.finished.html
        # Where the theme's skip link leads. No more: a page has its own jump links, and the theme would hide the list.
        self.toc = get_toc([{"level": 1, "id": "top", "name": self.title, "children": []}])
        self.present_anchor_ids = set(self.finished.anchors)

    def show_shelves(self) -> None:
        """Lead to the other pages of the tab, where one tab holds several: the theme's list of them is hidden.

        To be called when all pages know their titles.
        """
        pages = [child for child in self.parent.children if isinstance(child, HostPage)] if self.parent else []
        if len(pages) < 2 or self.parent is None:
            return
        links = (f"<b>{page.title}</b>" if page is self else
                 f'<a href="{page.file.url_relative_to(self.file)}">{page.title}</a>' for page in pages)
        items = "".join(f"<li>{link}</li>" for link in links)
        nav = f'<nav class="jb-jump" aria-label="{self.parent.title}"><ul>{items}</ul></nav>'
        self.content = FRAME.sub(lambda found: found[0] + nav, self.content or "", count=1)


def has_tab(page: Page) -> bool:
    """Whether a page belongs into the navigation; the reference is reached from the pages."""
    return page.uri in HUBS and not page.uri.startswith(REFERENCE)


def source_uri(uri: str) -> str:
    """The Markdown file that a page would have."""
    return f"{uri}index.md" if uri in HUBS else f"{uri.rstrip('/')}.md"


def url_of(uri: str, directory_urls: bool) -> str:
    """The address of a page, seen from the first one."""
    url = File(source_uri(uri), None, "", directory_urls).url
    return "" if url in (".", "./") else url


def file_uri(uri: str, directory_urls: bool) -> str:
    """The file of a page in the built site."""
    return File(source_uri(uri), None, "", directory_urls).dest_uri


def host_file(page: Page, config: MkDocsConfig, settings: Settings) -> File:
    """The host's file for a page; only hubs may stand in the navigation (more pages make it quadratic)."""
    inclusion = InclusionLevel.INCLUDED if has_tab(page) else InclusionLevel.NOT_IN_NAV
    file = JourneyFile(settings.at + source_uri(page.uri), None, config.site_dir, config.use_directory_urls,
                       inclusion=inclusion)
    file.generated_by = "journeybook"
    # Plugins that ask for the file's age or owner look at the YAML.
    file.abs_src_path = str(settings.above(page.source) / page.source) if page.source else str(config.config_file_path)
    return file
