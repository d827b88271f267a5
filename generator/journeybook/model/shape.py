"""What only the whole shows: circles and levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeybook.model.atlas import Atlas
from journeybook.model.origins import Origin
from journeybook.problems import Problem


def cycles(atlas: Atlas) -> Iterator[Problem]:
    """Journeys that are their own ancestors or details, metrics that drive themselves, hats in a ring."""
    journeys = atlas.journeys
    parents = {j.id: [(j.parent, j.origin.at("parent"))] for j in journeys.values() if j.parent}
    yield from _rings(parents, "journey", "is its own ancestor", "take one of the `parent:` lines out")
    details = {j.id: [(s.spec.detail, s.origin.at("detail")) for s in j.stages
                      if s.spec.detail and s.spec.detail != j.id] for j in journeys.values()}
    yield from _rings(details, "journey", "is a detail of itself", "take one of the `detail:` lines out")
    compared = {j.id: [(j.compares_to, j.origin.at("compares_to"))]
                for j in journeys.values() if j.compares_to}
    yield from _rings(compared, "journey", "is compared with itself",
                      "compare the future map with the current one")
    drives = {m.id: [(t, m.origin.at("drives", i)) for i, t in enumerate(m.spec.drives)]
              for m in atlas.metrics.values()}
    yield from _rings(drives, "metric", "drives itself", "take one of the `drives:` entries out")
    hats = {t.id: [(h, t.origin.at("hats", i)) for i, h in enumerate(t.spec.hats)]
            for t in atlas.teams.values()}
    yield from _rings(hats, "team", "wears itself as a hat", "take one of the `hats:` entries out")


def _rings(ways: Mapping[str, list[tuple[str, Origin]]], kind: str, what: str,
           step_out: str) -> Iterator[Problem]:
    """Each ring once, told at its alphabetically first member."""
    state: dict[str, int] = {}  # 1 on the path, 2 done
    for start in sorted(ways):
        if state.get(start):
            continue
        path: list[str] = [start]
        pending = [iter(ways.get(start, ()))]
        state[start] = 1
        while path:
            step = next(pending[-1], None)
            if step is None:
                state[path.pop()] = 2
                pending.pop()
                continue
            target, origin = step
            if state.get(target) == 1:
                ring = path[path.index(target):]
                shown = " → ".join([*ring, target]) if len(ring) < 8 else f"{' → '.join(ring[:7])} → …"
                yield Problem("reference-cycle", f"the {kind} `{target}` {what}: {shown}", origin.span(),
                              step_out)
            elif target in ways and not state.get(target):
                state[target] = 1
                path.append(target)
                pending.append(iter(ways[target]))


def levels(atlas: Atlas) -> Iterator[Problem]:
    """A journey lies deeper than its parent."""
    for journey in atlas.journeys.values():
        parent = atlas.journeys.get(journey.parent)
        if parent is None or journey.spec.level is None or parent.spec.level is None:
            continue
        if int(journey.spec.level) <= int(parent.spec.level):
            above, below = parent.spec.level, journey.spec.level
            yield Problem("value-range", f"level {below} is not deeper than the parent's level {above}",
                          journey.origin.span("level"),
                          f"write a level above {above}, or name another parent")
