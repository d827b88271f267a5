"""What `check --fix` mends: problems with one right answer, by edits that leave all else as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from journeybook.adapters.renaming import Files, own_id
from journeybook.adapters.writing import write_whole
from journeybook.model.uses import Name
from journeybook.problems import JourneybookError, Problem
from journeybook.reading import read_book
from journeybook.settings import Settings
from journeybook.source.edits import Edit, Text
from journeybook.source.files import read_bytes


def mend(wanted: Callable[[list[Problem]], list[Problem]], settings: Settings) -> tuple[int, list[str]]:
    """Write what can be written without asking; returns how many problems that mends, and the files as shown.

    ``wanted`` picks those of the problems that were asked for. Ids come last: they need files that can be read.
    """
    first, files = _values(wanted(read_book(settings).problems), settings)
    second, more = _ids(wanted(read_book(settings).problems), settings)
    return first + second, sorted({*files, *more})


def _values(problems: Sequence[Problem], settings: Settings) -> tuple[int, list[str]]:
    """Values, keys, letters and comments that a problem says the right form of."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    texts: dict[str, Text] = {}
    for problem in problems:
        if problem.fix is not None:
            edit = _edit(problem, _text(problem.span.path, settings, texts))
            if all(edit.end <= other.start or other.end <= edit.start for other in edits[problem.span.path]):
                edits[problem.span.path].append(edit)
    for path, found in edits.items():
        write_whole(settings.root / path, texts[path].edited(found).decode("utf-8"))
    return sum(map(len, edits.values())), sorted(edits)


def _text(path: str, settings: Settings, texts: dict[str, Text]) -> Text:
    if path not in texts:
        content = read_bytes(settings.root / path, path, settings.limits.file_bytes)
        if not isinstance(content, bytes):
            raise JourneybookError(content.message, content.help)
        texts[path] = Text(content)
    return texts[path]


def _edit(problem: Problem, text: Text) -> Edit:
    """The edit of a problem's span. A comment is taken out with the space before it, or with its whole line."""
    start, end = text.words(problem.span)
    if problem.check == "ignore-unused":
        before = text.text[:start].rstrip(" \t")
        if before.endswith(("\n", "\r")) or not before:
            return Edit(len(before), end + len(text.line_end_at(end)), "")
        return Edit(len(before), end, "")
    return Edit(start, end, problem.fix or "")


def _ids(problems: Sequence[Problem], settings: Settings) -> tuple[int, list[str]]:
    """Stages that others refer to by an id made from their title get that id as their own."""
    wanted = {(problem.span.path, problem.span.line) for problem in problems if problem.check == "id-implicit"}
    edits: dict[str, list[Edit]] = defaultdict(list)
    try:
        files = Files(settings) if wanted else None
    except JourneybookError:  # another file has errors that a person must mend first
        files = None
    for whole, (content, route) in files.defined("stage").items() if files else ():
        document = content.document
        if files and (document.path, document.locate((*route, "title")).line) in wanted:
            journey, _, stage = whole.partition("/")
            edit = own_id(Name("stage", journey, "", stage), stage, document, route, files.text(document))
            edits[document.path] += [edit] if edit else []
    for path, found in edits.items():
        if files:
            write_whole(files.paths[path], _text(path, settings, {}).edited(found).decode("utf-8"))
    return sum(map(len, edits.values())), sorted(edits)
