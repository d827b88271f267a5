"""What joins the maps to an event log: where it is, how it is read, what signals are seen in, what is counted."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from journeybook.schema.record import Record
from journeybook.schema.types import Length, Many, Number, Text, Title, Words, fault

MIN_GROUP = 2
"""The smallest group that may be written: of one person nothing ever is."""


class Events(Record):
    """The event log that `journeybook measure` reads, and how."""

    main: ClassVar[str] = "log"
    noun: ClassVar[str] = "event log"
    example: ClassVar[str] = """
        log: ../logs/events.parquet
        who: account_id
        when: happened_at
        segment: plan
        timezone: Europe/Amsterdam
        ignore: ["page_*", heartbeat]
        """
    log: Title | None = Field(None, description=(
        "CSV or Parquet file, its path from this file, or a table as in `duckdb://file.db#table`."))
    who: Title = Field("who", description="Column with the id of the person.")
    event: Title = Field("event", description="Column with the name of the event.")
    when: Title = Field("when", description="Column with the time.")
    segment: Title = Field("segment", description="Column with the segment, if there is one.")
    value: Title = Field("value", description="Column with what an event is worth, if there is one.")
    unit: Title | None = Field(None, description="What values are in, such as `EUR`.")
    timezone: Title | None = Field(None, description=(
        "Zone of times that name none, and of months; by default the calendar's, else UTC."))
    ignore: Many[Title] = Field(default_factory=list, description=(
        "Events that are none of the maps' business; `*` stands for any letters."))
    smallest: Number = Field(Decimal(10), description="Groups of fewer people are written nowhere.")
    quiet: Length | None = Field(None, description=(
        "Somebody of whom nothing was seen for this long has left; by default 30 days."))
    every: Length | None = Field(None, description="How often it is measured; older numbers are reported as stale.")

    @field_validator("smallest")
    @classmethod
    def _a_group(cls, smallest: Decimal) -> Decimal:
        if smallest != int(smallest) or smallest < MIN_GROUP:
            raise fault("value-range", f"the smallest group is a whole number from {MIN_GROUP} on, this is {smallest}",
                        "write a number such as `10`")
        return smallest


class Signal(Record):
    """A behaviour that shows somebody is here, and the events of a log in which it is seen."""

    main: ClassVar[str] = "text"
    noun: ClassVar[str] = "signal"
    example: ClassVar[str] = """
        text: Setup list opened, first tick set
        event: [setup_opened, setup_ticked]
        """
    text: Text = Field(description="What they do.")
    event: Many[Title] = Field(default_factory=list, description=(
        "Names of its events in the log; by default those that have the same letters and digits as the text."))


class Query(Record):
    """How a metric is counted in the event log, month by month.

    Events are named by signals, or by a stage for all of its signals.
    """

    noun: ClassVar[str] = "query"
    example: ClassVar[str] = """
        ask: conversion
        from: Price table opened
        to: first-search/decision
        within: 30 days
        """
    ask: Annotated[Literal["count", "conversion", "time-between", "share-active"], Words()] = Field(
        description="Count, conversion, time-between or share-active.")
    of: Many[Title] = Field(default_factory=list, description=(
        "What is counted, or what shows that somebody is active: signals or stages."))
    from_: Many[Title] = Field(default_factory=list, alias="from", description=(
        "Where the clock starts, or what makes somebody one of those who could be active: signals or stages."))
    to: Many[Title] = Field(default_factory=list, description="Where the clock stops: signals or stages.")
    within: Length | None = Field(None, description=(
        "The longest that may lie between; for a conversion by default as long as `quiet:` of `events:`."))
    each: Annotated[Literal["event", "person"], Words()] = Field("event", description=(
        "Whether a count is of events or of people."))
    percentile: Number = Field(Decimal(50), description=(
        "So many in a hundred take the time or less: 50 is the median, 90 is nine in ten."))
