"""The file holds nothing.

It may be a map that was never written, or one whose lines were all turned into comments. An empty file in
the folder looks like work that is done.

Bad:

```yaml
# title: Choose an accountant
# owner: sales
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare, Decide]
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.WARNING
REPORTED_BY = "source"
