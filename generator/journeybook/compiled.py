"""Compiled templates, kept between runs: compiling them takes a second, a fifth of a small build.

They are code that is run. So they lie in the user's own cache folder, which must belong to the user alone, and never
in the project, where somebody could commit them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from gettext import NullTranslations
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from journeybook import templates
from journeybook.settings import user_cache
from journeybook.words import Speech

MOST = 6  # sets of compiled templates: languages, versions; the oldest goes first


def compiled(speech: Speech) -> BytecodeCache | None:
    """Where the templates of one language are kept; None where there is no folder to trust.

    Jinja itself compares the text of each template and its own and Python's version of code.
    """
    return _cache(stamp(speech))


def compiled_for(*program: str) -> BytecodeCache | None:
    """The same for the templates of another ``program``, told by its name and version: these hold no words of ours."""
    return _cache(hashlib.sha256("\0".join((jinja2.__version__, *program)).encode()).hexdigest()[:32])


def _cache(name: str) -> BytecodeCache | None:
    base = user_cache("templates")
    if base is None:
        return None
    with contextlib.suppress(OSError):
        folder = base / name
        if not folder.is_dir():
            folder.mkdir(0o700, parents=True, exist_ok=True)
            others = sorted(base.iterdir(), key=lambda path: (path == folder, path.stat().st_mtime))
            for old in others[:-MOST]:
                shutil.rmtree(old, ignore_errors=True)
        if ours(base) and ours(folder):
            return _Kept(str(folder), "%s.code")
    return None


class _Kept(FileSystemBytecodeCache):
    """Where a template cannot be kept, the next run compiles it again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for each template it compiled."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def ours(folder: Path) -> bool:
    """Whether nobody else can write there. Windows keeps the folder to the user by itself."""
    status = folder.lstat()
    alone = not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(status.st_mode) and (not hasattr(os, "getuid") or (status.st_uid == os.getuid() and alone))


def stamp(speech: Speech) -> str:
    """What else compiled code depends on: the words put into it and the code that puts them there."""
    digest = hashlib.sha256(Path(templates.__file__).read_bytes())
    digest.update(f"{jinja2.__version__} {speech.wanted}".encode())
    catalogue: NullTranslations | None = speech.catalogue
    while catalogue is not None:
        said = getattr(catalogue, "_catalog", {})
        digest.update(repr(sorted(said.items(), key=repr)).encode())
        catalogue = getattr(catalogue, "_fallback", None)
    return digest.hexdigest()[:32]
