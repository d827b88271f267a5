"""Customers ask a question that no live asset answers.

They ask somebody else then, or leave. An asset that is only planned does not answer yet; the message names
it, so that you can see how near the answer is.

Bad:

```yaml
title: Choose an accountant
owner: sales
stages:
  - title: Compare
    questions:
      - id: price
        ask: What will it cost in the first year?
```

Good:

```yaml
title: Choose an accountant
id: choose-an-accountant
owner: sales
stages:
  - title: Compare
    id: compare
    questions:
      - id: price
        ask: What will it cost in the first year?
assets:
  cost-page:
    title: What the first year costs
    owner: sales
    answers: choose-an-accountant/compare#price
```
"""

from collections.abc import Iterator

from journeybook.model import Asset, Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings
from journeybook.source import FAULTY

GROUP = "content"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each question without a live answer."""
    for stage in atlas.stages.values():
        for question in stage.questions:
            answers = atlas.answers.get((stage.key, question.id), ())
            if FAULTY in question.spec.ask or any(asset.spec.status == "live" for asset in answers):
                continue
            waiting = next((asset for asset in answers if asset.spec.status != "retired"), None)
            if waiting:
                message = f"this question is not answered yet: `{waiting.id}` is only {_standing(waiting)}"
                step = f"publish it and write `status: live` at `{waiting.id}`"
            else:
                message = "no live asset answers this question"
                step = f"add `answers: {stage.key}#{question.id}` to the asset that does"
            yield Problem("", message, question.origin.span("ask"), step)


def _standing(asset: Asset) -> str:
    return "an idea" if asset.spec.status == "idea" else asset.spec.status
