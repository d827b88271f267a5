"""A picture cannot be shown.

Pictures are PNG, JPEG or WebP of at most 1 MB and 4096 pixels a side. Other formats can carry programs, and
larger pictures make a page slow for people on the road.

Bad:

```yaml
personas:
  amira:
    name: Amira
    photo: amira.svg
    alt: A woman at a workbench
```

Good:

```yaml
personas:
  amira:
    name: Amira
    photo: amira.jpg
    alt: A woman at a workbench
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "model"
