"""Metric values from CSV: strict, exact, and never a zero where there is no data."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from journeybook.model.entities import Value
from journeybook.problems import Problem, Related, Span
from journeybook.settings import Settings
from journeybook.source.files import decode, read_bytes

COLUMNS = ("date", "value", "segment", "n", "note", "metric")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?", re.ASCII)


class ValueFiles:
    """CSV files, each read once however many metrics share it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._read: dict[Path, dict[str, list[Value]]] = {}
        self.problems: list[Problem] = []

    def values(self, path: Path, metric: str, where: Span) -> tuple[Value, ...]:
        """The values of a metric in a file, by date, none after today.

        ``where`` is the place that names the file, for the case that the file is shared and lacks the metric.
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
                "metric-data", f"{self._settings.shown(path)} has no row for the metric `{metric}`", where,
                f"write `{metric}` in its `metric` column, or name another file"))
        return tuple(sorted((value for value in found if value.date <= self._settings.today),
                            key=lambda value: (value.date, value.segment)))

    def _rows(self, path: Path) -> dict[str, list[Value]]:
        shown = self._settings.shown(path)
        content = read_bytes(path, shown, self._settings.limits.csv_bytes)
        text = decode(content, shown) if isinstance(content, bytes) else content
        if isinstance(text, Problem):
            self.problems.append(text)
            return {}
        reader = _Rows(shown, self._settings.limits.csv_rows)
        found = reader.read(text)
        self.problems += reader.problems
        return found


class _Rows:
    """One file's rows by metric (``""`` where the file has no metric column)."""

    def __init__(self, shown: str, most: int) -> None:
        self.shown = shown
        self.most = most
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, date, str], int] = {}

    def read(self, text: str) -> dict[str, list[Value]]:
        found: dict[str, list[Value]] = {}
        reader = csv.reader(text.split("\n"), strict=True)
        header: list[str] = []
        line = 0
        try:
            for row in reader:
                line, first = reader.line_num, line + 1
                if not row:
                    continue
                if not header:
                    header = [name.strip().lower() for name in row]
                    if not self._header(header, row, first):
                        return {}
                    continue
                if len(self._seen) >= self.most:
                    self._at(first, "limit-reached", f"more than {self.most:,} rows", "split the file by metric")
                    break
                self._row(header, row, first, found)
        except csv.Error:
            self._at(line + 1, "metric-data", "a quote in this row is never closed, or text follows it",
                     "close the quote, or write a quote inside a text twice")
        if not header:
            self._at(1, "metric-data", "this file holds no values", "start it with the line `date,value`")
        return found

    def _header(self, header: list[str], row: list[str], line: int) -> bool:
        unknown = [name for name in header if name not in COLUMNS]
        if unknown:
            self._at(line, "metric-data", f"unknown column `{row[header.index(unknown[0])][:40]}`",
                     f"columns are {', '.join(COLUMNS)}")
        for name in header:
            if header.count(name) > 1:
                self._at(line, "metric-data", f"the column `{name}` stands here twice", "delete one of them")
                return False
        missing = [name for name in ("date", "value") if name not in header]
        if missing:
            self._at(line, "metric-data", f"there is no column `{missing[0]}`",
                     "the first line names the columns: `date,value`")
        return not unknown and not missing

    def _row(self, header: list[str], row: list[str], line: int, found: dict[str, list[Value]]) -> None:
        if len(row) != len(header):
            self._at(line, "metric-data", f"this row has {len(row)} cells, the header has {len(header)}",
                     "decimals take a point, and a text with a comma needs double quotes")
            return
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        day = self._date(cells["date"], line)
        numbers: dict[str, Decimal | None] = {}
        for name in ("value", "n"):
            cell = cells.get(name, "")
            if cell and not NUMBER.fullmatch(cell):
                self._at(line, "metric-data", f"`{cell[:40]}` is not a number",
                         "write digits with a point before decimals; leave the cell empty where there is no value")
                return
            numbers[name] = Decimal(cell) if cell else None
        if day is None:
            return
        metric, segment = cells.get("metric", ""), cells.get("segment", "")
        key = (metric, day, segment)
        if key in self._seen:
            first = Span(self.shown, self._seen[key], 1, self._seen[key], 2)
            self.problems.append(Problem(
                "metric-data", f"a second value for {day.isoformat()}{f' and `{segment}`' if segment else ''}",
                Span(self.shown, line, 1, line, 2), "keep one of the two rows",
                related=(Related("first here", first),)))
            return
        self._seen[key] = line
        found.setdefault(metric, []).append(
            Value(day, numbers["value"], segment, numbers["n"], cells.get("note", "")))

    def _date(self, cell: str, line: int) -> date | None:
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
                raise ValueError
            return date.fromisoformat(cell)
        except ValueError:
            self._at(line, "metric-data", f"`{cell[:40]}` is not a date",
                     "write year-month-day, such as `2026-03-31`")
            return None

    def _at(self, line: int, check: str, message: str, help_text: str) -> None:
        self.problems.append(Problem(check, message, Span(self.shown, line, 1, line, 2), help_text))
