"""The editors' schema with the ids of one atlas in it, as text."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from journeybook.checks import CHECKS
from journeybook.model import Atlas
from journeybook.model.agreements import pain_id
from journeybook.problems import Problem
from journeybook.schema.editor import Known, editor_schema
from journeybook.schema.records import KIND_OF
from journeybook.schema.validate import ATLAS_FILES
from journeybook.source import Document


def as_text(known: Known | None = None) -> str:
    """The schema as JSON: for every atlas, or for the one whose ids are given."""
    schema = editor_schema({check.id: check.summary for check in CHECKS}, known)
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def known_of(atlas: Atlas, documents: dict[str, Document], problems: list[Problem]) -> Known:
    """The ids of an atlas. What a file that cannot be read may hold stays open."""
    kinds = _open_kinds(documents, problems)
    scale = None if "category" in kinds else (atlas.spec.emotion.min, atlas.spec.emotion.max)
    return Known(_ids(atlas), frozenset(kinds), scale)


def _ids(atlas: Atlas) -> dict[str, dict[str, str]]:
    """Kind → id → name."""
    questions: dict[str, str] = {}
    pains: dict[str, str] = {}
    commitments: dict[str, str] = {}
    for key, stage in atlas.stages.items():
        questions.update((f"{key}#{question.id}", question.spec.ask) for question in stage.questions)
        commitments.update((f"{key}#{commitment.id}", commitment.id) for commitment in stage.commitments)
        hurts = [pain for step in stage.spec.steps for pain in step.pains]
        pains.update((f"{key}#{pain_id(pain, place)}", pain.text) for place, pain in enumerate(hurts, start=1))
    return {
        "journey": {**{ident: journey.spec.title for ident, journey in atlas.journeys.items()},
                    **{ident: document.path for ident, document in atlas.broken.items()}},
        "stage": {str(key): stage.spec.title for key, stage in atlas.stages.items()},
        "question": questions, "pain": pains, "commitment": commitments,
        "category": {category.id: category.title for category in atlas.categories},
        "team": {ident: team.spec.name for ident, team in atlas.teams.items() if team.listed},
        "persona": {ident: persona.spec.name for ident, persona in atlas.personas.items()},
        "channel": {ident: channel.name for ident, channel in atlas.channels.items()},
        "touchpoint": {ident: touchpoint.spec.name for ident, touchpoint in atlas.touchpoints.items()},
        "evidence": {ident: evidence.spec.summary for ident, evidence in atlas.evidence.items()},
        "metric": {ident: metric.spec.name for ident, metric in atlas.metrics.items()},
        "asset": {ident: asset.spec.title for ident, asset in atlas.assets.items()},
        "promise": {ident: promise.spec.statement for ident, promise in atlas.promises.items()},
        "loop": {ident: loop.spec.signal for ident, loop in atlas.loops.items()},
        "opportunity": {ident: opportunity.spec.statement for ident, opportunity in atlas.opportunities.items()},
    }


def _open_kinds(documents: dict[str, Document], problems: list[Problem]) -> set[str]:
    """Kinds of which there may be more than was read, because of a file or a record that has a fault."""
    every = {*KIND_OF.values(), "journey", "category"}
    paths = {problem.span.path for problem in problems if problem.check.startswith(("file-", "link-"))}
    if paths - documents.keys() or any(not d.readable and not d.top_keys for d in documents.values()):
        return every
    found = set()
    for path, document in documents.items():
        if not document.readable:
            found |= {KIND_OF[key] for key in document.top_keys if key in KIND_OF}
            found |= {"category"} if PurePosixPath(path).name in ATLAS_FILES else set()
    return found | {"journey"} if found or any(not d.readable for d in documents.values()) else found
