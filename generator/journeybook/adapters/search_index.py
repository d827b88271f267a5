"""Our records in the theme's search index: as many words of them as a reader's browser can take at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from journeybook.adapters.host_pages import url_of
from journeybook.page import Page

MOST_BYTES = 9_000_000
"""Of our records as JSON, some 730 KB on the way to the reader; 1,000 rich journeys have four fifths of it."""
LEVELS = ("everything", "titles of rows and stages", "pages")
"""What is searched; the first of which there is not too much."""

def with_records(index: str, pages: Sequence[Page], directory_urls: bool, at: str = "") -> tuple[str, str]:
    """The text of an index with a record a page and one for each of its places, and the level of :data:`LEVELS`.

    All pages stand below ``at``.
    """
    data = json.loads(index)
    for level in LEVELS:
        records = [_encoded(record) for record in _records(pages, directory_urls, at, level)]
        if level == LEVELS[-1] or sum(map(len, records)) <= MOST_BYTES:
            break
    others = [_encoded(record) for record in data.pop("docs")]
    config = _encoded(data)  # {"config":…}: "docs" comes after it in the order of names
    return f'{config[:-1]},"docs":[{",".join([*others, *records])}]}}', level


def _records(pages: Iterable[Page], directory_urls: bool, at: str, level: str) -> Iterator[dict[str, str]]:
    for page in pages:
        url = at + url_of(page.uri, directory_urls)
        own = (text for anchor, _title, text in page.search if not anchor)  # more words of the page itself
        # The theme shows titles and texts of the index as HTML.
        yield {"location": url, "title": _shown(page.title), "text": _shown(" ".join((page.description, *own)).strip())}
        if level != LEVELS[-1]:
            for anchor, title, text in page.search:
                if anchor:
                    yield {"location": f"{url}#{anchor}", "title": _shown(title),
                           "text": _shown(text) if level == LEVELS[0] else ""}


def _encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _shown(text: str) -> str:
    """A text as HTML for where it stands between elements."""
    return escape(text, quote=False)
