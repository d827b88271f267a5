"""Where records are on the site, in directory form."""

from __future__ import annotations

from journeybook.model import (
    Question,
    Stage,
    StageKey,
)


def journey_uri(ident: str) -> str:
    """Where a journey's page is."""
    return f"journeys/{ident}/"


def channel_uri(ident: str) -> str:
    """Where a channel's page is."""
    return f"library/channels/{ident}/"


def stage_to(key: StageKey) -> str:
    """Where a stage's section is."""
    return f"journeys/{key.journey}/#stage-{key.stage}"


def question_anchor(stage: Stage, question: Question) -> str:
    """The anchor of a question on its journey's page."""
    return f"question-{stage.key.stage}-{question.id}"
