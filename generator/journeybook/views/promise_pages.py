"""The register of promises and handoffs, and the sheet that goes into a welcome pack."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from journeybook.formats import number
from journeybook.model import Handoff
from journeybook.views import parts
from journeybook.views.agreements import VERDICT_TAGS, AgreementParts
from journeybook.views.context import Context
from journeybook.views.registers import HandoffSheetView, PromisesView
from journeybook.views.text import plain
from journeybook.words import _


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
