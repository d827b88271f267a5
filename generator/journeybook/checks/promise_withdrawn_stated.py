"""A promise was withdrawn, and a live asset still states it.

Customers go on reading it and count on it. Correct the page, then take the promise out of the record of the
asset (or the asset out of the promise).

Bad:

```yaml
assets:
  pledge: {title: Our pledge, owner: sales, states: typed-in}
promises:
  typed-in:
    statement: We type in your first three months.
    made_at: first-week/set-up
    status: withdrawn
```

Good:

```yaml
assets:
  pledge: {title: Our pledge, owner: sales, states: typed-in, status: retired}
promises:
  typed-in:
    statement: We type in your first three months.
    made_at: first-week/set-up
    status: withdrawn
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "promise"
LEVEL = Severity.ERROR


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each live asset that states a withdrawn promise, at the line that says so."""
    for promise in atlas.promises.values():
        if promise.spec.status != "withdrawn":
            continue
        for asset in promise.assets:
            if asset.spec.status != "live":
                continue
            if asset.id in promise.spec.stated_in:
                span = promise.origin.span("stated_in", promise.spec.stated_in.index(asset.id))
            else:
                span = asset.origin.span("states", asset.spec.states.index(promise.id))
            yield Problem("", f"the live asset `{asset.id}` still states `{promise.id}`, which is withdrawn", span,
                          f"take the promise out of “{asset.spec.title}”, then delete it here",
                          related=(Related("withdrawn here", promise.origin.span("status")),))
