"""People go round in a circle that nothing leads out of.

Nobody stays for ever: somewhere they are done, leave, or go on to another journey. Write that way, or mark the
stage where they leave with `role: exit`.

Bad:

```yaml
title: Life with the product
owner: sales
stages: [Use, Renew, Leave]
transitions:
  - {from: renew, to: use}
```

Good:

```yaml
title: Life with the product
owner: sales
stages: [Use, Renew, Leave]
transitions:
  - {from: renew, to: use}
  - {from: renew, to: leave, type: branch}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeybook.model import Atlas, Stage, StageKey
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "flow"
LEVEL = Severity.WARNING
ONWARD = ("next", "branch", "skip")


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each circle without a way out, at its first stage."""
    ways = {key: [way.target for way in atlas.departures.get(key, ())
                  if way.target in atlas.stages and (way.spec is None or way.spec.actor == "same")]
            for key in atlas.stages}
    for ring in _circles(ways):
        inside = set(ring)
        if len(ring) == 1 or any(target not in inside for key in ring for target in ways[key]):
            continue
        stages = sorted((atlas.stages[key] for key in ring), key=lambda stage: (stage.key.journey, stage.number))
        if any(_may_end(stage, atlas) for stage in stages):
            continue
        names = [f"`{stage.title}`" for stage in stages[:6]] + (["…"] if len(stages) > 6 else [])
        yield Problem("", f"nobody who gets here ever leaves: {', '.join(names)} lead only to each other",
                      stages[0].origin.span("title"),
                      "add a transition that leads out, or `role: exit` where people leave")


def _may_end(stage: Stage, atlas: Atlas) -> bool:
    """Whether people may leave at a stage: it says so, or comes last and nothing has to follow, or shares are left."""
    journey = atlas.journeys[stage.key.journey]
    if stage.spec.role in ("exit", "hinge") or not journey.all_transitions_known:
        return True
    ways = atlas.departures.get(stage.key, ())
    onward = any(way.type in ONWARD for way in ways)
    shares = [way.spec.share for way in ways if way.spec and way.spec.share is not None]
    return (stage is journey.stages[-1] and not onward) or (len(shares) == len(ways) and sum(shares) < 100)


def _circles(ways: Mapping[StageKey, list[StageKey]]) -> Iterator[list[StageKey]]:
    """Groups of stages of which each can be reached from each other: strongly connected components, after Tarjan."""
    number: dict[StageKey, int] = {}
    low: dict[StageKey, int] = {}
    stack: list[StageKey] = []
    waiting: set[StageKey] = set()
    for start in ways:
        if start in number:
            continue
        path = [(start, iter(ways[start]))]
        number[start] = low[start] = len(number)
        stack.append(start)
        waiting.add(start)
        while path:
            here, targets = path[-1]
            target = next(targets, None)
            if target is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[here])
                if low[here] == number[here]:
                    ring = [stack.pop()]
                    while ring[-1] != here:
                        ring.append(stack.pop())
                    waiting.difference_update(ring)
                    yield ring
            elif target not in number:
                number[target] = low[target] = len(number)
                stack.append(target)
                waiting.add(target)
                path.append((target, iter(ways[target])))
            elif target in waiting:
                low[here] = min(low[here], number[target])
