"""A promise that nobody has committed to keep.

Something is said to customers, and no stage answers for it: no `delivered_at`, no commitment of that quantity
there, or none for some of the cases. The team that delivers may not even know.

Bad:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - id: set-up
    title: Set up
    owner: onboarding
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

from journeybook.checks.promises import Case, with_verdict
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.schema.types import nearest
from journeybook.settings import Settings

GROUP = "promise"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each promise, or part of one, without a commitment."""
    for case in with_verdict("unmatched", atlas, settings):
        origin = case.promise.origin
        if case.promise.delivered_at is None and origin.filled("delivered_at", case.promise.spec):
            continue  # the stage it names does not exist, which is reported there
        span = origin.span("measure", "quantity") if not case.part and origin.has("measure", "quantity") else case.span
        what = "a part of this promise" if case.part else "this promise"
        yield Problem("", f"nothing keeps {what}: {case.because}", span, _step(case, atlas))


def _step(case: Case, atlas: Atlas) -> str:
    key, measure = case.promise.delivered_at, case.promise.spec.measure
    if key is None:
        return "add `delivered_at: journey/stage` with the stage that must keep it"
    wanted = (measure.quantity if measure else None) or ""
    stage = atlas.stages[key]
    team = stage.owner.spec.name if stage.owner else "its team"
    held = {commitment.spec.measure.quantity or "" for commitment in stage.commitments}
    if wanted in held:
        return f"let {team} commit to it in these cases too, or leave them out in `when:` of the promise"
    close = nearest(wanted, held - {""}, 0.75)
    if close:
        return f"write `{close}` if that is the same, else let {team} add `{wanted}` to `commitments:` of `{key}`"
    return f"let {team} add `{wanted}` to `commitments:` of `{key}`, or withdraw the promise"
