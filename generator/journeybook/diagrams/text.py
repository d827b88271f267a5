"""How wide text will be, without a font.

Readers see pages in their own system font, so nothing is measured with the fonts of the machine that builds:
a table of widths by character class, a little wider than the usual system fonts, gives the same picture
everywhere and boxes that the text always fits. Widths are in ems, sizes in SVG user units.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"
# Not allowed in XML 1.0 at all, escaped or not: one of them in a title would break the whole document.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Widths as fractions of an em, from the wider of the common system fonts (Noto Sans, Segoe UI, Roboto …).
_CLASSES = (
    (0.28, "ijlI'`.,:;!· \u00a0\u202f\u2009"),
    (0.36, "ft()[]°‘’"),
    (0.42, 'rJ{}/\\-\u2010\u2011"“”'),
    (0.49, "csz?_–"),
    (0.54, "kvxyL|*"),
    (0.58, "ae0123456789FTSEZ$€£§+−=<>~^Y"),
    (0.63, "bdghnopquPCRKBX"),
    (0.66, "AV#"),
    (0.76, "DGHNU&"),
    (0.82, "OQw✓"),
    (0.95, "mMW%@…←→↔"),
    (1.0, "—"),
)
_EM = {character: width for width, characters in _CLASSES for character in characters}
_BOLD = 1.08
_JOINER = "\u200d"
# Not the no-break spaces: they are how a caller keeps words together.
_GAPS = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")
# Code points in these blocks are pictures in practice, whatever their East Asian width says.
_EMOJI = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0x2B00, 0x2BFF))


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    """The width of one code point in ems; combining marks and joiners take none."""
    known = _EM.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    point = ord(character)
    if any(low <= point <= high for low, high in _EMOJI):
        return 1.4
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.0
    base = unicodedata.normalize("NFD", character)[0]
    if base != character:
        return _em(base)
    return 0.76 if category == "Lu" else 0.62


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text at a font size, in the unit of the size."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1.0)


def clusters(text: str) -> list[str]:
    """What a reader sees as one character: base, marks, joined emoji. Never cut inside one."""
    found: list[str] = []
    for character in text:
        joins = bool(found) and (
            unicodedata.category(character) in ("Mn", "Me", "Mc")
            or character == _JOINER
            or found[-1].endswith(_JOINER)
            or "\U0001f3fb" <= character <= "\U0001f3ff"
        )
        if joins:
            found[-1] += character
        else:
            found.append(character)
    return found


def one_line(text: str) -> str:
    """The text with single spaces, no line breaks, no blank ends, and nothing that cannot be written."""
    return _GAPS.sub(" ", NOT_XML.sub("", text)).strip()


def fit(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """One line that fits: the text, or its beginning with ``…``, or nothing when not even that fits."""
    text = one_line(text)
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width(ELLIPSIS, size, bold=bold)
    kept = ""
    for cluster in clusters(text):
        room -= text_width(cluster, size, bold=bold)
        if room < 0:
            break
        kept += cluster
    kept = kept.rstrip(" ,;:.-–·")
    return kept + ELLIPSIS if kept else ""


def fit_share(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Like :func:`fit`, but what follows the last ``·`` (a share: ``Rebooks · 14 %``) stays if it can."""
    text = one_line(text)
    head, dot, share = text.rpartition(" · ")
    if not dot or text_width(text, size, bold=bold) <= width:
        return fit(text, width, size, bold=bold)
    short = fit(head, width - text_width(dot + share, size, bold=bold), size, bold=bold)
    return short + dot + share if len(short) > 3 else fit(text, width, size, bold=bold)


@lru_cache(maxsize=2048)
def wrap(text: str, width: float, size: float, *, lines: int, bold: bool = False) -> tuple[str, ...]:
    """At most ``lines`` lines, none wider than ``width``; what does not fit ends in ``…``.

    Lines break at spaces, after hyphens and slashes, and between East Asian characters; a word wider than a
    line is cut, so a pasted address never leaves its box.
    """
    done: list[str] = []
    line = ""
    pieces = _pieces(text, width, size, bold)
    for index, piece in enumerate(pieces):
        if text_width((line + piece).rstrip(), size, bold=bold) <= width or not line:
            line += piece
        elif len(done) == lines - 1:
            return (*done, fit(line + "".join(pieces[index:]), width, size, bold=bold) or ELLIPSIS)
        else:
            done.append(line.rstrip())
            line = piece
    return (*done, line.rstrip()) if line.strip() else tuple(done)


def _pieces(text: str, width: float, size: float, bold: bool) -> list[str]:
    """The parts between which a line may break, with the space that follows them, none wider than a line."""
    pieces: list[str] = []
    current = ""
    for cluster in clusters(one_line(text)):
        wide = unicodedata.east_asian_width(cluster[0]) in ("W", "F")
        if current and (wide or text_width((current + cluster).rstrip(), size, bold=bold) > width):
            pieces.append(current)
            current = ""
        current += cluster
        if cluster in " -/–" or wide:
            pieces.append(current)
            current = ""
    return [*pieces, current] if current else pieces
