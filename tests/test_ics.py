"""Calendar files of due reviews, read by a reader of RFC 5545 that forgives nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeybook import ics
from support_site import DOT, Site, project, run

LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[A-Z]+)*):(.*)", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
TEAMS = """\
teams:
  sales: { name: "Sales; east, west" }
  care: { name: Care }
  it: { name: IT }
personas:
  ada: { name: Ada, owner: care, reviewed: 2026-01-05, review_every: 6 months }
"""
HARD = "Käufe; „schnell“, 🏠 sofort\\\\n und viel länger als eine einzige Zeile je sein dürfte, " * 2


def calendar(raw: bytes) -> list[dict[str, str]]:
    """The calendar's own properties, then each event's, as texts; parameters stand behind a ``;`` in the name."""
    assert raw.endswith(b"\r\n")
    lines = raw[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line) for line in lines)
    for line in lines:
        line.decode("utf-8")  # no character is cut in two
    unfolded = re.sub(r"\r\n[ \t]", "", raw[:-2].decode("utf-8")).split("\r\n")
    found: list[dict[str, str]] = [{}]
    inside: list[str] = []
    for line in unfolded:
        match = LINE.fullmatch(line)
        assert match, line
        name, parameters, value = match.groups()
        if name == "BEGIN":
            inside.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert inside.pop() == value
        else:
            assert name + parameters not in found[-1], line
            if name not in ("UID", "URL"):
                assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), line
                assert {m[1] for m in ESCAPED.finditer(value)} <= set("\\;,n"), line
            found[-1][name + parameters] = ESCAPED.sub(lambda m: "\n" if m[1] == "n" else m[1], value)
    assert inside == []
    return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A firm of two teams, at a known address."""
    folder = project(tmp_path, {
        "teams.yml": TEAMS,
        "buy.yml": f'title: "{HARD.strip()}"\nowner: sales\nreviewed: 2026-01-02\nreview_every: 3 months\n'
                   "stages: [Look]\n",
        "use.yml": "title: Use it\nowner: care\nreviewed: 2026-10-01\nreview_every: 6 months\nstages: [Look]\n",
        "old.yml": "title: Old\nowner: care\nstatus: retired\nreviewed: 2020-10-01\nstages: [Look]\n",
    }, f"{DOT}site_url: https://maps.example/deep/\n")
    done = run(folder, "build", "-q")
    assert done.exit_code == 0, done.stderr
    return Site(folder)


def read(site: Site, place: str) -> list[dict[str, str]]:
    """A calendar of the built site."""
    return calendar((site.folder / place).read_bytes())


def test_a_team_has_its_reviews_in_its_calendar(site: Site) -> None:
    """Each on the day it is due, as a whole day, in its own words, with the way to the page; nothing out of use."""
    head, *events = read(site, "data/reviews/sales.ics")
    assert (head["VERSION"], head["NAME"], head["PRODID"][:3]) == ("2.0", "Reviews of Sales; east, west", "-//")
    (event,) = events
    title = " ".join(HARD.replace("\\\\", "\\").split())
    assert event["SUMMARY"] == f"Overdue review: {title}"
    assert event["DTSTART;VALUE=DATE"] == "20260402"
    assert event["DTEND;VALUE=DATE"] == "20260403"
    assert re.fullmatch(r"\d{8}T000000Z", event["DTSTAMP"])
    assert event["URL"] == "https://maps.example/deep/journeys/buy/"
    assert event["DESCRIPTION"].split("\n")[1:] == ["Owner: Sales; east, west", event["URL"]]
    _, *care = read(site, "data/reviews/care.ics")
    assert [(e["SUMMARY"], e["DTSTART;VALUE=DATE"]) for e in care] == [
        ("Overdue review: Ada", "20260705"), ("Review: Use it", "20270401")]
    _, *everything = read(site, "data/reviews.ics")
    assert {e["UID"] for e in everything} == {event["UID"], *(e["UID"] for e in care)}
    assert len({e["UID"] for e in everything}) == 3


def test_an_entry_stays_the_same_when_its_day_moves(site: Site) -> None:
    """A calendar that follows the file moves the entry instead of adding one."""
    before = read(site, "data/reviews/sales.ics")[1]
    path = site.root / "maps" / "buy.yml"
    path.write_text(path.read_text("utf-8").replace("2026-01-02", "2026-10-02"), "utf-8")
    assert run(site.root, "build", "-q").exit_code == 0
    after = read(site, "data/reviews/sales.ics")[1]
    assert after["UID"] == before["UID"]
    assert (before["DTSTART;VALUE=DATE"], after["DTSTART;VALUE=DATE"]) == ("20260402", "20270102")


def test_pages_lead_to_the_calendars(site: Site) -> None:
    """A team's page to its own, the page of reviews to all; a team with nothing to review has none."""
    def links(page: str) -> set[str]:
        return {str(link).replace("../", "") for link in site.page(page).xpath("//a[@type='text/calendar']/@href")}

    assert links("people/teams/sales/") == {"data/reviews/sales.ics"}
    assert links("health/reviews/") == {"data/reviews.ics", "data/reviews/sales.ics", "data/reviews/care.ics"}
    assert links("people/teams/it/") == set()
    assert not (site.folder / "data/reviews/it.ics").exists()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_text_survives_the_way(words: str) -> None:
    """Whatever somebody writes, one line of the format holds it, and a reader gets it back but for controls."""
    line = f"SUMMARY:{ics._text(words)}"
    raw = "".join(f"{piece}\r\n" for piece in ["BEGIN:VCALENDAR", *ics._folded(line), "END:VCALENDAR"]).encode()
    kept = "".join(c for c in words if c in "\n\t" or not (ord(c) < 32 or 0x7F <= ord(c) < 0xA0))
    assert calendar(raw)[0]["SUMMARY"] == kept
