"""Something retired is still in use.

The map sends people to a page that is gone or that nobody keeps up to date. Name what took its place, or take the
retired asset out.

Bad:

```yaml
title: Choose an accountant
owner: sales
assets:
  old-list: {title: Prices of 2023, owner: sales, status: retired}
stages:
  - {title: Compare, assets: old-list}
```

Good:

```yaml
title: Choose an accountant
owner: sales
assets:
  old-list: {title: Prices of 2023, owner: sales, status: retired}
stages:
  - {title: Compare, assets: price-list}
```
"""

from collections.abc import Iterator

from journeybook.model import Asset, Atlas
from journeybook.problems import Problem, Related, Severity, Span
from journeybook.settings import Settings

GROUP = "content"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage, promise and open loop that names a retired asset (not for what it says itself)."""
    for asset, what, span in _uses(atlas):
        yield Problem("", f"{what} the asset `{asset.id}`, which is retired", span,
                      "name the asset that took its place, or take this one out",
                      related=(Related("retired here", asset.origin.span("status")),))


def _uses(atlas: Atlas) -> Iterator[tuple[Asset, str, Span]]:
    for stage in atlas.stages.values():
        for asset in stage.assets:
            if asset.spec.status == "retired" and asset.id in stage.spec.assets:
                where = stage.spec.assets.index(asset.id)
                yield asset, f"the stage `{stage.title}` uses", stage.origin.span("assets", where)
    for promise in atlas.promises.values():
        for asset in promise.assets if promise.spec.status == "active" else ():
            if asset.spec.status == "retired" and asset.id in promise.spec.stated_in:
                where = promise.spec.stated_in.index(asset.id)
                yield asset, f"the promise `{promise.id}` is stated in", promise.origin.span("stated_in", where)
    for loop in atlas.loops.values():
        if loop.asset and loop.asset.spec.status == "retired" and loop.spec.status != "closed":
            yield loop.asset, f"the feedback loop `{loop.id}` wants to change", loop.origin.span("to")
