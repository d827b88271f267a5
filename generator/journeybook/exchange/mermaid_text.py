"""Mermaid ``journey`` diagrams as drafts, also those inside Markdown.

More is read than Mermaid's own parser takes: a name with a colon or semicolon, which stops it, comes in whole with a
note. Source of the grammar: see :mod:`journeybook.exchange.mermaid`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from journeybook.exchange.cells import scalar
from journeybook.exchange.drafts import Draft, Note, Reading, Setting
from journeybook.exchange.mermaid import HIGHEST, LOWEST, UNRATED
from journeybook.schema.types import slug

FENCE = re.compile(r"\s{0,3}(?P<mark>`{3,}|~{3,}|:{3,})\s*\{?\.?mermaid\b", re.IGNORECASE)
DIAGRAM = re.compile(r"\s*(journey|flowchart|graph|sequenceDiagram|classDiagram|stateDiagram|erDiagram|gantt|pie|"
                     r"mindmap|timeline|gitGraph|quadrantChart|sankey|xychart|block|packet|kanban|architecture|requirement)\b",
                     re.IGNORECASE)
STRICT = re.compile(r"(?P<name>[^:;#]+):\s*(?P<score>-?\d+(?:\.\d+)?)\s*(?::(?P<actors>[^:;]*))?")
LENIENT = re.compile(r"(?P<name>.+):\s*(?P<score>-?\d+(?:\.\d+)?)\s*(?::(?P<actors>[^:]*))?")
ENTITY = re.compile(r"#(\w+);")
HIDDEN = re.compile("ﬂ°(°?)(.+?)¶ß")
Lines = list[tuple[int, str]]


def read_mermaid(text: str, setting: Setting) -> Reading:
    """Every ``journey`` diagram of a Mermaid or Markdown file."""
    reading = Reading()
    taken: set[str] = set()
    for block in _blocks(text):
        _Diagram(setting, reading, taken).read(block)
    if not reading.drafts:
        reading.notes.append(Note("", "no `journey` diagram was found: it begins with a line `journey`"))
    return reading


def _blocks(text: str) -> Iterator[Lines]:
    """The diagrams of a file: fenced ones where there are fences, else all of it."""
    lines = list(enumerate(text.removeprefix("\ufeff").splitlines(), 1))
    fenced, mark = False, ""
    block: Lines | None = None
    for number, line in lines:
        found = FENCE.match(line)
        if block is not None and line.strip().startswith(mark) and not line.strip().strip(mark[0]):
            yield block
            block = None
        elif block is not None:
            block.append((number, line))
        elif found:
            fenced, block, mark = True, [], found["mark"]
    if block is not None:
        yield block
    if not fenced:
        yield lines


class _Diagram:
    """One diagram on its way to a draft."""

    def __init__(self, setting: Setting, reading: Reading, taken: set[str]) -> None:
        self.setting, self.reading, self.taken = setting, reading, taken
        self.title = self.description = ""
        self.stages: list[dict[str, Any]] = []
        self.spoken = 0, ""  # accTitle and its line
        self.unrated = False
        self.people: list[str] = []

    def note(self, number: int, message: str) -> None:
        self.reading.notes.append(Note(f"line {number}", message))

    def read(self, lines: Lines) -> None:
        """Take in a block, if it is a journey."""
        lines = self._front(_without_blocks(lines))
        kind = next(((number, line.strip()) for number, line in lines if _says(line)), (0, ""))
        found = DIAGRAM.match(kind[1])
        if not found or found[1].lower() != "journey":
            if found:
                self.note(kind[0], f"a {found[1]} diagram; only `journey` is read")
            return
        for number, line in lines:
            if number != kind[0]:
                self._line(number, line)
            elif number == kind[0] and kind[1][7:].strip():
                self._line(number, kind[1][7:])
        self._done(kind[0])

    def _front(self, lines: Lines) -> Lines:
        """Without the front matter, of which only the title means something here."""
        rest = [entry for entry in lines if entry[1].strip()]
        if not rest or rest[0][1].strip() != "---":
            return lines
        end = next((number for number, line in rest[1:] if line.strip() == "---"), 0)
        for number, line in rest[1:]:
            if number >= end:
                break
            key, _, value = line.partition(":")
            if key.strip() == "title" and not line.startswith(" "):
                self.title = value.strip().strip("\"'")
            elif line.strip():
                self.note(number, f"`{line.strip()}` sets how Mermaid draws; not carried")
        return [entry for entry in lines if entry[0] > end]

    def _line(self, number: int, line: str) -> None:
        text = line.strip()
        lower = text.lower()
        if not text:
            return
        if text.startswith("%%"):
            self.unrated = self.unrated or text == UNRATED
            if text.startswith("%%{"):
                self.note(number, "a directive sets how Mermaid draws; not carried")
            elif text != UNRATED and text.strip("% "):
                self.note(number, f"the comment `{text.strip('% ')}` is not carried")
        elif text.startswith("#") and not ENTITY.match(text):
            self.note(number, f"the comment `{text.strip('# ')}` is not carried")
        elif re.match(r"title\s", lower):
            self.title = self._name(number, text[6:])
        elif re.match(r"section\s", lower):
            self.stages.append({"title": self._name(number, text[8:])})
        elif re.match(r"acctitle\s*:", lower):
            self.spoken = number, _decoded(text.partition(":")[2].strip())
        elif re.match(r"accdescr\s*:", lower):
            self.description = _decoded(text.partition(":")[2].strip())
        else:
            self._task(number, text)

    def _name(self, number: int, text: str) -> str:
        """A name as it was meant; Mermaid itself stops at some characters."""
        hidden = ENTITY.sub(r"ﬂ°°\1¶ß", text.strip())
        stop = next((character for character in hidden if character in ";#"), "")
        if stop:
            self.note(number, f"Mermaid stops at `{stop}` in a name; the whole name is carried")
        return _decoded(text.strip())

    def _task(self, number: int, text: str) -> None:
        hidden = ENTITY.sub(r"ﬂ°°\1¶ß", text)
        strict, loose = STRICT.fullmatch(hidden), LENIENT.fullmatch(hidden)
        found = strict if strict and _in_range(strict) else loose or strict
        if not found:
            self.note(number, f"`{text[:60]}` is no task: write `name: score: who`; carried as a step without a score")
            self._add(_decoded(text), None, [])
            return
        if re.search("[:;#]", found["name"]):
            self.note(number, "Mermaid ends a name at `:`, `;` or `#`; the whole name is carried")
        score: float | None = float(found["score"])
        if not _in_range(found):
            self.note(number, f"the score {found['score']} lies outside of 1 to 5; not carried")
            score = None
        actors = [_decoded(name.strip()) for name in (found["actors"] or "").split(",") if name.strip()]
        self._add(_decoded(found["name"].strip()), None if self.unrated else score, actors)
        self.unrated = False

    def _add(self, name: str, score: float | None, actors: list[str]) -> None:
        if not self.stages:
            self.stages.append({"title": self.title or "Stage"})
        step: dict[str, Any] = {"title": name}
        ids = [ident for actor in actors if (ident := self.reading.reference("persona", actor, self.setting))]
        if ids:
            step["persona"] = list(dict.fromkeys(ids))
            self.people += ids
        if score is not None:
            low, high = self.setting.scale
            moved = low + (score - LOWEST) / (HIGHEST - LOWEST) * (high - low)
            step["emotion"] = scalar(f"{round(moved, 2):g}")
        self.stages[-1].setdefault("steps", []).append(step)

    def _done(self, number: int) -> None:
        """The draft, with an id for each stage that is its own."""
        title = self.title or self.spoken[1] or self.setting.title
        if self.spoken[1] not in ("", title):
            self.note(self.spoken[0], f"the title for screen readers, `{self.spoken[1]}`, is not carried")
        if not self.stages:
            self.note(number, "the diagram has no sections and no tasks; not carried")
            return
        ident = _free(slug(title) or "imported", self.taken)
        used: set[str] = set()
        for stage in self.stages:
            own = _free(slug(stage["title"]) or "stage", used)
            if own != slug(stage["title"]):
                stage["id"] = own
        data: dict[str, Any] = {"title": title, "owner": None, "stages": self.stages}
        if self.description:
            data["description"] = self.description
        if self.people:
            data["personas"] = list(dict.fromkeys(self.people))
        self.reading.drafts.append(Draft(ident, data))


def _in_range(found: re.Match[str]) -> bool:
    return LOWEST <= float(found["score"]) <= HIGHEST


def _free(ident: str, taken: set[str]) -> str:
    """The id, with a number where it is taken."""
    found, count = ident, 1
    while found in taken:
        count += 1
        found = f"{ident}-{count}"
    taken.add(found)
    return found


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("%%")


def _without_blocks(lines: Lines) -> Lines:
    """``accDescr { … }`` over several lines as one line."""
    found: Lines = []
    inside = False
    for number, line in lines:
        if inside:
            words = line.strip().rstrip("}").strip()
            found[-1] = (found[-1][0], f"{found[-1][1]} {words}".rstrip())
            inside = "}" not in line
        elif re.match(r"\s*accDescr\s*\{", line, re.IGNORECASE):
            found.append((number, f"accDescr: {line.partition('{')[2].rstrip().rstrip('}').strip()}"))
            inside = "}" not in line
        else:
            found.append((number, line))
    return found


def _decoded(text: str) -> str:
    """A text with Mermaid's entity codes as the characters they stand for."""
    text = HIDDEN.sub(lambda found: f"#{found[2]};", text)
    return ENTITY.sub(lambda found: _character(found[1], found[0]), text).strip()


def _character(code: str, whole: str) -> str:
    if code.isascii() and code.isdigit():
        return chr(int(code)) if 0 < int(code) < 0x110000 else whole
    known = html.unescape(f"&{code};")
    return whole if known == f"&{code};" else known
