"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

CONFIG = click.option("--config-file", "-f", type=click.Path(path_type=Path, dir_okay=False), default=None,
                      help="The mkdocs.yml to use; by default the nearest one.")
