"""What a page was made from, noted while it is made: it may be kept until something that it read has changed.

Pages are made from an atlas that notes what is asked of it: a table (journeys by id, stages of a metric, …) and a key,
or the whole table. Records that were reached through another one are part of that one's fingerprint. What several
pages share brings its own notes along, whoever asked for it first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from types import MethodType
from typing import Any, TypeAlias, TypeVar, cast

from journeybook.model import Atlas
from journeybook.views.fingerprints import Fingerprints

Read: TypeAlias = tuple[str, Any]
"""A table, and the key that was looked up in it; :data:`ALL` for the whole table."""
ALL = None
MISSING = "missing"
SHORT = 64  # characters
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")
R = TypeVar("R")
Shared: TypeAlias = dict[Any, tuple[Any, frozenset[Read]]]
"""What several pages share, by key: each with what it was made from."""


@dataclass(slots=True)
class _Made:
    """A part, held so that no other gets its number, and what it was made from."""

    part: object
    record: object
    how: str
    notes: frozenset[Read]
    fingerprint: str = ""


class Reads:
    """The notes of one build. ``atlas`` is the one that notes, ``plain`` the one that does not."""

    def __init__(self, atlas: Atlas, fingerprints: Fingerprints | None = None) -> None:
        self._fingerprints = fingerprints or Fingerprints()
        self._fingerprints.begin(self._of_made)
        self._made: dict[int, _Made] = {}
        self._tables: dict[str, Table[Any, Any]] = {}
        self._found: dict[Read, str] = {}
        self._open: set[Read] | None = None  # the notes of the page that is being made, if one is
        self.plain = atlas
        self.atlas = cast("Atlas", Noting(atlas, self))

    def end(self, *, again: bool) -> None:
        """All pages are made. Let go of what was made for them: in a large atlas that is as much as the atlas, and it
        holds itself. Fingerprints of records stay if there will be another build (``again``).
        """
        self._fingerprints.end(again=again)
        for table in self._tables.values():
            table.end()
        for held in (self._made, self._tables, self._found, vars(self.atlas)):
            held.clear()

    def note(self, table: str, key: object) -> None:
        """Something was read."""
        if self._open is not None:
            self._open.add((table, key))

    @contextmanager
    def noting(self) -> Iterator[set[Read]]:
        """What is read meanwhile."""
        before = self._open
        notes = self._open = set()
        try:
            yield notes
        finally:
            self._open = before

    def once(self, shared: Shared, key: object, make: Callable[[], T]) -> T:
        """What several pages share: made for the first; the notes are everybody's."""
        if key not in shared:
            with self.noting() as reads:
                made = make()
            shared[key] = made, frozenset(reads)
        value, notes = shared[key]
        if self._open is not None:
            self._open |= notes
        return cast("T", value)

    def part(self, shared: Shared, record: R, make: Callable[[R], T]) -> T:
        """A part of several pages that shows a record, made once. Its fingerprint is that of the record, and of all
        else that was read for it; so nobody has to look at what it holds.
        """
        made = self.once(shared, id(record), lambda: make(record))
        if id(made) not in self._made:
            self._made[id(made)] = _Made(made, record, make.__qualname__, shared[id(record)][1])
        return made

    def table(self, name: str, make: Callable[[], Mapping[K, V]]) -> Table[K, V]:
        """A table of values made from the atlas: who looks something up in it has read just that."""
        found: Table[K, V] = Table(name, make, self)
        self._tables[name] = found
        return found

    def fingerprint(self, read: Read) -> str:
        """That of what would be read now."""
        if read not in self._found:
            self._found[read] = self._now(*read)
        return self._found[read]

    def fingerprint_of(self, given: object) -> str:
        """That of what a page is given."""
        return _short(self._fingerprints.of(given))

    def _of_made(self, value: object) -> str:
        """That of a part that was made from a record; ``""`` for anything else."""
        made = self._made.get(id(value))
        if made is None:
            return ""
        made.fingerprint = made.fingerprint or digest(
            (made.how, self._fingerprints.of(made.record), *sorted(map(self.fingerprint, made.notes))))
        return made.fingerprint

    def _now(self, name: str, key: object) -> str:
        known = name.removesuffix("?")
        table = self._tables.get(known)
        content: Any = table.content if table is not None else getattr(self.plain, known, MISSING)
        if name != known:
            return str(key in content)
        if key is not ALL:
            content = content.get(key, MISSING)
        return _short(self._fingerprints.of(content))


class Table(Mapping[K, V]):
    """A mapping that notes what is looked up in it."""

    __slots__ = ("_content", "_make", "_name", "_reads")

    def __init__(self, name: str, make: Callable[[], Mapping[K, V]], reads: Reads) -> None:
        self._name, self._make, self._reads = name, make, reads
        self._content: Mapping[K, V] | None = None

    @property
    def content(self) -> Mapping[K, V]:
        """Everything, unnoted."""
        if self._content is None:
            with self._reads.noting():
                self._content = self._make()
        return self._content

    def end(self) -> None:
        """Let go of all, and of whoever would make it."""
        self._content, self._make = {}, dict

    def _all(self) -> Mapping[K, V]:
        self._reads.note(self._name, ALL)
        return self.content

    def __getitem__(self, key: K) -> V:
        """One value; KeyError where there is none."""
        self._reads.note(self._name, key)
        return self.content[key]

    def get(self, key: K, default: Any = None) -> Any:
        """One value."""
        self._reads.note(self._name, key)
        return self.content.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Whether there is a value."""
        self._reads.note(f"{self._name}?", key)
        return key in self.content

    def __iter__(self) -> Iterator[K]:
        """All keys."""
        return iter(self._all())

    def __len__(self) -> int:
        """How many."""
        return len(self._all())

    def keys(self) -> KeysView[K]:
        """All keys."""
        return self._all().keys()

    def values(self) -> ValuesView[V]:
        """All values."""
        return self._all().values()

    def items(self) -> ItemsView[K, V]:
        """All of both."""
        return self._all().items()


class Noting:
    """An atlas that notes what is asked of it. What all pages depend on (its settings) is nobody's note."""

    def __init__(self, atlas: Atlas, reads: Reads) -> None:
        self._atlas, self._reads = atlas, reads
        self.title, self.spec, self.categories, self.judged = atlas.title, atlas.spec, atlas.categories, atlas.judged

    def __getattr__(self, name: str) -> object:
        """Called once for a table, which then stands here itself."""
        own = getattr(type(self._atlas), name, None)
        if callable(own):
            return MethodType(own, self)
        value = getattr(self._atlas, name)
        if not isinstance(value, Mapping):
            self._reads.note(name, ALL)
            return value
        table = self._reads.table(name, lambda: value)
        setattr(self, name, table)
        return table


def _short(fingerprint: str) -> str:
    """A long one in short. Most are short: of all that could be read about a stage, little is there."""
    return fingerprint if len(fingerprint) <= SHORT else digest((fingerprint,))


def digest(parts: Iterable[str]) -> str:
    """One fingerprint of several."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
