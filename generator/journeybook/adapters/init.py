"""A new repository for maps: files of a starter, written beside what is there and never over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from journeybook.adapters.report import prefix_of
from journeybook.adapters.writing import take_back, write_new
from journeybook.problems import JourneybookError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

TEMPLATES = ("minimal", "saas", "service")
HOSTS = ("github", "gitlab")
UNREAD = {
    "github": (".github/", "in all of its workflows but journeys-comment.yml write `defaults: {{run: "
               "{{working-directory: {folder}}}}}` below `permissions: {{}}`, and `{folder}/` before `site/`, "
               "`review/`, `review-site/` and `.cache/` in lines with `path:`"),
    "gitlab": (".gitlab-ci.yml", "write `- cd {folder}` as the first line of its `before_script:`, `{folder}/` before "
               "what the job `check` names under `artifacts:`, and in the job `pages` "
               "`journeybook build --site-dir \"$CI_PROJECT_DIR/public\"`")}
"""What is read where no host looks, and how it is made to work from there."""
DOT = "dot-"  # names of hidden files, which tools would pass over in our own folders


def start(folder: Path, template: str, hosts: tuple[str, ...], name: str) -> tuple[list[str], list[str]]:
    """Write a starter into a folder; returns what was written and what was there already and stays as it is.

    Raises :class:`JourneybookError` where the folder cannot be written, or an atlas stands there already.
    """
    from importlib.metadata import version  # a list of commands can do without
    from importlib.resources import files

    from journeybook.adapters.report import clean
    from journeybook.model.drafts import quoted

    if any((folder / found).exists() for found in ("mkdocs.yml", "mkdocs.yaml")):
        raise JourneybookError(f"{folder} has a mkdocs.yml already",
                               "add `journeybook` to its plugins, and write maps with `journeybook new journey`")
    words = {"{name}": quoted(clean(name)), "{version}": version("journeybook")}
    starters = files("journeybook") / "starters"
    parts = [starters / "base", starters / "templates" / template, *(starters / "ci" / host for host in hosts)]
    written: list[str] = []
    kept: list[str] = []
    found = {place: file for part in parts for place, file in _files(part, "")}
    made = _missing(folder, found)
    try:
        for place, file in found.items():
            text = file.read_text("utf-8")
            for mark, word in words.items():
                text = text.replace(mark, word)
            (written if _write(folder / place, text) else kept).append(place)
    except JourneybookError:
        take_back((folder / place for place in written), made)
        raise
    return written, kept


def unread(folder: Path, hosts: Iterable[str]) -> Iterator[str]:
    """What to do about workflows in a folder of a repository: hosts read them at its top only."""
    prefix = prefix_of(folder.resolve())
    for host in hosts if prefix else ():
        file, step = UNREAD[host]
        yield (f"{file} is read at the top of a repository only, and {prefix} is a folder of one. Move it there, then "
               + step.format(folder=prefix.rstrip("/")))


def _missing(folder: Path, places: Iterable[str]) -> list[Path]:
    """Folders that have to be made, the deepest first."""
    above = {above for place in places for above in (folder / place).parents}
    return sorted((each for each in above if not each.exists()), key=lambda each: -len(each.parts))


def _files(part: Traversable, place: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(part.iterdir(), key=lambda entry: entry.name):
        name = f"{place}{entry.name.replace(DOT, '.', 1) if entry.name.startswith(DOT) else entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        else:
            yield name, entry


def _write(path: Path, text: str) -> bool:
    try:
        write_new(path, text)
    except FileExistsError:
        return False
    return True
