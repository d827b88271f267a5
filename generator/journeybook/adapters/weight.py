"""How heavy a journey's page may be: it grows with the journey's file, so its team can do something about it.

And how heavy the whole site may be, which is for its owner to know.
"""

from __future__ import annotations

import os
from pathlib import Path

from journeybook.book import Book
from journeybook.problems import Problem, Span
from journeybook.settings import Settings


def heavy_pages(book: Book, settings: Settings) -> tuple[list[Problem], bool]:
    """Pages of more than half the limit, and whether one is beyond it."""
    most = settings.limits.page_bytes
    sizes = {page: page.content.size for page in book.pages if page.source and page.uri.startswith("journeys/")}
    heavy = [Problem("limit-reached", f"the page of this journey has {size:,} bytes; {most:,} is the most",
                     Span(settings.shown(settings.above(page.source) / page.source)),
                     "split the journey, or raise `page_bytes` under `limits:` in mkdocs.yml")
             for page, size in sizes.items() if size > most / 2]
    return heavy, any(size > most for size in sizes.values())


def heavy_site(folder: Path, settings: Settings) -> str:
    """What to say about a finished site of more bytes than the limit, ``""`` about any other."""
    size = sum((Path(here) / name).stat().st_size for here, _, names in os.walk(folder) for name in names)
    if size <= settings.limits.site_bytes:
        return ""
    return (f"the site has {size:,} bytes, more than `site_bytes: {settings.limits.site_bytes}`; some hosts take no "
            "more than 1 GB (GitHub Pages): large pictures and files of maps weigh most")
