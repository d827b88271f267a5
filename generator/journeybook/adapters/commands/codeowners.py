"""Owners of files, for the Git host."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.problems import JourneybookError


@click.command()
@CONFIG
@click.option("--write", is_flag=True, help="Write them into the repository's CODEOWNERS; other lines stay.")
@click.option("--check", "compare", is_flag=True, help="Write nothing; exit code 1 when the file differs.")
def codeowners(config_file: Path | None, write: bool, compare: bool) -> None:
    """Show who owns which file of the maps, as GitHub and GitLab read it, from the `git:` handles of the teams.

    Each project of a repository, and each atlas of a site, has lines of its own between two marks.

    Example: journeybook codeowners --write
    """
    from journeybook.adapters.codeowners import at_fault, block, file_of, merged, share_of, without_handle
    from journeybook.adapters.project import find_project
    from journeybook.adapters.report import clean
    from journeybook.adapters.whole import whole_atlas
    from journeybook.adapters.writing import write_whole

    if write and compare:
        raise JourneybookError("--write and --check do not go together", "choose one")
    project = find_project(config_file)
    settings = project.settings()
    share = share_of(project, settings)
    atlas = whole_atlas(settings, "owners")
    lines = block(atlas, settings, share)
    for handle in at_fault(atlas):
        click.echo(f"`{clean(handle)}` is no handle, so it is left out: journeybook check says what to write", err=True)
    for team in without_handle(atlas):
        click.echo(f"the team `{clean(team)}` has no handle: add `git: \"@your-org/{clean(team)}\"`", err=True)
    if not (write or compare):
        click.echo("\n".join(lines))
        return
    file = file_of(settings)
    try:
        before = file.read_bytes().decode("utf-8") if file.is_file() else ""  # ends of lines stay
    except (OSError, UnicodeDecodeError):
        raise JourneybookError(f"{file} cannot be read", "check its permissions and save it as UTF-8") from None
    text = merged(before, lines, share)
    if write and text != before:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
        click.echo(f"Wrote {file}")
    elif text == before:
        click.echo(f"{file} is up to date")
    else:
        click.echo(f"{file} differs; run `journeybook codeowners --write`")
        raise SystemExit(1)
