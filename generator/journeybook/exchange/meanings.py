"""What the user says about a foreign sheet, in a small YAML file.

::

    columns:
      Kundenphase: stage
      What we saw: step.doing
      Internal number: ignore
    emotions: { meh: -1 }
    scale: [1, 5]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from journeybook.exchange.columns import BY_NAME, COLUMNS
from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError
from journeybook.schema.types import NUMBER, nearest
from journeybook.source import read_text

IGNORED = "ignore"
KEYS = ("columns", "emotions", "scale")
SHORT = {"journey": "journey.title", "stage": "stage.title", "step": "step.title", IGNORED: IGNORED}


@dataclass(frozen=True, slots=True)
class Meanings:
    """``columns``: header → column's name or ``ignore``. ``emotions``: word in small letters → score.

    ``scale`` is the lowest and the highest score of the sheet, where it is another than the atlas's.
    """

    columns: dict[str, str] = field(default_factory=dict)
    emotions: dict[str, float] = field(default_factory=dict)
    scale: tuple[float, float] | None = None


def read_meanings(text: str, path: str) -> Meanings:
    """The file's meanings. Raises :class:`JourneybookError` that says what is wrong, where, and what can be written."""
    document, problems = read_text(path, text)
    if problems:
        raise JourneybookError(f"{problems[0].span}: {problems[0].message}", problems[0].help)
    data = document.data
    for key in data:
        if key not in KEYS:
            raise JourneybookError(f"{document.locate((key,), key=True)}: `{key}` is not known",
                                   f"keys are {', '.join(KEYS)}")
    return Meanings(dict(_columns(data.get("columns") or {}, path)),
                    dict(_emotions(data.get("emotions") or {}, path)), _scale(data.get("scale"), path))


def _columns(data: Any, path: str) -> Iterator[tuple[str, str]]:
    for header, meaning in _group(data, "columns", path):
        name = SHORT.get(str(meaning), str(meaning))
        found = next((c.name for c in COLUMNS if name in (c.name, c.header)), "")
        if name == IGNORED or found:
            yield header, found or IGNORED
            continue
        close = nearest(str(meaning), [*SHORT, *BY_NAME])
        raise JourneybookError(f"{path}: `{header}` cannot mean `{meaning}`",
                               f"did you mean `{close}`?" if close else
                               f"write a field such as `stage`, `step.doing` or `stage.owner`, or `{IGNORED}`")


def _emotions(data: Any, path: str) -> Iterator[tuple[str, float]]:
    for word, score in _group(data, "emotions", path):
        if not isinstance(score, str) or not NUMBER.fullmatch(score):
            raise JourneybookError(f"{path}: the emotion `{word}` has no score", "write a number, such as `meh: -1`")
        yield word.casefold(), float(score)


def _scale(data: Any, path: str) -> tuple[float, float] | None:
    if data is None:
        return None
    ends = [float(end) for end in data if isinstance(end, str) and NUMBER.fullmatch(end)] if isinstance(
        data, list) else []
    if len(ends) != 2 or len(data) != 2 or ends[0] >= ends[1]:
        raise JourneybookError(f"{path}: `scale` is no scale", "write its lowest and highest score: `scale: [1, 5]`")
    return ends[0], ends[1]


def _group(data: Any, key: str, path: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(data, dict):
        raise JourneybookError(f"{path}: `{key}` is no group of keys", f"write a line `name: meaning` below `{key}:`")
    yield from data.items()
