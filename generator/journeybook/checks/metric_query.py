"""A metric cannot be counted as its query asks.

An event that no stage names, a clock that is never stopped, a share in days: such a number would be wrong or never
come. Name signals of stages, or stages for all of their signals; and either count a metric or keep it by hand.

Bad:

```yaml
title: Choose an accountant
owner: sales
metrics:
  trial-to-order:
    name: From trial to order
    unit: "%"
    target: 40
    owner: sales
    query: {ask: conversion, from: Trial startet, to: Order placed}
stages:
  - {id: try, title: Try, signals: Trial started}
  - {id: decide, title: Decide, signals: Order placed}
```

Good:

```yaml
title: Choose an accountant
owner: sales
metrics:
  trial-to-order:
    name: From trial to order
    unit: "%"
    target: 40
    owner: sales
    query: {ask: conversion, from: Trial started, to: Order placed, within: 30 days}
stages:
  - {id: try, title: Try, signals: Trial started}
  - {id: decide, title: Decide, signals: Order placed}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings
from journeybook.walked.metrics import asked

GROUP = "metric"
LEVEL = Severity.ERROR


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each thing in a query that cannot be counted."""
    yield from asked(atlas)[1]
