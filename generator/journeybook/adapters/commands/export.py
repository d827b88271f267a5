"""Maps on their way out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.problems import JourneybookError

FORMATS = ("csv", "xlsx", "json", "mermaid", "flowchart", "dot", "svg", "markdown", "html", "png", "pdf",
           "stubs")
BOM = "\ufeff"  # by which Excel knows that a CSV file is in UTF-8


@click.command("export")
@CONFIG
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("journeys", nargs=-1, metavar="[JOURNEY]...")
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="A file, or a folder where there are several; by default one text is printed.")
def export(config_file: Path | None, form: str, journeys: tuple[str, ...], out: Path | None) -> None:
    """Write journeys in another shape: some by their ids, or all.

    csv and xlsx have a row a step and come back with `journeybook import`, and so does mermaid (a journey diagram);
    flowchart, dot and svg draw the stages; json and markdown say everything; html is one file that needs no server;
    png and pdf are pictures of the canvas, by a Chromium on this machine; stubs are the site as Markdown files for
    Zensical and other generators.

    Example: journeybook export csv --out journeys.csv
    """
    from journeybook.adapters import exporting
    from journeybook.adapters.project import find_project
    from journeybook.adapters.report import clean
    from journeybook.adapters.stubs.folder import check_apart
    from journeybook.words import speaking

    job = exporting.job(find_project(config_file), journeys)
    with speaking(job.reading.atlas.spec.language):
        files = exporting.FORMATS[form](job)
    if out is None:
        _printed(files)
    else:
        if form == "csv":
            files = {name: BOM + content for name, content in files.items() if isinstance(content, str)}
        if form == "stubs":
            check_apart(out, (job.project.docs_dir, *job.settings.roots))
        written = exporting.write(files, out)
        for path in () if form == "stubs" else written:
            click.echo(f"Wrote {path}")
        if form == "stubs":
            click.echo(f"Wrote {len(written)} files; build the site in {out}, such as with `zensical build`")
    for notice in job.notices:
        click.echo(clean(notice), err=True)
    lost = exporting.left_out(form, job.journeys)
    if lost:
        told = ", ".join(f"{field} ({count})" for field, count in lost.items())
        click.echo(f"Not in {form}, which has no place for it: {told}", err=True)


def _printed(files: dict[str, str | bytes]) -> None:
    content = next(iter(files.values()))
    if len(files) > 1:
        raise JourneybookError(f"there are {len(files)} files to write", "name a folder, such as --out export")
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise JourneybookError("this format is no text, so it cannot be shown here", "name a file with --out")
    click.echo(content, nl=False)
