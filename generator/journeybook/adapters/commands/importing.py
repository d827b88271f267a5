"""Maps that people already have."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG

FORMATS = ("csv", "xlsx", "mermaid")


@click.command("import")
@CONFIG
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what was understood and what would be written, and write nothing.")
@click.option("--map", "meanings", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="A YAML file that says what columns, feelings and scores mean.")
@click.option("--sheet", default="", help="The sheet of a workbook; by default `Steps`, or the first.")
@click.option("--owner", default="", help="Id of the team that owns journeys of which the file names no owner.")
@click.option("--title", default="", help="Title of the journey where the file gives none; by default the file's name.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="The folder to write to; by default journeys/ in the folder of the maps.")
def bring_in(config_file: Path | None, form: str, file: Path, dry_run: bool, meanings: Path | None, sheet: str,
             owner: str, title: str, out: Path | None) -> None:
    """Write maps from a spreadsheet (csv, xlsx: one row a step) or from Mermaid `journey` diagrams (also in Markdown).

    Says what it understood and what it could not carry. Never overwrites.

    Example: journeybook import csv journeys.csv --dry-run
    """
    from journeybook.adapters import importing
    from journeybook.adapters.project import find_project

    project = find_project(config_file)
    found = importing.plan(project, importing.Asked(form, file, meanings, sheet, owner, title,
                                                    out.resolve() if out else None))
    for line in importing.told(found):
        click.echo(line)
    if found.faults or not found.texts:
        click.echo("Nothing was written.", err=True)
        raise SystemExit(1)
    if dry_run:
        for path, text in found.texts.items():
            click.echo(f"Would write {path.name} ({len(text.splitlines())} lines)")
        click.echo("Next: run it without --dry-run; --map FILE says what columns mean that were not known.")
        return
    for shown in importing.write(found, project.settings()):
        click.echo(f"Wrote {shown}")
    click.echo("Next: run `journeybook check`, then fill in what is missing.")
