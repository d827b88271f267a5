"""One journey outside of the site: in a terminal, and as data for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from journeybook.adapters.report import clean
from journeybook.model import Journey
from journeybook.model.verdicts import verdicts
from journeybook.problems import JourneybookError
from journeybook.reading import Reading
from journeybook.schema.types import nearest
from journeybook.settings import Settings
from journeybook.views.agreements import AgreementParts
from journeybook.views.compare import LABELS
from journeybook.views.context import Context
from journeybook.views.journey_data import Item, JourneyData, LaneData, StageData, encoded, journey_data

INDENT = "   "
GAP = 23  # the column in which what a lane holds begins


def find(ident: str, reading: Reading) -> Journey:
    """The journey of an id. Raises :class:`JourneybookError` where it cannot be read, or, with the nearest one, where
    there is none.
    """
    journey = reading.atlas.journeys.get(ident)
    if ident in reading.atlas.broken:
        raise JourneybookError(f"the journey `{ident}` cannot be read: {reading.atlas.broken[ident].path} has errors",
                               "journeybook check says what is wrong")
    if journey is None:
        close = nearest(ident, reading.atlas.journeys)
        raise JourneybookError(f"there is no journey `{ident}`",
                               f"did you mean `{close}`?" if close else
                               f"journeys are {', '.join(list(reading.atlas.journeys)[:10]) or 'not written yet'}")
    return journey


def data(journey: Journey, reading: Reading, settings: Settings) -> JourneyData:
    """The journey with everything inherited and linked."""
    context = Context(reading.atlas, reading.problems, settings)
    return journey_data(journey, context, AgreementParts(context))


def as_json(journey: Journey, reading: Reading, settings: Settings) -> str:
    """What the site publishes about it, and for each of its promises the verdict with its reason."""
    record = json.loads(encoded(data(journey, reading, settings), settings.directory_urls))
    judged = verdicts(reading.atlas, settings.today)
    record["promises"] = [
        {"id": promise.id, "statement": promise.spec.statement, "verdict": judged[promise.id].word,
         "because": judged[promise.id].because}
        for promise in reading.atlas.promises.values()
        if journey.id in {key.journey for key in (promise.made_at, promise.delivered_at) if key}]
    return json.dumps(record, ensure_ascii=True, indent=2)


def as_text(found: JourneyData, width: int) -> Iterator[str]:
    """A canvas to read from top to bottom: a block a stage, a line a lane."""
    names = dict(found.personas)
    yield clean(found.title)
    yield "=" * min(width, len(found.title))
    owner = f" · {found.owner[0]}" if found.owner[0] else ""
    yield clean(f"{found.status.replace('-', ' ')} · {found.state} state{owner}")
    yield from _lanes(found.lanes, names, width, skip=frozenset({"owner"}))
    for stage in found.stages:
        yield ""
        yield clean(f"{stage.number}  {stage.title}")
        yield from _feelings(stage, names, found.scale)
        yield from _lanes(stage.lanes, names, width)


def _feelings(stage: StageData, names: dict[str, str], scale: tuple[float, float]) -> Iterator[str]:
    low, high = scale
    for one in stage.scores:
        place = round((one.score - low) / (high - low) * 20) if high > low else 0
        line = "".join("●" if at == place else "┼" if at == 10 else "─" for at in range(21))
        who = names.get(one.who, "average" if len(stage.scores) > 1 else "emotion")
        yield clean(f"{INDENT}{who[:GAP - 4]:<{GAP - 3}}{line} {one.shown} {one.word}".rstrip())


def _lanes(lanes: tuple[LaneData, ...], names: dict[str, str], width: int,
           skip: frozenset[str] = frozenset()) -> Iterator[str]:
    for lane in lanes:
        if lane.key in skip:
            continue
        label = LABELS[lane.key].lower()
        for number, item in enumerate(lane.items):
            start = f"{INDENT}{'' if number else label:<{GAP - 3}}"
            yield from textwrap.wrap(clean(_words(item, names)), max(40, width), initial_indent=start,
                                     subsequent_indent=" " * GAP, break_on_hyphens=False)


def _words(item: Item, names: dict[str, str]) -> str:
    who = ", ".join(names.get(ident, ident) for ident in item.personas)
    more = "; ".join(filter(None, (item.note, who)))
    return f"{item.text} ({more})" if more else item.text
