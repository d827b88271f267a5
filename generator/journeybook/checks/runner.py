"""One run: all checks over the atlas, levels stamped, silenced places left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from journeybook.checks.registry import CHECKS, by_id
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity, Span, in_reading_order
from journeybook.schema.types import nearest
from journeybook.schema.validate import ATLAS_FILES
from journeybook.settings import Settings
from journeybook.source import Document
from journeybook.source.document import Ignore

READING = ("file", "shape", "reference", "limits")
"""Groups without which nothing can be published: their errors keep their level and stop a build."""

LEVELS = {severity.word: severity for severity in Severity}


def run(atlas: Atlas, settings: Settings, documents: Iterable[Document],
        found: Iterable[Problem] = ()) -> list[Problem]:
    """All problems in reading order: those ``found`` while reading, and those the checks find now."""
    documents = list(documents)
    problems = [*found, *_levels_at_fault(atlas, documents)]
    for check in CHECKS:
        if check.find:
            problems += (problem.stamped(check.id, check.level) for problem in check.find(atlas, settings))
    kept = list(_not_silenced(heard(problems, atlas), documents, atlas))
    return _capped(in_reading_order(dict.fromkeys(kept)), settings)


def heard(problems: Iterable[Problem], atlas: Atlas) -> list[Problem]:
    """Problems with the level that the atlas gives them, but for those it does not want to hear of."""
    return [stamped for problem in problems if (stamped := _stamped(problem, atlas)) is not None]


def refusals(problems: Iterable[Problem]) -> list[Problem]:
    """The problems for which a build publishes nothing: what cannot be read or leads nowhere."""
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
    files = [document for document in documents if PurePosixPath(document.path).name in ATLAS_FILES]
    settings_file = min(files, key=lambda document: document.path.count("/"), default=None)
    if settings_file is None:
        return
    for check_id, level in atlas.spec.checks.items():
        span = settings_file.locate(("checks", check_id), key=True)
        if check_id not in by_id():
            yield Problem("check-unknown", f"there is no check `{check_id}`", span, _other_check(check_id))
        elif _fixed(check_id) and level != "error":
            yield Problem(
                "value-choice", f"`{check_id}` is always an error: what cannot be read cannot be published",
                span, "delete the line")


def _other_check(check_id: str) -> str:
    close = nearest(check_id, by_id())
    return f"write `{close}`" if close else "`journeybook explain` lists all checks"


def _not_silenced(problems: list[Problem], documents: list[Document], atlas: Atlas) -> Iterator[Problem]:
    """Problems but for those an ignore comment covers, and a warning for each comment that covers none."""
    ignores = [(document.path, ignore) for document in documents for ignore in document.ignores]
    covering: dict[tuple[str, int, str], list[Span]] = {}
    for path, ignore in ignores:
        for line in range(ignore.lines[0], ignore.lines[1] + 1):
            for check_id in ignore.checks:
                covering.setdefault((path, line, check_id), []).append(ignore.span)
    used: set[tuple[Span, str]] = set()
    for problem in problems:
        by = covering.get((problem.span.path, problem.span.line, problem.check), ())
        if _fixed(problem.check) or not by:
            yield problem
        else:
            used.update((span, problem.check) for span in by)
    for _, ignore in ignores:
        for check_id in ignore.checks or ("",):
            if (ignore.span, check_id) not in used:
                unused = _stamped(_useless(check_id, ignore), atlas)
                if unused is not None:
                    yield unused


def _useless(check_id: str, ignore: Ignore) -> Problem:
    message = f"this comment silences `{check_id}`, and nothing is there to silence"
    step, fix = "delete the comment", "" if len(ignore.checks) == 1 else None
    if not check_id:
        message, step = "this comment names no check", "write the check's id in the brackets"
    elif check_id not in by_id():
        message, step = f"this comment names `{check_id}`, and there is no such check", _other_check(check_id)
    elif _fixed(check_id):
        message, step = f"`{check_id}` cannot be silenced", "mend what it reports, then delete the comment"
    return Problem("ignore-unused", message, ignore.span, step, fix=fix if step == "delete the comment" else None)


def _capped(problems: list[Problem], settings: Settings) -> list[Problem]:
    """At most ``problems_per_run``, the worst first to stay, and a count that weighs as much as what it counts.

    A large atlas with a thousand warnings is published all the same.
    """
    most = settings.limits.problems_per_run
    if len(problems) <= most:
        return problems
    ranked = sorted(problems, key=lambda p: (-p.severity, p.span, p.check, p.message))
    kept, left_out = set(ranked[:most]), ranked[most:]
    rest = Problem(
        "limit-reached", f"{len(left_out):,} more problems are not shown", Span(settings.shown(settings.atlas)),
        "mend the first ones and run again").stamped("limit-reached", left_out[0].severity)
    return [*(p for p in problems if p in kept), rest]
