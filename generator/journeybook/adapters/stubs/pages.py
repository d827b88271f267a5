"""A team's own pages among stubs: references become links of Markdown, and links follow pages that moved.

Maintainers: MkDocs leaves addresses in raw HTML alone, Zensical reads them from where the Markdown file lies. Both
mean the same only in the index of a folder, so a page that shows a map becomes one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from journeybook.adapters.prose import EMBED, IN_MARKDOWN, Prose
from journeybook.adapters.stubs.block import block
from journeybook.book import Book

LINK = re.compile(r"(\]\(\s*<?|^ *\[[^\]]+\]:\s*<?)([^)\s<>#]+)", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)


class OwnPages:
    """The files of a team, by their place in the folder of pages. ``places`` tells where pages went."""

    def __init__(self, book: Book, team: Mapping[str, Path], places: Mapping[str, str]) -> None:
        self._team = team
        self._texts = {name: path.read_text("utf-8-sig") for name, path in team.items() if name.endswith(".md")}
        self.places = dict(places)
        for name, text in self._texts.items():
            folder, file = posixpath.split(name.removesuffix(".md"))
            if file not in ("index", "README") and EMBED.search(text):
                self.places[name] = posixpath.join(folder, file, "index.md")
        self._links = Prose({"": book}, lambda uri: f"{uri}index.md")
        self._maps = Prose({"": book}, lambda uri: uri)
        self.faults: list[str] = []

    def files(self) -> dict[str, str | bytes]:
        """All of them, pages filled in; ``faults`` then says what in them leads nowhere."""
        found: dict[str, str | bytes] = {}
        for name, path in self._team.items():
            if name in self._texts:
                found[self.places.get(name, name)] = self._filled(name)
            else:
                found[name] = path.read_bytes()
        return found

    def _filled(self, name: str) -> str:
        place = self.places.get(name, name)
        parts = IN_MARKDOWN.split(self._texts[name])
        parts[::2] = [LINK.sub(lambda found: found[1] + self._moved(found[2], name, place), part)
                      for part in parts[::2]]
        text, faults = self._links.linked("".join(parts), place, IN_MARKDOWN, _markdown_link)
        folder = posixpath.dirname(place)
        text, more = self._maps.mapped(text, f"{folder}/" if folder else "", IN_MARKDOWN, block)
        self.faults += [f"{name}: {fault}" for fault in (*faults, *more)]
        return text

    def _moved(self, address: str, name: str, place: str) -> str:
        """A link of the page ``name`` as it is written at ``place``."""
        if ELSEWHERE.match(address):
            return address
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
        if place == name and target not in self.places:
            return address
        return posixpath.relpath(self.places.get(target, target), posixpath.dirname(place) or ".")


def _markdown_link(address: str, words: str) -> str:
    inert = re.sub(r"[*_`\[\]{}~^\\]", lambda found: f"&#{ord(found[0])};", words)
    return f"[{inert}]({address})"
