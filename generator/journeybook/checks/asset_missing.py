"""A stage has nothing to offer: no live asset belongs to it.

People who arrive there find no page, guide or checklist that helps them on. What is planned or retired does
not help anybody yet.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Compare
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Compare
    assets: price-list
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "content"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage at which nothing is live; what is not live yet is named."""
    for stage in atlas.stages.values():
        if any(asset.spec.status == "live" for asset in stage.assets):
            continue
        if not stage.assets and stage.origin.filled("assets", stage.spec):
            continue  # what it names cannot be found, which is reported there
        waiting = next((asset for asset in stage.assets if asset.spec.status != "retired"), None)
        yield Problem("", f"the stage `{stage.title}` has no live asset", stage.origin.span("title"),
                      f"`{waiting.id}` would be the first once its status is `live`" if waiting else
                      "add `assets:` with the id of one, or name this stage in the asset's `stages:`")
