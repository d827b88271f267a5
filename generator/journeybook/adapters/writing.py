"""Files of the user's own project: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from journeybook.problems import JourneybookError


def write_whole(path: Path, text: str | bytes) -> None:
    """Put a file in place in one step; what stood there stays until the new one is complete.

    Raises :class:`JourneybookError` where the folder cannot be written. The permissions of an old file are kept.
    """
    try:
        _write(path, text)
    except OSError as error:
        raise JourneybookError(f"{path} cannot be written: {(error.strerror or 'no reason given').lower()}",
                               "check the folder and its permissions") from None


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, and its folder. Where that fails, nothing stays behind.

    Raises :class:`FileExistsError` where it is there, and :class:`JourneybookError` where it cannot be written.
    """
    content = text.encode("utf-8")
    made = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:  # "x": never over another
            try:
                file.write(content)
                file.flush()
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise
    except OSError as error:
        take_back([], made)
        raise JourneybookError(f"{os.path.relpath(path)} cannot be written: {(error.strerror or 'no reason').lower()}",
                               "check the space left, the folder and its permissions; nothing of it stays") from None


def take_back(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Delete files that were begun, and folders that were made for them as far as they are empty, deepest first."""
    for file in files:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _write(path: Path, text: str | bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.is_file() else 0o644
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8"))
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
