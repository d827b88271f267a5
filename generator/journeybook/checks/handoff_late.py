"""A handoff takes longer than it may, by the log.

Nine of ten people are with the next team within the time that was measured; the handoff allows less, even where a
weekend lies between. Who waits longest remembers it longest.

Bad:

```yaml
# in measured/example.ways.csv nine of ten have gone from compare to decide within 100 hours
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, owner: onboarding, signals: order placed}
handoffs:
  - {from: compare, to: decide, payload: Goals, within: 48 hours, accepted_by: onboarding}
```

Good:

```yaml
# in measured/example.ways.csv nine of ten have gone from compare to decide within 100 hours
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, owner: onboarding, signals: order placed}
handoffs:
  - {from: compare, to: decide, payload: Goals, within: 4 business days, accepted_by: onboarding}
```
"""

from collections.abc import Iterator
from decimal import Decimal

from journeybook import formats
from journeybook.model import Atlas
from journeybook.model.lateness import hours_at_most
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "measured"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each handoff within a measured journey whose way takes nine of ten longer than it allows."""
    for handoff in atlas.handoffs.values():
        measured = atlas.measured.get(handoff.source.journey)
        if measured is None or handoff.spec.within is None or handoff.target.journey != handoff.source.journey:
            continue
        way = measured.way(handoff.source.stage, handoff.target.stage)
        allowed = hours_at_most(handoff.spec.within, atlas)
        if way is not None and allowed is not None and way.p90 > allowed:
            yield Problem(
                "", f"this handoff takes up to {_time(way.p90)} for nine of ten, and it allows "
                f"{handoff.spec.within.text}", handoff.origin.span("within"),
                "find out what holds it up, or allow the time it takes",
                related=(Related("measured here", way.span),))


def _time(hours: Decimal) -> str:
    return f"{formats.number(round(hours / 24, 1))} days" if hours >= 48 else f"{formats.number(round(hours, 1))} hours"
