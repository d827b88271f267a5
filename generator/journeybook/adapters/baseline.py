"""A file of problems that are known, so that a team with many of them can begin by adding no new ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from journeybook.adapters.report import fingerprints
from journeybook.adapters.writing import write_whole
from journeybook.formats import count
from journeybook.problems import JourneybookError, Problem

ABOUT = ("Problems that `journeybook check --baseline` leaves out. Write it anew with --write-baseline, "
         "and only let it shrink.")


def write(file: Path, problems: Sequence[Problem], texts: Mapping[str, str]) -> None:
    """All problems of now. The records are for people who review the file; only ``known`` is compared."""
    records = [{"known": mark, "check": problem.check, "path": problem.span.path, "message": problem.message}
               for problem, mark in zip(problems, fingerprints(problems, texts), strict=True)]
    write_whole(file, json.dumps({"about": ABOUT, "problems": records}, ensure_ascii=False, indent=2) + "\n")


def without(file: Path, problems: Sequence[Problem], texts: Mapping[str, str], *,
            whole: bool) -> tuple[list[Problem], list[str]]:
    """The problems that the file does not know, and words about those it does.

    Only where the problems are those of the ``whole`` atlas does it follow that others were mended.
    """
    known = _read(file)
    marks = list(fingerprints(problems, texts))
    fresh = [problem for problem, mark in zip(problems, marks, strict=True) if mark not in known]
    notes = []
    if len(fresh) < len(problems):
        notes.append(f"{count(len(problems) - len(fresh), 'problem')} of the baseline not shown")
    gone = len(known - set(marks))
    if gone and whole:
        notes.append(f"{count(gone, 'problem')} of the baseline mended: write it anew with --write-baseline")
    return fresh, notes


def _read(file: Path) -> set[str]:
    try:
        return {record["known"] for record in json.loads(file.read_text("utf-8"))["problems"]}
    except FileNotFoundError:
        raise JourneybookError(f"there is no baseline {file}",
                               "write one by adding --write-baseline, or leave out --baseline") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise JourneybookError(f"{file} is no baseline that can be read",
                               "write it anew by adding --write-baseline") from None
