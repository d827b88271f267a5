"""Which part of two trees has to be read to tell what differs between them.

Maintainers: leaving something out is right as long as it gives the same answers on both sides. It can only do
otherwise if it mentions something whose shape differs, or is mentioned by something that differs; whole words are
looked for in the text, which finds too much rather than too little. ``tests/changes/test_slices.py`` compares with
reading everything.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from journeybook.adapters.git import Repository
from journeybook.adapters.revisions import PICKED, Known, Part, Tree, fetch, hold, is_yaml
from journeybook.problems import Problem
from journeybook.schema import Entry
from journeybook.schema.types import slug
from journeybook.settings import Settings

SMALL = 1_500_000  # bytes of YAML that are read whole: asking what to leave out would take as long
FEW = 100  # so many words are faster looked for one by one than by taking a text apart
STAGES = re.compile(rb"^[\"']?stages[\"']?[ \t]*:", re.MULTILINE)
OWN_ID = re.compile(rb"^[\"']?id[\"']?[ \t]*:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
FAR = ("calendar", "emotion", "checks", "categories", "review_every", "stage_vocabulary", "links")
"""Settings on which the answers of every journey rest."""
TOLD = frozenset({"description", "scenario", "goal", "business_goal", "customer_goal", "trigger", "end_condition",
                  "tags", "decisions", "reviewed", "review_every", "evidence", "emotion", "signals", "risks", "entry",
                  "exit",
                  "moments_of_truth", "duration", "doing", "thinking", "quote", "gains", "frontstage", "backstage",
                  "systems", "physical_evidence", "image", "alt", "severity", "frequency", "root_cause", "touchpoints",
                  "channel", "moment_of_truth", "assets", "metrics", "scope", "sponsor", "contributors", "formerly"})
"""Keys of a journey that no other journey's answers rest on."""

JOINING = frozenset({"promise", "handoff"})
"""Kinds that join the journeys of different teams."""

Key = tuple[str, str]


@dataclass(slots=True)
class _Touched:
    """What differs: the entries, ids whose shape others may rest on, and all words of both versions."""

    keys: set[Key] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    far: bool = False


def part_to_read(repository: Repository, before: Tree, after: Tree, known: Known, settings: Settings) -> Part:
    """What to leave out on both sides; nothing of a small atlas, nor where the difference reaches everywhere."""
    same = [path for path in before.files if is_yaml(path) and _same(path, before, after)]
    if sum(after.files[path].size for path in same) <= SMALL:
        return Part()
    fetch(repository, before if before.commit else after, same, known, settings)
    text = {path: known.blobs.get(after.files[path].oid, b"") for path in same}
    names = {path: _name(path, text[path]) for path in same if STAGES.search(text[path])}
    old, new = (_entries(repository, tree, before, after, known, settings) for tree in (before, after))
    touched = _touched(old, new)
    registries = [entry for path in same if path not in names
                  for entry in _read(path, text[path], after.files[path].oid, known, settings)]
    registries += (entry for entry in new.values() if entry.kind in PICKED)
    _tables(before, after, registries, touched)
    if touched.far:
        return Part()
    drawn = {path for path in names if _mentions(text[path], touched.shapes)}
    near = {ident for _, ident in touched.keys} | {names[path] for path in drawn}
    for entry in registries:  # a promise is judged where it is kept, and answered for where it is made
        if entry.kind in JOINING and not near.isdisjoint(own := _words(entry)):
            touched.words |= own
    skip = {path: name for path, name in names.items() if name not in touched.words and path not in drawn}
    read = [text[path].decode("utf-8", "replace") for path in names if path not in skip]
    return Part(skip, _kept(registries, touched, read, {*names.values()} - {*skip.values()}))


def _kept(registries: list[Entry], touched: _Touched, read: list[str], journeys: set[str]) -> frozenset[Key]:
    """The registered records that what is read refers to, those that refer to it, and what these refer to."""
    spoken = set(touched.words)
    for text in read:
        spoken.update(WORD.findall(text))
    near = journeys | {ident for _, ident in touched.keys}
    words = {(entry.kind, entry.id): _words(entry) for entry in registries if entry.kind in PICKED}
    kept = {key for key, own in words.items() if key[1] in spoken or not near.isdisjoint(own)}
    fresh = set(kept)
    while fresh:
        spoken = {word for key in fresh for word in words[key]}
        fresh = {key for key in words if key not in kept and key[1] in spoken}
        kept |= fresh
    return frozenset(kept | touched.keys)


def _words(entry: Entry) -> frozenset[str]:
    raw = entry.document.value(entry.route)
    return frozenset(WORD.findall(json.dumps(raw, default=str)))


def _same(path: str, before: Tree, after: Tree) -> bool:
    return path in before.files and path in after.files and after.files[path].oid == before.files[path].oid


def _name(path: str, text: bytes) -> str:
    own = OWN_ID.search(text)
    return own[1].decode() if own else slug(posixpath.splitext(posixpath.basename(path))[0])


def _mentions(text: bytes, shapes: set[str]) -> bool:
    if len(shapes) <= FEW and not any(shape.encode() in text for shape in shapes):
        return False  # a thousand journeys are asked, and few have anything of it
    return not shapes.isdisjoint(WORD.findall(text.decode("utf-8", "replace")))


def _touched(old: Mapping[Key, Entry], new: Mapping[Key, Entry]) -> _Touched:
    found = _Touched()
    for key in {*old, *new}:
        mine, theirs = (_raw(entry) if entry else None for entry in (old.get(key), new.get(key)))
        if mine == theirs:
            continue
        kind, ident = key
        found.far |= kind == "atlas" and _far(mine, theirs)
        found.keys.add(key)
        if mine is None or theirs is None or (kind == "journey" and _shape(mine) != _shape(theirs)) or kind in PICKED:
            found.shapes.add(ident)
        found.words.update(WORD.findall(json.dumps([mine, theirs], default=str)), [ident])
    return found


def _raw(entry: Entry) -> Any:
    """What was written; all of the text where that cannot be read."""
    return entry.document.value(entry.route) or entry.document.text


def _far(mine: Any, theirs: Any) -> bool:
    one, other = (raw if isinstance(raw, dict) else {} for raw in (mine, theirs))
    return any(one.get(name) != other.get(name) for name in FAR)


def _shape(raw: Any) -> Any:
    """A journey without what is only told; titles count where an id is made from them."""
    if isinstance(raw, list):
        return [_shape(entry) for entry in raw]
    if isinstance(raw, dict):
        return {key: _shape(entry) for key, entry in raw.items()
                if key not in TOLD and not (key in ("title", "text", "ask") and raw.get("id"))}
    return raw


def _tables(before: Tree, after: Tree, registries: Iterable[Entry], touched: _Touched) -> None:
    """Metrics whose values differ."""
    tables = {posixpath.basename(path) for path in {*before.files, *after.files}
              if path.lower().endswith(".csv") and not _same(path, before, after)}
    for entry in registries if tables else ():
        values = entry.document.value((*entry.route, "values")) if entry.kind == "metric" else None
        if isinstance(values, str) and posixpath.basename(values) in tables:
            touched.keys.add((entry.kind, entry.id))
            touched.shapes.add(entry.id)
            touched.words.add(entry.id)


def _entries(repository: Repository, tree: Tree, before: Tree, after: Tree, known: Known,
             settings: Settings) -> Mapping[Key, Entry]:
    """The entries of the files that differ."""
    changed = [path for path in tree.files if is_yaml(path) and not _same(path, before, after)]
    fetch(repository, tree, changed, known, settings)
    return {(entry.kind, entry.id): entry for path in changed for entry in _read(
        path, known.blobs.get(tree.files[path].oid, b""), tree.files[path].oid, known, settings)}


def _read(path: str, content: bytes, oid: str, known: Known, settings: Settings) -> Iterator[Entry]:
    held = hold(settings.shown(settings.atlas / path), content, oid, known, settings)
    if not isinstance(held, Problem):
        contents = held[0]
        yield from (entry for entry in (contents.atlas, contents.journey, *contents.entries) if entry)
