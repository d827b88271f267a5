"""A limit is passed.

Limits keep pages readable and builds short; the message names the one that was passed. A journey of
hundreds of stages is better split into a short one and details below it.

Bad:

```yaml
title: The whole relationship
owner: sales
stages: [Look around, Compare]  # … and 250 more
```

Good:

```yaml
title: The whole relationship
owner: sales
stages:
  - title: Choose an accountant
    detail: choose-an-accountant
```
"""

from journeybook.problems import Severity

GROUP = "limits"
LEVEL = Severity.ERROR
REPORTED_BY = "model"
