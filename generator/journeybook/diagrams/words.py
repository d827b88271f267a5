"""The words and classes that all diagrams share."""

from __future__ import annotations

from journeybook.diagrams.text import one_line

LEVEL_CLASS = {-2: "vn2", -1: "vn1", 0: "v0", 1: "vp1", 2: "vp2"}
LEVEL_WORD = {-2: "very bad", -1: "bad", 0: "neutral", 1: "good", 2: "very good"}
_VERBS = {
    "next": "leads to",
    "branch": "can lead to",
    "skip": "skips to",
    "back": "goes back to",
    "loop": "loops back to",
    "reentry": "starts again at",
    "exit": "leaves for",
    "win-back": "wins customers back to",
}
KINDS = frozenset(_VERBS)


def arrow_sentence(source: str, target: str, kind: str, label: str = "") -> str:
    """``4 Install goes back to 3 Order (missed slot, 14 %).``"""
    verb = "repeats" if source == target else f"{_VERBS.get(kind, 'leads to')} {target}"
    note = ", ".join(part.strip() for part in one_line(label).split(" · ") if part.strip())
    return f"{source} {verb} ({note})." if note else f"{source} {verb}."
