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
from journeybook.adapters.streams import hold_streams
from journeybook.problems import JourneybookError

VERBOSE = ("-v", "--verbose")
COMMANDS = (
    init.init, build.build, build.serve, check.check, check.explain, new.new, rename.refs, rename.rename, review.stale,
    review.reviewed, show.show, diff.diff, measure.measure, export.export, importing.bring_in, codeowners.codeowners,
    schema.schema, doctor.doctor)


class _Group(click.Group):
    """Turns the one exception into one message, and never shows a traceback for what a user can cause."""

    _asked: str | None = None
    _verbose = False

    def main(self, *given: Any, **options: Any) -> Any:
        """Run the command line. After a check as a program of its own we leave without taking a million records apart.

        All that was to be written is written by then.
        """
        program = not given and options.get("args") is None
        try:
            if program:
                hold_streams()
            return super().main(*given, **options)
        except JourneybookError as error:  # of the output, while Click itself says something
            _fail(error)
            raise SystemExit(2) from None
        except SystemExit as ended:
            if program and self._asked == "check" and isinstance(ended.code, int):
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(ended.code)
            raise

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note whether the command is asked to say more: then accidents are shown whole."""
        self._verbose = any(word in VERBOSE for word in args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit code 2 when the tool could not run."""
        self._asked = ctx.invoked_subcommand
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except JourneybookError as error:
            _fail(error, whole=self._verbose)
            ctx.exit(2)
        except KeyboardInterrupt:
            _fail(JourneybookError("stopped"))
            ctx.exit(2)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # whatever it is: told with its place, and never as a traceback unless asked for
            _fail(_accident(error), whole=self._verbose)
            ctx.exit(2)
        return result


def _accident(error: Exception) -> JourneybookError:
    from journeybook.adapters.accidents import told

    found = told(error)
    found.__cause__ = error
    return found


def _fail(error: JourneybookError, *, whole: bool = False) -> None:
    from journeybook.adapters.report import clean, clean_lines

    if whole:
        from journeybook.adapters.accidents import AccidentError, whole_way

        if isinstance(error, AccidentError) and error.__cause__:
            click.echo(clean_lines(whole_way(error.__cause__)), err=True)
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
