"""What differs between two journeys, or between two personas: both curves, and a table stage by stage.

The browser draws the same from published data where any two are chosen (``theme/scripts/page/compare.js``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from journeybook.diagrams.emotion import EmotionPlot
from journeybook.model import Journey
from journeybook.model.alignment import Row, align
from journeybook.theme import page_script, page_style
from journeybook.views import parts, stage_parts
from journeybook.views.agreements import AgreementParts
from journeybook.views.compare_parts import ChooseView, CompareView, Comparison, DiffRow, DiffStage, Mark, Side
from journeybook.views.context import Context
from journeybook.views.journey_data import (
    FOLDER,
    SEVERE,
    Item,
    JourneyData,
    LaneData,
    Score,
    StageData,
    data_uri,
    index,
    journey_data,
)
from journeybook.views.record_places import journey_uri
from journeybook.views.vocabulary import STATES, STATUS_TONE, status_tag
from journeybook.views.ways import level
from journeybook.words import N_, _

URI = "compare/"  # not below journeys/, where a journey may have this id
SECTION = N_("Journeys")
SCRIPT = "assets/journeybook/compare.js"
LOOK = "assets/journeybook/compare.css"
FEELING = N_("Emotion")
LABELS = {
    "owner": N_("Owner"), "personas": N_("Personas"), "scenario": N_("Scenario"), "trigger": N_("Starts when"),
    "goal": N_("Goal"), "business-goal": N_("Business goal"), "end": N_("Ends when"), "duration": N_("Duration"),
    "emotion": FEELING, "steps": N_("Steps"), "quotes": N_("In their words"), "questions": N_("Questions"),
    "touchpoints": N_("Touchpoints"), "assets": N_("Content"), "pains": N_("Pain points"),
    "opportunities": N_("Opportunities"), "metrics": N_("Metrics"), "promises-made": N_("Promises made here"),
    "promises-due": N_("Promises kept here"), "commitments": N_("Commitments"), "handoffs": N_("Handoffs to"),
    "systems": N_("Systems"),
}
"""What is compared, in the order of the table."""
SINGLE = frozenset({"owner", "scenario", "trigger", "goal", "business-goal", "end", "duration"})
TAGS = {
    "only-a": parts.Tag(N_("Only in A"), "none", "alpha-a-circle-outline"),
    "only-b": parts.Tag(N_("Only in B"), "none", "alpha-b-box-outline"),
    "only-current": parts.Tag(N_("Only in the current state"), "none", "minus-circle-outline"),
    "only-future": parts.Tag(N_("Only in the future state"), "none", "plus-circle-outline"),
    "gone": parts.Tag(N_("Gone"), "none", "minus-circle-outline"),
    "new": parts.Tag(N_("New"), "none", "plus-circle-outline"),
    "pain-gone": parts.Tag(N_("Gone"), "ok", "minus-circle-outline"),
    "pain-new": parts.Tag(N_("New"), "off", "plus-circle-outline"),
    "here": parts.Tag(N_("Only here"), "none", "circle-outline"),
    "changed": parts.Tag(N_("Changed"), "none", "swap-horizontal"),
    "moved": parts.Tag(N_("Moved"), "none", "swap-vertical"),
    "better": parts.Tag(N_("Better"), "ok", "trending-up"),
    "worse": parts.Tag(N_("Worse"), "off", "trending-down"),
    "higher": parts.Tag(N_("Higher"), "none", "trending-up"),
    "lower": parts.Tag(N_("Lower"), "none", "trending-down"),
}
NUMBERS = {"stages": N_("Stages"), "average": N_("Average feeling"), "lowest": N_("Lowest point"),
           "pains": N_("Pain points"), "severe": N_("Severe pain points")}
NOT_RATED = N_("Not rated")
WORDS = {
    "choose": N_("Choose two journeys, or one journey and two personas."),
    "failed": N_("The data could not be loaded."), "shown": N_("Compared: {a} and {b}."),
    "curves": N_("Both emotion curves"), "differs": N_("What differs"), "side": N_("Side"), "what": N_("What"),
    "whole": N_("The journey as a whole"), "change": N_("Difference"), "both": N_("In both:"), "nothing": N_("Nothing"),
    "absent": N_("No such stage"), "still": N_("No difference"), "same": N_("Nothing differs here."),
}
"""What the script writes; the templates write the same."""

def compared_with(journey: Journey, context: Context) -> Iterator[tuple[str, str]]:
    """(place of the comparison, what to call it) of the other states of a journey."""
    if journey.compares_to and context.shown(journey.compares_to):
        yield pair_uri(journey.id), _("Compare with the current state")
    for other in context.atlas.futures.get(journey.id, ()):
        if context.shown(other.id):
            yield pair_uri(other.id), _("Compare with the future state")


def pairs(context: Context) -> list[Journey]:
    """Journeys that redesign another one, where both can be shown."""
    return [journey for journey in context.atlas.journeys.values()
            if journey.compares_to and context.shown(journey.id) and context.shown(journey.compares_to)]


def pair_uri(ident: str) -> str:
    """Where a journey is compared with the one that it redesigns (it names one; many may redesign that one)."""
    return f"{journey_uri(ident)}compare/"


def compare_view(journey: Journey, context: Context, agreements: AgreementParts) -> CompareView:
    """The page of a journey and the one it redesigns."""
    now = context.atlas.journeys[journey.compares_to]
    found = compare(journey_data(now, context, agreements), journey_data(journey, context, agreements))
    return CompareView(
        uri=pair_uri(journey.id), title=_("%(journey)s: current and future state", journey=now.spec.title),
        section=_(SECTION),
        description=f"{now.spec.title} · {journey.spec.title}", comparison=found, free=(now.id, journey.id))


def choose_view(context: Context) -> ChooseView:
    """The page where any two are chosen."""
    shown = sorted((j for j in context.atlas.journeys.values() if context.shown(j.id)),
                   key=lambda j: (j.spec.title.casefold(), j.id))
    found = tuple((parts.Link(j.spec.title, pair_uri(j.id)), context.atlas.journeys[j.compares_to].spec.title)
                  for j in pairs(context))
    return ChooseView(
        uri=URI, title=_("Compare journeys or personas"), section=_(SECTION),
        description=_("Two journeys side by side, or one journey as two personas live it: curves and differences."),
        options=tuple((j.id, j.spec.title, data_uri(j.id)) for j in shown), pairs=found, tags=tuple(_all_tags()),
        words=json.dumps({**_told(WORDS), "labels": _told(LABELS), "numbers": _told(NUMBERS), "states": _told(STATES),
                          "stage": [_("Stage %(number)s in A", number="{}"), _("Stage %(number)s in B", number="{}")],
                          "single": sorted(SINGLE), "unrated": _(NOT_RATED)}, ensure_ascii=False),
        script=SCRIPT, files=(
            (f"{FOLDER}index.json", index(context.atlas, shown, context.settings.directory_urls)),
            (SCRIPT, page_script("compare")), (LOOK, page_style("compare"))))


def _all_tags() -> Iterator[tuple[str, parts.Tag]]:
    yield from ((key, parts.said(tag)) for key, tag in TAGS.items())
    yield from ((f"status-{word}", status_tag(word)) for word in STATUS_TONE)


def _told(words: Mapping[str, str]) -> dict[str, str]:
    """A table of marked words in the language of the site."""
    return {key: _(text) for key, text in words.items()}


def _tag(key: str) -> parts.Tag:
    return parts.said(TAGS[key])


def compare(a: JourneyData, b: JourneyData, who: tuple[str, str] = ("", "")) -> Comparison:
    """Two journeys side by side; ``who`` are persona ids, ``""`` for everybody."""
    pair = _Pair(a, b, who)
    rows = align([stage.names for stage in a.stages], [stage.names for stage in b.stages])
    stages = tuple(pair.stage(row) for row in rows)
    lines = tuple(tuple(_score_at(journey, at, one) for at in places) for journey, one, places in (
        (a, who[0], [row.a for row in rows]), (b, who[1], [row.b for row in rows])))
    low, high = min(a.scale[0], b.scale[0]), max(a.scale[1], b.scale[1])
    return Comparison(
        a=pair.side(0), b=pair.side(1), numbers=tuple(pair.numbers()), plot=EmotionPlot(low, high, (), lines),
        whole=tuple(pair.lanes(a.lanes, b.lanes)), stages=stages)


class _Pair:
    """Two journeys with the words for what differs between them."""

    def __init__(self, a: JourneyData, b: JourneyData, who: tuple[str, str]) -> None:
        self.both, self.who = (a, b), who
        self.people = tuple(dict((*a.personas, *b.personas)).items()) if who == ("", "") else ()
        states = a.state != b.state
        self.only = tuple(_tag(f"only-{journey.state if states else letter}")
                          for journey, letter in zip(self.both, "ab", strict=True))
        self.in_time = (a.state, b.state) == ("current", "future")

    def side(self, which: int) -> Side:
        """The head of one side."""
        journey, letter = self.both[which], "AB"[which]
        person = dict(journey.personas).get(self.who[which], "")
        states = self.both[0].state != self.both[1].state
        state, (owner, place) = _(STATES[journey.state]), journey.owner
        return Side(
            parts.PersonaRef(which, letter, letter, letter, "", ""), name=state if states else person or journey.title,
            title=journey.title, to=journey_uri(journey.id), state=state, status=status_tag(journey.status),
            owner=parts.Link(owner, place) if owner else None, person=person)

    def numbers(self) -> Iterator[parts.Fact]:
        """``5 → 4`` for what can be counted."""
        found = []
        for journey, who in zip(self.both, self.who, strict=True):
            line = next((line for line in journey.overall if line.who == who), None)
            pains = [item for stage in journey.stages for item in _items(stage.lanes, "pains", who)]
            found.append({
                "stages": str(len(journey.stages)), "average": line.average if line else "–",
                "lowest": line.lowest if line else "–", "pains": str(len(pains)),
                "severe": str(sum(item.level == SEVERE for item in pains))})
        for key, label in NUMBERS.items():
            yield parts.Fact(_(label), f"{found[0][key]} → {found[1][key]}")

    def stage(self, row: Row) -> DiffStage:
        """One row of aligned stages."""
        a = None if row.a is None else self.both[0].stages[row.a]
        b = None if row.b is None else self.both[1].stages[row.b]
        there = [stage for stage in (a, b) if stage]
        one, other = (_score(stage, who) for stage, who in zip((a, b), self.who, strict=True))
        tag = self.only[0] if b is None else self.only[1] if a is None else _tag("moved") if row.moved else None
        return DiffStage(
            title=" → ".join(dict.fromkeys(stage.title for stage in there)), a=self._link(0, a), b=self._link(1, b),
            tag=tag, shown=(one.shown if one else "", other.shown if other else ""),
            word=(one.word if one else "", other.word if other else ""), change=_change(one, other, self.in_time),
            feelings=tuple(self._dot(which, at) for which, at in enumerate((one, other)) if at),
            rows=(*self._feelings(a, b),
                  *self.lanes(a.lanes if a else (), b.lanes if b else (), alone=a is None or b is None)))

    def _link(self, which: int, stage: StageData | None) -> parts.Link | None:
        if stage is None:
            return None
        return parts.Link(str(stage.number), f"{journey_uri(self.both[which].id)}#stage-{stage.id}")

    def _dot(self, which: int, at: Score) -> stage_parts.Feeling:
        badge = self.side(which).badge
        return stage_parts.Feeling(badge, at.score, at.shown, level(at.score), at.word, at.basis, None)

    def _feelings(self, a: StageData | None, b: StageData | None) -> Iterator[DiffRow]:
        """A row a persona whose feeling differs; of two personas one row."""
        feeling = _(FEELING)
        lines = [(who, who, name, feeling) for who, name in self.people] or [(*self.who, feeling, "")]
        for mine, yours, label, sub in lines:
            one, other = _score(a, mine), _score(b, yours)
            if _read(one) != _read(other):
                yield DiffRow(label, 0, _felt(a, one), _felt(b, other), _change(one, other, self.in_time), sub)

    def lanes(self, a: tuple[LaneData, ...], b: tuple[LaneData, ...], alone: bool = False) -> Iterator[DiffRow]:
        """The kinds of information that differ; ``alone`` where one side has nothing at all to compare with."""
        for key, label in LABELS.items():
            mine, yours = _items(a, key, self.who[0]), _items(b, key, self.who[1])
            one, other = _without(mine, yours), _without(yours, mine)
            if one or other:
                plainly = alone or key in SINGLE
                yield DiffRow(_(label), len(mine) - len(one), tuple(self._marks(one, other, key, "gone", plainly)),
                              tuple(self._marks(other, one, key, "new", plainly)))

    def _marks(self, mine: list[Item], yours: list[Item], key: str, word: str, plainly: bool) -> Iterator[Mark]:
        """Entries that the other side lacks, or has with another note."""
        there = {item.id or item.text for item in yours}
        for item in mine:
            if plainly:
                tag = None
            elif (item.id or item.text) in there:
                tag = _tag("changed")
            else:
                tag = _tag(f"pain-{word}" if key == "pains" else word) if self.in_time else _tag("here")
            yield Mark(item.text, item.note, tag)


def _items(lanes: Iterable[LaneData], key: str, who: str) -> list[Item]:
    """The entries of a lane that are there for somebody."""
    found = (item for lane in lanes if lane.key == key for item in lane.items)
    return [item for item in found if not who or not item.personas or who in item.personas]


def _without(mine: list[Item], yours: list[Item]) -> list[Item]:
    """Entries without an equal on the other side; each equal counts once."""
    left = Counter((item.id or item.text, item.note) for item in yours)
    rest = []
    for item in mine:
        same = (item.id or item.text, item.note)
        if left[same]:
            left[same] -= 1
        else:
            rest.append(item)
    return rest


def _score(stage: StageData | None, who: str) -> Score | None:
    return next((one for one in stage.scores if one.who == who), None) if stage else None


def _score_at(journey: JourneyData, at: int | None, who: str) -> float | None:
    found = None if at is None else _score(journey.stages[at], who)
    return found.score if found else None


def _change(one: Score | None, other: Score | None, in_time: bool) -> parts.Tag | None:
    """Better or worse (of two that do not follow each other: higher or lower), where both are rated and differ."""
    if one is None or other is None or one.shown == other.shown:
        return None
    words = ("better", "worse") if in_time else ("higher", "lower")
    return _tag(words[other.score < one.score])


def _read(one: Score | None) -> tuple[str, str] | None:
    return (one.shown, one.word) if one else None


def _felt(stage: StageData | None, one: Score | None) -> tuple[Mark, ...]:
    if stage is None:
        return ()
    return (Mark(one.shown, one.word, None),) if one else (Mark(_(NOT_RATED), "", None),)
