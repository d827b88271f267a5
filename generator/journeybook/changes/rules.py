"""How much a change weighs: breaking, notify or minor, by rules that people can read.

Maintainers: a rule is named where it is applied below, and ``docs/changes.md`` has a line for each; a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from journeybook.changes.entities import Level
from journeybook.changes.items import Item
from journeybook.changes.values import Value
from journeybook.frozen import dataclass
from journeybook.measures.quantity import Quantity
from journeybook.measures.units import relation


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, how much what it covers weighs, and what that is."""

    name: str
    level: Level
    words: str


RULES: Mapping[str, Rule] = {rule.name: rule for rule in (
    Rule("promise-newly-broken", Level.BREAKING, "a promise is broken, or missed in the data, and was not before"),
    Rule("promise-taken-back", Level.BREAKING, "a promise is removed or withdrawn"),
    Rule("weakened", Level.BREAKING, "a promise, commitment or handoff holds to less than before"),
    Rule("commitment-removed", Level.BREAKING, "a commitment is removed"),
    Rule("handoff-removed", Level.BREAKING, "a handoff is removed"),
    Rule("map-removed", Level.BREAKING, "a journey or a stage is removed"),
    Rule("owner-removed", Level.BREAKING, "what had an owner of its own has none"),
    Rule("used-elsewhere", Level.BREAKING, "something is removed, renamed or moved to another journey, and other "
         "records refer to it"),
    Rule("retired-in-use", Level.BREAKING, "content or a journey that is used is retired"),
    Rule("verdict", Level.NOTIFY, "a promise is judged otherwise, but not newly broken"),
    Rule("owner", Level.NOTIFY, "somebody else owns, answers for or takes over something"),
    Rule("target", Level.NOTIFY, "a metric's target, definition, unit or direction is another"),
    Rule("persona", Level.NOTIFY, "a journey, step or asset is for other personas"),
    Rule("commitment", Level.NOTIFY, "a promise, commitment or handoff is new or says something else"),
    Rule("flow", Level.NOTIFY, "a stage or a way between stages is new, gone or leads elsewhere"),
    Rule("order-across-owners", Level.NOTIFY, "stages change places, so that other teams follow each other"),
    Rule("status", Level.NOTIFY, "a journey, promise or piece of content has another status or state"),
    Rule("record-removed", Level.NOTIFY, "a record to which nothing refers is removed"),
    Rule("journey-added", Level.NOTIFY, "a journey is new"),
    Rule("settings", Level.NOTIFY, "the calendar, the emotion scale or the levels of checks are others"),
    Rule("words", Level.MINOR, "anything else: words, scores, order, lists"),
)}

AGREED = frozenset({"promise", "commitment", "handoff"})
OWNING = frozenset({"owner", "raci.accountable", "raci.responsible", "accepted_by", "made_by", "sponsor"})
AIMS = frozenset({"target", "warn_at", "baseline", "direction", "unit", "definition", "kind", "cadence", "source"})
WAYS = frozenset({"from", "to", "type", "role", "made_at", "delivered_at", "parent", "compares_to", "detail"})
WORDY = frozenset({"statement", "trigger", "exceptions", "customer_informed", "known_failures", "reviewed",
                   "review_every", "stated_in", "metric"})
SETTINGS = ("calendar", "emotion", "checks", "purchase_point")


def on_removal(item: Item, used: bool) -> Rule:
    """The rule for something that is there no more."""
    name = {"promise": "promise-taken-back", "commitment": "commitment-removed", "handoff": "handoff-removed",
            "journey": "map-removed", "stage": "map-removed"}.get(item.kind)
    if name is None and used:
        name = "used-elsewhere"
    if name is None:
        name = "flow" if item.kind == "transition" else "record-removed" if item.parent is None else "words"
    return RULES[name]


def on_addition(item: Item) -> Rule:
    """The rule for something new."""
    if item.kind in AGREED:
        return RULES["commitment"]
    return RULES[{"journey": "journey-added", "stage": "flow", "transition": "flow"}.get(item.kind, "words")]


def on_rename(used: bool, *, moved: bool) -> Rule:
    """The rule for another id, or another journey."""
    return RULES["used-elsewhere" if used else "flow" if moved else "words"]


def on_verdict(word: str | None) -> Rule:
    """The rule for another verdict on a promise."""
    return RULES["promise-newly-broken" if word in ("broken", "missed-in-data") else "verdict"]


def on_change(item: Item, path: str, before: Value | None, after: Value | None, used: bool) -> Rule:
    """The rule for one field. ``used``: other records refer to the record."""
    kind, key = item.kind, path.partition(".")[0]
    if path == "owner" and after is None and kind != "stage" and kind != "commitment":
        name = "owner-removed"
    elif path in OWNING:
        name = "owner"
    elif kind == "promise" and path == "status" and after and after.words == "withdrawn":
        name = "promise-taken-back"
    elif path == "status" and after and after.words == "retired" and used:
        name = "retired-in-use"
    elif kind in AGREED and weaker(kind, path, before, after):
        name = "weakened"
    elif path in ("status", "state"):
        name = "status"
    elif kind in AGREED and key not in WORDY:
        name = "commitment"
    elif kind == "metric" and path in AIMS:
        name = "target"
    elif key in ("personas", "audience") and kind != "persona":
        name = "persona"
    elif key in WAYS:
        name = "flow"
    elif kind == "atlas" and key in SETTINGS:
        name = "settings"
    else:
        name = "words"
    return RULES[name]


def weaker(kind: str, path: str, before: Value | None, after: Value | None) -> bool:
    """Whether a promise, commitment or handoff holds to less: a wider bound, a longer time, less handed over."""
    key = path.rpartition(".")[2]
    if key in ("at_most", "at_least"):
        if before is None:
            return False
        if after is None:
            return True
        change = _sign(before, after)
        return change > 0 if key == "at_most" else change < 0
    if kind != "handoff":
        return False
    if key == "within" and before is not None:
        return after is None or _longer(before, after)
    if key in ("payload", "accept_criteria"):
        kept = {entry.key for entry in (after.entries or ())} if after else set()
        mine = {entry.key for entry in (before.entries or ())} if before else set()
        return bool(mine) and len(mine) > len(kept)
    return key == "accepted_by" and after is None


def _sign(before: Value, after: Value) -> int:
    """1 more, −1 less, 0 the same or not to be compared (business against elapsed time, say)."""
    one, other = before.key, after.key
    if not isinstance(one, Quantity) or not isinstance(other, Quantity) or relation(one.unit, other.unit) != "same":
        return 0
    return (other.size > one.size) - (other.size < one.size)


def _longer(before: Value, after: Value) -> bool:
    match before.key, after.key:
        case (_, Decimal() as one, str() as unit), (_, Decimal() as other, str() as another):
            return unit == another and other > one
    return False
