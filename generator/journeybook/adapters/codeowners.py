"""CODEOWNERS from the teams' handles: who owns a map is asked when it changes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from journeybook.adapters.project import Project
from journeybook.adapters.report import clean, prefix_of
from journeybook.model import Atlas, Team
from journeybook.schema.types import HANDLE
from journeybook.settings import Settings

PLACES = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where hosts look for the file, in this order."""
GITLAB = PLACES[1]
BEGIN = "# journeybook: owners of the maps, written by `journeybook codeowners --write`"
END = "# journeybook: end"
ANY_BEGIN = BEGIN.partition(",")[0]


def file_of(settings: Settings) -> Path:
    """The repository's CODEOWNERS: the one that is there, else where its host looks first."""
    prefix = prefix_of(settings.root)
    top = settings.root
    for _ in Path(prefix).parts:
        top = top.parent
    at_gitlab = (top / ".gitlab-ci.yml").is_file() and not (top / ".github").is_dir()
    return next((top / place for place in PLACES if (top / place).is_file()),
                top / (GITLAB if at_gitlab else PLACES[0]))


def share_of(project: Project, settings: Settings) -> str:
    """The folder of the repository whose owners one block tells; ``""`` for a project at the top."""
    shares = len(project.atlases) > 1  # each atlas of a site is asked for by itself, and has a block of its own
    folder = prefix_of(settings.root) + (settings.shown(settings.atlas) if shares else "")
    return "" if not folder else Path(os.path.normpath(folder)).as_posix()


def begin_of(share: str) -> str:
    """The line that begins the block of a folder."""
    return BEGIN.replace(ANY_BEGIN, f"{ANY_BEGIN} in {clean(share)}/", 1) if share else BEGIN


def block(atlas: Atlas, settings: Settings, share: str = "") -> list[str]:
    """Our lines of the file: a path and the handles of all who own something in it."""
    owners: dict[str, dict[str, None]] = {}
    for path, team in _owned(atlas):
        if path == settings.shown(settings.atlas) or path.startswith("../"):  # another repository's
            continue
        owners.setdefault(path, {}).update(dict.fromkeys(handles(team, atlas)))
    prefix = prefix_of(settings.root)
    lines = [f"/{_escaped(prefix + path)} {' '.join(found)}" for path, found in sorted(owners.items()) if found]
    return [begin_of(share), *lines, END]


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


def merged(text: str, lines: list[str], share: str = "") -> str:
    """A CODEOWNERS file with our lines in place of those we wrote before, or below what others wrote.

    Blocks of other folders stay, and so does the way in which the file ends its lines.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    ours = "".join(f"{line}{end}" for line in lines)
    there = text.splitlines(keepends=True)
    found = _place(there, share)
    if found:
        first, after = found
        return "".join([*there[:first], ours, *there[after:]])
    gap = "" if not text else end if text.endswith("\n") else end * 2
    return f"{text}{gap}{ours}"


def _place(lines: list[str], share: str) -> tuple[int, int] | None:
    """Where the block of a folder stands, as the numbers of its first line and of the one after its last.

    A block without a folder is that of the top. Before blocks had one it was any project's: who finds nothing but
    lines below its own folder takes it over.
    """
    words = [line.rstrip("\r\n") for line in lines]
    blocks = {words[at]: (at, _end(words, at)) for at in range(len(words)) if words[at].startswith(ANY_BEGIN)}
    own = blocks.get(begin_of(share))
    old = blocks.get(BEGIN)
    if own or old is None:
        return own
    paths = [line for line in words[old[0] + 1:old[1]] if line not in ("", END)]
    return old if paths and all(line.startswith(f"/{_escaped(share)}/") for line in paths) else None


def _end(words: list[str], begin: int) -> int:
    """The line after a block; one that was cut short ends with the file or at the next block."""
    for at in range(begin + 1, len(words)):
        if words[at] == END:
            return at + 1
        if words[at].startswith(ANY_BEGIN):
            return at
    return len(words)


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
