"""`journeybook measure`: from the maps and a log to the tables, all of them or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from journeybook.adapters.writing import write_whole
from journeybook.model.walked import FOLDER, METRICS
from journeybook.problems import JourneybookError, Problem, Severity, Span
from journeybook.schema.durations import Duration
from journeybook.schema.events import Events
from journeybook.schema.types import described

if TYPE_CHECKING:
    from journeybook.model import Atlas
    from journeybook.settings import Settings
    from journeybook.walked.metrics import Asked
    from journeybook.walked.plan import Plan
    from journeybook.walked.queries import Frame


@dataclass(slots=True)
class Done:
    """What a run did: problems for which nothing was written, or the files that changed."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    journeys: int = 0
    metrics: int = 0


def measure(settings: Settings, events: str, engine: str, memory: str, dry_run: bool) -> Done:
    """Measure every journey with signals in a log; the tables are written when all of it could be counted."""
    from journeybook.reading import read_book

    reading = read_book(settings)
    if reading.refusals:
        raise JourneybookError("the maps cannot be read as they are", "run `journeybook check` and mend the errors")
    return _measured(reading.atlas, settings, events, engine, memory, dry_run)


def made_up(settings: Settings, people: int, seed: int, dry_run: bool) -> Done:
    """The same with a log of made-up people who walk as the maps say."""
    from journeybook.reading import read_book
    from journeybook.walked.made_up import walk, write
    from journeybook.walked.plan import plans

    atlas = read_book(settings).atlas
    found, problems = plans(atlas)
    if problems:
        return _stamped(Done(problems))
    with TemporaryDirectory(prefix="journeybook-") as folder:
        path = Path(folder) / "made-up.csv"
        write(path, walk(atlas, found, people, seed, settings.today))
        return _measured(atlas, settings, str(path), "duckdb", "", dry_run, Events.model_validate({}))


def _measured(atlas: Atlas, settings: Settings, events: str, engine: str, memory: str, dry_run: bool,
              columns: Events | None = None) -> Done:
    from journeybook.walked.log import engine as connected
    from journeybook.walked.metrics import asked
    from journeybook.walked.plan import plans

    columns = columns or atlas.spec.events or Events.model_validate({})
    where, shown, engine = _where(columns, settings, events, engine)
    zone = _zone(atlas, columns)
    (found, problems), (metrics, faults) = plans(atlas), asked(atlas)
    if problems or faults:
        return _stamped(Done([*problems, *faults]))
    if not found and not metrics:
        raise JourneybookError("no journey names signals at two stages or more",
                               "write `signals:` at the stages, with the events that show somebody is there")
    with connected(engine, memory) as connection:
        texts, done = _counted(connection, where, shown, columns, found, metrics, zone, settings)
    if not done.problems:
        _write(texts, settings, dry_run, done)
    return done


def _where(columns: Events, settings: Settings, events: str, engine: str) -> tuple[str, str, str]:
    """Path or table, how it is shown, and the engine. A path in atlas.yml stays within the project."""
    named = events or columns.log or ""
    if not named:
        raise JourneybookError("no event log is named",
                               "write `--events FILE`, or `events:` with `log:` in atlas.yml; --demo makes one up")
    address, mark, table = named.partition("#")
    if "://" in address:
        if not mark:
            raise JourneybookError("this address names no table", f"write it as in `{address}#events`")
        return table, f"table {table}", address
    path = Path(named) if events else (settings.atlas / named)
    path = path if path.is_absolute() else Path.cwd() / path
    path = Path(*_plain(path.parts))
    if not events and not path.is_relative_to(settings.root):
        raise JourneybookError(f"the log {described(named)} lies outside the project",
                               "name it with --events, so that nobody but you decides what is read")
    if not path.is_file() and "*" not in named:
        raise JourneybookError(f"there is no event log {settings.shown(path)}", "check the path, or use --events")
    return str(path), settings.shown(path), engine


def _plain(parts: tuple[str, ...]) -> Iterator[str]:
    """A path without `..`, however many there are."""
    kept: list[str] = []
    for part in parts:
        if part == ".." and len(kept) > 1:
            kept.pop()
        elif part != "..":
            kept.append(part)
    yield from kept


def _zone(atlas: Atlas, columns: Events) -> str:
    calendar = atlas.spec.calendar
    zone = columns.timezone or (calendar.timezone if calendar else None) or "UTC"
    if zone not in available_timezones():
        raise JourneybookError(f"there is no time zone {described(zone)}", "write a name such as `Europe/Berlin`")
    return zone


def seconds(length: Duration | None, otherwise: int) -> int:
    """A length of time in seconds; months and years by the days they have from 1970 on."""
    if length is None:
        return otherwise
    return (length.after(date(1970, 1, 1)) - date(1970, 1, 1)).days * 86_400


def _counted(connection: object, where: str, shown: str, columns: Events, found: list[Plan], metrics: list[Asked],
             zone: str, settings: Settings) -> tuple[dict[str, str], Done]:
    from journeybook.walked import faults, log, queries
    from journeybook.walked.metrics import QUIET
    from journeybook.walked.plan import unknown

    done = Done(journeys=len(found), metrics=len(metrics))
    opened = log.open_log(connection, where, shown, columns)
    if isinstance(opened, Problem):
        done.problems = [opened]
        return {}, _stamped(done)
    facts, done.problems = faults.look(opened)
    if facts is not None:
        known = {event for each in metrics for event in each.events}
        names = unknown(facts.events, found, columns.ignore, known)
        done.problems = faults.strangers(opened, names, facts)
    if facts is None or done.problems:
        return {}, _stamped(done)
    frame = queries.frame(opened, facts, zone, seconds(columns.quiet, QUIET), int(columns.smallest))
    return _journey_tables(found, frame, zone, done) | _metric_tables(metrics, frame, zone, settings, done), _stamped(
        done)


def _journey_tables(found: list[Plan], frame: Frame, zone: str, done: Done) -> dict[str, str]:
    """Name → text of the tables of all journeys that enough people went through."""
    from journeybook.walked import queries, tables
    from journeybook.walked.worth import count_worth

    texts: dict[str, str] = {}
    rows = []
    for plan in found:
        walked = queries.walked(plan, frame)
        count_worth(plan, frame, walked)
        row = tables.journey_row(plan, walked, zone, frame.smallest)
        if row is None:
            done.notes.append(f"{plan.journey}: {_few(walked.people, frame.smallest)}, so nothing is told of them")
            continue
        rows.append(row)
        texts.update(tables.files(plan, walked, frame.smallest))
    if found:
        texts.update([tables.journeys(rows)])
    done.notes += _unseen(found, frame)
    return texts


def _metric_tables(metrics: list[Asked], frame: Frame, zone: str, settings: Settings, done: Done) -> dict[str, str]:
    """Name → text of the tables of metrics; months that were written before and are not in this log stay."""
    from journeybook.walked import metric_values
    from journeybook.walked.plan import key_of

    texts: dict[str, str] = {}
    months = metric_values.whole_months(frame, zone)
    logged = {key_of(event) for event in frame.events}
    if metrics and not months:
        done.notes.append("the log holds no month whole, from its first day to its last, so no metric has a new value")
    for each in metrics if months else ():
        if not all(names & logged for names in (each.of, each.start, each.stop) if names):
            done.notes.append(f"{each.metric}: an event that it asks about is not in the log, so it has no new value")
            continue
        name = f"{METRICS}/{each.metric}.csv"
        path = settings.atlas / FOLDER / name
        old = path.read_text("utf-8") if path.is_file() else ""
        figures = metric_values.values(each, frame, months)
        try:
            text = metric_values.table(old, figures, months, frame.smallest)
        except ValueError:
            done.problems.append(Problem("metric-data", "this table has no columns date and value",
                                         Span(settings.shown(path)), "start it with the line `date,value,n,note`"))
            continue
        if text.count("\n") > 1 or old:
            texts[name] = text
        else:
            done.notes.append(f"{each.metric}: fewer than {frame.smallest} people in every month, so it has no value")
    return texts


def _few(people: int, smallest: int) -> str:
    return f"fewer than {smallest} people" if people else "nobody was seen"


def _unseen(found: list[Plan], frame: Frame) -> Iterator[str]:
    """Stages none of whose signals is in the log: a slip in a name looks the same as a stage nobody reaches."""
    for plan in found:
        seen = {plan.stage_of(event) for event in frame.events}
        missing = [name for number, name in enumerate(plan.stages) if number not in seen]
        if missing and seen != {None}:
            yield f"{plan.journey}: no event of {', '.join(f'`{name}`' for name in missing)} is in the log"


def _stamped(done: Done) -> Done:
    done.problems = [problem.stamped(problem.check, Severity.ERROR) for problem in done.problems]
    return done


def _write(texts: dict[str, str], settings: Settings, dry_run: bool, done: Done) -> None:
    """Put the tables in place; months from before this log stay as they were written then."""
    folder = settings.atlas / FOLDER
    for name, text in sorted(texts.items()):
        path = folder / name
        old = path.read_text("utf-8") if path.is_file() else ""
        text = _with_older(old, text)
        if text == old:
            continue
        done.written.append(settings.shown(path))
        if not dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)


def _with_older(old: str, new: str) -> str:
    """The new table and the rows of the old one for months that this log does not hold."""
    rows = list(csv.reader(io.StringIO(new)))
    header = rows[0]
    known = list(csv.reader(io.StringIO(old)))
    if not known or known[0] != header or header[0] != "month":
        return new
    first = min((row[0] for row in rows[1:] if row and row[0]), default="")
    older = [row for row in known[1:] if row and row[0] and first and row[0] < first]
    whole = [row for row in rows[1:] if not row[0]]
    months = [row for row in rows[1:] if row[0]]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *whole, *older, *months])
    return out.getvalue()
