"""What the commits of the maps changed, in the words of the map: for the changes page and the history of a journey.

Maintainers: history is input like any other. Each commit is compared with the one before it on the main line and
judged as of its own day, so that nothing here changes by waiting; the answer for a pair of trees is kept in
``.cache/journeybook`` and safe to delete. Nothing about Git ever stops a build: what cannot be told is a sentence on
the page.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from journeybook.adapters.diff import WORKTREE, difference, sides
from journeybook.adapters.git import Commit, File, ForeignError, GitError, Repository
from journeybook.adapters.revisions import Known, Tree, of_commit
from journeybook.changes import Change, Group, Level, compare
from journeybook.changes.entities import History, Preview, Revision
from journeybook.formats import day
from journeybook.problems import Span
from journeybook.settings import Settings

MOST = 50
"""So many commits are told."""
DAYS = 366
"""Older ones are not."""
OBJECT_ID = re.compile(r"[0-9a-f]{40,64}")
SHORT = 12
"""So many letters of an object's id are shown."""


def read_history(settings: Settings) -> History | None:
    """The last commits, or a sentence on why there are none; None where there is no repository to ask."""
    settings = replace(settings, folders=())  # they have a history of their own
    try:
        repository = Repository(settings.atlas)
    except ForeignError as error:  # its remedy names a folder of this machine, which is no reader's business
        return History(notice=f"{_sentence(error.message)} Where the site is built, `journeybook doctor` says more.")
    except GitError as error:
        return History(notice=f"{_sentence(error.message)} {_sentence(error.help)}") if settings.history else None
    try:
        return _read(repository, settings)
    except GitError as error:
        return History(notice=f"The history could not be read. {_sentence(error.message)} {_sentence(error.help)}")


def read_preview(settings: Settings, base: str) -> Preview:
    """What the files on the disk change since a revision; raises :class:`GitError` where it cannot be read."""
    found = difference(settings, base, WORKTREE, check=False)
    return Preview(base[:SHORT] if OBJECT_ID.fullmatch(base) else base, found.changes.groups)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _read(repository: Repository, settings: Settings) -> History:
    try:
        head = repository.commit("HEAD")
    except GitError:
        return History(notice="Nothing is committed yet.")
    commits = repository.commits(head, MOST + 1)
    recent = [commit for commit in commits[:MOST] if commit.day >= settings.today - timedelta(days=DAYS)]
    ends = repository.grafted()
    notice = ""
    if len(recent) < len(commits):
        notice = f"Older changes are in Git; this page goes back to {day(recent[-1].day)}." if recent else (
            "Nothing changed within the last year; older changes are in Git.")
    known = Known()
    found = []
    for commit in recent:
        if commit.oid in ends:
            notice = (f"History begins at {day(commit.day)}: this site was built from a shallow clone. A full one "
                      "(`fetch-depth: 0`) tells more.")
            continue
        groups = _groups(repository, commit, settings, known)
        if groups:
            found.append(Revision(commit.oid[:SHORT], commit.day, repository.authors(commit), commit.subject, groups,
                                  first=not commit.parents))
    return History(tuple(found), notice)


def _groups(repository: Repository, commit: Commit, settings: Settings, known: Known) -> tuple[Group, ...]:
    """What a commit changed; nothing for one that changed no meaning."""
    after = of_commit(repository, commit.oid)
    before = of_commit(repository, commit.parents[0]) if commit.parents else Tree({}, commit.oid)
    as_of = replace(settings, today=commit.day)
    kept = _place(settings, before, after, commit)
    if kept is not None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            return tuple(_group(entry) for entry in json.loads(kept.read_text("utf-8")))
    old, new = sides(repository, before, after, as_of, known, check=False)
    groups = compare(old, new).groups
    if kept is not None:
        _keep(kept, [asdict(group) for group in groups])
    return groups


def _place(settings: Settings, before: Tree, after: Tree, commit: Commit) -> Path | None:
    """Where the answer for two trees is kept."""
    if settings.cache is None:
        return None
    digest = hashlib.sha256(_program().encode())
    for line in (*_lines(before.files.values()), "", *_lines(after.files.values()), commit.day.isoformat(),
                 settings.shown(settings.atlas), repr(settings.limits)):
        digest.update(f"{line}\n".encode("utf-8", "surrogateescape"))
    name = digest.hexdigest()
    return settings.cache / "history" / name[:2] / f"{name[2:]}.json"


def _lines(files: Iterable[File]) -> Iterator[str]:
    return (f"{file.path}\0{file.mode} {file.oid}" for file in files)


@cache
def _program() -> str:
    """A fingerprint of this program: another version may tell the same change in other words."""
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _keep(place: Path, data: Any) -> None:
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, separators=(",", ":"), sort_keys=True)
        Path(temporary).replace(place)


def _group(data: dict[str, Any]) -> Group:
    return Group(data["id"], data["title"], data["journey"], tuple(_change(entry) for entry in data["changes"]))


def _change(data: dict[str, Any]) -> Change:
    return Change(**{**data, "level": Level(data["level"]), "teams": tuple(data["teams"]),
                     "used": tuple(Span(**span) for span in data["used"])})
