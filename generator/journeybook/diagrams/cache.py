"""Layouts on disk, by content: safe to delete, safe to share between builds that run at the same time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from journeybook.diagrams.geometry import Layout, UnusableError, from_data, to_data

# Raise it whenever the stored form or its reading changes.
VERSION = 1


class LayoutCache:
    """Geometry by DOT text, engine and engine version. Without a folder it forgets everything."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, engine: str, version: str, dot: str) -> Layout | None:
        """The stored layout; a damaged or foreign entry is simply a miss."""
        path = self._path(engine, version, dot)
        if path is None:
            return None
        try:
            return from_data(json.loads(path.read_bytes()), dot)
        except (OSError, ValueError, RecursionError, UnusableError):
            return None

    def put(self, engine: str, version: str, dot: str, layout: Layout) -> None:
        """Store through a temporary name, so that nobody reads half an entry; a full disk only costs time."""
        path = self._path(engine, version, dot)
        if path is None:
            return
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(to_data(layout), file, separators=(",", ":"))
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def _path(self, engine: str, version: str, dot: str) -> Path | None:
        if self._folder is None:
            return None
        key = json.dumps([VERSION, engine, version, dot])
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.json"
