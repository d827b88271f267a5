"""Maps in a team's own Markdown pages: ``[[journey:home-air]]`` and ``<!-- journeybook: home-air#canvas -->``.

Both are filled into finished HTML, where what stands in code is told from what is meant.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import escape

from journeybook.book import Book
from journeybook.model import Atlas
from journeybook.model.former import former
from journeybook.page import Page
from journeybook.schema.types import nearest

APART = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>|<!--.*?-->|<[^>]+>)", re.DOTALL)
IN_MARKDOWN = re.compile(r"(^ *```.*?^ *```|^ *~~~.*?^ *~~~|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
"""What in Markdown is code; ``APART`` is what in HTML is no text."""
REFERENCE = re.compile(r"\[\[(?:([a-z0-9-]+)/)?([a-z]+):([^\]|\s]+)(?:\|([^\]]+))?\]\]")
EMBED = re.compile(r"<!--\s*journeybook:\s*(?:([a-z0-9-]+)/)?([a-z0-9][a-z0-9-]*)#([a-z]+)\s*-->")
LINK = re.compile(r' (xlink:)?href="([^"]*)"')
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
PARTS = {"canvas": ('<a class="jb-skip"', '<div class="jb-rest">'), "diagram": ('<h2 id="diagram">', "</section>")}
"""What can be shown elsewhere: where it begins on the page of its journey, and what comes after it."""
PLACES = {
    "journey": ("journeys", "title", "journeys/{}/"), "persona": ("personas", "name", "people/personas/{}/"),
    "team": ("teams", "name", "people/teams/{}/"), "asset": ("assets", "title", "library/content/#asset-{}"),
    "metric": ("metrics", "name", "library/metrics/{}/"), "promise": ("promises", "statement", "promises/#promise-{}"),
    "evidence": ("evidence", "summary", "library/evidence/#evidence-{}"),
    "loop": ("loops", "signal", "library/opportunities/#loop-{}"),
    "opportunity": ("opportunities", "statement", "library/opportunities/#opportunity-{}"),
}
"""Kind → where the atlas holds it, the field that names it, its place on the site."""


class _Shelf:
    """An atlas of the site, and where it stands (``care/``; ``""`` where it is the only one)."""

    def __init__(self, at: str, book: Book) -> None:
        self.at, self.atlas = at, book.atlas
        self.pages: Mapping[str, Page] = {page.uri: page for page in book.pages}
        self.moved = book.moved
        self._known: dict[str, dict[str, tuple[str, str]] | None] = {}

    def records(self, kind: str) -> dict[str, tuple[str, str]] | None:
        """Id, of now or of before, → title and place of all records of a kind; None where there is no such kind."""
        if kind not in self._known:
            self._known[kind] = _records(self.atlas, kind)
        return self._known[kind]

    def page_of(self, journey: str) -> Page | None:
        """The page of a journey, also by an id that it had before."""
        _title, place = (self.records("journey") or {}).get(journey, ("", f"journeys/{journey}/"))
        return self.pages.get(place)


class Prose:
    """Fills in what pages refer to. ``url_of`` gives the host's address of one of our places, from the site's root.

    ``books`` has each atlas of the site by where it stands.
    """

    def __init__(self, books: Mapping[str, Book], url_of: Callable[[str], str]) -> None:
        self._shelves = [_Shelf(at, book) for at, book in books.items()]
        self._url_of = url_of

    def _asked(self, at: str | None, name: str, faults: list[str]) -> list[_Shelf]:
        """The atlases that a reference can mean."""
        found = [shelf for shelf in self._shelves if at is None or shelf.at == f"{at}/"]
        if not found:
            places = [shelf.at.rstrip("/") for shelf in self._shelves if shelf.at]
            faults.append(f"`{name}`: no maps stand at `{at}`; "
                          + (f"places are {', '.join(places)}" if places else "this site has one atlas, at the top"))
        return found

    def linked(self, html: str, url: str, apart: re.Pattern[str] = APART,
               write: Callable[[str, str], str] | None = None) -> tuple[str, list[str]]:
        """The page at ``url`` with links in place, and what is wrong with those that stay as they are.

        Nothing is looked for in what ``apart`` matches; ``write`` makes a link of an address and its words.
        """
        faults: list[str] = []
        write = write or _anchor
        parts = apart.split(html) if "[[" in html else [html]
        for index in range(0, len(parts), 2):  # between them stand code, comments and tags
            parts[index] = REFERENCE.sub(lambda found: self._link(found, url, faults, write) or found[0], parts[index])
        return "".join(parts), faults

    def listed(self, page: str, url: str) -> str:
        """A whole page with links in its article: the beginnings of posts that a blog lists come late.

        What is wrong with them was told of the posts themselves.
        """
        before, mark, rest = page.partition("<article")
        article, end, after = rest.rpartition("</article>")
        return f"{before}{mark}{self.linked(article, url)[0]}{end}{after}" if "[[" in article else page

    def mapped(self, html: str, url: str, apart: re.Pattern[str] | None = None,
               finish: Callable[[str], str] = str) -> tuple[str, list[str]]:
        """The same for maps. They come last, so that search does not find their words twice."""
        faults: list[str] = []
        shown: set[str] = set()

        def fill(found: re.Match[str]) -> str:
            drawn = self._map(found, url, shown, faults)
            return finish(drawn) if drawn else found[0]

        parts = apart.split(html) if apart else [html]
        for index in range(0, len(parts), 2):
            parts[index] = EMBED.sub(fill, parts[index])
        return "".join(parts), faults

    def _link(self, found: re.Match[str], url: str, faults: list[str], write: Callable[[str, str], str]) -> str:
        at, kind, ident, words = found.groups()
        shelves = self._asked(at, found[0], faults)
        known = [(shelf, shelf.records(kind)) for shelf in shelves]
        if any(records is None for _, records in known):
            faults.append(f"`{found[0]}`: there is no kind `{kind}`; kinds are {', '.join(['stage', *PLACES])}")
            return ""
        hits = [(shelf, records[ident]) for shelf, records in known if records and ident in records]
        if len(hits) != 1:
            near = _near(ident, [each for _, records in known for each in records or ()])
            several = " and ".join(f"`[[{shelf.at}{kind}:{ident}]]`" for shelf, _ in hits)
            if shelves:
                faults.append(f"`{found[0]}`: several atlases have this {kind}; write {several}" if hits else
                              f"`{found[0]}`: there is no {kind} `{ident}`{near}")
            return ""
        (shelf, (title, place)), = hits
        page, _mark, anchor = shelf.moved.get(place, place).partition("#")
        if page not in shelf.pages or (anchor and anchor not in shelf.pages[page].anchors):
            faults.append(f"`{found[0]}`: this {kind} has no place on the site")
            return ""
        address = _relative(shelf.at + self._url_of(page), url) + (f"#{anchor}" if anchor else "")
        return write(address, words or str(escape(title)))

    def _map(self, found: re.Match[str], url: str, shown: set[str], faults: list[str]) -> str:
        """A part of a journey's page, with links that lead on from here."""
        at, ident, part = found.groups()
        name = f"`journeybook: {f'{at}/' if at else ''}{ident}#{part}`"
        asked = self._asked(at, name.strip("`"), faults)
        pages = [(shelf, page) for shelf in asked if (page := shelf.page_of(ident))]
        if len(pages) != 1:
            near = _near(ident, [journey for shelf in asked for journey in shelf.atlas.journeys])
            several = " or ".join(f"`{shelf.at}{ident}#{part}`" for shelf, _ in pages)
            if asked:
                faults.append(f"{name}: several atlases have this journey; write {several}" if pages else
                              f"{name}: there is no journey `{ident}`{near}")
            return ""
        (shelf, page), = pages
        if part not in PARTS or shown:
            faults.append(f"{name}: a page can show one map" if part in PARTS else
                          f"{name}: `{part}` cannot be shown here; write one of {', '.join(PARTS)}")
            return ""
        start = page.html.find(PARTS[part][0])
        end = page.html.find(PARTS[part][1], start + 1)
        if start < 0:
            faults.append(f"{name}: the journey's page has no such part")
            return ""
        shown.add(ident)
        html = page.html[start:end if end > 0 else None]
        inside = set(re.findall(r' id="([^"]+)"', html))
        home = shelf.at + self._url_of(page.uri)
        html = LINK.sub(lambda found: f' {found[1] or ""}href="{_moved(found[2], home, url, inside)}"', html)
        sprites = "".join(re.findall(r'<svg class="jb-sprite".*?</svg>', page.html, re.DOTALL))
        return f'<div class="jb-page jb-journey">{sprites}{html}</div>'


def _anchor(address: str, words: str) -> str:
    return f'<a href="{escape(address)}" dir="auto">{words}</a>'


def _near(ident: str, known: Iterable[str]) -> str:
    close = nearest(ident, known)
    return f"; did you mean `{close}`?" if close else ""


def _records(atlas: Atlas, kind: str) -> dict[str, tuple[str, str]] | None:
    before = {(of, old): record.id for (of, old), record in former(atlas).items()}
    if kind == "stage":
        stages = {str(key): (stage.title, f"journeys/{key.journey}/#stage-{key.stage}")
                  for key, stage in atlas.stages.items()}
        return {f"{old}/{stage.key.stage}": stages[str(stage.key)] for (of, old), ident in before.items()
                if of == "journey" for stage in atlas.journeys[ident].stages} | stages
    if kind not in PLACES:
        return None
    pool, field, place = PLACES[kind]
    records = dict(_named(getattr(atlas, pool), field, place))
    return {old: records[ident] for (of, old), ident in before.items() if of == kind} | records


def _named(pool: Mapping[str, Any], field: str, place: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for ident, record in pool.items():
        yield ident, (str(getattr(record.spec, field)), place.format(ident))


def _moved(address: str, home: str, url: str, inside: set[str]) -> str:
    """An address of the page at ``home`` as it is written on the page at ``url``."""
    if SCHEME.match(address) or (address.startswith("#") and address[1:] in inside) or address.startswith("#i-"):
        return address
    place = re.match(r"[^#?]*", address)
    path = place[0] if place else ""
    target = _joined(home, path) if path else home
    return _relative(target, url) + address[len(path):]


def _joined(base: str, path: str) -> str:
    folder = base if base.endswith("/") or not base else posixpath.dirname(base)
    found = posixpath.normpath(posixpath.join(folder, path))
    return f"{found}/" if path.endswith("/") or path in (".", "..") else found


def _relative(target: str, url: str) -> str:
    """The address of a place of the site, seen from the page at ``url``; both from the site's root."""
    folder = url if url.endswith("/") else posixpath.dirname(url)
    found = posixpath.relpath(target or ".", folder or ".")
    return f"{found}/" if (target.endswith("/") or not target) and not found.endswith("/") else found
