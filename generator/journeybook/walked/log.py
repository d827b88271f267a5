"""Opening an event log where it is: a CSV or Parquet file, or a table of an engine."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError, Problem, Span
from journeybook.schema.events import Events
from journeybook.schema.types import described, nearest

EMBEDDED = "duckdb"
ENGINES = ("athena", "bigquery", "clickhouse", "databricks", "datafusion", "druid", "duckdb", "exasol", "flink",
           "impala", "mssql", "mysql", "oracle", "polars", "postgres", "pyspark", "risingwave", "snowflake", "sqlite",
           "trino")
"""What Ibis can talk to, by the names under which it is installed."""
EXTRAS = {"postgresql": "postgres", "spark": "pyspark"}
FILES = ("duckdb", "sqlite")
"""Engines whose address is that of a file."""
NEEDED = ("who", "event", "when")
TEXT_TIME = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.]\d+)?)?)? ?(Z|z|[+-]\d{2}:?\d{2})?$"
WALL = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?"
NUMBER = r"^-?[0-9]{1,12}([.][0-9]+)?$"
SHIFT = r"(Z|z|[+-]\d{2}:?\d{2})$"


@dataclass(frozen=True, slots=True)
class Log:
    """An opened log. ``rows`` has the columns who, event, segment, ``wall``, ``shift`` and ``written``, and where
    it is ``valued`` also ``cents`` (None where there is no value or none that is a number) and ``value`` as written.

    ``wall`` is the time as written, in whole seconds since 1970, None where it is none; ``shift`` is how many seconds
    it is ahead of UTC, None where it does not say. ``lines`` is whether rows have numbers, with the line of the first.
    ``columns`` are the names as they stand in the log.
    """

    shown: str
    rows: Any
    columns: dict[str, str]
    lines: int | None
    valued: bool = False

    def place(self, row: int | None = None) -> Span:
        """The place of a row, counted from 0, or of the log as a whole."""
        line = 1 if row is None or not self.lines else row + self.lines
        return Span(self.shown, line, 1, line, 2)


@contextmanager
def engine(uri: str = EMBEDDED, memory: str = "", threads: int = 0) -> Iterator[Any]:
    """A connection: DuckDB within this process, or what an address such as ``pyspark://`` leads to.

    Raises :class:`JourneybookError` where Ibis or the engine is not installed or cannot be reached.
    """
    if importlib.util.find_spec("ibis") is None or (uri == EMBEDDED and importlib.util.find_spec("duckdb") is None):
        raise JourneybookError("measuring needs Ibis and DuckDB, and they are not installed",
                               "run `pip install 'journeybook[measure]'`; all other commands work without them")
    import ibis

    with TemporaryDirectory(prefix="journeybook-") as spill:
        if uri == EMBEDDED:
            limits = {"memory_limit": memory} if memory else {}
            try:
                connection = ibis.duckdb.connect(
                    temp_directory=spill, autoinstall_known_extensions=False, autoload_known_extensions=False,
                    **limits, **({"threads": threads} if threads else {}))
            except Exception as error:
                raise JourneybookError(f"DuckDB cannot be started with a memory of {described(memory)}",
                                       "write it as in `--memory 4GB`") from error
        else:
            connection = _other(ibis, uri)
        try:
            yield connection
        finally:
            connection.disconnect()


def _other(ibis: Any, uri: str) -> Any:
    scheme, _, rest = uri.partition("://")
    place = unquote(rest.partition("?")[0])
    if scheme in FILES and place and not place.startswith((":memory:", "md:", "motherduck:")) and (
            not Path(place).is_file()):  # the engine would make one
        raise JourneybookError(f"there is no database file {described(place)}",
                               "check its path: it is as seen from the folder in which this command is run")
    try:
        connection = ibis.connect(uri if "://" in uri else f"{uri}://")
        if connection.name == "pyspark":
            connection._session.conf.set("spark.sql.session.timeZone", "UTC")
    except Exception as error:
        extra = EXTRAS.get(scheme, scheme)
        step = (f"install it with `pip install 'ibis-framework[{extra}]'`, and check its address"
                if extra in ENGINES else f"engines are {', '.join(ENGINES)}")
        raise JourneybookError(
            f"there is no way to the engine {described(uri.partition('@')[2] or uri)}: {type(error).__name__}",
            step) from error
    return connection


def open_log(connection: Any, where: str, shown: str, columns: Events) -> Log | Problem:
    """The log at a path or in a table of the engine, or what is wrong with it as a whole."""
    path = Path(where)
    try:
        if path.suffix.lower() == ".csv":
            if path.is_file() and not path.stat().st_size:
                return empty(shown)
            raw, lines = _csv(connection, where), 2
        elif path.suffix.lower() in (".parquet", ".pq"):
            raw, lines = connection.read_parquet(where), 1
        else:
            raw, lines = connection.table(where), None
        known = raw.columns
    except Exception as error:
        return Problem("event-log", f"this log cannot be opened: {first_line(error)}", Span(shown),
                       "name a CSV or Parquet file, or a table as in `duckdb://file.db#table`")
    named = {key: getattr(columns, key) for key in (*NEEDED, "segment", "value")}
    for key in NEEDED:
        if named[key] not in known:
            return _no_column(key, named[key], known, shown)
    numbered = lines if connection.name == EMBEDDED and "*" not in where else None
    return _typed(raw, named, shown, numbered)


def _csv(connection: Any, where: str) -> Any:
    """A CSV file with every cell as text: what a time is, and whether it names a zone, is ours to say.

    Nothing of its form is guessed: DuckDB would take a row with too many cells for the header.
    """
    if connection.name == EMBEDDED:
        folder, name = Path(where).parent, Path(where).name
        first = min(folder.glob(name), default=Path(where)) if "*" in name else Path(where)
        with first.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
        return connection.read_csv(where, columns=dict.fromkeys(header, "VARCHAR"), auto_detect=False, header=True,
                                   delim=",", quote='"', escape='"', max_line_size=1_000_000)
    return connection.read_csv(where, header=True, inferSchema=False)


def _typed(raw: Any, named: dict[str, str], shown: str, lines: int | None) -> Log | Problem:
    import ibis

    who, event, when = (raw[named[key]] for key in NEEDED)
    kind = when.type()
    worth = raw[named["value"]] if named["value"] in raw.columns else None
    if worth is not None and not (worth.type().is_numeric() or worth.type().is_string()):
        return Problem("event-log", f"the column `{named['value']}` holds {worth.type()}, not numbers", Span(shown),
                       "name the column with the values as `value:` under `events:` in atlas.yml")
    for key, column, fits in (("who", who, who.type().is_string() or who.type().is_integer() or who.type().is_uuid()),
                              ("event", event, event.type().is_string()),
                              ("when", when, kind.is_string() or kind.is_timestamp() or kind.is_date())):
        if not fits:
            wanted = {"who": "texts or whole numbers", "event": "texts", "when": "times"}[key]
            return Problem("event-log", f"the column `{named[key]}` holds {column.type()}, not {wanted}", Span(shown),
                           f"name the column with the {wanted} under `events:` in atlas.yml")
    if kind.is_string():
        fits = when.re_search(TEXT_TIME)
        wall = when.re_extract(WALL, 0).replace("T", " ").try_cast("timestamp").epoch_seconds().cast("int64")
        wall = fits.ifelse(wall, ibis.null("int64"))
        shift = _shift(ibis, when.re_extract(SHIFT, 0))
    else:
        wall = when.cast("timestamp").truncate("s").epoch_seconds().cast("int64")
        zoned = kind.is_timestamp() and kind.timezone is not None
        shift = ibis.literal(0, "int64") if zoned else ibis.null("int64")
    person = who.nullif("") if who.type().is_string() else who
    segment = raw[named["segment"]].cast("string").nullif("") if named["segment"] in raw.columns else (
        ibis.null("string"))
    valued = named["value"] in raw.columns
    worth = {"cents": _cents(raw[named["value"]]), "value": raw[named["value"]].cast("string").nullif("")
             } if valued else {}
    rows = raw.select(who=person, event=event.nullif(""), segment=segment, wall=wall, shift=shift,
                      written=when.cast("string"), **worth)
    return Log(shown, rows, named, lines, valued)


def _cents(value: Any) -> Any:
    """A value in hundredths, as a whole number: sums and medians are then the same on every engine."""
    if value.type().is_string():
        value = value.re_search(NUMBER).ifelse(value, None).try_cast("float64")
    return (value.cast("float64") * 100).round().cast("int64")


def _shift(ibis: Any, text: Any) -> Any:
    """``+02:00`` → 7200; None where the time names no zone."""
    digits = text.re_replace("[^0-9]", "")
    seconds = digits.substr(0, 2).try_cast("int64") * 3600 + digits.substr(2, 2).try_cast("int64") * 60
    return ibis.cases((text == "", ibis.null("int64")), (text.upper() == "Z", ibis.literal(0, "int64")),
                      (text.startswith("-"), -seconds), else_=seconds)


def _no_column(key: str, name: str, known: Any, shown: str) -> Problem:
    if len(known) == 1 and ";" in known[0]:
        return Problem("event-log", "the columns of this log are separated by semicolons", Span(shown),
                       "separate them with commas")
    close = nearest(name, known)
    step = f"did the log mean `{close}`? Write" if close else "write"
    return Problem("event-log", f"there is no column `{name}`; the log has {', '.join(map(str, known[:12]))}",
                   Span(shown), f"{step} `{key}: {close or 'its name'}` under `events:` in atlas.yml")


def empty(shown: str) -> Problem:
    """A log without a row."""
    return Problem("event-log", "this log is empty", Span(shown), "export it again, with a line for each event")


def first_line(error: Exception) -> str:
    """The first line of what an engine says, without its own help."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
