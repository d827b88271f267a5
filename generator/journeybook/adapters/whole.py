"""The atlas for commands whose answer would be wrong if a file were missing from it."""

from __future__ import annotations

from journeybook.model import Atlas
from journeybook.problems import JourneybookError
from journeybook.reading import read_book
from journeybook.settings import Settings


def whole_atlas(settings: Settings, missing: str) -> Atlas:
    """All of it. Raises :class:`JourneybookError` where a file cannot be read, which may hold what is ``missing``."""
    reading = read_book(settings)
    if reading.unreadable:
        raise JourneybookError(f"{reading.unreadable[0]} has to be mended first: it may hold {missing}",
                               "journeybook check says what is wrong")
    return reading.atlas
