"""A transition leads from a stage to the same stage.

A way from a place to itself says nothing about what people do next. If they come back after something else,
name the stage they come back from; if they repeat a part, make it a step.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare]
transitions:
  - from: compare
    to: compare
    type: loop
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare]
transitions:
  - from: compare
    to: look-around
    type: loop
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "flow"
LEVEL = Severity.ERROR


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each transition that goes nowhere."""
    for journey in atlas.journeys.values():
        for way in journey.transitions:
            if way.source == way.target:
                yield Problem("", f"this way leads from `{way.source.stage}` to itself",
                              way.origin.span("to"), "name another stage, or delete the transition")
