"""The records that pages are made of. Templates read these and look nothing up.

Targets (``to``) are places of the site in directory form: ``"journeys/home-air/#stage-install"``; a target that
starts with ``#`` stays on the page. The renderer's ``href`` turns one into the address relative to a page.
``Markup`` fields are finished, safe HTML; every ``str`` is raw text that the template escapes.
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date

from journeybook.diagrams.charts import Series
from journeybook.frozen import dataclass
from journeybook.words import _


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere; ``note`` is a quiet word beside it."""

    text: str
    to: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page with some rows of a register: whose they are, and how many."""

    label: str
    to: str
    how_many: int


@dataclass(frozen=True, slots=True)
class Division:
    """Where the rows of a register are that is too long for one page.

    ``shown`` of its ``total`` rows stand on the page itself, ``title`` names it, ``by`` says what tells its pages
    apart. ``index`` is a file by which a bar finds rows on all pages, ``""`` where the register has no bar.
    """

    title: str
    by: str
    total: int
    shown: int
    pages: tuple[Shelf, ...]
    index: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where all rows of a list are of which a page shows some: in a register. The page has ``shown`` of ``total``."""

    register: str
    to: str
    total: int
    shown: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A status: always icon + word + colour. ``tone`` is ok, watch, off or none."""

    word: str
    tone: str
    icon: str = ""


def said(tag: Tag) -> Tag:
    """A status of a table (its word marked with ``N_``) in the language of the site."""
    return replace(tag, word=_(tag.word))


@dataclass(frozen=True, slots=True)
class TeamRef:
    """An owner as shown in a cell: initials, name, where the team's page is (``""`` when it has none)."""

    initials: str
    name: str
    to: str
    person: bool = False


@dataclass(frozen=True, slots=True)
class PersonaRef:
    """A persona on a journey page. ``index`` 0… gives letter shape and dash pattern (class ``a-p0``)."""

    index: int
    id: str
    name: str
    letter: str
    summary: str
    to: str


@dataclass(frozen=True, slots=True)
class AssetItem:
    """A piece of content where it is used. ``status`` is None while it is live (nothing to say)."""

    id: str
    title: str
    icon: str
    type: str
    to: str
    status: Tag | None
    tone: str  # live, planned, idea, retired


@dataclass(frozen=True, slots=True)
class MetricItem:
    """A metric where it is used. ``value`` and ``target`` are ready to read, ``""`` when there is none.

    ``trend`` is the word for the last three months (Improving, Worsening, Flat or ``""``) and ``trend_icon`` and
    ``trend_tone`` (good, bad or ``""``) go with it. ``series`` is None when no values are recorded.
    """

    id: str
    name: str
    to: str
    value: str
    value_date: str
    target: str
    status: Tag
    series: Series | None
    trend: str
    trend_icon: str
    trend_tone: str
    owner: TeamRef | None
    stages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry of a page's facts list. ``value`` may lead somewhere; ``tag`` stands in front of it."""

    label: str
    value: str
    to: str = ""
    sub: str = ""
    tag: Tag | None = None
    date: date | None = None
    gap: bool = False  # should be there and is not: shown as a dashed amber tag


@dataclass(frozen=True, slots=True)
class AssetRow:
    """An asset in a register or in the inventory."""

    item: AssetItem
    anchor: str
    owner: TeamRef | None
    stages: tuple[Link, ...]
    personas: tuple[Link, ...]
    answers: tuple[Link, ...]
    status: Tag
    reviewed: str
    overdue: str  # "Overdue since 18 Jan 2026", "" when it is not
    url: str
    edit: str
    owner_id: str = ""
    type_id: str = ""
    reviewed_on: str = ""  # an ISO date, to sort by
    about: str = ""  # format, language, gate, priority, metrics: joined for reading
    persona_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JourneyKeys:
    """By what a list of journeys filters and sorts: ids, ``low`` the lowest average, ``reviewed`` an ISO date.

    ``rank`` orders statuses from draft to retired; a list of ids is empty where there are none.
    """

    owner: str = ""
    categories: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    status: str = ""
    rank: int = 0
    low: float | None = None
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class JourneyCard:
    """A journey in a list: enough to choose it."""

    id: str
    title: str
    to: str
    lead: str
    categories: tuple[str, ...]
    kind: str
    status: Tag
    state: str
    owner: TeamRef | None
    personas: tuple[Link, ...]
    stage_count: int
    curve: tuple[float | None, ...]
    lowest: str  # "−1.7 at Install", "" when nothing is rated
    severe_pains: int
    reviewed: str
    overdue: str
    broken: bool = False  # its file could not be read: the card says so
    future: bool = False
    whole: bool = False  # the whole relationship, on one map
    mark: Tag | None = None  # in a preview: new or changed
    keys: JourneyKeys = field(default_factory=JourneyKeys)


@dataclass(frozen=True, slots=True)
class Attention:
    """One line of "needs attention": what, why, where."""

    target: Link
    reason: str
    tone: str


@dataclass(frozen=True, slots=True)
class ProblemNote:
    """A problem as a page shows it. ``to`` is where its check is explained, ``edit`` where its place opens at the Git
    host; ``""`` where there is no such page. ``about`` is the record that it stands in.
    """

    severity: str
    check: str
    place: str
    message: str
    help: str
    to: str = ""
    word: str = ""  # "Warning": the severity, to read
    about: Link | None = None
    edit: str = ""


@dataclass(frozen=True, slots=True)
class OwnedStage:
    """A stage in a team's or persona's list."""

    journey: Link
    stage: Link
    number: int
    feeling: str
    level: int
    inherited: bool
    average: float | None = None  # to sort by
