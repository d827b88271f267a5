"""Gathers the words of the interface; run as a script (``make words``) it renews the catalogues in theme/locale.

New words come in without a translation, those no longer said go. Words keep their translation as long as they stay
the same, letter by letter: nothing is guessed.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CHECKOUT = Path(__file__).parents[1]
LOCALE = CHECKOUT / "theme" / "locale"
KEYWORDS = {"_": None, "N_": None, "NP_": (1, 2), "plural": (1, 2), "_c": ((1, "c"), 2),
            "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
"""What marks words: in Python ``_``, ``_c``, ``plural`` and the marks of tables, in templates gettext's own names."""
NOISE = ('"Generated-By', '"Report-Msgid-Bugs-To')
ROOMS = {"generator/journeybook": ("python", {}),
         "theme/templates": ("jinja2", {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true"})}


def gathered() -> Catalog:
    """Every text of the interface, with the files it stands in."""
    catalogue = Catalog(project="Journeybook", charset="utf-8")
    for room, (method, options) in ROOMS.items():
        for name, _line, message, _comments, context in extract_from_dir(
                CHECKOUT / room, [("**.*", method)] if method == "jinja2" else [("**.py", method)],
                {"**.*": options}, keywords=KEYWORDS, strip_comment_tags=True):
            catalogue.add(message, None, [(f"{room}/{name}", 1)], context=context)
    return catalogue


def renewed(path: Path, words: Catalog) -> Catalog:
    """A catalogue with exactly these words."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    words.creation_date = catalogue.creation_date
    catalogue.update(words, no_fuzzy_matching=True, update_header_comment=False)
    return catalogue


def save(catalogue: Catalog, path: Path) -> None:
    """Sorted by text and without line numbers, so that changes stay small."""
    written = BytesIO()
    write_po(written, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    # Which tool wrote it says nothing to anybody and changes with the tool.
    path.write_text("".join(line for line in lines if not line.startswith(NOISE)), "utf-8")


def main() -> int:
    """Renew every catalogue and say what is left to translate."""
    words = gathered()
    for path in sorted(LOCALE.glob("*.po")):
        catalogue = renewed(path, words)
        save(catalogue, path)
        left = [message for message in catalogue if message.id and not all(
            message.string if isinstance(message.string, tuple) else [message.string])]
        print(f"{path.relative_to(CHECKOUT)}: {len(catalogue)} texts, {len(left)} without a translation")
        for message in left:
            print(f"  {message.id[0] if isinstance(message.id, tuple) else message.id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
