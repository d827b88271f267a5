"""A journey and what stands in it. ``spec`` is what the team wrote; the other fields are what it means."""

from __future__ import annotations

from collections.abc import Mapping

from journeybook.frozen import dataclass
from journeybook.model.entities import Asset, Category, Channel, Evidence, Metric, Persona, Team, Touchpoint
from journeybook.model.origins import Origin, StageKey
from journeybook.schema import journey as journey_schema
from journeybook.schema import promises
from journeybook.source import FAULTY
from journeybook.words import _


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
