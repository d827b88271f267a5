"""A stage is shared by two lifecycles, and only one team is named.

Where buyer becomes customer, two teams see the same person. The owner stays one; the others are worth naming in
`raci:`, so that they are asked or told before something changes.

Bad:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - {id: set-up, title: Set up, categories: [buyer, customer], owner: onboarding}
```

Good:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - id: set-up
    title: Set up
    categories: [buyer, customer]
    owner: onboarding
    raci: {consulted: sales}
```
"""

from collections.abc import Iterator

from journeybook import formats
from journeybook.model import Atlas, Stage, Team
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "owner"
LEVEL = Severity.INFO


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each overlap stage that names its owner only, while its neighbours have others."""
    for stage in atlas.stages.values():
        if not stage.overlap or stage.owner is None or stage.spec.detail or _others_named(stage):
            continue  # who is asked about a stage with a `detail` journey is said there
        teams = _neighbours(stage, atlas)
        if teams:
            names = formats.listed([team.spec.name for team in teams])
            yield Problem("", f"`{stage.title}` is shared by two lifecycles, and only {stage.owner.spec.name} is named",
                          stage.origin.span("categories" if len(stage.spec.categories) > 1 else "category"),
                          f"add `raci:` with `consulted:` or `informed:`; {names} work{'s' if len(teams) == 1 else ''} "
                          "right beside it")


def _others_named(stage: Stage) -> bool:
    raci = stage.raci
    if raci is None:
        return stage.origin.filled("raci", stage.spec)
    return any(team != stage.owner for team in (*raci.responsible, *raci.accountable, *raci.consulted, *raci.informed))


def _neighbours(stage: Stage, atlas: Atlas) -> list[Team]:
    """Owners of the stages from and to which a way leads, but for hats of the same person."""
    keys = [*(way.source for way in atlas.arrivals.get(stage.key, ())),
            *(way.target for way in atlas.departures.get(stage.key, ()))]
    found: dict[str, Team] = {}
    for key in keys:
        team = atlas.stages[key].owner if key in atlas.stages else None
        if team and stage.owner and team.id != stage.owner.id and not atlas.same_person(team, stage.owner):
            found.setdefault(team.id, team)
    return list(found.values())
