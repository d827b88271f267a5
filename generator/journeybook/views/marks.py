"""What a preview changes, as marks where it stands: on cards, stages and cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from journeybook.changes.entities import Change, Preview
from journeybook.frozen import dataclass
from journeybook.views.parts import Tag, said
from journeybook.words import N_

NEW = Tag(N_("New"), "ok", "plus-circle-outline")
CHANGED = Tag(N_("Changed"), "ok", "pencil-outline")
LANE_OF_KIND = {"step": "steps", "pain": "pains", "question": "questions", "commitment": "promises",
                "promise": "promises", "handoff": "handoffs", "opportunity": "opportunities"}
"""Kinds of records that have a lane of their own on the canvas."""
LANE_OF_FIELD = {"customer_goal": "goal", "goal": "goal", "emotion": "emotion", "quote": "quotes", "owner": "owner",
                 "assets": "assets", "metrics": "metrics", "touchpoints": "touchpoints", "channel": "touchpoints",
                 "frontstage": "frontstage", "backstage": "backstage", "systems": "systems"}
"""Keys of stages and steps that have a lane of their own; the rest is the stage's, or among its steps."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Journeys, stages (journey, id) and cells (journey, stage, lane) that differ."""

    journeys: dict[str, Tag] = field(default_factory=dict)
    stages: dict[tuple[str, str], Tag] = field(default_factory=dict)
    cells: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)


def marks_of(preview: Preview | None) -> Marks:
    """The marks of a preview, in the words of the site."""
    found = Marks()
    for group in preview.groups if preview else ():
        if not group.journey:
            continue
        whole = any((c.kind, c.action, c.id) == ("journey", "added", group.id) for c in group.changes)
        found.journeys[group.id] = said(NEW if whole else CHANGED)
        for change in () if whole else group.changes:
            key = group.id, change.id if change.kind == "stage" else change.stage
            if not key[1] or (change.kind, change.action) == ("stage", "removed"):
                continue
            came = change.kind == "stage" and change.action in ("added", "moved")
            if came:
                found.stages[key] = said(NEW)
            found.stages.setdefault(key, said(CHANGED))
            found.cells[key] = found.cells.get(key, frozenset()) | frozenset(() if came else _lanes(change))
    return found


def _lanes(change: Change) -> Iterator[str]:
    name = change.field.partition(".")[0]
    if change.kind in ("stage", "step") and name in LANE_OF_FIELD:
        yield LANE_OF_FIELD[name]
    elif change.kind in LANE_OF_KIND:
        yield LANE_OF_KIND[change.kind]
