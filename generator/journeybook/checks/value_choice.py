"""The value is none of the words that can stand here.

Some keys take one word of a short list, because pages sort and colour by it. The message names all of them
and the one that comes nearest.

Bad:

```yaml
title: Choose an accountant
owner: sales
status: finished
stages: [Look around]
```

Good:

```yaml
title: Choose an accountant
owner: sales
status: validated
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
