"""Promises, handoffs, feedback loops and opportunities: what joins the stages of different teams."""

from __future__ import annotations

from typing import Any

from journeybook.model.agreement_entities import Handoff, Loop, Opportunity, Promise
from journeybook.model.entities import Asset, Team
from journeybook.model.journey_entities import Commitment, Raci
from journeybook.model.origins import Origin, StageKey
from journeybook.model.references import References
from journeybook.problems import Problem, Related
from journeybook.schema import Entry
from journeybook.schema import journey as journey_schema
from journeybook.schema import promises as schema
from journeybook.schema.types import slug, url_fault
from journeybook.source import FAULTY


def commitments(stage: StageKey, spec: journey_schema.Stage, origin: Origin, owner: Team | None,
                refs: References) -> tuple[Commitment, ...]:
    """The commitments of a stage; an id that comes twice is told and passed over."""
    found: dict[str, Commitment] = {}
    for index, written in enumerate(spec.commitments):
        place = origin.at("commitments", index)
        ident = commitment_id(written, index)
        if ident in found:
            first = found[ident].origin
            refs.problems.append(Problem(
                "id-duplicate", f"two commitments of this stage have the id `{ident}`",
                place.span("id") if place.has("id") else place.span("measure", "quantity"),
                "give one of them another `id:`", related=(Related("first here", first.span()),)))
            continue
        found[ident] = Commitment(
            ident, stage, written, place,
            refs.owner(written.owner, place, "owner") if written.owner else owner,
            refs.one("metric", written.metric, place, "metric"), _clock(written, stage.journey, place, refs))
    return tuple(found.values())


def _clock(spec: schema.Commitment, home: str, origin: Origin, refs: References) -> tuple[StageKey, StageKey] | None:
    """The two stages of one journey between which a commitment's time passes."""
    if spec.from_ is None or spec.to is None:
        return None
    start, stop = refs.stage(spec.from_, home, origin, "from"), refs.stage(spec.to, home, origin, "to")
    if start is None or stop is None:
        return None
    if start.journey != stop.journey or start == stop:
        refs.problems.append(Problem(
            "value-choice", f"nobody goes from `{start}` straight to `{stop}`", origin.span("to"),
            "name two stages of one journey, or a `metric:` with a `query:`"))
        return None
    return start, stop


def commitment_id(spec: schema.Commitment, index: int) -> str:
    """Its own id, else the quantity it is about."""
    own = spec.id or spec.measure.quantity
    return own if own and own != FAULTY else f"commitment-{index + 1}"


def raci(spec: schema.Raci | None, origin: Origin, owner: Team | None, refs: References) -> Raci | None:
    """Who does what; accountable is the owner where nothing else is written."""
    if spec is None:
        return None
    roles = {role: refs.many("team", getattr(spec, role), origin, "raci", role)
             for role in ("responsible", "accountable", "consulted", "informed")}
    if not roles["accountable"] and owner:
        roles["accountable"] = (owner,)
    return Raci(**roles)


class Agreements:
    """Builds the records that join stages, once stages, assets and metrics are known.

    ``homes`` maps a file to the journey there: in it a bare stage id means that journey's stage.
    """

    def __init__(self, references: References, owners: dict[StageKey, Team | None], homes: dict[str, str],
                 tracker: str) -> None:
        self.refs = references
        self.owners = owners
        self.homes = homes
        self.tracker = tracker
        self.half: set[StageKey] = set()
        self._stating: dict[str, list[Asset]] = {}
        for asset in references.known["asset"].values():
            for promise in asset.states:
                self._stating.setdefault(promise, []).append(asset)

    def promise(self, entry: Entry) -> Promise:
        """A promise; its owner is who makes it, else the team of the stage where it is made."""
        spec: Any = entry.spec
        origin, home = self._place(entry)
        refs = self.refs
        made_at = refs.stage(spec.made_at, home, origin, "made_at") if spec.made_at else None
        delivered_at = refs.stage(spec.delivered_at, home, origin, "delivered_at") if spec.delivered_at else None
        owner = refs.owner(spec.owner, origin, "owner") if spec.owner else None
        if owner is None and spec.owner is None:
            owner = refs.known["team"].get(spec.made_by) or (self.owners.get(made_at) if made_at else None)
        said = refs.many("asset", spec.stated_in, origin, "stated_in")
        also = tuple(asset for asset in self._stating.get(entry.id, ()) if asset not in said)
        return Promise(entry.id, spec, origin, owner, made_at, delivered_at, said + also)

    def handoff(self, entry: Entry) -> Handoff | None:
        """A handoff; None where one of its stages does not exist (which was told)."""
        spec: Any = entry.spec
        origin, home = self._place(entry)
        source = self.refs.stage(spec.from_, home, origin, "from")
        target = self.refs.stage(spec.to, home, origin, "to")
        metric = self.refs.one("metric", spec.metric, origin, "metric")
        if source is None or target is None:
            self.half.update(end for end in (source, target) if end)
            return None
        return Handoff(entry.id, spec, origin, source, target, metric)

    def loop(self, entry: Entry) -> Loop | None:
        """A feedback loop; ``to`` is a stage or ``asset:ID``."""
        spec: Any = entry.spec
        origin, home = self._place(entry)
        source = self.refs.stage(spec.from_, home, origin, "from")
        target, asset = None, None
        if spec.to.startswith("asset:"):
            asset = self.refs.one("asset", spec.to.removeprefix("asset:"), origin, "to")
        else:
            target = self.refs.stage(spec.to, home, origin, "to")
        owner = self.refs.owner(spec.owner, origin, "owner")
        if source is None or (target is None and asset is None):
            return None
        return Loop(entry.id, spec, origin, owner, source, target, asset)

    def opportunity(self, entry: Entry) -> Opportunity:
        """An opportunity, from pains (``journey/stage#pain``) and loops (by id)."""
        spec: Any = entry.spec
        origin, home = self._place(entry)
        pains: list[tuple[StageKey, str]] = []
        loops: list[str] = []
        for index, text in enumerate(spec.from_):
            if "#" in text:
                found = self.refs.part("pain", text, home, origin, "from", index)
                if found:
                    pains.append(found)
            elif self.refs.one("loop", text, origin, "from", index):
                loops.append(text)
        self._tracked(spec, origin)
        return Opportunity(entry.id, spec, origin, self.refs.owner(spec.owner, origin, "owner"), tuple(pains),
                           tuple(loops))

    def _tracked(self, spec: schema.Opportunity, origin: Origin) -> None:
        if spec.tracker is None or spec.tracker == FAULTY:
            return
        address = spec.tracker
        if not address.startswith(("https:", "http:")) and not self.tracker:
            self.refs.problems.append(Problem(
                "url-refused", f"`{address}` is a key, and the atlas does not say where its tracker is",
                origin.span("tracker"),
                "write an address, or add `links:` with `tracker: https://…/{key}` to atlas.yml"))
        elif why := url_fault(address):
            self.refs.problems.append(Problem("url-refused", why, origin.span("tracker"),
                                              "write an address that starts with `https://`, or a key"))

    def _place(self, entry: Entry) -> tuple[Origin, str]:
        return Origin(entry.document, entry.route), self.homes.get(entry.document.path, "")


def pain_id(spec: journey_schema.Pain, position: int) -> str:
    """A pain's own id, else one made from its words, else its position in the stage."""
    return spec.id if spec.id and spec.id != FAULTY else slug(spec.text) or str(position)
