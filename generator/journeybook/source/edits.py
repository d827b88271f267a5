"""Changes to a file that leave every other character as it is, byte order mark and line ends included."""

from __future__ import annotations

import re
from collections.abc import Iterable

from journeybook.frozen import dataclass
from journeybook.problems import Span

LINE_END = re.compile("\r\n|\r|\n")
MARK = "\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What stands between two offsets of a text becomes ``text``."""

    start: int
    end: int
    text: str


class Text:
    """A file's text as it was saved, in which places of problems (lines and columns from 1) can be found."""

    def __init__(self, content: bytes) -> None:
        self.text = content.decode("utf-8")
        first = len(MARK) if self.text.startswith(MARK) else 0
        self._starts = [first, *(match.end() for match in LINE_END.finditer(self.text))]
        end = LINE_END.search(self.text)
        self.line_end = end.group() if end else "\n"

    @property
    def lines(self) -> int:
        """How many lines there are; what follows the last line end counts as one."""
        return len(self._starts)

    def offset(self, line: int, column: int) -> int:
        """Where a line and column are in the text."""
        return self._starts[line - 1] + column - 1

    def line_end_at(self, offset: int) -> str:
        """The line end that stands at an offset, ``""`` where there is none."""
        found = LINE_END.match(self.text, offset)
        return found.group() if found else ""

    def words(self, span: Span) -> tuple[int, int]:
        """Start and end of a value's words: without the quotes around them."""
        start, end = self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)
        if end - start >= 2 and self.text[start] in "\"'" and self.text[end - 1] == self.text[start]:
            return start + 1, end - 1
        return start, end

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The file with all edits made; equal ones count once, and none may overlap another."""
        text, last = self.text, len(self.text) + 1
        for edit in sorted(set(edits), reverse=True):
            if edit.end > last:
                raise ValueError("edits overlap")
            text, last = text[: edit.start] + edit.text + text[edit.end :], edit.start
        return text.encode("utf-8")
