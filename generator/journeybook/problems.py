"""What is wrong with what a team wrote, as values.

A user's mistake is never an exception: every stage of the walk returns :class:`Problem` records and goes on,
so that one run reports everything. :class:`JourneybookError` is the one exception, for when the tool itself
cannot run (no such folder, output folder not ours …).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import IntEnum

from journeybook.frozen import dataclass


class Severity(IntEnum):
    """How much a problem weighs. Comparable: ``Severity.ERROR > Severity.WARNING``."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word people read and write: ``error``, ``warning`` or ``info``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count from 1, columns in characters; the end is exclusive.

    ``path`` is relative to the folder of ``mkdocs.yml``, with ``/`` on every system.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        """``path:line:column``, as editors and terminals understand it."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that helps to understand a problem (the first of two equal ids, say)."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or incomplete.

    ``message`` says what is wrong, ``label`` names it under the caret in the full format, ``help`` is the
    next step. ``severity`` is stamped by :func:`journeybook.checks.run`, never by whoever finds the problem.
    ``fix`` is what to write in place of the span where there is but one right answer; None where there are several.
    """

    check: str
    message: str
    span: Span
    help: str = ""
    label: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity = Severity.ERROR
    fix: str | None = None

    def stamped(self, check: str, severity: Severity) -> Problem:
        """The same problem with its check's id and level."""
        return replace(self, check=check, severity=severity)


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file and place; the order is total, so that output never depends on who found what first."""
    return sorted(problems, key=lambda p: (p.span, p.check, p.message, p.help))


class JourneybookError(Exception):
    """The tool cannot run; the message is one sentence for the user, ``help`` the next step."""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = next_step
