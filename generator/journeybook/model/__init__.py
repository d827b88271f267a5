"""The atlas as a whole: resolved references and back-links; nobody changes it.

Maintainers: records point down (a stage holds its assets, an asset never its stages); the way back is asked
of the :class:`Atlas`, so that there are no cycles and every record can be built once.
"""

from journeybook.model.agreement_entities import Handoff, Loop, Opportunity, Promise
from journeybook.model.atlas import Atlas
from journeybook.model.build import build_atlas
from journeybook.model.entities import Asset, Category, Channel, Evidence, Metric, Persona, Team, Touchpoint, Value
from journeybook.model.journey_entities import Commitment, Feeling, Journey, Question, Raci, Stage, Step, Transition
from journeybook.model.origins import Origin, StageKey

__all__ = [
    "Asset", "Atlas", "Category", "Channel", "Commitment", "Evidence", "Feeling", "Handoff", "Journey", "Loop",
    "Metric", "Opportunity", "Origin", "Persona", "Promise", "Question", "Raci", "Stage", "StageKey", "Step", "Team",
    "Touchpoint", "Transition", "Value", "build_atlas",
]
