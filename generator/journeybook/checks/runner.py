"""One run: all checks over the atlas, levels stamped, silenced places left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from journeybook.checks.registry import CHECKS, by_id
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity, Span, in_reading_order
from journeybook.schema.types import nearest
from journeybook.settings import Settings
from journeybook.source import Document

READING = ("file", "shape", "reference", "limits")
"""Groups without which nothing can be published: their errors keep their level and stop a build."""

LEVELS = {severity.word: severity for severity in Severity}


def run(atlas: Atlas, settings: Settings, documents: Iterable[Document],
        found: Iterable[Problem] = ()) -> list[Problem]:
    """All problems in reading order: those ``found`` while reading, and those the checks find now."""
    documents = list(documents)
    problems = [*found, *_levels_at_fault(atlas, documents)]
    for check in CHECKS:
        if check.find is not None:
            problems += (problem.stamped(check.id, check.level) for problem in check.find(atlas, settings))
    heard = [stamped for problem in problems if (stamped := _stamped(problem, atlas)) is not None]
    kept = list(_not_silenced(heard, documents, atlas))
    return _capped(in_reading_order(dict.fromkeys(kept)), settings)


def refusals(problems: Iterable[Problem]) -> list[Problem]:
    """The problems for which a build publishes nothing: what cannot be read, has no shape or leads nowhere."""
    checks = by_id()
    return [p for p in problems if p.severity is Severity.ERROR and checks[p.check].group in READING]


def _fixed(check_id: str) -> bool:
    check = by_id()[check_id]
    return check.group in READING and check.level is Severity.ERROR


def _stamped(problem: Problem, atlas: Atlas) -> Problem | None:
    check = by_id()[problem.check]
    wanted = atlas.spec.checks.get(check.id)
    if wanted is None or _fixed(check.id):
        return problem.stamped(check.id, check.level)
    return problem.stamped(check.id, LEVELS[wanted]) if wanted in LEVELS else None


def _levels_at_fault(atlas: Atlas, documents: list[Document]) -> Iterator[Problem]:
    """``checks:`` of the atlas: ids that do not exist, and levels that cannot be changed."""
    document = next((d for d in documents if isinstance(d.data.get("checks"), dict) and "title" in d.data), None)
    if document is None:
        return
    for check_id, level in atlas.spec.checks.items():
        span = document.locate(("checks", check_id), key=True)
        if check_id not in by_id():
            close = nearest(check_id, by_id())
            yield Problem("check-unknown", f"there is no check `{check_id}`", span,
                          f"write `{close}`" if close else "journeybook explain lists all checks")
        elif _fixed(check_id) and level != "error":
            yield Problem("value-choice", f"`{check_id}` is always an error: what cannot be read cannot be published",
                          span, "delete the line")


def _not_silenced(problems: list[Problem], documents: list[Document], atlas: Atlas) -> Iterator[Problem]:
    """Problems but for those that an ignore comment covers, and a warning for each comment that covers none."""
    ignores = [(document.path, ignore) for document in documents for ignore in document.ignores]
    used: set[tuple[str, Span, str]] = set()
    for problem in problems:
        covering = [
            (path, ignore.span, problem.check) for path, ignore in ignores
            if path == problem.span.path and problem.check in ignore.checks
            and ignore.lines[0] <= problem.span.line <= ignore.lines[1] and not _fixed(problem.check)]
        used.update(covering)
        if not covering:
            yield problem
    for path, ignore in ignores:
        for check_id in ignore.checks or ("",):
            if (path, ignore.span, check_id) not in used:
                unused = _stamped(Problem(
                    "ignore-unused", f"this comment silences `{check_id}` and nothing is there to silence"
                    if check_id else "this comment names no check", ignore.span,
                    "delete the comment" if check_id in by_id() else "write the check's id in the brackets"), atlas)
                if unused is not None:
                    yield unused


def _capped(problems: list[Problem], settings: Settings) -> list[Problem]:
    """At most ``problems_per_run``, errors first to stay, and a count of the rest."""
    most = settings.limits.problems_per_run
    if len(problems) <= most:
        return problems
    kept = set(sorted(problems, key=lambda p: (-p.severity, p.span, p.check, p.message))[:most])
    left_out = len(problems) - most
    rest = Problem("limit-reached", f"{left_out} more problems are not shown", Span(settings.shown(settings.atlas)),
                   "mend the first ones and run again").stamped("limit-reached", Severity.ERROR)
    return [*(p for p in problems if p in kept), rest]
