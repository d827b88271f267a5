"""A file of metric values has a fault.

A row with a cell too many, a decimal comma or two values for one day: a chart drawn from it would show
something that was never measured. The row is named; the others are read.

Bad:

```yaml
metrics:
  win-back:
    name: Win-back rate
    owner: sales
    values: win-back.csv  # with the row 2026-03-31,12,5
```

Good:

```yaml
metrics:
  win-back:
    name: Win-back rate
    owner: sales
    values: win-back.csv  # with the row 2026-03-31,12.5
```
"""

from journeybook.problems import Severity

GROUP = "metric"
LEVEL = Severity.ERROR
REPORTED_BY = "model"
