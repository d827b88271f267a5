"""Dates of reviews in the YAML: set without touching anything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from journeybook.adapters.keys import new_key
from journeybook.adapters.renaming import Files
from journeybook.adapters.writing import write_whole
from journeybook.model.uses import Name
from journeybook.problems import JourneybookError
from journeybook.schema.types import nearest
from journeybook.source import Document
from journeybook.source.document import Route
from journeybook.source.edits import Edit, Text

REVIEWED = ("journey", "persona", "asset", "promise")
"""Kinds that have reviews."""
BEFORE = ("status", "owner", "summary", "type", "title", "name", "statement")
"""Keys below which the date is written where there was none, the first of those that are there."""


def mark_reviewed(names: Sequence[Name], day: date, files: Files) -> list[str]:
    """Set ``reviewed:`` of records to a day; returns the files that were written, as shown.

    Raises :class:`JourneybookError`, before anything is written, where one of them cannot be found or dated.
    """
    edits: dict[str, tuple[Path, Text, list[Edit]]] = {}
    for name in names:
        if name.kind not in REVIEWED:
            raise JourneybookError(f"a {name.kind} has no reviews", f"name one of: {', '.join(REVIEWED)}")
        defined = files.defined(name.kind)
        if name.whole not in defined:
            close = nearest(name.whole, defined)
            raise JourneybookError(f"there is no {name.kind} `{name.whole}`",
                                   f"did you mean `{close}`?" if close else f"add it to the {name.kind}s first")
        content, route = defined[name.whole]
        document = content.document
        text = files.text(document)
        _, _, found = edits.setdefault(document.path, (files.paths[document.path], text, []))
        found.append(_dated(document, route, text, day, name))
    for path, text, found in edits.values():
        write_whole(path, text.edited(found).decode("utf-8"))
    return sorted(edits)


def _dated(document: Document, route: Route, text: Text, day: date, name: Name) -> Edit:
    raw = document.value(route)
    if isinstance(raw, dict) and raw.get("reviewed") is not None:
        return Edit(*text.words(document.locate((*route, "reviewed"))), day.isoformat())
    if not isinstance(raw, dict):
        raise JourneybookError(f"{document.locate(route)}: `{name.whole}` is written in one line and has no place "
                               "for a date", "write it as keys, such as `title:` and `owner:`, first")
    if "reviewed" in raw:
        end = document.locate((*route, "reviewed"), key=True)
        after = text.offset(end.end_line, end.end_column)
        colon = text.text.index(":", after) + 1
        return Edit(colon, colon, f" {day.isoformat()}")
    return new_key(document, route, text, f"reviewed: {day.isoformat()}", BEFORE)
