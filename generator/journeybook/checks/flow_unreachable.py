"""No way leads to a stage.

Everybody goes past it, so it is either left over or a way to it is missing on the map. A stage at which
people may come in from outside says so with `role: entry`.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare, Decide]
transitions:
  - from: look-around
    to: decide
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare, Decide]
transitions:
  - from: look-around
    to: decide
    type: skip
  - from: look-around
    to: compare
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "flow"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage at which nobody can arrive; ways from other journeys count."""
    for journey in atlas.journeys.values():
        if not journey.all_transitions_known:
            continue  # the way that is missing may be one that is reported already
        for stage in journey.stages[1:]:
            ways = atlas.arrivals.get(stage.key, ())
            if stage.spec.role != "entry" and all(way.source == stage.key for way in ways):
                yield Problem(
                    "", f"no way leads to the stage `{stage.title}`", stage.origin.span("title"),
                    f"add a transition `to: {stage.key.stage}`, or `role: entry` if people come in here")
