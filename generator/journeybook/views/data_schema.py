"""JSON Schema (2020-12) of what is published under ``api/v1/``. A new key is no new version; another meaning is."""

from __future__ import annotations

import json
from typing import Any

from journeybook.schema.fields import fields_of
from journeybook.schema.journey import Journey
from journeybook.views.journey_data import FOLDER, VERSION

Schema = dict[str, Any]
JOURNEY_SCHEMA = f"{FOLDER}journey.schema.json"
INDEX_SCHEMA = f"{FOLDER}index.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
OWN: Schema = {"type": "object", "propertyNames": {"pattern": "^x-"},
               "description": "Keys of the team's own, as they are written."}


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})},
            "additionalProperties": False}


def _list(entry: Schema, description: str = "") -> Schema:
    return {"type": "array", "items": entry, **({"description": description} if description else {})}


def _by_name(entry: Schema, description: str) -> Schema:
    return {"type": "object", "additionalProperties": entry, "description": description}


def _choices(key: str) -> Schema:
    found = next(field for field in fields_of(Journey) if field.key == key)
    return {"enum": list(found.shape.choices)}


def _version() -> Schema:
    return {"const": VERSION, "description": "Another number means that a key means something else."}


def journey_schema() -> Schema:
    """The schema of one journey."""
    item = _object({"text": {**TEXT, "description": "Ready to read."}}, {
        "id": {**TEXT, "description": "Of the record it stands for."},
        "note": {**TEXT, "description": "Severity, state, bound: what may differ while the entry is the same."},
        "personas": _list(TEXT, "Ids; none means everybody."),
        "level": {"enum": [1, 2, 3], "description": "How severe a pain is."}})
    lanes = _by_name(_list(item), "Lane → its entries. An empty lane is left out.")
    score = _object({"score": {"type": "number"}, "shown": TEXT}, {
        "word": TEXT, "basis": {"enum": ["assumed", "observed", "measured"]}})
    stage = _object({
        "id": TEXT, "number": {"type": "integer", "minimum": 1}, "title": TEXT,
        "names": {**_list(TEXT, "What the stage is recognised by in another journey."), "minItems": 3, "maxItems": 3},
        "scores": _by_name(score, "Persona's id → how they feel; \"\" is the average of all."), "lanes": lanes},
        {"x": OWN})
    return {
        "$schema": DRAFT, "title": "A journey map", **_object({
            "version": _version(), "id": TEXT, "title": TEXT,
            "url": {**TEXT, "description": "The journey's page, seen from the site's first page."},
            "kind": _choices("kind"), "state": _choices("state"), "status": _choices("status"),
            "owner": {"anyOf": [_object({"name": TEXT, "url": TEXT}), {"type": "null"}]},
            "personas": _list(_object({"id": TEXT, "name": TEXT})),
            "scale": {**_list({"type": "number"}, "Lowest and highest score."), "minItems": 2, "maxItems": 2},
            "overall": _by_name(_object({"average": TEXT, "lowest": TEXT}), "Persona's id (\"\": all) → all stages."),
            "lanes": lanes, "stages": _list(stage)}, {
            "x": OWN, "promises": _list(_object({
                "id": TEXT, "statement": TEXT, "verdict": {"type": ["string", "null"]}, "because": TEXT}),
                "Only from `journeybook show`.")})}


def index_schema() -> Schema:
    """The schema of the list of journeys."""
    return {
        "$schema": DRAFT, "title": "The journey maps of an atlas", **_object({
            "version": _version(), "title": TEXT,
            "journeys": _list(_object({
                "id": TEXT, "title": TEXT, "state": _choices("state"), "url": TEXT,
                "data": {**TEXT, "description": "The file of the journey, seen from the site's first page."}})),
            "personas": _list(_object({"id": TEXT, "name": TEXT, "url": TEXT}))})}


def schema_files() -> dict[str, str]:
    """Place in the site → schema."""
    return {place: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
            for place, schema in ((JOURNEY_SCHEMA, journey_schema()), (INDEX_SCHEMA, index_schema()))}
