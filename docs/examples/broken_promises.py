"""Which broken promises touch stages that nobody owns, or nobody but the journey's owner?

Run it in the folder of a project, or name one: python broken_promises.py path/to/project
"""

from __future__ import annotations

import sys

import journeybook

# %% Read and check the maps. Nothing a team can write makes this raise; what is wrong is in `book.problems`.
book = journeybook.read_book(sys.argv[1] if len(sys.argv) > 1 else ".")
print(f"{book.atlas.title}: {len(book.atlas.journeys)} journeys, {len(book.atlas.promises)} promises")

# %% The verdicts, as the promises page shows them.
verdicts = journeybook.verdicts(book)
broken = [promise for promise in book.atlas.promises.values() if verdicts[promise.id].word == "broken"]

# %% The stages where a promise is made or kept, and who is accountable there.
for promise in broken:
    keys = [key for key in (promise.made_at, promise.delivered_at) if key]
    stages = [book.atlas.stages[key] for key in keys if key in book.atlas.stages]
    unowned = [stage for stage in stages if stage.owner is None or stage.owner_inherited]
    if not unowned:
        continue
    print(f"\n{promise.spec.statement}")
    print(f"  {verdicts[promise.id].because}")
    for stage in unowned:
        who = f"only the journey's owner, {stage.owner.spec.name}" if stage.owner else "nobody"
        print(f"  {stage.title} ({stage.key}): {who}")
