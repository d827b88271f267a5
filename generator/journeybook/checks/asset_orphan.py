"""An asset belongs to no stage and answers no question.

Nobody on any journey is led to it. Either it helps somewhere and the map should say where, or it can be
retired.

Bad:

```yaml
assets:
  setup-guide:
    title: Setup guide
    owner: onboarding
```

Good:

```yaml
assets:
  setup-guide:
    title: Setup guide
    owner: onboarding
    stages: first-week/set-up
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "content"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each asset in use that nothing uses."""
    for asset in atlas.assets.values():
        placed = asset.id in atlas.stages_of_asset or asset.answers
        named = any(asset.origin.filled(key, asset.spec) for key in ("stages", "answers"))  # but not found
        hidden = atlas.may_be_used(asset.id)
        if not (placed or named or hidden or asset.spec.status == "retired"):
            yield Problem("", f"the asset `{asset.id}` is at no stage and answers no question",
                          asset.origin.span(key=True),
                          "name it in a stage's `assets:`, or give it `stages: journey/stage`, or retire it")
