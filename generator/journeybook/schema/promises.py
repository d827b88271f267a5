"""What one team says and another must do: promises, commitments, handoffs, feedback loops, opportunities."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

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
    Reference,
    Text,
    Title,
    Words,
    fault,
)


class Measure(Record):
    """What can be compared: a quantity with a bound, a sum of commitments, or yes/no."""

    noun: ClassVar[str] = "measure"
    example: ClassVar[str] = """
        quantity: setup-time
        at_most: 48 hours
        """
    quantity: Ident | None = Field(None, description="What is measured: the same id on both sides.")
    at_most: Title | None = Field(None, description="No more than, such as `48 hours` or `0.5 %`.")
    at_least: Title | None = Field(None, description="No less than.")
    equals: Title | None = Field(None, description="Exactly.")
    sum: Many[Reference] = Field(default_factory=list, description="Commitments that follow each other, added up.")
    yes_no: Flag = Field(False, description="Cannot be counted: a person signs it off.")

    @model_validator(mode="after")
    def _something_to_compare(self) -> Measure:
        bounds = [bound for bound in (self.at_most, self.at_least, self.equals) if bound]
        if self.yes_no and (bounds or self.sum):
            raise fault("value-choice", "a yes-or-no measure has no bound", "delete `yes_no:` or the bound")
        if self.yes_no:
            return self
        if not self.quantity:
            raise fault("key-missing", "this measure does not say what is measured",
                        "add `quantity:` with an id that the other side uses too")
        if not bounds and not self.sum:
            raise fault("key-missing", "this measure has no bound", "add `at_most:`, `at_least:` or `equals:`")
        if self.equals and (self.at_most or self.at_least):
            raise fault("value-choice", "`equals` does not go with another bound", "keep one of them")
        if self.sum and bounds:
            raise fault("value-choice", "a sum takes its bound from what it adds up", "delete the bound")
        return self


class When(Record):
    """In which cases something holds."""

    main: ClassVar[str] = "text"
    noun: ClassVar[str] = "condition"
    example: ClassVar[str] = """
        months: [6, 7, 8]
        segments: weekend
        """
    months: Many[Number] = Field(default_factory=list, description="Months by number, 1 to 12.")
    segments: Many[Title] = Field(default_factory=list, description="Segments by name.")
    text: Text | None = Field(None, description="In words; words cannot be compared.")

    @model_validator(mode="after")
    def _months_exist(self) -> When:
        for month in self.months:
            if month not in range(1, 13):
                raise fault("value-range", f"there is no month {month}", "write numbers from 1 to 12")
        return self


class Commitment(Record):
    """What the team of a stage holds itself to."""

    noun: ClassVar[str] = "commitment"
    example: ClassVar[str] = """
        id: setup-3bd
        measure: { quantity: setup-time, at_most: 3 business days }
        metric: setup-time
        owner: customer-success
        exceptions: Banks that ask for a paper form.
        """
    id: Ident | None = Field(None, description="Short id; by default the quantity.")
    measure: Measure = Field(description="What is kept, with its bound.")
    metric: Reference | None = Field(None, description="The metric that shows whether it is kept.")
    from_: Reference | None = Field(None, alias="from", description=(
        "The stage that people leave when its clock starts, where the event log shows whether it is kept."))
    to: Reference | None = Field(None, description="The stage of the same journey that stops its clock.")
    owner: Reference | None = Field(None, description="By default the stage's.")
    when: When | None = Field(None, description="Only in these cases.")
    exceptions: Text | None = Field(None, description="In words: shown, not computed.")

    @model_validator(mode="after")
    def _both_ends(self) -> Commitment:
        if bool(self.from_) != bool(self.to):
            missing = "to" if self.from_ else "from"
            raise fault("key-missing", f"a clock with `{'from' if self.from_ else 'to'}:` needs `{missing}:` too",
                        f"name the stage at which it {'stops' if self.from_ else 'starts'}, or take both out")
        return self


class SignOff(Record):
    """Who vouched for a promise, and when."""

    noun: ClassVar[str] = "sign-off"
    example: ClassVar[str] = """
        by: customer-success
        on: 2026-05-04
        """
    by: Title = Field(description="Team id or name.")
    on: Day = Field(description="The day.")


class Promise(Record):
    """What a customer is told before it is delivered."""

    main: ClassVar[str] = "statement"
    noun: ClassVar[str] = "promise"
    example: ClassVar[str] = """
        statement: We set everything up for you within 48 hours.
        made_at: first-search/decision
        made_by: sales
        delivered_at: onboarding/setup
        measure: { quantity: setup-time, at_most: 48 hours }
        stated_in: [pricing-page, welcome-mail]
        status: active
        valid_from: 2026-01-01
        reviewed: 2026-06-30
        """
    statement: Text = Field(description="In the words customers read or hear.")
    made_at: Reference | None = Field(None, description="The stage at which it is made: `journey/stage`.")
    made_by: Title | None = Field(None, description="Team id or name.")
    delivered_at: Reference | None = Field(None, description="The stage that must keep it: `journey/stage`.")
    owner: Reference | None = Field(None, description="By default who makes it.")
    measure: Measure | None = Field(None, description="What can be compared with the commitment.")
    when: When | None = Field(None, description="Only in these cases.")
    stated_in: Many[Reference] = Field(default_factory=list, description="Assets that say it.")
    status: Annotated[Literal["draft", "active", "withdrawn"], Words()] = Field(
        "active", description="Draft, active or withdrawn.")
    valid_from: Day | None = Field(None, description="First day.")
    valid_to: Day | None = Field(None, description="Last day.")
    signed_off: SignOff | None = Field(None, description="Who vouched for it, and when.")
    reviewed: Day | None = Field(None, description="When it was last looked over.")
    review_every: Length | None = Field(None, description="How often it should be.")

    @field_validator("valid_to")
    @classmethod
    def _after_the_first_day(cls, last: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("valid_from")
        if first and last and last < first:
            raise fault("value-range", f"the last day, {last}, is before the first, {first}",
                        "write the earlier day in `valid_from:` and the later one here")
        return last


class Handoff(Record):
    """One team passes a customer on to another."""

    noun: ClassVar[str] = "handoff"
    example: ClassVar[str] = """
        from: first-search/decision
        to: onboarding/setup
        trigger: The contract is signed
        payload: [Goals in their words, Who decides, What was promised]
        within: 1 business day
        accepted_by: customer-success
        accept_criteria: The welcome call is booked
        customer_informed: Sales introduces their contact by name
        introduced_before_close: yes
        """

    @classmethod
    def name_of(cls, value: Any) -> str:
        """From and to, where a handoff in a list has no id."""
        ends = (value.get("from"), value.get("to")) if isinstance(value, dict) else ()
        return " ".join(end for end in ends if isinstance(end, str))

    from_: Reference = Field(alias="from", description="The stage that hands over.")
    to: Reference = Field(description="The stage that takes over.")
    trigger: Text | None = Field(None, description="What sets it off.")
    payload: Many[Text] = Field(default_factory=list, description="What is passed on.")
    within: Length | None = Field(None, description="Time limit.")
    accepted_by: Title | None = Field(None, description="Team id or name.")
    accept_criteria: Many[Text] = Field(default_factory=list, description="When it counts as taken over.")
    customer_informed: Text | None = Field(None, description="What the customer is told.")
    introduced_before_close: Flag | None = Field(None, description="Whether they met before the sale was closed.")
    known_failures: Many[Text] = Field(default_factory=list, description="How it went wrong before.")
    metric: Reference | None = Field(None, description="The metric that shows whether it works.")


class Loop(Record):
    """Something heard in one place that must change another."""

    main: ClassVar[str] = "signal"
    noun: ClassVar[str] = "feedback loop"
    example: ClassVar[str] = """
        signal: How do I connect my bank?
        from: onboarding/setup
        to: asset:bank-guide
        source: Help desk
        count: 41
        period: 1 month
        owner: marketing
        cadence: monthly
        action: Rewrite the guide, with pictures for the five largest banks
        status: in-progress
        """
    signal: Text = Field(description="What is heard.")
    from_: Reference = Field(alias="from", description="Where it is heard: `journey/stage`.")
    to: Reference = Field(description="What must change: a stage, or `asset:ID`.")
    source: Title | None = Field(None, description="Where it is counted.")
    count: Count | None = Field(None, description="How often.")
    period: Length | None = Field(None, description="In which time.")
    owner: Reference | None = Field(None, description="Who closes it.")
    cadence: Length | None = Field(None, description="How often it is looked at.")
    action: Text | None = Field(None, description="What is done.")
    status: Annotated[Literal["open", "in-progress", "closed"], Words()] = Field(
        "open", description="Open, in-progress or closed.")
    since: Day | None = Field(None, description="Since when it is open.")
    closed_by: Title | None = Field(None, description="Opportunity id, asset id or words.")


class Opportunity(Record):
    """Something that could be better."""

    main: ClassVar[str] = "statement"
    noun: ClassVar[str] = "opportunity"
    example: ClassVar[str] = """
        statement: Say which banks connect before people sign up.
        from: [bank-question, first-search/decision#no-list-of-banks]
        value: high
        effort: low
        owner: marketing
        status: planned
        tracker: https://example.com/tracker/118
        """
    statement: Text = Field(description="What could be better.")
    from_: Many[Reference] = Field(default_factory=list, alias="from",
                                   description="Loops by id, pains by `journey/stage#pain`.")
    value: Grade | None = Field(None, description="Low, medium or high.")
    effort: Grade | None = Field(None, description="Low, medium or high.")
    owner: Reference | None = Field(None, description="Who takes it up.")
    status: Annotated[Literal["idea", "planned", "in-progress", "shipped"], Words()] = Field(
        "idea", description="Idea, planned, in-progress or shipped.")
    tracker: Title | None = Field(None, description="An address, or a key of your tracker.")


class Raci(Record):
    """Who does what at a stage."""

    noun: ClassVar[str] = "raci"
    example: ClassVar[str] = """
        responsible: [support, product]
        accountable: customer-success
        consulted: sales
        informed: marketing
        """
    responsible: Many[Reference] = Field(default_factory=list, description="Does the work.")
    accountable: Many[Reference] = Field(default_factory=list, description="Answers for it; by default the owner.")
    consulted: Many[Reference] = Field(default_factory=list, description="Is asked.")
    informed: Many[Reference] = Field(default_factory=list, description="Is told.")


class BusinessCalendar(Record):
    """When the firm works."""

    noun: ClassVar[str] = "calendar"
    example: ClassVar[str] = """
        days: mon-fri
        hours: ["09:00-12:30", "13:30-17:00"]
        holidays: [2026-12-25, 2027-01-01]
        timezone: Europe/Amsterdam
        """
    days: Many[Title] = Field(default_factory=list, description="`mon-fri`, or a list of days.")
    hours: Many[Title] = Field(default_factory=list, description='`"09:00-17:00"`, or a list of spans.')
    holidays: Many[Day] = Field(default_factory=list, description="Dates.")
    timezone: Title | None = Field(None, description="Such as `Europe/Berlin`.")
