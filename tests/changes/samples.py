"""An atlas in a few files, thirty edits of it, and snapshots without a disk."""

from __future__ import annotations

from pathlib import Path

from journeybook.changes import Snapshot, snapshot
from journeybook.checks import run
from journeybook.model import build_atlas
from journeybook.problems import Problem
from journeybook.schema import Contents, validate
from journeybook.settings import Settings
from journeybook.source import read_text
from support import TODAY

Files = dict[str, str]

ATLAS: Files = {
    "atlas.yml": "title: Fernway\n",
    "teams.yml": """\
teams:
  sales: { name: Sales, git: "@fernway/sales" }
  setup: { name: Setup crew, git: "@fernway/setup" }
  care: { name: Customer care }
personas:
  nora: { name: Nora Quist, goals: [Sleep through the night] }
  emil: { name: Emil Brandt }
channels:
  van: Our van
touchpoints:
  doorstep: { name: The doorstep, channel: van, owner: setup }
metrics:
  nps: { name: Would recommend us, target: 40, unit: points, owner: care }
  setup-time: { name: Time to set up, target: 3, unit: days, direction: down, owner: setup }
""",
    "library.yml": """\
assets:
  price-list: { title: What it costs, owner: sales, stages: buy/compare }
  guide: { title: First evening guide, owner: care, stages: [live-with-it/first-evening] }
promises:
  live-in-48h:
    statement: It runs within 48 hours of your signature.
    made_at: buy/sign
    delivered_at: live-with-it/install
    measure: { quantity: setup-time, at_most: 48 hours }
    stated_in: price-list
handoffs:
  signed:
    from: buy/sign
    to: live-with-it/install
    payload: [Goals in their words, What was promised]
    within: 1 business day
    accepted_by: setup
""",
    "journeys/buy.yml": """\
title: Choose a heat pump
owner: sales
persona: [nora, emil]
status: live
stages:
  - id: notice
    title: Notice the bill
    steps:
      - title: Opens the bill
        emotion: { nora: -1, emil: 0 }
        pains:
          - text: The bill doubled and nobody said why
            severity: severe
      - Asks the neighbours
  - id: compare
    title: Compare offers
    owner: sales
    customer_goal: Know what it costs over ten years.
    assets: price-list
    questions:
      - id: noise
        ask: Will the neighbours hear it?
  - id: visit
    title: The visit
    owner: setup
    steps:
      - title: Measures the house
        touchpoints: doorstep
  - id: sign
    title: Sign
    metrics: nps
""",
    "journeys/live-with-it.yml": """\
title: Live with it
owner: care
persona: nora
stages:
  - id: install
    title: Install
    owner: setup
    emotion: 1
    commitments:
      - measure: { quantity: setup-time, at_most: 40 hours }
        metric: setup-time
    steps: [The crew arrives, The old one is carried out]
  - id: first-evening
    title: First evening
    assets: guide
    metrics: nps
  - title: First winter
transitions:
  - { from: first-winter, to: first-evening, type: back, share: 10 % }
""",
}

BUY, LIVE, LIBRARY, TEAMS = "journeys/buy.yml", "journeys/live-with-it.yml", "library.yml", "teams.yml"
EDITS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "a stage's emotion": ((LIVE, "emotion: 1", "emotion: -2"),),
    "an emotion of one persona": ((BUY, "nora: -1", "nora: -2"),),
    "rename a stage's title": ((BUY, "title: The visit", "title: We come and look"),),
    "rename a stage's id that others use": ((BUY, "id: sign\n", "id: contract\n"),
                                            (LIBRARY, "buy/sign", "buy/contract")),
    "rename a stage's id that nobody uses": ((BUY, "id: notice\n", "id: awareness\n"),),
    "retitle a stage whose id is made of its title": ((LIVE, "title: First winter", "title: First cold winter"),
                                                      (LIVE, "from: first-winter", "from: first-cold-winter")),
    "move a stage within its owner": ((BUY, "  - id: sign\n    title: Sign\n    metrics: nps\n", ""),
                                      (BUY, "  - id: compare\n", "  - id: sign\n    title: Sign\n    metrics: nps\n"
                                            "  - id: compare\n")),
    "move a stage to another journey": ((BUY, """\
  - id: visit
    title: The visit
    owner: setup
    steps:
      - title: Measures the house
        touchpoints: doorstep
""", ""), (LIVE, "stages:\n", """\
stages:
  - id: visit
    title: The visit
    owner: setup
    steps:
      - title: Measures the house
        touchpoints: doorstep
""")),
    "remove a stage that is used": ((LIVE, """\
  - id: install
    title: Install
    owner: setup
    emotion: 1
    commitments:
      - measure: { quantity: setup-time, at_most: 40 hours }
        metric: setup-time
    steps: [The crew arrives, The old one is carried out]
""", ""),),
    "add a stage": ((BUY, "  - id: sign\n", "  - title: Sleep on it\n    steps: [Waits]\n  - id: sign\n"),),
    "change a journey's owner": ((LIVE, "owner: care", "owner: sales"),),
    "give a stage an owner of its own": ((BUY, "title: Sign\n", "title: Sign\n    owner: care\n"),),
    "take a record's owner away": ((LIBRARY, "What it costs, owner: sales", "What it costs"),),
    "break a promise": ((LIVE, "at_most: 40 hours", "at_most: 5 days"),),
    "tighten a commitment": ((LIVE, "at_most: 40 hours", "at_most: 30 hours"),),
    "weaken the promise": ((LIBRARY, "at_most: 48 hours", "at_most: 4 days"),),
    "withdraw the promise": ((LIBRARY, "    made_at: buy/sign\n", "    made_at: buy/sign\n    status: withdrawn\n"),),
    "say the same length in other words": ((LIVE, "at_most: 40 hours", "at_most: 40h"),
                                           (LIBRARY, "within: 1 business day", "within: 1 working day")),
    "remove a commitment": ((LIVE, """\
    commitments:
      - measure: { quantity: setup-time, at_most: 40 hours }
        metric: setup-time
""", ""),),
    "hand over less": ((LIBRARY, "payload: [Goals in their words, What was promised]", "payload: What was promised"),),
    "remove the handoff": ((LIBRARY, ATLAS[LIBRARY][ATLAS[LIBRARY].index("handoffs:"):], ""),),
    "delete an asset that is used": ((LIBRARY, "  price-list: { title: What it costs, owner: sales, "
                                               "stages: buy/compare }\n", ""),),
    "retire an asset that is used": ((LIBRARY, "owner: sales, stages", "owner: sales, status: retired, stages"),),
    "another target": ((TEAMS, "target: 40", "target: 55"),),
    "another persona": ((BUY, "persona: [nora, emil]", "persona: nora"),
                        (BUY, "{ nora: -1, emil: 0 }", "{ nora: -1 }")),
    "rename a persona's id": ((TEAMS, "  nora: {", "  nora-quist: {"), (BUY, "[nora, emil]", "[nora-quist, emil]"),
                              (BUY, "{ nora: -1", "{ nora-quist: -1"), (LIVE, "persona: nora", "persona: nora-quist")),
    "reword": ((BUY, "Know what it costs over ten years.", "Know what it costs over twenty years."),
               (BUY, "Will the neighbours hear it?", "Will anybody hear it at night?")),
    "reorder steps": ((BUY, "      - Asks the neighbours\n", ""),
                      (BUY, "      - title: Opens the bill\n",
                       "      - Asks the neighbours\n      - title: Opens the bill\n")),
    "another way between stages": ((LIVE, "share: 10 %", "share: 25 %"),),
    "a team leaves": ((TEAMS, "  care: { name: Customer care }\n", ""),),
    "comments, layout and order of keys": (
        (BUY, "title: Choose a heat pump\nowner: sales\n",
         "# reviewed by Ola\nowner: \"sales\"\n\ntitle: >-\n  Choose a\n  heat pump\n"),),
}


def edited(name: str, files: Files = ATLAS) -> Files:
    """The atlas after an edit."""
    found = dict(files)
    for path, old, new in EDITS[name]:
        assert found[path].count(old) >= 1, (name, old)
        found[path] = found[path].replace(old, new)
    return found


def read(files: Files) -> Snapshot:
    """The snapshot of an atlas: path → text."""
    settings = Settings(Path("/nowhere"), Path("/nowhere"), today=TODAY)
    problems: list[Problem] = []
    contents: list[Contents] = []
    for path in files:
        document, found = read_text(path, files[path])
        content, more = validate(document)
        problems += [*found, *more]
        contents.append(content)
    atlas, found = build_atlas(contents, settings)
    everything = run(atlas, settings, [content.document for content in contents], [*problems, *found])
    return snapshot(contents, atlas, everything, TODAY)
