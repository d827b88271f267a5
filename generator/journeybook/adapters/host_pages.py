"""Finished pages as the host's own: handed over through subclasses of its ``File`` and ``Page``."""

from __future__ import annotations

import re
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import get_toc

from journeybook.addresses import HUBS
from journeybook.page import Page
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
    """A finished page in the host's clothes.

    Its content may lie on the disk: it is fetched when somebody asks, and held only when somebody changed it. Where
    pages are nobody's but ours (``alone``), one that can be ``cut`` from a frame shared with others shows the host
    nothing but its head.
    """

    def __init__(self, page: Page, file: File, config: MkDocsConfig, at: str, *, alone: bool) -> None:
        self.cut = False
        self._changed: str | None = None
        self.shelves = ""
        super().__init__(None, file, config)
        self.at = at
        self._alone = alone
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
        self._changed = None
        # The theme's templates un-escape what is escaped in some places, so such a head has a frame of its own.
        plain = not re.search("[&<>]", f"{self.meta.get('title', '&')}{self.meta['description']}")
        self.cut = self._alone and plain and page.uri not in HUBS
        self.show_shelves()  # of a page that has its place already

    @property
    def content(self) -> str | None:
        """What the host puts into the frame."""
        if self.cut:
            return ""
        return self.body if self._changed is None else self._changed

    @content.setter
    def content(self, content: str | None) -> None:
        self._changed = None if content is None or content == self.body else content

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]  # worked out when asked
        """Where links of other pages may lead."""
        return set(self.finished.anchors)

    @property
    def body(self) -> str:
        """The finished HTML, with links to the other pages of the tab."""
        html = self.finished.html
        if self.shelves:
            html = FRAME.sub(lambda found: found[0] + self.shelves, html, count=1)
        return html

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing to read: the page is finished."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over the list of contents."""
        # Where the theme's skip link leads. No more: a page has its own jump links, and the theme would hide the list.
        self.toc = get_toc([{"level": 1, "id": "top", "name": self.title, "children": []}])

    def show_shelves(self) -> None:
        """Lead to the other pages of the tab, where one tab holds several: the theme's list of them is hidden.

        To be called when all pages know their titles.
        """
        pages = [child for child in self.parent.children if isinstance(child, HostPage)] if self.parent else []
        self.shelves = ""
        if len(pages) < 2 or self.parent is None:
            return
        links = (f"<b>{page.title}</b>" if page is self else
                 f'<a href="{page.file.url_relative_to(self.file)}">{page.title}</a>' for page in pages)
        items = "".join(f"<li>{link}</li>" for link in links)
        self.shelves = f'<nav class="jb-jump" aria-label="{self.parent.title}"><ul>{items}</ul></nav>'


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
