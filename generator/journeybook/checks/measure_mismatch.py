"""Two things are compared that can never be: hours with percent, or a bound with yes and no.

Either one of them was meant to be something else, or they are about different things and need different
`quantity` ids. A metric that shows whether a commitment is kept counts in a unit that converts as well.

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
      - measure: {quantity: setup-time, at_most: 90 %}
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
      - measure: {quantity: setup-time, at_most: 2 days}
promises:
  quick-start:
    statement: Up and running in 48 hours.
    made_at: order
    delivered_at: set-up
    measure: {quantity: setup-time, at_most: 48 hours}
```
"""

from collections.abc import Iterator

from journeybook.checks.promises import bound_of
from journeybook.model import Atlas
from journeybook.model.verdicts import metric_fault, verdicts
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "promise"
LEVEL = Severity.ERROR


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each commitment whose metric does not fit, and for each that does not fit its promise."""
    told = set()
    for stage in atlas.stages.values():
        for commitment in stage.commitments:
            why = metric_fault(commitment)
            if why and commitment.metric:
                told.add((commitment.stage, commitment.id))
                yield Problem("", why, commitment.origin.span("metric"),
                              "write both in units that can be converted, or name another metric",
                              related=(Related("its unit", commitment.metric.origin.span("unit")),))
    for ident, verdict in verdicts(atlas, settings.today).items():
        for commitment, fault in verdict.faults:
            at_metric = fault.at.endswith("/metric")
            if fault.check != "measure-mismatch" or (at_metric and (commitment.stage, commitment.id) in told):
                continue
            yield Problem("", fault.message, commitment.origin.span("metric") if at_metric else bound_of(commitment),
                          fault.help, related=(
                              Related("the promise", atlas.promises[ident].origin.span("measure", "quantity")),))
