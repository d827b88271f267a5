"""Something has not been looked over for longer than it should.

Maps age without anybody noticing: prices change, teams move, a page is taken down. Read it once more with
its owner, correct what is no longer so, and write the day.

Bad:

```yaml
title: Choose an accountant
owner: sales
reviewed: 2024-01-15
review_every: 6 months
stages: [Look around]
```

Good:

```yaml
title: Choose an accountant
owner: sales
reviewed: 2026-10-01
review_every: 6 months
stages: [Look around]
```
"""

from collections.abc import Iterator

from journeybook import formats
from journeybook.model import Asset, Atlas, Journey, Persona, Promise
from journeybook.model.reviews import due, kind
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "review"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each journey, persona, asset and promise whose review is due."""
    records: tuple[Journey | Persona | Asset | Promise, ...] = (
        *atlas.journeys.values(), *atlas.personas.values(), *atlas.assets.values(), *atlas.promises.values())
    for record in records:
        if record.spec.reviewed and record.spec.reviewed > settings.today:
            yield Problem(
                "", f"the review of this {kind(record)} is dated {formats.day(record.spec.reviewed)}, which is after "
                "today", record.origin.span("reviewed"), "write the day on which it was looked over")
        day = due(record, atlas)
        if day is not None and day < settings.today:
            yield Problem(
                "", f"this {kind(record)} was due for a review on {formats.day(day)}",
                record.origin.span("reviewed"), "look it over, then write the day of it here")
