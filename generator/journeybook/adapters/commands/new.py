"""Something new in the maps."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.problems import JourneybookError


@click.group()
def new() -> None:
    """Add something to the maps, ready to fill in.

    Example: journeybook new journey "How people find us"
    """


@new.command("journey")
@CONFIG
@click.argument("title")
@click.option("--owner", default="", help="Id of the accountable team.")
@click.option("--from", "template", default="", metavar="JOURNEY", help="Take the stages of this journey.")
def new_journey(config_file: Path | None, title: str, owner: str, template: str) -> None:
    """Write a journey file with comments that say what goes where. Never overwrites.

    Example: journeybook new journey "Get help when something breaks" --owner support
    """
    from journeybook.adapters.new import write_journey
    from journeybook.adapters.project import find_project

    path, notes = write_journey(find_project(config_file), title, owner, template)
    click.echo(f"Wrote {path}")
    for note in notes:
        click.echo(f"  {note}")
    click.echo("Next: fill it in, then run `journeybook check` and `journeybook serve`.")


def _entry_command(kind: str) -> click.Command:
    @click.command(kind, help=f"""Add {A[kind]} below the others, with comments that say what goes where.

    Example: journeybook new {kind} "{EXAMPLES[kind]}"
    """)
    @CONFIG
    @click.argument("title")
    @click.option("--owner", default="", help="Id of the team that owns it.")
    def command(config_file: Path | None, title: str, owner: str) -> None:
        from journeybook.adapters.new_entry import has_owner, write_entry
        from journeybook.adapters.project import find_project

        if owner and not has_owner(kind):
            raise JourneybookError(f"{A[kind]} has no owner", "leave out --owner")
        path, line, notes = write_entry(find_project(config_file), kind, title, owner)
        click.echo(f"Wrote {path}:{line}")
        for note in notes:
            click.echo(f"  {note}")
        click.echo("Next: fill it in, then run `journeybook check`.")

    return command


EXAMPLES = {
    "team": "Customer success", "persona": "Workshop owner", "asset": "Price list", "metric": "Trial sign-ups",
    "promise": "Live in 48 hours", "channel": "Trade fair", "touchpoint": "Booth", "loop": "Bank feeds keep failing",
    "evidence": "Interviews in spring", "opportunity": "A list of banks", "handoff": "Sold to set up"}
A = {kind: f"{'an' if kind[0] in 'aeo' else 'a'} {'feedback loop' if kind == 'loop' else kind}" for kind in EXAMPLES}
for _kind in EXAMPLES:
    new.add_command(_entry_command(_kind))
