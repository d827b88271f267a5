"""Where a handoff is wanted, and what a complete one says. Checks and pages ask here."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.frozen import dataclass
from journeybook.model.agreement_entities import Handoff
from journeybook.model.atlas import Atlas
from journeybook.model.journey_entities import Stage, Transition
from journeybook.words import N_

WITHIN_A_JOURNEY = ("next", "branch", "skip")
ACROSS = ("next", "branch", "skip", "reentry", "exit", "win-back")

COMPLETE = {
    N_("what is passed on"): ("payload",),
    N_("a time limit"): ("within",),
    N_("who accepts it and when it counts as taken over"): ("accepted_by", "accept_criteria"),
}
"""What a complete handoff says, in words → the keys of which one says it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A transition on which the accountable team changes; ``handoff`` is the one that covers it, if any."""

    transition: Transition
    source: Stage
    target: Stage
    handoff: Handoff | None
    same_person: bool


def wanted_handoffs(atlas: Atlas) -> Iterator[Wanted]:
    """Wherever owners differ along a way forward, or along one into another journey.

    Not for ways back and loops, which repeat what was handed over before; not out of or between stages of an overview
    (level 0) that other journeys show in detail, because the handoff stands there.
    """
    for journey in atlas.journeys.values():
        for transition in journey.transitions:
            source, target = atlas.stages.get(transition.source), atlas.stages.get(transition.target)
            if source is None or target is None or source.owner is None or target.owner is None:
                continue
            own = transition.source.journey == transition.target.journey
            if transition.type not in (WITHIN_A_JOURNEY if own else ACROSS) or source.owner == target.owner:
                continue
            if _overview(atlas, source) and (not own or (source.spec.detail and target.spec.detail)):
                continue
            handoff = next((h for h in atlas.handoffs_out.get(source.key, ()) if h.target == target.key), None)
            yield Wanted(transition, source, target, handoff, atlas.same_person(source.owner, target.owner))


def _overview(atlas: Atlas, stage: Stage) -> bool:
    return atlas.journeys[stage.key.journey].spec.level == "0"


def missing_in(handoff: Handoff) -> tuple[str, ...]:
    """What a complete handoff would also say."""
    return tuple(words for words, keys in COMPLETE.items()
                 if not any(handoff.origin.filled(key, handoff.spec) for key in keys))
