"""References lead in a circle.

A journey cannot be a part of itself, and a metric cannot drive itself, not even by way of others. A page
that follows such a chain would never come to an end.

Bad:

```yaml
metrics:
  visits: {name: Visits, owner: sales, drives: demos}
  demos: {name: Demos, owner: sales, drives: visits}
```

Good:

```yaml
metrics:
  visits: {name: Visits, owner: sales, drives: demos}
  demos: {name: Demos, owner: sales}
```
"""

from journeybook.problems import Severity

GROUP = "reference"
LEVEL = Severity.ERROR
REPORTED_BY = "model"
