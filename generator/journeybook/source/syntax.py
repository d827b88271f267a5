"""The parser's complaints in our words, at the place where the mistake was made.

The parser reports where it noticed; for an unclosed quote or bracket that is the end of the file, so the
opener is shown instead. Its own wording never reaches the user.
"""

from __future__ import annotations

import re

import yaml

from journeybook.problems import Problem, Span

QUOTE_IT = "put the whole text in double quotes"
WITHIN_QUOTES = {
    "'": "inside single quotes write an apostrophe twice (`''`), or use double quotes around the text",
    '"': 'inside double quotes write `\\"` for a quote, or use single quotes around the text'}
GLUED = re.compile(r"(\s*(?:- )?[A-Za-z_][\w-]*):([^\s:/].*)")  # not https://
COMMENTED = re.compile(r"""(?:[^\[{"'#]|\b')*[\[{][^\]}"'#]*(?<=[\[{,\s])#(?=\S)""")
MARKS = ("<<<<<<<", ">>>>>>>", "=======")
CONFLICT = re.compile(r"^(?:<{7} .*|>{7} .*|\|{7} .*|={7}$)", re.MULTILINE)
CHOOSE = "choose one side, delete the other, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`"
INDENT = "line it up with the entry it belongs to (two spaces a level); compare with the lines above"


def conflict(path: str, text: str, check: str = "yaml-syntax") -> Problem | None:
    """The problem of a merge that nobody finished, at its first mark; all that follows from it is not worth a word."""
    if not any(mark in text for mark in MARKS):  # ten times as quick as to look at each line
        return None
    found = CONFLICT.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    span = Span(path, line, 1, line, len(found.group()) + 1)
    return Problem(check, "an unresolved merge conflict", span, CHOOSE, label="conflict")


def problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    """A ``yaml-syntax`` (or ``yaml-feature``) problem for what stopped the parser."""
    noticed = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    what, context = getattr(error, "problem", None) or "", getattr(error, "context", None) or ""
    lines = text.split("\n")
    line, column = (noticed.line, noticed.column) if noticed else (0, 0)
    start = (opened.line, opened.column) if opened else (line, column)
    told = _fence(path, lines, line, start[0]) or _commented(path, lines, line)
    if told:
        return told
    for needle, words in _OPENERS.items():
        if needle in f"{context}: {what}":
            check, message, help_text, label = words
            return _at(path, lines, *start, check, message, help_text, label)
    if "cannot start any token" in what or "tab character" in what:
        return _character(path, lines, line, column)
    if "mapping values are not allowed" in what:
        return _second_colon(path, lines, line, column)
    if "could not find expected ':'" in what:
        return _no_space(path, lines, start[0]) or _at(
            path, lines, *start, "yaml-syntax", "this line is neither a `key: value` nor a `- list entry`",
            "write `key: value` with a space after the colon, or `- ` before a list entry", "no colon")
    return _layout(path, lines, line, column, what)


_OPENERS = {
    "quoted scalar: found unexpected end": (
        "yaml-syntax", "this quote is never closed",
        "add the same quote at the end of the text", "opened here"),
    **dict.fromkeys(("quoted scalar: found unknown escape", "hexdecimal number", "hexadecimal number",
                     "Unicode character escape code"), (
        "yaml-syntax", "a backslash in double quotes starts a code that does not exist",
        "use single quotes, or write two backslashes", "in this text")),
    "flow sequence": ("yaml-syntax", "this list is never closed, or a comma is missing",
                      "close it with `]`, or write one entry a line with `- `", "opened here"),
    "flow mapping": ("yaml-syntax", "this `{` is never closed, or a comma is missing",
                     f"close it with `}}`; if it is part of a text, {QUOTE_IT}", "opened here"),
    "scanning an alias": (
        "yaml-feature", "a value that starts with `*` would be a YAML alias, which maps do not use",
        QUOTE_IT, "starts with `*`"),
    "scanning an anchor": (
        "yaml-feature", "a value that starts with `&` would be a YAML anchor, which maps do not use",
        QUOTE_IT, "starts with `&`"),
    "tag": (
        "yaml-feature", "a value that starts with `!` would be a YAML tag, which maps do not use",
        QUOTE_IT, "starts with `!`"),
    "directive": (
        "yaml-feature", "a line that starts with `%` would be a YAML directive, which maps do not use",
        "delete the line", "starts with `%`"),
    "block scalar: did not find": (
        "yaml-syntax", "after `|` or `>` the text starts on the next line",
        "move the text to the next line, two spaces further in", "text follows here"),
}


def _fence(path: str, lines: list[str], *places: int) -> Problem | None:
    """The problem of a fence that came along with an example."""
    fence = next((at for at in places if at < len(lines) and lines[at].strip().startswith("```")), None)
    if fence is None:
        return None
    return _at(path, lines, fence, 0, "yaml-syntax", "this line is a fence of Markdown, not YAML",
               "delete it, and the one that closes it", "fence")


def _commented(path: str, lines: list[str], line: int) -> Problem | None:
    """The problem of a list in brackets whose end stands in a comment, in this line or above it."""
    for at in range(min(line, len(lines) - 1), -1, -1):
        if found := COMMENTED.match(lines[at]):
            return _at(path, lines, at, found.end() - 1, "yaml-syntax",
                       "this `#` begins a comment, so the bracket before it is never closed",
                       "put the text that begins with `#` in double quotes", "comment")
        if at < line and re.search(r"[\]}]", lines[at]):
            return None
    return None


def _character(path: str, lines: list[str], line: int, column: int) -> Problem:
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: column + 1] and not here[:column].strip():
        return _at(path, lines, line, here.index("\t"), "yaml-syntax", "a tab is used to indent this line",
                   "use spaces, two a level", "tab")
    character = here[column : column + 1]
    name = "a backtick" if character == "`" else f"`{character}`"
    step = {"%": f"{QUOTE_IT}; a percentage is written `60 %`",
            "@": f"write it without `@`, or {QUOTE_IT}"}.get(character, QUOTE_IT)
    return _at(path, lines, line, column, "yaml-syntax", f"a value cannot start with {name}", step, "here")


def _second_colon(path: str, lines: list[str], line: int, column: int) -> Problem:
    here = lines[line] if line < len(lines) else ""
    if ":" in here[:column].strip():
        return _at(path, lines, line, column, "yaml-syntax", "a second colon in one line",
                   "put the text after the first colon in double quotes", "second colon")
    first = line
    while first and GLUED.match(lines[first - 1]):
        first -= 1
    glued = _no_space(path, lines, first) if first < line else None
    if glued:
        return glued
    return _at(path, lines, line, column, "yaml-syntax",
               "a key stands where the value of the line above goes on",
               f"{INDENT}; the line above may lack its colon", "unexpected key")


def _no_space(path: str, lines: list[str], line: int) -> Problem | None:
    """The problem of a key whose colon has no space behind it, so that the line is one text; None if it is none."""
    found = GLUED.match(lines[line]) if line < len(lines) else None
    if found is None:
        return None
    step = f"write `{found[1].strip()}: {found[2].strip()[:40]}`"
    return _at(path, lines, line, found.start(2) - 1, "yaml-syntax",
               "there is no space after this colon, so the line is one text", step, "no space")


def _layout(path: str, lines: list[str], line: int, column: int, what: str) -> Problem:
    here = lines[line] if line < len(lines) else ""
    before = here[:column].rstrip()
    if before.endswith(("'", '"')):
        step = WITHIN_QUOTES[before[-1]]
        return _at(path, lines, line, column, "yaml-syntax", "something stands after the closing quote", step,
                   "after the quote")
    if before:
        return _at(path, lines, line, column, "yaml-syntax", "this cannot stand here",
                   f"if it is part of a text, {QUOTE_IT}", "unexpected")
    if "'-' indicator" in what:
        message = "a key stands among list entries"
    elif here.lstrip().startswith("- "):
        message = "a list entry stands among keys"
    else:
        message = "this line's indentation fits nothing above it"
    return _at(path, lines, line, column, "yaml-syntax", message, INDENT, "does not line up")


def _at(path: str, lines: list[str], line: int, column: int, check: str, message: str, help_text: str,
        label: str) -> Problem:
    if line >= len(lines) or (line == len(lines) - 1 and not lines[line] and line):
        line = max(0, len(lines) - 2)
        column = len(lines[line])
    end = max(column + 1, min(len(lines[line]), column + 1))
    return Problem(check, message, Span(path, line + 1, column + 1, line + 1, end + 1), help_text, label)
