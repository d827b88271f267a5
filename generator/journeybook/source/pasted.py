"""What comes along when text is pasted: spaces and colons that look right and are others, texts cut by a ``#``.

Spaces of a word processor stay where they stand in a text. Where YAML needs a plain one they are told and read as one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from journeybook.problems import Problem, Span
from journeybook.source.document import BITS, Place, end_of, line_starts

SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
COLON = "\uff1a"
ODD = re.compile(f"[{SPACES}{COLON}]")
MISPLACED = re.compile(
    f"[ ]*(?P<indent>[{SPACES}][ {SPACES}]*)(?=\\S)"
    f"|[ ]*(?:-[ ]+)*(?:-(?P<hyphen>[{SPACES}])|[A-Za-z_][\\w-]*(?::(?P<space>[{SPACES}])|(?P<colon>{COLON})))")
COMMENT = re.compile(r"(?:^|[ \t])#", re.MULTILINE)
GLUED = re.compile(r"#[^\s#!]")
"""A comment whose ``#`` is glued to what follows: rather a part of a text."""


def find(path: str, text: str) -> tuple[str, list[Problem]]:
    """The text with plain spaces and colons where YAML needs them (places stay), and a problem for each other one."""
    if text.isascii() or not ODD.search(text):
        return text, []
    found: list[Problem] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        while ODD.search(line) and (match := MISPLACED.match(line)):
            start, end = match.span(match.lastgroup or "")
            span = Span(path, number + 1, start + 1, number + 1, end + 1)
            found.append(_problem(line[start:end], span))
            line = f"{line[:start]}{':' if line[start] == COLON else ' ' * (end - start)}{line[end:]}"
        lines[number] = line
    return "\n".join(lines), found


def _problem(written: str, span: Span) -> Problem:
    odd = next(letter for letter in written if letter != " ")
    name = f"U+{ord(odd):04X} ({unicodedata.name(odd).lower()})"
    if odd == COLON:
        return Problem("yaml-syntax", f"this colon is {name}, and YAML needs a plain one", span,
                       "type `:` and a space in its place", label="another colon")
    return Problem("text-invisible", f"this space is {name}, and YAML needs a plain one", span,
                   "delete it and type a space in its place", label="another space", fix=" " * len(written))


def cut(path: str, text: str, texts: Sequence[Place]) -> Iterator[Problem]:
    """Texts that a ``#`` cuts short. ``texts`` are the places of all that was read, in order."""
    starts = line_starts(text)
    told = -1
    for match in COMMENT.finditer(text):
        index = match.end() - 1
        line = bisect_right(starts, index)
        before = bisect_right(texts, (index + 1 << BITS) - 1) - 1
        if line == told or (before >= 0 and index < end_of(texts[before])):
            continue  # within a comment, or within a text
        told = line
        begin = starts[line - 1]
        if text[begin:index].strip() and GLUED.match(text, index):
            rest = text[index:].split("\n", 1)[0].rstrip()
            yield Problem(
                "text-cut", f"`{rest[:40]}` is left out: a `#` behind a space begins a comment",
                Span(path, line, index - begin + 1, line, index - begin + 1 + len(rest)),
                "put the whole text in double quotes; if it is a comment, write a space after its `#`",
                label="left out")
