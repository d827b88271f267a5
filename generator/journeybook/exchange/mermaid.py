"""Mermaid: a journey as a ``journey`` diagram, and its stages as a ``flowchart``.

Mermaid's grammar ends names at ``#``, ``;`` and ``:``, and takes some words for its own; such characters are written
as its entity codes (``#59;``), which it shows as what they stand for.
Source of the grammar: ``packages/mermaid/src/diagrams/user-journey/parser/journey.jison`` (11.17).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeybook.exchange.rows import feelings
from journeybook.model import Atlas, Journey, Stage, Step
from journeybook.model.journey_entities import Transition

HELD = frozenset({"journey.title", "stage.title", "step.title", "step.persona", "step.emotion"})
SPECIAL = re.compile(r"""[#;:<>"`{}\\\n\r\t]|%(?=%)|(?<=%)%""")
QUOTED = re.compile(r"""[#;<>"`\\\n\r\t]""")
OWN_WORDS = re.compile(r"\s*(journey|title|section|acctitle|accdescr|end\b|style|classdef|---)", re.IGNORECASE)
UNRATED = "%% no score was given for the next task"
LOWEST, HIGHEST = 1.0, 5.0  # Mermaid's scores
ARROWS = {"next": "-->", "branch": "-->", "skip": "-->", "back": "-.->", "loop": "-.->", "reentry": "-.->",
          "exit": "==>", "win-back": "-.->"}


def escaped(text: str) -> str:
    """A text that Mermaid's parser takes for one name."""
    coded = _coded(SPECIAL, text.strip())
    return f"#{ord(coded[0])};{coded[1:]}" if OWN_WORDS.match(coded) else coded


def _coded(characters: re.Pattern[str], text: str) -> str:
    return characters.sub(lambda found: f"#{ord(found[0])};", text)


def _label(text: str) -> str:
    """A text in the quotation marks of a flowchart."""
    return f'"{_coded(QUOTED, text)}"'


def journey_text(journey: Journey, scale: tuple[float, float]) -> str:
    """A ``journey`` diagram: sections are stages, tasks are steps, actors the personas of a step.

    ``scale`` is the atlas's, lowest and highest; Mermaid's goes from 1 to 5, and a task without a score stands at 3.
    """
    lines = ["journey", f"    title {escaped(journey.spec.title)}"]
    for stage in journey.stages:
        lines.append(f"    section {escaped(stage.title)}")
        lines += (f"        {line}" for step in stage.steps for line in _task(step, scale))
    return "\n".join(lines) + "\n"


def _task(step: Step, scale: tuple[float, float]) -> Iterator[str]:
    felt = feelings(step.spec.emotion) if step.spec.emotion else ()
    if not felt:
        yield UNRATED
    mean = sum(float(one.score) for one in felt) / len(felt) if felt else sum(scale) / 2
    score = LOWEST + (mean - scale[0]) / (scale[1] - scale[0]) * (HIGHEST - LOWEST)
    actors = ", ".join(escaped(persona.spec.name).replace(",", "#44;") for persona in step.personas)
    yield f"{escaped(step.spec.title)}: {round(score, 2):g}" + (f": {actors}" if actors else "")


def flowchart(journey: Journey, atlas: Atlas) -> str:
    """Stages and the ways between them, those to other journeys too."""
    names = {stage.key: f"s{stage.number}" for stage in journey.stages}
    lines = ["flowchart LR"]
    lines += (f"    s{stage.number}[{_label(f'{stage.number}. {stage.title}')}]" for stage in journey.stages)
    ways = []
    for way in journey.transitions:
        for end in (way.source, way.target):
            if end not in names:
                names[end] = f"x{len(names) + 1}"
                lines.append(f"    {names[end]}[[{_label(elsewhere(atlas.stages.get(end), atlas, str(end)))}]]")
        label = label_of(way)
        arrow = ARROWS[way.type]
        ways.append(f"    {names[way.source]} {arrow}" + (f"|{_label(label)}|" if label else "")
                    + f" {names[way.target]}")
    return "\n".join([*lines, *ways]) + "\n"


def elsewhere(stage: Stage | None, atlas: Atlas, fallback: str) -> str:
    """A stage of another journey."""
    return f"{atlas.journeys[stage.key.journey].spec.title}: {stage.title}" if stage else fallback


def label_of(way: Transition) -> str:
    """What stands on an arrow: the kind of way where it is no plain one, its condition, its share, its delay."""
    if way.spec is None:
        return ""
    share = f"{way.spec.share.normalize():f} %" if way.spec.share is not None else ""
    kind = "" if way.type == "next" else way.type
    delay = way.spec.delay.text if way.spec.delay else ""
    return ", ".join(filter(None, (kind, way.spec.condition, share, delay)))
