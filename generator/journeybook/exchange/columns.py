"""The columns of a sheet with one row a step, and the names under which other tools export them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from journeybook.frozen import dataclass
from journeybook.schema.fields import Field, fields_of
from journeybook.schema.journey import Journey, Stage, Step
from journeybook.schema.record import Record
from journeybook.schema.types import nearest

LEVELS: dict[str, type[Record]] = {"journey": Journey, "stage": Stage, "step": Step}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a journey, a stage or a step. ``others`` are names that other tools give it, in small letters.

    ``repeated`` stands on every row: what rows are told apart and filtered by. The rest stands once.
    """

    level: str
    key: str
    header: str
    others: tuple[str, ...] = ()
    repeated: bool = False

    @property
    def field(self) -> Field:
        """What the schema says of it."""
        return next(field for field in fields_of(LEVELS[self.level]) if field.key == self.key)

    @property
    def name(self) -> str:
        """How a mapping file names it: ``stage.owner``."""
        return f"{self.level}.{self.key}"


COLUMNS = (
    Column("journey", "id", "Journey id", ("map id", "journey key"), True),
    Column("journey", "title", "Journey", ("journey name", "journey title", "map", "journey map", "map name"), True),
    Column("journey", "owner", "Journey owner", ("map owner",), True),
    Column("journey", "status", "Status", ("journey status", "map status")),
    Column("journey", "state", "State", ("journey state",)),
    Column("journey", "kind", "Kind", ("journey type", "map type")),
    Column("journey", "level", "Level", ("journey level",)),
    Column("journey", "categories", "Journey categories", ("journey category", "lifecycle category")),
    Column("journey", "personas", "Personas", ("journey persona", "journey personas", "main persona")),
    Column("journey", "description", "Journey description", ("summary",)),
    Column("journey", "scenario", "Scenario", ("context",)),
    Column("journey", "goal", "Journey goal"),
    Column("journey", "business_goal", "Business goal", ("business goals", "business objective")),
    Column("journey", "trigger", "Trigger"),
    Column("journey", "end_condition", "End condition", ("end",)),
    Column("journey", "sponsor", "Sponsor"),
    Column("journey", "contributors", "Contributors"),
    Column("journey", "metrics", "Journey metrics"),
    Column("journey", "tags", "Tags", ("labels", "keywords")),
    Column("journey", "reviewed", "Reviewed", ("last reviewed", "review date")),
    Column("journey", "review_every", "Review every"),
    Column("stage", "id", "Stage id", ("phase id",), True),
    Column("stage", "title", "Stage", (
        "phase", "stage name", "phase name", "journey stage", "journey phase", "stage title", "stages", "phases",
        "section", "lifecycle stage"), True),
    Column("stage", "owner", "Stage owner", (
        "owner", "team", "department", "responsible", "accountable", "process owner", "owned by", "phase owner",
        "accountable team", "responsible team"), True),
    Column("stage", "categories", "Stage categories", ("stage category",)),
    Column("stage", "role", "Stage role"),
    Column("stage", "description", "Stage description", ("phase description",)),
    Column("stage", "customer_goal", "Customer goal", (
        "goal", "goals", "customer goals", "user goal", "user goals", "needs", "customer needs", "jobs to be done",
        "objective", "customer objective")),
    Column("stage", "duration", "Stage duration", ("time in stage",)),
    Column("stage", "emotion", "Stage emotion"),
    Column("stage", "entry", "Entry", ("entry criteria", "entry condition")),
    Column("stage", "exit", "Exit", ("exit criteria", "exit condition")),
    Column("stage", "questions", "Questions", ("question", "customer questions", "faq")),
    Column("stage", "assets", "Content", ("assets", "asset", "materials", "collateral", "content assets")),
    Column("stage", "metrics", "Metrics", (
        "metric", "kpi", "kpis", "measure", "measures", "success metrics", "stage metrics")),
    Column("stage", "opportunities", "Opportunities", (
        "opportunity", "ideas", "idea", "improvements", "recommendations", "solutions", "solution ideas",
        "opportunities for improvement")),
    Column("stage", "signals", "Signals", ("signal", "behaviours", "behaviors")),
    Column("stage", "risks", "Risks", ("risk",)),
    Column("stage", "moments_of_truth", "Moments of truth"),
    Column("stage", "detail", "Detailed in"),
    Column("step", "title", "Step", (
        "steps", "step name", "step title", "action", "actions", "activity", "activities", "task", "tasks",
        "customer action", "customer actions", "user action", "user actions", "customer activities", "event"), True),
    Column("step", "persona", "Persona", ("actor", "actors", "user", "customer", "role", "who", "customer type")),
    Column("step", "touchpoints", "Touchpoints", ("touchpoint", "touch point", "touch points", "interaction")),
    Column("step", "channel", "Channel", ("channels", "medium")),
    Column("step", "doing", "Doing", ("does", "what they do", "step description", "details", "behaviour")),
    Column("step", "thinking", "Thinking", ("thoughts", "thought", "thinks", "what they think")),
    Column("step", "quote", "Quote", ("quotes", "verbatim", "customer quote", "what they say", "saying")),
    Column("step", "emotion", "Emotion", (
        "emotions", "feeling", "feelings", "mood", "sentiment", "emotion score", "emotional state", "score", "rating",
        "experience", "satisfaction", "what they feel")),
    Column("step", "pains", "Pain points", (
        "pain point", "pain", "pains", "frustrations", "frustration", "problems", "problem", "issues", "issue",
        "barriers", "friction")),
    Column("step", "gains", "Gains", ("gain", "delights", "delight", "highlights", "positives", "gain points")),
    Column("step", "moment_of_truth", "Moment of truth", ("mot", "critical", "key moment")),
    Column("step", "duration", "Duration", ("time", "step duration", "time spent", "how long")),
    Column("step", "frontstage", "Frontstage", (
        "front stage", "frontstage actions", "onstage", "employee actions", "visible employee actions")),
    Column("step", "backstage", "Backstage", (
        "back stage", "backstage actions", "internal actions", "internal process", "invisible employee actions")),
    Column("step", "systems", "Systems", (
        "system", "tools", "support processes", "technology", "applications", "supporting systems")),
    Column("step", "physical_evidence", "Physical evidence", ("evidence", "artefacts", "artifacts")),
    Column("step", "image", "Image", ("picture", "screenshot", "storyboard")),
    Column("step", "alt", "Image description", ("alt text",)),
)
BY_NAME = {column.name: column for column in COLUMNS}
HEADERS = tuple(column.header for column in COLUMNS)


def of_level(level: str) -> Iterator[Column]:
    """The columns of a level, in order."""
    return (column for column in COLUMNS if column.level == level)


def plain_header(text: str) -> str:
    """A header as it is looked up: small letters, one space, no punctuation and no number in brackets."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"\([^)]*\)", " ", text)).lower().split())


@cache
def _known() -> dict[str, Column]:
    """Every name under which a column is recognised; our own headers and names win over other tools' names."""
    others = {name: column for column in reversed(COLUMNS) for name in column.others}
    ours = {plain_header(word): column for column in COLUMNS for word in (column.header, column.name)}
    return others | ours


def recognised(header: str) -> Column | None:
    """The column that a header means, None where we cannot tell."""
    return _known().get(plain_header(header))


def close_to(header: str) -> str:
    """The header of ours nearest to one that is not known, ``""`` where none is near."""
    return nearest(header, HEADERS, 0.75)
