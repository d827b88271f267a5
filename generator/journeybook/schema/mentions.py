"""Where a file names records by their ids, read off the same descriptions of fields that editors complete by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journeybook.frozen import dataclass
from journeybook.schema.atlas import Atlas
from journeybook.schema.fields import Field, Shape, fields_of
from journeybook.schema.journey import Emotion, Feeling, Journey
from journeybook.schema.record import Record
from journeybook.schema.records import REGISTRIES
from journeybook.schema.validate import Contents
from journeybook.source import Document
from journeybook.source.document import Route


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that names a record of one of ``kinds``: ``sales``, ``journey/stage``, ``stage#question``.

    ``home`` is the journey of the file, to which a bare stage belongs, ``""`` in registries. ``is_key`` tells that
    the text is a key, as in ``emotion: {amira: 1}``. Whether the record exists is not asked: a title may be words.
    """

    kinds: tuple[str, ...]
    text: str
    document: Document
    route: Route
    home: str
    is_key: bool = False


def mentions(contents: Contents) -> Iterator[Mention]:
    """All of a file, in no special order."""
    home = contents.journey.id if contents.journey else ""
    walk = _Walk(contents.document, home)
    if contents.journey and contents.journey.spec is not None:
        yield from walk.record(Journey, contents.document.data, ())
    if contents.atlas and contents.atlas.spec is not None:
        yield from walk.record(Atlas, contents.document.data, ())
    for entry in contents.entries:
        model = REGISTRIES.get(str(entry.route[0]))
        if model is not None:
            yield from walk.record(model, contents.document.value(entry.route), entry.route)


@dataclass(frozen=True, slots=True)
class _Walk:
    document: Document
    home: str

    def record(self, model: type[Record], raw: Any, route: Route) -> Iterator[Mention]:
        """The mentions in one record as it was written, short or long."""
        if not isinstance(raw, dict):
            return
        if model is Emotion:
            yield from self._emotion(raw, route)
            return
        for field in fields_of(model):
            value = raw.get(field.key)
            if value is not None and not (field.key in REGISTRIES and isinstance(value, dict) and not route):
                yield from self._value(field, field.shape, value, (*route, field.key))

    def _emotion(self, raw: dict[str, Any], route: Route) -> Iterator[Mention]:
        if raw.keys() & Feeling.model_fields.keys():
            yield from self.record(Feeling, raw, route)
            return
        for key, value in raw.items():
            yield Mention(("persona",), key, self.document, (*route, key), self.home, is_key=True)
            yield from self.record(Feeling, value, (*route, key))

    def _value(self, field: Field, shape: Shape, value: Any, route: Route) -> Iterator[Mention]:
        if shape.many and isinstance(value, list):
            for index, entry in enumerate(value):
                yield from self._value(field, shape, entry, (*route, index))
        elif shape.record is not None:
            yield from self.record(shape.record, value, route)
        elif shape.kind == "map" and shape.entry and isinstance(value, dict):
            for key, entry in value.items():
                if field.targets:
                    yield Mention(field.targets, key, self.document, (*route, key), self.home, is_key=True)
                yield from self._value(field, shape.entry, entry, (*route, key))
        elif isinstance(value, str) and field.targets and shape.kind in ("reference", "title"):
            yield Mention(field.targets, value.strip(), self.document, route, self.home)
