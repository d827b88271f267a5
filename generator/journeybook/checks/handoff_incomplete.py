"""A handoff leaves open what is passed on, how fast, or who accepts it.

Each of the three is where handoffs fail: the next team asks again, the customer waits, or nobody feels that it is
theirs.

Bad:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - {id: set-up, title: Set up, owner: onboarding}
handoffs:
  - from: order
    to: set-up
    payload: What was promised
```

Good:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - {id: set-up, title: Set up, owner: onboarding}
handoffs:
  - from: order
    to: set-up
    payload: What was promised
    within: 1 business day
    accept_criteria: The setup call has a date
```
"""

from collections.abc import Iterator

from journeybook import formats
from journeybook.model import Atlas
from journeybook.model.handoffs import COMPLETE, missing_in
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "handoff"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each handoff that does not say everything."""
    for handoff in atlas.handoffs.values():
        missing = missing_in(handoff)
        if missing:
            keys = [" or ".join(f"`{key}:`" for key in COMPLETE[words]) for words in missing]
            yield Problem("", f"the handoff `{handoff.id}` leaves open: {'; '.join(missing)}",
                          handoff.origin.span(key=True), f"add {formats.listed(keys)}")
