"""How heavy a journey's page may be: it grows with the journey's file, so its team can do something about it."""

from __future__ import annotations

from journeybook.book import Book
from journeybook.problems import Problem, Span
from journeybook.settings import Settings


def heavy_pages(book: Book, settings: Settings) -> tuple[list[Problem], bool]:
    """Pages of more than half the limit, and whether one is beyond it."""
    most = settings.limits.page_bytes
    sizes = {page: len(page.html.encode()) for page in book.pages if page.source and page.uri.startswith("journeys/")}
    heavy = [Problem("limit-reached", f"the page of this journey has {size:,} bytes; {most:,} is the most",
                     Span(settings.shown(settings.above(page.source) / page.source)),
                     "split the journey, or raise `page_bytes` under `limits:` in mkdocs.yml")
             for page, size in sizes.items() if size > most / 2]
    return heavy, any(size > most for size in sizes.values())
