r"""A text holds an invisible direction mark.

Such a mark tells a computer whether to read from the left or from the right. In Hebrew or Arabic beside
Latin letters it can be meant; elsewhere it was pasted in by accident and makes words that look alike
differ.

Bad:

```yaml
title: "Choose\u200E an accountant"
owner: sales
stages: [Look around]
```

Good:

```yaml
title: "Choose an accountant"
owner: sales
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.WARNING
REPORTED_BY = "source"
