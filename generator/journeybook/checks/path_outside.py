"""A path leads out of the atlas.

Only files inside the folder of the maps can be used, so that a map never publishes another file of the
computer that builds the site. Paths are relative to the file they stand in.

Bad:

```yaml
assets:
  price-sheet:
    title: Price sheet
    owner: sales
    file: ../../../finance/prices.pdf
```

Good:

```yaml
assets:
  price-sheet:
    title: Price sheet
    owner: sales
    file: prices.pdf
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "model"
