"""Problems as pages show them: whose they are, which record they are about, where they are mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from journeybook.model import (
    Asset,
    Atlas,
    Commitment,
    Evidence,
    Handoff,
    Journey,
    Loop,
    Metric,
    Opportunity,
    Persona,
    Promise,
    Stage,
    Team,
    Touchpoint,
)
from journeybook.problems import Problem, Severity
from journeybook.views import parts
from journeybook.views.record_places import channel_uri, journey_uri, stage_to
from journeybook.views.reference import check_to
from journeybook.views.text import inline, plain
from journeybook.views.vocabulary import SEVERITIES
from journeybook.words import N_, _

if TYPE_CHECKING:
    from journeybook.views.context import Context

Owned: TypeAlias = Journey | Stage | Asset | Metric | Touchpoint | Persona | Promise | Loop | Opportunity
Named: TypeAlias = Owned | Handoff | Team | Evidence | Commitment
KINDS: dict[type, str] = {Commitment: N_("commitment"), Handoff: N_("handoff"), Asset: N_("content")}


def by_team(atlas: Atlas, problems: list[Problem]) -> dict[str, list[Problem]]:
    """Team id → warnings and errors in what it owns: the narrowest record around the place decides."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem, record in _around((record for record in _owned(atlas) if record.owner is not None), problems):
        owner = getattr(record, "owner", None)
        if owner is not None and problem.severity > Severity.INFO:
            found[owner.id].append(problem)
    return found


def by_place(atlas: Atlas, problems: list[Problem], shown: Callable[[str], bool]) -> dict[str, parts.Link]:
    """Place of a problem → the narrowest record around it; a journey that is not shown has no places for its stages."""
    named: Iterable[Named] = (*_owned(atlas), *atlas.handoffs.values(), *atlas.teams.values(), *atlas.evidence.values())
    around = _around(named, problems)
    return {str(problem.span): record_link(_on_a_page(record, atlas, shown), atlas) for problem, record in around}


def _on_a_page(record: Named, atlas: Atlas, shown: Callable[[str], bool]) -> Named:
    if isinstance(record, Stage) and not shown(record.key.journey):
        return atlas.journeys[record.key.journey]
    return record


def notes(context: Context, problems: list[Problem], on: str = "") -> tuple[parts.ProblemNote, ...]:
    """Problems as a page shows them, worst first; ``on`` is the address of a record's own page."""
    explained = context.settings.reference
    return tuple(
        parts.ProblemNote(p.severity.word, p.check, str(p.span), p.message, p.help,
                          check_to(p.check) if explained else "", _(SEVERITIES[p.severity]),
                          _seen_from(on, context.problem_records.get(str(p.span))),
                          context.edit(p.span.path, p.span.line))
        for p in sorted(problems, key=lambda p: (-p.severity, p.span)))


def _seen_from(on: str, link: parts.Link | None) -> parts.Link | None:
    """A record as a page names it; a journey's own page names neither the journey nor its stages again."""
    return None if link is None or (on and link.to.startswith(on)) else link


def _owned(atlas: Atlas) -> Iterator[Owned]:
    for table in (atlas.journeys, atlas.stages, atlas.assets, atlas.metrics, atlas.touchpoints, atlas.personas,
                  atlas.promises, atlas.loops, atlas.opportunities):
        yield from table.values()


def _around(records: Iterable[Named], problems: list[Problem]) -> Iterator[tuple[Problem, Named]]:
    """Problems that stand in a record, each with the narrowest one."""
    wanted = {problem.span.path for problem in problems}
    inside: dict[str, list[tuple[int, int, Named]]] = defaultdict(list)
    for record in records:
        if record.origin.document.path in wanted:
            inside[record.origin.document.path].append((*record.origin.lines(), record))
    for problem in problems:
        around = [(last - first, record) for first, last, record in inside.get(problem.span.path, ())
                  if first <= problem.span.line <= last]
        if around:
            yield problem, min(around, key=lambda pair: pair[0])[1]


def record_link(record: Named, atlas: Atlas, noted: bool = False) -> parts.Link:
    """How pages call a record, and where it is; ``noted`` says what it is, where that is not plain."""
    name: Callable[..., tuple[str, ...]] = NAMES[type(record)]
    link = parts.Link(*name(record, atlas))
    kind = KINDS.get(type(record), "") if noted else ""
    return replace(link, note=" · ".join(filter(None, (_(kind), link.note)))) if kind else link


def _said(text: str) -> str:
    """A sentence as a name, before a colon: without its full stop."""
    return plain(inline(text)).removesuffix(".")


def _ends(handoff: Handoff, atlas: Atlas) -> str:
    return " → ".join(atlas.stages[key].spec.title for key in (handoff.source, handoff.target))


NAMES: dict[type, Callable[..., tuple[str, ...]]] = {
    Journey: lambda r, _: (r.spec.title, journey_uri(r.id)),
    Stage: lambda r, atlas: (r.spec.title, stage_to(r.key), atlas.journeys[r.key.journey].spec.title),
    Asset: lambda r, _: (r.spec.title, f"library/content/#asset-{r.id}"),
    Metric: lambda r, _: (r.spec.name, f"library/metrics/{r.id}/"),
    Touchpoint: lambda r, _: (r.spec.name, f"{channel_uri(r.channel.id)}#touchpoint-{r.id}"),
    Persona: lambda r, _: (r.spec.name, f"people/personas/{r.id}/"),
    Promise: lambda r, _: (_said(r.spec.statement), f"promises/#promise-{r.id}"),
    Commitment: lambda r, atlas: (
        atlas.stages[r.stage].spec.title, f"{journey_uri(r.stage.journey)}#commitment-{r.stage.stage}-{r.id}",
        atlas.journeys[r.stage.journey].spec.title),
    Handoff: lambda r, atlas: (_ends(r, atlas), f"promises/#handoff-{r.id}"),
    Loop: lambda r, _: (_said(r.spec.signal), f"library/opportunities/#loop-{r.id}"),
    Opportunity: lambda r, _: (_said(r.spec.statement), f"library/opportunities/#opportunity-{r.id}"),
    Team: lambda r, _: (r.spec.name, f"people/teams/{r.id}/"),
    Evidence: lambda r, _: (_said(r.spec.summary), f"library/evidence/#evidence-{r.id}"),
}
"""How each kind of record is called on pages, where it is, and what it belongs to."""
