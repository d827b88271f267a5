"""Others refer to a stage that has no id of its own.

Its id is made from its title, so rewording the title would break everything that refers to it. One line
with the id keeps it firm.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around, Compare, Decide]
transitions:
  - from: decide
    to: look-around
    type: back
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages:
  - id: look-around
    title: Look around
  - id: decide
    title: Decide
transitions:
  - from: decide
    to: look-around
    type: back
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.INFO
REPORTED_BY = "model"
