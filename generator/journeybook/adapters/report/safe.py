"""Text of users made harmless for terminals and CI logs.

Nothing a user wrote reaches a terminal unfiltered: control characters and overrides could forge lines.
"""

from __future__ import annotations

import re

# Controls, direction marks and overrides, line and paragraph separators, the byte order mark.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff]")
COMMAND = re.compile(r"^\s*:(?=:)|##(?=\[)")  # what a CI runner takes for an order: `::error::`, `##[error]`


def clean(text: str) -> str:
    """Text as one safe line: nothing moves the cursor, turns the text round or gives a CI runner an order."""
    return COMMAND.sub(r"\g<0> ", UNSAFE.sub("\ufffd", text.replace("\n", " ").replace("\t", " ")))


def clean_lines(text: str) -> str:
    """The same for text that may have several lines."""
    return "\n".join(clean(line) for line in text.split("\n"))


def clean_json(text: str) -> str:
    """The same to whoever parses it, and harmless to a terminal or a CI runner that reads along."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).replace("##[", "##\\u005b")
