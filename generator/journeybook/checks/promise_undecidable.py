"""Nobody can tell whether a promise is kept, because a fact is missing.

A condition in words stands on one side only, or the two sides count in units that cannot be converted. Write
both in the same way, and the comparison is done for you.

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
      - measure: {quantity: setup-time, at_most: 40 hours}
promises:
  quick-start:
    statement: Up and running in 48 hours.
    made_at: order
    delivered_at: set-up
    when: if your bank is on our list
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
        when: if your bank is on our list
promises:
  quick-start:
    statement: Up and running in 48 hours.
    made_at: order
    delivered_at: set-up
    when: if your bank is on our list
    measure: {quantity: setup-time, at_most: 48 hours}
```
"""

from collections.abc import Iterator

from journeybook.checks.promises import Case, with_verdict
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "promise"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each promise, or part of one, that cannot be compared."""
    for case in with_verdict("undecidable", atlas, settings):
        yield Problem("", f"nobody can tell whether this promise is kept{case.part}: {case.because}", case.span,
                      f"{case.people}: {_step(case)}", related=case.related)


def _step(case: Case) -> str:
    whens = [case.promise.spec.when, *(commitment.spec.when for commitment in case.commitments)]
    if len({" ".join(((when and when.text) or "").split()).casefold() for when in whens}) > 1:
        return "write the same words in `when:` of both sides, or use `months:` and `segments:` there"
    return "write both sides in units that can be converted, such as hours and days"
