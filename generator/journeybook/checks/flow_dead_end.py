"""A stage in the middle of a journey has no way out.

Whoever gets there is stuck, on the map at least. If people really leave there, say so with `role: exit`;
otherwise the way on is missing.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare, Decide]
transitions:
  - from: compare
    to: compare
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare, Decide]
transitions:
  - from: compare
    to: decide
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "flow"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage, but the last, that nothing leaves."""
    for journey in atlas.journeys.values():
        if not journey.all_transitions_known:
            continue  # the way that is missing may be one that is reported already
        for stage in journey.stages[:-1]:
            ways = atlas.departures.get(stage.key, ())
            if stage.spec.role not in ("exit", "hinge") and all(way.target == stage.key for way in ways):
                yield Problem(
                    "", f"no way leads on from the stage `{stage.spec.title}`", stage.origin.span("title"),
                    f"add a transition `from: {stage.key.stage}`, or `role: exit` if people leave here")
