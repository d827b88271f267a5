"""A journey, its stages, steps and transitions."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from journeybook.schema.events import Signal
from journeybook.schema.promises import Commitment, Raci
from journeybook.schema.record import Record
from journeybook.schema.records import Basis
from journeybook.schema.types import (
    Count,
    Day,
    Flag,
    Ident,
    Length,
    Many,
    Number,
    Percent,
    Reference,
    Text,
    Title,
    Url,
    Words,
    described,
    fault,
)


class Feeling(Record):
    """How somebody feels: a score on the atlas's scale, a word, and what it rests on."""

    main: ClassVar[str] = "score"
    noun: ClassVar[str] = "emotion"
    example: ClassVar[str] = """
        score: -1
        word: Torn
        basis: observed
        evidence: interviews-spring
        """
    score: Number = Field(description="On the atlas's scale, by default −2 to 2.")
    word: Title | None = Field(None, description="One word for it.")
    basis: Basis = Field("assumed", description="Assumed, observed or measured.")
    evidence: Many[Title] = Field(default_factory=list, description="Evidence ids, or words.")


FEELING = frozenset(Feeling.model_fields)


class Emotion(Record):
    """One feeling for everybody, or one a persona (``emotion: {amira: 1, dev: -2}``)."""

    noun: ClassVar[str] = "emotion"
    example: ClassVar[str] = """
        workshop-owner: 1
        bookkeeper: { score: -2, word: Left out, basis: observed }
        """
    everyone: Feeling | None = Field(None, description="The same for all personas.")
    by_persona: dict[Reference, Feeling] = Field(default_factory=dict, description="Persona id → feeling.")

    @model_validator(mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"everyone": value}
        if not isinstance(value, dict):
            raise fault("value-type", f"expected a score, found {described(value)}",
                        "write a number such as `-1`")
        if not value.keys().isdisjoint(FEELING):
            return {"everyone": value}
        if value.keys() & {"everyone", "by_persona"}:
            raise fault("key-unknown", "an emotion has a score, or one score a persona",
                        "write `emotion: 1`, or `emotion: {persona-id: 1}`")
        return {"by_persona": value}


class Pain(Record):
    """Something that hurts."""

    main: ClassVar[str] = "text"
    noun: ClassVar[str] = "pain"
    example: ClassVar[str] = """
        text: Nobody says which banks connect.
        id: no-list-of-banks
        severity: severe
        frequency: Every second trial
        root_cause: The list changes each month, and nobody owns it.
        """
    text: Text = Field(description="What hurts.")
    id: Ident | None = Field(None, description="An id, if something refers to it.")
    severity: Annotated[Literal["low", "medium", "severe"], Words()] = Field(
        "medium", description="Low, medium or severe.")
    frequency: Title | None = Field(None, description="How often.")
    root_cause: Text | None = Field(None, description="Why.")
    evidence: Many[Title] = Field(default_factory=list, description="Evidence ids, or words.")


class Step(Record):
    """One thing the person does or lives through within a stage."""

    main: ClassVar[str] = "title"
    noun: ClassVar[str] = "step"
    example: ClassVar[str] = """
        title: Connects the bank
        persona: workshop-owner
        touchpoints: [setup-screen]
        doing: Looks for the bank's name in a list of forty.
        thinking: Is this safe?
        quote: I am not typing my password in here.
        emotion: -1
        pains:
          - text: Nobody says which banks connect.
            severity: severe
        moment_of_truth: yes
        duration: 10 minutes
        backstage: The bank's interface is asked, twice if it is slow.
        systems: [Bank gateway]
        """
    title: Title = Field(description="What happens, in the customer's terms.")
    persona: Many[Reference] = Field(default_factory=list, description="Only these personas.")
    touchpoints: Many[Reference] = Field(default_factory=list, description="Where it happens.")
    channel: Many[Reference] = Field(default_factory=list, description="Where no touchpoint is named.")
    doing: Text | None = Field(None, description="What they do.")
    thinking: Text | None = Field(None, description="What they think.")
    quote: Text | None = Field(None, description="What they say.")
    emotion: Emotion | None = Field(None, description="A score, or one a persona.")
    pains: Many[Pain] = Field(default_factory=list, description="What hurts.")
    gains: Many[Text] = Field(default_factory=list, description="What pleases.")
    moment_of_truth: Flag = Field(False, description="Whether the relationship can turn here.")
    duration: Length | None = Field(None, description="How long it takes.")
    frontstage: Text | None = Field(None, description="What our people do that the customer sees.")
    backstage: Text | None = Field(None, description="What our people do that the customer does not see.")
    systems: Many[Title] = Field(default_factory=list, description="Systems that are used.")
    physical_evidence: Text | None = Field(None, description="What the customer holds in hand.")
    image: Title | None = Field(None, description="A picture beside the YAML: PNG, JPEG or WebP.")
    alt: Title | None = Field(None, description="What the picture shows, for those who cannot see it.")


class Question(Record):
    """What customers ask at a stage."""

    main: ClassVar[str] = "ask"
    noun: ClassVar[str] = "question"
    example: ClassVar[str] = """
        ask: Is this only for big firms?
        id: only-for-big-firms
        asked_by: workshop-owner
        count: 41
        period: 1 month
        """
    ask: Text = Field(description="The question in the customer's words.")
    id: Ident | None = Field(None, description="Short id; by default made from the words.")
    asked_by: Many[Title] = Field(default_factory=list, description="Persona ids, or words.")
    count: Count | None = Field(None, description="How often it was heard.")
    period: Length | None = Field(None, description="In which time.")


class Stage(Record):
    """A stretch of the journey with one goal and one accountable team."""

    main: ClassVar[str] = "title"
    noun: ClassVar[str] = "stage"
    example: ClassVar[str] = """
        id: setup
        title: Set up
        customer_goal: See the first month's figures without asking anybody.
        owner: customer-success
        duration: 2 to 5 days
        questions: How do I connect my bank?
        steps:
          - title: Connects the bank
            emotion: -1
          - Sees the first report
        assets: [bank-guide]
        metrics: [setup-time]
        commitments:
          - measure: { quantity: setup-time, at_most: 3 business days }
        exit: The first report was opened
        """
    title: Title = Field(description="Its name.")
    id: Ident | None = Field(None, description="Short id; by default made from the title.")
    category: Many[Reference] = Field(default_factory=list, description="Lifecycle category.")
    categories: Many[Reference] = Field(default_factory=list, description="Two make an overlap stage.")
    role: Annotated[Literal["entry", "normal", "exit", "hinge"], Words()] = Field(
        "normal", description="A hinge ends one journey and opens another.")
    description: Text | None = Field(None, description="What the stage is.")
    customer_goal: Text | None = Field(None, description="What the customer wants here.")
    questions: Many[Question] = Field(default_factory=list, description="What customers ask here.")
    owner: Reference | None = Field(None, description="The accountable team; by default the journey's.")
    entry: Many[Text] = Field(default_factory=list, description="What has to be true to come in.")
    exit: Many[Text] = Field(default_factory=list, description="What has to be true to go on.")
    duration: Length | None = Field(None, description="How long it usually takes.")
    steps: Many[Step] = Field(default_factory=list, description="What happens, in order.")
    assets: Many[Reference] = Field(default_factory=list, description="Content used here.")
    metrics: Many[Reference] = Field(default_factory=list, description="How success is measured here.")
    emotion: Emotion | None = Field(None, description="By default the mean of the steps'.")
    moments_of_truth: Many[Text] = Field(default_factory=list, description="Where the relationship can turn.")
    commitments: Many[Commitment] = Field(default_factory=list, description="What this stage's team holds itself to.")
    raci: Raci | None = Field(None, description="Who does, answers, is asked, is told.")
    opportunities: Many[Reference] = Field(default_factory=list, description="Opportunities that would help here.")
    signals: Many[Signal] = Field(default_factory=list, description="Behaviours that show somebody is here.")
    risks: Many[Text] = Field(default_factory=list, description="What may go wrong.")
    detail: Reference | None = Field(None, description="The journey that shows this stage in detail.")


TransitionType = Literal["next", "branch", "skip", "back", "loop", "reentry", "exit", "win-back"]


class Transition(Record):
    """A way from one stage to another, of this journey or of a different one."""

    noun: ClassVar[str] = "transition"
    example: ClassVar[str] = """
        from: decision
        to: consideration
        type: back
        condition: The price surprised them
        share: 20 %
        delay: 1 to 2 weeks
        """
    from_: Reference = Field(alias="from", description="Stage, or `journey/stage`.")
    to: Reference = Field(description="Stage, or `journey/stage`.")
    type: Annotated[TransitionType, Words()] = Field("next", description="What kind of way it is.")
    condition: Text | None = Field(None, description="When people take it.")
    trigger: Text | None = Field(None, description="What sets it off.")
    share: Percent | None = Field(None, description="Percent of people who take it.")
    delay: Length | None = Field(None, description="How long after.")
    actor: Annotated[Literal["same", "new"], Words()] = Field(
        "same", description="The same person or a new one.")


class Scope(Record):
    """What a journey covers and what not."""

    noun: ClassVar[str] = "scope"
    example: ClassVar[str] = """
        in: From the first search to the signed contract
        out: Upgrades and renewals
        """
    in_: Many[Text] = Field(default_factory=list, alias="in", description="Covered.")
    out: Many[Text] = Field(default_factory=list, description="Not covered.")


class Decision(Record):
    """Something that was decided about the journey."""

    main: ClassVar[str] = "choice"
    noun: ClassVar[str] = "decision"
    example: ClassVar[str] = """
        choice: The trial asks for no card.
        date: 2026-02-11
        why: Four of ten left at that field.
        link: https://example.com/decisions/12
        """
    choice: Text = Field(description="What was chosen.")
    date: Day | None = Field(None, description="When.")
    why: Text | None = Field(None, description="Why.")
    link: Url | None = Field(None, description="Where it can be read.")


class Journey(Record):
    """One journey map."""

    main: ClassVar[str] = ""
    noun: ClassVar[str] = "journey"
    example: ClassVar[str] = """
        title: From a tin of receipts to a first report
        owner: marketing
        persona: workshop-owner
        category: buyer
        status: validated
        trigger: A late fee arrives.
        end_condition: The first report was read.
        reviewed: 2026-06-30
        stages:
          - id: awareness
            title: Awareness
            customer_goal: Find out whether there is help for this at all.
            steps:
              - title: Searches at night, on the phone
                emotion: -1
          - id: decision
            title: Decision
        transitions:
          - from: decision
            to: awareness
            type: back
            share: 20 %
        """
    title: Title = Field(description="In the customer's words.")
    id: Ident | None = Field(None, description="By default the file's name.")
    formerly: Many[Ident] = Field(default_factory=list, description="Ids it had before; their addresses lead here.")
    description: Text | None = Field(None, description="One or two sentences; the lead of the page.")
    kind: Annotated[Literal["lifecycle", "journey", "blueprint"], Words()] = Field(
        "journey", description="Lifecycle, journey or blueprint.")
    category: Many[Reference] = Field(default_factory=list, description="Lifecycle category.")
    categories: Many[Reference] = Field(default_factory=list, description="Lifecycle categories.")
    level: Annotated[Literal["0", "1", "2", "3"], Words()] | None = Field(
        None, description="0 the whole relationship … 3 a detail.")
    parent: Reference | None = Field(None, description="The journey this one is part of.")
    state: Annotated[Literal["current", "future"], Words()] = Field(
        "current", description="As is, or as planned.")
    compares_to: Reference | None = Field(
        None, description="The current journey a future one redesigns; a page shows both side by side.")
    status: Annotated[Literal["draft", "in-review", "validated", "live", "retired"], Words()] = Field(
        "draft", description="How far the map is.")
    persona: Many[Reference] = Field(default_factory=list, description="Main persona.")
    personas: Many[Reference] = Field(default_factory=list, description="Personas whose journey it is.")
    scenario: Text | None = Field(None, description="The situation.")
    goal: Text | None = Field(None, description="What the customer wants to reach.")
    business_goal: Text | None = Field(None, description="What the firm wants to reach.")
    trigger: Text | None = Field(None, description="What starts it.")
    end_condition: Text | None = Field(None, description="When it is over.")
    scope: Scope | None = Field(None, description="What is covered, what not.")
    owner: Reference = Field(description="The accountable team.")
    sponsor: Title | None = Field(None, description="Team id or name.")
    contributors: Many[Title] = Field(default_factory=list, description="Team ids or names.")
    metrics: Many[Reference] = Field(default_factory=list, description="How the whole journey is measured.")
    tags: Many[Title] = Field(default_factory=list, description="Words to find it by.")
    evidence: Many[Title] = Field(default_factory=list, description="Evidence ids, or words.")
    reviewed: Day | None = Field(None, description="When it was last looked over.")
    review_every: Length | None = Field(None, description="How often it should be.")
    decisions: Many[Decision] = Field(default_factory=list, description="What was decided, and why.")
    related: Many[Reference] = Field(default_factory=list, description="Other journeys.")
    opportunities: Many[Reference] = Field(default_factory=list, description="What could be better: ids or records.")
    stages: Many[Stage] = Field(description="The stages, in order.")
    transitions: Many[Transition] = Field(
        default_factory=list, description="Ways that are not simply the next stage.")
