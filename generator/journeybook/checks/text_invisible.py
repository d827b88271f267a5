r"""A text holds a character that cannot be seen.

Invisible characters come in with copied text. They make two words that look alike differ, break searching,
and some of them turn the reading direction, so that a page says something else than the file.

Bad:

```yaml
title: "Choose\u200B an accountant"
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
LEVEL = Severity.ERROR
REPORTED_BY = "source"
