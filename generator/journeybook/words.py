"""The language that a site speaks: words of the interface, and how its numbers and dates are written.

The words stand in English in code and templates; other languages are gettext catalogues, ``locale/<language>.po``, read
as they are. Each function asks for the language of the moment (:func:`speaking`), so nothing has to be handed from
view to view. Outside of it everything speaks English: messages of ``check`` and of the command line do.

Maintainers: a msgid is a whole sentence or label with named places, ``_("Overdue since %(day)s", day=…)``, without
HTML; ``plural`` of :mod:`journeybook.formats` counts; ``_c`` tells apart what is one word in English only; ``N_``
marks words of a table that ``_`` says later. Afterwards ``make words`` renews the catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import field
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError
from journeybook.theme import theme_dir

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages.catalog import Message

SOURCE = "en"
"""The language of the words in the code: it needs no catalogue."""
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
PLACES = re.compile(r"%\((\w+)\)s")
_SIGNS = re.compile(r"%(?!\(\w+\)s|%)")


@dataclass(frozen=True, slots=True)
class Speech:
    """One language. ``locale`` None is English as this project writes it, which needs no library to load.

    ``language`` is that of the interface's words: English where there is no catalogue for ``wanted``. ``months`` are
    short names for dates; ``lists`` are the patterns of a list: start, middle, end, two.
    """

    language: str = SOURCE
    wanted: str = SOURCE
    locale: Locale | None = None
    decimal: str = "."
    percent_first: bool = False
    months: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    month_names: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July", "August",
                                    "September", "October", "November", "December")
    weekdays: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    lists: tuple[str, str, str, str] = ("{0}, {1}", "{0}, {1}", "{0} and {1}", "{0} and {1}")
    day: str = "d MMM y"
    month: str = "MMM yy"
    catalogue: NullTranslations = field(default_factory=NullTranslations)
    native: bool = True  # the language of the source, in which lengths of time are written in the maps too


ENGLISH = Speech()
_SPEECH: ContextVar[Speech] = ContextVar("speech", default=ENGLISH)
current = _SPEECH.get
"""The speech of the moment."""


def _(text: str, /, **values: object) -> str:
    """A word or sentence of the interface, with its named places filled."""
    said = _SPEECH.get().catalogue.gettext(text)
    return said % values if values else said


def _c(context: str, text: str, /) -> str:
    """A word that means several things in English, in one of them (``"evidence", "From"``)."""
    return _SPEECH.get().catalogue.pgettext(context, text)


def N_(text: str, /) -> str:  # noqa: N802 - gettext's name for it
    """The text itself: a mark for what ``_`` says later."""
    return text


def NP_(one: str, many: str, /) -> tuple[str, str]:  # noqa: N802 - as N_, of what is counted
    """Both texts: a mark for what ``plural`` of :mod:`journeybook.formats` says later."""
    return one, many


@contextmanager
def speaking(tag: str | None, folders: Sequence[Path] = ()) -> Iterator[Speech]:
    """Speak the language of a tag such as ``de`` or ``de-AT`` (None: English). Copies of the process speak it too.

    ``folders`` hold a ``locale/`` of the team's own, whose words win over ours. Raises JourneybookError where one of
    its catalogues cannot be used.
    """
    token = _SPEECH.set(speech(tag, folders))
    try:
        yield _SPEECH.get()
    finally:
        _SPEECH.reset(token)


def speech(tag: str | None, folders: Sequence[Path] = ()) -> Speech:
    """The speech for a language tag: the words of the language itself where the region has none of its own."""
    wanted = tag or SOURCE
    own = [found for folder in folders for found in _catalogues(folder, wanted)]
    if wanted == SOURCE and not own:
        return ENGLISH
    files = own + _catalogues(theme_dir(), wanted)
    language = files[0].stem if files and base(wanted) != SOURCE else SOURCE
    words = NullTranslations()
    for path in reversed(files):
        above = copy(_read(path, path.stat().st_mtime_ns))  # what is kept is never chained: it may come twice
        above.add_fallback(words)
        words = above
    if not files and base(wanted) != SOURCE:  # numbers and dates belong to the words around them
        return Speech(wanted=wanted)
    if wanted == SOURCE:
        return Speech(catalogue=words)
    return _told_by_babel(language, wanted, words)


def base(tag: str) -> str:
    """``de`` of ``de-AT``."""
    return tag.partition("-")[0].lower()


def is_language(tag: str) -> bool:
    """Whether a tag names a language that numbers and dates can be written in."""
    if tag == SOURCE:
        return True
    return bool(TAG.fullmatch(tag)) and _locale(base(tag)) is not None


def nearest_language(name: str) -> str:
    """The tag for a language's name in English or in itself (``German``, ``Deutsch``), ``""`` where there is none."""
    from babel import Locale

    wanted = name.strip().casefold()
    for tag, english in Locale(SOURCE).languages.items():
        if wanted == english.casefold():
            return str(tag).replace("_", "-")
    by_itself = ((tag, locale) for tag in ("de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "tr")
                 if (locale := _locale(tag)))
    return next((tag for tag, locale in by_itself if wanted == (locale.language_name or "").casefold()), "")


def _catalogues(folder: Path, tag: str) -> list[Path]:
    """The catalogues of a folder for a tag, that of the region first."""
    names = dict.fromkeys((tag, tag.replace("-", "_"), base(tag)))
    return [path for name in names if (path := folder / "locale" / f"{name}.po").is_file()]


def _locale(tag: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def _told_by_babel(language: str, wanted: str, words: NullTranslations) -> Speech:
    """A speech with the customs of its locale, from CLDR."""
    locale = _locale(wanted) or _locale(base(wanted))
    if locale is None:
        return Speech(language, wanted, catalogue=words, native=language == SOURCE)
    symbols = locale.number_symbols
    latin = symbols.get("latn", symbols)
    months, days = locale.months["stand-alone"], locale.days["stand-alone"]["wide"]
    lists = locale.list_patterns["standard"]
    skeletons = locale.datetime_skeletons
    return Speech(
        language, wanted, locale, decimal=str(latin["decimal"]),
        percent_first=str(locale.percent_formats[None].pattern).startswith("%"),
        months=tuple(locale.months["format"]["abbreviated"][number] for number in range(1, 13)),
        month_names=tuple(months["wide"][number] for number in range(1, 13)),
        weekdays=tuple(days[number] for number in range(7)),
        lists=(lists["start"], lists["middle"], lists["end"], lists["2"]),
        day=str(skeletons["yMMMd"].pattern), month=re.sub(r"\by+\b", "yy", str(skeletons["yMMM"].pattern)),
        catalogue=words, native=language == SOURCE)


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> NullTranslations:
    """A catalogue; ``changed`` is when the file was, so that a server sees it grow."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po
    from babel.support import Translations

    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (OSError, PoFileError, ValueError, LookupError) as error:
        raise JourneybookError(f"the catalogue {path.name} cannot be read ({error})",
                               "save it as a gettext PO file in UTF-8") from error
    for message in catalogue:
        fault = _misplaced(message)
        if fault:
            raise JourneybookError(f"the catalogue {path.name}, line {message.lineno or 1}: {fault}",
                                   "copy what stands as `%(name)s` in the English text, letter by letter")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _misplaced(message: Message) -> str:
    """What is wrong with the places of a translation: one that is not in English, or a sign that begins none."""
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    known = set(PLACES.findall(" ".join(message.id) if isinstance(message.id, tuple | list) else message.id))
    if not message.id or not known:
        return ""
    for text in filter(None, texts):
        strange = sorted(set(PLACES.findall(text)) - known)
        if strange:
            return f"there is nothing to put in place of `%({strange[0]})s`"
        if _SIGNS.search(text):
            return "a percent sign in this text is written twice: `%%`"
    return ""
