"""Small functions that templates call: what they say of a score, a text, a list of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from journeybook import formats
from journeybook.diagrams.emotion import EmotionPlot, per_cent
from journeybook.views.parts import PersonaRef
from journeybook.views.stage_parts import Feeling, Lane

_BACKTICKS = re.compile(r"`([^`]+)`")
LEVELS = {-2: "vn2", -1: "vn1", 0: "v0", 1: "vp1", 2: "vp2"}
FACES = {-2: "angry", -1: "sad", 0: "neutral", 1: "happy", 2: "excited"}


def fold(level: float) -> int:
    """A score as one of the five steps that have a face and a colour."""
    return max(-2, min(2, round(level)))


def plain(text: str) -> str:
    """Text without its tags, for where links must not nest. Most texts have none, so look first."""
    return text.striptags() if "<" in text and isinstance(text, Markup) else text


def code(text: str) -> Markup:
    """A message with what stands between backticks as code."""
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


def sentence(text: str) -> Markup:
    """``code`` with a capital at the start, unless it starts with code."""
    return code(text[:1].upper() + text[1:])


def only(personas: Iterable[PersonaRef]) -> Markup:
    """The attribute by which the persona switch finds what is not for everyone."""
    return Markup(f' data-p="{" ".join(f"p{p.index}" for p in personas)}"')  # noqa: S704 - numbers only


def place(plot: EmotionPlot, score: float) -> str:
    """The class that puts something at a score's height in an emotion cell; heights go in steps of two."""
    return f"y{round(per_cent(plot, score) / 2) * 2}"


def scale(plot: EmotionPlot) -> tuple[tuple[str, str], ...]:
    """(class, label) of the three marks beside the emotion lane."""
    write = formats.score if plot.low < 0 else formats.number
    return tuple((place(plot, at), write(at)) for at in (plot.high, (plot.low + plot.high) / 2, plot.low))


def dots(plot: EmotionPlot, feelings: Iterable[Feeling]) -> list[tuple[str, list[Feeling]]]:
    """(class, feelings) of a cell's dots; scores too near each other share a row: no letter hides another."""
    rows: list[tuple[float, list[Feeling]]] = []
    for feeling in sorted((f for f in feelings if f.score is not None), key=lambda f: -(f.score or 0)):
        score = feeling.score or 0.0
        if rows and per_cent(plot, score) - per_cent(plot, rows[-1][0]) < 9:
            rows[-1][1].append(feeling)
        else:
            rows.append((score, [feeling]))
    return [(place(plot, score), sorted(row, key=lambda f: f.persona.index)) for score, row in rows]


def runs(lanes: Iterable[Lane]) -> list[tuple[str, list[Lane]]]:
    """Neighbouring lanes of one group."""
    return [(group, list(members)) for group, members in groupby(lanes, key=lambda lane: lane.group)]


def meant_for(item: object) -> tuple[PersonaRef, ...]:
    """The personas that an item is for; none: everybody."""
    one = getattr(item, "persona", None)
    return (one,) if one else getattr(item, "personas", ())


def left_out(
    items: Sequence[object], personas: Iterable[PersonaRef], all_of_them: bool = False
) -> list[tuple[PersonaRef, int]]:
    """For which personas the switch hides some (or all) of the items, and how many."""
    only = [named for item in items if (named := meant_for(item))]
    if not only or (all_of_them and len(only) < len(items)):
        return []
    hidden = ((p, sum(all(q.index != p.index for q in named) for named in only)) for p in personas)
    return [(p, n) for p, n in hidden if n and (not all_of_them or n == len(items))]
