"""The value is of another kind than belongs here.

A text stands where a number is wanted, or a list where one text is. Nothing is guessed: a guess that is
wrong would be published as if you had written it.

Bad:

```yaml
metrics:
  win-back:
    name: Win-back rate
    owner: sales
    target: "12,5"
```

Good:

```yaml
metrics:
  win-back:
    name: Win-back rate
    owner: sales
    target: 12.5
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
