"""Feedback has been open for longer than it should.

Something was heard that ought to change a stage or an asset, and its cadence has gone by. People who took the
trouble to say it, say it once.

Bad:

```yaml
loops:
  which-banks:
    signal: Is my bank connected?
    from: first-week/set-up
    to: asset:price-list
    owner: sales
    cadence: monthly
    since: 2026-06-08
```

Good:

```yaml
loops:
  which-banks:
    signal: Is my bank connected?
    from: first-week/set-up
    to: asset:price-list
    owner: sales
    cadence: monthly
    since: 2026-06-08
    status: in-progress
```
"""

from collections.abc import Iterator

from journeybook import formats
from journeybook.model import Atlas
from journeybook.model.business import due_after
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "loop"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each loop that is open since more than its cadence."""
    for loop in atlas.loops.values():
        spec = loop.spec
        if spec.status != "open" or spec.since is None or spec.cadence is None:
            continue
        if due_after(spec.cadence, spec.since, atlas) < settings.today:
            who = f"let {loop.owner.spec.name} start on it" if loop.owner else "start on it"
            yield Problem(
                "", f"this feedback is open since {formats.day(spec.since)}, longer than its cadence "
                f"({spec.cadence.text})", loop.origin.span("since"),
                f"{who} and write `status: in-progress`, or close it and write `closed_by:`")
