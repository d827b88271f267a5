"""Hostile words in every text field of every kind of record: pages show them, and nothing else comes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree

import museum
from journeybook.schema.fields import fields_of, record_types
from journeybook.views.text import block, inline, plain
from support_site import Site, run
from test_policy import hashed, rules

WORDS = re.compile(f"{museum.START}([^{museum.START}{museum.END}]*)({museum.END}?)")
MARKDOWN = re.compile(r"[*_`\[\]!\\&~#<>]|https?:|^[-+\d]")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The museum as a site. Nothing in it is a reason not to publish, but for the names of some files' keys."""
    folder = tmp_path_factory.mktemp("museum") / "project"
    museum.write(folder)
    assert list(museum.places(folder)) == []
    result = run(folder, "build", "--no-cache", "--keep-going")
    assert result.exit_code == 0, result.stderr
    return Site(folder)


def flat(text: str) -> str:
    """Words without line breaks, as a browser shows them."""
    return " ".join(text.split())


def read(page: etree._Element) -> Iterator[str]:
    """What a page says: its text but for pictures, where words are broken into lines; then its attributes."""
    for picture in page.xpath("//*[local-name()='svg' or local-name()='script']"):
        for inner in picture.iter(etree.Element):
            inner.text = inner.tail = None if inner is not picture else inner.tail
    yield flat("".join(page.itertext()))
    yield from (flat(value) for value in page.xpath("//@*") if museum.START in value)


def test_every_text_field_is_in_the_museum(tmp_path: Path) -> None:
    """Each field that takes words takes hostile ones here, all of them; the rest take no free words."""
    made = museum.write(tmp_path / "museum")
    free = {(model.__name__, field.key) for model in record_types() for field in fields_of(model)
            if field.shape.kind in museum.FREE or (field.shape.entry and field.shape.entry.kind in museum.FREE)}
    assert free - set(made.written) == set(museum.FIXED) & free
    assert len(museum.PAYLOADS) >= 300
    single = {place for place, count in made.written.items() if count < made.copies}
    assert {model for model, _ in single} == {"Atlas", "EmotionScale", "Events", "Lane"}, "of these an atlas has one"


def test_nothing_but_what_is_allowed_stands_in_pages(shown: Site) -> None:
    """Only known elements, attributes and kinds of addresses; nothing is fetched from elsewhere; only known scripts."""
    allowed = rules(shown.folder)["script-src"]
    wrong = set()
    for name, page in shown.pages.items():
        for element in page.iter(etree.Element):
            wrong |= {(name, element.tag)} if element.tag not in museum.ELEMENTS else set()
            for key, value in element.attrib.items():
                if key not in museum.ATTRIBUTES and not key.startswith(("aria-", "data-")):
                    wrong.add((name, f"{element.tag} {key}"))
                if key in museum.ADDRESSES:
                    address = urlsplit(value.strip())
                    fine = address.scheme in (museum.SCHEMES if element.tag == "a" else ("",)) and (
                        "@" not in address.netloc and bool(address.netloc) == (address.scheme in ("http", "https")))
                    fine = fine or (element.tag == "link" and element.get("rel") == "canonical")
                    wrong |= set() if fine else {(name, f"{element.tag} {key}={value}")}
            if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
                wrong |= set() if hashed(str(element.text)) in allowed else {(name, str(element.text))}
    assert wrong == set()


def test_what_people_wrote_is_what_people_read(shown: Site) -> None:
    """Wherever hostile words stand, they stand as they were written; where Markdown is read, as Markdown reads them."""
    texts = museum.packed(museum.PAYLOADS)
    written = {flat(text) for text in texts}
    read_as_markdown = {flat(plain(form(way))) for text in texts for form in (inline, block)
                        for way in (text, text.strip()) if MARKDOWN.search(text)}
    seen: set[str] = set()
    wrong = set()
    for name, page in shown.pages.items():
        for said in read(page):
            for found in WORDS.finditer(said):
                words = found[0] if found[2] else found[0].rpartition("…")[0].rstrip()
                known = words in (written | read_as_markdown) if found[2] else any(
                    text.startswith(words) for text in (*written, *read_as_markdown))
                if not known:
                    wrong.add((name, found[0][:200]))
                seen.add(words)
    assert sorted(wrong)[:20] == []
    assert written <= seen


def test_the_search_shows_words_as_words(shown: Site) -> None:
    """Titles and texts of the search index, which the theme shows as HTML, hold no markup."""
    index = json.loads((shown.folder / "search" / "search_index.json").read_text("utf-8"))
    texts = [record[key] for record in index["docs"] for key in ("title", "text")]
    assert sum(museum.START in text for text in texts) > len(museum.PAYLOADS)
    assert not [text for text in texts if "<" in text]
    written = {flat(text) for text in museum.packed(museum.PAYLOADS)}
    assert written <= {found[0] for text in texts for found in WORDS.finditer(flat(unescape(text)))}


def test_exports_start_no_formula(shown: Site) -> None:
    """No cell of a CSV file that pages offer begins with a sign that spreadsheets calculate."""
    files = list(shown.folder.rglob("*.csv"))
    assert files
    for path in files:
        cells = re.findall(r'(?:^|,)"?([^",\n]?)', path.read_text("utf-8"), re.MULTILINE)
        assert not [cell for cell in cells if cell in ("=", "+", "-", "@", "\t", "\r")], path
