"""A promise is kept for some customers and broken for others, depending on when the clock starts.

Working days are longer over a weekend, and months differ. The message names one start that goes well and one
that does not. Promise the longest time, or commit to one that always fits.

Bad:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - id: set-up
    title: Set up
    owner: onboarding
    commitments:
      - measure: {quantity: setup-time, at_most: 1 business day}
promises:
  quick-start:
    statement: Up and running in 48 hours.
    made_at: order
    delivered_at: set-up
    measure: {quantity: setup-time, at_most: 48 hours}
```

Good:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - id: set-up
    title: Set up
    owner: onboarding
    commitments:
      - measure: {quantity: setup-time, at_most: 1 business day}
promises:
  quick-start:
    statement: Up and running in one business day.
    made_at: order
    delivered_at: set-up
    measure: {quantity: setup-time, at_most: 1 business day}
```
"""

from collections.abc import Iterator

from journeybook.checks.promises import with_verdict
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "promise"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each promise, or part of one, that only some starts keep."""
    for case in with_verdict("at-risk", atlas, settings):
        yield Problem("", f"this promise is at risk{case.part}: {case.because}", case.span,
                      f"{case.people}: tighten {case.commitment}, or promise what holds for every start",
                      related=case.related)
