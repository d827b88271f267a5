"""Evidence is more than two years old.

Prices, products and habits have changed since. What rests on it may still be true: ask a few people again, then
write a new piece of evidence.

Bad:

```yaml
evidence:
  calls:
    summary: Half of them did not know what it costs.
    date: 2023-05-04
```

Good:

```yaml
evidence:
  calls:
    summary: Half of them did not know what it costs.
    date: 2026-05-04
```
"""

from collections.abc import Iterator
from datetime import date

from journeybook import formats
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "evidence"
LEVEL = Severity.INFO
YEARS = 2


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each piece of evidence from before this day two years ago."""
    limit = _years_before(settings.today)
    for evidence in atlas.evidence.values():
        found = evidence.spec.date
        if found is not None and found > settings.today:
            yield Problem("", f"this evidence is dated {formats.day(found)}, which is after today",
                          evidence.origin.span("date"), "write the day on which it was found")
        if found is not None and found < limit and evidence.origin.has("date"):
            yield Problem("", f"this evidence is from {formats.day(found)}, more than two years ago",
                          evidence.origin.span("date"), "ask again, or delete it where nothing rests on it any more")


def _years_before(day: date) -> date:
    if day.year <= YEARS:
        return date.min
    return date(day.year - YEARS, day.month, min(day.day, 28) if day.month == 2 else day.day)
