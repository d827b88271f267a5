"""Where a record is used, and another id for it everywhere."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.formats import count


@click.command()
@CONFIG
@click.argument("name", metavar="KIND:ID")
def refs(config_file: Path | None, name: str) -> None:
    """Say where a record is defined and every place that names it.

    KIND is journey, stage, question, commitment, pain, team, persona, asset, metric, channel, touchpoint, promise,
    handoff, loop, evidence or opportunity. A stage is `journey/stage`, a question `journey/stage#question`.

    Example: journeybook refs team:sales
    """
    from journeybook.adapters.project import find_project
    from journeybook.adapters.renaming import Files, find_uses
    from journeybook.adapters.report import clean
    from journeybook.model.uses import parse

    record, project = parse(name), find_project(config_file)
    defined, places = find_uses(record, Files(project.settings(), project.docs_dir))
    click.echo(f"{record} is {f'defined at {clean(str(defined))}' if defined else 'built in'}")
    for place in places:
        click.echo(clean(str(place)))
    click.echo(f"used in {count(len(places), 'place')}", err=True)


@click.command()
@CONFIG
@click.argument("name", metavar="KIND:OLD")
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
def rename(config_file: Path | None, name: str, new: str, dry_run: bool) -> None:
    """Give a record another id, in its definition and in every place that names it, your own Markdown pages too.

    Only the letters of the id change: comments, layout and line ends stay as they are. What has a page of its own
    keeps the old id under `formerly`, so that its old address leads to the new one. NEW is the bare id:
    for the stage `renewal/quote` it is the new word for `quote`.

    Example: journeybook rename stage:renewal/quote offer --dry-run
    """
    from journeybook.adapters.project import find_project
    from journeybook.adapters.renaming import Files, carry_out, plan
    from journeybook.adapters.report import clean
    from journeybook.model.uses import parse

    project = find_project(config_file)
    settings, record = project.settings(), parse(name)
    renaming = plan(record, new, Files(settings, project.docs_dir))
    for place in renaming.places:
        click.echo(clean(str(place)))
    for old, fresh in renaming.moved:
        click.echo(f"{clean(settings.shown(old))} → {clean(settings.shown(fresh))}")
    if dry_run:
        click.echo("nothing was written (--dry-run)", err=True)
        return
    carry_out(renaming)
    click.echo(f"{record} is now {new}, in {count(len(renaming.places), 'place')}. Next: journeybook check", err=True)
