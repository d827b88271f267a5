"""Beginnings that an editor offers: ``$1``, ``$2`` … are the places to fill in, one after the other.

A body has the shape of what it stands for; keys of a registry are ids.
"""

from __future__ import annotations

from typing import Any

STEP: dict[str, Any] = {"title": "${1:What happens, in the customer's terms}", "emotion": "${2:0}"}
STAGE: dict[str, Any] = {
    "id": "${1:compare}", "title": "${2:Compare}", "customer_goal": "${3:What the customer wants here}",
    "steps": [{"title": "${4:What happens first}"}]}
TRANSITION: dict[str, Any] = {
    "from": "${1:stage}", "to": "${2:stage}", "type": "${3|back,branch,skip,loop,reentry,exit,win-back,next|}",
    "condition": "${4:When people take it}"}
JOURNEY: dict[str, Any] = {
    "title": "${1:In the customer's words}", "owner": "${2:team}", "stages": [{"title": "${3:First stage}"}]}

BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "Stage": ("A stage with a goal and a step", STAGE),
    "Step": ("A step with a feeling", STEP),
    "Transition": ("A way that is not simply the next stage", TRANSITION),
}
"""Record → what its snippet is called and holds."""

ENTRIES: dict[str, tuple[str, dict[str, Any]]] = {
    "teams": ("A team", {"name": "${2:What the firm calls it}", "lead": "${3:Who leads it}"}),
    "personas": ("A persona", {
        "name": "${2:Name}", "role": "${3|buyer,customer,user,influencer,approver|}",
        "summary": "${4:One or two sentences}", "goals": ["${5:What they want to reach}"]}),
    "assets": ("A piece of content", {
        "title": "${2:What it is called}", "type": "${3:checklist}", "owner": "${4:team}",
        "stages": ["${5:journey/stage}"]}),
    "metrics": ("A metric", {
        "name": "${2:What it is called}", "unit": "\"${3:%}\"", "direction": "${4|up,down|}", "target": "${5:0}",
        "owner": "${6:team}"}),
    "promises": ("A promise that can be compared", {
        "statement": "${2:In the words customers read}", "made_at": "${3:journey/stage}",
        "delivered_at": "${4:journey/stage}",
        "measure": {"quantity": "${5:delivery-time}", "at_most": "${6:48 hours}"}}),
    "handoffs": ("A handoff from one stage to another", {
        "from": "${2:journey/stage}", "to": "${3:journey/stage}", "payload": ["${4:What is passed on}"],
        "within": "${5:1 business day}"}),
    "loops": ("A feedback loop", {
        "signal": "${2:What is heard}", "from": "${3:journey/stage}", "to": "${4:journey/stage}",
        "owner": "${5:team}", "cadence": "${6:monthly}"}),
}
"""Registry → what the snippet of a record in it is called and holds; its id is ``$1``."""
