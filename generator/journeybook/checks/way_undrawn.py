"""More than one in twenty take a way that the map does not draw.

The log shows that they go there straight from this stage. Either the map leaves out something that matters, or
people are led where nobody meant to lead them.

Bad:

```yaml
# in measured/example.ways.csv 12.5 % go from look straight to decide
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, signals: order placed}
```

Good:

```yaml
# in measured/example.ways.csv 12.5 % go from look straight to decide
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, signals: order placed}
transitions:
  - {from: look, to: decide, type: skip}
  - {from: look, to: compare}
```
"""

from collections.abc import Iterator

from journeybook import formats
from journeybook.model import Atlas
from journeybook.model.walked import drawn_ways
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "measured"
LEVEL = Severity.WARNING
MOST = 5
"""Percent of those who leave a stage."""


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each way that was taken by more than ``MOST`` percent and is not drawn."""
    for ident, measured in atlas.measured.items():
        journey = atlas.journeys[ident]
        drawn = drawn_ways(journey)
        for source, target, way in measured.all_ways:
            stage = journey.stage(source)
            if way.share > MOST and (source, target) not in drawn and stage and journey.all_transitions_known:
                yield Problem(
                    "", f"{formats.number(way.share, '%')} go from `{source}` straight to `{target}`, "
                    "and the map draws no such way", stage.origin.span("title"),
                    f"add a transition `from: {source}`, `to: {target}`, or change what leads people there",
                    related=(Related("measured here", way.span),))
