"""How to write the maps: pages made from the records and the checks themselves, the same for every atlas."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import ClassVar

from markupsafe import Markup

from journeybook.checks import CHECKS
from journeybook.checks.registry import Check
from journeybook.frozen import dataclass
from journeybook.schema.atlas import Atlas
from journeybook.schema.fields import Field, Shape, fields_of, holders, record_types
from journeybook.schema.journey import Emotion, Feeling, Journey, Stage, Step, Transition
from journeybook.schema.promises import Measure, Promise, When
from journeybook.schema.record import Record
from journeybook.schema.records import REGISTRIES
from journeybook.schema.types import slug
from journeybook.views import parts
from journeybook.views.pages import View
from journeybook.views.text import block, inline

HUB = "write/"
CHECKS_PAGE = "write/checks/"
SHELVES: tuple[tuple[str, tuple[type[Record], ...]], ...] = (
    ("A journey", (Journey, Stage, Step, Transition)),
    ("What journeys refer to", tuple(REGISTRIES[key] for key in (
        "teams", "personas", "assets", "metrics", "channels", "touchpoints", "evidence"))),
    ("What joins teams", tuple(REGISTRIES[key] for key in ("promises", "handoffs", "loops", "opportunities"))),
    ("The whole", (Atlas,)),
)
PAGES = tuple(model for _, models in SHELVES for model in models)
HOME_OF: dict[type[Record], type[Record]] = {Measure: Promise, When: Promise}
"""Parts that several records have; all others stand with the first that has them."""
PAGE_OF_TEMPLATE = {
    "journeys.html": "journey", "journey.html": "journey", "broken.html": "checks", "persona.html": "persona",
    "team.html": "team", "content.html": "asset", "content-matrix.html": "asset", "metrics.html": "metric",
    "metric.html": "metric", "channels.html": "touchpoint", "channel.html": "touchpoint", "promises.html": "promise",
    "opportunities.html": "opportunity", "lifecycle.html": "transition", "lifecycle-category.html": "transition",
    "health.html": "checks", "compare.html": "journey", "choose.html": "journey"}
"""Where the link "How to write this" of a kind of page leads; of all others to the hub."""
GROUPS = {"file": "Files", "shape": "Shape", "reference": "References", "owner": "Owners", "promise": "Promises",
          "handoff": "Handoffs", "content": "Content", "flow": "Ways", "loop": "Feedback", "evidence": "Evidence",
          "metric": "Metrics", "measured": "Measured", "review": "Reviews", "privacy": "Privacy", "image": "Pictures",
          "vocabulary": "Names", "limits": "Limits"}
_LEVEL_TONE = {"error": "off", "warning": "watch", "info": "none"}
_PLAIN = {
    "title": "a short text", "text": "a text; Markdown works", "id": "an id: lower-case letters, digits, hyphens",
    "number": "a number", "count": "a whole number", "percent": "percent, such as `60 %`", "flag": "`yes` or `no`",
    "date": "a date, such as `2026-03-31`", "duration": "a length of time, such as `3 business days`",
    "language": "a language, such as `en`, `de` or `pt-BR`",
    "address": "an address, such as `https://example.com`", "reference": "an id"}
_KIND = {"stage": "a stage, `journey/stage`", "question": "a question, `journey/stage#question`",
         "pain": "a pain, `journey/stage#pain`", "commitment": "the id of a commitment",
         "loop": "the id of a feedback loop"}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One key: what it means, what may be written, and what holds without it. ``more`` leads to its record."""

    anchor: str
    key: str
    meaning: Markup
    form: Markup
    more: parts.Link | None
    needed: bool
    default: str


@dataclass(frozen=True, slots=True)
class RecordPart:
    """One record: what it is, its short form, its keys, and an example where it stands."""

    anchor: str
    title: str
    lead: Markup
    short: Markup | None
    fields: tuple[FieldRow, ...]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView(View):
    """How to write a record, and what is written within it."""

    template: ClassVar[str] = "reference.html"
    where: Markup
    records: tuple[RecordPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteView(View):
    """The way into the reference."""

    template: ClassVar[str] = "write.html"
    shelves: tuple[tuple[str, str, tuple[parts.Link, ...]], ...]  # anchor, heading, pages


@dataclass(frozen=True, slots=True)
class CheckPart:
    """One check: ``body`` is its explanation, texts and examples in turn (kind ``text`` or ``code``)."""

    id: str
    level: parts.Tag
    summary: Markup
    body: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksView(View):
    """All checks, by group."""

    template: ClassVar[str] = "checks.html"
    groups: tuple[tuple[str, str, tuple[CheckPart, ...]], ...]  # anchor, heading, checks


def check_to(check: str) -> str:
    """Where a check is explained."""
    return f"{CHECKS_PAGE}#{check}"


def writing_to(view: View) -> str:
    """Where the records behind a page are explained; ``""`` on the pages that explain, and on what is handed out."""
    if view.uri.startswith(HUB) or view.template == "handoff.html":
        return ""
    page = PAGE_OF_TEMPLATE.get(view.template)
    return f"{HUB}{page}/" if page else HUB


def reference_makers() -> list[Callable[[], View]]:
    """The hub, a page for each record, and the checks: the same for every atlas."""
    homes = _homes()
    return [_hub, *(partial(_record_page, model, homes) for model in PAGES), _checks_page]


def _hub() -> WriteView:
    shelves = [(slug(heading), heading, tuple(
        parts.Link(_title(model), _uri(model), _lead(model)) for model in models)) for heading, models in SHELVES]
    checks = parts.Link("Checks", CHECKS_PAGE, f"All {len(CHECKS)} things that are looked at, and how to mend them.")
    return WriteView(
        uri=HUB, title="How to write maps", section="Write",
        description="Every key of every record, what may be written there, and every check.",
        shelves=(*shelves, ("help", "When something is reported", (checks,))))


def _record_page(model: type[Record], homes: dict[type[Record], type[Record]]) -> ReferenceView:
    within = [part for part in record_types() if homes.get(part) is model and part not in (model, Feeling)]
    return ReferenceView(
        uri=_uri(model), title=f"How to write {_a(_title(model).lower())}", section="Write", description=_lead(model),
        where=inline(_where(model)), records=tuple(_part(part, homes) for part in (model, *within)))


def _homes() -> dict[type[Record], type[Record]]:
    """Record → the record whose page shows it."""
    homes: dict[type[Record], type[Record]] = {**{model: model for model in PAGES}, **HOME_OF}
    waiting = [model for model in record_types() if model not in homes]
    while waiting:
        model = waiting.pop(0)
        home = next((homes[holder] for holder, _ in holders()[model] if holder in homes), None)
        if home is None:
            waiting.append(model)
        else:
            homes[model] = home
    return homes


def _part(model: type[Record], homes: dict[type[Record], type[Record]]) -> RecordPart:
    shown = Feeling if model is Emotion else model
    short = None
    if shown.main:
        short = inline(f"In short: its `{shown.main}` alone stands for the whole.")
    if model is Emotion:
        short = inline("In short: the score alone. One a persona: the persona's id, then a score or these keys.")
    anchor = slug(_title(model))
    return RecordPart(
        anchor, _title(model), inline(_lead(model)), short,
        tuple(_row(anchor, field, homes) for field in fields_of(shown)), example_in_place(model))


def _row(anchor: str, field: Field, homes: dict[type[Record], type[Record]]) -> FieldRow:
    default = field.default
    words = {True: "yes", False: "no"}.get(default, str(default)) if default is not None else ""
    record = field.shape.record or (field.shape.entry.record if field.shape.entry else None)
    more = None
    if record:
        more = parts.Link(_title(record), f"{_uri(homes[record])}#{slug(_title(record))}")
    return FieldRow(f"{anchor}-{field.key}", field.key, inline(field.description), inline(form(field)), more,
                    field.required, words)


def form(field: Field) -> str:
    """What may be written there, in plain words (Markdown)."""
    shape = field.shape
    one = _one(shape, field.targets)
    return f"one or several: {one}" if shape.many else one


def _one(shape: Shape, targets: tuple[str, ...]) -> str:
    if shape.kind == "choice":
        return ", ".join(f"`{word}`" for word in shape.choices)
    if shape.kind == "record" and shape.record:
        return f"keys of its own{', or a short form' if shape.record.main or shape.record is Emotion else ''}"
    if shape.kind == "map":
        return f"{_one(shape.entry, ()) if shape.entry else 'anything'}, below each key"
    if not targets:
        return _PLAIN[shape.kind]
    ids = " or ".join(_KIND.get(kind, f"the id of {_a(kind)}") for kind in targets)
    return ids if shape.kind == "reference" else f"{ids}, or words"


def example_in_place(model: type[Record]) -> str:
    """The example of a record below the key it stands under."""
    text = inspect.cleandoc(model.example)
    if model in (Journey, Atlas):
        return text
    registry = next((key for key, known in REGISTRIES.items() if known is model), "")
    if registry:
        return f"{registry}:\n  {_example_id(model, text)}:\n{_indented(text, 4)}"
    key, shape = next((field.key, field.shape) for _, field in holders()[model])
    if shape.kind == "map":  # by keys of one's own
        return f"{key}:\n  x-{_example_id(model, text)}:\n{_indented(text, 4)}"
    if shape.many:
        return f"{key}:\n  - {_indented(text, 4).lstrip()}"
    return f"{key}:\n{_indented(text, 2)}"


def _where(model: type[Record]) -> str:
    """Where such a record stands."""
    if model is Journey:
        return "A file of its own: whatever has `stages:` at its top is a journey, and the file's name is its id. "\
               "Lists such as `promises:`, `handoffs:` and `loops:` may stand in the same file."
    if model is Atlas:
        return "In `atlas.yml`, at the root of the maps."
    key = next((key for key, known in REGISTRIES.items() if known is model), "")
    if key:
        return f"Below `{key}:` in any file, by its id; in a list the id is a key `id` or made from its words."
    holder, field = holders()[model][0]
    return f"Below `{field.key}:` of {_a(_title(holder).lower())}."


def _example_id(model: type[Record], text: str) -> str:
    """An id for the example: the first words of its main field, or of both ends."""
    lines = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line and not line.startswith(" "))
    words = lines[model.main] if model.main else f"{lines['from']} to {lines['to']}".replace("/", " ")
    return "-".join(slug(words).split("-")[:4 if model.main else 9])


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


def _checks_page() -> ChecksView:
    groups = []
    for group, checks in groupby(CHECKS, key=lambda check: check.group):
        heading = GROUPS.get(group, group.capitalize())
        groups.append((f"group-{group}", heading, tuple(map(_check, checks))))
    return ChecksView(
        uri=CHECKS_PAGE, title="Checks", section="Write",
        description="What is looked at in the maps, why it matters, and how to mend it.", groups=tuple(groups))


def _check(check: Check) -> CheckPart:
    word = check.level.word
    return CheckPart(check.id, parts.Tag({"info": "Note"}.get(word, word.capitalize()), _LEVEL_TONE[word]),
                     inline(check.summary), tuple(_body(check.page.partition("\n")[2])))


def _body(page: str) -> Iterator[tuple[str, str]]:
    """Texts and examples in turn, as the docstring has them."""
    for index, piece in enumerate(re.split(r"```\w*\n(.*?)\n```", page, flags=re.DOTALL)):
        if index % 2:
            yield "code", piece
        elif piece.strip():
            yield "text", block(piece.strip())


def _uri(model: type[Record]) -> str:
    return f"{HUB}{slug(_title(model))}/"


def _title(model: type[Record]) -> str:
    noun = model.noun.removeprefix("persona's ").removeprefix("atlas's ")
    return "RACI" if noun == "raci" else noun.capitalize()


def _lead(model: type[Record]) -> str:
    return (model.__doc__ or "").strip().partition("\n")[0]


def _a(noun: str) -> str:
    if noun in ("evidence", "raci"):
        return noun
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"
