"""Our records in the theme's search index."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path

from journeybook.adapters.host_pages import url_of
from journeybook.render import Page


def write_records(index: Path, pages: Iterable[Page], directory_urls: bool, at: str = "") -> None:
    """Add a record a page and one for each of its places; all pages stand below ``at``."""
    data = json.loads(index.read_text("utf-8"))
    for page in pages:
        url = at + url_of(page.uri, directory_urls)
        # The theme shows titles and texts of the index as HTML.
        data["docs"].append({"location": url, "title": _shown(page.title), "text": _shown(page.description)})
        data["docs"] += ({"location": f"{url}#{anchor}", "title": _shown(title), "text": _shown(text)}
                         for anchor, title, text in page.search)
    index.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")


def _shown(text: str) -> str:
    """A text as HTML for where it stands between elements."""
    return escape(text, quote=False)
