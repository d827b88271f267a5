"""Nobody takes a way that the map draws.

Not one event of the log shows it, or so few that they cannot be told. It is a wish, something that was given up, or
a signal with another name than its event. Ways of a new person cannot be seen in a log and are passed over.

Bad:

```yaml
# in measured/example.ways.csv nobody goes from compare back to look
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, signals: order placed}
transitions:
  - {from: compare, to: look, type: back}
```

Good:

```yaml
# in measured/example.ways.csv nobody goes from compare back to look
title: Choose an accountant
owner: sales
stages:
  - {id: look, title: Look around, signals: page viewed}
  - {id: compare, title: Compare, signals: prices compared}
  - {id: decide, title: Decide, signals: order placed}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.model.walked import drawn_ways
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "measured"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each way between stages that people were seen at, if none of them took it."""
    for ident, measured in atlas.measured.items():
        for (source, target), way in drawn_ways(atlas.journeys[ident]).items():
            seen = measured.stage(source) and measured.stage(target)
            if seen and measured.way(source, target) is None and not (way.spec and way.spec.actor == "new"):
                place = way.origin.span("to") if way.spec else way.origin.span("title")
                yield Problem(
                    "", f"nobody was seen to go from `{source}` straight to `{target}`", place,
                    "take the way out, or find out why nobody goes there; fewer people than may be told of count as "
                    "nobody")
