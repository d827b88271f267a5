"""Something has no owner.

An asset, metric, touchpoint, promise or opportunity that nobody owns goes stale, because nobody is asked when it
does. A promise is owned by who makes it (`made_by`, else the team of `made_at`) unless it says otherwise.

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

from journeybook.model import Asset, Atlas, Metric, Opportunity, Promise, Touchpoint
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "owner"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each record without an owner."""
    records: tuple[Asset | Metric | Touchpoint | Promise | Opportunity, ...] = (
        *atlas.assets.values(), *atlas.metrics.values(), *atlas.touchpoints.values(), *atlas.promises.values(),
        *atlas.opportunities.values())
    for record in records:
        if record.owner is not None or record.origin.filled("owner", record.spec):
            continue
        step = "add `owner:` with the id of a team"
        if isinstance(record, Promise):
            if record.made_at is None and record.origin.filled("made_at", record.spec):
                continue  # the stage whose owner it would have does not exist, which is reported there
            step += ", or `made_at:` with the stage where it is made"
        kind = type(record).__name__.lower()
        yield Problem("", f"the {kind} `{record.id}` has no owner", record.origin.span(key=True), step)
