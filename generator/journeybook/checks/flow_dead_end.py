"""A stage in the middle of a journey has no way out.

Whoever gets there is stuck, on the map at least: a way that only a new person takes (`actor: new`) is none
for those who are there. If people really leave, say so with `role: exit`; otherwise the way on is missing.

Bad:

```yaml
title: Life with the product
owner: sales
stages: [Use, Recommend, Renew]
transitions:
  - from: recommend
    to: use
    type: branch
    actor: new
```

Good:

```yaml
title: Life with the product
owner: sales
stages: [Use, Recommend, Renew]
transitions:
  - from: recommend
    to: use
    type: loop
    actor: new
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "flow"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage, but the last, that nobody who is there leaves."""
    for journey in atlas.journeys.values():
        if not journey.all_transitions_known:
            continue  # the way that is missing may be one that is reported already
        for stage in journey.stages[:-1]:
            onward = [way for way in atlas.departures.get(stage.key, ())
                      if way.target != stage.key and (way.spec is None or way.spec.actor == "same")]
            if not onward and stage.spec.role not in ("exit", "hinge"):
                yield Problem(
                    "", f"no way leads on from the stage `{stage.title}`", stage.origin.span("title"),
                    f"add a transition `from: {stage.key.stage}`, or `role: exit` if people leave here")
