"""Git, by its plumbing only: revisions are read as objects, nothing is checked out and nothing is changed.

Maintainers: a revision's name comes from outside. It reaches Git as one argument behind ``--end-of-options``, never a
shell, and is turned into an object id at once; everything after that names objects by id. What a repository's or a
user's settings could run (hooks, pagers, signature checks, filters, a fetch of missing objects) is switched off.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError

SECONDS = 120  # no plumbing command takes longer on any repository people keep maps in
OFF = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
       "-c", "protocol.allow=never", "-c", "core.quotePath=false")
FIELDS = 4  # of a line of the log: commit, parents, seconds, author
DEEPEN = ("run `git fetch --unshallow`; in GitHub Actions give actions/checkout `fetch-depth: 0`, in GitLab CI set "
          "`GIT_DEPTH: 0`")


class GitError(JourneybookError):
    """Git is not there, or cannot give what was asked for."""


class ForeignError(GitError):
    """There is a repository, and Git does not read it because it is somebody else's."""


@dataclass(frozen=True, slots=True)
class File:
    """A file in a tree. ``mode`` is Git's (``120000`` is a link)."""

    path: str
    mode: str
    oid: str
    size: int


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: the days and names people see, no addresses. ``parents`` is empty for the first."""

    oid: str
    parents: tuple[str, ...]
    day: date
    author: str
    subject: str


class Repository:
    """The repository around a folder. ``prefix`` is that folder's path in it (``""`` at the top)."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("git") is None:
            raise GitError("Git is not installed here, so there are no revisions to read",
                           "install Git (git-scm.com) and make sure `git` is on the PATH")
        self.folder = folder
        answer = self._run("rev-parse", "--is-inside-work-tree", "--show-prefix", "--is-shallow-repository",
                           "--show-object-format", wrong=_no_repository)
        inside, prefix, shallow, self.format = (answer.decode("utf-8", "surrogateescape").split("\n"))[:4]
        if inside != "true":
            raise GitError("these maps are not in the work tree of a Git repository",
                           "run this in a clone that has its files checked out")
        self.prefix = prefix.rstrip("/")
        self.shallow = shallow == "true"

    def commit(self, revision: str) -> str:
        """The object id of a revision: a branch, a tag, a commit, ``HEAD~3`` …"""
        if not revision or "\0" in revision:
            raise GitError("a revision has a name", "write a branch, a tag or a commit, such as `origin/main`")
        try:
            found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except GitError as error:
            if self._is_new():
                raise GitError("nothing is committed in this repository yet, so there is no revision to compare with",
                               "commit the maps: `git add .`, then `git commit -m \"The maps\"`") from error
            raise GitError(f"Git knows no revision `{revision}`", self._where()) from error
        return found.decode("ascii").strip()

    def _is_new(self) -> bool:
        try:
            return not self._run("rev-list", "--max-count=1", "--all", "HEAD", "--")
        except GitError:  # there is no HEAD
            return not self._run("for-each-ref", "--count=1")

    def _where(self) -> str:
        if self.shallow:
            return f"this clone is shallow and may lack it: {DEEPEN}"
        return "check the name with `git branch --all`; fetch a branch of the server first: `git fetch origin`"

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit at which two histories parted; None where it is not in this clone."""
        try:
            return self._run("merge-base", one, other).decode("ascii").strip() or None
        except GitError:
            return None

    def files(self, commit: str) -> dict[str, File]:
        """The files below the folder in a commit, by path relative to it; empty where it was not there yet."""
        try:
            tree = self._run("rev-parse", "--verify", "--quiet", "--end-of-options",
                             f"{commit}:{self.prefix}").decode("ascii").strip()
        except GitError:
            return {}
        found = {}
        for line in self._run("ls-tree", "-r", "-z", "-l", "--full-tree", tree).split(b"\0"):
            if line:
                about, _, name = line.partition(b"\t")
                mode, kind, oid, size = about.decode("ascii").split()
                path = name.decode("utf-8", "surrogateescape")
                if kind == "blob" and _is_safe(path):
                    found[path] = File(path, mode, oid, int(size))
        return found

    def contents(self, oids: Iterable[str]) -> dict[str, bytes]:
        """The content of objects, by id, read in one go."""
        wanted = list(dict.fromkeys(oids))
        if not wanted:
            return {}
        out = self._run("cat-file", "--batch", stdin="".join(f"{oid}\n" for oid in wanted).encode("ascii"))
        found: dict[str, bytes] = {}
        at = 0
        while at < len(out):
            end = out.index(b"\n", at)
            oid, *rest = out[at:end].decode("ascii").split()
            if len(rest) != 2:
                raise GitError("this clone lacks a part of its own history",
                               "it was cloned in part; run `git fetch --refetch` or clone it whole")
            size = int(rest[1])
            found[oid] = out[end + 1:end + 1 + size]
            at = end + size + 2
        return found

    def commits(self, start: str, most: int) -> list[Commit]:
        """The last commits that touched the folder, the newest first, as the main line saw them."""
        out = self._run("log", "-z", "--first-parent", f"--max-count={most}", "--no-show-signature", "--encoding=UTF-8",
                        "--format=%H%n%P%n%ct%n%aN%n%s", start, "--", ".")
        return [_commit(record.decode("utf-8", "replace")) for record in out.split(b"\0") if record.strip()]

    def authors(self, commit: Commit) -> tuple[str, ...]:
        """Who wrote a commit; of a merge, who wrote what it brought in."""
        if len(commit.parents) < 2:
            return (commit.author,)
        try:
            out = self._run("log", "-z", "--format=%aN", "--max-count=200", f"{commit.parents[0]}..{commit.oid}^2")
        except GitError:  # a shallow clone may lack the other side
            return (commit.author,)
        names = (_name(name.decode("utf-8", "replace")) for name in out.split(b"\0") if name.strip())
        return tuple(sorted(set(names), key=str.casefold)) or (commit.author,)

    def grafted(self) -> frozenset[str]:
        """Commits at which a shallow clone ends: what came before them is not there."""
        if not self.shallow:
            return frozenset()
        place = self._run("rev-parse", "--git-path", "shallow").decode("utf-8", "surrogateescape").strip()
        try:
            return frozenset((self.folder / place).read_text("ascii").split())
        except (OSError, UnicodeDecodeError):
            return frozenset()

    def _run(self, *words: str, stdin: bytes = b"", wrong: Callable[[str], GitError] | None = None) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - a list of words, no shell
                ["git", "--no-pager", "--literal-pathspecs", *OFF, *words],  # noqa: S607 - the user's own Git
                cwd=self.folder, env=environment(os.environ), input=stdin, capture_output=True, timeout=SECONDS,
                check=False)
        except subprocess.TimeoutExpired as error:
            raise GitError("Git does not answer", "check the disk the repository is on, then try again") from error
        except OSError as error:
            raise GitError("Git cannot be started", "check that `git --version` works here") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise wrong(said) if wrong else GitError(f"Git cannot read this repository: {said}"[:300],
                                                               "check it with `git fsck`")
        return done.stdout


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment Git is run in: nothing that redirects it elsewhere, prompts, pages, locks or fetches."""
    kept = {name: value for name, value in given.items() if not name.startswith("GIT_")}
    kept |= {name: value for name, value in given.items() if name.startswith("GIT_CONFIG_")}  # safe.directory in CI
    return kept | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat",
                   "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1"}


def _no_repository(said: str) -> GitError:
    if "dubious ownership" in said or "safe.directory" in said:
        folder = re.search(r"safe\.directory (.+)", said)
        where = folder[1].strip() if folder else "<its folder>"
        return ForeignError("Git refuses this repository because it belongs to another user of this machine",
                            f"if you trust it, run `git config --global --add safe.directory {where}`")
    return GitError("these maps are not in a Git repository",
                    "run `git init` in the folder of mkdocs.yml and commit the maps")


def _commit(record: str) -> Commit:
    oid, parents, seconds, author, *subject = record.strip("\n").split("\n", FIELDS)
    return Commit(oid, tuple(parents.split()), datetime.fromtimestamp(int(seconds), UTC).date(), _name(author),
                  " ".join(subject).strip())


def _name(author: str) -> str:
    """A name people are known by; where somebody set an address as name, what stands before the ``@``."""
    return " ".join(author.partition("@")[0].split()) or "Somebody"


def _is_safe(path: str) -> bool:
    """Whether a tree's path stays where it is put: objects can be made by hand, with any name."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or part.casefold() == ".git" or "\\" in part for part in parts)
