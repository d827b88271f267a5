"""The register of promises and handoffs, and the sheet that goes into a welcome pack."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from journeybook.formats import number
from journeybook.model import Handoff
from journeybook.views import parts
from journeybook.views.agreement_parts import HandoffRow, PromiseRow
from journeybook.views.agreements import VERDICT_TAGS, AgreementParts
from journeybook.views.context import Context
from journeybook.views.registers import HandoffSheetView, PromisesView
from journeybook.views.text import plain
from journeybook.words import _

MOST_SEARCHED = 300
"""So many letters of a handoff can be searched."""


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
        search=(*map(_promise_words, rows), *map(_handoff_words, handoffs)),
    )


def _promise_words(row: PromiseRow) -> tuple[str, str, str]:
    """What a promise is found by."""
    texts = row.verdict.word if row.verdict else "", row.because
    return row.anchor, plain(row.statement), " · ".join(filter(None, texts))


def _handoff_words(row: HandoffRow) -> tuple[str, str, str]:
    """What a handoff is found by: both ends, who gives and takes over, what is passed on."""
    teams = (team.name for team in (row.giver, row.taker) if team)
    texts = _("Handoff"), *teams, *map(plain, row.payload)
    return row.anchor, f"{row.source.text} → {row.target.text}", " · ".join(texts)[:MOST_SEARCHED]


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
