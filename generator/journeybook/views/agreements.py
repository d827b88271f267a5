"""Builds what pages show of promises, commitments, handoffs, loops and opportunities."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.formats import day
from journeybook.model import Commitment, Handoff, Loop, Opportunity, Promise, Stage, StageKey
from journeybook.model.agreements import pain_id
from journeybook.model.handoffs import missing_in, wanted_handoffs
from journeybook.model.lateness import waited
from journeybook.model.verdicts import RANKS, verdicts
from journeybook.schema.journey import Pain
from journeybook.views import parts
from journeybook.views.agreement_parts import (
    CommitmentItem,
    Gap,
    HandoffRow,
    LoopRow,
    OpportunityRow,
    PromiseRow,
    RaciRow,
    StageAgreements,
    VerdictPart,
)
from journeybook.views.agreement_words import bound, condition, valid
from journeybook.views.context import Context
from journeybook.views.lengths import how_long, how_often, looked_at
from journeybook.views.reads import Shared
from journeybook.views.record_places import stage_to
from journeybook.views.stages import SEVERITY
from journeybook.views.text import inline, maybe
from journeybook.views.vocabulary import ASSET_STATUS
from journeybook.views.walked import handoff_taken
from journeybook.words import N_, _

VERDICT_TAGS = {
    "broken": parts.Tag(N_("Broken"), "off", "close-octagon-outline"),
    "missed-in-data": parts.Tag(N_("Missed in data"), "off", "chart-line-variant"),
    "at-risk": parts.Tag(N_("At risk"), "watch", "alert-outline"),
    "unmatched": parts.Tag(N_("Unmatched"), "watch", "link-off"),
    "sign-off-due": parts.Tag(N_("Sign-off due"), "watch", "file-sign"),
    "undecidable": parts.Tag(N_("Undecidable"), "none", "help-circle-outline"),
    "kept-on-paper": parts.Tag(N_("Kept on paper"), "ok", "check-circle-outline"),
    "signed-off": parts.Tag(N_("Signed off"), "ok", "check-decagram-outline"),
}
HANDOFF_TAGS = {"complete": parts.Tag(N_("Complete"), "ok", "check-circle-outline"),
                "incomplete": parts.Tag(N_("Incomplete"), "watch", "alert-outline")}
LOOP_TAGS = {"open": parts.Tag(N_("Open"), "off", "sync-alert"),
             "in-progress": parts.Tag(N_("In progress"), "watch", "sync"),
             "closed": parts.Tag(N_("Closed"), "ok", "check-circle-outline")}
OPPORTUNITY_TAGS = {
    "idea": parts.Tag(N_("Idea"), "none", "lightbulb-outline"),
    "planned": parts.Tag(N_("Planned"), "watch", "clock-outline"),
    "in-progress": parts.Tag(N_("In progress"), "watch", "progress-wrench"),
    "shipped": parts.Tag(N_("Shipped"), "ok", "check-circle-outline")}
GRADES = {"low": 0, "medium": 1, "high": 2}
GRADE_WORDS = {"low": N_("low"), "medium": N_("medium"), "high": N_("high")}


class AgreementParts:
    """Rows and items of one atlas, each built once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.atlas = context.atlas
        self._promises: Shared = {}
        self._handoffs: Shared = {}
        self._loops: Shared = {}
        self._opportunities: Shared = {}
        self.reads = reads = context.reads
        self.verdicts = reads.table("verdicts", lambda: verdicts(reads.plain, context.settings.today))
        self.gaps_at = reads.table("gaps", self._gaps)
        self._made_in = reads.table("promises made in", self._promises_made_in)
        self._stages_of_opportunity = reads.table("stages of opportunity", self._stages_of_opportunities)

    def stage(self, stage: Stage) -> StageAgreements:
        """What a stage owes and is owed."""
        atlas, key = self.atlas, stage.key
        return StageAgreements(
            commitments=tuple(map(self.commitment, stage.commitments)),
            made=self.promises(atlas.promises_made.get(key, ())), due=self.promises(atlas.promises_due.get(key, ())),
            handoffs_out=tuple(map(self.handoff, atlas.handoffs_out.get(key, ()))),
            handoffs_in=tuple(map(self.handoff, atlas.handoffs_in.get(key, ()))),
            gaps=self.gaps_at.get(key, ()), loops_out=tuple(map(self.loop, atlas.loops_out.get(key, ()))),
            loops_in=tuple(map(self.loop, atlas.loops_in.get(key, ()))),
            opportunities=tuple(map(self.opportunity, atlas.opportunities_at.get(key, ()))), raci=self.raci(stage))

    def promise(self, promise: Promise) -> PromiseRow:
        """A promise with its verdict."""
        return self.reads.part(self._promises, promise, self._promise)

    def _promise(self, promise: Promise) -> PromiseRow:
        spec, verdict, context = promise.spec, self.verdicts[promise.id], self.context
        delivering = self.atlas.stages.get(promise.delivered_at) if promise.delivered_at else None
        made_by = context.somebody(spec.made_by)
        signed = ""
        if spec.signed_off:
            signed = f"{context.somebody(spec.signed_off.by)}, {day(spec.signed_off.on)}"
        return PromiseRow(
            id=promise.id, anchor=f"promise-{promise.id}", statement=inline(spec.statement),
            made_at=self._stage(promise.made_at),
            made_by="" if promise.owner and made_by == promise.owner.spec.name else made_by,
            delivered_at=self._stage(promise.delivered_at),
            owner=context.team(promise.owner), keeper=context.team(delivering.owner) if delivering else None,
            bound=bound(spec.measure), when=condition(spec.when),
            verdict=parts.said(VERDICT_TAGS[verdict.word]) if verdict.word else None,
            word=verdict.word or "", because=verdict.because,
            parts=tuple(VerdictPart(part.label, parts.said(VERDICT_TAGS[part.word]), part.because)
                        for part in verdict.parts
                        if part.word), rank=RANKS.index(verdict.word) if verdict.word else len(RANKS),
            kept_by=tuple(bound(commitment.spec.measure) for commitment in verdict.kept_by),
            assets=tuple(parts.Link(asset.spec.title, f"library/content/#asset-{asset.id}",
                                    "" if asset.spec.status == "live" else _(ASSET_STATUS[asset.spec.status].word))
                         for asset in promise.assets), signed=signed, valid=valid(spec),
            edit=context.edit(promise.origin.document.path, promise.origin.span(key=True).line))

    def promises(self, promises: tuple[Promise, ...] | None = None) -> tuple[PromiseRow, ...]:
        """Promises (all of them by default), the worst first."""
        chosen = self.atlas.promises.values() if promises is None else promises
        return tuple(sorted((self.promise(promise) for promise in chosen), key=lambda row: (row.rank, row.id)))

    def commitment(self, commitment: Commitment) -> CommitmentItem:
        """A commitment with the promises that rest on it."""
        spec = commitment.spec
        resting = [promise for promise in self.atlas.promises_due.get(commitment.stage, ())
                   if commitment in self.verdicts[promise.id].kept_by]
        return CommitmentItem(
            id=commitment.id, anchor=f"commitment-{commitment.stage.stage}-{commitment.id}", bound=bound(spec.measure),
            when=condition(spec.when), exceptions=maybe(spec.exceptions), owner=self.context.team(commitment.owner),
            metric=self.context.metric(commitment.metric) if commitment.metric else None,
            promises=tuple(promise_link(promise) for promise in resting))

    def handoff(self, handoff: Handoff) -> HandoffRow:
        """A handoff, with the promises that the taking team must know."""
        return self.reads.part(self._handoffs, handoff, self._handoff)

    def _handoff(self, handoff: Handoff) -> HandoffRow:
        spec, stages = handoff.spec, self.atlas.stages
        giver, taker = stages[handoff.source].owner, stages[handoff.target].owner
        missing = tuple(map(_, missing_in(handoff)))
        same = bool(giver and taker and (giver == taker or self.atlas.same_person(giver, taker)))
        status = parts.said(HANDOFF_TAGS["incomplete" if missing else "complete"])
        promises = self.promises(tuple(self.carried(handoff)))
        taken, late = handoff_taken(waited(handoff, self.atlas))
        return HandoffRow(
            id=handoff.id, anchor=f"handoff-{handoff.id}", source=self.stage_link(handoff.source),
            target=self.stage_link(handoff.target), giver=self.context.team(giver), taker=self.context.team(taker),
            same_person=same, trigger=maybe(spec.trigger), payload=tuple(map(inline, spec.payload)),
            within=how_long(spec.within), taken=taken, late=late, accepted_by=self.context.somebody(spec.accepted_by),
            criteria=tuple(map(inline, spec.accept_criteria)), informed=maybe(spec.customer_informed),
            introduced={True: _("Yes"), False: _("No"), None: ""}[spec.introduced_before_close],
            failures=tuple(map(inline, spec.known_failures)),
            metric=self.context.metric(handoff.metric) if handoff.metric else None, missing=missing, status=status,
            promises=promises, sheet=f"promises/handoffs/{handoff.id}/" if self.has_sheet(handoff) else "",
            edit=self.context.edit(handoff.origin.document.path, handoff.origin.span(key=True).line))

    def has_sheet(self, handoff: Handoff) -> bool:
        """Whether a welcome pack goes with it: it makes a buyer a customer, and something was promised before.

        In an atlas with categories of its own any handoff into another journey counts.
        """
        before, after = ({category.id for category in self.atlas.stages[key].categories}
                         for key in (handoff.source, handoff.target))
        if {"buyer", "customer"} <= {category.id for category in self.atlas.categories}:
            welcome = bool(before & {"prospect", "buyer"}) and "customer" in after
        else:
            welcome = handoff.source.journey != handoff.target.journey
        return welcome and any(self.carried(handoff))

    def carried(self, handoff: Handoff) -> Iterator[Promise]:
        """Active promises made no later than the giving stage and due no sooner than the taking one.

        Within a journey the order of stages decides; a promise from or to another journey counts where its
        stage is one of the two, or belongs to the journey that is left or entered.
        """
        for promise in self._made_in.get(handoff.source.journey, ()):
            made, due = promise.made_at, promise.delivered_at
            if promise.spec.status != "active" or made is None or due is None:
                continue
            before = made == handoff.source or (made.journey == handoff.source.journey
                                                and self._number(made) <= self._number(handoff.source))
            after = due == handoff.target or (due.journey == handoff.target.journey
                                              and self._number(due) >= self._number(handoff.target))
            if before and after:
                yield promise

    def _promises_made_in(self) -> dict[str, list[Promise]]:
        """Journey id → promises made in it."""
        found: dict[str, list[Promise]] = {}
        for promise in self.atlas.promises.values():
            if promise.made_at:
                found.setdefault(promise.made_at.journey, []).append(promise)
        return found

    def _number(self, key: StageKey) -> int:
        return self.atlas.stages[key].number

    def _gaps(self) -> dict[StageKey, tuple[Gap, ...]]:
        """Stage → ways out of it across teams without a handoff."""
        found: dict[StageKey, list[Gap]] = {}
        for wanted in wanted_handoffs(self.atlas):
            if wanted.handoff is None and not wanted.same_person:
                source, target = wanted.source, wanted.target
                note = "" if source.key.journey == target.key.journey else _("into another journey")
                found.setdefault(source.key, []).append(Gap(
                    self.stage_link(source.key), self.stage_link(target.key), self.context.team(source.owner),
                    self.context.team(target.owner), note))
        return {key: tuple(gaps) for key, gaps in found.items()}

    def loop(self, loop: Loop) -> LoopRow:
        """A feedback loop."""
        return self.reads.part(self._loops, loop, self._loop)

    def _loop(self, loop: Loop) -> LoopRow:
        spec = loop.spec
        target = parts.Link("", "")
        if loop.target:
            target = self.stage_link(loop.target)
        elif loop.asset:
            target = parts.Link(loop.asset.spec.title, f"library/content/#asset-{loop.asset.id}", _("content"))
        heard = how_often(int(spec.count), spec.period) if spec.count is not None else ""
        closing = self.atlas.opportunities.get(spec.closed_by or "")
        asset = self.atlas.assets.get(spec.closed_by or "")
        return LoopRow(
            id=loop.id, anchor=f"loop-{loop.id}", signal=inline(spec.signal), source=self.stage_link(loop.source),
            target=target, owner=self.context.team(loop.owner), heard=heard, medium=spec.source or "",
            action=maybe(spec.action), status=parts.said(LOOP_TAGS[spec.status]), rank=[*LOOP_TAGS].index(spec.status),
            closed_by=closing.spec.statement if closing else asset.spec.title if asset else spec.closed_by or "",
            cadence=", ".join(filter(None, (looked_at(spec.cadence),
                                            _("since %(day)s", day=day(spec.since)) if spec.since else ""))),
            edit=self.context.edit(loop.origin.document.path, loop.origin.span(key=True).line))

    def opportunity(self, opportunity: Opportunity) -> OpportunityRow:
        """An opportunity with where it comes from."""
        return self.reads.part(self._opportunities, opportunity, self._opportunity)

    def _opportunity(self, opportunity: Opportunity) -> OpportunityRow:
        spec = opportunity.spec
        sources = [parts.Link(self._pain_text(key, ident),
                              f"{stage_to(key).partition('#')[0]}#pain-{key.stage}-{ident}", _("pain"))
                   for key, ident in opportunity.pains]
        sources += [parts.Link(self.atlas.loops[ident].spec.signal, f"library/opportunities/#loop-{ident}", _("loop"))
                    for ident in opportunity.loops if ident in self.atlas.loops]
        stages = self._stages_of_opportunity.get(opportunity.id, [])
        value, effort = GRADES.get(spec.value or "", 1), GRADES.get(spec.effort or "", 1)
        return OpportunityRow(
            id=opportunity.id, anchor=f"opportunity-{opportunity.id}", statement=inline(spec.statement),
            value=_(GRADE_WORDS[spec.value]) if spec.value else "",
            effort=_(GRADE_WORDS[spec.effort]) if spec.effort else "", owner=self.context.team(opportunity.owner),
            status=parts.said(OPPORTUNITY_TAGS[spec.status]), stage_of=spec.status, sources=tuple(sources),
            stages=tuple(self.stage_link(key) for key in stages), tracker=self._tracker(spec.tracker),
            rank=(10 if spec.status == "shipped" else 0) - value * 2 + effort,
            severity=max((self._severity(key, ident) for key, ident in opportunity.pains), default=0),
            journeys=len({key.journey for key in stages}),
            edit=self.context.edit(opportunity.origin.document.path, opportunity.origin.span(key=True).line))

    def _stages_of_opportunities(self) -> dict[str, list[StageKey]]:
        found: dict[str, list[StageKey]] = {}
        for key, opportunities in self.atlas.opportunities_at.items():
            for opportunity in opportunities:
                found.setdefault(opportunity.id, []).append(key)
        return found

    def _pain(self, key: StageKey, ident: str) -> Pain | None:
        pains = [pain for step in self.atlas.stages[key].steps for pain in step.spec.pains]
        return next((pain for position, pain in enumerate(pains, start=1) if pain_id(pain, position) == ident), None)

    def _pain_text(self, key: StageKey, ident: str) -> str:
        pain = self._pain(key, ident)
        return pain.text if pain else ident

    def _severity(self, key: StageKey, ident: str) -> int:
        pain = self._pain(key, ident)
        return SEVERITY[pain.severity][0] if pain else 0

    def _tracker(self, written: str | None) -> str:
        links = self.atlas.spec.links
        if written is None or written.startswith(("https:", "http:")):
            return written or ""
        return links.tracker.replace("{key}", written) if links and links.tracker else ""

    def raci(self, stage: Stage) -> RaciRow | None:
        """Who does what at a stage; None where nobody said."""
        raci = stage.raci
        if raci is None:
            return None
        refs = {role: tuple(ref for team in getattr(raci, role) if (ref := self.context.team(team)))
                for role in ("responsible", "accountable", "consulted", "informed")}
        return RaciRow(self.stage_link(stage.key), stage.number, **refs)

    def stage_link(self, key: StageKey) -> parts.Link:
        """A stage, with its journey as the quiet word."""
        return self.context.stage_link(self.atlas.stages[key])

    def _stage(self, key: StageKey | None) -> parts.Link | None:
        return self.stage_link(key) if key else None


def promise_link(promise: Promise) -> parts.Link:
    """A promise in the register."""
    return parts.Link(promise.spec.statement, f"promises/#promise-{promise.id}")
