"""Settings of a workspace: ``atlas.yml``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from journeybook.schema.events import Events
from journeybook.schema.promises import BusinessCalendar
from journeybook.schema.record import Record
from journeybook.schema.types import Ident, Language, Length, Many, Number, Text, Title, Url, Words, fault
from journeybook.source import FAULTY

LaneGroup = Annotated[Literal["customer", "contact", "backstage", "act", "run"], Words()]
Level = Annotated[Literal["off", "info", "warning", "error"], Words()]


class EmotionScale(Record):
    """The scale of emotion scores."""

    noun: ClassVar[str] = "emotion scale"
    example: ClassVar[str] = """
        min: 0
        max: 10
        labels: [Awful, Fine, Delighted]
        """
    min: Number = Field(Decimal(-2), description="The worst score.")
    max: Number = Field(Decimal(2), description="The best score.")
    labels: Many[Title] = Field(default_factory=list, description="Words from the worst to the best.")

    @model_validator(mode="after")
    def _ordered(self) -> EmotionScale:
        if self.min >= self.max:
            raise fault("value-range", f"the scale starts at {self.min} and ends at {self.max}",
                        "write the worst score as `min` and the best as `max`")
        return self


class Category(Record):
    """A lifecycle category: a stretch of the relationship with one lead goal."""

    main: ClassVar[str] = "title"
    noun: ClassVar[str] = "category"
    example: ClassVar[str] = """
        id: buyer
        title: Buyer
        goal: Conversion
        description: From the first need to the signed contract.
        """
    id: Ident | None = Field(None, description="Short id; by default made from the title.")
    title: Title = Field(description="Its name.")
    goal: Title | None = Field(None, description="Its lead goal.")
    description: Text | None = Field(None, description="From where to where it reaches.")


class Lane(Record):
    """A row of your own on every canvas: what stages say under a key that begins with `x-`."""

    main: ClassVar[str] = "name"
    noun: ClassVar[str] = "lane"
    example: ClassVar[str] = """
        name: Legal
        icon: gavel
        group: backstage
        """
    name: Title = Field(description="What it is called.")
    icon: Title = Field("note-text-outline", description="Name of a Material Design icon.")
    group: LaneGroup = Field("run", description="The lanes it stands with, at their end.")


class Links(Record):
    """Addresses that ids are expanded into."""

    noun: ClassVar[str] = "atlas's links"
    example: ClassVar[str] = """
        tracker: https://example.com/tracker/{key}
        """
    tracker: Url | None = Field(None, description="Address of an entry in your tracker, with `{key}` in it.")

    @field_validator("tracker")
    @classmethod
    def _with_a_place_for_the_key(cls, address: str | None) -> str | None:
        if address and address != FAULTY and "{key}" not in address:
            raise fault("value-choice", "this address has no `{key}`, where the key of an entry goes",
                        f"write where it goes, such as `{address.rstrip('/')}/{{key}}`")
        return address


class Atlas(Record):
    """Settings of the atlas."""

    noun: ClassVar[str] = "atlas"
    example: ClassVar[str] = """
        title: Tallybird journeys
        description: How people find us, stay, and sometimes leave.
        purchase_point: The first paid invoice
        calendar: { days: mon-fri, hours: "09:00-17:00", timezone: Europe/Amsterdam }
        review_every: 6 months
        checks:
          asset-missing: info
          stage-without-metric: off
        """
    title: Title = Field(description="The name of the atlas.")
    description: Text | None = Field(None, description="Shown on the home page.")
    purchase_point: Title | None = Field(None, description="The moment at which a buyer becomes a customer.")
    categories: Many[Category] = Field(default_factory=list, description="Lifecycle categories, in order.")
    stage_vocabulary: dict[str, Many[Title]] = Field(
        default_factory=dict, description="Category → stage names the atlas prefers.")
    emotion: EmotionScale = Field(
        default_factory=EmotionScale.model_construct, description="The scale of emotion scores.")
    notice: Title | None = Field(None, description="A quiet line on every page, such as who may read it.")
    calendar: BusinessCalendar | None = Field(None, description="When the firm works.")
    review_every: Length | None = Field(None, description="How often records are looked over.")
    language: Language | None = Field(
        None, description="Language of the texts and of the site: its words, dates and numbers. English without it.")
    checks: dict[str, Level] = Field(
        default_factory=dict, description="Check → off, info, warning or error.")
    lanes: dict[str, Lane] = Field(
        default_factory=dict, description="Key of your own, such as `x-legal`, → a lane that shows it.")
    links: Links | None = Field(None, description="Addresses.")
    events: Events | None = Field(None, description="The event log to measure journeys from.")

    @field_validator("lanes")
    @classmethod
    def _lanes_of_their_own(cls, lanes: dict[str, Lane]) -> dict[str, Lane]:
        """A lane shows a key that stages may have: only those with ``x-`` are free."""
        for key in lanes:
            if not key.startswith("x-"):
                raise fault("value-type", f"a lane shows a key of your own, and `{key}` is none",
                            f"call it `x-{key}` here and at the stages")
        return lanes

    @model_validator(mode="before")
    @classmethod
    def _categories_by_id(cls, value: Any) -> Any:
        """Categories may be written as ``id: title`` or ``id: {title: …}``."""
        if isinstance(value, dict) and isinstance(value.get("categories"), dict):
            listed = []
            for key, entry in value["categories"].items():
                entry = {"title": entry} if isinstance(entry, str) else {} if entry is None else entry
                own = {"id": key, "title": key.replace("-", " ").capitalize()}
                listed.append({**own, **entry} if isinstance(entry, dict) else entry)
            return {**value, "categories": listed}
        return value
