"""Raw HTML in a text is shown as it is written.

Texts are Markdown. HTML tags are not carried out, because one wrong tag could spoil the page for everybody,
so readers will see the angle brackets.

Bad:

```yaml
title: Choose an accountant
owner: sales
description: <b>Three</b> weeks from the first search to a decision.
stages: [Look around]
```

Good:

```yaml
title: Choose an accountant
owner: sales
description: "**Three** weeks from the first search to a decision."
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.WARNING
REPORTED_BY = "schema"
