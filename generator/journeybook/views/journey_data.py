"""What is published about a journey as data, and what journeys are compared by: ``api/v1/journeys/<id>.json``.

Every lane is a list of items of one shape, so that whoever reads it needs to know no more about a lane than its key.
Texts are ready to read; keys and their order never depend on the language of the interface.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from markupsafe import Markup

from journeybook.formats import score
from journeybook.frozen import dataclass
from journeybook.model import Atlas, Journey
from journeybook.model.alignment import Names, names
from journeybook.views import parts, stage_parts
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context
from journeybook.views.record_places import journey_uri
from journeybook.views.stages import StageParts
from journeybook.views.text import inline, plain

VERSION = 1
FOLDER = "api/v1/"
SEVERE = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a lane. ``id`` is that of the record it stands for; ``personas`` empty means everybody.

    ``note`` is what may differ while the entry is the same (severity, state); ``level`` is a pain's severity, 1 to 3.
    """

    text: str
    id: str = ""
    note: str = ""
    personas: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """How a persona feels; ``who`` is ``""`` for the average of all. ``shown`` is the score ready to read."""

    who: str
    score: float
    shown: str
    word: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class LaneData:
    """The entries of one lane."""

    key: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class StageData:
    """A stage. ``names`` are what it is recognized by in another journey; unrated personas have no score.

    ``own`` are the team's own keys (``x-…``), as they are written.
    """

    id: str
    number: int
    title: str
    names: Names
    scores: tuple[Score, ...]
    lanes: tuple[LaneData, ...]
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overall:
    """A persona's (``""``: everybody's) scores over the whole journey, ready to read."""

    who: str
    average: str
    lowest: str


@dataclass(frozen=True, slots=True)
class JourneyData:
    """A journey. ``personas`` are (id, name); ``owner`` is (name, place of its page) or empty; ``own`` as above."""

    id: str
    title: str
    kind: str
    state: str
    status: str
    owner: tuple[str, str]
    personas: tuple[tuple[str, str], ...]
    scale: tuple[float, float]
    overall: tuple[Overall, ...]
    lanes: tuple[LaneData, ...]
    stages: tuple[StageData, ...]
    own: Mapping[str, Any] = field(default_factory=dict)


def data_uri(ident: str) -> str:
    """Where a journey's data are published."""
    return f"{FOLDER}journeys/{ident}.json"


def journey_data(journey: Journey, context: Context, agreements: AgreementParts,
                 stages: tuple[stage_parts.Stage, ...] = ()) -> JourneyData:
    """The data of a journey; ``stages`` are its parts, where they are made already."""
    spec, scale = journey.spec, context.atlas.spec.emotion
    builder = StageParts(journey, context)
    stages = stages or tuple(builder.build(stage, agreements.stage(stage)) for stage in journey.stages)
    vocabulary = context.atlas.spec.stage_vocabulary
    owner = context.team(journey.owner)
    found = tuple(
        StageData(part.id, part.number, plain(part.title), names(stage, vocabulary), tuple(_scores(part)),
                  tuple(_filled(_stage_lanes(part))), stage.spec.extensions)
        for stage, part in zip(journey.stages, stages, strict=True))
    personas = tuple((persona.id, persona.spec.name) for persona in journey.personas)
    return JourneyData(
        id=journey.id, title=spec.title, kind=spec.kind, state=spec.state, status=spec.status,
        owner=(owner.name, owner.to) if owner else ("", ""), personas=personas,
        scale=(float(scale.min), float(scale.max)),
        overall=tuple(_overall(found, ("", *(ident for ident, _ in personas)))),
        lanes=tuple(_filled(_journey_lanes(journey, context))), stages=found, own=spec.extensions)


def _scores(stage: stage_parts.Stage) -> Iterator[Score]:
    if stage.average is not None:
        yield Score("", stage.average, stage.average_shown)
    for feeling in stage.feelings:
        if feeling.score is not None:
            yield Score(feeling.persona.id, feeling.score, feeling.shown, feeling.word, feeling.basis)


def _overall(stages: Iterable[StageData], lines: Iterable[str]) -> Iterator[Overall]:
    for who in lines:
        scores = [s.score for stage in stages for s in stage.scores if s.who == who]
        if scores:
            yield Overall(who, score(sum(scores) / len(scores)), score(min(scores)))


def _filled(lanes: Iterable[tuple[str, Iterable[Item]]]) -> Iterator[LaneData]:
    """Lanes that hold something."""
    for key, items in lanes:
        found = tuple(items)
        if found:
            yield LaneData(key, found)


def _words(*texts: Markup | str | None) -> Iterator[Item]:
    """What was written, as entries."""
    return (Item(plain(text)) for text in texts if text)


def _ids(personas: Iterable[parts.PersonaRef]) -> tuple[str, ...]:
    return tuple(persona.id for persona in personas)


def _journey_lanes(journey: Journey, context: Context) -> Iterator[tuple[str, Iterable[Item]]]:
    spec = journey.spec
    yield "owner", (Item(journey.owner.spec.name, journey.owner.id),) if journey.owner else ()
    yield "personas", (Item(persona.spec.name, persona.id) for persona in journey.personas)
    for key, text in (("scenario", spec.scenario), ("trigger", spec.trigger), ("goal", spec.goal),
                      ("business-goal", spec.business_goal), ("end", spec.end_condition)):
        yield key, _words(inline(text) if text else "")
    yield "metrics", (_metric(context.metric(metric)) for metric in journey.metrics)


def _metric(metric: parts.MetricItem) -> Item:
    return Item(metric.name, metric.id, metric.target)


def _stage_lanes(stage: stage_parts.Stage) -> Iterator[tuple[str, Iterable[Item]]]:
    """The lanes of a stage, in the order in which they are shown."""
    agreed = stage.agreements
    yield "goal", _words(stage.goal)
    yield "owner", (Item(stage.owner.name),) if stage.owner else ()
    yield "duration", _words(stage.duration)
    yield "steps", (Item(plain(step.title), personas=_ids(step.personas)) for step in stage.steps)
    yield "quotes", (Item(plain(q.text), personas=_ids((q.persona,) if q.persona else ())) for q in stage.quotes)
    yield "questions", (Item(plain(question.ask)) for question in stage.questions)
    yield "touchpoints", (Item(chip.name, chip.to.partition("#")[2], personas=_ids(chip.personas))
                          for chip in stage.chips)
    yield "assets", (Item(a.title, a.id, a.status.word if a.status else "") for a in stage.assets)
    yield "pains", (Item(plain(p.text), "", p.word, _ids(p.personas), p.level) for p in stage.pains)
    yield "opportunities", (Item(plain(o.statement), o.id, o.status.word) for o in agreed.opportunities)
    yield "metrics", (_metric(metric) for metric in stage.metrics)
    yield "promises-made", (Item(plain(row.statement), row.id, row.bound) for row in agreed.made)
    yield "promises-due", (Item(plain(row.statement), row.id, row.bound) for row in agreed.due)
    yield "commitments", (Item(c.bound, c.id) for c in agreed.commitments if c.bound)
    yield "handoffs", (Item(row.taker.name if row.taker else row.target.text, "", row.within)
                       for row in agreed.handoffs_out)
    yield "systems", _words(*dict.fromkeys(name for step in stage.steps for name in step.systems))


def encoded(journey: JourneyData, directory_urls: bool) -> str:
    """A journey as JSON: the same bytes for the same journey. Addresses are relative to the site's first page."""
    name, place = journey.owner
    return _json({
        "version": VERSION, "id": journey.id, "title": journey.title,
        "url": address(journey_uri(journey.id), directory_urls), "kind": journey.kind, "state": journey.state,
        "status": journey.status, "owner": {"name": name, "url": address(place, directory_urls)} if name else None,
        "personas": [{"id": ident, "name": called} for ident, called in journey.personas],
        "scale": journey.scale,
        "overall": {line.who: {"average": line.average, "lowest": line.lowest} for line in journey.overall},
        "lanes": _lanes(journey.lanes),
        "stages": [{"id": s.id, "number": s.number, "title": s.title, "names": s.names,
                    "scores": {one.who: _bare(score=one.score, shown=one.shown, word=one.word, basis=one.basis)
                               for one in s.scores},
                    "lanes": _lanes(s.lanes), **_bare(x=s.own)} for s in journey.stages],
        **_bare(x=journey.own)})


def index(atlas: Atlas, journeys: Iterable[Journey], directory_urls: bool) -> str:
    """What there is, as JSON: journeys with the place of their data, and personas."""
    return _json({
        "version": VERSION, "title": atlas.title,
        "journeys": [{"id": j.id, "title": j.spec.title, "state": j.spec.state,
                      "url": address(journey_uri(j.id), directory_urls), "data": data_uri(j.id)} for j in journeys],
        "personas": [{"id": p.id, "name": p.spec.name,
                      "url": address(f"people/personas/{p.id}/", directory_urls)} for p in atlas.personas.values()]})


def address(place: str, directory_urls: bool) -> str:
    """The address of a page that has none below it, seen from the site's first page."""
    return place if directory_urls else f"{place.rstrip('/')}.html" if place else ""


def _lanes(lanes: Iterable[LaneData]) -> dict[str, list[dict[str, Any]]]:
    return {lane.key: [{"text": i.text, **_bare(id=i.id, note=i.note, personas=i.personas, level=i.level)}
                       for i in lane.items] for lane in lanes}


def _bare(**values: object) -> dict[str, object]:
    """Values that say something; a score of 0 does."""
    return {key: value for key, value in values.items() if value or key == "score"}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
