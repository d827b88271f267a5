"""Characters that a reader cannot see but a machine can: found before parsing, named by code point.

Kept: joiners of Persian, Hindi and other scripts, emoji sequences (also with tags), U+FE0F, soft hyphens.
Direction marks are only a warning (``text-direction``); overrides, isolates and the rest are errors, because
they can make a text read differently from what it says (Trojan Source, CVE-2021-42574).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from journeybook.problems import Problem, Span

FAULTY = "\ufffd"
"""Stands for a character or a whole value that was reported and taken out, so that reading can go on."""

MARKS = "\u200e\u200f\u061c"
SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
PLAIN = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
TAGGED_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
KINDS = {"Cc": "control character", "Co": "private use", "Cs": "half of a pair", "Cn": "not assigned"}


def find(path: str, text: str) -> tuple[str, list[Problem]]:
    """The text with every refused character replaced by U+FFFD (places stay), and a problem for each."""
    rare = text.encode("utf-8", "surrogatepass").translate(None, PLAIN).decode("utf-8", "surrogatepass")
    if not SUSPECT.search(rare):  # ten times as quick as to search the whole text
        return text, []
    problems: list[Problem] = []
    cleaned = list(text)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for index in _refused(text):
        line = bisect_right(starts, index)
        column = index - starts[line - 1] + 1
        problems.append(_problem(text[index], Span(path, line, column, line, column + 1)))
        if text[index] not in MARKS:
            cleaned[index] = FAULTY
    return "".join(cleaned), problems


def find_escaped(value: str, written: str, span: Span) -> tuple[str, list[Problem]]:
    r"""The same for characters spelt as a code, as in ``"\u202e"``; problems stand at the whole text.

    ``written`` is the text with its codes. What stands in it as itself was reported already.
    """
    if not SUSPECT.search(value):
        return value, []
    cleaned = list(value)
    found: dict[str, None] = {}
    for index in _refused(value):
        if value[index] not in written:
            found.setdefault(value[index])
            cleaned[index] = value[index] if value[index] in MARKS else FAULTY
    step = "use single quotes if the backslash is meant, else delete the code"
    return "".join(cleaned), [replace(_problem(character, span), help=step, fix=None) for character in found]


def _refused(text: str) -> Iterator[int]:
    in_flags = {index for match in TAGGED_FLAG.finditer(text) for index in range(*match.span())}
    for match in SUSPECT.finditer(text):
        index, character = match.start(), match.group()
        before = text[index - 1] if index else ""
        joins = character in "\u200c\u200d" and before > "\u058f"
        vowel_selector = "\u180b" <= character <= "\u180d" and "\u1800" <= before <= "\u18ff"
        if not (joins or vowel_selector or index in in_flags):
            yield index


def _problem(character: str, span: Span) -> Problem:
    name = unicodedata.name(character, KINDS.get(unicodedata.category(character), "")).lower()
    code = f"U+{ord(character):04X}"
    if character in MARKS:
        return Problem("text-direction", f"invisible direction mark {code} ({name})", span,
                       "delete it unless the text needs it; editors show it as nothing", label="stands here")
    return Problem("text-invisible", f"invisible character {code} ({name})", span,
                   "delete the character; retyping the word does it", label="stands here", fix="")
