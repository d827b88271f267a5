"""The words and classes that all diagrams share."""

from __future__ import annotations

from journeybook.diagrams.text import one_line
from journeybook.words import N_, _

LEVEL_CLASS = {-2: "vn2", -1: "vn1", 0: "v0", 1: "vp1", 2: "vp2"}
LEVEL_WORD = {-2: N_("very bad"), -1: N_("bad"), 0: N_("neutral"), 1: N_("good"), 2: N_("very good")}
_SENTENCES = {
    "next": (N_("%(source)s leads to %(target)s."), N_("%(source)s leads to %(target)s (%(note)s).")),
    "branch": (N_("%(source)s can lead to %(target)s."), N_("%(source)s can lead to %(target)s (%(note)s).")),
    "skip": (N_("%(source)s skips to %(target)s."), N_("%(source)s skips to %(target)s (%(note)s).")),
    "back": (N_("%(source)s goes back to %(target)s."), N_("%(source)s goes back to %(target)s (%(note)s).")),
    "loop": (N_("%(source)s loops back to %(target)s."), N_("%(source)s loops back to %(target)s (%(note)s).")),
    "reentry": (N_("%(source)s starts again at %(target)s."), N_("%(source)s starts again at %(target)s (%(note)s).")),
    "exit": (N_("%(source)s leaves for %(target)s."), N_("%(source)s leaves for %(target)s (%(note)s).")),
    "undrawn": (N_("People go from %(source)s to %(target)s; the map draws no such way."),
                N_("People go from %(source)s to %(target)s; the map draws no such way (%(note)s).")),
    "win-back": (N_("%(source)s wins customers back to %(target)s."),
                 N_("%(source)s wins customers back to %(target)s (%(note)s).")),
}
"""Kind → what an arrow says, without and with a note."""
_REPEATS = (N_("%(source)s repeats."), N_("%(source)s repeats (%(note)s)."))
KINDS = frozenset(_SENTENCES)


def thick(weight: int) -> str:
    """The class, behind a space, of a line that so many take: 1 (few) to 4 (most); ``""`` where nobody counted."""
    return f" w{weight}" if weight else ""


def arrow_sentence(source: str, target: str, kind: str, label: str = "") -> str:
    """``4 Install goes back to 3 Order (missed slot, 14 %).``"""
    bare, noted = _REPEATS if source == target else _SENTENCES.get(kind, _SENTENCES["next"])
    note = ", ".join(part.strip() for part in one_line(label).split(" · ") if part.strip())
    return _(noted if note else bare, source=source, target=target, note=note)
