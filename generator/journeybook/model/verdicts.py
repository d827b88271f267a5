"""The verdict on every promise of an atlas, and the mistakes in what is compared.

Maintainers: the arithmetic is in :mod:`journeybook.measures`, which knows no atlas; here records become what it
compares, and its faults get their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from zoneinfo import available_timezones

from journeybook import words
from journeybook.frozen import dataclass
from journeybook.measures import calendar as measures_calendar
from journeybook.measures import measure as measures
from journeybook.measures.faults import Fault
from journeybook.measures.opening import read_calendar
from journeybook.measures.quantity import Quantity
from journeybook.measures.reasons import reading_words
from journeybook.measures.units import find_unit, relation
from journeybook.measures.verdict import WORDS, judge
from journeybook.measures.verdict import Part as Part
from journeybook.model.agreement_entities import Promise
from journeybook.model.atlas import Atlas
from journeybook.model.business import business_calendar
from journeybook.model.entities import Metric
from journeybook.model.journey_entities import Commitment
from journeybook.model.origins import Origin, StageKey
from journeybook.model.reviews import interval
from journeybook.problems import Problem
from journeybook.schema import promises as schema
from journeybook.schema.types import nearest
from journeybook.source import FAULTY
from journeybook.source.document import Route

RANKS: tuple[str, ...] = WORDS
"""All verdicts, worst first."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A promise's verdict. ``word`` None is "no verdict"; ``kept_by`` are the commitments it was compared with.

    ``faults`` lie in commitments and their metrics, each with the commitment and the key they stand at.
    """

    word: str | None
    label: str
    because: str
    parts: tuple[Part, ...]
    kept_by: tuple[Commitment, ...]
    faults: tuple[tuple[Commitment, Fault], ...]


def verdicts(atlas: Atlas, today: date) -> Mapping[str, Verdict]:
    """Promise id → verdict, worked out once for an atlas, a day and the language of its reasons."""
    key = (today, words.current().wanted)
    if key not in atlas.judged:
        atlas.judged[key] = _Verdicts(atlas, today)
    return atlas.judged[key]


class _Verdicts(Mapping[str, Verdict]):
    """The verdicts of an atlas, each worked out when somebody asks for it."""

    def __init__(self, atlas: Atlas, today: date) -> None:
        self._atlas, self._today = atlas, today
        self._reader, self._calendar = _Reader(atlas), business_calendar(atlas)
        self._known: dict[str, Verdict] = {}

    def __getitem__(self, ident: str) -> Verdict:
        """One verdict; KeyError where there is no such promise."""
        if ident not in self._known:
            self._known[ident] = _verdict(self._atlas.promises[ident], self._atlas, self._reader, self._calendar,
                                          self._today)
        return self._known[ident]

    def __iter__(self) -> Iterator[str]:
        """The ids of all promises."""
        return iter(self._atlas.promises)

    def __len__(self) -> int:
        """How many promises there are."""
        return len(self._atlas.promises)


def _verdict(promise: Promise, atlas: Atlas, reader: _Reader, calendar: measures_calendar.Calendar,
             today: date) -> Verdict:
    spec = promise.spec
    stage = atlas.stages.get(promise.delivered_at) if promise.delivered_at else None
    owed = {commitment.id: commitment for commitment in (stage.commitments if stage else ())}
    signed = signed_off(promise)
    future = bool(stage) and atlas.journeys[stage.key.journey].spec.state == "future" if stage else False
    found = judge(
        measures.Promise(
            measure=_at_fault(promise) or reader.measure(spec.measure, promise.origin, None), when=_when(spec.when),
            delivered_at=stage.spec.title if stage else "", status=spec.status, valid_from=spec.valid_from,
            valid_to=spec.valid_to, future=future, signed_on=signed.on if signed else None,
            signed_by=_name(atlas, signed.by) if signed else "",
            review_every=interval(promise, atlas)),
        [reader.commitment(commitment) for commitment in owed.values()], calendar, today)
    used = dict.fromkeys(ident for part in found.parts for ident in part.commitments)
    fitting = [c for c in owed.values() if spec.measure and c.spec.measure.quantity == spec.measure.quantity]
    placed = tuple((place, fault) for fault in found.faults if (place := reader.place_of(fault, fitting)))
    return Verdict(found.word, found.label, found.because, found.parts,
                   tuple(owed[ident] for ident in used if ident in owed), placed)


def _at_fault(promise: Promise) -> measures.Measure | None:
    """What stands for a measure that was written and could not be read (which was told); None where there is none."""
    if promise.spec.measure is not None or not promise.origin.filled("measure", promise.spec):
        return None
    return measures.Measure("", faults=(Fault("value-type", "it cannot be read"),))


def signed_off(promise: Promise) -> schema.SignOff | None:
    """Who vouched for a promise and when; None where nobody did or the day is no date (which was told)."""
    signed = promise.spec.signed_off
    written = promise.origin.document.value((*promise.origin.route, "signed_off", "on"))
    return signed if signed and str(written).strip() == str(signed.on) else None


def _name(atlas: Atlas, text: str) -> str:
    team = atlas.teams.get(text)
    return team.spec.name if team else text


class _Reader:
    """Turns written measures into comparable ones; sums are followed, and one that contains itself ends there."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._done: dict[tuple[StageKey, str], measures.Commitment] = {}
        self._open: list[tuple[StageKey, str]] = []
        self._added: dict[tuple[StageKey, str], list[Commitment]] = {}
        self.problems: list[Problem] = []

    def commitment(self, commitment: Commitment) -> measures.Commitment:
        """A commitment as it is compared."""
        key = (commitment.stage, commitment.id)
        if key not in self._done:
            self._open.append(key)
            spec = commitment.spec
            measure = self.measure(spec.measure, commitment.origin, commitment) or measures.Measure("")
            self._done[key] = measures.Commitment(commitment.id, measure, _when(spec.when), spec.exceptions or "",
                                                  _reading(commitment.metric) or clocked(commitment, self.atlas))
            self._open.pop()
        return self._done[key]

    def measure(self, spec: schema.Measure | None, origin: Origin,
                commitment: Commitment | None) -> measures.Measure | None:
        """A measure; its faults are reported once, at their keys."""
        if spec is None:
            return None
        summed = tuple(self._summands(spec, origin, commitment)) if commitment else ()
        found = _read(spec, summed)
        if commitment and len(summed) < len(spec.sum):  # told by _summands; what is left of the sum means nothing
            return measures.Measure(spec.quantity or "", faults=(Fault("reference-unknown", "a part is missing"),))
        for fault in found.faults:
            self.problems.append(Problem(fault.check, fault.message, origin.span("measure", *_route(fault.at)),
                                         fault.help))
        return found

    def unit(self, metric: Metric | None) -> None:
        """The unit of a metric that shows whether a commitment is kept is one, if it was meant to be."""
        fault = find_unit(metric.spec.unit or "") if metric and metric.spec.unit != FAULTY else None
        if metric and isinstance(fault, Fault):
            self.problems.append(Problem(fault.check, fault.message, metric.origin.span("unit"), fault.help))

    def _summands(self, spec: schema.Measure, origin: Origin, commitment: Commitment) -> Iterator[measures.Commitment]:
        for index, text in enumerate(spec.sum):
            if text == FAULTY:
                continue
            stage, mark, ident = text.rpartition("#")
            journey, slash, name = stage.partition("/")
            key = StageKey(journey, name) if slash else StageKey(commitment.stage.journey, stage) if mark else (
                commitment.stage)
            home = self.atlas.stages.get(key)
            other = next((c for c in home.commitments if c.id == ident), None) if home else None
            span = origin.span("measure", "sum", index)
            if other is None:
                known = [c.id for c in home.commitments] if home else []
                close = nearest(ident, known)
                self.problems.append(Problem(
                    "reference-unknown", f"there is no commitment `{text}` to add up", span,
                    f"write `{close}`" if close else
                    "write the id of a commitment of this stage, or `journey/stage#id`"))
            elif (key, ident) in self._open:
                self.problems.append(Problem("reference-cycle", f"the sum `{commitment.id}` contains itself", span,
                                             "take this entry out"))
            else:
                self._added.setdefault((commitment.stage, commitment.id), []).append(other)
                yield self.commitment(other)

    def place_of(self, fault: Fault, commitments: Iterable[Commitment]) -> Commitment | None:
        """The commitment a fault lies in: one of these, or of what they add up."""
        ident = fault.at.partition("/")[0]
        for commitment in commitments:
            if commitment.id == ident:
                return commitment
            inner = self.place_of(fault, self._added.get((commitment.stage, commitment.id), ()))
            if inner:
                return inner
        return None


def _route(at: str) -> Route:
    """``holidays/2`` → the way there."""
    return tuple(int(part) if part.isdigit() else part for part in at.split("/") if part)


def _when(spec: schema.When | None) -> measures.When:
    if spec is None:
        return measures.When()
    return measures.When(frozenset(int(month) for month in spec.months), tuple(spec.segments), spec.text or "")


def _reading(metric: Metric | None) -> measures.Reading | None:
    latest = metric.latest if metric else None
    if metric is None or latest is None or latest.value is None:
        return None
    query = metric.spec.query
    percent = int(query.percentile) if query and query.ask == "time-between" else None
    return measures.Reading(Decimal(latest.value), metric.spec.unit or "", latest.date, metric.spec.cadence, percent)


def clocked(commitment: Commitment, atlas: Atlas) -> measures.Reading | None:
    """The time between the two stages of a commitment's clock within which nine of ten went, by the log."""
    measured = atlas.measured.get(commitment.clock[0].journey) if commitment.clock else None
    if commitment.clock is None or measured is None:
        return None
    way = measured.way(*(key.stage for key in commitment.clock))
    if way is None:
        return None
    every = atlas.spec.events.every if atlas.spec.events else None
    amount, unit = (way.p90, "hours") if way.p90 < 48 else (way.p90 / 24, "days")
    return measures.Reading(round(amount, 1), unit, measured.last, every, 90, measured.first)


def kept_to(commitment: Commitment, atlas: Atlas, today: date) -> str:
    """Why the log shows that a commitment is missed; ``""`` where it is kept or nothing is known."""
    reading = clocked(commitment, atlas)
    own = _Reader(atlas).commitment(commitment)
    if reading is None or not own.measure.bounds or own.measure.faults:
        return ""
    same = replace(own, when=measures.ALWAYS, reading=replace(reading, cadence=None))  # its age is told elsewhere
    found = judge(measures.Promise(measure=own.measure, delivered_at=commitment.stage.stage), [same],
                  business_calendar(atlas), today)
    unit = find_unit(reading.unit)
    if found.word != "missed-in-data" or isinstance(unit, Fault):
        return ""
    return f"{reading_words(Quantity('', reading.amount, unit), reading)}; it allows {own.measure.high}"


def metric_fault(commitment: Commitment) -> str:
    """Why a commitment's metric cannot show whether it is kept, ``""`` where it can or nothing is known of it."""
    metric = commitment.metric
    spec = commitment.spec.measure
    bounds = _read(spec).bounds
    if metric is None or not metric.spec.unit or metric.spec.unit == FAULTY or not bounds:
        return ""
    unit = find_unit(metric.spec.unit)
    if isinstance(unit, Fault) or relation(unit, bounds[0].quantity.unit) in ("same", "starts"):
        return ""
    return f"the metric `{metric.id}` is in {metric.spec.unit}, the commitment is {bounds[0].quantity}"


def _read(spec: schema.Measure, summed: tuple[measures.Commitment, ...] = ()) -> measures.Measure:
    at_most, at_least, equals = (
        None if bound == FAULTY else bound for bound in (spec.at_most, spec.at_least, spec.equals))
    if summed:
        return measures.read_measure(spec.quantity or "", at_most=at_most, at_least=at_least, equals=equals,
                                     yes_no=spec.yes_no or None, sum=summed)
    return _read_plain(spec.quantity or "", at_most, at_least, equals, spec.yes_no or None)


@lru_cache(maxsize=8192)
def _read_plain(quantity: str, at_most: str | None, at_least: str | None, equals: str | None,
                yes_no: bool | None) -> measures.Measure:
    return measures.read_measure(quantity, at_most=at_most, at_least=at_least, equals=equals, yes_no=yes_no)


def measure_faults(atlas: Atlas) -> list[Problem]:
    """What is wrong with measures: bounds that cannot be read, sums that lead nowhere, units that do not exist."""
    reader = _Reader(atlas)
    for promise in atlas.promises.values():
        reader.measure(promise.spec.measure, promise.origin, None)
    for stage in atlas.stages.values():
        for commitment in stage.commitments:
            reader.commitment(commitment)
            reader.unit(commitment.metric)
    return list(dict.fromkeys(reader.problems))


def calendar_faults(spec: schema.BusinessCalendar | None, origin: Origin | None) -> Iterable[Problem]:
    """What is wrong with the calendar of the atlas."""
    if spec is None or origin is None:
        return
    _, faults = read_calendar(spec.days or None, spec.hours or None, spec.holidays)
    for fault in faults:
        yield Problem(fault.check, fault.message, origin.span("calendar", *_route(fault.at)), fault.help)
    zone = spec.timezone
    if zone and zone != FAULTY and zone not in available_timezones():
        close = nearest(zone, available_timezones())
        yield Problem("value-choice", f"there is no time zone `{zone}`", origin.span("calendar", "timezone"),
                      f"write `{close}`" if close else "write a name such as `Europe/Berlin`")
