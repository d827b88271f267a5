"""Metric values from CSV: strict, exact, and never a zero where there is no data."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from journeybook import formats
from journeybook.model.entities import Value
from journeybook.model.origins import Origin
from journeybook.problems import Problem, Related, Span
from journeybook.schema.types import ISO_DATE, NUMBER, described, nearest
from journeybook.settings import Limits, Settings
from journeybook.source import FAULTY, characters, syntax, text_of

COLUMNS = ("date", "value", "segment", "n", "note", "metric")


class ValueFiles:
    """CSV files, each read once however many metrics share it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._read: dict[Path, dict[str, list[Value]]] = {}
        self.problems: list[Problem] = []

    def values(self, path: Path, metric: str, origin: Origin) -> tuple[Value, ...]:
        """The values of a metric in a file, by date, none after today.

        ``origin`` is the metric's, for the case that the file is shared and lacks it.
        """
        if path not in self._read:
            self._read[path] = self._rows(path)
        rows = self._read[path]
        if "" in rows:
            found = rows[""]
        elif metric in rows or not rows:
            found = rows.get(metric, [])
        else:
            found = []
            self.problems.append(Problem(
                "metric-data", f"{self._settings.shown(path)} has no row for the metric `{metric}`",
                origin.span("values"), f"write `{metric}` in its `metric` column, or name another file"))
        return tuple(sorted((value for value in found if value.date <= self._settings.today),
                            key=lambda value: (value.date, value.segment)))

    def _rows(self, path: Path) -> dict[str, list[Value]]:
        shown = self._settings.shown(path)
        text = text_of(path, self._settings, self._settings.limits.csv_bytes)
        if isinstance(text, Problem):
            self.problems.append(text)
            return {}
        unmerged = syntax.conflict(shown, text, "metric-data")
        if unmerged:
            self.problems.append(unmerged)
            return {}
        text, refused = characters.find(shown, text)
        self.problems += refused[: self._settings.limits.problems_per_file]
        reader = _Rows(shown, text, self._settings.limits)
        found = reader.read()
        self.problems += reader.problems
        return found


class _Rows:
    """One file's rows by metric (``""`` where the file has no metric column)."""

    def __init__(self, shown: str, text: str, limits: Limits) -> None:
        self.shown = shown
        self.lines = text.split("\n")
        self.limits = limits
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, date, str], int] = {}  # metric, day and segment → the line of the row
        self._count = 0

    def read(self) -> dict[str, list[Value]]:
        """The values of every row that is sound; what is wrong with the others is kept in ``problems``."""
        found: dict[str, list[Value]] = {}
        header: list[str] = []
        reader = csv.reader((f"{line}\n" for line in self.lines), strict=True)
        line = 1
        try:
            for row in reader:
                if row and header:
                    self._count += 1
                    if self._count > self.limits.csv_rows:
                        self._tell(line, "limit-reached", f"this file has more than {self.limits.csv_rows:,} rows",
                                   "split it by metric")
                        break
                    self._row(header, row, line, found)
                elif row:
                    header = [name.strip().lower() for name in row]
                    if not self._header(header, row, line):
                        return {}
                line = reader.line_num + 1
        except csv.Error:
            self._tell(line, "metric-data", "a quote in this row is never closed, or text follows it",
                       "close the quote, or write a quote inside a text twice")
        if not header and not self.problems:
            self._tell(1, "metric-data", "this file holds no values", "start it with the line `date,value`")
        return found

    def _header(self, header: list[str], row: list[str], line: int) -> bool:
        """Whether the columns are known; one fault, one problem."""
        missing = [name for name in ("date", "value") if name not in header]
        for index, name in enumerate(header):
            if name in header[:index]:
                self._tell(line, "metric-data", f"the column {described(name)} stands here twice",
                           "delete one of them", index)
                return False
            if name not in COLUMNS:
                close = nearest(name, missing or COLUMNS)
                step = f"write `{close}`" if close else (
                    "the columns are date and value, and where wanted segment, n, note and metric")
                if ";" in name or "\t" in name:
                    step = "separate the columns with commas; decimals then take a point"
                self._tell(line, "metric-data", f"unknown column {described(row[index])}", step, index)
                return False
        if missing:
            self._tell(line, "metric-data", f"there is no column `{missing[0]}`",
                       "the first line names the columns: `date,value`")
        return not missing

    def _row(self, header: list[str], row: list[str], line: int, found: dict[str, list[Value]]) -> None:
        if len(row) != len(header):
            self._tell(line, "metric-data",
                       f"this row has {formats.count(len(row), 'cell')}, the header has {len(header)}",
                       "decimals take a point, and a text with a comma needs double quotes")
            return
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        day = self._date(cells["date"], line, header.index("date"))
        numbers = [self._number(cells.get(name, ""), line, header.index(name))
                   for name in ("value", "n") if name in header]
        if day is None or FAULTY in numbers:
            return
        value, n = [*numbers, None][:2]
        segment = cells.get("segment", "")
        key = (cells.get("metric", ""), day, segment)
        if key in self._seen:
            of = f" and {described(segment)}" if segment else ""
            self._tell(line, "metric-data", f"a second value for {day.isoformat()}{of}",
                       "keep one of the two rows", header.index("date"),
                       (Related("first here", self._place(self._seen[key], header.index("date"))),))
            return
        self._seen[key] = line
        found.setdefault(key[0], []).append(
            Value(day, _decimal(value), segment, _decimal(n), cells.get("note", "")))

    def _number(self, cell: str, line: int, column: int) -> str | None:
        """The number as it is written, None for a gap, FAULTY where there is no number."""
        if not cell:
            return None
        if NUMBER.fullmatch(cell):
            return cell
        self._tell(line, "metric-data", f"{described(cell)} is not a number",
                   "write digits with a point before decimals; leave the cell empty where there is no value",
                   column)
        return FAULTY

    def _date(self, cell: str, line: int, column: int) -> date | None:
        day = _day(cell)
        if day is None:
            self._tell(line, "metric-data", f"{described(cell)} is not a date",
                       "write year-month-day, such as `2026-03-31`", column)
        return day

    def _tell(self, line: int, check: str, message: str, step: str, column: int | None = None,
              related: tuple[Related, ...] = ()) -> None:
        if len(self.problems) < self.limits.problems_per_file:
            self.problems.append(Problem(check, message, self._place(line, column), step, related=related))
        elif len(self.problems) == self.limits.problems_per_file:
            self.problems.append(Problem("limit-reached", "more problems in this file are not shown",
                                         Span(self.shown), "mend the first ones and run again"))

    def _place(self, line: int, column: int | None = None) -> Span:
        """A cell's place; that of the row where no column is named or quotes make counting vain."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        cells = text.split(",")
        if column is None or '"' in text or column >= len(cells):
            return Span(self.shown, line, 1, line, max(2, len(text) + 1))
        start = sum(len(cell) + 1 for cell in cells[:column])
        return Span(self.shown, line, start + 1, line, start + 1 + max(1, len(cells[column])))


@lru_cache(10_000)
def _day(cell: str) -> date | None:
    """The day that a text says: many metrics have values of the same days."""
    try:
        return date.fromisoformat(cell) if ISO_DATE.fullmatch(cell) else None
    except ValueError:
        return None


def _decimal(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)
