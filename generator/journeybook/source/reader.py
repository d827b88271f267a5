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
from journeybook.source import characters, files, syntax
from journeybook.source.characters import FAULTY
from journeybook.source.document import EMPTY, MERGE, Document, Ignore, Node, Place, Places, corners, covers, place

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
IGNORE = re.compile(r"#\s*journeybook:\s*ignore\[([^\]\n]*)\].*")
TOP_KEY = re.compile(r"^([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:", re.MULTILINE)


class _TooMuchError(Exception):
    """A bound was passed: reading stops here."""


def read(path: Path, settings: Settings) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file. None only where there is no text to speak of (unreadable, too large)."""
    shown = settings.shown(path)
    content = files.read_bytes(path, shown, settings.limits.file_bytes)
    if isinstance(content, Problem):
        return None, [content]
    text = files.decode(content, shown)
    if isinstance(text, Problem):
        return None, [text]
    return read_text(shown, text, settings.limits)


def read_text(path: str, text: str, limits: Limits | None = None) -> tuple[Document, list[Problem]]:
    """Read YAML from a string; ``path`` is what messages call it."""
    limits = limits or Limits()
    cleaned, problems = characters.find(path, text)
    builder = _Builder(path, cleaned, limits)
    try:
        builder.build(LOADER(cleaned))
    except yaml.YAMLError as error:
        builder.problems.append(syntax.problem(path, cleaned, error))
        builder.readable = False
    except _TooMuchError:
        builder.readable = False
    problems += builder.problems
    document = Document(path, text, {}, EMPTY, readable=builder.readable)
    document.top_keys = tuple(dict.fromkeys(TOP_KEY.findall(cleaned)))
    if builder.readable:
        problems += _take_root(document, builder)
    document.ignores = list(_ignores(path, cleaned, builder.texts))
    if len(problems) > limits.problems_per_file:
        more = len(problems) - limits.problems_per_file
        problems = problems[: limits.problems_per_file]
        problems.append(Problem("limit-reached", f"{more} more problems in this file are not shown",
                                Span(path), "mend the first ones and run again"))
    return document, problems


def _take_root(document: Document, builder: _Builder) -> list[Problem]:
    data, places = builder.root, builder.root_places
    if data is None:
        document.readable = bool(builder.problems)  # nothing at all: said once, by file-empty
        if builder.problems:
            return []
        document.readable = True
        return [Problem("file-empty", "this file holds nothing", Span(document.path),
                        "write a map or delete the file")]
    if not isinstance(data, dict) or not isinstance(places, Places):
        found, step = ("a list", "give the list a name, such as `teams:`, and indent it below")
        if not isinstance(data, list):
            found, step = "a text", "begin with a key, a colon and a space, such as `title: Choose a bike`"
        message = f"a file holds keys such as `title:` or `teams:`; this one holds {found}"
        return [Problem("value-type", message, Span(document.path), step)]
    document.data, document.places = data, places
    return []


class _Builder:
    """Turns events into data and places; what YAML offers and maps do not use becomes a problem."""

    def __init__(self, path: str, text: str, limits: Limits) -> None:
        self.path = path
        self.text = text
        self.limits = limits
        self.problems: list[Problem] = []
        self.readable = True
        self.root: Any = None
        self.root_places: Node | None = None
        self.texts: list[Place] = []  # where texts stand: a `#` inside one is no comment
        self._nodes = 0
        self._documents = 0
        self._aliases: set[str] = set()
        # One entry a container: [data, parts, place of its start, waiting key or None, place of that key]
        self._stack: list[list[Any]] = []

    def build(self, parser: Any) -> None:
        """Read to the end of the stream. Asking the parser itself costs half as much as `yaml.parse` around it."""
        ask = parser.get_event
        while True:
            event = ask()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
                self._open(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                self._close(event)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                self._document(event)
            elif kind is yaml.StreamEndEvent:
                return

    def _alias(self, event: Any) -> None:
        """Told once a name: where one is written many times, the cure is the same."""
        if event.anchor not in self._aliases:
            self._aliases.add(event.anchor)
            self._feature(event, "`*` makes a YAML alias, which maps do not use",
                          "write the value out; a text that starts with `*` needs quotes")
        self._put(FAULTY, _place(event))

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents == 2:
            self._feature(event, "`---` starts a second document in this file, and only one is read",
                          "put what follows into a file of its own")
            raise _TooMuchError
        if event.version or event.tags:
            self._feature(event, "a `%` line is a YAML directive, which maps do not use", "delete the line")

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._properties(event)
        where, value = _place(event), event.value
        if value:
            self.texts.append(where)
        elif event.style in ("", None):
            value = None
        if event.style == '"':
            written = self.text[event.start_mark.index : event.end_mark.index]
            value, problems = characters.find_escaped(event.value, written, self._span(where))
            self.problems += problems
        self._put(value, where)

    def _open(self, event: Any, data: dict[str, Any] | list[Any]) -> None:
        if event.anchor or event.tag:
            self._properties(event)
        if len(self._stack) >= self.limits.yaml_depth:
            self._limit(event, f"values are nested more than {self.limits.yaml_depth} levels deep")
        self._stack.append([data, type(data)(), _place(event), None, None])

    def _close(self, event: Any) -> None:
        data, parts, start, _, _ = self._stack.pop()
        line, column, _, _ = corners(start)
        whole = place(line, column, event.end_mark.line, event.end_mark.column)
        self._put(data, whole, Places(whole, parts))

    def _put(self, value: Any, where: Place, node: Node | None = None) -> None:
        """A value into the container that is open; called for every key and value, so it makes no more than needed."""
        self._nodes += 1
        if self._nodes > self.limits.yaml_nodes:
            self.problems.append(Problem(
                "yaml-limit", f"this file holds more than {self.limits.yaml_nodes:,} values",
                self._span(where), "split it: a journey a file, registries by kind"))
            raise _TooMuchError
        if not self._stack:
            if self.root is None:
                self.root, self.root_places = value, node
            return
        top = self._stack[-1]
        if isinstance(top[0], list):
            top[0].append(value)
            top[1].append(where if node is None else node)
        elif top[4] is None:
            top[3], top[4] = self._key(value, where), where
        else:
            key, key_place = top[3], top[4]
            top[3] = top[4] = None
            if key is not None:
                top[0][key] = value
                top[1][key] = (key_place, where if node is None else node)

    def _key(self, value: Any, where: Place) -> str | None:
        """The key if it can be one; None makes the value that follows be read and dropped (it was reported).

        A merge leaves a place, but no data: what it would have brought is not called missing as well.
        """
        if not isinstance(value, str):
            self.problems.append(Problem("yaml-feature", "a key must be a plain word", self._span(where),
                                         "write `key: value`; a text in braces needs quotes"))
            return None
        data, parts = self._stack[-1][0], self._stack[-1][1]
        if value == "<<":
            self.problems.append(Problem("yaml-feature", "`<<` merges YAML records, which maps do not use",
                                         self._span(where), "write the keys out"))
            parts[MERGE] = (where, where)
            return None
        if value in data:
            first = self._span(parts[value][0])
            self.problems.append(Problem(
                "key-duplicate", f"the key `{value}` stands here a second time", self._span(where),
                "delete one of them, or join their values", label="second time",
                related=(Related("first here", first),)))
            return None
        if len(value) > 64:
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

    def _limit(self, event: Any, message: str) -> None:
        self.problems.append(
            Problem("yaml-limit", message, self._span(_place(event)), "make the file simpler"))
        raise _TooMuchError

    def _span(self, where: Place) -> Span:
        line, column, end_line, end_column = corners(where)
        if end_line > line:
            return Span(self.path, line + 1, column + 1, line + 1, column + 2)
        return Span(self.path, line + 1, column + 1, end_line + 1, end_column + 1)


def _place(event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    packed: Place = (start.line << 20 | start.column) << 40 | end.line << 20 | end.column
    return packed  # what `place` makes, without a call for each value


def _ignores(path: str, text: str, texts: list[Place]) -> Iterator[Ignore]:
    """Comments that silence a check: for their own line, or standing alone for the next line as well."""
    if "journeybook:" not in text:
        return
    texts = sorted(texts)
    for number, here in enumerate(text.split("\n")):
        match = IGNORE.search(here)
        if match is None:
            continue
        column = match.start()
        before = bisect_right(texts, place(number, column + 1, 0, 0) - 1) - 1
        if before >= 0 and covers(texts[before], number, column):
            continue  # it is part of a text
        checks = tuple(word.strip() for word in match.group(1).split(",") if word.strip())
        last = number + 1 if here[:column].strip() else number + 2
        span = Span(path, number + 1, column + 1, number + 1, column + 1 + len(match.group()))
        yield Ignore(checks, (number + 1, last), span)
