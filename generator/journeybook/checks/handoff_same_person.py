"""One person wears both hats, so nothing is handed over yet.

In a small firm that is fine, and nobody has to write anything. It is told because the day one of the hats goes to
somebody else, a handoff is wanted here.

Bad:

```yaml
teams:
  pia: {name: Pia, kind: person, hats: [sales, onboarding]}
  sales: Sales
  onboarding: Onboarding
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - {id: set-up, title: Set up, owner: onboarding}
```

Good:

```yaml
teams:
  pia: {name: Pia, kind: person, hats: sales}
  sales: Sales
  onboarding: Onboarding
title: First days
owner: sales
stages:
  - {id: order, title: Order}
  - {id: set-up, title: Set up, owner: onboarding}
```
"""

from collections.abc import Iterator

from journeybook import formats
from journeybook.model import Atlas
from journeybook.model.handoffs import wanted_handoffs
from journeybook.problems import Problem, Related, Severity
from journeybook.settings import Settings

GROUP = "handoff"
LEVEL = Severity.INFO


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each two stages whose owners are one person."""
    told = set()
    for wanted in wanted_handoffs(atlas):
        source, target, way = wanted.source, wanted.target, wanted.transition
        if not wanted.same_person or (source.key, target.key) in told or not (source.owner and target.owner):
            continue
        told.add((source.key, target.key))
        both = atlas.people[source.owner.id] & atlas.people[target.owner.id]
        who = formats.listed([atlas.teams[ident].spec.name for ident in sorted(both)])
        related = (Related("the handoff", wanted.handoff.origin.span(key=True)),) if wanted.handoff else ()
        yield Problem(
            "", f"{source.owner.spec.name} and {target.owner.spec.name} are both {who}, so nothing changes hands "
            f"between `{source.title}` and `{target.title}`", way.origin.span("to" if way.spec else "title"),
            "nothing to do until one of the two goes to somebody else" if not wanted.handoff else
            "the handoff that is written will be of use once one of the two goes to somebody else", related=related)
