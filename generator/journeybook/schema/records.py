"""Records of the registries: teams, personas, assets, metrics, channels, touchpoints, evidence."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from journeybook.schema.events import Query
from journeybook.schema.promises import Handoff, Loop, Opportunity, Promise
from journeybook.schema.record import Record
from journeybook.schema.types import (
    Count,
    Day,
    Flag,
    Grade,
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
)


class Team(Record):
    """Somebody who can own things: a team, or a person in it."""

    main: ClassVar[str] = "name"
    noun: ClassVar[str] = "team"
    example: ClassVar[str] = """
        name: Customer success
        lead: Pia Lund
        contact: "#customer-success"
        git: "@tallybird/success"
        members: [Pia Lund, Tom Okoro]
        """
    name: Title = Field(description="What the firm calls it.")
    formerly: Many[Ident] = Field(default_factory=list, description="Ids it had before; their addresses lead here.")
    kind: Annotated[Literal["team", "person"], Words()] = Field("team", description="A team or one person.")
    lead: Title | None = Field(None, description="Who leads it: a team's id or a name.")
    contact: Title | None = Field(None, description="Where to reach it: a channel, an address.")
    git: Many[Title] = Field(default_factory=list, description="Handles at the Git host.")
    members: Many[Title] = Field(default_factory=list, description="Who is in it: team ids or names.")
    hats: Many[Reference] = Field(default_factory=list, description="Teams that this one person also is.")


class Demographics(Record):
    """Who a persona is."""

    noun: ClassVar[str] = "persona's demographics"
    example: ClassVar[str] = """
        age: 38 to 45
        location: A small town
        education: Trade school
        """
    age: Title | None = Field(None, description="Age or range.")
    gender: Title | None = Field(None, description="Gender, where it matters.")
    location: Title | None = Field(None, description="Where they live.")
    income: Title | None = Field(None, description="Income or turnover.")
    education: Title | None = Field(None, description="Schooling.")


class Work(Record):
    """What a persona does for a living."""

    main: ClassVar[str] = "title"
    noun: ClassVar[str] = "persona's work"
    example: ClassVar[str] = """
        title: Owner
        role: Decides what is bought
        company: Joinery with six people
        """
    title: Title | None = Field(None, description="Job title.")
    role: Title | None = Field(None, description="What they decide.")
    company: Title | None = Field(None, description="Where they work.")


class Motivations(Record):
    """Why a persona moves."""

    noun: ClassVar[str] = "persona's motivations"
    example: ClassVar[str] = """
        emotional: To have weekends back
        logical: [Four hours a week less paperwork, Fewer late fees]
        """
    emotional: Many[Text] = Field(default_factory=list, description="What they want to feel.")
    logical: Many[Text] = Field(default_factory=list, description="What they can put a number on.")


Role = Annotated[Literal["buyer", "customer", "user", "influencer", "approver"], Words()]
Basis = Annotated[Literal["assumed", "observed", "measured"], Words()]


class Persona(Record):
    """A kind of person whose journey is drawn."""

    main: ClassVar[str] = "name"
    noun: ClassVar[str] = "persona"
    example: ClassVar[str] = """
        name: Bram Visser
        role: [buyer, customer]
        summary: Runs a joinery of six people and does the books on Sunday evenings.
        work: { title: Owner, company: Joinery with six people }
        goals: Know each Friday whether the week paid for itself
        frustrations: [Receipts in three places, Words that only accountants know]
        motivations:
          emotional: To have weekends back
          logical: Fewer late fees
        preferred_channels: [phone, web]
        quote: I build kitchens, I do not file.
        share: 35 %
        basis: observed
        sources: [interviews-spring]
        owner: marketing
        reviewed: 2026-05-12
        """
    name: Title = Field(description="The name people use for this persona.")
    formerly: Many[Ident] = Field(default_factory=list, description="Ids it had before; their addresses lead here.")
    role: Many[Role] = Field(
        default_factory=list, description="Buyer, customer, user, influencer or approver.")
    summary: Text | None = Field(None, description="One or two sentences.")
    demographics: Demographics | None = Field(None, description="Age, gender, location, income, education.")
    work: Work | None = Field(None, description="Title, role and company.")
    goals: Many[Text] = Field(default_factory=list, description="What they want to reach.")
    problems: Many[Text] = Field(default_factory=list, description="What stands in their way.")
    motivations: Motivations | None = Field(None, description="Emotional and logical reasons.")
    behaviours: Many[Text] = Field(default_factory=list, description="What they do.")
    buying_habits: Many[Text] = Field(default_factory=list, description="How they buy.")
    influences: Many[Text] = Field(default_factory=list, description="Whom they listen to.")
    preferred_channels: Many[Title] = Field(default_factory=list, description="Channel ids or words.")
    preferred_content: Many[Text] = Field(default_factory=list, description="What they like to read.")
    frustrations: Many[Text] = Field(default_factory=list, description="What annoys them.")
    quote: Text | None = Field(None, description="A sentence they say.")
    share: Percent | None = Field(None, description="Percent of customers.")
    basis: Basis | None = Field(None, description="Assumed, observed or measured; without it, assumed.")
    sources: Many[Title] = Field(default_factory=list, description="Evidence ids, or words such as survey.")
    photo: Title | None = Field(None, description="A picture beside the YAML: PNG, JPEG or WebP.")
    alt: Title | None = Field(None, description="What the picture shows, for those who cannot see it.")
    owner: Reference | None = Field(None, description="The team that keeps it true.")
    reviewed: Day | None = Field(None, description="When it was last looked over.")
    review_every: Length | None = Field(None, description="How often it should be.")


class Audience(Record):
    """Whom an asset is shown to or hidden from."""

    noun: ClassVar[str] = "audience"
    example: ClassVar[str] = """
        show_to: workshop-owner
        hide_from: bookkeeper
        """
    show_to: Many[Reference] = Field(default_factory=list, description="Persona ids.")
    hide_from: Many[Reference] = Field(default_factory=list, description="Persona ids.")


class Asset(Record):
    """A piece of content or material used at a stage."""

    main: ClassVar[str] = "title"
    noun: ClassVar[str] = "asset"
    example: ClassVar[str] = """
        title: Ten signs you have outgrown the tin
        type: checklist
        url: https://example.com/ten-signs
        stages: first-search/awareness
        personas: workshop-owner
        answers: first-search/awareness#only-for-big-firms
        states: setup-48h
        owner: marketing
        status: live
        reviewed: 2026-06-30
        review_every: 12 months
        """
    title: Title = Field(description="What it is called.")
    type: Title | None = Field(None, description="Checklist, comparison page, setup guide … (an open list).")
    url: Url | None = Field(None, description="Where it is.")
    file: Title | None = Field(None, description="A file beside the YAML.")
    stages: Many[Reference] = Field(default_factory=list, description="Where it is used: `journey/stage`.")
    personas: Many[Reference] = Field(default_factory=list, description="Whom it is for.")
    answers: Many[Reference] = Field(default_factory=list, description="Questions: `journey/stage#question`.")
    owner: Reference | None = Field(None, description="The team that keeps it up to date.")
    status: Annotated[Literal["idea", "planned", "live", "retired"], Words()] = Field(
        "live", description="Only a live asset answers a question.")
    format: Title | None = Field(None, description="PDF, video, page …")
    language: Title | None = Field(None, description="Its language.")
    gated: Flag | None = Field(None, description="Whether a form stands in front of it.")
    audience: Audience | None = Field(None, description="Personas to show it to or hide it from.")
    states: Many[Reference] = Field(default_factory=list, description="Promises that it makes.")
    metrics: Many[Reference] = Field(default_factory=list, description="Metrics that tell whether it works.")
    reviewed: Day | None = Field(None, description="When it was last looked over.")
    review_every: Length | None = Field(None, description="How often it should be.")
    priority: Grade | None = Field(None, description="Low, medium or high.")


class Metric(Record):
    """Something that is measured."""

    main: ClassVar[str] = "name"
    noun: ClassVar[str] = "metric"
    example: ClassVar[str] = """
        name: Time to first value
        definition: Median days from signing up to the first report that somebody reads.
        kind: outcome
        unit: days
        direction: down
        baseline: 9
        target: 3
        warn_at: 5
        owner: customer-success
        source: Product events
        cadence: monthly
        drives: churn
        values: values/time-to-first-value.csv
        """
    name: Title = Field(description="What it is called.")
    formerly: Many[Ident] = Field(default_factory=list, description="Ids it had before; their addresses lead here.")
    definition: Text | None = Field(None, description="How it is computed.")
    kind: Annotated[Literal["perception", "behaviour", "outcome", "operational"], Words()] | None = Field(
        None, description="Perception, behaviour, outcome or operational.")
    unit: Title | None = Field(None, description="`%`, days, a currency …")
    direction: Annotated[Literal["up", "down"], Words()] = Field("up", description="Which way is better.")
    baseline: Number | None = Field(None, description="Where it stood at the start.")
    target: Number | None = Field(None, description="Where it should be.")
    warn_at: Number | None = Field(None, description="Where it begins to be close instead of off target.")
    owner: Reference | None = Field(None, description="The team that answers for it.")
    source: Title | None = Field(None, description="The system it comes from.")
    cadence: Length | None = Field(None, description="How often a value is expected.")
    drives: Many[Reference] = Field(default_factory=list, description="Metrics that follow it.")
    values: Title | None = Field(None, description="CSV file with `date,value`.")
    query: Query | None = Field(None, description="How `journeybook measure` counts it in the event log.")


class Channel(Record):
    """A way in which firm and customer meet."""

    main: ClassVar[str] = "name"
    noun: ClassVar[str] = "channel"
    example: ClassVar[str] = """
        name: Trade fair
        icon: storefront-outline
        """
    name: Title = Field(description="What it is called.")
    icon: Title | None = Field(None, description="A Material Design icon, such as `email-outline`.")


class Touchpoint(Record):
    """A place where firm and customer meet."""

    main: ClassVar[str] = "name"
    noun: ClassVar[str] = "touchpoint"
    example: ClassVar[str] = """
        name: Pricing page
        channel: web
        direction: to-customer
        ownership: own
        owner: marketing
        url: https://example.com/pricing
        """
    name: Title = Field(description="What it is called.")
    channel: Reference = Field(description="The channel it belongs to.")
    direction: Annotated[Literal["to-customer", "to-company", "third-party"], Words()] | None = Field(
        None, description="Who speaks.")
    ownership: Annotated[Literal["own", "partner", "earned"], Words()] | None = Field(
        None, description="Whose place it is.")
    owner: Reference | None = Field(None, description="The team that looks after it.")
    url: Url | None = Field(None, description="Where it is.")


class Evidence(Record):
    """What is known, and how."""

    main: ClassVar[str] = "summary"
    noun: ClassVar[str] = "evidence"
    example: ClassVar[str] = """
        summary: Seven of nine owners found us through their accountant.
        kind: interview
        date: 2026-03-18
        n: 9
        link: https://example.com/research/spring
        confidence: medium
        """
    summary: Text = Field(description="What was found.")
    kind: Annotated[
        Literal["interview", "survey", "ticket", "analytics", "workshop"], Words()] | None = Field(
        None, description="How it was found.")
    date: Day | None = Field(None, description="When.")
    n: Count | None = Field(None, description="From how many people or cases.")
    link: Url | None = Field(None, description="Where it can be read.")
    confidence: Grade | None = Field(None, description="Low, medium or high.")


REGISTRIES: dict[str, type[Record]] = {
    "teams": Team,
    "personas": Persona,
    "assets": Asset,
    "metrics": Metric,
    "channels": Channel,
    "touchpoints": Touchpoint,
    "evidence": Evidence,
    "promises": Promise,
    "handoffs": Handoff,
    "loops": Loop,
    "opportunities": Opportunity,
}
"""Top-level key → what it registers. The key without its plural ``s`` is the kind's name in messages."""

KIND_OF = {
    "teams": "team", "personas": "persona", "assets": "asset", "metrics": "metric", "channels": "channel",
    "touchpoints": "touchpoint", "evidence": "evidence", "promises": "promise", "handoffs": "handoff",
    "loops": "loop", "opportunities": "opportunity"}
