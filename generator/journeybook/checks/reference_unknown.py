"""A reference leads nowhere.

A team, a stage, an asset or a file is named that does not exist, so a link and everything counted from it
would be missing. Mostly a slip in the id, or something that was renamed.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Look around
    metrics: win-rat
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
