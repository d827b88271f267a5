"""What has to be looked over, and that it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeybook.adapters.commands.options import CONFIG
from journeybook.formats import count, day
from journeybook.problems import JourneybookError

if TYPE_CHECKING:
    from journeybook.model import Atlas
    from journeybook.model.schedule import Review

WITHIN = re.compile(r"([0-9]{1,4}) ?d(?:ays?)?")
FORMATS = ("text", "markdown", "json")


@click.command()
@CONFIG
@click.option("--within", default="0d", metavar="DAYS", show_default=True,
              help="Also what falls due within so many days, such as 30d.")
@click.option("--owner", default="", metavar="TEAM", help="Only what this team owns.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
              help="For people, for an issue, or for programs.")
def stale(config_file: Path | None, within: str, owner: str, form: str) -> None:
    """Say which reviews are overdue, by owner. The exit code is 1 when there are any.

    Example: journeybook stale --within 30d
    """
    from journeybook.adapters.project import find_project
    from journeybook.adapters.whole import whole_atlas
    from journeybook.model.schedule import schedule

    days = WITHIN.fullmatch(within.strip())
    if days is None:
        raise JourneybookError(f"`{within}` is no number of days", "write it as in --within 30d")
    settings = find_project(config_file).settings()
    atlas = whole_atlas(settings, "reviews that are due")
    if owner and owner not in atlas.teams:
        raise JourneybookError(f"no team has the id `{owner}`",
                               f"teams are {', '.join(atlas.teams) or 'not listed yet'}")
    last = settings.today + timedelta(days=int(days[1]))
    found = [review for review in schedule(atlas)
             if review.day <= last and (not owner or (review.owner is not None and review.owner.id == owner))]
    if form == "json":
        click.echo(json.dumps([_record(review, atlas) for review in found], ensure_ascii=True, indent=2))
    else:
        for line in _by_owner(found, atlas, markdown=form == "markdown"):
            click.echo(line)
    raise SystemExit(1 if found else 0)


def _record(review: Review, atlas: Atlas) -> dict[str, object]:
    from journeybook.adapters.codeowners import handles

    owner = review.owner
    return {"due": review.day.isoformat(), "kind": review.kind, "id": review.id, "title": review.title,
            "owner": owner.id if owner else None, "handles": handles(owner, atlas) if owner else [],
            "path": review.path, "line": review.line}


def _by_owner(reviews: Iterable[Review], atlas: Atlas, *, markdown: bool) -> Iterator[str]:
    from journeybook.adapters.codeowners import handles
    from journeybook.adapters.report import clean
    from journeybook.adapters.report.markdown import escaped

    found = sorted(reviews, key=lambda review: (review.owner is None, review.owner.spec.name if review.owner else ""))
    if not found:
        yield "No review is due."
    for owner, group in groupby(found, key=lambda review: review.owner):
        rows = sorted(group, key=lambda review: (review.day, review.title))
        name = owner.spec.name if owner else "Nobody"
        if markdown:  # its handles are mentions on purpose: the team asked for them with `git:`
            yield f"### {escaped(name)} {' '.join(handles(owner, atlas)) if owner else ''}".rstrip()
            yield ""
            yield from (f"- [ ] {escaped(row.title)} ({row.kind}): due {day(row.day)}, "
                        f"{escaped(row.path)} line {row.line}" for row in rows)
            yield ""
        else:
            yield f"{clean(name)}: {count(len(rows), 'review')}"
            yield from (f"  {row.day.isoformat()}  {row.kind:<8} {clean(row.id)}  {clean(f'{row.path}:{row.line}')}"
                        for row in rows)


@click.command()
@CONFIG
@click.argument("names", metavar="JOURNEY…", nargs=-1, required=True)
def reviewed(config_file: Path | None, names: tuple[str, ...]) -> None:
    """Set today's date as the day of the last review. Nothing else in the files changes.

    Other records are named with their kind: persona:amira, asset:price-list, promise:live-in-48h.

    Example: journeybook reviewed first-year renewal
    """
    from journeybook.adapters.project import find_project
    from journeybook.adapters.renaming import Files
    from journeybook.adapters.reviewing import mark_reviewed
    from journeybook.model.uses import parse

    settings = find_project(config_file).settings()
    records = [parse(name if ":" in name else f"journey:{name}") for name in names]
    for path in mark_reviewed(records, settings.today, Files(settings)):
        click.echo(f"Wrote {path}")
