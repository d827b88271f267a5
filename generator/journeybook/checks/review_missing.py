"""Something was never looked over, although it is said how often it should be.

Asked only where a record or `atlas.yml` names `review_every:`, and not for drafts. Read it with its owner once and
write the day; from then on you are reminded in time.

Bad:

```yaml
personas:
  bea: {name: Bea, review_every: 6 months}
```

Good:

```yaml
personas:
  bea: {name: Bea, review_every: 6 months, reviewed: 2026-10-01}
```
"""

from collections.abc import Iterator

from journeybook.model import Asset, Atlas, Journey, Persona, Promise
from journeybook.model.reviews import kind, out_of_use
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "review"
LEVEL = Severity.INFO
NOT_YET = ("draft", "idea", "planned")


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each journey, persona, asset and promise in use without a day of review."""
    records: tuple[Journey | Persona | Asset | Promise, ...] = (
        *atlas.journeys.values(), *atlas.personas.values(), *atlas.assets.values(), *atlas.promises.values())
    for record in records:
        if record.spec.reviewed or out_of_use(record) or getattr(record.spec, "status", "") in NOT_YET:
            continue
        if isinstance(record, Promise) and (record.spec.measure is None or record.spec.measure.yes_no):
            continue  # its sign-off is its review
        wanted = record.spec.review_every or atlas.spec.review_every
        if wanted and not record.origin.filled("reviewed", record.spec):
            place = record.origin.span("title") if isinstance(record, Journey) else record.origin.span(key=True)
            yield Problem("", f"the {kind(record)} `{record.id}` was never looked over ({wanted.text} is the interval)",
                          place, "read it with its owner, then add `reviewed:` with the day")
