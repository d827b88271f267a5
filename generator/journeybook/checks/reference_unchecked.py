"""References into a file that cannot be read were not checked.

Another mistake keeps this file from being read, so nobody can tell whether what others say about it is
true. Mend the file first; this note then goes away or turns into something that can be mended.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around]
personas:
  buyer: {name: Amira: the buyer}
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages: [Look around]
personas:
  buyer: {name: "Amira: the buyer"}
```
"""

from journeybook.problems import Severity

GROUP = "reference"
LEVEL = Severity.INFO
REPORTED_BY = "model"
