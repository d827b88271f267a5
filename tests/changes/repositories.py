"""Real Git repositories in folders of the tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from changes.samples import ATLAS, Files
from support_site import DOT, project

WHO = {"GIT_AUTHOR_NAME": "Pia Lund", "GIT_AUTHOR_EMAIL": "pia@example.com", "GIT_COMMITTER_NAME": "Pia Lund",
       "GIT_COMMITTER_EMAIL": "pia@example.com"}


def git(folder: Path, *words: str, **more: str) -> str:
    """Git in a folder, with no settings but its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, **WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **more}
    done = subprocess.run(["git", "-c", "protocol.file.allow=always", *words], cwd=folder, env=environment, text=True,
                          capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, subject: str, day: str = "2026-10-01", **more: str) -> str:
    """Commit all there is; the commit's id."""
    git(folder, "add", "-A")
    moment = f"{day}T10:00:00Z"
    git(folder, "commit", "-q", "--allow-empty", "-m", subject, GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment,
        **more)
    return git(folder, "rev-parse", "HEAD")


def repository(folder: Path, files: Files = ATLAS, config: str = DOT, inside: str = "") -> Path:
    """A repository with one commit of the atlas; the project lies in the folder ``inside`` it."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    project(folder / inside, files, config)
    (folder / ".gitignore").write_text("site/\n.cache/\n.journeybook/\n", "utf-8")
    commit(folder, "First maps", "2026-09-01")
    return folder / inside


def write(folder: Path, files: Files) -> None:
    """Put the atlas's files in place of those there."""
    for path in sorted((folder / "maps").rglob("*.yml")):
        if path.relative_to(folder / "maps").as_posix() not in files:
            path.unlink()
    project(folder, files, (folder / "mkdocs.yml").read_text("utf-8"))
