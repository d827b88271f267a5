"""A finished page, and what of it may lie on the disk: all pages of a large site together do not fit into memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from journeybook.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs to the HTML of a page. ``links`` are all internal places it leads to, in directory form."""

    toc: tuple[tuple[str, str, int], ...] = ()  # (anchor, heading, level)
    anchors: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    files: tuple[tuple[str, str], ...] = ()  # published beside the page: (path within the site, content)
    search: tuple[tuple[str, str, str], ...] = ()  # (anchor, title, text)


class Content(Protocol):
    """Where the HTML of a page is to be had. ``size`` is that of the HTML in bytes (UTF-8)."""

    @property
    def size(self) -> int:
        """Bytes of HTML."""

    @property
    def html(self) -> str:
        """The HTML itself."""

    @property
    def beside(self) -> Beside:
        """What belongs to it."""


@dataclass(frozen=True, slots=True)
class Held:
    """Content in memory."""

    html: str
    beside: Beside = Beside()

    @property
    def size(self) -> int:
        """Bytes of HTML."""
        return len(self.html.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A finished page, complete in itself. Two are the same when readers get the same, wherever it lies."""

    uri: str
    title: str
    description: str
    source: str
    edit: str
    section: str
    content: Content

    def __eq__(self, other: object) -> bool:
        """Whether readers get the same."""
        if not isinstance(other, Page) or self.words != other.words:
            return False
        return self.content is other.content or (
            (self.html, self.content.beside) == (other.html, other.content.beside))

    def __hash__(self) -> int:
        """Known without the content."""
        return hash(self.words)

    @classmethod
    def of(cls, words: Sequence[str], content: Content) -> Page:
        """The page of these ``words``."""
        uri, title, description, source, edit, section = words
        return cls(uri, title, description, source, edit, section, content)

    @property
    def words(self) -> tuple[str, ...]:
        """All but its content, in the order of the fields."""
        return self.uri, self.title, self.description, self.source, self.edit, self.section

    @property
    def html(self) -> str:
        """Its HTML."""
        return self.content.html

    @property
    def toc(self) -> tuple[tuple[str, str, int], ...]:
        """Its headings: anchor, words, level."""
        return self.content.beside.toc

    @property
    def anchors(self) -> frozenset[str]:
        """All ids."""
        return self.content.beside.anchors

    @property
    def links(self) -> frozenset[str]:
        """Every internal place it leads to, in directory form, with anchors."""
        return self.content.beside.links

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """What is published beside it: path within the site, content."""
        return self.content.beside.files

    @property
    def search(self) -> tuple[tuple[str, str, str], ...]:
        """What search knows of it: anchor, title, text."""
        return self.content.beside.search
