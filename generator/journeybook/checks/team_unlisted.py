"""An owner is named, but the atlas lists no teams.

The name stands on the page, but there is no page for the team and nobody to notify. As soon as the atlas
lists teams, a wrong name can be told from a right one.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around]
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around]
teams:
  sales: Sales
```
"""

from journeybook.problems import Severity

GROUP = "reference"
LEVEL = Severity.WARNING
REPORTED_BY = "model"
