"""What this machine and this project have, what is wrong and how to mend it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from journeybook.adapters.git import ForeignError, GitError, Repository
from journeybook.adapters.project import Project, find_project
from journeybook.problems import JourneybookError

Finding: TypeAlias = tuple[bool, str, str, str]
"""Whether it is fine, its name, what was found, and the remedy where it is not."""
PACKAGES = (("mkdocs", "1.6.1", "2"), ("mkdocs-material", "9.7.7", "10"), ("jinja2", "3.1.6", "4"))


def examine(config_file: Path | None) -> Iterator[Finding]:
    """Findings from the ground up: Python, packages, engines, project, Git."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), "python", python, "install Python 3.11 or newer"
    for name, least, below in PACKAGES:
        yield _package(name, least, below)
    yield from _engines()
    try:
        project = find_project(config_file)
    except JourneybookError as error:
        yield False, "project", error.message, error.help
        return
    yield from _project(project)
    yield from _git(project.root)


def _package(name: str, least: str, below: str) -> Finding:
    try:
        found = version(name)
    except PackageNotFoundError:
        return False, name, "not installed", f'pip install "{name}>={least},<{below}"'
    numbers = tuple(int(part) for part in found.split(".")[:3] if part.isdigit())
    wanted = tuple(int(part) for part in least.split("."))
    fine = wanted <= numbers < (int(below),)
    return fine, name, found, f'pip install "{name}>={least},<{below}"'


def _engines() -> Iterator[Finding]:
    from journeybook.diagrams.layout import Graphviz

    described = Graphviz(engine="auto", cache_dir=None).describe()
    usable = any(entry[2] for entry in described)
    for name, found, works, note in described:
        words = " ".join(filter(None, (found, note)))
        yield works or usable, "graphviz", f"{name}: {words or ('usable' if works else 'not there')}", (
            "pip install pygraphviz brings an engine; without one, stage diagrams are told in words")


def _project(project: Project) -> Iterator[Finding]:
    yield True, "project", str(project.config_file), ""
    uses = project.uses_plugin
    yield uses, "plugin", "journeybook is in mkdocs.yml" if uses else "journeybook is not in mkdocs.yml", (
        "add a line `- journeybook` under `plugins:`")
    yield bool(project.edit_pattern), "edit links", project.edit_pattern or "none", (
        "set `repo_url:` and `edit_uri:` in mkdocs.yml, so that pages link to their YAML")
    cache = project.root / ".cache"
    target = cache if cache.exists() else project.root
    writable = _writable(target)
    yield writable, "cache", "can be written" if writable else f"{target} cannot be written", (
        "give this user the right to write there, or build with --no-cache")


def _writable(folder: Path) -> bool:
    import os

    return os.access(folder, os.W_OK)


def _git(root: Path) -> Iterator[Finding]:
    if shutil.which("git") is None:
        yield False, "git", "not installed", "install git; without it the site knows no history"
        return
    try:
        Repository(root)
    except ForeignError as error:
        yield False, "git", error.message, error.help
        return
    except GitError:
        pass  # what it is stands below
    inside = _ask(root, "rev-parse", "--is-inside-work-tree") == "true"
    yield inside, "git", "the maps are in a repository" if inside else "the maps are in no repository", (
        "run `git init`; maps live from being reviewed")
    if inside:
        shallow = _ask(root, "rev-parse", "--is-shallow-repository") == "true"
        yield not shallow, "history", "shallow clone" if shallow else "complete", (
            "fetch all of it (`git fetch --unshallow`, in CI `fetch-depth: 0`)")


def _ask(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, timeout=10,  # noqa: S603, S607 - Git of the path
                              check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
