"""Our records in the theme's search index."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from journeybook.adapters.host_pages import url_of
from journeybook.render import Page


def write_records(index: Path, pages: Iterable[Page], directory_urls: bool, at: str = "") -> str:
    """Add a record a page and one for each of its places, all below ``at``; gives the index as it was."""
    before = index.read_text("utf-8")
    index.write_text(with_records(json.loads(before), pages, directory_urls, at), "utf-8")
    return before


def with_records(data: dict[str, Any], pages: Iterable[Page], directory_urls: bool, at: str = "") -> str:
    """The text of an index with our records; all pages stand below ``at``."""
    for page in pages:
        url = at + url_of(page.uri, directory_urls)
        # The theme shows titles and texts of the index as HTML.
        data["docs"].append({"location": url, "title": _shown(page.title), "text": _shown(page.description)})
        data["docs"] += ({"location": f"{url}#{anchor}", "title": _shown(title), "text": _shown(text)}
                         for anchor, title, text in page.search)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _shown(text: str) -> str:
    """A text as HTML for where it stands between elements."""
    return escape(text, quote=False)
