"""Who should look at a change: the teams that own what it touches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from journeybook.changes.entities import Change, Level, Reviewer
from journeybook.changes.items import Item, Snapshot
from journeybook.model import StageKey
from journeybook.schema.records import KIND_OF

REGISTRY = {kind: key for key, kind in KIND_OF.items()}


def teams_of(item: Item, snapshot: Snapshot) -> tuple[str, ...]:
    """Ids of the teams that answer for a record: its own owner, else its stage's; of a handoff both teams."""
    atlas = snapshot.atlas
    if item.kind == "team":
        return (item.id,)
    if item.kind == "handoff" and item.id in atlas.handoffs:
        handoff = atlas.handoffs[item.id]
        return _ids(_stage(snapshot, handoff.source), _stage(snapshot, handoff.target))
    if item.kind == "promise" and item.id in atlas.promises:
        promise = atlas.promises[item.id]
        return _ids(promise, _stage(snapshot, promise.delivered_at))
    if item.kind in REGISTRY:
        return _ids(getattr(atlas, REGISTRY[item.kind]).get(item.id))
    journey = atlas.journeys.get(item.journey)
    stage = _stage(snapshot, StageKey(item.journey, item.stage)) if item.stage else None
    if item.kind == "commitment" and stage:
        own = next((c for c in stage.commitments if c.id == item.id), None)
        return _ids(own or stage)
    return _ids(stage) if stage else _ids(journey)


def _stage(snapshot: Snapshot, key: StageKey | None) -> Any:
    return snapshot.atlas.stages.get(key) if key else None


def _ids(*records: Any) -> tuple[str, ...]:
    owners = (getattr(record, "owner", None) for record in records if record is not None)
    return tuple(dict.fromkeys(owner.id for owner in owners if owner))


def reviewers(changes: Iterable[Change], before: Snapshot, after: Snapshot) -> tuple[Reviewer, ...]:
    """The teams of all that is breaking or to notify, by name."""
    found = dict.fromkeys(team for change in changes if change.level > Level.MINOR for team in change.teams)
    return tuple(sorted((reviewer(ident, before, after) for ident in found), key=lambda r: (r.name, r.id)))


def reviewer(ident: str, before: Snapshot, after: Snapshot) -> Reviewer:
    """A team by its id, as it is now (or was, where it is gone)."""
    team = after.atlas.teams.get(ident) or before.atlas.teams.get(ident)
    if team is None:
        return Reviewer(ident, ident)
    return Reviewer(ident, team.spec.name, tuple(f"@{handle.removeprefix('@')}" for handle in team.spec.git))
