"""A table of measured numbers has a fault.

The tables in `measured/` are written by `journeybook measure`. One that was edited by hand, merged wrongly or left
behind after a stage was renamed by hand would show numbers that nobody counted; the row is named, the others are read.

Bad:

```yaml
# measured/example.stages.csv beside this file has a row of the stage `lok`
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, signals: order placed}
```

Good:

```yaml
# measured/example.stages.csv beside this file has a row of the stage `look`
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, signals: order placed}
```
"""

from journeybook.problems import Severity

GROUP = "measured"
LEVEL = Severity.ERROR
REPORTED_BY = "model"
