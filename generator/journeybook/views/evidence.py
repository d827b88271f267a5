"""The page of evidence: what is known about customers, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from journeybook.formats import day, number
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.pages import EvidenceRow, EvidenceView
from journeybook.views.text import inline, plain
from journeybook.views.vocabulary import EVIDENCE_KINDS
from journeybook.words import N_, _

SECTION = N_("Library")
CONFIDENCE = {"low": N_("low"), "medium": N_("medium"), "high": N_("high")}


def evidence_view(context: Context) -> EvidenceView:
    """What is known, and what rests on it."""
    atlas = context.atlas
    used = _resting(context)
    ordered = sorted(atlas.evidence.values(), key=lambda e: (e.spec.date or date.min, e.id), reverse=True)
    rows = tuple(
        EvidenceRow(
            f"evidence-{e.id}", inline(e.spec.summary), _(EVIDENCE_KINDS[e.spec.kind]) if e.spec.kind else "",
            day(e.spec.date) if e.spec.date else "", number(e.spec.n) if e.spec.n is not None else "",
            _(CONFIDENCE[e.spec.confidence]) if e.spec.confidence else "", e.spec.link or "",
            tuple(used.get(e.id, {}).values()),
            context.edit(e.origin.document.path, e.origin.span(key=True).line),
            e.spec.date.isoformat() if e.spec.date else "", f"{e.spec.n:f}" if e.spec.n is not None else "")
        for e in ordered)
    return EvidenceView(
        uri="library/evidence/", title=_("Evidence"), section=_(SECTION),
        description=_("What is known about customers, how it was found, and which maps rest on it."), rows=rows,
        search=tuple((row.anchor, plain(row.summary), row.kind) for row in rows))


def _resting(context: Context) -> dict[str, dict[str, parts.Link]]:
    """Evidence id → journeys, stages and personas that name it, by target."""
    atlas = context.atlas
    found: dict[str, dict[str, parts.Link]] = {}

    def rests(idents: Iterable[str], link: parts.Link) -> None:
        for ident in idents:
            found.setdefault(ident, {})[link.to] = link

    for journey in atlas.journeys.values():
        rests(journey.spec.evidence, context.journey_link(journey))
    for stage in atlas.stages.values():
        link = context.stage_link(stage)
        for emotion in (stage.spec.emotion, *(step.spec.emotion for step in stage.steps)):
            for feeling in (emotion.everyone, *emotion.by_persona.values()) if emotion else ():
                rests(feeling.evidence if feeling else (), link)
        for step in stage.steps:
            for pain in step.spec.pains:
                rests(pain.evidence, link)
    for persona in atlas.personas.values():
        rests(persona.spec.sources, parts.Link(persona.spec.name, f"people/personas/{persona.id}/"))
    return found
