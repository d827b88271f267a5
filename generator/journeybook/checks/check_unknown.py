"""The atlas sets the level of a check that does not exist.

The line has no effect, although somebody relies on it. Mostly a slip in the name; `journeybook explain`
lists all checks.

Bad:

```yaml
# atlas.yml
title: Our journeys
checks:
  owner-mising: error
```

Good:

```yaml
# atlas.yml
title: Our journeys
checks:
  owner-missing: error
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "checks"
