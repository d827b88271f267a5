"""The value lies outside what is possible.

A share above 100 percent, a score beyond the scale of the atlas, a title longer than any heading: the value
cannot be drawn or counted as it stands.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Look around
    emotion: 7
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Look around
    emotion: 2
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
