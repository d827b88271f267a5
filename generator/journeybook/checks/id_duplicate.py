"""Two things have the same id.

Whoever refers to that id cannot tell which of the two is meant. Both places are shown; rename one, and what
refers to it.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Compare
  - title: Decide
  - title: Compare
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Compare
  - title: Decide
  - title: Compare
    id: compare-again
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "model"
