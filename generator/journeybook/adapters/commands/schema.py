"""The schema for editors."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.problems import JourneybookError


@click.command()
@CONFIG
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE",
              help="Where to write it; by default it is shown.")
@click.option("--local", is_flag=True, help="With the ids of this atlas: its teams, personas, stages …")
@click.option("--check", "compare", is_flag=True, help="Write nothing; exit code 1 when FILE differs.")
def schema(config_file: Path | None, out: Path | None, local: bool, compare: bool) -> None:
    """Print the JSON Schema by which editors complete, explain and check maps while you write.

    `check`, `serve` and `new` keep the one of your atlas in .journeybook/schema.json. Point your editor at it:
    in VS Code, with the YAML extension, by this line in .vscode/settings.json

    \b
      "yaml.schemas": {".journeybook/schema.json": "maps/**/*.yml"}

    or in any editor with the YAML language server by a first line in a file

    \b
      # yaml-language-server: $schema=../.journeybook/schema.json

    Example: journeybook schema --local --out .journeybook/schema.json
    """  # noqa: D301 - \\b is click's own mark
    from journeybook.adapters.editor import same_schema, schema_text
    from journeybook.adapters.project import find_project
    from journeybook.adapters.writing import write_whole
    from journeybook.reading import read_book

    if compare and out is None:
        raise JourneybookError("--check compares with a file", "name it with --out FILE")
    text = schema_text(read_book(find_project(config_file).settings()) if local else None)
    if out is None:
        click.echo(text, nl=False)
    elif not compare:
        write_whole(out, text)
        click.echo(f"Wrote {out}")
    elif not same_schema(out, text):
        click.echo(f"{out} differs; write it anew with the same command without --check")
        raise SystemExit(1)
