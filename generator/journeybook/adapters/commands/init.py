"""A new place for maps."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.init import HOSTS, TEMPLATES
from journeybook.problems import JourneybookError


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, default=".",
                type=click.Path(path_type=Path, file_okay=False))
@click.option("--template", type=click.Choice(TEMPLATES), default="minimal", show_default=True,
              help="What the example is about: one journey, software by subscription, work at a customer's home.")
@click.option("--ci", default="", metavar="HOSTS",
              help="Also write CI workflows: github, gitlab, or both with a comma.")
@click.option("--name", default="Our journeys", show_default=True, help="What the site is called.")
def init(folder: Path, template: str, ci: str, name: str) -> None:
    """Begin: a folder with a site, one good example, editor settings and CI. Never overwrites a file.

    Example: journeybook init our-journeys --template saas --ci github
    """
    from journeybook.adapters.init import start, unread

    hosts = tuple(dict.fromkeys(host.strip() for host in ci.split(",") if host.strip()))
    for host in hosts:
        if host not in HOSTS:
            raise JourneybookError(f"there are no workflows for `{host}`", f"write {' or '.join(HOSTS)}")
    written, kept = start(folder, template, hosts, name)
    for path in written:
        click.echo(f"Wrote {folder / path}")
    for path in kept:
        click.echo(f"Kept {folder / path} as it is")
    for words in unread(folder, hosts):
        click.echo(f"note: {words}", err=True)
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder}, then "
    click.echo(f"Next: {where}journeybook serve --open")
