"""A customer goes from one team to another, and no handoff says how.

What the first team knows is lost there: goals, worries, what was promised. Write what is passed on, how fast, and
who accepts it.

Bad:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - {id: set-up, title: Set up, owner: onboarding}
```

Good:

```yaml
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - {id: set-up, title: Set up, owner: onboarding}
handoffs:
  - from: order
    to: set-up
    payload: [What they want to reach, What was promised]
    within: 1 business day
    accepted_by: onboarding
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.model.handoffs import wanted_handoffs
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "handoff"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each two stages between which the team changes without a handoff."""
    if "handoff" in atlas.unread:
        return  # it may stand in the file that cannot be read
    told = set()
    for wanted in wanted_handoffs(atlas):
        source, target, way = wanted.source, wanted.target, wanted.transition
        ends = (source.key, target.key)
        if wanted.handoff or wanted.same_person or ends in told or atlas.half_handoffs & {*ends}:
            continue
        told.add(ends)
        if source.owner and target.owner:
            yield Problem(
                "", f"{source.owner.spec.name} hands over to {target.owner.spec.name} between `{source.title}` and "
                f"`{target.title}`, and no handoff says how", way.origin.span("to" if way.spec else "title"),
                f"add one to `handoffs:` with `from: {source.key}` and `to: {target.key}`",
                related=(Related("handed over to here", target.origin.span("title")),))
