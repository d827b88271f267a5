"""When a record wants to be looked over again. Checks and pages ask here, so that they never disagree."""

from __future__ import annotations

from datetime import date

from journeybook.model.agreement_entities import Promise
from journeybook.model.atlas import Atlas
from journeybook.model.business import due_after
from journeybook.model.defaults import REVIEW_EVERY
from journeybook.model.entities import Asset, Persona
from journeybook.model.journey_entities import Journey
from journeybook.schema.durations import Duration


def interval(record: Journey | Persona | Asset | Promise, atlas: Atlas) -> Duration:
    """How often: what the record says, else what the atlas says, else what its kind is usually given."""
    return record.spec.review_every or atlas.spec.review_every or REVIEW_EVERY[kind(record)]


def due(record: Journey | Persona | Asset | Promise, atlas: Atlas) -> date | None:
    """The day from which a new review is due; None when none was ever held, or the record is out of use."""
    if record.spec.reviewed is None or out_of_use(record):
        return None
    return due_after(interval(record, atlas), record.spec.reviewed, atlas)


def out_of_use(record: Journey | Persona | Asset | Promise) -> bool:
    """Whether nobody needs it to be up to date any more."""
    return getattr(record.spec, "status", "") in ("retired", "withdrawn")


def kind(record: Journey | Persona | Asset | Promise) -> str:
    """The kind's name in messages."""
    return type(record).__name__.lower()
