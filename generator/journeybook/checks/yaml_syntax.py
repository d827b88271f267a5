"""The file cannot be read as YAML.

A tab, a second colon in a line, a quote or bracket that is never closed, a line that does not line up, or a merge
that nobody finished: from there on nobody can tell what belongs to what, so nothing of the file is used until it is
mended.

Bad:

```yaml
title: Renewal: the second purchase
```

Good:

```yaml
title: "Renewal: the second purchase"
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.ERROR
REPORTED_BY = "source"
