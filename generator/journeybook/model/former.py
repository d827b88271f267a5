"""Ids that records had before: their addresses lead to the records as they are now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeybook.model.atlas import Atlas
from journeybook.model.entities import Metric, Persona, Team
from journeybook.model.journey_entities import Journey
from journeybook.problems import Problem, Related

Renamed = Journey | Persona | Team | Metric
KINDS = ("journey", "persona", "team", "metric")
"""Kinds of records with a page of their own, whose address is made of the id."""


def former(atlas: Atlas) -> dict[tuple[str, str], Renamed]:
    """(kind, former id) → the record that had it; an id that is in use again stands for its new bearer alone."""
    return {key: record for key, record, _ in _claims(atlas) if record is not None}


def former_faults(atlas: Atlas) -> Iterator[Problem]:
    """Former ids that lead to two records."""
    for (kind, old), _, (record, other) in _claims(atlas):
        if other is not None:
            yield Problem(
                "id-duplicate", f"the {kind} `{record.id}` was formerly `{old}`, and so is another {kind}'s address",
                record.origin.span("formerly"), f"take `{old}` out of `formerly`, or give the other one another id",
                related=(Related("the other one", other.origin.span()),))


def _claims(atlas: Atlas) -> Iterator[tuple[tuple[str, str], Renamed | None, tuple[Renamed, Renamed | None]]]:
    """(kind, former id), the record it leads to (None where it leads elsewhere), and who disputes it with whom."""
    for kind, live in _records(atlas).items():
        taken: dict[str, Renamed] = {}
        for record in live.values():
            for old in dict.fromkeys(record.spec.formerly):
                if old == record.id or (kind == "journey" and old in atlas.broken):
                    continue
                other = live.get(old) or taken.get(old)
                yield (kind, old), None if other else record, (record, other)
                taken.setdefault(old, record)


def _records(atlas: Atlas) -> Mapping[str, Mapping[str, Renamed]]:
    return dict(zip(KINDS, (atlas.journeys, atlas.personas, atlas.teams, atlas.metrics), strict=True))
