"""The text of a journey to be written: keys with comments that say what to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journeybook.model.atlas import Atlas

HEAD = """\
# One journey: the way a customer goes, stage by stage.
title: {title}
owner: {owner}  # {owner_note}
{persona}\
status: draft
# description: One or two sentences; they stand under the title.
# trigger: What sets the journey off?
# end_condition: When is it over?

stages:
"""
STAGE = """\
  - id: {id}
    title: {title}
"""
FULL_STAGE = """\
    customer_goal: What does the customer want here?
    steps:
      - title: What happens first?
        # emotion: {middle}        # from {low} (worst) to {high} (best)
        # touchpoints: []   # ids from the touchpoints
        # pains:
        #   - text: What hurts?
        #     severity: medium
    # questions:
    #   - What do customers ask here?
    # assets: []            # ids from the assets
    # metrics: []           # ids from the metrics
"""
TAIL = """\

# Stages follow each other by themselves. Write only the other ways:
# transitions:
#   - from: {last}
#     to: {first}
#     type: loop            # branch, skip, back, loop, reentry, exit or win-back
#     condition: When do people take it?
"""
PLAIN = re.compile(r"[^\W\d_](?:[\w,.?!()’–—-]| (?! ))*")  # words and punctuation that mean nothing to YAML
DEFAULT_STAGES = (("awareness", "Awareness"), ("consideration", "Consideration"), ("decision", "Decision"))


def draft(atlas: Atlas, title: str, owner: str = "", stages: Sequence[tuple[str, str]] = DEFAULT_STAGES) -> str:
    """The YAML of a new journey with stages (id, title); without an owner the first team stands there to be changed."""
    owner_note = "the accountable team" if owner else "the accountable team: change it if it is another"
    owner = owner or next(iter(atlas.teams), "your-team")
    persona = next(iter(atlas.personas), "")
    scale = atlas.spec.emotion
    full = FULL_STAGE.format(low=scale.min, high=scale.max, middle=(scale.min + scale.max) // 2)
    text = HEAD.format(title=quoted(title), owner=quoted(owner), owner_note=owner_note,
                       persona=f"persona: {persona}\n" if persona else "# persona: whose journey is it?\n")
    for index, (stage, name) in enumerate(stages):
        text += STAGE.format(id=stage, title=quoted(name)) + ("" if index else full)
    return text + TAIL.format(first=stages[0][0], last=stages[-1][0])


def quoted(text: str) -> str:
    """A text as YAML: in double quotes where it could be read as something else."""
    if PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
