"""Something that is needed is missing.

A few things cannot be left out, because a page makes no sense without them: the title and owner of a
journey, the name of a team, the channel of a touchpoint. Everything else can wait.

Bad:

```yaml
title: Choose an accountant
stages: [Look around]
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
