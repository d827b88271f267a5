"""A key written into a record, in the manner of the file and with every other byte as it was."""

from __future__ import annotations

from collections.abc import Sequence

from journeybook.source import Document
from journeybook.source.document import Route
from journeybook.source.edits import Edit, Text


def new_key(document: Document, route: Route, text: Text, words: str, below: Sequence[str]) -> Edit:
    """``words`` (``key: value``) as a new key of a record that is written as keys.

    It stands below the first of the keys ``below`` that is there, else on top; between braces it comes first.
    """
    raw = document.value(route)
    first = document.locate((*route, next(iter(raw))), key=True)
    start = text.offset(first.line, first.column)
    if route and text.text[:start].rstrip().endswith("{"):
        return Edit(start, start, f"{words}, ")
    key = next((key for key in below if key in raw and not isinstance(raw[key], dict | list)), None)
    if key is None:
        return Edit(start, start, f"{words}{text.line_end}{' ' * (first.column - 1)}")
    _, last = document.lines((*route, key))
    return _line_after(text, last, f"{' ' * (first.column - 1)}{words}")


def one_more(document: Document, route: Route, text: Text, value: str) -> Edit:
    """``value`` as one more of a key that takes one or several; the key is there, and ``value`` needs no quotes."""
    raw, span = document.value(route), document.locate(route)
    start, end = text.offset(span.line, span.column), text.offset(span.end_line, span.end_column)
    if not isinstance(raw, list):
        return Edit(start, end, f"[{value}, {text.text[start:end]}]")
    if text.text[start] == "[":
        return Edit(start + 1, start + 1, f"{value}, " if raw else value)
    return Edit(start, start, f"- {value}{text.line_end}{' ' * (span.column - 1)}")


def _line_after(text: Text, line: int, words: str) -> Edit:
    """A line of its own below another one, which may be the last and lack its end."""
    if line < text.lines:
        at = text.offset(line + 1, 1)
        return Edit(at, at, f"{words}{text.line_end}")
    at = len(text.text)
    return Edit(at, at, f"{text.line_end}{words}{text.line_end}")
