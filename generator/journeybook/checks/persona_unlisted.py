"""A step or an emotion names a persona who is not one of the journey's.

The map is drawn for the personas that the journey lists. What belongs to somebody else has no line, no letter and no
place in the switch, so readers would never see it.

Bad:

```yaml
title: Finds us
owner: sales
personas: {anna: Anna}
stages:
  - title: Looks around
    emotion: {anna: 1, buyer: -1}
```

Good:

```yaml
title: Finds us
owner: sales
persona: buyer
personas: {anna: Anna}
stages:
  - title: Looks around
    emotion: {anna: 1, buyer: -1}
```
"""

from journeybook.problems import Severity

GROUP = "reference"
LEVEL = Severity.WARNING
REPORTED_BY = "model"
