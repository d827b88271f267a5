"""What `journeybook diff` does before it prints: two sides are found, read and compared."""

from __future__ import annotations

from dataclasses import replace

from journeybook.adapters.git import DEEPEN, GitError, Repository
from journeybook.adapters.revisions import Known, Tree, laid_out, of_commit, of_disk, read_side
from journeybook.adapters.slices import part_to_read
from journeybook.changes import Changes, Snapshot, compare
from journeybook.frozen import dataclass
from journeybook.reading import uncollected
from journeybook.settings import Settings

WORKTREE = "worktree"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sides by the names people gave them, and what differs."""

    base: str
    head: str
    before: Snapshot
    after: Snapshot
    changes: Changes


@uncollected()
def difference(settings: Settings, base: str, head: str, *, check: bool = True) -> Difference:
    """What changed from ``base`` to ``head`` (``worktree`` is what lies on the disk); with ``check`` also problems.

    As in a pull request, a base that went on by itself is compared at the commit where the two parted; a head that
    lies before the base is compared with the base itself.
    """
    settings = replace(settings, folders=())  # other folders have a history of their own
    repository = Repository(settings.atlas)
    end = repository.commit("HEAD" if head == WORKTREE else head)
    start = repository.commit(base)
    parting = parted(repository, start, end, base)
    start = start if parting == end and head != WORKTREE else parting
    before = of_commit(repository, start)
    after = of_disk(settings, repository, before) if head == WORKTREE else of_commit(repository, end)
    old, new = sides(repository, before, after, settings, Known(), check=check)
    return Difference(base, head, old, new, compare(old, new))


def parted(repository: Repository, base: str, head: str, name: str) -> str:
    """The commit to compare with: where the base's history and the head's meet."""
    found = repository.merge_base(base, head)
    if found is None and repository.shallow:
        raise GitError(f"this clone is shallow: where its history and that of `{name}` part is not in it", DEEPEN)
    return found or base


def sides(repository: Repository, before: Tree, after: Tree, settings: Settings, known: Known, *,
          check: bool) -> tuple[Snapshot, Snapshot]:
    """What two trees mean, as far as they can differ."""
    part = part_to_read(repository, before, after, known, settings)
    with laid_out(repository, before, part, known, settings) as place:
        old = read_side(place, before, part, known, check=check)
    with laid_out(repository, after, part, known, settings) as place:
        new = read_side(place, after, part, known, check=check)
    return old, new
