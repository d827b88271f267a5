"""Search records: everything of an atlas that a browser can take, titles and pages of one that is larger."""

from __future__ import annotations

import json

import pytest

from journeybook.adapters import search_index
from journeybook.adapters.search_index import LEVELS, with_records
from journeybook.page import Beside, Held, Page


def page(uri: str, rows: int) -> Page:
    """A page with as many places."""
    search = tuple((f"row-{n}", f"Row {n}", "words " * 20) for n in range(rows))
    return Page(uri=uri, title="A & b", description="What it is", source="", edit="", section="",
                content=Held("", Beside(search=search)))


@pytest.mark.parametrize(("most", "level"), [(7_000_000, 0), (6_000, 1), (500, 2)])
def test_search_records_shrink_by_level(monkeypatch: pytest.MonkeyPatch, most: int, level: int) -> None:
    """Texts of rows go first, then rows; a page is always found, and the host's own records stay."""
    monkeypatch.setattr(search_index, "MOST_BYTES", most)
    index = json.dumps({"config": {"lang": ["en"]}, "docs": [{"location": "own/", "title": "Own"}]})
    text, reached = with_records(index, [page("a/", 50), page("b/", 0)], True)
    found = json.loads(text)
    assert reached == LEVELS[level]
    assert found["config"] == {"lang": ["en"]}
    assert [doc["location"] for doc in found["docs"] if "#" not in doc["location"]] == ["own/", "a/", "b/"]
    assert found["docs"][1]["title"] == "A &amp; b"
    rows = [doc for doc in found["docs"] if "#" in doc["location"]]
    assert len(rows) == (0 if level == 2 else 50)
    assert all(bool(doc["text"]) == (level == 0) for doc in rows)
