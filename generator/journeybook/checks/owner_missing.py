"""Something has no owner.

An asset, a metric or a touchpoint that nobody owns goes stale, because nobody is asked when it does.

Bad:

```yaml
assets:
  setup-guide:
    title: Setup guide
```

Good:

```yaml
assets:
  setup-guide:
    title: Setup guide
    owner: onboarding
```
"""

from collections.abc import Iterator

from journeybook.model import Asset, Atlas, Metric, Touchpoint
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "owner"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each record without an owner."""
    records: tuple[Asset | Metric | Touchpoint, ...] = (
        *atlas.assets.values(), *atlas.metrics.values(), *atlas.touchpoints.values())
    for record in records:
        if record.owner is None and not record.origin.filled("owner", record.spec):
            kind = type(record).__name__.lower()
            yield Problem("", f"the {kind} `{record.id}` has no owner", record.origin.span(key=True),
                          "add `owner:` with the id of a team")
