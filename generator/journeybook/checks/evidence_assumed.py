"""Most feelings on this map are assumed.

That is how a map begins. It is told so that nobody takes the curve for something that was asked or measured:
talk to a few people, then write `basis: observed` with the evidence.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - {title: Look around, emotion: 1}
  - {title: Compare, emotion: -1}
  - {title: Decide, emotion: 2}
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages:
  - {title: Look around, emotion: 1}
  - title: Compare
    emotion: {score: -1, basis: observed, evidence: "five interviews, May"}
  - title: Decide
    emotion: {score: 2, basis: observed, evidence: "five interviews, May"}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas, Journey
from journeybook.problems import Problem, Severity
from journeybook.schema.journey import Feeling
from journeybook.settings import Settings

GROUP = "evidence"
LEVEL = Severity.INFO
FEWEST = 3
"""So many scores make a curve that somebody could take for a finding."""


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each journey of today with a curve more than half of which is assumed."""
    for journey in atlas.journeys.values():
        if journey.spec.state == "future":
            continue  # nobody can have felt it yet
        scores = list(_scores(journey))
        assumed = sum(feeling.basis == "assumed" for feeling in scores)
        if assumed * 2 > len(scores) >= FEWEST:
            some = f"{assumed} of {len(scores)}" if assumed < len(scores) else f"all {assumed}"
            yield Problem(
                "", f"{some} emotion scores on this map are assumed", journey.origin.span("title"),
                "ask or watch a few people, then write `basis: observed` (or `measured`) and `evidence:`")


def _scores(journey: Journey) -> Iterator[Feeling]:
    for stage in journey.stages:
        for emotion in (stage.spec.emotion, *(step.spec.emotion for step in stage.steps)):
            if emotion:
                yield from (emotion.everyone,) if emotion.everyone else ()
                yield from emotion.by_persona.values()
