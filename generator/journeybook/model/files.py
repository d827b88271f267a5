"""Files that records name: they stay inside the atlas, exist, and are what they claim to be."""

from __future__ import annotations

import os
from pathlib import Path

from journeybook.model.origins import Origin
from journeybook.problems import Problem
from journeybook.schema.types import described
from journeybook.settings import Settings
from journeybook.source import FAULTY
from journeybook.source.files import read_bytes

ENDINGS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WebP"}


def within_atlas(text: str | None, origin: Origin, key: str, settings: Settings,
                 problems: list[Problem]) -> Path | None:
    """The file that a record names relative to its own, or None with the reason reported."""
    if text is None or FAULTY in text:
        return None
    here = settings.root / origin.document.path
    path = Path(os.path.normpath(here.parent / text))
    odd = Path(text).is_absolute() or "\\" in text or ":" in text
    root = next((root for root in settings.roots if path.is_relative_to(root)), None)
    if odd or root is None or _leads_out(path, root):
        problems.append(Problem("path-outside", f"{described(text)} is not a path within the atlas", origin.span(key),
                                "put the file beside the YAML and write its path relative to this file"))
        return None
    if not is_there(path):
        problems.append(Problem("reference-unknown", f"there is no file {described(text)}", origin.span(key),
                                f"add the file {settings.shown(path)}, or correct the path"))
        return None
    return path


def _leads_out(path: Path, atlas: Path) -> bool:
    """Whether a link on the way leads out of the atlas, or in a circle."""
    try:
        return not path.resolve().is_relative_to(atlas.resolve())
    except (OSError, RuntimeError):
        return True


def is_there(path: Path) -> bool:
    """Whether there is such a file that can be seen; where nobody may look there is none."""
    try:
        return path.is_file()
    except OSError:  # a name too long for any file, or a folder without rights
        return False


def picture(text: str | None, origin: Origin, key: str, settings: Settings, problems: list[Problem]) -> str:
    """The path of a picture within the atlas, ``""`` when there is none that can be shown."""
    path = within_atlas(text, origin, key, settings, problems)
    if path is None:
        return ""
    most, side = settings.limits.image_bytes, settings.limits.image_side
    content = read_bytes(path, settings.shown(path), most)
    why = ""
    if isinstance(content, Problem):
        large = content.check == "file-too-large"
        why = f"it is larger than {most:,} bytes" if large else content.message
    elif ENDINGS.get(path.suffix.lower()) != _format(content):
        why = "it is not what its name says, or neither PNG, JPEG nor WebP"
    elif max(_size(content)) > side:
        why = f"it is more than {side} pixels wide or high"
    if why:
        problems.append(Problem(
            "image-invalid", f"{described(text)} cannot be shown: {why}", origin.span(key),
            f"save it as PNG, JPEG or WebP of at most {most / 1_000_000:g} MB and {side} pixels"))
        return ""
    return settings.place(path)


def _format(content: bytes) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "WebP" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def _size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels from the header; (0, 0) where it does not say."""
    if content.startswith(b"\x89PNG"):
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    if content[:4] == b"RIFF" and content[12:16] == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if content[:4] == b"RIFF" and content[12:16] == b"VP8 ":
        wide, high = int.from_bytes(content[26:28], "little"), int.from_bytes(content[28:30], "little")
        return wide & 0x3FFF, high & 0x3FFF
    if content[:4] == b"RIFF" and content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    position = 2
    while content.startswith(b"\xff\xd8") and position + 9 < len(content):
        marker, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return (int.from_bytes(content[position + 7 : position + 9], "big"),
                    int.from_bytes(content[position + 5 : position + 7], "big"))
        position += 2 + length
    return 0, 0
