"""Characters that a reader cannot see but a machine can: found before parsing, named by code point.

Kept: joiners of Persian, Hindi and other scripts, emoji sequences (also with tags), U+FE0F, soft hyphens.
Direction marks are only a warning (``text-direction``); overrides, isolates and the rest are errors, because they can
make a text read differently from what it says (Trojan Source, CVE-2021-42574).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from journeybook.problems import Problem, Span

MARKS = "\u200e\u200f\u061c"
SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
TAGGED_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")


def find(path: str, text: str) -> tuple[str, list[Problem]]:
    """The text with every refused character replaced by U+FFFD (places stay), and a problem for each."""
    if not SUSPECT.search(text):
        return text, []
    problems: list[Problem] = []
    cleaned = list(text)
    for index in _refused(text):
        problems.append(_problem(path, text, index))
        if text[index] not in MARKS:
            cleaned[index] = "\ufffd"
    return "".join(cleaned), problems


def _refused(text: str) -> Iterator[int]:
    flags = [range(*match.span()) for match in TAGGED_FLAG.finditer(text)]
    for match in SUSPECT.finditer(text):
        index, character = match.start(), match.group()
        before = text[index - 1] if index else ""
        joins = character in "\u200c\u200d" and before > "\u058f"
        vowel_selector = "\u180b" <= character <= "\u180d" and "\u1800" <= before <= "\u18ff"
        in_flag = any(index in flag for flag in flags)
        if not (joins or vowel_selector or in_flag):
            yield index


def _problem(path: str, text: str, index: int) -> Problem:
    character = text[index]
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    name = unicodedata.name(character, "a character without a name").lower()
    code = f"U+{ord(character):04X}"
    span = Span(path, line, column, line, column + 1)
    if character in MARKS:
        return Problem("text-direction", f"invisible direction mark {code} ({name})", span,
                       "delete it unless the text needs it; editors show it as nothing", label="stands here")
    return Problem("text-invisible", f"invisible character {code} ({name})", span,
                   "delete the character; retyping the word does it", label="stands here")
