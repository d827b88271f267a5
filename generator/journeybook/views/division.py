"""Registers that are too long for one page: it keeps the rows with most to mend, and every owner's rows have a page.

A row's place is on the page of its owner, whatever is said of it today: addresses last, and a verdict that changes
moves no other row. What one owner has too much of is numbered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from journeybook.views import parts
from journeybook.views.division_rows import NONE, SECTIONS, InRegister, Row, Rows, Section
from journeybook.views.pages import TeamView, View
from journeybook.views.registers import ChannelView, PartView
from journeybook.words import _

V = TypeVar("V", bound=View)
KEPT = 3
"""A register's own page keeps a third of what fits on a page, and less where it has more than three registers."""


@dataclass(slots=True)
class _Shelf:
    """Rows of one owner, cut into pages."""

    ident: str
    label: str
    pages: list[list[Any]]
    weight: float = 0.0


class Divider:
    """Divides views whose registers together are longer than ``most`` rows.

    ``moved`` grows with each: a place on a register's page → where the row stands now, and a register's view of one
    owner (``promises/?owner=sales``; of another than the page's first register with ``#handoffs``) → that owner's page.
    """

    def __init__(self, most: int, owner_of: Callable[[str], parts.TeamRef | None], *, long: bool) -> None:
        self._most = most
        self._owner_of = owner_of
        self._long = long
        self.moved: dict[str, str] = {}
        self._with_bar: set[str] = set()

    def pages(self, make: partial[Any]) -> list[partial[Any]]:
        """The page that ``make`` makes, and those that it is divided into.

        Nothing is made before it is asked for, unless the atlas is so large that registers may be long.
        """
        if not self._long:
            return [make]
        view = whole = make()
        found: list[View] = []
        for rows, room in _too_long(view, self._most):
            if isinstance(rows, Section):
                whole = self._divide(whole, rows, room, found)
            elif self._finds(rows.of(view)):
                whole = _shortened(whole, rows, room)
        if hasattr(view, "bar") and (not whole.divided or any(each.index for each in whole.divided.values())):
            self._with_bar.add(view.uri)
        gone = {anchor for part in found for anchor, *_rest in part.search}
        whole = replace(whole, search=tuple(record for record in view.search if record[0] not in gone))
        return [partial(_given, each) for each in (whole, *found)]

    def _finds(self, place: str) -> bool:
        """Whether this view of a register shows just those rows: it has a page of its own, or a bar."""
        return place in self.moved or place.partition("?")[0] in self._with_bar

    def _divide(self, view: View, section: Section, room: float, found: list[View]) -> View:
        """The register's own page with as many of the worst rows as have room; pages with all go to ``found``."""
        rows: tuple[Any, ...] = getattr(view, section.field)
        shelves = sorted(self._shelves(section, rows), key=lambda shelf: (shelf.ident == NONE, shelf.label.casefold()))
        search = {anchor: (title, text) for anchor, title, text in view.search}
        places: dict[int, str] = {}  # of rows
        links: list[parts.Shelf] = []
        for shelf in shelves:
            home = f"{view.uri}{section.slug}{shelf.ident}/"
            uris = [home, *(f"{home}{number}/" for number in range(2, len(shelf.pages) + 1))]
            counts = [sum(map(section.count, own)) for own in shelf.pages]
            siblings = tuple(map(parts.Shelf, map(str, range(1, len(uris) + 1)), uris, counts))
            total = sum(counts)
            label = shelf.label or (_(section.title) if len(uris) == 1 else "")
            links += [parts.Shelf(label, home, total)] if label else siblings
            for here, own in enumerate(shelf.pages):
                places.update((id(row), _place(uris[here], row)) for row in own)
                part = self._part(view, section, shelf.label, own)
                anchors = [row.anchor for row in own if hasattr(row, "anchor")]
                self.moved.update((f"{view.uri}#{anchor}", f"{uris[here]}#{anchor}") for anchor in anchors)
                found.append(replace(
                    part, uri=uris[here], pages=siblings, here=here, total=total,
                    search=tuple((anchor, *search[anchor]) for anchor in anchors if anchor in search)))
            if shelf.label:
                first = section is SECTIONS[type(view)][0]
                register = f"{view.uri}?{section.query}={shelf.ident}"
                self.moved[register if first else f"{register}#{section.slug.strip('-')}"] = home
        kept = _kept(section, [*chain.from_iterable(section.pieces(row, room) for row in rows)], room)
        index = f"{view.uri}{section.field}.json" if section.keys else ""
        files = ((index, _index(section, rows, places, view.uri)),) if index else ()
        division = parts.Division(_(section.title), _(section.by), sum(map(section.count, rows)),
                                  sum(map(section.count, kept)), tuple(links), index)
        changed: dict[str, Any] = {section.field: kept, "files": (*view.files, *files),
                                   "divided": {**view.divided, section.field: division}}
        return replace(view, **changed)

    def _shelves(self, section: Section, rows: tuple[Any, ...]) -> list[_Shelf]:
        shelves: dict[str, _Shelf] = {}
        for row in chain.from_iterable(section.pieces(whole, self._most) for whole in rows):
            ident, label = section.owner(row, self._owner_of)
            shelf = shelves.setdefault(ident, _Shelf(ident, label, [[]]))
            weight = section.weight(row)
            if shelf.weight + weight > self._most and shelf.pages[-1]:
                shelf.pages.append([])
                shelf.weight = 0.0
            shelf.pages[-1].append(row)
            shelf.weight += weight
        return list(shelves.values())

    @staticmethod
    def _part(view: View, section: Section, label: str, rows: list[Any]) -> PartView:
        of_one = isinstance(view, (ChannelView, TeamView))  # a page of one record says whose
        title = ": ".join(filter(None, (view.title if of_one else "", _(section.title), label)))
        return PartView(
            uri="", title=title, section=view.section,
            description=_("Some rows of the page %(page)s: %(rows)s.", page=view.title, rows=title),
            kind=section.kind, rows=tuple(rows), whole=parts.Link(view.title, view.uri), total=0, pages=(), here=0)


def _too_long(view: View, most: int) -> Iterator[tuple[Section | InRegister, float]]:
    """The registers of a view that have more rows than have room on it, and how much room each has."""
    weights = [(section, sum(map(section.weight, getattr(view, section.field))))
               for section in SECTIONS.get(type(view), ())]
    if sum(weight for _section, weight in weights) > most:
        room = most / max(KEPT, sum(bool(weight) for _section, weight in weights))
        yield from ((section, room) for section, weight in weights if weight > room)


def shortened(view: V, most: int) -> V:
    """A view all of whose lists stand in registers as well, with at most so many rows."""
    for rows, room in _too_long(view, most):
        if isinstance(rows, InRegister):
            view = _shortened(view, rows, room)
    return view


def _shortened(view: V, section: InRegister, room: float) -> V:
    """The record's own page with as many of the worst rows as have room, and the place where all of them stand."""
    rows = getattr(view, section.field)
    kept = _kept(section, rows, room)
    elsewhere = parts.Elsewhere(_(section.title), section.of(view), len(rows), len(kept))
    changed: dict[str, Any] = {section.field: kept, "elsewhere": {**view.elsewhere, section.field: elsewhere}}
    return replace(view, **changed)


def _given(view: View) -> View:
    return view


def _place(uri: str, row: Row) -> str:
    """Where a row is: at its anchor, if it has one."""
    return f"{uri}#{row.anchor}" if hasattr(row, "anchor") else uri


def _kept(section: Rows, rows: Sequence[Any], room: float) -> tuple[Any, ...]:
    """The rows with most to mend, as many as fit; at least one."""
    kept: list[Any] = []
    for row in sorted(rows, key=section.worst) if section.worst else rows:
        room -= section.weight(row)
        if kept and room < 0:
            break
        kept.append(row)
    return tuple(kept)


def _index(section: Section, rows: tuple[Any, ...], places: Mapping[int, str], uri: str) -> str:
    """What a bar needs to find rows: for each its place from the file on, its words, and what it is filtered by."""
    return json.dumps([entry for row in rows for entry in _entries(section, row, places[id(row)][len(uri):])],
                      ensure_ascii=False, separators=(",", ":")) + "\n"


def _entries(section: Section, row: Row, place: str) -> Iterator[list[Any]]:
    for target, title, note, keys in section.keys(row) if section.keys else ():
        yield [target or place, title, note, {key: value for key, value in keys.items() if value}]

