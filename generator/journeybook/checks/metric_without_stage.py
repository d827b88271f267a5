"""A metric measures nothing on the map.

Neither a stage nor a journey names it, and no commitment, handoff or asset is shown by it. Either it is about
some stretch of a journey and the map should say which, or nobody needs it here.

Bad:

```yaml
metrics:
  answer-time: {name: Time to answer, target: 4, owner: sales}
```

Good:

```yaml
title: Ask for help
owner: sales
metrics:
  answer-time: {name: Time to answer, target: 4, owner: sales}
stages:
  - {title: Wait, metrics: answer-time}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "metric"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each metric that nothing but other metrics refers to."""
    for metric in atlas.metrics.values():
        used = any(metric.id in users for users in (
            atlas.stages_of_metric, atlas.journeys_of_metric, atlas.others_of_metric))
        if not used and not atlas.may_be_used(metric.id):
            yield Problem("", f"the metric `{metric.id}` is at no stage and no journey", metric.origin.span(key=True),
                          "name it in `metrics:` of the stage or journey that it measures")
