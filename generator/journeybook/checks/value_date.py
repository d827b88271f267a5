"""A date is not written as one.

Dates are written year, month, day, because 03/04 is a day in March to some and in April to others. Reviews
and ages are counted from them.

Bad:

```yaml
title: Choose an accountant
owner: sales
reviewed: 31/03/2026
stages: [Look around]
```

Good:

```yaml
title: Choose an accountant
owner: sales
reviewed: 2026-03-31
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
