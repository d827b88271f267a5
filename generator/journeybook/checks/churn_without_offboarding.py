"""People leave, and the map does not show how they are seen off.

Data handed back, the last invoice, a good word: how people part decides whether they come back and what they
tell others. Give leaving a stage of its own with `role: exit`.

Bad:

```yaml
title: Warning signs and leaving
owner: sales
category: churn
stages: [Warning signs, Talk about it]
```

Good:

```yaml
title: Warning signs and leaving
owner: sales
category: churn
stages:
  - Warning signs
  - Talk about it
  - {title: Hand over the data, role: exit}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas, Stage
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "flow"
LEVEL = Severity.INFO
CATEGORY = "churn"


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each journey with stages of churn, none of which lets people go or leads to where that is."""
    for journey in atlas.journeys.values():
        leaving = [stage for stage in journey.stages if _churn(stage)]
        if leaving and journey.all_transitions_known and not any(_seen_off(stage, atlas) for stage in leaving):
            yield Problem("", f"people leave after `{leaving[-1].title}`, and no stage says how they are seen off",
                          leaving[-1].origin.span("title"),
                          "add a stage in which they are helped to leave, with `role: exit`; "
                          "if it is this one, write it here")


def _churn(stage: Stage) -> bool:
    return any(category.id == CATEGORY for category in stage.categories)


def _seen_off(stage: Stage, atlas: Atlas) -> bool:
    if stage.spec.role == "exit" or stage.spec.detail:
        return True
    for way in atlas.departures.get(stage.key, ()):
        target = atlas.stages.get(way.target)
        across = target is not None and way.target.journey != stage.key.journey and _churn(target)
        if way.type == "exit" or across:
            return True
    return False
