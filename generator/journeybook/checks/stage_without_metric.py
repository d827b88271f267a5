"""A stage has no metric.

Without a number nobody can tell whether the stage works, nor whether a change made it better. One is enough
to begin with.

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
    metrics: win-rate
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "metric"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage that names no metric."""
    for stage in atlas.stages.values():
        if not stage.metrics and not stage.origin.filled("metrics", stage.spec):
            yield Problem("", f"the stage `{stage.title}` has no metric", stage.origin.span("title"),
                          "add `metrics:` with the id of one that tells how it goes")
