"""The file is larger than one file may be.

A file of more than a megabyte is slow to read, and no person can look it over in a review. One journey a
file and one file for each kind of list keeps every change easy to see.

Bad:

```yaml
# everything.yml, 1.3 MB
assets:
  setup-guide: Setup guide
  # … and 9,000 more
```

Good:

```yaml
# library/guides.yml, 40 KB
assets:
  setup-guide: Setup guide
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.ERROR
REPORTED_BY = "source"
