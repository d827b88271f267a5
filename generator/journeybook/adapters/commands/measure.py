"""What people really did, from a log of events."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.formats import count
from journeybook.problems import JourneybookError


@click.command()
@CONFIG
@click.option("--events", default="", metavar="LOG",
              help="CSV or Parquet file, or a table as in duckdb://file.db#table; by default what atlas.yml names.")
@click.option("--engine", default="duckdb", show_default=True, metavar="NAME",
              help="What reads a file: duckdb, pyspark, or the address of another engine.")
@click.option("--memory", default="", metavar="SIZE", help="The most memory that DuckDB takes, such as 4GB.")
@click.option("--demo", is_flag=True, help="Make up a log of these maps and measure that.")
@click.option("--people", type=click.IntRange(1, 10_000_000), default=2000, show_default=True,
              help="With --demo: so many people.")
@click.option("--seed", type=int, default=1, show_default=True, help="With --demo: another number, another log.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def measure(config_file: Path | None, events: str, engine: str, memory: str, demo: bool, people: int, seed: int,
            dry_run: bool) -> None:
    """Count in a log of events how people went through the stages.

    The log has the columns who, event and when, and where wanted segment. Events are joined to stages by their
    `signals:`. Small tables of sums go to maps/measured/, to be committed and reviewed; nothing about single people.
    Metrics with a `query:` get the values of all months that the log holds whole.

    Example: journeybook measure --events events.parquet
    """
    from journeybook.adapters import measuring, report
    from journeybook.adapters.checking import texts
    from journeybook.adapters.project import find_project

    settings = find_project(config_file).settings()
    if demo and events:
        raise JourneybookError("--demo makes up a log, and --events names one", "leave one of them out")
    done = (measuring.made_up(settings, people, seed, dry_run) if demo
            else measuring.measure(settings, events, engine, memory, dry_run))
    if done.problems:
        for line in report.full(done.problems, texts(done.problems, settings), click.style):
            click.echo(line)
        click.echo("nothing was written", err=True)
        raise SystemExit(1)
    for note in done.notes:
        click.echo(note, err=True)
    for path in done.written:
        click.echo(f"{'Would write' if dry_run else 'Wrote'} {path}")
    if not done.written:
        metrics = f" and {count(done.metrics, 'metric')}" if done.metrics else ""
        click.echo(f"{count(done.journeys, 'journey')}{metrics} measured; the tables are as they were", err=True)
