"""Times the counting of a large made-up log against the same counts written by hand for DuckDB.

    python -m bench.measure --events 10000000
    python -m bench.measure --events 100000000 --memory 4GB --folder /tmp/logs

Both count visits, ways with their times, people at each stage and where walks end: all of it, by month and by
segment. Each runs in a process of its own on two threads; it reports, it never fails on timing. The log is kept in
the folder and used again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STAGES = tuple(f"event_{number}" for number in range(6))
SIZE = 10  # events a person
MONTH = ("(year(make_timestamp((key >> 16) * 1000000)) * 12 + month(make_timestamp((key >> 16) * 1000000)))",
         "(year(make_timestamp((prev >> 16) * 1000000)) * 12 + month(make_timestamp((prev >> 16) * 1000000)))")


def make(path: Path, events: int) -> None:
    """A log of people who wander among eight events over a year, three segments; two events are no stages."""
    import duckdb

    with duckdb.connect(config={"threads": 2, "memory_limit": "4GB", "temp_directory": str(path.parent)}) as base:
        base.execute(f"""
            copy (select (hash(i * 7 + 1) % {events // SIZE})::bigint as who,
                         'event_' || (hash(i * 13 + 5) % 8)::int as event,
                         make_timestamp(1735689600000000 + (hash(i * 17 + 3) % 31536000)::bigint * 1000000) as "when",
                         ['small', 'large', 'new'][1 + (hash(hash(i * 7 + 1) % {events // SIZE}) % 3)::int] as segment
                  from range({events}) t(i)) to '{path}' (format parquet)""")


def ours(path: Path, memory: str) -> None:
    """What `journeybook measure` does with one journey, from the first look at the log on."""
    from journeybook.schema.events import Events
    from journeybook.walked import faults, log, queries
    from journeybook.walked.plan import Plan

    plan = Plan("bench", STAGES, {f"event-{number}": number for number in range(6)}, frozenset({5}))
    with log.engine("duckdb", memory, 2) as connection:
        opened = log.open_log(connection, str(path), path.name, Events.model_validate({}))
        facts, _ = faults.look(opened)
        found = queries.walked(plan, queries.frame(opened, facts, "UTC", 30 * 86_400, 10))
    print(sum(way.count for (part, *_), way in found.ways.items() if part.month == part.segment == ""))


def by_hand(path: Path, memory: str) -> None:
    """The same counts in SQL, as somebody would write them who knows DuckDB well."""
    import duckdb

    with tempfile.TemporaryDirectory() as spill, duckdb.connect(
            config={"threads": 2, "memory_limit": memory, "temp_directory": spill}) as base:
        base.execute(f"""select event, segment, count(*), count(*) filter (who is null), min("when"), max("when")
                         from '{path}' group by all""").fetchall()
        base.execute(f"""
            create temp table held as
            with steps as (
                select who, (epoch_us("when") // 1000000 * 256 + substr(event, 7)::bigint) * 256
                            + case segment when 'large' then 1 when 'new' then 2 else 3 end as key
                from '{path}' where event in {STAGES}),
            lagged as (select who, key, lag(key) over w as prev, lead(key) over w is null as final
                       from steps window w as (partition by who order by key))
            select * from lagged where final or prev is null or (key >> 8) & 255 <> (prev >> 8) & 255""")
        for part, before in (("0", "0"), MONTH, ("key & 255", "prev & 255")):
            ways = base.execute(f"""
                select {before}, (prev >> 8) & 255 a, (key >> 8) & 255 b, count(*), count(distinct hash(who) & 255),
                       quantile_cont((key >> 16) - (prev >> 16), [0.5, 0.9])
                from held where prev is not null and a <> b group by all""").fetchall()
            base.execute(f"""
                select {part}, (key >> 8) & 255 s, count(*), count(distinct hash(who) & 255), count(*) - count(prev)
                from held where prev is null or (key >> 8) & 255 <> (prev >> 8) & 255 group by all""").fetchall()
            base.execute(f"select {part}, (key >> 8) & 255, count(*), max(key) from held where final group by all"
                         ).fetchall()
            if part == "0":
                print(sum(row[3] for row in ways))
        columns = ", ".join(f"min(key) filter (s = {n}) f{n}, max(key) filter (s = {n}) l{n}" for n in range(6))
        sums = ", ".join([f"count(f{n})" for n in range(6)] + [f"sum((l{n + 1} > f{n})::int)" for n in range(5)])
        for where in ("true", *(f"key & 255 = {number}" for number in (0, 1, 2, 3))):
            base.execute(f"""select {sums} from (select who, {columns} from (
                select who, key, (key >> 8) & 255 s from held
                where {where} and (prev is null or (key >> 8) & 255 <> (prev >> 8) & 255)) group by who)""").fetchall()
        base.execute("""
            with ways as (select who, key, (prev >> 8) & 255 a, (key >> 8) & 255 b from held
                          where prev is not null and a <> b),
            again as (select who, min(key) again from ways where a = 5 group by who)
            select a, b, count(*) from ways join again using (who) where key >= again group by all""").fetchall()


def timed(what: str, path: Path, memory: str) -> tuple[float, float, float, str]:
    """Seconds on the wall and of the processor, most memory in MB, and what it printed."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "bench.measure", "--run", what, "--log",
                                str(path), "--memory", memory], stdout=subprocess.PIPE, text=True)
    said = process.stdout.read().strip() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{what} failed")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def main() -> None:
    """Make the log if need be, then let both take turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--run", choices=("ours", "by-hand"), help=argparse.SUPPRESS)
    parser.add_argument("--log", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        (ours if given.run == "ours" else by_hand)(given.log, given.memory)
        return
    path = given.folder / f"events-{given.events}.parquet"
    if not path.exists():
        make(path, given.events)
    for _ in range(given.runs):
        found = {what: timed(what, path, given.memory) for what in ("by-hand", "ours")}
        for what, (seconds, processor, memory, said) in found.items():
            print(f"{what:8} {seconds:7.1f} s {processor:7.1f} s processor {memory:7.0f} MB   {said} ways")
        ratios = [found["ours"][place] / found["by-hand"][place] for place in (0, 1)]
        print(f"ratio    {ratios[0]:7.2f}   {ratios[1]:7.2f}", flush=True)


if __name__ == "__main__":
    main()
