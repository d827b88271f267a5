"""A promise that cannot be measured waits for somebody to vouch for it.

"The same person stays with you" has no number. Somebody who sees the work looks whether it is so, and writes
name and day; after the review interval it is asked again.

Bad:

```yaml
promises:
  same-person:
    statement: The person who answers you stays with it.
    made_at: first-week/set-up
    delivered_at: first-week/set-up
```

Good:

```yaml
promises:
  same-person:
    statement: The person who answers you stays with it.
    made_at: first-week/set-up
    delivered_at: first-week/set-up
    signed_off: {by: onboarding, on: 2026-09-18}
```
"""

from collections.abc import Iterator

from journeybook.checks.promises import with_verdict
from journeybook.model import Atlas
from journeybook.model.verdicts import signed_off
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "promise"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each promise without a number whose sign-off is absent or old."""
    for case in with_verdict("sign-off-due", atlas, settings):
        promise = case.promise
        if signed_off(promise) is None and promise.origin.filled("signed_off", promise.spec):
            continue  # it was meant, and what is wrong with it was told
        stage = atlas.stages.get(promise.delivered_at) if promise.delivered_at else None
        team = (stage.owner if stage else None) or promise.owner
        who = f"let {team.spec.name} look" if team else "look"
        place = ("signed_off", "on") if promise.origin.has("signed_off", "on") else ("statement",)
        yield Problem("", f"this promise needs a sign-off: {case.because}", promise.origin.span(*place),
                      f"{who} whether it is kept, then write `signed_off:` with `by:` and `on:`; "
                      "or add a `measure:` that can be compared")
