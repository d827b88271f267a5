"""The site: built once, or shown while it is edited."""

from __future__ import annotations

from pathlib import Path

import click

from journeybook.adapters.commands.options import CONFIG


@click.command()
@CONFIG
@click.option("--site-dir", "-d", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Where the site goes; by default `site_dir` of mkdocs.yml.")
@click.option("--strict", is_flag=True, help="Refuse on any warning, as `strict: true` in mkdocs.yml does.")
@click.option("--keep-going", is_flag=True, help="Publish the rest; broken journeys show their problems.")
@click.option("--compare-to", metavar="REV", default="",
              help="A preview: mark what differs from a branch, tag or commit.")
@click.option("--no-cache", is_flag=True, help="Compute everything anew.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
@click.option("--verbose", "-v", is_flag=True, help="Say how long each phase takes.")
def build(config_file: Path | None, site_dir: Path | None, strict: bool, keep_going: bool, compare_to: str,
          no_cache: bool, quiet: bool, verbose: bool) -> None:
    """Build the site.

    It is written whole beside the old one and takes its place at the end: a failed build changes nothing.

    Example: journeybook build --strict
    Example: journeybook build --compare-to origin/main --site-dir preview
    """
    from journeybook.adapters.build import build_site

    timings: list[tuple[str, float]] = []
    result = build_site(config_file, site_dir, strict=strict or None, keep_going=keep_going, cache=not no_cache,
                        compare_to=compare_to,
                        say=lambda words: click.echo(words, err=True),
                        clock=lambda phase, seconds: timings.append((phase, seconds)))
    if verbose:
        for phase, seconds in timings:
            _phase(phase, seconds)
    if result.refusal:
        click.echo(result.refusal, err=True)
        raise SystemExit(1)
    for notice in result.notices:
        click.echo(f"note: {notice}", err=True)
    if not quiet:
        click.echo(f"{result.summary}\nBuilt {result.site_dir} in {result.seconds:.1f} s")


@click.command()
@CONFIG
@click.option("--addr", "-a", default="127.0.0.1:8000", metavar="HOST:PORT", show_default=True,
              help="Where to listen.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--verbose", "-v", is_flag=True, help="Say how long each phase takes.")
def serve(config_file: Path | None, addr: str, open_browser: bool, verbose: bool) -> None:
    """Show the site while you edit; every saved YAML or CSV file is shown at once.

    A file that cannot be read counts as it was before; every page then says what to mend, with file and line.

    Example: journeybook serve --open
    """
    from journeybook.adapters.build import serve_site

    serve_site(config_file, addr, open_browser=open_browser, clock=_phase if verbose else None)


def _phase(phase: str, seconds: float) -> None:
    click.echo(f"{phase:>10} {seconds * 1000:8.0f} ms", err=True)
