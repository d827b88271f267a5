"""The atlas as a whole: resolved references and back-links, frozen.

Maintainers: records point down (a stage holds its assets, an asset never its stages); the way back is asked
of the :class:`Atlas`, so that there are no cycles and every record can be built once.
"""

from journeybook.model.atlas import Atlas
from journeybook.model.build import build_atlas
from journeybook.model.entities import (
    Asset,
    Category,
    Channel,
    Evidence,
    Feeling,
    Journey,
    Metric,
    Origin,
    Persona,
    Question,
    Stage,
    StageKey,
    Step,
    Team,
    Touchpoint,
    Transition,
    Value,
)

__all__ = [
    "Asset", "Atlas", "Category", "Channel", "Evidence", "Feeling", "Journey", "Metric", "Origin", "Persona",
    "Question", "Stage", "StageKey", "Step", "Team", "Touchpoint", "Transition", "Value", "build_atlas",
]
