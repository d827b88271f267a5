"""New files, ready to fill in."""

from __future__ import annotations

import os
import re
from pathlib import Path

from journeybook.adapters.editor import keep_schema, modeline
from journeybook.adapters.project import Project
from journeybook.adapters.report import clean
from journeybook.model import Atlas, Journey
from journeybook.problems import JourneybookError
from journeybook.reading import read_book
from journeybook.schema.types import slug
from journeybook.source import Document

HEAD = """\
# One journey: the way a customer goes, stage by stage.
title: {title}
owner: {owner}  # {owner_note}
{persona}\
status: draft
# description: One or two sentences; they stand under the title.
# trigger: What sets the journey off?
# end_condition: When is it over?

stages:
"""
STAGE = """\
  - id: {id}
    title: {title}
"""
FULL_STAGE = """\
    customer_goal: What does the customer want here?
    steps:
      - title: What happens first?
        # emotion: {middle}        # from {low} (worst) to {high} (best)
        # touchpoints: []   # ids from the touchpoints
        # pains:
        #   - text: What hurts?
        #     severity: medium
    # questions:
    #   - What do customers ask here?
    # assets: []            # ids from the assets
    # metrics: []           # ids from the metrics
"""
TAIL = """\

# Stages follow each other by themselves. Write only the other ways:
# transitions:
#   - from: {last}
#     to: {first}
#     type: loop            # branch, skip, back, loop, reentry, exit or win-back
#     condition: When do people take it?
"""
LONGEST_TITLE = 200
PLAIN = re.compile(r"[^\W\d_](?:[\w,.?!()’–—-]| (?! ))*")  # words and punctuation that mean nothing to YAML
DEFAULT_STAGES = (("awareness", "Awareness"), ("consideration", "Consideration"), ("decision", "Decision"))


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
    owner_note = "the accountable team"
    if not owner:
        owner = next(iter(atlas.teams), "your-team")
        owner_note = "the accountable team: change it if it is another"
    elif atlas.teams and owner not in atlas.teams:
        notes.append(f"no team has the id `{clean(owner)}`; teams are {', '.join(atlas.teams)}")
    persona = next(iter(atlas.personas), "")
    scale = atlas.spec.emotion
    full = FULL_STAGE.format(low=scale.min, high=scale.max, middle=(scale.min + scale.max) // 2)
    text = HEAD.format(title=quoted(title), owner=quoted(clean(owner)), owner_note=owner_note,
                       persona=f"persona: {persona}\n" if persona else "# persona: whose journey is it?\n")
    for index, (stage, name) in enumerate(stages):
        text += STAGE.format(id=stage, title=quoted(name)) + ("" if index else full)
    text += TAIL.format(first=stages[0][0], last=stages[-1][0])
    keep_schema(reading, settings)
    path = settings.atlas / "journeys" / f"{ident}.yml"
    return written_once(path, modeline(path, settings.root) + text, settings.root), notes


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
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:  # "x": never over another
            file.write(text)
    except FileExistsError:
        raise JourneybookError(f"{os.path.relpath(path, root)} is there already",
                               "choose another title, or edit that file") from None
    except OSError as error:
        raise JourneybookError(f"{os.path.relpath(path, root)} cannot be written: {error.strerror}",
                               "check the folder's permissions") from None
    return os.path.relpath(path)


def quoted(text: str) -> str:
    """A text as YAML: in double quotes where it could be read as something else."""
    if PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
