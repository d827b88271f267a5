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
    shown = {metric.id for asset in atlas.assets.values() for metric in asset.metrics}
    shown |= {handoff.metric.id for handoff in atlas.handoffs.values() if handoff.metric}
    shown |= {commitment.metric.id for stage in atlas.stages.values() for commitment in stage.commitments
              if commitment.metric}
    for metric in atlas.metrics.values():
        used = metric.id in shown or metric.id in atlas.stages_of_metric or metric.id in atlas.journeys_of_metric
        if not used and not atlas.may_be_used(metric.id):
            yield Problem("", f"the metric `{metric.id}` is at no stage and no journey", metric.origin.span(key=True),
                          "name it in `metrics:` of the stage or journey that it measures")
