"""A picture has no description.

People who cannot see it hear nothing, and neither does anybody whose connection is slow. Say in a few words what
it shows.

Bad:

```yaml
personas:
  amira: {name: Amira, photo: amira.png}
```

Good:

```yaml
personas:
  amira: {name: Amira, photo: amira.png, alt: A woman at a workbench}
```
"""

from collections.abc import Iterator

from journeybook.model import Atlas, Persona, Step
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "image"
LEVEL = Severity.WARNING


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each picture of a persona or a step without a text in its place."""
    pictures: list[tuple[Persona | Step, str, str | None]] = [
        *((persona, "photo", persona.spec.photo) for persona in atlas.personas.values()),
        *((step, "image", step.spec.image) for stage in atlas.stages.values() for step in stage.steps)]
    for record, key, picture in pictures:
        if picture and not record.spec.alt and not record.origin.filled("alt", record.spec):
            yield Problem("", "this picture has no description", record.origin.span(key),
                          "add `alt:` with a few words that say what it shows")
