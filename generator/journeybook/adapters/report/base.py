"""What every printer is given, and how one problem is known again in the next run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from journeybook.frozen import dataclass
from journeybook.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """The answer of a check, ready to be printed.

    ``texts``: path → text of the files with problems. ``prefix`` is the way from the top of the repository to the
    folder of ``mkdocs.yml``, ending in ``/``, or nothing: CI hosts want paths from the top. ``first`` are the paths
    of the change under review, which come before others where only some can be shown. ``fail_on`` is the level from
    which on the check fails, None where it never does.
    """

    problems: Sequence[Problem]
    files: int
    journeys: int
    texts: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    first: frozenset[str] = frozenset()
    fail_on: Severity | None = Severity.ERROR

    def path(self, problem: Problem) -> str:
        """The file of a problem from the top of the repository."""
        return f"{self.prefix}{problem.span.path}"

    def by_weight(self) -> list[Problem]:
        """Worst first, among equals the files under review first, then in reading order."""
        return sorted(self.problems, key=lambda p: (-p.severity, p.span.path not in self.first, p.span))


def prefix_of(root: Path) -> str:
    """The way from the top of the repository around a folder to it: ``docs/`` or nothing."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            inside = root.relative_to(folder).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""


def fingerprints(problems: Iterable[Problem], texts: Mapping[str, str]) -> Iterator[str]:
    """For each problem what tells it from all others, and stays the same when lines above it come and go.

    It is made of the check, the path, the message and the words of the line, not of its number; where all of these
    are equal, of how many came before.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    lines = {path: text.split("\n") for path, text in texts.items()}
    for problem in problems:
        here = lines.get(problem.span.path, [])
        words = here[problem.span.line - 1].strip() if problem.span.line <= len(here) else ""
        key = (problem.check, problem.span.path, problem.message, words)
        seen[key] += 1
        yield hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "replace")).hexdigest()[:32]
