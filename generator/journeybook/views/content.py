"""The content inventory, and the matrix of questions and who gets an answer to them."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.formats import number
from journeybook.model import Asset, Journey, Question, Stage
from journeybook.views import parts, stage_parts
from journeybook.views.context import Context
from journeybook.views.filters import NOBODY, Switch, bar, filter_of
from journeybook.views.pages import ContentView
from journeybook.views.record_places import journey_uri
from journeybook.views.registers import ContentMatrixView, MatrixGroup, MatrixRow
from journeybook.views.stages import StageParts
from journeybook.views.vocabulary import ASSET_STATUS
from journeybook.words import N_, _

SECTION = N_("Library")


def content_view(context: Context) -> ContentView:
    """The asset inventory, and questions that nothing answers yet."""
    atlas = context.atlas
    assets = sorted(atlas.assets.values(), key=lambda asset: asset.spec.title.casefold())
    rows = tuple(map(context.asset_row, assets))
    filters = bar(
        len(rows),
        filter_of("status", _("State"), ((status, _(tag.word)) for status, tag in ASSET_STATUS.items()
                                      for row in rows if row.item.tone == status), as_given=True),
        filter_of("type", _("Type"), ((row.type_id, row.item.type) for row in rows if row.item.type)),
        filter_of("owner", _("Owner"), (
            (row.owner_id or NOBODY, row.owner.name if row.owner else _("No owner")) for row in rows)),
        filter_of("for", _("For"), (
            (ident, person.text) for row in rows for ident, person in zip(row.persona_ids, row.personas, strict=True))),
        Switch("overdue", _("Overdue"), sum(bool(row.overdue) for row in rows)),
        Switch("unused", _("Not used at a stage"), sum(not row.stages for row in rows)))
    counts = tuple(parts.Fact(_(tag.word), number(there), to=f"library/content/?status={status}")
                   for status, tag in ASSET_STATUS.items()
                   if (there := sum(row.item.tone == status for row in rows)))
    return ContentView(
        uri="library/content/", title=_("Content"), section=_(SECTION),
        description=_("Every asset: where it is used, who owns it, whether it is up to date."),
        rows=rows, bar=filters, unanswered=tuple(_unanswered(context)), counts=counts,
        search=tuple((row.anchor, row.item.title, " · ".join(filter(None, (
            row.item.type, row.owner.name if row.owner else "")))) for row in rows))


def _unanswered(context: Context) -> Iterator[tuple[stage_parts.Question, parts.Link]]:
    for journey in context.atlas.journeys.values():
        builder = StageParts(journey, context)
        for stage in journey.stages:
            for question in stage.questions:
                part = builder.question(stage, question)
                if not part.answers:
                    yield part, context.stage_link(stage)


def content_matrix_view(context: Context) -> ContentMatrixView:
    """Questions × stages × personas; a question without named personas is everybody's of its journey."""
    groups = tuple(group for journey in context.atlas.journeys.values() if (group := _group(journey, context)).rows)
    rows = [(group, row) for group in groups for row in group.rows]
    names = {persona.id: persona.spec.name for persona in context.atlas.personas.values()}
    gaps = sum(row.gap for _, row in rows)
    return ContentMatrixView(
        uri="library/content-matrix/", title=_("Content matrix"), section=_(SECTION),
        description=_("Which asset answers which question for whom, and what nothing answers."),
        groups=groups, gaps=gaps, questions=len(rows), bar=bar(
            len(rows),
            filter_of("journey", _("Journey"), ((group.id, group.journey.text) for group, _row in rows)),
            filter_of("for", _("For"), ((ident, names[ident]) for _group, row in rows for ident in row.asking)),
            Switch("gap", _("Without an answer"), gaps)))


def _group(journey: Journey, context: Context) -> MatrixGroup:
    """A journey's questions; its columns are the personas who ask at least one of them."""
    atlas = context.atlas
    found = [(stage, question, _asking(journey, question, context)) for stage in journey.stages
             for question in stage.questions]
    wanted = {ident for _, _, asking in found for ident in asking}
    columns = [ident for ident in atlas.personas if ident in wanted]
    builder = StageParts(journey, context)
    return MatrixGroup(
        journey.id, context.journey_link(journey),
        tuple(context.persona(atlas.personas[ident], index) for index, ident in enumerate(columns)),
        tuple(_row(builder, stage, question, asking, columns) for stage, question, asking in found))


def _asking(journey: Journey, question: Question, context: Context) -> tuple[str, ...]:
    named = tuple(who for who in question.spec.asked_by if who in context.atlas.personas)
    return named or tuple(persona.id for persona in journey.personas)


def _row(builder: StageParts, stage: Stage, question: Question, asking: tuple[str, ...],
         columns: list[str]) -> MatrixRow:
    context = builder.context
    part = builder.question(stage, question)
    live = [a for a in context.atlas.answers.get((stage.key, question.id), ()) if a.spec.status == "live"]
    cells = tuple(
        tuple(parts.Link(asset.spec.title, f"library/content/#asset-{asset.id}") for asset in live
              if _shown_to(asset, ident)) if ident in asking else None for ident in columns)
    return MatrixRow(part, f"{journey_uri(stage.key.journey)}#{part.anchor}", context.stage_link(stage),
                     stage.key.stage, asking, not part.answers, cells)


def _shown_to(asset: Asset, persona: str) -> bool:
    """Whether an asset is meant for a persona: its own list, and whom it is hidden from."""
    audience = asset.spec.audience
    if audience and persona in audience.hide_from:
        return False
    wanted = {p.id for p in asset.personas} | set(audience.show_to if audience else ())
    return not wanted or persona in wanted
