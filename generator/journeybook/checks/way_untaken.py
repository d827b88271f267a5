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
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "measured"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each way between stages that people were seen at, if none of them took it."""
    for ident, measured in atlas.measured.items():
        for way in atlas.journeys[ident].transitions:
            ends = (measured.stage(way.source.stage), measured.stage(way.target.stage))
            inside = way.source.journey == way.target.journey == ident
            if not inside or None in ends or (way.spec and way.spec.actor == "new"):
                continue
            if measured.way(way.source.stage, way.target.stage) is None:
                place = way.origin.span("to") if way.spec else way.origin.span("title")
                yield Problem(
                    "", f"nobody was seen to go from `{way.source.stage}` straight to `{way.target.stage}`", place,
                    "take the way out, or find out why nobody goes there; fewer people than may be told of count as "
                    "nobody")
