"""Renaming a record everywhere: only the letters of its id change; one with a page keeps the old id as a former one.

All else in the files stays as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeybook.adapters.keys import new_key, one_more
from journeybook.adapters.renaming_pages import in_pages
from journeybook.adapters.renaming_tables import measured, replaced
from journeybook.adapters.writing import write_whole
from journeybook.model.former import KINDS as KEPT
from journeybook.model.uses import IN_STAGE, Name, stage_at, uses
from journeybook.problems import JourneybookError, Severity, Span
from journeybook.schema import Contents, validate
from journeybook.schema.types import id_fault, nearest, slug
from journeybook.settings import Settings
from journeybook.source import Document, list_files, read
from journeybook.source.document import Route
from journeybook.source.edits import Edit, Text
from journeybook.source.files import read_bytes


@dataclass(slots=True)
class Place:
    """Where a record is defined. ``edit`` gives it another id; None where the id is the name of the file."""

    span: Span
    edit: Edit | None = None


@dataclass(slots=True)
class Renaming:
    """What will change: the files with their new content, and files that get another name."""

    places: list[Span]
    files: dict[Path, bytes] = field(default_factory=dict)
    moved: list[tuple[Path, Path]] = field(default_factory=list)


class Files:
    """The YAML files of an atlas, read and validated but not yet tied together; own pages of a team in ``docs_dir``."""

    def __init__(self, settings: Settings, docs_dir: Path | None = None) -> None:
        self.settings = settings
        self.docs_dir = docs_dir
        self.contents: list[Contents] = []
        self.paths: dict[str, Path] = {}
        folder = settings.shown(settings.atlas)
        for path in list_files(settings).yaml:
            document, problems = read(path, settings)
            if document is None or not document.readable or any(p.severity is Severity.ERROR for p in problems):
                shown = str(problems[0].span) if problems else settings.shown(path)
                raise JourneybookError(f"{shown} has to be mended first: it may name the record as well",
                                       "journeybook check says what is wrong")
            self.paths[document.path] = path
            self.contents.append(validate(document, folder)[0])
        self._texts: dict[str, Text] = {}

    def text(self, document: Document) -> Text:
        """The file as it was saved."""
        if document.path not in self._texts:
            content = read_bytes(self.paths[document.path], document.path, self.settings.limits.file_bytes)
            if not isinstance(content, bytes):
                raise JourneybookError(content.message, content.help)
            self._texts[document.path] = Text(content)
        return self._texts[document.path]

    def pages(self, name: Name, new: str) -> list[tuple[Path, bytes, list[Span]]]:
        """The pages that name a record: file, content with the ``new`` id, places."""
        return list(in_pages(name, new, self.docs_dir, self.settings)) if self.docs_dir else []

    def defined(self, kind: str) -> dict[str, tuple[Contents, Route]]:
        """Whole id → where a record of the kind is defined."""
        return {name: (content, route) for content in self.contents for name, route in _defined(kind, content)}


def _defined(kind: str, content: Contents) -> Iterator[tuple[str, Route]]:
    journey = content.journey.id if content.journey else ""
    if kind == "journey":
        yield from [(journey, ())] if journey else []
    elif kind == "stage" or kind in IN_STAGE:
        stages = content.document.data.get("stages") if journey else None
        for index in range(len(stages) if isinstance(stages, list) else 0):
            stage = f"{journey}/{stage_at(content.document, ('stages', index))}"
            if kind == "stage":
                yield stage, ("stages", index)
            else:
                yield from ((f"{stage}#{ident}", route)
                            for ident, route in _parts(kind, content.document, ("stages", index)))
    else:
        yield from ((entry.id, entry.route) for entry in content.entries if entry.kind == kind)


def _parts(kind: str, document: Document, stage: Route) -> Iterator[tuple[str, Route]]:
    """Questions, commitments and pains of a stage that have an id."""
    homes = [stage]
    if kind == "pain":
        homes = [(*stage, "steps", index) for index in range(len(_listed(document.value((*stage, "steps")))))]
    for home in homes:
        route = (*home, IN_STAGE[kind])
        for index, raw in enumerate(_listed(document.value(route))):
            words = raw if isinstance(raw, str) else raw.get("id") or raw.get("ask") or raw.get("text") or ""
            if isinstance(words, str) and slug(words):
                yield slug(words), (*route, index)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def find_uses(name: Name, files: Files) -> tuple[Span | None, list[Span]]:
    """Where a record is defined (None for what is built in) and where it is used."""
    defined = files.defined(name.kind)
    places = [use.span for use in uses(name, files.contents)]
    places += (place for _, _, found in files.pages(name, "") for place in found)
    if name.whole not in defined:
        if places:
            return None, places
        raise _unknown(name, defined)
    content, route = defined[name.whole]
    return content.document.locate(route, key=name.kind not in ("journey", "stage", *IN_STAGE)), places


def plan(name: Name, new: str, files: Files) -> Renaming:
    """All edits that a new id takes. Raises where there is no such record, or one with the new id already."""
    why = id_fault(new)
    if why is not None:
        raise JourneybookError(why.message(), str((why.context or {}).get("help", "")))
    defined = files.defined(name.kind)
    if name.whole not in defined:
        raise _unknown(name, defined)
    target = Name(name.kind, name.journey, name.stage, new)
    if target.whole in defined:
        where = defined[target.whole][0].document.locate(defined[target.whole][1], key=True)
        raise JourneybookError(f"there is a {name.kind} `{target.whole}` already, at {where}", "choose another id")
    content, route = defined[name.whole]
    place = _definition(name, new, content, route, files)
    edits: dict[str, list[Edit]] = defaultdict(list)
    if place.edit:
        edits[content.document.path].append(place.edit)
    places = [place.span]
    if name.kind in KEPT:
        edits[content.document.path] += _former(name.ident, content.document, route, files.text(content.document))
    for use in uses(name, files.contents):
        start, _ = files.text(use.mention.document).words(use.span)
        edits[use.mention.document.path].append(Edit(start + use.part[0], start + use.part[1], new))
        places.append(use.span)
    result = Renaming(sorted(places))
    for path, found in edits.items():
        document = next(c.document for c in files.contents if c.document.path == path)
        result.files[files.paths[path]] = files.text(document).edited(found)
    for page, changed, spans in files.pages(name, new):
        result.files[page] = changed
        result.places += spans
    if name.kind == "metric":
        _values(name.ident, new, content, route, files, result)
    if name.kind == "journey" and not place.edit:
        old = files.paths[content.document.path]
        result.moved.append((old, old.with_name(f"{new}{old.suffix}")))
    _tables(name, new, files, result)
    return result


def _tables(name: Name, new: str, files: Files, result: Renaming) -> None:
    """What was measured goes with its journey and stage; no file takes the place of another."""
    for table, to, changed, places in measured(name, new, files.settings):
        result.places += places
        if places:
            result.files[table] = changed
        if to != table:
            result.moved.append((table, to))
    for _, to in result.moved:
        if to.exists():
            raise JourneybookError(f"there is a file {files.settings.shown(to)} already", "choose another id")


def carry_out(renaming: Renaming) -> None:
    """Write the files, each whole; files get their new names last."""
    for path, content in renaming.files.items():
        write_whole(path, content.decode("utf-8"))
    for old, new in renaming.moved:
        try:
            old.rename(new)
        except OSError as error:
            raise JourneybookError(f"{old.name} cannot be renamed: {(error.strerror or 'no reason').lower()}",
                                   f"rename it to {new.name} yourself; all else is done") from None


def _former(old: str, document: Document, route: Route, text: Text) -> Iterator[Edit]:
    """The old id under `formerly`, so that its address goes on leading to the record."""
    raw = document.value(route)
    if isinstance(raw, dict) and raw.get("formerly") is not None:
        yield one_more(document, (*route, "formerly"), text, old)
    elif isinstance(raw, dict) and "formerly" not in raw:
        yield new_key(document, route, text, f"formerly: {old}", ("title", "name"))
    elif isinstance(raw, str) and not isinstance(route[-1], int):
        span = document.locate(route)
        start, end = text.offset(span.line, span.column), text.offset(span.end_line, span.end_column)
        yield Edit(start, end, f"{{name: {_quoted(text.text[start:end])}, formerly: {old}}}")


def _unknown(name: Name, defined: Mapping[str, object]) -> JourneybookError:
    close = nearest(name.whole, defined)
    step = f"did you mean `{name.kind}:{close}`?" if close else "journeybook check lists what the maps hold"
    return JourneybookError(f"there is no {name.kind} `{name.whole}`", step)


def _definition(name: Name, new: str, content: Contents, route: Route, files: Files) -> Place:
    """How the record itself gets its new id."""
    document, text = content.document, files.text(content.document)
    raw = document.value(route)
    listed = bool(route) and isinstance(route[-1], int)
    if route and not listed:  # a key of a registry
        span = document.locate(route, key=True)
        return Place(span, Edit(*text.words(span), new))
    if isinstance(raw, dict) and raw.get("id") is not None:
        span = document.locate((*route, "id"))
        return Place(span, Edit(*text.words(span), new))
    if not route:
        return Place(Span(document.path))
    return Place(document.locate(route), own_id(name, new, document, route, text))


def own_id(name: Name, new: str, document: Document, route: Route, text: Text) -> Edit | None:
    """What gives a record in a list an id of its own; None where it has one."""
    raw = document.value(route)
    if isinstance(raw, dict) and raw.get("id") is not None:
        return None
    return _with_id(new, raw, name, document.locate(route), text)


def _with_id(new: str, raw: Any, name: Name, span: Span, text: Text) -> Edit:
    """An ``id:`` of its own for a record that had one made from its words."""
    start = text.offset(span.line, span.column)
    if isinstance(raw, str):
        end = text.offset(span.end_line, span.end_column)
        main = {"stage": "title", "question": "ask", "pain": "text"}.get(name.kind, "title")
        return Edit(start, end, f"{{id: {new}, {main}: {_quoted(text.text[start:end])}}}")
    if text.text[start] == "{":
        return Edit(start + 1, start + 1, f"id: {new}, ")
    return Edit(start, start, f"id: {new}{text.line_end}{' ' * (span.column - 1)}")


def _quoted(words: str) -> str:
    """A plain text that is to stand within braces; there commas and brackets mean something."""
    if words[:1] in "\"'" or not set(words) & set(",[]{}:#"):
        return words
    return "'" + words.replace("'", "''") + "'"


def _values(old: str, new: str, content: Contents, route: Route, files: Files, result: Renaming) -> None:
    """A metric's rows in a CSV file that several metrics share."""
    raw = content.document.value(route)
    named = raw.get("values") if isinstance(raw, dict) else None
    if not isinstance(named, str):
        return
    path = files.paths[content.document.path].parent / named
    if not path.is_file():
        path = files.settings.atlas / named
    if edited := replaced(path, ("metric",), old, new, files.settings):
        result.files[path] = edited[0]
        result.places += edited[1]
