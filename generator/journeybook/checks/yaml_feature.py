"""The file uses a part of YAML that maps do without.

Anchors (`&`), aliases (`*`), merges (`<<`), tags (`!`), `%` lines and a second document after `---` make a
file mean something else than it seems to say. Most often none was intended: a text simply starts with one
of these characters and needs quotes.

Bad:

```yaml
title: *Choose* an accountant
owner: sales
stages: [Look around]
```

Good:

```yaml
title: "*Choose* an accountant"
owner: sales
stages: [Look around]
```
"""

from journeybook.problems import Severity

GROUP = "file"
LEVEL = Severity.ERROR
REPORTED_BY = "source"
