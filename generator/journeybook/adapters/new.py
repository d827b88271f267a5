"""New files, ready to fill in."""

from __future__ import annotations

import os
from pathlib import Path

from journeybook.adapters.editor import keep_schema, modeline
from journeybook.adapters.project import Project
from journeybook.adapters.report import clean
from journeybook.adapters.writing import write_new
from journeybook.model import Atlas, Journey
from journeybook.model.drafts import DEFAULT_STAGES, draft
from journeybook.problems import JourneybookError
from journeybook.reading import read_book
from journeybook.schema.types import slug
from journeybook.source import Document

LONGEST_TITLE = 200


def write_journey(project: Project, title: str, owner: str, template: str) -> tuple[str, list[str]]:
    """Write the file; returns its path as shown and what the user should know."""
    title = clean(title).strip()
    ident = slug(title)
    if not ident:
        raise JourneybookError(f"no file name can be made from the title `{title}`",
                               "use letters or digits in it")
    if len(title) > LONGEST_TITLE:
        raise JourneybookError(f"this title has {len(title)} characters; {LONGEST_TITLE} is the most",
                               "shorten it; the rest fits into the description")
    settings = project.settings()
    reading = read_book(settings)
    atlas = reading.atlas
    taken = atlas.journeys.get(ident) or atlas.broken.get(ident)
    if taken:
        raise JourneybookError(f"there is a journey `{ident}` already, in {_path_of(taken)}",
                               "choose another title, or edit that file")
    notes: list[str] = []
    stages = _stages(atlas, template)
    if owner and atlas.teams and owner not in atlas.teams:
        notes.append(f"no team has the id `{clean(owner)}`; teams are {', '.join(atlas.teams)}")
    text = draft(atlas, title, clean(owner), stages)
    keep_schema(reading, settings)
    path = settings.atlas / "journeys" / f"{ident}.yml"
    return written_once(path, modeline(path, settings) + text, settings.root), notes


def _path_of(record: Journey | Document) -> str:
    return record.origin.document.path if isinstance(record, Journey) else record.path


def _stages(atlas: Atlas, template: str) -> list[tuple[str, str]]:
    if not template:
        return list(DEFAULT_STAGES)
    journey = atlas.journeys.get(template)
    if journey is None:
        raise JourneybookError(f"there is no journey `{template}`",
                               f"journeys are {', '.join(list(atlas.journeys)[:10]) or 'not written yet'}")
    return [(stage.key.stage, stage.spec.title) for stage in journey.stages] or list(DEFAULT_STAGES)


def written_once(path: Path, text: str, root: Path) -> str:
    """Write a new file, never over another; returns its path from here."""
    try:
        write_new(path, text)
    except FileExistsError:
        raise JourneybookError(f"{os.path.relpath(path, root)} is there already",
                               "choose another title, or edit that file") from None
    return os.path.relpath(path)
