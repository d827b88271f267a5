"""All reviews of an atlas in order of their days, for those who have to hold them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from journeybook.frozen import dataclass
from journeybook.model.agreement_entities import Promise
from journeybook.model.atlas import Atlas
from journeybook.model.entities import Asset, Persona, Team
from journeybook.model.journey_entities import Journey
from journeybook.model.reviews import due, kind


@dataclass(frozen=True, slots=True)
class Review:
    """A record that wants to be looked over from a day on. ``owner`` is None where nobody owns it."""

    day: date
    kind: str
    id: str
    title: str
    owner: Team | None
    path: str
    line: int


def schedule(atlas: Atlas) -> list[Review]:
    """Journeys, personas, assets and promises that were reviewed before, the most urgent first."""
    found = []
    for record in _records(atlas):
        day = due(record, atlas)
        if day is not None:
            span = record.origin.span("reviewed")
            found.append(Review(day, kind(record), record.id, _title(record), record.owner, span.path, span.line))
    return sorted(found, key=lambda review: (review.day, review.kind, review.id))


def _records(atlas: Atlas) -> Iterator[Journey | Persona | Asset | Promise]:
    yield from atlas.journeys.values()
    yield from atlas.personas.values()
    yield from atlas.assets.values()
    yield from atlas.promises.values()


def _title(record: Journey | Persona | Asset | Promise) -> str:
    if isinstance(record, Persona):
        return record.spec.name
    return record.spec.statement if isinstance(record, Promise) else record.spec.title
