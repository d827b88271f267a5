"""Builds the pages that look across all journeys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise

from journeybook.checks import by_id
from journeybook.diagrams.graph import Edge, Graph, Node
from journeybook.formats import day, number, plural
from journeybook.model import Asset, Atlas, Handoff, Journey, Persona, Promise, Team
from journeybook.model.reviews import due
from journeybook.problems import Problem, Severity
from journeybook.views import parts
from journeybook.views.agreements import VERDICT_TAGS, AgreementParts
from journeybook.views.context import Context, journey_uri, stage_to
from journeybook.views.registers import (
    ContentMatrixView,
    HandoffSheetView,
    HealthView,
    LifecycleRow,
    LifecycleView,
    MatrixRow,
    OpportunitiesView,
    PromisesView,
    RaciView,
    ReviewRow,
    ReviewsView,
)
from journeybook.views.stages import StageParts
from journeybook.views.text import inline, plain
from journeybook.views.ways import words
from journeybook.words import _

MOST_DRAWN = 60  # journeys; beyond it one picture shows nothing, and the matrix and the lists serve better


def promises_view(context: Context, agreements: AgreementParts) -> PromisesView:
    """The register of promises and handoffs."""
    rows = agreements.promises()
    tally = Counter(row.word for row in rows if row.verdict)
    tallies = tuple(
        parts.Fact(_(tag.word), number(tally[word]), tag=parts.said(tag))
        for word, tag in VERDICT_TAGS.items()
        if tally[word]
    )
    handoffs = sorted(
        (agreements.handoff(handoff) for handoff in context.atlas.handoffs.values()),
        key=lambda row: (-len(row.missing), row.id),
    )
    return PromisesView(
        uri="promises/",
        title=_("Promises"),
        section=_("Promises"),
        description=_("What customers are told, who must keep it, and whether it holds."),
        tallies=tallies,
        promises=rows,
        handoffs=tuple(handoffs),
        gaps=tuple(chain.from_iterable(agreements.gaps_at.values())),
        calendar=context.calendar_words,
        search=tuple(
            (
                row.anchor,
                plain(row.statement),
                " · ".join(filter(None, (row.verdict.word if row.verdict else "", row.because))),
            )
            for row in rows
        ),
    )


def handoff_sheet_view(handoff: Handoff, context: Context, agreements: AgreementParts) -> HandoffSheetView:
    """Say this in the welcome pack: of a handoff before which something was promised."""
    row = agreements.handoff(handoff)
    carried = {promise.id for promise in agreements.carried(handoff)}
    assets = {
        asset.id: asset
        for promise in context.atlas.promises.values()
        if promise.id in carried
        for asset in promise.assets
    }
    path = handoff.origin.document.path
    return HandoffSheetView(
        uri=row.sheet,
        title=_("Say this in the welcome pack: %(stage)s", stage=row.target.text),
        section=_("Promises"),
        source=context.inside(path),
        edit=row.edit,
        description=_("What customers were promised before %(stage)s.", stage=row.target.text),
        handoff=row,
        assets=tuple(context.asset_row(asset) for asset in assets.values()),
    )


def opportunities_view(context: Context, agreements: AgreementParts) -> OpportunitiesView:
    """Opportunities, best first; loops, open first; pains, worst first, with what would help."""
    atlas = context.atlas
    rows = sorted((agreements.opportunity(o) for o in atlas.opportunities.values()), key=lambda r: (r.rank, r.id))
    loops = sorted(
        (agreements.loop(loop) for loop in atlas.loops.values()),
        key=lambda row: (row.rank, row.id),
    )
    helping: dict[str, list[parts.Link]] = {}
    for row in rows:
        for source in row.sources:
            helping.setdefault(source.to, []).append(parts.Link(plain(row.statement), f"#{row.anchor}"))
    pains = []
    for journey in atlas.journeys.values():
        builder = StageParts(journey, context)
        for stage in journey.stages:
            pains += [
                (pain, context.stage_link(stage), tuple(helping.get(f"{journey_uri(journey.id)}#{pain.anchor}", ())))
                for pain in builder.pains(stage)
                if pain.level == 3
            ]
    return OpportunitiesView(
        uri="library/opportunities/",
        title=_("Opportunities and feedback"),
        section=_("Library"),
        description=_("What could be better, what is heard, and what is done about it."),
        opportunities=tuple(rows),
        loops=tuple(loops),
        pains=tuple(pains),
        search=tuple((row.anchor, plain(row.statement), row.status.word) for row in rows)
        + tuple((row.anchor, plain(row.signal), row.status.word) for row in loops),
    )


def content_matrix_view(context: Context) -> ContentMatrixView:
    """Questions × personas; a question without named personas is everybody's of its journey."""
    atlas = context.atlas
    personas = tuple(context.persona(persona, index) for index, persona in enumerate(atlas.personas.values()))
    groups, gaps, questions = [], 0, 0
    for journey in atlas.journeys.values():
        rows = list(_matrix_rows(journey, context, personas))
        if rows:
            groups.append((context.journey_link(journey), tuple(rows)))
        questions += len(rows)
        gaps += sum(not row.question.answers for row in rows)
    return ContentMatrixView(
        uri="library/content-matrix/",
        title=_("Content matrix"),
        section=_("Library"),
        description=_("Which asset answers which question for whom, and what nothing answers."),
        personas=personas,
        groups=tuple(groups),
        gaps=gaps,
        questions=questions,
    )


def _matrix_rows(journey: Journey, context: Context, personas: tuple[parts.PersonaRef, ...]) -> Iterator[MatrixRow]:
    builder = StageParts(journey, context)
    for stage in journey.stages:
        for question in stage.questions:
            part = builder.question(stage, question)
            asking = [who for who in question.spec.asked_by if who in context.atlas.personas]
            concerned = set(asking or [persona.id for persona in journey.personas])
            live = [a for a in context.atlas.answers.get((stage.key, question.id), ()) if a.spec.status == "live"]
            cells = tuple(
                tuple(
                    parts.Link(asset.spec.title, f"library/content/#asset-{asset.id}")
                    for asset in live
                    if _shown_to(asset, persona.id)
                )
                if persona.id in concerned
                else None
                for persona in personas
            )
            yield MatrixRow(part, f"{journey_uri(journey.id)}#{part.anchor}", context.stage_link(stage), cells)


def _shown_to(asset: Asset, persona: str) -> bool:
    """Whether an asset is meant for a persona: its own list, and whom it is hidden from."""
    audience = asset.spec.audience
    if audience and persona in audience.hide_from:
        return False
    wanted = {p.id for p in asset.personas} | set(audience.show_to if audience else ())
    return not wanted or persona in wanted


def raci_view(context: Context, agreements: AgreementParts) -> RaciView:
    """Who does what; only stages where somebody said."""
    groups = []
    for journey in context.atlas.journeys.values():
        rows = tuple(row for stage in journey.stages if (row := agreements.raci(stage)))
        if rows:
            groups.append((context.journey_link(journey), rows))
    return RaciView(
        uri="people/raci/",
        title=_("Who does what"),
        section=_("People"),
        groups=tuple(groups),
        description=_("Responsible, accountable, consulted and informed, stage by stage."),
    )


def reviews_view(context: Context) -> ReviewsView:
    """What is looked over when."""
    rows, never = [], []
    for kind, record, link in _reviewed_records(context):
        when = due(record, context.atlas)
        reviewed = record.spec.reviewed
        row = ReviewRow(
            kind,
            link,
            context.team(record.owner),
            day(reviewed) if reviewed else "",
            day(when) if when else "",
            context.overdue(when),
        )
        if when:
            rows.append((when, row))
        elif reviewed is None and getattr(record.spec, "status", "") not in ("retired", "withdrawn", "idea", "planned"):
            never.append(row)
    return ReviewsView(
        uri="health/reviews/",
        title=_("Reviews"),
        section=_("Health"),
        description=_("When each journey, persona, asset and promise was last looked over, and when it is due."),
        rows=tuple(row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].record.text))),
        never=tuple(never),
    )


def _reviewed_records(context: Context) -> Iterator[tuple[str, Journey | Persona | Asset | Promise, parts.Link]]:
    atlas = context.atlas
    for journey in atlas.journeys.values():
        yield _("Journey"), journey, context.journey_link(journey)
    for persona in atlas.personas.values():
        yield _("Persona"), persona, parts.Link(persona.spec.name, f"people/personas/{persona.id}/")
    for asset in atlas.assets.values():
        yield _("Asset"), asset, parts.Link(asset.spec.title, f"library/content/#asset-{asset.id}")
    for promise in atlas.promises.values():
        statement = plain(inline(promise.spec.statement))
        yield _("Promise"), promise, parts.Link(statement, f"promises/#promise-{promise.id}")


def health_view(context: Context) -> HealthView:
    """All open problems by owner, nobody's last; and by kind."""
    shown = [problem for problem in context.problems if problem.severity > Severity.INFO]
    owned: set[Problem] = set()
    groups: list[tuple[parts.TeamRef | None, tuple[parts.ProblemNote, ...]]] = []
    teams: list[Team] = sorted(
        context.atlas.teams.values(), key=lambda team: -len(context.problems_by_team.get(team.id, ()))
    )
    for team in teams:
        own = context.problems_by_team.get(team.id, [])
        owned.update(own)
        if own:
            groups.append((context.team(team), context.notes(own)))
    rest = [problem for problem in shown if problem not in owned]
    if rest:
        groups.append((None, context.notes(rest)))
    tally = Counter(problem.severity for problem in context.problems)
    tallies = [
        parts.Fact(word, number(tally[level]), tag=parts.Tag("", tone))
        for level, word, tone in (
            (Severity.ERROR, _("Errors"), "off"),
            (Severity.WARNING, _("Warnings"), "watch"),
            (Severity.INFO, _("Notes"), "none"),
        )
    ]
    kinds = Counter(problem.check for problem in shown)
    return HealthView(
        uri="health/",
        title=_("Health"),
        section=_("Health"),
        description=_("What is wrong or incomplete in the maps, and whose it is."),
        tallies=tuple(tallies),
        groups=tuple(groups),
        kinds=tuple((check, by_id()[check].summary, times) for check, times in kinds.most_common()),
    )


def lifecycle_view(context: Context) -> LifecycleView:
    """Categories × journeys, the tree of journeys, and the ways between them."""
    atlas = context.atlas
    rows = []
    for journey in sorted(atlas.journeys.values(), key=lambda j: (int(j.spec.level or 1), j.spec.title.casefold())):
        cells = tuple(
            tuple(
                parts.Link(stage.spec.title, stage_to(stage.key))
                for stage in journey.stages
                if category in stage.categories
            )
            for category in atlas.categories
        )
        rows.append(LifecycleRow(context.card(journey), cells))
    return LifecycleView(
        uri="lifecycle/",
        title=_("Lifecycle"),
        section=_("Lifecycle"),
        description=_("All journeys by lifecycle category, and how they lead into each other."),
        lead=plural(
            "%(num)s journey across %(categories)s",
            "%(num)s journeys across %(categories)s",
            len(atlas.journeys),
            categories=plural("%(num)s category", "%(num)s categories", len(atlas.categories)),
        ),
        purchase_point=atlas.spec.purchase_point or "",
        purchase_at=_purchase_at(atlas) if atlas.spec.purchase_point else None,
        categories=tuple((category.label, category.aim) for category in atlas.categories),
        rows=tuple(rows),
        graph=_journeys_graph(atlas),
        tree=tuple(_tree(context)),
    )


def _purchase_at(atlas: Atlas) -> int | None:
    """The place of the customer category where it follows the buyer's."""
    ids = [category.id for category in atlas.categories]
    pairs = list(pairwise(ids))
    return pairs.index(("buyer", "customer")) + 1 if ("buyer", "customer") in pairs else None


def _journeys_graph(atlas: Atlas) -> Graph | None:
    """Journeys and the ways between them, one arrow a pair and kind; None where there is nothing to draw."""
    pairs: dict[tuple[str, str, str], str] = {}
    for journey in atlas.journeys.values():
        for transition in journey.transitions:
            source, target = transition.source.journey, transition.target.journey
            if source != target and target in atlas.journeys:
                pairs.setdefault((source, target, transition.type), words(transition))
    joined = {ident for source, target, _ in pairs for ident in (source, target)}
    if not pairs or len(joined) > MOST_DRAWN:
        return None
    nodes = tuple(
        Node(
            ident,
            atlas.journeys[ident].spec.title,
            journey_uri(ident),
            "journey",
            note=", ".join(c.label for c in atlas.journeys[ident].categories),
        )
        for ident in sorted(joined)
    )
    edges = tuple(Edge(source, target, kind, "") for source, target, kind in pairs)
    return Graph(_("Journeys and the ways between them"), nodes, edges)


def _tree(context: Context) -> Iterator[tuple[int, parts.JourneyCard]]:
    """Journeys with their depth, parents before children."""
    atlas = context.atlas
    ordered = sorted(atlas.journeys.values(), key=lambda j: (int(j.spec.level or 1), j.spec.title.casefold()))
    pending = [(0, journey) for journey in reversed(ordered) if journey.parent not in atlas.journeys]
    seen: set[str] = set()
    while pending:
        depth, journey = pending.pop()
        if journey.id in seen:
            continue
        seen.add(journey.id)
        yield depth, context.card(journey)
        pending += [(depth + 1, child) for child in reversed(atlas.children.get(journey.id, ()))]
