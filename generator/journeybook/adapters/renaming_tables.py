"""Ids in tables (CSV): values of metrics, and what was measured of a journey."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

from journeybook.model.uses import Name
from journeybook.model.walked import FOLDER, values_of
from journeybook.problems import Span
from journeybook.settings import Settings
from journeybook.source.edits import Edit, Text
from journeybook.source.files import read_bytes

PARTS = {"stages": ("stage",), "ways": ("from", "to"), "values": ("stage",)}
"""Tables of a measured journey, and their columns that name stages."""


def measured(name: Name, new: str, settings: Settings) -> Iterator[tuple[Path, Path, bytes, list[Span]]]:
    """What `journeybook measure` wrote of a journey, stage or metric: file, its name then, places, and its content then
    where there are any.
    """
    folder = settings.atlas / FOLDER
    if name.kind == "journey":
        path = folder / "journeys.csv"
        if edited := replaced(path, ("journey",), name.ident, new, settings):
            yield path, path, *edited
        for part in PARTS:
            old = folder / f"{name.ident}.{part}.csv"
            if old.is_file():
                yield old, folder / f"{new}.{part}.csv", b"", []
    if name.kind == "metric" and values_of(name.ident, settings).is_file():
        yield values_of(name.ident, settings), values_of(new, settings), b"", []
    if name.kind == "stage":
        for part, columns in PARTS.items():
            path = folder / f"{name.journey}.{part}.csv"
            if edited := replaced(path, columns, name.ident, new, settings):
                yield path, path, *edited


def replaced(path: Path, columns: Collection[str], old: str, new: str,
             settings: Settings) -> tuple[bytes, list[Span]] | None:
    """A table with another id in some columns, and where; None where the id is not in it. Other bytes stay."""
    content = _content(path, settings) if path.is_file() else None
    if content is None:
        return None
    text = Text(content)
    lines = text.text.splitlines(keepends=True)
    header = [cell.strip().lower() for cell in next(csv.reader(lines[:1]), [])] if lines else []
    edits, places, start = [], [], 0
    for number, line in enumerate(lines):
        for column in (header.index(name) for name in columns if name in header):
            span = _cell(line, column)
            if number and span and line[slice(*span)].strip() == old:
                inside = line.index(old, span[0])
                edits.append(Edit(start + inside, start + inside + len(old), new))
                places.append(Span(settings.shown(path), number + 1, inside + 1, number + 1, inside + 1 + len(old)))
        start += len(line)
    return (text.edited(edits), places) if edits else None


def _content(path: Path, settings: Settings) -> bytes | None:
    content = read_bytes(path, settings.shown(path), settings.limits.csv_bytes)
    return content if isinstance(content, bytes) else None


def _cell(line: str, column: int) -> tuple[int, int] | None:
    """Start and end of a cell of a CSV line, without its quotes."""
    start = position = 0
    quoted, number = False, 0
    for position, letter in enumerate(line + ","):
        if letter == '"':
            quoted = not quoted
        elif letter in ",\r\n" and not quoted:
            if number == column:
                inside = line[start:position]
                return (start + 1, position - 1) if inside[:1] == '"' else (start, position)
            start, number = position + 1, number + 1
    return None
