"""Where a record was written, and how a stage is named."""

from __future__ import annotations

from typing import NamedTuple

from journeybook.frozen import dataclass
from journeybook.problems import Span
from journeybook.schema.record import Record
from journeybook.schema.synonyms import our_words
from journeybook.schema.types import nearest
from journeybook.source import Document
from journeybook.source.document import Route


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was written."""

    document: Document
    route: Route

    def span(self, *more: str | int, key: bool = False) -> Span:
        """The place of the record, or of something in it."""
        return self.document.locate((*self.route, *more), key=key)

    def has(self, *more: str | int) -> bool:
        """Whether the user wrote something there."""
        return self.document.has((*self.route, *more))

    def filled(self, key: str, spec: Record) -> bool:
        """Whether a value was written under a key, right or wrong, under a slip of the key or another word for it.

        Whoever asks for what is missing passes over these: the value or the slip was reported already.
        """
        if self.document.value((*self.route, key)) not in (None, "", [], {}):
            return True
        own = self.document.value(self.route)
        unknown = set(own) - set(spec.keys()) if isinstance(own, dict) else ()
        return any(key in our_words(word) or nearest(word, [key], 0.75 if len(key) > 3 else 0.6) for word in unknown)

    def lines(self) -> tuple[int, int]:
        """First and last line of the record, its key's included."""
        return self.document.lines(self.route)

    def at(self, *more: str | int) -> Origin:
        """The origin of a part."""
        return Origin(self.document, (*self.route, *more))


class StageKey(NamedTuple):
    """``journey/stage``."""

    journey: str
    stage: str

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.journey}/{self.stage}"
