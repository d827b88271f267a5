"""A key stands twice in the same place.

Only one of the two could count, and most programs take the last without a word. Both places are shown, so
that nothing you wrote is lost unseen.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around]
owner: marketing
```

Good:

```yaml
title: Choose an accountant
owner: sales
contributors: [marketing]
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.ERROR
REPORTED_BY = "source"
