"""A length of time is not written as one.

Lengths of time are a number and a unit, or a word such as `monthly`, so that they can be compared and added
up. “Soon” means something else to everybody.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Look around
    duration: a while
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Look around
    duration: 2 to 3 weeks
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
