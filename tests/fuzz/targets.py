"""What must hold for any bytes: each target takes bytes and raises where it does not. For tests and for the fuzzer."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from journeybook.model.files import within_atlas
from journeybook.model.origins import Origin
from journeybook.model.values import _Rows
from journeybook.problems import Problem
from journeybook.schema import validate
from journeybook.schema.types import url_fault
from journeybook.settings import Limits, Settings
from journeybook.source import FAULTY, characters, read_text
from journeybook.source.document import EMPTY, Document
from journeybook.source.files import decode
from journeybook.views.text import block, inline
from support import outside

KNOWN = {"p", "em", "strong", "code", "a", "ul", "ol", "li", "br", "hr", "blockquote", "pre", "div", "span"}
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\t\r\n-]*):", re.IGNORECASE)  # as browsers see it
SCHEMES = {"", "http", "https", "mailto"}


def text_of(data: bytes) -> str | None:
    """The text that the reader would see, None where it refuses the bytes."""
    text = decode(data, "a.yml")
    if isinstance(text, Problem):
        assert text.help
        return None
    return text


def reader(data: bytes) -> None:
    """Any bytes become problems or a model, and every place lies inside the file."""
    text = text_of(data)
    if text is None:
        return
    document, problems = read_text("a.yml", text)
    _, faults = validate(document, ".")
    assert all(problem.message for problem in (*problems, *faults))
    assert outside([*problems, *faults], {"a.yml": data}) == []


def values(data: bytes) -> None:
    """Any bytes become rows of finite numbers or problems."""
    text = text_of(data)
    if text is None:
        return
    text, _ = characters.find("a.csv", text)
    rows = _Rows("a.csv", text, Limits(csv_rows=1_000))
    for found in rows.read().values():
        assert all(value.value is None or value.value.is_finite() for value in found)
    for problem in rows.problems:
        assert problem.span.line <= text.count("\n") + 2, problem


def addresses(data: bytes) -> None:
    """An address that is taken leads to the web, to somebody's mail or to the site; Markdown links keep to that."""
    text = data.decode("utf-8", "replace")
    if not url_fault(text):
        parts = urlsplit(text)
        assert parts.scheme.lower() in SCHEMES, text
        assert not re.search(r"[\s\\]", text), text
        assert "@" not in parts.netloc, text
    text, _ = characters.find("a.yml", text)
    for written in (block(text), inline(text)):
        if not written.strip():
            continue
        for element in html.fragment_fromstring(f"<div>{written}</div>").iter():
            assert isinstance(element.tag, str), written
            assert element.tag in KNOWN, element.tag
            assert set(element.attrib) <= {"href", "start", "title"}, dict(element.attrib)
            link = element.get("href", "")
            scheme = SCHEME.match(link)
            assert (scheme[1].lower() if scheme else "") in SCHEMES, link
            assert not link.startswith(("//", "/\\", "\\")), link


@cache
def _atlas() -> Settings:
    root = Path(tempfile.mkdtemp(prefix="journeybook-fuzz-")).resolve()
    (root / "maps" / "inside").mkdir(parents=True)
    (root / "maps" / "inside" / "a.png").touch()
    (root / "secret").touch()
    (root / "maps" / "way-out").symlink_to(root)
    return Settings(root=root, atlas=root / "maps")


def paths(data: bytes) -> None:
    """A path that is taken is a file within the atlas, whatever stands in it."""
    settings = _atlas()
    text = data.decode("utf-8", "ignore").strip().replace("\0", "").replace(FAULTY, "")[:200]
    document = Document("maps/inside/a.yml", "", {}, EMPTY)
    problems: list[Problem] = []
    found = within_atlas(text or None, Origin(document, ()), "file", settings, problems)
    if found is not None:
        assert found.resolve().is_relative_to(settings.atlas), text
        assert found.is_file()
    else:
        assert problems or not text


TARGETS = (reader, values, addresses, paths)
