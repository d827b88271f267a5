"""Files of the user's own project: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
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
