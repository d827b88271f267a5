"""The builder on the parser's event stream: one pass, no recursion, its own bounds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from journeybook.problems import Problem, Related, Span
from journeybook.settings import Limits, Settings
from journeybook.source import characters, files, pasted, syntax
from journeybook.source.characters import FAULTY
from journeybook.source.document import BITS, EMPTY, Document, Ignore, Place, Places, corners, end_of, line_starts

SCALAR = yaml.ScalarEvent
STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
IGNORE = re.compile(r"#\s*journeybook:\s*ignore\[([^\]\n]*)\].*")
TOP_KEY = re.compile(r"^([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:", re.MULTILINE)


class _TooMuchError(Exception):
    """A bound was passed: reading stops here."""


def read(path: Path, settings: Settings) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file. None only where there is no text to speak of (unreadable, too large)."""
    text = files.text_of(path, settings, settings.limits.file_bytes)
    if isinstance(text, Problem):
        return None, [text]
    return read_text(settings.shown(path), text, settings.limits)


def read_text(path: str, text: str, limits: Limits | None = None) -> tuple[Document, list[Problem]]:
    """Read YAML from a string; ``path`` is what messages call it."""
    limits = limits or Limits()
    cleaned, problems = characters.find(path, text)
    cleaned, more = pasted.find(path, cleaned)
    problems += more
    builder = _Builder(path, cleaned, limits)
    unmerged = syntax.conflict(path, cleaned)
    try:
        if unmerged:
            builder.problems.append(unmerged)
            builder.readable = False
        else:
            builder.build(LOADER(cleaned))
    except yaml.YAMLError as error:
        stopped = syntax.problem(path, cleaned, error)
        if stopped.span.line not in {problem.span.line for problem in more}:  # what was pasted there was told
            builder.problems.append(stopped)
        builder.readable = False
    except _TooMuchError:
        builder.readable = False
    problems += builder.problems
    document = Document(path, text, {}, EMPTY, readable=builder.readable)
    if builder.readable:
        problems += _take_root(document, builder)
    if not document.readable:
        document.top_keys = tuple(dict.fromkeys(TOP_KEY.findall(cleaned)))
    builder.texts.sort()
    document.ignores = list(_ignores(path, cleaned, builder.texts))
    if builder.cuts and builder.readable:
        problems += pasted.cut(path, cleaned, builder.texts)
    if len(problems) > limits.problems_per_file:
        rest = len(problems) - limits.problems_per_file
        problems = problems[: limits.problems_per_file]
        problems.append(Problem("limit-reached", f"{rest} more problems in this file are not shown",
                                Span(path), "mend the first ones and run again"))
    return document, problems


def _take_root(document: Document, builder: _Builder) -> list[Problem]:
    data = builder.root[0] if builder.root else None
    if data is None:
        document.readable = bool(builder.problems)  # nothing at all: said once, by file-empty
        if builder.problems:
            return []
        document.readable = True
        return [Problem("file-empty", "this file holds nothing", Span(document.path),
                        "write a map or delete the file")]
    if not isinstance(data, dict):
        found, step = ("a list", "give the list a name, such as `teams:`, and indent it below")
        if not isinstance(data, list):
            found, step = "a text", "begin with a key, a colon and a space, such as `title: Choose a bike`"
        message = f"a file holds keys such as `title:` or `teams:`; this one holds {found}"
        return [Problem("value-type", message, Span(document.path), step)]
    document.data, document.places, document.merged = data, builder.places(), frozenset(builder.merged)
    return []


class _Builder:
    """Turns events into data and places; what YAML offers and maps do not use becomes a problem."""

    def __init__(self, path: str, text: str, limits: Limits) -> None:
        self.path = path
        self.text = text
        self.limits = limits
        self.problems: list[Problem] = []
        self.readable = True
        self.root: list[Any] = []  # what the file holds: one value, or nothing
        self.where: list[Place] = []  # of each key and value, as in `Places`
        self.past: dict[int, int] = {}  # where the parts of a container end
        self.cuts = pasted.GLUED.search(text) is not None  # there may be texts that a comment cuts short
        self.noted = self.cuts or "journeybook:" in text  # or comments for us
        self.texts: list[Place] = []  # then, where texts stand: a `#` inside one is no comment
        self.merged: set[int] = set()
        self._keys: dict[str, str] = {}  # each key once, however often it is written
        self._starts: list[int] = []
        self._documents = 0
        self._aliases: set[str] = set()

    def build(self, parser: Any) -> None:
        """Read to the end of the stream. Asking the parser itself costs half as much as `yaml.parse` around it.

        All that happens to every value stands here: a call for each of them would double the time of reading.
        """
        ask, same, most = parser.get_event, self._keys.setdefault, self.limits.yaml_nodes
        places, past = self.where, self.past
        data: Any = self.root
        mapping, key, key_at, at, closed, nodes = False, None, -1, -1, -1, 0
        stack: list[tuple[Any, ...]] = []
        while True:
            event = ask()
            kind = type(event)
            if kind is SCALAR:
                value = event.value
                where = event.start_mark.index << BITS | event.end_mark.index
                if not value or event.style == '"' or event.anchor or event.tag or self.noted:
                    value = self._scalar(event, where)
                places.append(where)
            elif kind in STARTS:
                self._opened(event, len(stack))
                stack.append((data, mapping, key, key_at, at))
                at = len(places)
                places.append(event.start_mark.index << BITS)
                mapping, key_at = kind is STARTS[0], -1
                data = {} if mapping else []
                continue
            elif kind in ENDS:
                value, closed = data, at
                where = places[at] = places[at] | event.end_mark.index
                past[at] = len(places)
                data, mapping, key, key_at, at = stack.pop()
            elif kind is yaml.AliasEvent:
                value, where = FAULTY, self._alias(event)
                places.append(where)
            elif kind is yaml.StreamEndEvent:
                return
            else:
                self._document(event)
                continue
            nodes += 1
            if nodes > most:
                self._too_many(where)
            if not mapping:
                data.append(value)
            elif key_at < 0:
                key_at = closed if kind in ENDS else len(places) - 1
                fine = isinstance(value, str) and value not in data and value != "<<" and len(value) <= 64
                key = same(value, value) if fine else self._odd_key(value, where, data, at)
            else:
                if key is not None:
                    data[key] = value
                else:
                    self._drop(key_at)
                key_at = -1

    def places(self) -> Places:
        """Where everything stands that was read so far."""
        return Places(self.where, self.past)

    def _drop(self, key_at: int) -> None:
        """Forget where a key and its value stand."""
        del self.where[key_at:]
        for at in [at for at in self.past if at >= key_at]:
            del self.past[at]

    def _alias(self, event: Any) -> Place:
        """Told once a name: where one is written many times, the cure is the same."""
        if event.anchor not in self._aliases:
            self._aliases.add(event.anchor)
            self._feature(event, "`*` makes a YAML alias, which maps do not use",
                          "write the value out; a text that starts with `*` needs quotes")
        return _place(event)

    def _document(self, event: Any) -> None:
        if type(event) is not yaml.DocumentStartEvent:
            return
        self._documents += 1
        if self._documents == 2:
            rest = self.text[end_of(_place(event)):].split("\n")
            empty = all(line.strip()[:1] in ("", "#") for line in rest)
            self._feature(event, "`---` starts a second document in this file, and only one is read",
                          "delete the line" if empty else "put what follows into a file of its own")
            raise _TooMuchError
        if event.version or event.tags:
            self._feature(event, "a `%` line is a YAML directive, which maps do not use", "delete the line")

    def _scalar(self, event: Any, where: Place) -> str | None:
        """The value of a text that is blank, in double quotes, marked, or in a file with comments for us."""
        if event.anchor or event.tag:
            self._properties(event)
        value: str | None = event.value
        if value:
            if self.noted:
                self.texts.append(where)
        elif event.style in ("", None):
            value = None
        if event.style == '"':
            written = self.text[event.start_mark.index : event.end_mark.index]
            value, problems = characters.find_escaped(event.value, written, self._span(where))
            self.problems += problems
        return value

    def _opened(self, event: Any, depth: int) -> None:
        if event.anchor or event.tag:
            self._properties(event)
        if depth >= self.limits.yaml_depth:
            self.problems.append(Problem(
                "yaml-limit", f"values are nested more than {self.limits.yaml_depth} levels deep",
                self._span(_place(event)), "make the file simpler"))
            raise _TooMuchError

    def _too_many(self, where: Place) -> None:
        self.problems.append(Problem(
            "yaml-limit", f"this file holds more than {self.limits.yaml_nodes:,} values",
            self._span(where), "split it: a journey a file, registries by kind"))
        raise _TooMuchError

    def _odd_key(self, value: Any, where: Place, data: dict[str, Any], at: int) -> str | None:
        """The key if it can be one; None makes the value that follows be read and dropped (it was reported).

        A merge leaves a mark, but no data: what it would have brought is not called missing as well.
        """
        if not isinstance(value, str):
            self.problems.append(Problem("yaml-feature", "a key must be a plain word", self._span(where),
                                         "write `key: value`; a text in braces needs quotes"))
            return None
        if value == "<<":
            self.problems.append(Problem("yaml-feature", "`<<` merges YAML records, which maps do not use",
                                         self._span(where), "write the keys out"))
            self.merged.add(self.where[at] >> BITS)
            return None
        if value in data:
            first = self._span(self.where[self.places().parts(data, at)[value] - 1])
            self.problems.append(Problem(
                "key-duplicate", f"the key `{value}` stands here a second time", self._span(where),
                "delete one of them, or join their values", label="second time",
                related=(Related("first here", first),)))
            return None
        self.problems.append(
            Problem("value-range", "a key has at most 64 characters", self._span(where), "shorten it"))
        return value

    def _properties(self, event: Any) -> None:
        if event.anchor:
            self._feature(event, "`&` makes a YAML anchor, which maps do not use",
                          "delete it; a text that starts with `&` needs quotes")
        if event.tag:
            self._feature(event, "`!` makes a YAML tag, which maps do not use",
                          "delete it; a text that starts with `!` needs quotes")

    def _feature(self, event: Any, message: str, help_text: str) -> None:
        self.problems.append(Problem("yaml-feature", message, self._span(_place(event)), help_text))

    def _span(self, where: Place) -> Span:
        self._starts = self._starts or line_starts(self.text)
        line, column, end_line, end_column = corners(where, self._starts)
        if end_line > line:
            return Span(self.path, line + 1, column + 1, line + 1, column + 2)
        return Span(self.path, line + 1, column + 1, end_line + 1, end_column + 1)


def _place(event: Any) -> Place:
    where: Place = event.start_mark.index << BITS | event.end_mark.index
    return where


def _ignores(path: str, text: str, texts: list[Place]) -> Iterator[Ignore]:
    """Comments that silence a check: for their own line, or standing alone for the next line as well."""
    if "journeybook:" not in text:
        return
    start = 0
    for number, here in enumerate(text.split("\n")):
        match = IGNORE.search(here)
        column = match.start() if match else 0
        before = bisect_right(texts, (start + column + 1 << BITS) - 1) - 1
        inside = before >= 0 and start + column < end_of(texts[before])  # it is part of a text
        start += len(here) + 1
        if match is None or inside:
            continue
        checks = tuple(word.strip() for word in match.group(1).split(",") if word.strip())
        last = number + 1 if here[:column].strip() else number + 2
        span = Span(path, number + 1, column + 1, number + 1, column + 1 + len(match.group()))
        yield Ignore(checks, (number + 1, last), span)
