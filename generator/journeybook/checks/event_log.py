"""An event log cannot be counted.

`journeybook measure` counts all of a log or nothing: a row without a person, a time that is none, or an event that
two stages of a journey claim would make every number a little wrong. What is wrong with a log is told by that
command, with row and column; what is wrong with `signals:` is told here, too.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: page viewed}
```

Good:

```yaml
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings
from journeybook.walked.plan import plans

GROUP = "measured"
LEVEL = Severity.ERROR


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each event that shows two stages of one journey."""
    yield from plans(atlas)[1]
