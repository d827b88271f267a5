"""A journey before and after, stage by stage: what stands in each cell, and which cells differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeybook import formats
from journeybook.changes.entities import Changes
from journeybook.changes.items import Snapshot
from journeybook.changes.matching import match
from journeybook.frozen import dataclass
from journeybook.model import Stage, StageKey

LANES = ("Goal", "Steps", "Emotion", "Questions", "Content", "Pain points", "Metrics", "Commitments", "Owner")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a stage has in a lane. ``mark`` is ``""``, ``changed``, ``added`` or ``removed``."""

    lines: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A stage, with a cell a lane. ``mark`` says whether it is only on this side, or was elsewhere."""

    title: str
    mark: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Canvas:
    """A journey on one side."""

    columns: tuple[Column, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is marked."""
        return any(column.mark or any(cell.mark for cell in column.cells) for column in self.columns)

    @property
    def rows(self) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """Lane and its cells, stage by stage; lanes in which nothing stands or differs are left out."""
        for index, lane in enumerate(LANES):
            cells = tuple(column.cells[index] for column in self.columns)
            if any(cell.lines or cell.mark for cell in cells):
                yield lane, cells


@dataclass(frozen=True, slots=True)
class Comparison:
    """A journey on both sides; a side without columns has no such journey."""

    id: str
    title: str
    before: Canvas
    after: Canvas


def canvases(before: Snapshot, after: Snapshot, changes: Changes) -> Iterator[Comparison]:
    """The journeys of which a cell or a stage's name changed, in the order of the changes."""
    pairs = [(one, other) for one, other in match(before, after).pairs if one.kind in ("journey", "stage")]
    there = {StageKey(one.journey, one.id): StageKey(other.journey, other.id)
             for one, other in pairs if one.kind == "stage"}
    back = {new: old for old, new in there.items()}
    was = {other.id: one.id for one, other in pairs if one.kind == "journey"}
    for group in changes.groups:
        if group.journey:
            old = was.get(group.id, group.id)
            found = Comparison(group.id, group.title, Canvas(tuple(_columns(before, old, after, there, "removed"))),
                               Canvas(tuple(_columns(after, group.id, before, back, "added"))))
            if found.before.differs or found.after.differs:
                yield found


def _columns(side: Snapshot, ident: str, other: Snapshot, partner: Mapping[StageKey, StageKey],
             alone: str) -> Iterator[Column]:
    journey = side.atlas.journeys.get(ident)
    for stage in journey.stages if journey else ():
        twin = other.atlas.stages.get(partner[stage.key]) if stage.key in partner else None
        mine = list(_cells(stage, side))
        if twin is None:
            yield Column(stage.title, alone, tuple(Cell(lines, alone if lines else "") for lines in mine))
            continue
        theirs = list(_cells(twin, other))
        cells = tuple(Cell(own, "changed" if own != others else "") for own, others in zip(mine, theirs, strict=True))
        same = stage.title == twin.title and stage.number == twin.number
        yield Column(stage.title, "" if same else "changed", cells)


def _cells(stage: Stage, side: Snapshot) -> Iterator[tuple[str, ...]]:
    """The lines of each lane, in the order of ``LANES``."""
    spec = stage.spec
    names = side.atlas.personas
    pains = [pain for step in stage.steps for pain in step.spec.pains]
    yield (spec.customer_goal,) if spec.customer_goal else ()
    yield tuple(step.spec.title for step in stage.steps)
    yield tuple(f"{names[who].spec.name if who in names else 'Everyone'} {formats.score(feeling.score)}"
                for who, feeling in stage.feelings.items())
    yield tuple(question.spec.ask for question in stage.questions)
    yield tuple(f"{asset.spec.title}{'' if asset.spec.status == 'live' else f' ({asset.spec.status})'}"
                for asset in stage.assets)
    yield tuple(f"{pain.text} ({pain.severity})" for pain in pains)
    yield tuple(metric.spec.name for metric in stage.metrics)
    yield tuple(_commitment(commitment.spec.measure.model_dump(exclude_none=True), commitment.id)
                for commitment in stage.commitments)
    yield (stage.owner.spec.name,) if stage.owner else ()


def _commitment(measure: Mapping[str, object], ident: str) -> str:
    bounds = [f"{key.replace('_', ' ')} {measure[key]}" for key in ("at_least", "at_most", "equals") if key in measure]
    return f"{ident}: {', '.join(bounds) or 'yes or no'}"
