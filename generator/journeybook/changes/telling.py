"""Changes in the words of the map: titles instead of ids, plain sentences, before and after."""

from __future__ import annotations

import re

from journeybook.changes.items import Item, Snapshot
from journeybook.changes.values import Ref, Value
from journeybook.schema.records import KIND_OF, REGISTRIES

NOUNS = {**{KIND_OF[key]: model.noun for key, model in REGISTRIES.items()}, "journey": "journey", "stage": "stage",
         "step": "step", "pain": "pain", "question": "question", "commitment": "commitment", "decision": "decision",
         "transition": "way", "category": "category", "atlas": "atlas"}
LABELS = {"from": "starts at", "to": "leads to", "state": "state", "values": "latest value", "git": "Git handles",
          "raci.responsible": "responsible", "raci.accountable": "accountable", "raci.consulted": "consulted",
          "raci.informed": "informed", "measure.at_most": "at most", "measure.at_least": "at least",
          "measure.equals": "exactly", "measure.quantity": "quantity", "measure.sum": "adds up",
          "measure.yes_no": "yes or no", "signed_off.by": "signed off by", "signed_off.on": "signed off on",
          "url": "address", "pains": "pain points", "doing": "what they do", "thinking": "what they think"}
LONG = 60
"""Longer texts are not shown side by side: they were reworded, and the map says how."""


def quoted(title: str) -> str:
    """A title as part of a sentence."""
    return f"“{shortened(title)}”"


def shortened(text: str, most: int = LONG) -> str:
    """A text of at most so many characters, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0].rstrip(',;:')} …"


def subject(item: Item, snapshot: Snapshot) -> str:
    """What a change is about, ``""`` for the journey and the atlas, whose name stands above."""
    if item.kind in ("journey", "atlas"):
        return ""
    stage = snapshot.items.get(("stage", item.journey, item.stage))
    before = f"{stage.title}, " if stage and item.kind not in ("stage", "transition") else ""
    return item.title if item.kind == "stage" else f"{before}{NOUNS[item.kind]} {quoted(item.title)}"


def label(path: str, snapshot: Snapshot) -> str:
    """A field's name as people say it: ``emotion.bram`` → ``emotion of Bram Visser``."""
    if path in LABELS:
        return LABELS[path]
    key, _, rest = path.partition(".")
    who, _, part = rest.partition(".")
    persona = snapshot.items.get(("persona", who))
    if key == "emotion" and persona:
        return f"emotion of {persona.title}{f', {part}' if part else ''}"
    if key == "measure" and rest:
        return rest.replace("_", " ")
    return re.sub(r"[._]", " ", path)


def shown(value: Value | None, snapshot: Snapshot) -> str:
    """A value's words; records it refers to by their titles."""
    if value is None:
        return ""
    if value.entries is not None:
        return ", ".join(shown(entry, snapshot) for entry in value.entries)
    return _named(value.key, value.words, snapshot) if isinstance(value.key, Ref) else value.words


def _named(ref: Ref, words: str, snapshot: Snapshot) -> str:
    for kind in ref.kinds:
        ident = ref.id.removeprefix("asset:")
        parts = ident.replace("#", "/").split("/") if kind in ("stage", "question", "pain", "commitment") else [ident]
        found = snapshot.items.get((kind, *parts))
        if found:
            return found.title
    return words


def sentence(name: str, old: Value | None, new: Value | None, before: Snapshot, after: Snapshot) -> str:
    """What happened to a field, its name in front."""
    one, other = shown(old, before), shown(new, after)
    if old is not None and new is not None and old.entries is not None and new.entries is not None:
        return _entries(name, old, new, before, after)
    if old is None:
        listed = new is not None and new.entries is not None
        return f"{name}: added {listing([shown(e, after) for e in (new and new.entries) or ()])}" if listed else (
            f"{name} set to {shortened(other)}")
    if new is None:
        return f"{name} removed (was {shortened(one)})"
    if len(one) > LONG or len(other) > LONG:
        return f"{name} reworded"
    return f"{name} {one} → {other}"


def _entries(name: str, old: Value, new: Value, before: Snapshot, after: Snapshot) -> str:
    mine, theirs = old.entries or (), new.entries or ()
    gone = [shown(e, before) for e in mine if e.key not in {other.key for other in theirs}]
    come = [shown(e, after) for e in theirs if e.key not in {other.key for other in mine}]
    said = [f"added {listing(come)}"] if come else []
    said += [f"removed {listing(gone)}"] if gone else []
    return f"{name}: {'; '.join(said)}" if said else f"{name} reordered"


def listing(entries: list[str]) -> str:
    """Some entries by name, the rest by number."""
    named = ", ".join(shortened(entry) for entry in entries[:3])
    return f"{named} and {len(entries) - 3} more" if len(entries) > 3 else named
