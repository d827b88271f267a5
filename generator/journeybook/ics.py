"""Due reviews as calendar files (RFC 5545): one for each team, one for all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from journeybook.model import Atlas
from journeybook.model.schedule import Review, schedule
from journeybook.views.reviews import ALL, KINDS, calendar_of, place_of
from journeybook.views.text import inline, plain
from journeybook.words import _

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONGEST_LINE = 75
"""Octets, without the line's end."""


def calendars(atlas: Atlas, today: date, site: str, address: Callable[[str], str] | None) -> dict[str, str]:
    """The calendar files, by their place in the site.

    ``site`` tells the entries of one site from another's. ``address`` makes a place of the site a full address; None
    where the site does not know its own.
    """
    by_team: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    every: list[str] = []
    for review in schedule(atlas):
        every.append(_lines(_event(review, today, site, address)))
        if review.owner is not None:
            by_team[review.owner.id].append(every[-1])
            names[review.owner.id] = review.owner.spec.name
    files = {calendar_of(ident): _calendar(_("Reviews of %(team)s", team=names[ident]), events)
             for ident, events in sorted(by_team.items())}
    if every:
        files[ALL] = _calendar(_("Reviews: %(atlas)s", atlas=atlas.title), every)
    return files


def _calendar(name: str, events: Iterable[str]) -> str:
    head = _lines(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Journeybook//Reviews//EN", "CALSCALE:GREGORIAN",
                   f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"])
    return "".join([head, *events, _lines(["END:VCALENDAR"])])


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(review: Review, today: date, site: str, address: Callable[[str], str] | None) -> Iterator[str]:
    """A whole day. It stays the same entry when a review puts it off: its UID is the record's."""
    title = plain(inline(review.title)) if review.kind == "promise" else review.title
    words = [f"{_(KINDS[review.kind])}: {title}"]
    if review.owner is not None:
        words.append(_("Owner: %(team)s", team=review.owner.spec.name))
    place = place_of(review.kind, review.id)
    if address:
        words.append(address(place))
    late = review.day < today
    summary = _("Overdue review: %(title)s", title=title) if late else _("Review: %(title)s", title=title)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, f'{site} {review.kind} {review.id}')}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{review.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{review.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(summary)}"
    yield "DESCRIPTION:" + _text("\n".join(words))
    if address:
        yield f"URL:{address(place)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """A TEXT value: what means something is escaped, controls are left out."""
    return CONTROL.sub("", words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets, cut between characters; each but the first begins with a space."""
    octets = line.encode()
    begin, first, end = "", 0, LONGEST_LINE
    while end < len(octets):
        while octets[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        yield begin + octets[first:end].decode()
        begin, first, end = " ", end, end + LONGEST_LINE - 1
    yield begin + octets[first:].decode()
