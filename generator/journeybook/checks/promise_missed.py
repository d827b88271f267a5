"""A promise is kept on paper, and the numbers say that it is missed.

The latest value of the commitment's metric lies outside what is promised. The plan is fine and the work is not,
or the plan never was: look into the numbers before another customer hears the promise.

Bad:

```yaml
# example.csv beside this file holds the value 57 for October
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - id: set-up
    title: Set up
    owner: onboarding
    commitments:
      - measure: {quantity: setup-time, at_most: 36 hours}
        metric: setup-hours
metrics:
  setup-hours: {name: Hours to set up, unit: hours, direction: down, owner: onboarding, values: example.csv}
promises:
  quick-start:
    statement: Up and running in 48 hours.
    made_at: order
    delivered_at: set-up
    measure: {quantity: setup-time, at_most: 48 hours}
```

Good:

```yaml
# example.csv beside this file holds the value 31 for October
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - id: set-up
    title: Set up
    owner: onboarding
    commitments:
      - measure: {quantity: setup-time, at_most: 36 hours}
        metric: setup-hours
metrics:
  setup-hours: {name: Hours to set up, unit: hours, direction: down, owner: onboarding, values: example.csv}
promises:
  quick-start:
    statement: Up and running in 48 hours.
    made_at: order
    delivered_at: set-up
    measure: {quantity: setup-time, at_most: 48 hours}
```
"""

from collections.abc import Iterator

from journeybook.checks.promises import with_verdict
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "promise"
LEVEL = Severity.ERROR


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each promise, or part of one, that its commitment keeps and the latest value misses."""
    for case in with_verdict("missed-in-data", atlas, settings):
        yield Problem("", f"this promise is missed in the numbers{case.part}: {case.because}", case.span,
                      f"{case.people}: find out what holds it up and change that, or change the promise",
                      related=case.related)
