"""A `#` leaves the rest of a text out.

Behind a space, `#` begins a comment: what follows is for those who read the file, and on no page. Nearly every comment
has a space after its `#`; a number, a channel or a tag has none, and was meant to be read.

Bad:

```yaml
title: Open ticket #4711
owner: sales
stages: [Look around]
```

Good:

```yaml
title: "Open ticket #4711"
owner: sales
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.WARNING
REPORTED_BY = "source"
