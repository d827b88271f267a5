"""A comment silences a check that has nothing to say.

What was silenced is mended, or the check's name is misspelt. A comment that stays behind would hide the
next real problem in this line.

Bad:

```yaml
title: Choose an accountant
owner: sales  # journeybook: ignore[owner-missing] nobody yet
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
LEVEL = Severity.WARNING
REPORTED_BY = "checks"
