"""Keeping the editors' schema where editors find it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from journeybook.adapters.writing import write_whole
from journeybook.editor import as_text, known_of
from journeybook.problems import JourneybookError
from journeybook.reading import Reading
from journeybook.settings import SCHEMA, Settings


def schema_text(reading: Reading | None) -> str:
    """The schema for every atlas, or with the ids of the one that was read."""
    if reading is None:
        return as_text()
    return as_text(known_of(reading.atlas, reading.documents, reading.problems))


def keep_schema(reading: Reading, settings: Settings) -> None:
    """Write this atlas's schema to ``.journeybook/schema.json`` beside ``mkdocs.yml``, if it changed.

    A convenience: where it cannot be written, or the folder is a link that leads elsewhere, nothing is said.
    """
    folder = settings.root / SCHEMA.parent
    file = folder / settings.at / SCHEMA.name
    with contextlib.suppress(OSError, JourneybookError):
        if folder.is_symlink() or file.parent.is_symlink() or file.is_symlink():
            return
        file.parent.mkdir(exist_ok=True, parents=True)
        if not (folder / ".gitignore").exists():
            write_whole(folder / ".gitignore", "*\n")
        text = schema_text(reading)
        if _read(file) != text:
            write_whole(file, text)


def same_schema(path: Path, text: str) -> bool:
    """Whether a file holds this schema."""
    return _read(path) == text


def modeline(file: Path, settings: Settings) -> str:
    """The first line by which editors find the schema of an atlas, for a file in it."""
    schema = settings.root / SCHEMA.parent / settings.at / SCHEMA.name
    way = Path(os.path.relpath(schema, file.parent)).as_posix()
    return f"# yaml-language-server: $schema={way}\n"


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
