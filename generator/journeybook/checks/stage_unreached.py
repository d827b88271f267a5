"""Nobody was seen at a stage that has signals.

The journey was measured, and none of this stage's events was in the log. Either nobody comes this far, or the event
has another name than the signal.

Bad:

```yaml
# measured/example.stages.csv has no row of `decide`
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, signals: order placed}
```

Good:

```yaml
# measured/example.stages.csv has no row of `decide`
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "measured"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage with signals of a measured journey that nobody reached."""
    for ident, measured in atlas.measured.items():
        for stage in atlas.journeys[ident].stages:
            if stage.spec.signals and measured.stage(stage.key.stage) is None:
                yield Problem(
                    "", f"nobody was seen at the stage `{stage.title}`", stage.origin.span("signals"),
                    "compare its signals with the names of events in the log, or take the stage out")
