"""A commitment takes longer than it may, by the log.

Between the two stages of its clock nine of ten people need longer than what the team holds itself to. No promise has
to be broken for that: whoever relies on the commitment relies on a wrong number.

Bad:

```yaml
# in measured/example.ways.csv nine of ten have gone from compare to decide within 100 hours
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - id: decide
    title: Decide
    signals: order placed
    commitments: {measure: {quantity: offer, at_most: 3 days}, from: compare, to: decide}
```

Good:

```yaml
# in measured/example.ways.csv nine of ten have gone from compare to decide within 100 hours
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - id: decide
    title: Decide
    signals: order placed
    commitments: {measure: {quantity: offer, at_most: 5 days}, from: compare, to: decide}
```
"""

from collections.abc import Iterator

from journeybook.checks.promises import bound_of
from journeybook.model import Atlas
from journeybook.model.verdicts import kept_to, verdicts
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "measured"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each commitment that the log shows to be missed; those of missed promises are told there."""
    told = {id(commitment) for verdict in verdicts(atlas, settings.today).values()
            if verdict.word == "missed-in-data" for commitment in verdict.kept_by}
    for stage in atlas.stages.values():
        for commitment in stage.commitments:
            because = kept_to(commitment, atlas, settings.today) if id(commitment) not in told else ""
            if because and commitment.clock:
                start, stop = commitment.clock
                way = atlas.measured[start.journey].ways["", "", start.stage, stop.stage]
                yield Problem("", f"the commitment `{commitment.id}` is not kept: {because}", bound_of(commitment),
                              "find out what holds it up, or commit to what it takes",
                              related=(Related("measured here", way.span),))
