"""XLSX: one sheet, one row a step, every cell a text or a number and none a formula. Needs openpyxl (``[xlsx]``)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from journeybook.exchange.cells import RISKY
from journeybook.exchange.columns import COLUMNS
from journeybook.exchange.rows import Row
from journeybook.exchange.tables import Table, table
from journeybook.problems import JourneybookError
from journeybook.schema.types import NUMBER
from journeybook.settings import Limits

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Steps"
MOST = 32_767  # characters in a cell: Excel's own limit
UNPACKED = 100_000_000  # bytes: more is a bomb, not a map
WIDE = frozenset({"doing", "thinking", "quote", "pains", "gains", "questions", "description", "customer_goal"})
STAMP = (1980, 1, 1, 0, 0, 0)


def workbook(rows: Iterable[Row], today: date) -> bytes:
    """The file, the same bytes for the same rows and day.

    Raises :class:`JourneybookError` where openpyxl is missing or a cell would be too long.
    """
    library = _library()
    book = library.Workbook()
    sheet: Worksheet = book.active
    sheet.title = SHEET
    _line(sheet, 1, [column.header for column in COLUMNS])
    for number, row in enumerate(rows, 2):
        _line(sheet, number, [row.get(column, "") for column in COLUMNS])
    _look(sheet)
    out = io.BytesIO()
    book.save(out)
    return _repeatable(out.getvalue(), today)


def _line(sheet: Worksheet, number: int, texts: list[str]) -> None:
    from openpyxl.styles import Alignment

    for place, text in enumerate(texts, 1):
        if not text:
            continue
        if len(text) > MOST:
            header = COLUMNS[place - 1].header
            raise JourneybookError(f"{header}: a cell of {len(text):,} characters does not fit into XLSX",
                                   "export CSV, which has no such limit")
        cell = sheet.cell(number, place)
        amount = _number(text)
        if amount is not None:
            cell.value = amount
        else:
            cell.value = text
            cell.data_type = "s"  # openpyxl takes `=…` for a formula
            cell.quotePrefix = text.startswith((*RISKY, "'"))  # and a spreadsheet would when somebody edits it
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _number(text: str) -> float | int | None:
    """A text that comes back the same as a number; ``1.10`` and ``-0`` would not."""
    if not NUMBER.fullmatch(text):
        return None
    number = float(text) if "." in text else int(text)
    return number if _text(number) == text else None


def _look(sheet: Worksheet) -> None:
    """Header in bold and always in sight, a filter, widths to read by."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(COLUMNS, 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = 44 if column.key in WIDE else 20
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _repeatable(data: bytes, today: date) -> bytes:
    """The archive without the time at which it was made."""
    day = f"{today.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", day, content)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()


def read_workbook(data: bytes, limits: Limits, sheet: str = "") -> Table:
    """A sheet of an XLSX file: the one of that name, ours, or the first. Formulas are read as what they showed last.

    Raises :class:`JourneybookError` where it is no such file, too large, or has no sheet of that name.
    """
    library = _library()
    if len(data) > limits.csv_bytes:
        raise JourneybookError(f"the file has {len(data):,} bytes; {limits.csv_bytes:,} is the most",
                               "split it by journey, or save the sheet as CSV")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise JourneybookError("unpacked, the file is far too large", "save the sheet as CSV")
        book = library.load_workbook(io.BytesIO(data), read_only=False, data_only=True, keep_links=False)
    except JourneybookError:
        raise
    except Exception as error:  # openpyxl raises what its parsers raise
        raise JourneybookError("the file is no XLSX workbook that can be read",
                               "open it in a spreadsheet and save it as .xlsx or CSV") from error
    names = list(book.sheetnames)
    if sheet and sheet not in names:
        raise JourneybookError(f"there is no sheet `{sheet}`", f"sheets are {', '.join(names)}")
    chosen = book[sheet or (SHEET if SHEET in names else names[0])]
    return table(_lines(chosen, limits), limits)


def _lines(sheet: Any, limits: Limits) -> Iterator[list[str]]:
    last = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > limits.csv_rows + 1:
            return
        texts = [_text(value) for value in row]
        last = max(last, next((place for place, text in reversed([*enumerate(texts, 1)]) if text), 0))
        yield texts[:last] if any(texts) else []


def _text(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _library() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise JourneybookError("XLSX needs a package that is not installed here",
                               "run `pip install 'journeybook[xlsx]'`, or use csv") from None
    return openpyxl
