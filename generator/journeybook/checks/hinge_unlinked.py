"""A hinge leads into no other journey.

A hinge ends one journey and opens another, as renewal does. Without a way across the map stops exactly where
people go on.

Bad:

```yaml
title: The first year
owner: sales
stages:
  - {id: use, title: Use}
  - {id: renew, title: Renew, role: hinge}
```

Good:

```yaml
title: The first year
owner: sales
stages:
  - {id: use, title: Use}
  - {id: renew, title: Renew, role: hinge}
transitions:
  - {from: renew, to: first-week/set-up}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "flow"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each hinge that nothing leaves for another journey."""
    for stage in atlas.stages.values():
        if stage.spec.role != "hinge" or not atlas.journeys[stage.key.journey].all_transitions_known:
            continue
        if all(way.target.journey == stage.key.journey for way in atlas.departures.get(stage.key, ())):
            yield Problem("", f"`{stage.title}` is a hinge and leads into no other journey", stage.origin.span("role"),
                          f"add a transition `from: {stage.key.stage}` with `to: journey/stage`, or delete the role")
