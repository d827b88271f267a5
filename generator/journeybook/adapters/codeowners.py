"""CODEOWNERS from the teams' handles: who owns a map is asked when it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from journeybook.adapters.report import prefix_of
from journeybook.model import Atlas, Team
from journeybook.schema.types import HANDLE
from journeybook.settings import Settings

PLACES = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where hosts look for the file, in this order."""
BEGIN = "# journeybook: owners of the maps, written by `journeybook codeowners --write`"
END = "# journeybook: end"


def file_of(settings: Settings) -> Path:
    """The repository's CODEOWNERS: the one that is there, else where GitHub looks first."""
    prefix = prefix_of(settings.root)
    top = settings.root
    for _ in Path(prefix).parts:
        top = top.parent
    return next((top / place for place in PLACES if (top / place).is_file()), top / PLACES[0])


def block(atlas: Atlas, settings: Settings) -> list[str]:
    """Our lines of the file: a path and the handles of all who own something in it."""
    owners: dict[str, dict[str, None]] = {}
    for path, team in _owned(atlas):
        if path == settings.shown(settings.atlas) or path.startswith("../"):  # another repository's
            continue
        owners.setdefault(path, {}).update(dict.fromkeys(handles(team, atlas)))
    prefix = prefix_of(settings.root)
    lines = [f"/{_escaped(prefix + path)} {' '.join(found)}" for path, found in sorted(owners.items()) if found]
    return [BEGIN, *lines, END]


def without_handle(atlas: Atlas) -> list[str]:
    """Teams that own a file but name no handle, by id."""
    return sorted({team.id for _, team in _owned(atlas) if not team.spec.git and not handles(team, atlas)})


def at_fault(atlas: Atlas) -> list[str]:
    """What is written as a handle of a team and is none."""
    return [handle for team in atlas.teams.values() for handle in team.spec.git if not HANDLE.fullmatch(handle)]


def handles(team: Team, atlas: Atlas) -> list[str]:
    """A team's handles with their `@`; of one without any those of its lead and members who have some."""
    own = [handle if "@" in handle else f"@{handle}" for handle in team.spec.git if HANDLE.fullmatch(handle)]
    if own:
        return own
    people = filter(None, (atlas.teams.get(who) for who in (team.spec.lead or "", *team.spec.members)))
    found = (handles(person, atlas) for person in people if person.spec.kind == "person" and person is not team)
    return list(dict.fromkeys(handle for several in found for handle in several))


def merged(text: str, lines: list[str]) -> str:
    """A CODEOWNERS file with our lines in place of those we wrote before, or below what others wrote."""
    ours = "\n".join(lines)
    before, begin, rest = text.partition(BEGIN)
    if begin:
        _, end, after = rest.partition(END)
        return f"{before}{ours}{after if end else chr(10)}"
    return f"{text.rstrip()}\n\n{ours}\n" if text.strip() else f"{ours}\n"


def _owned(atlas: Atlas) -> Iterator[tuple[str, Team]]:
    """(file, team) of everything that has an owner; of a journey first its own, then those of its stages."""
    for journey in atlas.journeys.values():
        if journey.owner:
            yield journey.origin.document.path, journey.owner
        for stage in journey.stages:
            if stage.owner:
                yield stage.origin.document.path, stage.owner
    for records in (atlas.personas, atlas.assets, atlas.metrics, atlas.touchpoints, atlas.promises, atlas.loops,
                    atlas.opportunities):
        for record in records.values():
            if record.owner:
                yield record.origin.document.path, record.owner


def _escaped(path: str) -> str:
    """A path as a pattern that means just this file."""
    return re.sub(r"([\\\s#!?*\[\]])", r"\\\1", path)
