"""What changed between two revisions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG


@click.command()
@CONFIG
@click.argument("base", default="HEAD", metavar="[BASE]")
@click.argument("head", default="worktree", metavar="[HEAD]")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json", "html"]), default="text",
              show_default=True, help="Markdown is for a pull request; html is one file with maps before and after.")
@click.option("--fail-on", type=click.Choice(["breaking", "never"]), default="never", show_default=True,
              help="With `breaking` the exit code is 1 when something breaks.")
def diff(config_file: Path | None, base: str, head: str, form: str, fail_on: str) -> None:
    """Say what changed in the maps, in the words of the map.

    BASE and HEAD are branches, tags or commits; without HEAD the files on the disk count, without BASE the last
    commit. Nothing is checked out. How much a change weighs: breaking (!), worth knowing (~) or minor (.)

    Example: journeybook diff origin/main
    """
    from journeybook.adapters import report_changes
    from journeybook.adapters.diff import difference
    from journeybook.adapters.project import find_project
    from journeybook.changes import Level

    found = difference(find_project(config_file).settings(), base, head)
    changes = found.changes
    if form == "json":
        click.echo(report_changes.as_json(changes, base, head))
    elif form == "html":
        from journeybook.adapters.diff_page import page

        click.echo(page(found), nl=False)
    elif form == "markdown":
        _lines(report_changes.markdown(changes, base, head))
    else:
        _lines(report_changes.text(changes, base, head, click.style))
    if fail_on == "breaking" and changes.count(Level.BREAKING):
        raise SystemExit(1)


def _lines(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))
