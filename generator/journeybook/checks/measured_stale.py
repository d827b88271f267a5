"""Measured numbers are older than two of the intervals at which a journey is measured.

Whoever reads the page takes them for today's. `events:` in atlas.yml says how often it is measured; run
`journeybook measure` on a newer log.

Bad:

```yaml
# atlas.yml
# measured/journeys.csv ends in October 2026
title: Accountants
events: {log: events.csv, every: 1 week}
```

Good:

```yaml
# atlas.yml
# measured/journeys.csv ends in October 2026
title: Accountants
events: {log: events.csv, every: 1 month}
```
"""

from collections.abc import Iterator
from dataclasses import replace

from journeybook import formats
from journeybook.model import Atlas
from journeybook.model.business import due_after
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "measured"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each journey whose last event that was counted lies more than two intervals back."""
    every = atlas.spec.events.every if atlas.spec.events else None
    if every is None:
        return
    twice = replace(every, low=every.low * 2, high=every.high * 2)
    for ident, measured in atlas.measured.items():
        if due_after(twice, measured.last, atlas) < settings.today:
            yield Problem(
                "", f"`{ident}` was last measured up to {formats.day(measured.last)}, longer ago than twice "
                f"{every.text}", measured.span, "run `journeybook measure` on a newer log")
