"""A metric has had no new value for longer than two cadences.

Whoever reads the page takes the last value for today's. Export the newer ones, or say how often a value really
comes; an old value decides nothing about a promise either.

Bad:

```yaml
# example.csv beside this file ends in June 2026
metrics:
  answer-time: {name: Time to answer, target: 4, owner: sales, cadence: monthly, values: example.csv}
```

Good:

```yaml
# example.csv beside this file ends in October 2026
metrics:
  answer-time: {name: Time to answer, target: 4, owner: sales, cadence: monthly, values: example.csv}
```
"""

from collections.abc import Iterator
from dataclasses import replace

from journeybook import formats
from journeybook.model import Atlas
from journeybook.model.business import due_after
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "metric"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each metric with a cadence whose newest value, of any segment, is older than two of them."""
    for metric in atlas.metrics.values():
        cadence = metric.spec.cadence
        newest = max((value.date for value in metric.values if value.value is not None), default=None)
        if cadence is None or newest is None:
            continue
        twice = replace(cadence, low=cadence.low * 2, high=cadence.high * 2)
        if due_after(twice, newest, atlas) < settings.today:
            yield Problem(
                "", f"the latest value of `{metric.id}` is from {formats.day(newest)}, older than two cadences "
                f"({cadence.text})", metric.origin.span("query" if metric.spec.query else "values"),
                "run `journeybook measure` on a newer log" if metric.spec.query else
                "add the newer values, or correct `cadence:`")
