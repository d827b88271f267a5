"""A new record in a registry, ready to fill in: below those of its kind, or in a file of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from journeybook.adapters.editor import keep_schema, modeline
from journeybook.adapters.new import written_once
from journeybook.adapters.project import Project
from journeybook.adapters.renaming import Files
from journeybook.adapters.report import clean
from journeybook.adapters.writing import write_whole
from journeybook.editor import known_of
from journeybook.model.drafts import quoted
from journeybook.problems import JourneybookError
from journeybook.reading import read_book
from journeybook.schema.fields import Field, fields_of
from journeybook.schema.records import KIND_OF, REGISTRIES
from journeybook.schema.types import slug
from journeybook.source.edits import Edit

KEY_OF = {kind: key for key, kind in KIND_OF.items()}
PLACEHOLDER = {"stage": "journey/stage", "channel": "web"}
INDENT = "  "


def write_entry(project: Project, kind: str, title: str, owner: str) -> tuple[str, int, list[str]]:
    """Write a record of a kind; returns the file as shown, its line, and what the user should know.

    Raises :class:`JourneybookError` where no id can be made of the title, or there is such a record already.
    """
    settings = project.settings()
    title = clean(title).strip()
    ident = slug(title)
    if not ident:
        raise JourneybookError(f"no id can be made from `{title}`", "use letters or digits in it")
    files = Files(settings)
    taken = files.defined(kind).get(ident)
    if taken:
        where = taken[0].document.locate(taken[1], key=True)
        raise JourneybookError(f"there is a {kind} `{ident}` already, at {where}",
                               "choose another title, or edit that one")
    reading = read_book(settings)
    known = {name: list(ids) for name, ids in known_of(reading.atlas, reading.documents, reading.problems).ids.items()}
    notes = []
    if owner and owner not in known["team"]:
        notes.append(f"no team has the id `{clean(owner)}`; teams are {', '.join(known['team']) or 'not listed yet'}")
    lines = list(_record(kind, ident, title, owner, known))
    keep_schema(reading, settings)
    home = _home(kind, files)
    if home is None:
        path = settings.atlas / f"{KEY_OF[kind]}.yml"
        if path.exists():
            path = settings.atlas / f"{KEY_OF[kind]}-{ident}.yml"
        text = f"{modeline(path, settings)}{KEY_OF[kind]}:\n" + "".join(f"{INDENT}{line}\n" for line in lines)
        return written_once(path, text, settings.root), 3, notes
    path, line, indent = home
    document = next(c.document for c in files.contents if files.paths[c.document.path] == path)
    text_of = files.text(document)
    end = text_of.line_end
    words = "".join(f"{indent}{new}{end}" for new in lines)
    at = text_of.offset(line + 1, 1) if line < text_of.lines else len(text_of.text)
    last = text_of.text[:at]
    write_whole(path, text_of.edited([Edit(at, at, words if last.endswith(("\n", "\r")) else end + words)]).decode())
    return os.path.relpath(path), line + 1, notes


def has_owner(kind: str) -> bool:
    """Whether records of a kind say who owns them."""
    return any(field.key == "owner" for field in fields_of(REGISTRIES[KEY_OF[kind]]))


def _home(kind: str, files: Files) -> tuple[Path, int, str] | None:
    """Where a record of a kind is added: the file, the last line of its records, and the space before their ids.

    Registries of their own come before those in journeys, and among them the one that holds most.
    """
    found = []
    for content in files.contents:
        routes = [entry.route for entry in content.entries if entry.kind == kind and isinstance(entry.route[-1], str)]
        if not routes:
            continue
        document = content.document
        place = document.locate(routes[-1], key=True)
        line = document.text.split("\n")[place.line - 1]
        if line[: place.column - 1].strip():  # within braces
            continue
        _, last = document.lines(routes[-1])
        lines = document.text.split("\n")
        while last > place.line and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
            last -= 1
        found.append((content.journey is None, len(routes), document.path, last, line[: place.column - 1]))
    if not found:
        return None
    _, _, path, last, indent = max(found)
    return files.paths[path], last, indent


def _record(kind: str, ident: str, title: str, owner: str, known: dict[str, list[str]]) -> Iterator[str]:
    """The lines of a record: what it needs filled in, the rest as comments that say what goes there."""
    model = REGISTRIES[KEY_OF[kind]]
    yield f"{ident}:"
    used: dict[str, int] = {}
    for field in fields_of(model):
        if field.key == model.main:
            yield f"{INDENT}{field.key}: {quoted(title)}"
        elif field.key == "owner" and (owner or known["team"]):
            note = "" if owner else "  # change it if it is another team"
            yield f"{INDENT}owner: {quoted(clean(owner)) if owner else known['team'][0]}{note}"
        elif field.required:
            target = field.targets[0] if field.targets else ""
            choices = known.get(target) or [PLACEHOLDER.get(target, "…")]
            value = choices[min(used.get(target, 0), len(choices) - 1)]
            used[target] = used.get(target, 0) + 1
            yield f"{INDENT}{field.key}: {value}  # {_about(field)} Change it."
        else:
            yield f"{INDENT}# {field.key}: {_about(field)}"


def _about(field: Field) -> str:
    return field.description.replace("\n", " ")
