"""What differs between two atlases, told by meaning: records are matched by id, fields by what they say.

Maintainers: nothing here knows Git, files on disk or the command line. :func:`snapshot` flattens what was read into
items, :func:`compare` pairs the items of two snapshots and tells what differs; ``rules`` says how much a change
weighs. Comparing the other way round tells the mirror image, and comparing with itself tells nothing.
"""

from journeybook.changes.compare import compare
from journeybook.changes.entities import Change, Changes, Group, Level, Revision
from journeybook.changes.items import Snapshot, snapshot

__all__ = ["Change", "Changes", "Group", "Level", "Revision", "Snapshot", "compare", "snapshot"]
