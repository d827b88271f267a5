"""A look at one journey."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.problems import JourneybookError


@click.command()
@CONFIG
@click.argument("journey")
@click.option("--resolved", is_flag=True, help="With everything inherited and linked, and the verdicts of promises.")
@click.option("--format", "form", type=click.Choice(["text", "json", "yaml"]), default="text", show_default=True,
              help="To read here, for programs, or the file as it is written.")
def show(config_file: Path | None, journey: str, resolved: bool, form: str) -> None:
    """Show one journey: in the terminal as a canvas to read from top to bottom.

    Text and JSON always have everything inherited; --resolved is for scripts that say so.

    Example: journeybook show first-year --resolved --format json
    """
    from journeybook.adapters.project import find_project
    from journeybook.adapters.show import as_json, as_text, data, find
    from journeybook.reading import read_book

    if resolved and form == "yaml":
        raise JourneybookError("the YAML is shown as it is written, with nothing resolved", "write --format json")
    settings = find_project(config_file).settings()
    reading = read_book(settings)
    found = find(journey, reading)
    if form == "yaml":
        click.echo(found.origin.document.text, nl=False)
    elif form == "json":
        click.echo(as_json(found, reading, settings))
    else:
        for line in as_text(data(found, reading, settings), shutil.get_terminal_size((100, 24)).columns):
            click.echo(line)
