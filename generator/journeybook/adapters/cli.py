"""The command line: what all commands have in common."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from journeybook.adapters.commands import (
    build,
    check,
    codeowners,
    diff,
    doctor,
    export,
    importing,
    init,
    measure,
    new,
    rename,
    review,
    schema,
    show,
)
from journeybook.problems import JourneybookError

COMMANDS = (
    init.init, build.build, build.serve, check.check, check.explain, new.new, rename.refs, rename.rename, review.stale,
    review.reviewed, show.show, diff.diff, measure.measure, export.export, importing.bring_in, codeowners.codeowners,
    schema.schema, doctor.doctor)


class _Group(click.Group):
    """Turns the one exception into one message, and never shows a traceback for what a user can cause."""

    _asked: str | None = None

    def main(self, *given: Any, **options: Any) -> Any:
        """Run the command line. After a check as a program of its own we leave without taking a million records apart.

        All that was to be written is written by then.
        """
        try:
            return super().main(*given, **options)
        except SystemExit as ended:
            program = not given and options.get("args") is None
            if program and self._asked == "check" and isinstance(ended.code, int):
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(ended.code)
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit code 2 when the tool could not run."""
        self._asked = ctx.invoked_subcommand
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except JourneybookError as error:
            _fail(error)
            ctx.exit(2)
        except BrokenPipeError:  # the reader of our output has gone, which is its good right
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return result


def _fail(error: JourneybookError) -> None:
    from journeybook.adapters.report import clean

    click.echo(f"journeybook: {clean(error.message)}", err=True)
    if error.help:
        click.echo(f"  help: {clean(error.help)}", err=True)


def _colour() -> bool | None:
    """NO_COLOR and FORCE_COLOR (no-color.org, force-color.org) over what the terminal says."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="journeybook", message="journeybook %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Journey maps as YAML, checked and published as a site.

    Example: journeybook check
    """
    ctx.color = _colour()


for _command in COMMANDS:
    main.add_command(_command)
