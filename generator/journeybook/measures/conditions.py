"""Conditions (``when:``): into which parts a promise falls, and which commitments hold in each.

Source: rules 2, 4 and 12 of ``verdict.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from journeybook import formats
from journeybook.frozen import dataclass
from journeybook.measures.calendar import EVERY_MONTH
from journeybook.measures.measure import Commitment, When
from journeybook.measures.words import month_words
from journeybook.words import _

OTHERS = ""
"""The segment of everybody who is in no named one."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of what a promise covers, and the commitments that hold there.

    ``months`` are those in which the clock starts; ``label`` is empty when the portion is all the promise covers.
    """

    label: str
    months: frozenset[int]
    commitments: tuple[Commitment, ...]


def portions(when: When, commitments: Iterable[Commitment]) -> list[Portion]:
    """The parts of a promise in which the same commitments hold, in the order of the year."""
    listed = tuple(commitments)
    names = _names((when, *(each for commitment in listed for each in conditions(commitment))))
    months = when.months or EVERY_MONTH
    segments = tuple(_key(name) for name in when.segments) or (*names, OTHERS)
    segments = tuple(dict.fromkeys(segments))
    seasonal = any(each.months for commitment in listed for each in conditions(commitment))
    cells: dict[tuple[tuple[int, ...], str], set[int]] = {}
    for segment in segments:
        for month in sorted(months) if seasonal else (min(months),):
            chosen = _chosen(when, listed, month, segment)
            cells.setdefault((chosen, segment), set()).update((month,) if seasonal else months)
    merged: dict[tuple[tuple[int, ...], frozenset[int]], list[str]] = {}
    for (chosen, segment), found in cells.items():
        merged.setdefault((chosen, frozenset(found)), []).append(segment)
    return [
        Portion(_label(found, months, held, segments, names), found, tuple(listed[index] for index in chosen))
        for (chosen, found), held in merged.items()
    ]


def conditions(commitment: Commitment) -> Iterator[When]:
    """A commitment's own condition and, for a sum, those of all that is added up: all have to be met."""
    yield commitment.when
    for part in commitment.measure.sum:
        yield from conditions(part)


def texts(commitment: Commitment) -> set[str]:
    """The free-text conditions of a commitment."""
    return {_key(when.text) for when in conditions(commitment) if when.text.strip()}


def same_text(when: When, commitment: Commitment) -> bool:
    """Whether both sides say the same in free text, or both say nothing (rule 4)."""
    return texts(commitment) == ({_key(when.text)} if when.text.strip() else set())


def _chosen(when: When, commitments: tuple[Commitment, ...], month: int, segment: str) -> tuple[int, ...]:
    """Which commitments (their positions) hold in one month for one segment.

    One with a condition overrides those without. A free text that the promise does not share leaves the others in
    force, because nobody can tell which cases it takes away; it is left out where another one fits word by word.
    """
    here = [index for index, commitment in enumerate(commitments)
            if all(_covers(condition, month, segment) for condition in conditions(commitment))]
    fitting = {index for index in here if same_text(when, commitments[index])}
    if when.text.strip() and fitting:
        here = [index for index in here if index in fitting or not texts(commitments[index])]
    special = {index for index in here if _conditional(commitments[index])
               and (index in fitting or not texts(commitments[index]))}
    if special:
        here = [index for index in here if _conditional(commitments[index])]
    return tuple(here)


def _covers(when: When, month: int, segment: str) -> bool:
    return (not when.months or month in when.months) and (
        not when.segments or segment in {_key(name) for name in when.segments})


def _conditional(commitment: Commitment) -> bool:
    return any(when.months or when.segments or when.text.strip() for when in conditions(commitment))


def _names(whens: Iterable[When]) -> dict[str, str]:
    """Segments by their comparable name, each as it was first written."""
    found: dict[str, str] = {}
    for when in whens:
        for name in when.segments:
            found.setdefault(_key(name), " ".join(name.split()))
    return found


def _label(
    months: frozenset[int], all_months: frozenset[int], held: list[str], segments: tuple[str, ...],
    names: dict[str, str],
) -> str:
    words = [] if months == all_months else [month_words(months)]
    if len(held) < len(segments):
        if OTHERS in held:
            left = formats.listed([names[key] for key in segments if key not in held])
            words.append(_("all but %(names)s", names=left))
        else:
            words.append(formats.listed([names[key] for key in held]))
    return ", ".join(words)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
