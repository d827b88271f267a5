"""CSV: written so that no spreadsheet runs what it holds, read strictly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from journeybook.exchange.cells import bare, inert
from journeybook.exchange.columns import COLUMNS, HEADERS
from journeybook.exchange.rows import Row
from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError
from journeybook.settings import Limits

ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that was read: the header, and rows of as many texts with their numbers as a spreadsheet counts."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def csv_text(rows: Iterable[Row]) -> str:
    """Rows as CSV (RFC 4180), UTF-8 without a mark, lines end with LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADERS)
    writer.writerows([inert(row.get(column, "")) for column in COLUMNS] for row in rows)
    return out.getvalue()


def read_csv(data: bytes, limits: Limits) -> Table:
    """A CSV file in UTF-8 or UTF-16, with commas, semicolons or tabs.

    Raises :class:`JourneybookError` where it is too large, in another encoding or torn apart by a quotation mark.
    """
    if len(data) > limits.csv_bytes:
        raise JourneybookError(f"the file has {len(data):,} bytes; {limits.csv_bytes:,} is the most",
                               "split it by journey and import the parts")
    encoding = ENCODINGS.get(data[:2], "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise JourneybookError("the file is not in UTF-8", "save it as “CSV UTF-8” and import it again") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    return table(_lines(reader), limits)


def _lines(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from ([bare(text) for text in line] for line in reader)
    except csv.Error as error:
        line = getattr(reader, "line_num", 0)
        raise JourneybookError(f"line {line} of the file is no CSV: {error}",
                               "look for a quotation mark that is never closed; within a text write it twice") from None


def table(lines: Iterable[list[str]], limits: Limits) -> Table:
    """Lines as a table: the first one that holds something is the header, empty ones are passed over.

    Raises :class:`JourneybookError` where there is no header, two columns are called the same, or there are too many.
    """
    header: tuple[str, ...] = ()
    found = []
    for number, line in enumerate(lines, 1):
        texts = [text.strip() for text in line]
        if not any(texts):
            continue
        if not header:
            header = tuple(texts)
            continue
        if number > limits.csv_rows:
            raise JourneybookError(f"the sheet has more than {limits.csv_rows:,} rows", "split it by journey")
        found.append((number, tuple([*texts, *[""] * len(header)][:max(len(header), len(texts))])))
    if not header:
        raise JourneybookError("the sheet is empty", "its first row names the columns, such as Stage, Step, Emotion")
    twice = next((name for name in header if name and header.count(name) > 1), "")
    if twice:
        raise JourneybookError(f"two columns are called `{twice}`", "give each column a name of its own")
    return Table(header, tuple(found))


def _delimiter(text: str) -> str:
    """What parts the header: spreadsheets of many countries write semicolons."""
    first = text.lstrip().split("\n", 1)[0]
    return max(DELIMITERS, key=first.count) if any(mark in first for mark in DELIMITERS) else ","
