"""Document → typed records and problems. All mistakes of a file are reported in one run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import PurePosixPath
from typing import Any

from journeybook.frozen import dataclass
from journeybook.problems import Problem, Span, in_reading_order
from journeybook.schema.atlas import Atlas
from journeybook.schema.faults import meant_by, unknown_key
from journeybook.schema.journey import Journey
from journeybook.schema.record import Record
from journeybook.schema.records import KIND_OF, REGISTRIES
from journeybook.schema.repair import record
from journeybook.schema.synonyms import our_words
from journeybook.schema.types import IDENT, described, id_fault, nearest, slug
from journeybook.settings import Limits
from journeybook.source import FAULTY
from journeybook.source.document import Document, Route

__all__ = ["FAULTY", "Contents", "Entry", "validate"]

HTML = re.compile(r"<(?:[A-Za-z][\w-]*(?:\s[^<>]*|/)?>|/[A-Za-z][\w-]*>|!--)")
CODE = re.compile(r"`[^`]*`")
MARKED = re.compile(r"\n *(?:-[^\W\d_]|[–—•·▪●◦‣0-9])")
MARK = re.compile(r"-(?=[^\W\d_])|[–—•·▪●◦‣]\s*|[0-9]{1,2}[.)] ")
"""What begins the lines of a list that is none to YAML: a hyphen without a space, and what word processors make."""
ATLAS_FILES = ("atlas.yml", "atlas.yaml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file: its id, the typed record (None when nothing could be kept) and its route."""

    kind: str
    id: str
    spec: Record | None
    document: Document
    route: Route
    faulty: bool = False


@dataclass(slots=True)
class Contents:
    """What one file holds."""

    document: Document
    journey: Entry | None = None
    atlas: Entry | None = None
    entries: list[Entry] = field(default_factory=list)


def validate(document: Document, atlas_folder: str = "",
             limits: Limits | None = None) -> tuple[Contents, list[Problem]]:
    """The records of a file. ``atlas_folder`` is the atlas's folder as paths show it."""
    most = (limits or Limits()).problems_per_file
    contents = Contents(document)
    if not document.readable:
        _keep_the_name(contents)
        return contents, []
    problems: list[Problem] = []
    path = PurePosixPath(document.path)
    is_atlas = path.name in ATLAS_FILES
    is_journey = "stages" in document.data and not is_atlas
    rest: dict[str, Any] = {}
    for key, value in document.data.items():
        means_both = is_journey and key in Journey.model_fields
        if key == "opportunities" and is_journey and isinstance(value, list):
            rest[key] = _mixed(document, key, value, contents, problems)
        elif key in REGISTRIES and (isinstance(value, dict) or not means_both):
            contents.entries += _registry(document, key, value, problems)
            if means_both:  # registered here, and the journey's own
                rest[key] = [ident for ident in value if IDENT.fullmatch(ident) and not ident.startswith("x-")]
        else:
            rest[key] = value
    if is_atlas:
        contents.atlas = _atlas(document, rest, str(path.parent) in (".", atlas_folder), problems)
    elif is_journey:
        contents.journey = _journey(document, rest, path.stem, problems)
    else:
        _strangers(document, rest, problems, most)
    marked = {problem.span: problem for problem in _marked(document)}
    problems = [*(problem for problem in problems if problem.span not in marked), *marked.values()]
    # What is only mentioned takes no place from faults, and a hundred mentions are no fault.
    return contents, [*_capped(problems, document, most), *_html(document)]


def _keep_the_name(contents: Contents) -> None:
    """An unreadable file still tells what it was meant to hold, for those that refer to it."""
    document = contents.document
    if "stages" in document.top_keys:
        ident = slug(PurePosixPath(document.path).stem)
        contents.journey = Entry("journey", ident, None, document, (), True)


def _atlas(document: Document, data: dict[str, Any], at_root: bool, problems: list[Problem]) -> Entry | None:
    if not at_root:
        problems.append(Problem(
            "id-duplicate", "an atlas has one `atlas.yml`, at its root", Span(document.path),
            "move its settings into the one at the root, and the rest into a file with another name"))
        return None
    if "stages" in data:
        problems.append(Problem(
            "key-unknown", "`atlas.yml` holds settings and lists, never a journey",
            document.locate(("stages",), key=True),
            "move `stages:` and what belongs to it into a file of its own", label="unknown key"))
        data = {key: value for key, value in data.items() if key != "stages"}
    spec, faulty = record(document, Atlas, data, (), problems)
    return Entry("atlas", "atlas", spec, document, (), faulty)


def _journey(document: Document, data: dict[str, Any], stem: str, problems: list[Problem]) -> Entry:
    written = data.get("id")
    ident = written.strip() if isinstance(written, str) else ""
    if not IDENT.fullmatch(ident):
        ident = slug(stem)
        if not ident and written is None:
            problems.append(Problem("key-missing", "the file's name gives no id", Span(document.path),
                                    "add `id:` with lower-case letters, digits and hyphens"))
    if data["stages"] in ([], {}):
        problems.append(Problem("key-missing", "this journey has no stage", document.locate(("stages",)),
                                "write `- title:` below `stages:`, one for each stage"))
        data = {**data, "stages": FAULTY}
    if isinstance(data["stages"], str) and "," in data["stages"]:
        titles = [title.strip() for title in data["stages"].split(",") if title.strip()]
        problems.append(Problem("value-type", f"{described(data['stages'])} is one stage, not several",
                                document.locate(("stages",)), f"write `[{', '.join(titles)}]`; if it is one, "
                                "write it behind `- `"))
    spec, faulty = record(document, Journey, data, (), problems)
    return Entry("journey", ident or "journey", spec, document, (), faulty)


def _strangers(document: Document, rest: dict[str, Any], problems: list[Problem], most: int) -> None:
    """Keys of a file that is no journey and that no registry has."""
    own = [key for key in rest if not key.startswith("x-") and FAULTY not in key]
    known = Journey.keys()
    meant = next((key for key in own if key not in known and (
        nearest(key, ["stages"], 0.7) or "stages" in our_words(key))), "")
    if meant or {"title", "owner"} & set(own):
        if not meant:
            problems.append(Problem("key-missing", "a journey needs `stages:`", Span(document.path),
                                    "add `stages:`, and below it `- title:` once for each stage"))
        for number, key in enumerate(key for key in own if key not in known):
            close, step = meant_by(document, Journey, (key,), (key,)) if number < most else ("", "")
            close = "stages" if key == meant else "" if close == "stages" else close
            problems.append(unknown_key(document, (key,), f"unknown key {described(key)} in this journey", close, step))
        return
    for number, key in enumerate(own):
        close = nearest(key, [*REGISTRIES, "stages"]) if number < most else ""
        problems.append(unknown_key(document, (key,), f"unknown key {described(key)} in this file", close))


def _registry(document: Document, key: str, value: Any, problems: list[Problem],
              only: frozenset[int] | None = None) -> list[Entry]:
    if value is None or value == FAULTY:
        return []
    if not isinstance(value, dict | list):
        problems.append(Problem("value-type", f"`{key}:` holds records by their id, found {described(value)}",
                                document.locate((key,)), f"write one `id: name` a line below `{key}:`"))
        return []
    kind, model = KIND_OF[key], REGISTRIES[key]
    entries: list[Entry] = []
    for name, raw in value.items() if isinstance(value, dict) else enumerate(value):
        route: Route = (key, name)
        if only is not None and name not in only:
            continue
        if isinstance(name, int):
            ident, raw = _listed_id(document, route, raw, model, problems)
        elif name.startswith("x-"):
            continue
        else:
            ident, raw = _named_id(document, route, raw, model, problems)
        spec, faulty = record(document, model, raw, route, problems)
        entries.append(Entry(kind, ident, spec, document, route, faulty))
    return entries


def _mixed(document: Document, key: str, value: list[Any], contents: Contents,
           problems: list[Problem]) -> list[str]:
    """A list in which an id refers to a record and anything else is one; gives the ids of all."""
    records = [index for index, raw in enumerate(value) if not (isinstance(raw, str) and IDENT.fullmatch(raw))]
    found = {}
    for entry in _registry(document, key, value, problems, frozenset(records)):
        contents.entries.append(entry)
        found[entry.route[-1]] = entry.id
    return [found.get(index, raw) for index, raw in enumerate(value)]


def _named_id(document: Document, route: Route, raw: Any, model: type[Record],
              problems: list[Problem]) -> tuple[str, Any]:
    """The id of a record in a mapping: its key. What cannot be seen in it was reported and is left out."""
    ident = str(route[-1]).replace(FAULTY, "")
    _check_id(ident, document, route, problems, key=True)
    if isinstance(raw, dict) and raw.get("id") is not None:
        if raw["id"] != ident:
            problems.append(Problem(
                "key-unknown", f"this {model.noun} has an id already, `{ident}`",
                document.locate((*route, "id"), key=True),
                "delete this line, or rename the key it belongs to"))
        raw = {key: value for key, value in raw.items() if key != "id"}
    return ident, raw


def _listed_id(document: Document, route: Route, raw: Any, model: type[Record],
               problems: list[Problem]) -> tuple[str, Any]:
    """The id of a record in a list: ``id:``, else the slug of its main field."""
    if isinstance(raw, dict) and isinstance(raw.get("id"), str):
        ident = raw["id"].strip().replace(FAULTY, "")
        _check_id(ident, document, (*route, "id"), problems)
        return ident or FAULTY, {key: value for key, value in raw.items() if key != "id"}
    words = model.name_of(raw)
    ident = slug(words)
    if words.strip(FAULTY + " ") and not ident:
        problems.append(Problem("key-missing", f"no id can be made from {described(words)}",
                                document.locate((*route, model.main)),
                                "add `id:` with letters a to z, digits and hyphens"))
    return ident or FAULTY, raw


def _check_id(ident: str, document: Document, route: Route, problems: list[Problem], *, key: bool = False) -> None:
    why = id_fault(ident)
    if why is not None and why.context:
        problems.append(Problem(why.context["check"], why.context["message"], document.locate(route, key=key),
                                why.context["help"]))


def _marked(document: Document) -> Iterator[Problem]:
    """Lists that are none, so that all their entries are one text."""
    if not MARKED.search(document.text):
        return
    for route, value in _values(document):
        mark = MARK.match(value) if isinstance(value, str) else None
        if mark is None:
            continue
        span = document.locate(route)
        here, _, below = document.excerpt(span.line, span.line + 1).partition("\n")
        glued = mark.group() == "-"
        if here[:span.column - 1].strip() or not (glued or MARK.match(below.strip())):
            continue  # in quotes, behind its key, or one line
        first = re.split(rf" (?={MARK.pattern})", value[mark.end():])[0][:40]
        yield Problem("value-type", f"{described(value)} is one text, not a list", span,
                      f"write a space after each hyphen, such as `- {first}`" if glued else
                      f"begin each entry with a hyphen and a space, such as `- {first}`; where no list can stand, "
                      "write `|` behind the key to keep the lines")


def _html(document: Document) -> Iterator[Problem]:
    """Raw HTML is shown as the text it is; the writer should know."""
    if "<" not in document.text:
        return
    for route, value in _values(document):
        if isinstance(value, str) and (match := HTML.search(CODE.sub("", value))):
            yield Problem("html-shown", f"{described(match.group())} will be shown as text", document.locate(route),
                          "write Markdown, such as `**bold**`, or plain text")


def _values(document: Document) -> Iterator[tuple[Route, Any]]:
    """Every text of a document with the way to it, without what ``x-`` keys hold: it is not shown."""
    stack: list[tuple[Route, Any]] = [((), document.data)]
    while stack:
        route, value = stack.pop()
        if isinstance(value, dict):
            stack += [((*route, key), entry) for key, entry in value.items() if not key.startswith("x-")]
        elif isinstance(value, list):
            stack += [((*route, index), entry) for index, entry in enumerate(value)]
        else:
            yield route, value


def _capped(problems: list[Problem], document: Document, most: int) -> list[Problem]:
    if len(problems) <= most:
        return problems
    rest = Problem("limit-reached", f"{len(problems) - most} more problems in this file are not shown",
                   Span(document.path), "mend the first ones and run again")
    return [*in_reading_order(problems)[:most], rest]
