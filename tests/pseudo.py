"""A language that is English in brackets, so that words which nobody marked stand out on the pages.

``⟦Owner⟧`` is ours and marked; ``Sales`` is the maps'; ``Owner`` was forgotten. Numbers and dates follow Esperanto.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from lxml import html

from catalogue import gathered, save
from journeybook.words import Speech

TAG = "eo"
READ = ("aria-label", "title", "alt", "placeholder", "data-jb-done", "data-jb-else", "data-jb-small")
"""Attributes that are read out or shown."""
DRAWN = "\N{ZERO WIDTH SPACE}"
_APART = tuple(map(re.compile, (r"\n", r" · ?", r"; ", r"[()“”—→|]", r": |:$", r",(?:\s|$)", r"\.(?:\s|$)")))
"""What joins texts, from the loosest to the tightest."""
_MARKS = re.compile(r"[*_`\[\]]|\]\([^)]*\)")


def catalogue(folder: Path) -> Path:
    """A ``custom_dir`` whose catalogue puts every text in brackets."""
    words = gathered()
    bracketed = Catalog(locale=TAG, charset="utf-8")
    for message in words:
        if message.id:
            said = tuple(f"⟦{text}⟧" for text in message.id) if isinstance(message.id, tuple) else f"⟦{message.id}⟧"
            bracketed.add(message.id, said, context=message.context)
    (folder / "locale").mkdir(parents=True)
    save(bracketed, folder / "locale" / f"{TAG}.po")
    return folder


class Maps:
    """The texts of an atlas, to know them again on a page."""

    def __init__(self, folder: Path, speech: Speech, *more: str) -> None:
        self._known: set[str] = {_plain(text) for text in more}
        for path in folder.rglob("*"):
            if path.suffix in (".yml", ".yaml"):
                self._read(path.read_text("utf-8"))
            elif path.suffix == ".csv":
                self._known.update(_plain(cell) for cell in re.split(r"[,\n]", path.read_text("utf-8")))
        self._whole = "\n".join(self._known)
        self._months = re.compile("|".join(re.escape(name.casefold()) for name in speech.months))
        self._and = re.compile(speech.lists[3].replace("{0}", "").replace("{1}", ""))

    def _read(self, text: str) -> None:
        try:
            self._learn(yaml.load(text, Loader=yaml.BaseLoader))
        except yaml.YAMLError:  # a file that cannot be read, on purpose
            self._learn([line.partition(":")[2] for line in text.splitlines()])

    def _learn(self, value: object) -> None:
        if isinstance(value, dict):
            for inner in value.values():  # keys are no texts: `owner:` must not make up for an unmarked "Owner"
                self._learn(inner)
        elif isinstance(value, list):
            for inner in value:
                self._learn(inner)
        elif isinstance(value, str):
            self._known.update(_plain(part) for part in (value, value.replace("-", " "), *re.split(r"[#/]|, ", value)))

    def strange(self, text: str) -> Iterator[str]:
        """What of a text is neither of the maps nor a number or a date."""
        drawn = text.startswith(DRAWN)
        yield from self._strange(text[1:].replace("\xa0", " ") if drawn else text, (*_APART, self._and), drawn)

    def _strange(self, text: str, joints: tuple[re.Pattern[str], ...], drawn: bool) -> Iterator[str]:
        if self._own(text, drawn):
            return
        if not joints:
            yield text.strip()
            return
        for part in joints[0].split(text):
            yield from self._strange(part, joints[1:], drawn)

    def _own(self, text: str, drawn: bool) -> bool:
        plain = _plain(text)
        bare = re.sub(r"[\W\d_]", "", self._months.sub("", plain) if re.search(r"\d", plain) else plain)
        named = plain.lstrip("0123456789.,−+@ ").removesuffix("…")  # "2 Search", "12 visits"
        return len(bare) < 3 or bool({plain, named} & self._known) or (
            (drawn or len(plain) > 12) and named in self._whole)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split()).rstrip(".?!").casefold()


def unmarked(page: str, maps: Maps) -> set[str]:
    """Texts of a page's HTML that nobody marked: outside of all brackets and none of the maps'."""
    found: set[str] = set()
    depth = 0
    root = html.fragment_fromstring(page, create_parent=True)
    for text in _texts(root):
        outside = []
        for part in re.split("([⟦⟧])", text):
            if part in "⟦⟧" and part:
                depth += 1 if part == "⟦" else -1
            elif not depth:
                outside.append(part)
        found.update(maps.strange("\n".join(outside)))
    named = " or ".join(f"@{name}" for name in READ)
    for element in root.xpath(f".//*[{named}][not(ancestor-or-self::*[@lang='en'])]"):
        for name in READ:
            left = outside_of_brackets(element.get(name) or "")
            found.update(f"{name}: {piece}" for piece in maps.strange(left))
    return found


def outside_of_brackets(text: str) -> str:
    """A text without what stands in brackets."""
    while "⟦" in text:
        shorter = re.sub("⟦[^⟦⟧]*⟧", "\n", text)
        if shorter == text:
            break
        text = shorter
    return text


def _texts(element: html.HtmlElement) -> Iterator[str]:
    """Texts in the order of the page; what is English on purpose says so, and is passed over."""
    if element.get("lang") != "en" and isinstance(element.tag, str) and element.tag not in ("script", "style", "code"):
        yield f"{DRAWN}{element.text}" if element.tag == "text" else element.text or ""
        for child in element:
            yield from _texts(child)
    yield element.tail or ""
