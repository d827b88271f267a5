"""The file cannot be read.

It is saved in another encoding than UTF-8, its name has letters that no system agrees on, or there is no
permission to open it. Nothing in it reaches the site, and what refers to it cannot be checked.

Bad:

```yaml
# saved as "Unicode" (UTF-16)
teams:
  sales: Sales
```

Good:

```yaml
# saved as UTF-8
teams:
  sales: Sales
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.ERROR
REPORTED_BY = "source"
