"""One value in one cell, and back, without loss.

A list has a line an entry; further lines of an entry begin with two spaces. A pain ends with its severity in square
brackets where that is not medium: ``The price is hidden [severe]``. A feeling is ``-1 Torn (observed)``, with
``persona: `` before it where personas differ. Texts that a spreadsheet would take for a formula begin with ``'``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from journeybook.schema.journey import Emotion, Feeling, Pain
from journeybook.schema.types import NUMBER

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BULLETS = ("- ", "• ", "* ", "– ")
SEVERITY = re.compile(r"(.*\S)\s*\[(low|medium|severe)\]", re.DOTALL)
FEELING = re.compile(r"(?:(?P<who>[a-z0-9][a-z0-9-]*):\s*)?(?P<score>[+−-]?[0-9]+(?:\.[0-9]+)?)(?:\s+(?P<word>.*?))?"
                     r"(?:\s*\((?P<basis>assumed|observed|measured)\))?", re.DOTALL)
BASIS = re.compile(r"\((assumed|observed|measured)\)$")


def inert(text: str) -> str:
    """A text that no spreadsheet runs: ``'`` before what it would take for a formula. Numbers stay numbers."""
    if NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.startswith(RISKY) or (text[:1] == "'" and text[1:].startswith((*RISKY, "'"))) else text


def bare(text: str) -> str:
    """The text behind :func:`inert`."""
    return text[1:] if text[:1] == "'" and text[1:].startswith((*RISKY, "'")) else text


def listed(entries: Iterable[str], separators: str = "") -> str:
    """Entries as the lines of a cell; ``separators`` are those by which :func:`entries` will part them."""
    found = list(entries)
    torn = len(found) == 1 and any(mark in found[0] for mark in separators)
    if torn or (found and all(entry.startswith(BULLETS) for entry in found)):
        found = [f"- {entry}" for entry in found]  # the first mark is taken off when it is read
    return "\n".join(entry.replace("\n", "\n  ") for entry in found)


def entries(cell: str, separators: str = "") -> list[str]:
    """The entries of a cell; each of ``separators`` parts them as a line break does, where no mark begins a line."""
    found: list[str] = []
    for line in cell.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.startswith("  ") and found:
            found[-1] += f"\n{line[2:]}"
        else:
            found.append(line)
    if separators and not cell.startswith(BULLETS):
        found = [part for entry in found for part in re.split(f"[{re.escape(separators)}]", entry)]
    found = [entry.strip() for entry in found if entry.strip()]
    if found and all(entry.startswith(BULLETS) for entry in found):
        found = [entry[2:].strip() for entry in found]
    return found


def pain(value: Pain) -> str:
    """A pain with its severity."""
    plain = value.severity == "medium" and not SEVERITY.fullmatch(value.text)
    return value.text if plain else f"{value.text} [{value.severity}]"


def read_pain(text: str) -> str | dict[str, str]:
    """A pain as it is written in YAML."""
    found = SEVERITY.fullmatch(text)
    if not found:
        return text
    return found[1] if found[2] == "medium" else {"text": found[1], "severity": found[2]}


def emotion(value: Emotion) -> str:
    """The feelings of everybody or of each persona."""
    lines = [_feeling(value.everyone)] if value.everyone else []
    return listed([*lines, *(f"{who}: {_feeling(one)}" for who, one in value.by_persona.items())])


def _feeling(value: Feeling) -> str:
    word = f" {value.word}" if value.word else ""
    said = value.basis != "assumed" or (value.word and BASIS.search(value.word))
    return f"{number(value.score)}{word}" + (f" ({value.basis})" if said else "")


def number(value: Decimal) -> str:
    """A number as it is written: no exponent, no zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_emotion(cell: str) -> Any | None:
    """Feelings as they are written in YAML, None where a cell says it in other words."""
    for parts in (entries(cell), entries(cell, ";")):
        found = [match for entry in parts if (match := FEELING.fullmatch(entry))]
        if found and len(found) == len(parts) and (len(found) == 1 or all(one["who"] for one in found)):
            read = {one["who"] or "": _read_feeling(one) for one in found}
            return read.get("", read)
    return None


def _read_feeling(found: re.Match[str]) -> Any:
    score = scalar(found["score"].replace("−", "-").lstrip("+"))
    if not found["word"] and not found["basis"]:
        return score
    parts = {"score": score, "word": found["word"], "basis": found["basis"]}
    return {key: value for key, value in parts.items() if value not in (None, "")}


def scalar(text: str) -> Any:
    """A number as a number, so that YAML shows it bare; anything else as it is."""
    return int(text) if re.fullmatch(r"-?(0|[1-9][0-9]{0,14})", text) else text
