"""What was measured of the journeys: the tables that ``journeybook measure`` writes, read back and resolved."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from journeybook.frozen import dataclass
from journeybook.model.files import is_there
from journeybook.model.journey_entities import Journey, Transition
from journeybook.model.origins import StageKey
from journeybook.problems import Problem, Span
from journeybook.schema.types import ISO_DATE, NUMBER, described
from journeybook.settings import Settings
from journeybook.source import characters, text_of

FOLDER = "measured"
METRICS = "metrics"
JOURNEYS = ("journey", "first", "last", "people")
STAGES = ("month", "segment", "stage", "visits", "people", "new", "onward", "left", "waiting")
WAYS = ("month", "segment", "from", "to", "count", "share", "repeat", "median_hours", "p90_hours")
VALUES = ("month", "segment", "stage", "count", "total", "median")
NAMES = {"month", "segment", "stage", "from", "to", "journey"}
DAYS = {"first", "last"}
MOST = 20
"""So many problems of one table are told."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StageCount:
    """What was measured of a stage; None where too few people were there to tell.

    ``visits`` in all and by people who were ``new`` to the journey; ``people`` who came and, of them, those who went
    ``onward`` to the following stage; visits after which people ``left`` or may still be ``waiting``.
    """

    visits: int | None
    people: int | None
    new: int | None
    onward: int | None
    left: int | None
    waiting: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class WayCount:
    """What was measured of a way: ``share`` in percent of all who left its stage, times in hours."""

    count: int
    share: Decimal
    repeat: int | None
    median: Decimal
    p90: Decimal
    span: Span


@dataclass(frozen=True, slots=True)
class ValueCount:
    """What ``count`` events of a stage were worth, in the unit of the log: in all and at the median."""

    count: int
    total: Decimal
    median: Decimal
    span: Span


@dataclass(slots=True)
class Measured:
    """A journey as it was measured. Keys are month and segment (``""`` all of them), then stage ids."""

    first: date
    last: date
    people: int
    span: Span
    stages: dict[tuple[str, str, str], StageCount] = field(default_factory=dict)
    ways: dict[tuple[str, str, str, str], WayCount] = field(default_factory=dict)
    values: dict[tuple[str, str, str], ValueCount] = field(default_factory=dict)

    def stage(self, ident: str) -> StageCount | None:
        """All that was measured of a stage, whoever and whenever."""
        return self.stages.get(("", "", ident))

    def way(self, source: str, target: str) -> WayCount | None:
        """All that was measured of a way, whoever and whenever."""
        return self.ways.get(("", "", source, target))

    @property
    def all_ways(self) -> Iterator[tuple[str, str, WayCount]]:
        """The ways of everybody: from, to and what was measured."""
        return ((source, target, way) for (month, segment, source, target), way in self.ways.items()
                if not month and not segment)


def values_of(metric: str, settings: Settings) -> Path:
    """Where the values of a metric stand that is counted in the log."""
    return settings.atlas / FOLDER / METRICS / f"{metric}.csv"


def drawn_ways(journey: Journey) -> dict[tuple[str, str], Transition]:
    """The ways of a map that a log can show: by from and to, two stages with signals, what leaves the first.

    What lies between may be stages without signals: nobody is seen there, so people seem to go straight on.
    """
    seen = {stage.key for stage in journey.stages if stage.spec.signals}
    inside = [way for way in journey.transitions if way.source.journey == way.target.journey == journey.id]
    found: dict[tuple[str, str], Transition] = {}
    for way in inside:
        ends, passed = [way.target] if way.source in seen else [], set[StageKey]()
        while ends:
            end = ends.pop()
            if end in seen:
                if end != way.source:
                    found.setdefault((way.source.stage, end.stage), way)
            elif end not in passed:
                passed.add(end)
                ends += [further.target for further in inside if further.source == end]
    return found


def read_measured(settings: Settings, journeys: Mapping[str, Journey]) -> tuple[dict[str, Measured], list[Problem]]:
    """By journey id, what stands in the tables; and what is wrong with them. Nothing without the folder."""
    folder = settings.atlas / FOLDER
    problems: list[Problem] = []
    if not is_there(folder / "journeys.csv"):
        return {}, problems
    found: dict[str, Measured] = {}
    for row, span in _table(folder / "journeys.csv", JOURNEYS, settings, problems):
        journey = journeys.get(row["journey"])
        if None in row.values() or journey is None:
            problems.append(_fault(span, f"there is no journey `{row['journey']}`" if journey is None else
                                   "this row lacks a value"))
            continue
        measured = Measured(row["first"], row["last"], row["people"], span)
        found[journey.id] = measured
        known = {stage.key.stage for stage in journey.stages}
        _stages(folder / f"{journey.id}.stages.csv", measured, known, settings, problems)
        _ways(folder / f"{journey.id}.ways.csv", measured, known, settings, problems)
        _values(folder / f"{journey.id}.values.csv", measured, known, settings, problems)
    return found, problems


def _stages(path: Path, measured: Measured, known: set[str], settings: Settings, problems: list[Problem]) -> None:
    for row, span in _table(path, STAGES, settings, problems):
        if _stage_known(row["stage"], known, span, problems):
            measured.stages[row["month"], row["segment"], row["stage"]] = StageCount(
                **{key: row[key] for key in STAGES[3:]}, span=span)


def _ways(path: Path, measured: Measured, known: set[str], settings: Settings, problems: list[Problem]) -> None:
    for row, span in _table(path, WAYS, settings, problems):
        if [False for key in ("from", "to") if not _stage_known(row[key], known, span, problems)]:
            continue
        needed = [row[key] for key in ("count", "share", "median_hours", "p90_hours")]
        if None in needed:
            problems.append(_fault(span, "this row lacks a value"))
            continue
        measured.ways[row["month"], row["segment"], row["from"], row["to"]] = WayCount(
            row["count"], needed[1], row["repeat"], needed[2], needed[3], span)


def _values(path: Path, measured: Measured, known: set[str], settings: Settings, problems: list[Problem]) -> None:
    for row, span in _table(path, VALUES, settings, problems) if is_there(path) else ():
        if not _stage_known(row["stage"], known, span, problems):
            continue
        if None in row.values():
            problems.append(_fault(span, "this row lacks a value"))
            continue
        measured.values[row["month"], row["segment"], row["stage"]] = ValueCount(
            row["count"], row["total"], row["median"], span)


def _stage_known(ident: str, known: set[str], span: Span, problems: list[Problem]) -> bool:
    if ident not in known:
        problems.append(_fault(span, f"the journey has no stage `{ident}`"))
    return ident in known


def _fault(span: Span, message: str) -> Problem:
    return Problem("measured-data", message, span, "run `journeybook measure` again; it writes this file")


def _table(path: Path, columns: tuple[str, ...], settings: Settings,
           problems: list[Problem]) -> Iterable[tuple[Row, Span]]:
    """The sound rows of a table with their places: texts, whole numbers, decimals and days by column."""
    shown = settings.shown(path)
    text = text_of(path, settings, settings.limits.csv_bytes)
    if isinstance(text, Problem):
        problems.append(text)
        return []
    text, refused = characters.find(shown, text)
    told: list[Problem] = list(refused)
    lines = text.split("\n")
    found = []
    try:
        for number, cells in enumerate(csv.reader(lines, strict=True), start=1):
            span = Span(shown, number, 1, number, len(lines[number - 1]) + 1)
            if number == 1 and tuple(cells) != columns:
                told.append(_fault(span, f"this table does not begin with {','.join(columns)}"))
                break
            if number > 1 and cells:
                row = _row(columns, cells, span, told)
                if row is not None:
                    found.append((row, span))
    except (csv.Error, IndexError):
        told.append(_fault(Span(shown), "a quote in this table is never closed"))
        found = []
    problems += told[:MOST]
    return found


def _row(columns: tuple[str, ...], cells: list[str], span: Span, problems: list[Problem]) -> Row | None:
    if len(cells) != len(columns):
        problems.append(_fault(span, f"this row has {len(cells)} cells, the header has {len(columns)}"))
        return None
    row: Row = {}
    for key, cell in zip(columns, cells, strict=True):
        try:
            row[key] = cell if key in NAMES else _READ[key](cell) if cell else None
        except ValueError:
            problems.append(_fault(span, f"{described(cell)} in the column `{key}` is no "
                                         f"{'date' if key in DAYS else 'number'}"))
            return None
    return row


def _whole(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit() or len(cell) > 15:
        raise ValueError
    return int(cell)


def _decimal(cell: str) -> Decimal:
    if not NUMBER.fullmatch(cell) or cell.startswith("-"):
        raise ValueError
    return Decimal(cell)


def _signed(cell: str) -> Decimal:
    if not NUMBER.fullmatch(cell):
        raise ValueError
    return Decimal(cell)


def _date(cell: str) -> date:
    if not ISO_DATE.fullmatch(cell):
        raise ValueError
    return date.fromisoformat(cell)


_READ: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("people", "visits", "new", "onward", "left", "waiting", "count", "repeat"), _whole),
    **dict.fromkeys(("total", "median"), _signed),
    **dict.fromkeys(("share", "median_hours", "p90_hours"), _decimal), **dict.fromkeys(DAYS, _date)}
