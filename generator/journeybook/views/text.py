"""Markdown of text fields → safe HTML, and plain words for places that take no HTML.

Raw HTML stays text, links go only where ``url_fault`` lets them, pictures are not fetched. Most texts have no
Markdown in them at all; those are escaped and never reach the parser.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from journeybook.schema.types import url_fault

SPECIAL = re.compile(r"[*_`\[\]!\\&~#\n]|^\s*[-+>\d]|https?:")
TAG = re.compile(r"<[^>]*>")


class _Safe(MarkdownIt):
    """CommonMark without raw HTML and pictures, with our own idea of a safe address."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": False})
        self.disable(["image", "html_block", "html_inline", "heading", "lheading", "fence", "code"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name for it
        """Only https, http, mailto and addresses within the site."""
        return not url_fault(url)


_MARKDOWN = _Safe()


@lru_cache(maxsize=50_000)
def inline(text: str) -> Markup:
    """One line of text with emphasis and links."""
    if not SPECIAL.search(text):
        return escape(text)
    return Markup(_MARKDOWN.renderInline(text.replace("\n", " ")).strip())  # noqa: S704 - the parser escapes


@lru_cache(maxsize=10_000)
def block(text: str) -> Markup:
    """Paragraphs and lists."""
    if not SPECIAL.search(text):
        return Markup("<p>{}</p>").format(text)
    return Markup(_MARKDOWN.render(text).strip())  # noqa: S704 - the parser escapes


def maybe(text: str | None) -> Markup | None:
    """``inline``, or None where nothing was written."""
    return inline(text) if text else None


def plain(text: Markup | str | None) -> str:
    """The words without markup, for titles, search and attributes."""
    if text is None:
        return ""
    return unescape(TAG.sub("", text)) if isinstance(text, Markup) else text
