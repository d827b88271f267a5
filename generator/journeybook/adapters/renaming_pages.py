"""Ids in a team's own Markdown pages: ``[[journey:home-air]]`` and ``<!-- journeybook: home-air#canvas -->``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from journeybook.adapters.prose import EMBED, IN_MARKDOWN, REFERENCE
from journeybook.model.uses import Name
from journeybook.problems import Span
from journeybook.settings import Settings
from journeybook.source.edits import Edit, Text
from journeybook.source.files import read_bytes


def in_pages(name: Name, new: str, docs_dir: Path, settings: Settings) -> Iterator[tuple[Path, bytes, list[Span]]]:
    """Pages that name a record: the file, its content with the ``new`` id, and where that stands. Code stays."""
    for path in _pages(docs_dir):
        content = read_bytes(path, settings.shown(path), settings.limits.file_bytes)
        try:
            text = Text(content) if isinstance(content, bytes) else None
        except UnicodeDecodeError:  # no page that anybody can read
            continue
        places = sorted(_places(name, text.text, settings.at.rstrip("/"))) if text else []
        if text and places:
            spans = [_span(settings.shown(path), text.text, start, end) for start, end in places]
            yield path, text.edited(Edit(start, end, new) for start, end in places), spans


def _pages(docs_dir: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(docs_dir):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        yield from (Path(here, name) for name in sorted(names) if name.lower().endswith(".md"))


def _places(name: Name, text: str, at: str) -> Iterator[tuple[int, int]]:
    """Start and end of the id, in each reference to the record. One that names no atlas can mean any of a site."""
    code = [found.span() for found in IN_MARKDOWN.finditer(text)]

    def meant(found: re.Match[str]) -> bool:
        return found[1] in (None, at) and not any(start <= found.start() < end for start, end in code)

    for found in filter(meant, REFERENCE.finditer(text)):
        if (found[2], found[3]) == (name.kind, name.whole):
            yield found.end(3) - len(name.ident), found.end(3)
        elif (name.kind, found[2]) == ("journey", "stage") and found[3].startswith(f"{name.ident}/"):
            yield found.start(3), found.start(3) + len(name.ident)
    for found in filter(meant, EMBED.finditer(text)):
        if (name.kind, found[2]) == ("journey", name.ident):
            yield found.span(2)


def _span(shown: str, text: str, start: int, end: int) -> Span:
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return Span(shown, line, column, line, column + end - start)
