"""A stage has a name that the atlas does not prefer.

`stage_vocabulary` in `atlas.yml` lists the names for this lifecycle category. One name for one thing lets people
compare journeys; a name of its own is fine where the stage really is something else.

Bad:

```yaml
# atlas.yml
title: Atlas
stage_vocabulary: {customer: [Onboarding, Support]}
teams: {onboarding: Onboarding, sales: Sales}
```

Good:

```yaml
# atlas.yml
title: Atlas
stage_vocabulary: {customer: [Set up, Support]}
teams: {onboarding: Onboarding, sales: Sales}
```
"""

from collections.abc import Iterator

from journeybook import formats
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.schema.types import nearest
from journeybook.settings import Settings
from journeybook.source import FAULTY

GROUP = "vocabulary"
LEVEL = Severity.INFO


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each stage whose title is in none of the lists of its categories."""
    vocabulary = atlas.spec.stage_vocabulary
    for stage in atlas.stages.values() if vocabulary else ():
        lists = [vocabulary.get(category.id) for category in stage.categories]
        if not lists or not all(lists):
            continue  # where one of its categories has no list, the name may be one of those
        names = [name for listed in lists for name in listed or ()]
        if FAULTY in stage.spec.title or _plain(stage.title) in map(_plain, names):
            continue
        where = formats.listed([category.title for category in stage.categories], "or")
        close = nearest(stage.title, names)
        some = formats.listed([f"`{name}`" for name in names[:6]], "or")
        yield Problem("", f"`{stage.title}` is not among the names of stages in {where}", stage.origin.span("title"),
                      f"write `{close}`, or add this one to `stage_vocabulary`" if close else
                      f"write {some}, or add this one to `stage_vocabulary`")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
