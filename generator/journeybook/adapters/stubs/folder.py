"""The folder of an export of stubs: a later export takes away what it does not write any more, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from journeybook.problems import JourneybookError

MANIFEST = ".journeybook-stubs"
"""Lists what an export wrote."""


def manifest(files: Iterable[str]) -> str:
    """The list, with itself."""
    return "".join(f"{name}\n" for name in sorted({*files, MANIFEST}))


def clear(out: Path, files: Iterable[str]) -> None:
    """Take away what an earlier export wrote and this one does not.

    Raises :class:`JourneybookError` where the folder holds something that was not written by an export.
    """
    listed = out / MANIFEST
    if not listed.is_file():
        if out.is_dir() and any(out.iterdir()):
            raise JourneybookError(f"{out} holds files that no export of stubs wrote",
                                   "name a folder of its own with --out")
        return
    kept = set(files)
    for name in listed.read_text("utf-8").splitlines():
        path = out / name
        if name not in kept and path.is_file() and path.resolve().is_relative_to(out.resolve()):
            path.unlink()


def check_apart(out: Path, sources: Iterable[Path]) -> None:
    """Raise :class:`JourneybookError` where stubs would lie among what they are made from."""
    for source in sources:
        if out.resolve().is_relative_to(source) or source.is_relative_to(out.resolve()):
            raise JourneybookError(f"{out} is where the maps are, or above them", "name a folder of its own with --out")
