"""Icons: a folder of SVG files, and the sprite that a page carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

# A plain ring, drawn here so that no page fails for an icon, whatever the folder holds.
DEFAULT = '<path d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16m0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12"/>'

_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_NAME = re.compile(r"[a-z0-9-]+")


class IconSet:
    """A folder of single-path SVG icons, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shapes: dict[str, str | None] = {}

    def shape(self, name: str) -> str | None:
        """What stands inside the icon's ``<svg>``; None when there is no such icon."""
        if name not in self._shapes:
            self._shapes[name] = self._read(name)
        return self._shapes[name]

    def _read(self, name: str) -> str | None:
        if not _NAME.fullmatch(name):
            return None
        try:
            found = _INNER.search((self._folder / f"{name}.svg").read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return None
        return found[1] if found else None


def sprite(icons: Mapping[str, str]) -> str:
    """Every icon of a page once, as symbols to be used by name; ``""`` when it uses none."""
    if not icons:
        return ""
    drawn = "".join(f'<symbol id="i-{n}" viewBox="0 0 24 24">{shape}</symbol>' for n, shape in icons.items())
    return f'<svg class="jb-sprite" width="0" height="0" aria-hidden="true">{drawn}</svg>'
