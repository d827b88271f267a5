"""The command line. Heavy things (the host, the renderer) are imported by the command that needs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from journeybook.problems import JourneybookError, Severity

CONFIG = click.option("--config-file", "-f", type=click.Path(path_type=Path, dir_okay=False), default=None,
                      help="The mkdocs.yml to use; by default the nearest one.")
LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING}


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


@main.command()
@CONFIG
@click.option("--site-dir", "-d", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Where the site goes; by default `site_dir` of mkdocs.yml.")
@click.option("--strict", is_flag=True, help="Refuse on any warning.")
@click.option("--keep-going", is_flag=True, help="Publish the rest; broken journeys show their problems.")
@click.option("--no-cache", is_flag=True, help="Compute everything anew.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
@click.option("--verbose", "-v", is_flag=True, help="Say how long each phase takes.")
def build(config_file: Path | None, site_dir: Path | None, strict: bool, keep_going: bool, no_cache: bool,
          quiet: bool, verbose: bool) -> None:
    """Build the site.

    It is written whole beside the old one and takes its place at the end: a failed build changes nothing.

    Example: journeybook build --strict
    """
    from journeybook.adapters.build import build_site

    timings: list[tuple[str, float]] = []
    result = build_site(config_file, site_dir, strict=strict, keep_going=keep_going, cache=not no_cache,
                        say=lambda words: click.echo(words, err=True),
                        clock=lambda phase, seconds: timings.append((phase, seconds)))
    if verbose:
        for phase, seconds in timings:
            click.echo(f"{phase:>10} {seconds * 1000:8.0f} ms", err=True)
    if result.refusal:
        click.echo(result.refusal, err=True)
        raise SystemExit(1)
    for notice in result.notices:
        click.echo(f"note: {notice}", err=True)
    if not quiet:
        click.echo(f"{result.summary}\nBuilt {result.site_dir} in {result.seconds:.1f} s")


@main.command()
@CONFIG
@click.option("--addr", "-a", default="127.0.0.1:8000", metavar="HOST:PORT", show_default=True,
              help="Where to listen.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(config_file: Path | None, addr: str, open_browser: bool) -> None:
    """Show the site while you edit; every saved YAML or CSV file is shown at once.

    A journey that cannot be read shows its problems, with file and line, in place of its map.

    Example: journeybook serve --open
    """
    from journeybook.adapters.build import serve_site

    serve_site(config_file, addr, open_browser=open_browser)


@main.command()
@CONFIG
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["full", "concise", "json"]), default=None,
              help="By default full on a terminal, concise in a pipe.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), default="error",
              show_default=True, help="From which level on the exit code is 1.")
@click.option("--select", multiple=True, metavar="CHECK", help="Only these checks.")
@click.option("--ignore", multiple=True, metavar="CHECK", help="All but these checks.")
@click.option("--quiet", "-q", is_flag=True, help="No closing line.")
@click.option("--verbose", "-v", is_flag=True, help="Say how long each phase takes.")
def check(config_file: Path | None, paths: tuple[Path, ...], form: str | None, fail_on: str,
          select: tuple[str, ...], ignore: tuple[str, ...], quiet: bool, verbose: bool) -> None:
    """Report every problem of the maps, each with its place and the next step.

    With PATHS only problems in these files or folders are shown; the whole atlas is read all the same.

    Example: journeybook check maps/journeys/renewal.yml
    """
    from journeybook.adapters import report
    from journeybook.adapters.checking import checked, chosen, texts, within
    from journeybook.adapters.project import find_project

    settings = find_project(config_file).settings()
    answer = checked(settings, verbose)
    shown = chosen(within(answer.problems, paths, settings), select, ignore)
    form = form or ("full" if sys.stdout.isatty() else "concise")
    if form == "json":
        click.echo(report.as_json(shown, answer.files, answer.journeys))
    elif form == "concise":
        _lines(report.concise(shown))
    else:
        _lines(report.full(shown, texts(shown, settings), click.style))
    if not quiet and form != "json":
        click.echo(report.summary(shown, answer.files, answer.journeys), err=form == "concise")
    if fail_on != "never" and any(problem.severity >= LEVELS[fail_on] for problem in shown):
        raise SystemExit(1)


def _lines(lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    if text:
        click.echo(text)


@main.command()
@click.argument("check_id", metavar="[CHECK]", required=False)
def explain(check_id: str | None) -> None:
    """Say what a check means, why it matters and how to mend it; without CHECK list them all.

    Example: journeybook explain asset-orphan
    """
    from journeybook.adapters.checking import no_check
    from journeybook.checks import CHECKS, by_id

    if check_id is None:
        width = max(len(check.id) for check in CHECKS)
        group = ""
        for entry in CHECKS:
            if entry.group != group:
                group = entry.group
                click.echo(click.style(f"\n{group}", bold=True))
            click.echo(f"  {entry.id:<{width}}  {entry.level.word:<7}  {entry.summary}")
        return
    found = by_id().get(check_id)
    if found is None:
        raise no_check(check_id)
    click.echo(click.style(f"{found.id} ({found.level.word}, group {found.group})", bold=True))
    click.echo(f"\n{found.page}")


@main.group()
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


@main.command()
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
    from journeybook.adapters.editor import same_schema, schema_text, write_schema
    from journeybook.adapters.project import find_project
    from journeybook.reading import read_book

    if compare and out is None:
        raise JourneybookError("--check compares with a file", "name it with --out FILE")
    text = schema_text(read_book(find_project(config_file).settings()) if local else None)
    if out is None:
        click.echo(text, nl=False)
    elif not compare:
        write_schema(out, text)
        click.echo(f"Wrote {out}")
    elif not same_schema(out, text):
        click.echo(f"{out} differs; write it anew with the same command without --check")
        raise SystemExit(1)


@main.command()
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
