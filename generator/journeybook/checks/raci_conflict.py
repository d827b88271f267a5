"""Two answers to the question who is accountable.

A stage has one accountable team: its owner. Where `raci:` names another, or more than one, each may think that
the other looks after it. The rest can be responsible, consulted or informed.

Bad:

```yaml
title: First days
owner: sales
stages:
  - title: Set up
    owner: onboarding
    raci: {accountable: sales}
```

Good:

```yaml
title: First days
owner: sales
stages:
  - title: Set up
    owner: onboarding
    raci: {responsible: sales}
```
"""

from collections.abc import Iterator

from journeybook import formats
from journeybook.model import Atlas
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "owner"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage whose accountable team is another than its owner, or several."""
    for stage in atlas.stages.values():
        if stage.raci is None or not stage.spec.raci or not stage.spec.raci.accountable:
            continue
        accountable = stage.raci.accountable
        span = stage.origin.span("raci", "accountable")
        names = formats.listed([team.spec.name for team in accountable])
        if len(accountable) > 1:
            yield Problem("", f"{names} are all accountable for `{stage.title}`" if len(accountable) > 2 else
                          f"{names} are both accountable for `{stage.title}`", span,
                          "keep one here and make the others `responsible`, `consulted` or `informed`")
        elif accountable and stage.owner and accountable[0] != stage.owner:
            where = stage.origin if stage.origin.has("owner") else atlas.journeys[stage.key.journey].origin
            yield Problem("", f"`{stage.title}` is owned by {stage.owner.spec.name}, and {names} is accountable for it",
                          span, f"write `owner: {accountable[0].id}` at this stage, or delete this line",
                          related=(Related("the owner", where.span("owner")),))
