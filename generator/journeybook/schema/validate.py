"""Document → typed records and problems. All mistakes of a file are reported in one run.

A value at fault is reported, taken out of a copy of the data and the rest is read again, so that one mistake
never hides another and a faulty record still exists for those that refer to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from journeybook.problems import Problem, Span
from journeybook.schema.atlas import Atlas
from journeybook.schema.journey import Journey
from journeybook.schema.record import Record
from journeybook.schema.records import KIND_OF, REGISTRIES
from journeybook.schema.types import FAULTY, IDENT, described, nearest, nearest_id, slug
from journeybook.source.document import Document, Route

__all__ = ["FAULTY", "Contents", "Entry", "validate"]

HTML = re.compile(r"<(?:[A-Za-z][\w-]*(?:\s[^<>]*|/)?|/[A-Za-z][\w-]*|!--.*?--)>", re.DOTALL)
STAND_INS: tuple[Any, ...] = (FAULTY, "0", "2000-01-01", [], {})
ATLAS_FILES = ("atlas.yml", "atlas.yaml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file: its id, the typed record (None when nothing of it could be kept) and its route."""

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


def validate(document: Document, atlas_folder: str = "") -> tuple[Contents, list[Problem]]:
    """The records of a file. ``atlas_folder`` is the atlas's folder as paths show it."""
    contents = Contents(document)
    problems: list[Problem] = []
    if not document.readable:
        _keep_the_name(contents)
        return contents, problems
    data = document.data
    relative = PurePosixPath(document.path)
    is_atlas = relative.name in ATLAS_FILES
    is_journey = "stages" in data and not is_atlas
    rest: dict[str, Any] = {}
    for key, value in data.items():
        if key in REGISTRIES and not (is_journey and not isinstance(value, dict)):
            contents.entries += _registry(document, key, value, problems)
            if is_journey and isinstance(value, dict) and key in Journey.model_fields:
                rest[key] = [ident for ident in value if IDENT.fullmatch(ident)]  # registered here, and the journey's own
        else:
            rest[key] = value
    if is_atlas:
        if str(relative.parent).strip(".") not in ("", atlas_folder.strip(".")):
            problems.append(Problem("id-duplicate", "an atlas has one `atlas.yml`, at its root", Span(document.path),
                                    "move its settings into the one at the root, and the rest into a file named "
                                    "otherwise"))
        else:
            spec, faulty = _record(document, Atlas, rest, (), problems)
            contents.atlas = Entry("atlas", "atlas", spec, document, (), faulty)
    elif is_journey:
        contents.journey = _journey(document, rest, relative.stem, problems)
    else:
        _strangers(document, rest, problems)
    _html(document, problems)
    return contents, problems


def _keep_the_name(contents: Contents) -> None:
    """An unreadable file still tells what it was meant to hold: a journey exists for those that refer to it."""
    document = contents.document
    if "stages" in document.top_keys:
        ident = slug(PurePosixPath(document.path).stem)
        contents.journey = Entry("journey", ident, None, document, (), True)


def _journey(document: Document, data: dict[str, Any], stem: str, problems: list[Problem]) -> Entry:
    ident = data.get("id") if isinstance(data.get("id"), str) else None
    if ident is None or not IDENT.fullmatch(ident):
        if "id" not in data and not slug(stem):
            problems.append(Problem("key-missing", "the file's name gives no id", Span(document.path),
                                    "add `id:` with lower-case letters, digits and hyphens"))
        ident = slug(stem) or "journey"
    spec, faulty = _record(document, Journey, data, (), problems)
    return Entry("journey", ident, spec, document, (), faulty)


def _strangers(document: Document, rest: dict[str, Any], problems: list[Problem]) -> None:
    """Keys of a file that is no journey and that no registry has."""
    own = [key for key in rest if not key.startswith("x-")]
    likely_journey = {"title", "owner"} & set(own)
    if likely_journey:
        close = nearest_of(own, ["stages"])
        if close:
            problems.append(_unknown(document, (close,), close, "stages"))
        else:
            problems.append(Problem("key-missing", "a journey needs `stages:`", Span(document.path),
                                    "add `stages:` and one `- title:` a stage"))
        return
    for key in own:
        close = nearest(key, [*REGISTRIES, "stages"])
        problems.append(_unknown(document, (key,), key, close, "a file of this kind"))


def nearest_of(words: list[str], choices: list[str]) -> str:
    """The first word that is close to one of the choices."""
    return next((word for word in words if nearest(word, choices, 0.7)), "")


def _registry(document: Document, key: str, value: Any, problems: list[Problem]) -> list[Entry]:
    kind, model = KIND_OF[key], REGISTRIES[key]
    entries: list[Entry] = []
    if value is None:
        return entries
    if not isinstance(value, dict | list):
        problems.append(Problem("value-type", f"`{key}:` holds {kind}s by id, found {described(value)}",
                                document.locate((key,)), f"write one id a line below `{key}:`"))
        return entries
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for name, raw in pairs:
        route: Route = (key, name)
        if isinstance(value, dict) and isinstance(name, str) and name.startswith("x-"):
            continue
        if isinstance(name, int):
            ident, raw = _listed_id(document, route, raw, model, problems)
        else:
            ident = str(name)
            if not IDENT.fullmatch(ident):
                problems.append(Problem("id-invalid", f"{described(ident)} is no id",
                                        document.locate(route, key=True), nearest_id(ident)))
        if isinstance(raw, dict) and isinstance(name, str) and raw.get("id") == name:
            raw = {part: entry for part, entry in raw.items() if part != "id"}
        spec, faulty = _record(document, model, raw, route, problems)
        entries.append(Entry(kind, ident, spec, document, route, faulty))
    return entries


def _listed_id(document: Document, route: Route, raw: Any, model: type[Record],
               problems: list[Problem]) -> tuple[str, Any]:
    """The id of a record in a list: ``id:``, else the slug of its main field."""
    if isinstance(raw, dict) and isinstance(raw.get("id"), str):
        ident = raw["id"]
        if not IDENT.fullmatch(ident):
            problems.append(Problem("id-invalid", f"{described(ident)} is no id", document.locate((*route, "id")),
                                    nearest_id(ident)))
        return ident, {part: entry for part, entry in raw.items() if part != "id"}
    words = raw if isinstance(raw, str) else raw.get(model.main) if isinstance(raw, dict) else None
    ident = slug(words) if isinstance(words, str) else ""
    if isinstance(words, str) and words.strip() and not ident:
        problems.append(Problem("key-missing", f"no id can be made from {described(words)}",
                                document.locate(route), "add `id:` with letters a to z, digits and hyphens"))
    return ident or FAULTY, raw


def _record(document: Document, model: type[Record], raw: Any, route: Route,
            problems: list[Problem]) -> tuple[Record | None, bool]:
    """One record, and whether it had faults. Faulty parts are reported and replaced by stand-ins."""
    try:
        return model.model_validate({} if raw is None else raw), False
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems += _problems(document, model, route, errors)
    copy = _copied(raw if isinstance(raw, dict) else {model.main: raw} if isinstance(raw, str) else {})
    tries: dict[tuple[Any, ...], int] = {}
    for _ in range(8):
        for item in errors:
            _stand_in(copy, item["loc"], item["type"], tries)
        try:
            return model.model_validate(copy), True
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None, True


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(entry) for key, entry in value.items()}
    return [_copied(entry) for entry in value] if isinstance(value, list) else value


def _stand_in(copy: Any, loc: tuple[Any, ...], kind: str, tries: dict[tuple[Any, ...], int]) -> None:
    """Take the value at ``loc`` out of the copy, or put the next stand-in where something is required."""
    holder, last, parent, parent_key = copy, None, None, None
    for part in loc:
        if isinstance(holder, dict) and (part in holder or part == loc[-1]):
            parent, parent_key, last = holder, part, part
            holder = holder.get(part)
        elif isinstance(holder, list) and isinstance(part, int) and part < len(holder):
            parent, parent_key, last = holder, part, part
            holder = holder[part]
    if parent is None or last is None:
        return
    attempt = tries.get(loc, 0)
    tries[loc] = attempt + 1
    if kind == "missing" and isinstance(holder, dict) and loc[-1] not in holder and holder is not parent.get(loc[-1]):
        holder[loc[-1]] = STAND_INS[min(attempt, len(STAND_INS) - 1)]
    elif kind != "missing" and isinstance(parent, dict) and attempt == 0:
        parent.pop(parent_key, None)
    else:
        parent[parent_key] = STAND_INS[min(max(attempt - 1, 0), len(STAND_INS) - 1)]


def _problems(document: Document, model: type[Record], route: Route, errors: list[Any]) -> list[Problem]:
    unknown: dict[tuple[Route, str], Problem] = {}
    found: list[Problem] = []
    for item in errors:
        if item["type"] == "extra_forbidden":
            where: Route = (*route, *item["loc"])
            keys = model_at(model, item["loc"][:-1]).keys()
            close = nearest(str(where[-1]), [_written(key) for key in keys])
            unknown[where[:-1], close] = _unknown(document, where, str(where[-1]), close)
    for item in errors:
        where = (*route, *item["loc"])
        if item["type"] == "missing":
            if (where[:-1], str(where[-1])) not in unknown:  # "unknown `ownr`" already says it
                found.append(_missing(document, where, model_at(model, item["loc"][:-1])))
        elif item["type"] == "journeybook":
            context = item["ctx"]
            key = context["check"] == "key-unknown"
            found.append(Problem(context["check"], context["message"], document.locate(where, key=key),
                                 context["help"]))
        elif item["type"] != "extra_forbidden":
            found.append(Problem("value-type", f"this is not what belongs here: {described(item.get('input'))}",
                                 document.locate(where), "compare with the reference of this key"))
    return [*unknown.values(), *found]


def _missing(document: Document, where: Route, owner: type[Record]) -> Problem:
    key = _written(str(where[-1]))
    span = document.locate(where[:-1]) if len(where) > 1 else document.locate(where)
    if document.has(where):
        span = document.locate(where, key=True)
        return Problem("key-missing", f"`{key}:` has no value", span, f"write it after `{key}:`")
    field_info = next(info for name, info in owner.model_fields.items() if _written(name) == key)
    what = (field_info.description or "").rstrip(".")
    return Problem("key-missing", f"this {owner.noun} has no `{key}`", span,
                   f"add `{key}:` ({what[:1].lower()}{what[1:]})" if what else f"add `{key}:`")


def _written(name: str) -> str:
    return name.rstrip("_")


def _unknown(document: Document, where: Route, key: str, close: str, owner: str = "this place") -> Problem:
    help_text = f"write `{close}:`" if close else "delete it, or begin it with `x-` to keep a key of your own"
    return Problem("key-unknown", f"{owner} knows no key `{key}`", document.locate(where, key=True), help_text,
                   label="unknown key")


def model_at(model: type[Record], loc: tuple[Any, ...]) -> type[Record]:
    """The record class that a route of keys and positions leads to."""
    here = model
    for part in loc:
        if isinstance(part, str):
            fields = here.model_fields
            info = fields.get(part) or next(
                (entry for entry in fields.values() if entry.alias == part), None)
            inner = _inner(info.annotation) if info else None
            here = inner or here
    return here


def _inner(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation if issubclass(annotation, Record) else None
    return next((found for found in map(_inner, get_args(annotation)) if found), None)


def _html(document: Document, problems: list[Problem]) -> None:
    """Raw HTML is shown as the text it is; the writer should know."""
    if "<" not in document.text:
        return
    stack: list[tuple[Route, Any]] = [((), document.data)]
    while stack:
        route, value = stack.pop()
        if isinstance(value, dict):
            stack += [((*route, key), entry) for key, entry in value.items()]
        elif isinstance(value, list):
            stack += [((*route, index), entry) for index, entry in enumerate(value)]
        elif isinstance(value, str) and (match := HTML.search(value)):
            problems.append(Problem("html-shown", f"{described(match.group())} will be shown as text",
                                    document.locate(route), "write Markdown, such as `**bold**`, or plain text"))
