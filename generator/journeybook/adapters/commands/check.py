"""Problems: all of them, and what a check means."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.adapters.report import FORMATS, Report
from journeybook.formats import count
from journeybook.problems import JourneybookError, Severity

if TYPE_CHECKING:
    from journeybook.problems import Problem
    from journeybook.settings import Settings

LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING}


@click.command()
@CONFIG
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default=None,
              help="By default full on a terminal and concise in a pipe; on GitHub Actions annotations as well.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), default="error",
              show_default=True, help="From which level on the exit code is 1.")
@click.option("--select", multiple=True, metavar="CHECK", help="Only these checks.")
@click.option("--ignore", multiple=True, metavar="CHECK", help="All but these checks.")
@click.option("--baseline", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE",
              help="Leave out the problems that this file knows.")
@click.option("--write-baseline", is_flag=True, help="Write all problems of now to the baseline file.")
@click.option("--since", default="", metavar="REV", help="Only what the change since this revision adds.")
@click.option("--fix", "fixing", is_flag=True, help="First mend what has only one right answer; all else stays.")
@click.option("--quiet", "-q", is_flag=True, help="No closing line.")
@click.option("--verbose", "-v", is_flag=True, help="Say how long each phase takes.")
def check(config_file: Path | None, paths: tuple[Path, ...], form: str | None, fail_on: str,
          select: tuple[str, ...], ignore: tuple[str, ...], baseline: Path | None, write_baseline: bool,
          since: str, fixing: bool, quiet: bool, verbose: bool) -> None:
    """Report every problem of the maps, each with its place and the next step.

    With PATHS only problems in these files or folders are shown; the whole atlas is read all the same.

    Example: journeybook check maps/journeys/renewal.yml
    """
    from journeybook.adapters import baseline as known
    from journeybook.adapters import report
    from journeybook.adapters.checking import added, checked, chosen, shares, texts, within
    from journeybook.adapters.project import find_project

    if write_baseline:
        _whole(baseline, {"PATHS": paths, "--select": select, "--ignore": ignore, "--since": since})
    project = find_project(config_file)
    wanted = form or ("full" if sys.stdout.isatty() else "concise")
    notes: list[str] = []
    shown: list[Problem] = []
    sources: dict[str, str] = {}
    files = journeys = 0
    for settings, own in shares(paths, project.every()):
        notes += _mended(settings, own, select, ignore) if fixing else []
        answer = checked(settings, verbose)
        found = chosen(within(answer.problems, own, settings), select, ignore)
        if since:
            found, more = added(since, found, settings)
            notes += more
        shown += found
        if baseline or wanted in report.QUOTING:
            sources |= texts(found, settings)
        files, journeys = files + answer.files, journeys + answer.journeys
    if write_baseline and baseline:
        known.write(baseline, shown, sources)
        click.echo(f"Wrote {count(len(shown), 'problem')} to {baseline}", err=True)
        return
    if baseline:
        shown, more = known.without(baseline, shown, sources, whole=not (paths or select or ignore or since))
        notes += more
    level = LEVELS.get(fail_on)
    answer_now = report.Report(shown, files, journeys, sources, report.prefix_of(project.root), fail_on=level)
    _show(answer_now, wanted, quiet)
    if wanted == "github" or (form is None and os.environ.get("GITHUB_ACTIONS") == "true"):
        _on_github(answer_now, annotated=form is not None)
    if not quiet:
        for note in notes:
            click.echo(note, err=True)
    if level is not None and any(problem.severity >= level for problem in shown):
        raise SystemExit(1)


def _whole(baseline: Path | None, given: Mapping[str, object]) -> None:
    """A baseline knows all problems of now: one of a part would forget those of the rest."""
    if baseline is None:
        raise JourneybookError("--write-baseline has no file to write", "name it with --baseline FILE")
    parts = [name for name, value in given.items() if value]
    if parts:
        raise JourneybookError(f"a baseline knows all problems, so it is not written with {' and '.join(parts)}",
                               f"run `journeybook check --baseline {baseline} --write-baseline`")


def _mended(settings: Settings, paths: tuple[Path, ...], select: tuple[str, ...],
            ignore: tuple[str, ...]) -> list[str]:
    from journeybook.adapters.checking import chosen, within
    from journeybook.adapters.fixing import mend

    number, files = mend(lambda problems: chosen(within(problems, paths, settings), select, ignore), settings)
    return [f"mended {count(number, 'problem')} in {', '.join(files)}" if files else "nothing to mend by itself"]


def _show(answer: Report, form: str, quiet: bool) -> None:
    from journeybook.adapters import report

    if form in report.DOCUMENTS:
        text = report.DOCUMENTS[form](answer)
        if text:
            click.echo(text)
    elif form == "concise":
        _lines(report.concise(answer.problems))
    else:
        _lines(report.full(answer.problems, answer.texts, click.style))
    if not quiet and form not in report.DOCUMENTS:
        click.echo(report.summary(answer.problems, answer.files, answer.journeys), err=form == "concise")


def _on_github(answer: Report, *, annotated: bool) -> None:
    """Annotations, unless they were printed already, and everything in the summary of the step."""
    from journeybook.adapters import report

    if not annotated:
        _lines(iter(filter(None, [report.workflow_commands(answer)])))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with contextlib.suppress(OSError), Path(summary).open("a", encoding="utf-8") as file:
            file.write(report.markdown(answer) + "\n")


def _lines(lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    if text:
        click.echo(text)


@click.command()
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
