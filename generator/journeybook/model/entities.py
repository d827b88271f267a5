"""Records of the model. ``spec`` is what the team wrote; the other fields are what it means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from journeybook.frozen import dataclass
from journeybook.model.origins import Origin, StageKey
from journeybook.schema import records
from journeybook.words import _


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
