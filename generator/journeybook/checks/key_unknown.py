"""A key is not known here.

Mostly a slip of the keyboard: the value would never show up anywhere, and nobody would notice. To keep a
note of your own, begin its key with `x-`.

Bad:

```yaml
title: Choose an accountant
ownr: sales
stages: [Look around]
```

Good:

```yaml
title: Choose an accountant
owner: sales
x-workshop: spring
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
