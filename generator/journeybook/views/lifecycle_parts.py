"""What the pages of the lifecycle show: the whole, and one category of a large atlas."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup

from journeybook.diagrams.atlas import AtlasGraph
from journeybook.frozen import dataclass
from journeybook.views import parts, stage_parts
from journeybook.views.pages import View


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column of a matrix. ``journeys`` have something in it; ``missing`` are names of stages that nobody mapped."""

    title: str
    note: str
    to: str  # "" where the category has no page of its own
    journeys: int
    stages: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LifecycleRow:
    """A journey in the matrix; by column the stages it has there. ``bare``: it belongs to no category."""

    id: str
    journey: parts.Link
    cells: tuple[tuple[parts.Link, ...], ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class JourneyWays:
    """A journey with its links to and from other journeys; ``away`` marks one without any."""

    id: str
    journey: parts.Link
    ways: tuple[stage_parts.Way, ...]


@dataclass(frozen=True, slots=True)
class LifecyclePart:
    """Journeys of one category that are details of one other, with what they are linked to.

    ``to`` is where it is shown; ``whole`` the page of the journey they belong to (``""``: they have none).
    """

    anchor: str
    title: str
    to: str
    whole: str
    graph: AtlasGraph | None  # None: none of them is linked to another journey
    ways: tuple[JourneyWays, ...]


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Journeys of a category below the journey they are details of, in the index of a large atlas."""

    part: parts.Link
    journeys: tuple[tuple[str, parts.Link], ...]  # id, journey


@dataclass(frozen=True, slots=True)
class CategoryIndex:
    """A category in the index of a large atlas."""

    id: str
    category: parts.Link
    journeys: int
    groups: tuple[IndexGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleView(View):
    """The whole: categories, the journeys in them, and the links between journeys.

    ``graph`` shows journeys where they are few, else categories; then ``index`` and ``matrix`` (the same by the
    journeys that others are details of) stand in for ``rows``, ``ways`` and ``tree``. The purchase point stands
    before the column at ``purchase_at``; None where no buyer is followed by a customer.
    """

    template: ClassVar[str] = "lifecycle.html"
    lead: str
    purchase_point: str
    purchase_at: int | None
    columns: tuple[MatrixColumn, ...]
    graph: AtlasGraph | None
    rows: tuple[LifecycleRow, ...]
    ways: tuple[JourneyWays, ...]
    tree: tuple[tuple[int, parts.JourneyCard, str], ...]  # depth, journey, title of its parent
    matrix: tuple[tuple[parts.Link, tuple[parts.Link | None, ...]], ...]  # journey, how many details by column
    index: tuple[CategoryIndex, ...]
    about: tuple[tuple[str, Markup], ...] = ()  # category, from where to where it reaches

    @property
    def graphs(self) -> tuple[AtlasGraph, ...]:
        """What is to be laid out."""
        return (self.graph,) if self.graph else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleCategoryView(View):
    """One category of a large atlas, or some of its journeys where there are very many: one hop at a time."""

    template: ClassVar[str] = "lifecycle-category.html"
    lead: str
    shares: tuple[parts.Link, ...]  # the pages that the category takes; empty when it is one
    others: tuple[parts.Link, ...]  # all categories
    parts: tuple[LifecyclePart, ...]
    columns: tuple[MatrixColumn, ...]
    rows: tuple[LifecycleRow, ...]

    @property
    def graphs(self) -> tuple[AtlasGraph, ...]:
        """What is to be laid out."""
        return tuple(part.graph for part in self.parts if part.graph)
