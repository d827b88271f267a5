"""Records of the model. ``spec`` is what the team wrote; the other fields are what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from journeybook.problems import Span
from journeybook.schema import journey as journey_schema
from journeybook.schema import promises, records
from journeybook.schema.record import Record
from journeybook.schema.types import nearest
from journeybook.source import FAULTY, Document
from journeybook.source.document import Route
from journeybook.words import _


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was written."""

    document: Document
    route: Route

    def span(self, *more: str | int, key: bool = False) -> Span:
        """The place of the record, or of something in it."""
        return self.document.locate((*self.route, *more), key=key)

    def has(self, *more: str | int) -> bool:
        """Whether the user wrote something there."""
        return self.document.has((*self.route, *more))

    def filled(self, key: str, spec: Record) -> bool:
        """Whether a value was written under a key, right or wrong, or under a slip of the key.

        Whoever asks for what is missing passes over these: the value or the slip was reported already.
        """
        if self.document.value((*self.route, key)) not in (None, "", [], {}):
            return True
        own = self.document.value(self.route)
        unknown = set(own) - set(spec.keys()) if isinstance(own, dict) else ()
        return any(nearest(word, [key], 0.75 if len(key) > 3 else 0.6) for word in unknown)

    def lines(self) -> tuple[int, int]:
        """First and last line of the record, its key's included."""
        return self.document.lines(self.route)

    def at(self, *more: str | int) -> Origin:
        """The origin of a part."""
        return Origin(self.document, (*self.route, *more))


class StageKey(NamedTuple):
    """``journey/stage``."""

    journey: str
    stage: str

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.journey}/{self.stage}"


@dataclass(frozen=True, slots=True)
class Team:
    """Who can own things. ``listed`` is False for a name used as owner in an atlas without teams."""

    id: str
    spec: records.Team
    origin: Origin
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Category:
    """A lifecycle category."""

    id: str
    title: str
    goal: str
    built_in: bool = False

    @property
    def label(self) -> str:
        """Its title as readers see it: ours follow the language of the site."""
        return _(self.title) if self.built_in else self.title

    @property
    def aim(self) -> str:
        """Its lead goal as readers see it."""
        return _(self.goal) if self.built_in and self.goal else self.goal


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known, and how."""

    id: str
    spec: records.Evidence
    origin: Origin


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which firm and customer meet."""

    id: str
    name: str
    icon: str
    built_in: bool = False

    @property
    def label(self) -> str:
        """Its name as readers see it: ours follow the language of the site."""
        return _(self.name) if self.built_in else self.name


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A place where they meet."""

    id: str
    spec: records.Touchpoint
    origin: Origin
    channel: Channel
    owner: Team | None


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of person whose journey is drawn. ``photo`` is the picture's path within the atlas."""

    id: str
    spec: records.Persona
    origin: Origin
    owner: Team | None
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One measured value. ``segment`` ``""`` is everybody; ``value`` None is a gap."""

    date: date
    value: Decimal | None
    segment: str = ""
    n: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """Something that is measured, with its values by date (dated after today left out)."""

    id: str
    spec: records.Metric
    origin: Origin
    owner: Team | None
    values: tuple[Value, ...]

    @property
    def overall(self) -> tuple[Value, ...]:
        """The values of everybody."""
        return tuple(value for value in self.values if not value.segment)

    @property
    def latest(self) -> Value | None:
        """The newest value of everybody that is no gap."""
        return next((value for value in reversed(self.overall) if value.value is not None), None)


@dataclass(frozen=True, slots=True)
class Asset:
    """A piece of content. ``stages`` and ``answers`` are those it names itself."""

    id: str
    spec: records.Asset
    origin: Origin
    owner: Team | None
    personas: tuple[Persona, ...]
    stages: tuple[StageKey, ...]
    answers: tuple[tuple[StageKey, str], ...]
    metrics: tuple[Metric, ...]
    states: tuple[str, ...]  # promises it says it makes
    file: str = ""  # its path within the atlas, where it is a file beside the YAML


@dataclass(frozen=True, slots=True)
class Question:
    """What customers ask at a stage."""

    id: str
    spec: journey_schema.Question
    origin: Origin


@dataclass(frozen=True, slots=True)
class Feeling:
    """How a persona feels: score on the atlas's scale, with the weakest basis it rests on."""

    score: float
    word: str
    basis: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step; ``number`` from 1; ``personas`` empty means all. ``image`` is a path within the atlas."""

    number: int
    spec: journey_schema.Step
    origin: Origin
    personas: tuple[Persona, ...]
    touchpoints: tuple[Touchpoint, ...]
    channels: tuple[Channel, ...]
    image: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a stage's team holds itself to. ``id`` is unique in its stage; ``clock`` are the stages it lies between."""

    id: str
    stage: StageKey
    spec: promises.Commitment
    origin: Origin
    owner: Team | None
    metric: Metric | None
    clock: tuple[StageKey, StageKey] | None = None


@dataclass(frozen=True, slots=True)
class Raci:
    """Who does what at a stage."""

    responsible: tuple[Team, ...]
    accountable: tuple[Team, ...]
    consulted: tuple[Team, ...]
    informed: tuple[Team, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage. ``number`` from 1. ``feelings`` by persona id (``""`` where a journey has no personas)."""

    key: StageKey
    number: int
    spec: journey_schema.Stage
    origin: Origin
    owner: Team | None
    categories: tuple[Category, ...]
    assets: tuple[Asset, ...]
    metrics: tuple[Metric, ...]
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    feelings: Mapping[str, Feeling]
    commitments: tuple[Commitment, ...]
    raci: Raci | None

    @property
    def title(self) -> str:
        """What people call it; its number where the title was at fault."""
        return _("Stage %(number)s", number=self.number) if FAULTY in self.spec.title else self.spec.title

    @property
    def owner_inherited(self) -> bool:
        """Whether the journey's owner stands in."""
        return self.spec.owner is None

    @property
    def overlap(self) -> bool:
        """Shared by two lifecycles: it lists two categories itself."""
        return len({*self.spec.category, *self.spec.categories}) > 1

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Every channel that its steps use, by a touchpoint or by its name, once each."""
        used = (channel for step in self.steps
                for channel in (*(touchpoint.channel for touchpoint in step.touchpoints), *step.channels))
        return tuple({channel.id: channel for channel in used}.values())

    @property
    def average(self) -> float | None:
        """Mean of the personas' scores; None when nobody is rated."""
        scores = [feeling.score for feeling in self.feelings.values()]
        return sum(scores) / len(scores) if scores else None


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from stage to stage. ``spec`` is None for the implicit next."""

    source: StageKey
    target: StageKey
    type: str
    spec: journey_schema.Transition | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Journey:
    """A journey. ``transitions`` leave its stages (implicit ones too), or are written in its file."""

    id: str
    spec: journey_schema.Journey
    origin: Origin
    owner: Team | None
    categories: tuple[Category, ...]
    personas: tuple[Persona, ...]
    metrics: tuple[Metric, ...]
    evidence: tuple[Evidence, ...]
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]
    parent: str
    compares_to: str
    related: tuple[str, ...]
    faulty: bool

    @property
    def all_transitions_known(self) -> bool:
        """Whether both ends of every transition that was written could be found."""
        written = self.origin.document.value((*self.origin.route, "transitions"))
        how_many = len(written) if isinstance(written, list) else 0 if written is None else 1
        return how_many == sum(transition.spec is not None for transition in self.transitions)

    def stage(self, ident: str) -> Stage | None:
        """The stage with an id."""
        return next((stage for stage in self.stages if stage.key.stage == ident), None)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a customer is told. ``assets`` state it, whichever side says so; stages are None where not written."""

    id: str
    spec: promises.Promise
    origin: Origin
    owner: Team | None
    made_at: StageKey | None
    delivered_at: StageKey | None
    assets: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class Handoff:
    """One stage's team passes a customer on to another's."""

    id: str
    spec: promises.Handoff
    origin: Origin
    source: StageKey
    target: StageKey
    metric: Metric | None


@dataclass(frozen=True, slots=True)
class Loop:
    """Something heard at ``source`` that must change ``target`` (a stage) or ``asset``."""

    id: str
    spec: promises.Loop
    origin: Origin
    owner: Team | None
    source: StageKey
    target: StageKey | None
    asset: Asset | None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something that could be better, with the pains and loops it comes from."""

    id: str
    spec: promises.Opportunity
    origin: Origin
    owner: Team | None
    pains: tuple[tuple[StageKey, str], ...]
    loops: tuple[str, ...]
