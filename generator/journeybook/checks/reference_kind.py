"""A reference leads to a thing of another kind.

The id exists, but it belongs to something that cannot stand here: a metric is no asset, and a persona owns
nothing.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Look around
    assets: win-rate
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Look around
    metrics: win-rate
```
"""

from journeybook.problems import Severity

GROUP = "reference"
LEVEL = Severity.ERROR
REPORTED_BY = "model"
