"""Feedback that nobody has to act on.

Everybody hears it and nobody changes anything, because it is nobody's. One team closes the loop.

Bad:

```yaml
loops:
  which-banks:
    signal: Is my bank connected?
    from: first-week/set-up
    to: asset:price-list
```

Good:

```yaml
loops:
  which-banks:
    signal: Is my bank connected?
    from: first-week/set-up
    to: asset:price-list
    owner: sales
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "loop"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each loop without an owner that is not closed; who would have to change is named."""
    for loop in atlas.loops.values():
        if loop.owner or loop.spec.status == "closed" or loop.origin.filled("owner", loop.spec):
            continue
        team = loop.asset.owner if loop.asset else atlas.stages[loop.target].owner if loop.target else None
        known = f", such as `{team.id}`, who owns what must change" if team else ""
        yield Problem("", f"nobody owns the feedback loop `{loop.id}`", loop.origin.span(key=True),
                      f"add `owner:` with the id of a team{known}")
