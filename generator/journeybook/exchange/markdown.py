"""One Markdown file a journey, and ``llms.txt`` that lists them: for language models, wikis and plain reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from journeybook.model import Atlas, Journey
from journeybook.model.verdicts import Verdict
from journeybook.views.compare import LABELS
from journeybook.views.journey_data import JourneyData, LaneData, Score
from journeybook.words import _

MARKS = re.compile(r"([\\`*_\[\]<>|~])")


def markdown(found: JourneyData, journey: Journey, ways: Iterable[str], verdicts: dict[str, Verdict],
             atlas: Atlas) -> str:
    """A journey to read from top to bottom, everything inherited said. ``ways`` are sentences about its arrows."""
    names = dict(found.personas)
    lines = [f"# {_plain(found.title)}", ""]
    if journey.spec.description:
        lines += [journey.spec.description.strip(), ""]
    lines += [f"- **Status**: {found.status}", f"- **State**: {found.state}"]
    lines += [line for lane in found.lanes for line in _lane(lane, names)]
    if found.overall:
        scores = {line.who: line for line in found.overall}
        if "" in scores:
            lines.append(f"- **Feeling**: {scores[''].average} on average, {scores[''].lowest} at the lowest "
                         f"(from {found.scale[0]:g} to {found.scale[1]:g})")
    for stage in found.stages:
        lines += ["", f"## {stage.number}. {_plain(stage.title)}", ""]
        lines += [line for lane in stage.lanes for line in _lane(lane, names)]
        lines += _feelings(stage.scores, names)
    told = [f"- {_plain(way)}" for way in ways]
    if told:
        lines += ["", "## Ways between stages", "", *told]
    lines += _promises(journey, verdicts, atlas)
    return "\n".join(lines) + "\n"


def _lane(lane: LaneData, names: dict[str, str]) -> Iterator[str]:
    label = _(LABELS.get(lane.key, lane.key))
    texts = []
    for item in lane.items:
        who = ", ".join(names.get(one, one) for one in item.personas)
        extra = "; ".join(filter(None, (item.note, who)))
        texts.append(_plain(item.text) + (f" ({_plain(extra)})" if extra else ""))
    if len(texts) == 1:
        yield f"- **{label}**: {texts[0]}"
    else:
        yield f"- **{label}**:"
        yield from (f"  - {text}" for text in texts)


def _feelings(scores: tuple[Score, ...], names: dict[str, str]) -> Iterator[str]:
    said = []
    for one in scores:
        if one.who:
            how = "".join((f" {one.word}" if one.word else "", f" ({one.basis})" if one.basis else ""))
            said.append(f"{_plain(names.get(one.who, one.who))} {one.shown}{_plain(how)}")
    average = next((one.shown for one in scores if not one.who), "")
    if average:
        yield f"- **{_(LABELS['emotion'])}**: {average}" + (f" ({', '.join(said)})" if said else "")


def _promises(journey: Journey, verdicts: dict[str, Verdict], atlas: Atlas) -> Iterator[str]:
    here = [promise for promise in atlas.promises.values()
            if journey.id in {key.journey for key in (promise.made_at, promise.delivered_at) if key}]
    if here:
        yield from ("", "## Promises", "")
    for promise in here:
        verdict = verdicts[promise.id]
        because = f": {verdict.because}" if verdict.because else ""
        yield f"- {_plain(promise.spec.statement)} — **{verdict.word or 'no verdict yet'}**{_plain(because)}"


def llms_txt(atlas: Atlas, journeys: Iterable[Journey], place: str = "journeys/{}.md") -> str:
    """The list of journeys in the form of llmstxt.org. ``place`` is where a journey's file stands, by its id."""
    lines = [f"# {_plain(atlas.title)}", ""]
    if atlas.spec.description:
        lines += [f"> {' '.join(atlas.spec.description.split())}", ""]
    lines += ["Journey maps: how customers find, buy and use what this firm offers, stage by stage, with who owns each "
              "stage, how it feels, what is measured and what is promised.", "", "## Journeys", ""]
    for journey in journeys:
        about = journey.spec.description or journey.spec.goal or ""
        lines.append(f"- [{_plain(journey.spec.title)}]({place.format(journey.id)})"
                     + (f": {' '.join(about.split())}" if about else ""))
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))
