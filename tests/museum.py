"""An atlas in which every text field of every kind of record holds hostile words, all of ``cases/payloads.txt``.

The fields are read off the records, so that a new one is here as soon as it exists. What the checks refuse is taken out
again, and counted: a field that takes no free words is known by name (``JUDGED``).
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from journeybook.adapters.project import find_project
from journeybook.problems import Problem, Severity
from journeybook.reading import read_book
from journeybook.schema.atlas import Atlas
from journeybook.schema.fields import Field, Shape, fields_of
from journeybook.schema.journey import Emotion, Feeling, Journey
from journeybook.schema.record import Record
from journeybook.schema.records import REGISTRIES
from journeybook.settings import Limits
from support_site import DOT, picture, project

PAYLOADS = [json.loads(line) for line in
            (Path(__file__).parent / "cases" / "payloads.txt").read_text("utf-8").splitlines()]
ELEMENTS = frozenset("""
    a article b bdi blockquote body button caption circle code col colgroup dd defs details div dl dt em
    fieldset figcaption figure footer form g h1 h2 h3 h4 head header html i img input label legend li
    linearGradient link main meta nav noscript ol option p path polygon pre rect script section select small
    span stop strong summary svg symbol table tbody td template text tfoot th thead time title tr ul use
""".lower().split())
"""All that may stand in a page; ``script`` only with a text that the policy knows."""
ATTRIBUTES = frozenset("""
    alt autocapitalize autocomplete autocorrect charset checked class colspan content cx cy d datetime dir
    download for http-equiv gradientUnits height hidden href id lang loading name offset open placeholder points
    preserveAspectRatio r rel required role rx scope span spellcheck src tabindex target text-anchor title
    transform type value viewBox width x x1 x2 xlink:href xmlns xmlns:xlink y y1 y2""".lower().split())
"""And those that begin with ``aria-`` or ``data-``."""
ADDRESSES = ("href", "src", "xlink:href", "action", "formaction", "poster", "srcset", "cite", "background", "ping")
SCHEMES = ("", "https", "http", "mailto")
START, BETWEEN, END = "◤", " ◆ ", "◥"  # around hostile words, so that they can be found in pages
ROOM = 196  # characters of a title, less the two around
FREE = ("title", "text")
STRANGE = ('"><img src=x onerror=pwned=1>', "' onmouseover=pwned=1 x='", "javascript:pwned=1",
           "[a](javascript:pwned=1)")
PLAIN = {"number": "1", "count": "1", "percent": "10", "flag": "yes", "date": "2026-01-02",
         "duration": "2 days", "language": "en", "address": "https://ok.example/"}
FIXED = {  # words that must mean something: what they refuse is in the corpus, what they take is not free
    ("Persona", "photo"): "photo.png", ("Step", "image"): "photo.png", ("Asset", "file"): "photo.png",
    ("Metric", "values"): "values.csv", ("Team", "git"): "@ok/sales",
    **dict.fromkeys((("Measure", bound) for bound in ("at_most", "at_least", "equals")), "2 days"),
    ("BusinessCalendar", "days"): "mon-fri", ("BusinessCalendar", "hours"): "09:00-17:00",
    ("Opportunity", "tracker"): "JB-1", ("BusinessCalendar", "timezone"): "Europe/Berlin",
    ("Links", "tracker"): "https://ok.example/{key}", ("Events", "smallest"): "10",
    **dict.fromkeys((("Query", part) for part in ("of", "from", "to")), "a signal that stages name"),
}
LEFT_OUT = {  # keys that would only get into the way of others
    ("Journey", "parent"), ("Journey", "compares_to"), ("Journey", "related"), ("Journey", "categories"),
    ("Stage", "categories"), ("Stage", "detail"), ("Metric", "drives"), ("Team", "hats"), ("Atlas", "checks"),
    ("Metric", "query"), ("Atlas", "language"), ("EmotionScale", "min"), ("EmotionScale", "max"),
    ("Commitment", "metric"),
    ("Measure", "at_least"), ("Measure", "equals"), ("Measure", "sum"), ("Measure", "yes_no"), ("Promise", "measure"),
    ("Promise", "status"), ("Asset", "answers"), ("Asset", "states"), ("Audience", "hide_from"),
    ("Opportunity", "from"),
}


def packed(payloads: list[str]) -> list[str]:
    """All payloads in as few texts as a title allows."""
    packs: list[str] = []
    for payload in payloads:
        if packs and len(packs[-1]) + len(BETWEEN) + len(payload) <= ROOM:
            packs[-1] += BETWEEN + payload
        else:
            packs.append(payload)
    return [f"{START}{pack}{END}" for pack in packs]


class Museum:
    """Writes the atlas: ``copies`` of every kind of record, each holding the next of ``texts`` in every field."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.copies = len(texts)
        self.written: Counter[tuple[str, str]] = Counter()

    def write(self, folder: Path) -> Path:
        """A project in ``folder``."""
        maps = {f"{key}.yml": {key: {f"{key}-{n}": self._record(model, n) for n in range(self.copies)}}
                for key, model in REGISTRIES.items()}
        maps["atlas.yml"] = self._record(Atlas, 0)
        for n in range(self.copies):
            maps[f"j-{n}.yml"] = self._record(Journey, n)
        for number, name in enumerate(STRANGE):  # names of files, and of keys that do not exist, stand in pages, too
            maps[f"{name}.yml"] = {"id": f"odd-{number}", "title": "Odd", "owner": "teams-0", "stages": ["A"],
                                   name: "x"}
        files = {name: json.dumps(data, ensure_ascii=False, indent=0) for name, data in maps.items()}
        project(folder, files, f"{DOT}edit_uri: https://ok.example/edit/\n")
        (folder / "maps" / "photo.png").write_bytes(picture())
        rows = "".join(f"2026-{month:02}-01,{month}\n" for month in range(1, 13))
        (folder / "maps" / "values.csv").write_text(f"date,value\n{rows}", "utf-8")
        return folder

    def _record(self, model: type[Record], n: int) -> dict[str, Any]:
        if model is Emotion:
            feeling = self._record(Feeling, n)
            return {f"personas-{n % self.copies}": feeling} if n % 2 else feeling
        data: dict[str, Any] = {}
        for position, field in enumerate(fields_of(model)):
            place = model.__name__, field.key
            if place in LEFT_OUT:
                continue
            if place in FIXED:
                data[field.key] = FIXED[place]
                continue
            value = self._value(model, field, field.shape, n, position)
            if value is not None:
                data[field.key] = [value] if field.shape.many and not isinstance(value, list) else value
        if model.__name__ == "Stage":
            data["x-own"] = self._text(n)
        return data

    def _text(self, n: int) -> str:
        return self.texts[n % self.copies]

    def _value(self, model: type[Record], field: Field, shape: Shape, n: int, position: int) -> Any:
        if shape.kind in FREE:
            self.written[model.__name__, field.key] += 1
            return self._text(n + 7 * position)
        if shape.kind == "record" and shape.record:
            several = self.copies if model is Atlas and shape.many else 2 if field.key == "stages" else 1
            made = [self._record(shape.record, (n + other) % self.copies) for other in range(several)]
            for other, record in enumerate(made):
                if "id" in record:
                    record["id"] = {"Stage": f"s-{other}", "Category": f"c-{n + other}"}.get(
                        shape.record.__name__, f"{shape.record.__name__.lower()}-{n + other}")
            for record in made[1:] if field.key == "stages" else ():
                record.pop("signals", None)  # an event is the signal of one stage of a journey
            return made if shape.many else made[0]
        if shape.kind == "map":
            key = {"persona": f"personas-{n}", "category": f"c-{n}"}.get(next(iter(field.targets), ""), "x-own")
            inner = shape.entry and self._value(model, field, shape.entry, n, position)
            return {key: inner}
        if shape.kind == "reference":
            return self._reference(model, field, n)
        if field.key == "formerly":
            return f"old-{model.__name__.lower()}-{n}"
        if shape.kind == "id":
            return f"j-{n}" if model is Journey else "any"
        return shape.choices[0] if shape.kind == "choice" else PLAIN[shape.kind]

    def _reference(self, model: type[Record], field: Field, n: int) -> str:
        kind = field.targets[0]
        if kind == "stage":
            return f"j-{n}/s-{int(field.key in ('to', 'delivered_at'))}" if model.__name__ != "Transition" else (
                f"s-{int(field.key == 'to')}")
        return f"c-{n}" if kind == "category" else f"{kind if kind == 'evidence' else kind + 's'}-{n}".replace(
            "opportunitys", "opportunities")


def problems(folder: Path) -> list[Problem]:
    """What the checks refuse of an atlas."""
    settings = replace(find_project(folder / "mkdocs.yml").settings(),
                       limits=Limits(problems_per_file=10**9, problems_per_run=10**9))
    odd = tuple(f"{name}.yml" for name in STRANGE)
    return [problem for problem in read_book(settings).problems
            if problem.severity is Severity.ERROR and not problem.span.path.endswith(odd)]


def places(folder: Path) -> Iterator[str]:
    """The errors of an atlas in one line each, for whoever changes this file."""
    for problem in problems(folder):
        line = (folder / problem.span.path).read_text("utf-8").splitlines()[problem.span.line - 1]
        yield f"{problem.span} {problem.check} {problem.message[:100]} | {line[:80]}"


def write(folder: Path, payloads: list[str] = PAYLOADS) -> Museum:
    """The museum in a folder, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    museum = Museum(packed(payloads))
    museum.write(folder)
    return museum
