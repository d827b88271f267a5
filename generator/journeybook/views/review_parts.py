"""The record of a review, as the page of reviews and a team's page show it."""

from __future__ import annotations

from journeybook.frozen import dataclass
from journeybook.views.parts import Link, TeamRef


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A record with its last and next review. ``kind`` is journey, persona, asset or promise.

    ``reviewed_on`` and ``due_on`` are ISO dates to sort by; ``late`` is "Overdue since …" or ``""``.
    """

    kind: str
    record: Link
    owner: TeamRef | None
    owner_id: str
    reviewed: str
    reviewed_on: str
    due: str
    due_on: str
    late: str
