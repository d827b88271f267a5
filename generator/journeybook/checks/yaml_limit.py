"""The file is nested too deeply or holds too many values.

Maps are a few levels deep. A file that goes far beyond is almost always damaged, or built to make a
computer busy.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [[[[[[[[[[[[[[[[[[[[[[[[Look around]]]]]]]]]]]]]]]]]]]]]]]]
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.ERROR
REPORTED_BY = "source"
