"""A metric has no target.

A number that nobody wants to reach tells nobody what to do. Write where it should be; `warn_at` says from where on
it is close.

Bad:

```yaml
metrics:
  answer-time: {name: Time to answer, unit: hours, owner: sales}
```

Good:

```yaml
metrics:
  answer-time: {name: Time to answer, unit: hours, direction: down, target: 4, owner: sales}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "metric"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each metric without a target."""
    for metric in atlas.metrics.values():
        if metric.spec.target is None and not metric.origin.filled("target", metric.spec):
            yield Problem("", f"the metric `{metric.id}` has no target", metric.origin.span(key=True),
                          "add `target:` with the number to reach")
