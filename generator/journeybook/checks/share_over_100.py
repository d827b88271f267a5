"""More than all people leave a stage.

The shares of the ways that leave it add up to more than 100 percent, so at least one of them is wrong. Ways of a
new person (`actor: new`) do not count: they are somebody else.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare, Decide]
transitions:
  - {from: look-around, to: compare, share: 70 %}
  - {from: look-around, to: decide, type: skip, share: 40 %}
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare, Decide]
transitions:
  - {from: look-around, to: compare, share: 70 %}
  - {from: look-around, to: decide, type: skip, share: 30 %}
```
"""

from collections.abc import Iterator
from decimal import Decimal

from journeybook import formats
from journeybook.model import Atlas
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "flow"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage whose shares pass 100, at the last of them."""
    for key, ways in atlas.departures.items():
        counted = [(way, way.spec.share) for way in ways
                   if way.spec and way.spec.actor == "same" and way.spec.share is not None]
        total = sum((share for _, share in counted), Decimal(0))
        if total > 100:
            *others, last = [way for way, _ in counted]
            yield Problem("", f"the ways from `{key.stage}` add up to {formats.number(total, '%')}",
                          last.origin.span("share"), "correct the shares, so that they come to 100 % at most",
                          related=tuple(Related("and this one", way.origin.span("share")) for way in others))
