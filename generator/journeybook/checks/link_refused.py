"""The file is a link or a device, not a plain file.

A link can lead anywhere on the computer that builds the site, also to files nobody meant to publish. So
links are not followed: put the file itself into the folder.

Bad:

```yaml
# teams.yml is a link to ../../handbook/teams.yml
teams:
  sales: Sales
```

Good:

```yaml
# teams.yml is a file of its own
teams:
  sales: Sales
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.ERROR
REPORTED_BY = "source"
