"""A promise cannot be kept: what the delivering stage commits to never fits it.

Customers hear one thing and get another, however hard everybody works. Whoever makes the promise and whoever
delivers it change one of the two; an exception for some months or segments goes into `when:`.

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
      - measure: {quantity: setup-time, at_most: 3 business days}
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
      - measure: {quantity: setup-time, at_most: 40 hours}
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
    """One problem for each promise, or part of one, that its commitment always breaks."""
    for case in with_verdict("broken", atlas, settings):
        yield Problem("", f"this promise is broken{case.part}: {case.because}", case.span,
                      f"{case.people}: change {case.commitment}, or change the promise", related=case.related)
