"""The folders that maps are in: those of one atlas, and the atlases of one site, which must not get mixed up."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from journeybook.hosting import edit_pattern
from journeybook.problems import JourneybookError
from journeybook.settings import Folder, Settings

AT = re.compile(r"[a-z0-9][a-z0-9-]*")


def check_apart(every: Sequence[Settings]) -> None:
    """Raise :class:`JourneybookError` where two atlases of a site share files or addresses."""
    for number, one in enumerate(every):
        for other in every[:number]:
            if one.at == other.at:
                where = f"`{one.at.rstrip('/')}`" if one.at else "the top of the site"
                raise JourneybookError(f"two atlases stand at {where}: {other.shown(other.atlas)} and "
                                       f"{one.shown(one.atlas)}", "give each its own `at:` in mkdocs.yml")
            for root in one.roots:
                for held in other.roots:
                    if root.is_relative_to(held) or held.is_relative_to(root):
                        shared = one.shown(root if root.is_relative_to(held) else held)
                        raise JourneybookError(
                            f"two atlases would both read {shared}",
                            "give each `atlas:` in mkdocs.yml a folder of its own, none within another")


def folders_of(entries: list[Any], root: Path, atlas: Path, docs_dir: Path, pattern: str) -> Iterator[Folder]:
    """Further folders of an atlas: a path, or a path with the address at which files of that repository are edited."""
    seen = {atlas.name: atlas}
    for entry in entries:
        named, address = next(iter(entry.items()), ("", "")) if isinstance(entry, dict) else (entry, "")
        path = (root / str(named)).resolve()
        if not path.is_dir():
            raise JourneybookError(f"the folder {named} that `folders:` names does not exist",
                                   "create it or check that repository out, or correct the line in mkdocs.yml")
        for other in seen.values():
            if path.is_relative_to(other) or other.is_relative_to(path):
                raise JourneybookError(f"the folder {named} that `folders:` names is read already, as part of the maps",
                                       "take the line out of mkdocs.yml; what lies below a folder belongs to it")
        if path.name in seen or (atlas / path.name).exists():
            raise JourneybookError(f"there are two folders called {path.name}, so their pictures would be mixed up",
                                   "rename one of them; `folders:` and `atlas:` in mkdocs.yml name them")
        seen[path.name] = path
        shown = Path(os.path.relpath(path, root)).as_posix()
        if address:
            yield Folder(path, shown, edit_pattern("", str(address)))
        elif path.is_relative_to(root):
            yield Folder(path, shown, pattern, Path(os.path.relpath(path, docs_dir)).as_posix())
        else:
            yield Folder(path, shown)
