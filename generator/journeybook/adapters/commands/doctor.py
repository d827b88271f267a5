"""What this machine and this project have."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG


@click.command()
@CONFIG
def doctor(config_file: Path | None) -> None:
    """Say what this machine and this project have, what is wrong, and how to mend it.

    Example: journeybook doctor
    """
    from journeybook.adapters.doctor import examine
    from journeybook.adapters.report import clean

    sound = True
    for good, name, words, remedy in examine(config_file):
        mark = click.style("ok  ", fg="green") if good else click.style("look", fg="yellow", bold=True)
        click.echo(f"{mark}  {name:<16} {clean(words)}")
        if not good:
            click.echo(f"{'':22} help: {clean(remedy)}")
            sound = False
    raise SystemExit(0 if sound else 1)
