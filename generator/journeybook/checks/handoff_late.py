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

from journeybook import formats
from journeybook.model import Atlas
from journeybook.model.lateness import hours_words, waited
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "measured"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each handoff within a measured journey whose way takes nine of ten longer than it allows."""
    for handoff in atlas.handoffs.values():
        found = waited(handoff, atlas)
        if found is not None and found.late and handoff.spec.within and found.allowed is not None:
            within = handoff.spec.within.text
            longest = "" if within.endswith(("hours", "hour")) and "business" not in within else (
                f", at most {hours_words(found.allowed)}")
            yield Problem(
                "", f"this handoff takes up to {hours_words(found.hours)} for nine of ten (counted up to "
                f"{formats.day(found.on)}), and it allows {within}{longest}", handoff.origin.span("within"),
                "find out what holds it up, or allow the time it takes",
                related=(Related("measured here", found.span),))
