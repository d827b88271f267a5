"""An address is not allowed on the site.

Addresses start with `https://`, `http://` or `mailto:`, or are paths on this site. Others can run something
in a reader's browser, or carry a password that everybody could then read.

Bad:

```yaml
assets:
  price-sheet:
    title: Price sheet
    owner: sales
    url: https://anna:secret@example.com/prices
```

Good:

```yaml
assets:
  price-sheet:
    title: Price sheet
    owner: sales
    url: https://example.com/prices
```
"""

from journeybook.problems import Severity

GROUP = "shape"
LEVEL = Severity.ERROR
REPORTED_BY = "schema"
