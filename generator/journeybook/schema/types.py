"""Types of values. Each accepts what people write and says in plain words what it wants otherwise.

The reader hands over text, lists and mappings only; a type is what turns ``no`` into False or ``60 %`` into
60, so that ``country: no`` stays the text it is. Each accepts ``FAULTY``, the stand-in for what was reported.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from slugify import slugify

from journeybook.schema.durations import Duration, parse_duration
from journeybook.source import FAULTY
from journeybook.words import SOURCE, is_language, nearest_language

T = TypeVar("T")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
IDENT = re.compile(r"[a-z0-9][a-z0-9-]*")
HANDLE = re.compile(r"@?[A-Za-z0-9][\w./-]*|[^@\s#]+@[^@\s#]+\.[^@\s#]+")  # of a Git host, or a mail address
REFERENCE = re.compile(r"[^\s#]+(#[^\s#]+)?")


def fault(check: str, message: str, help_text: str = "", fix: str | None = None) -> PydanticCustomError:
    """A validation fault that carries its check's id, our words, the next step and the one right value, if any."""
    context = {"check": check, "message": message, "help": help_text, "fix": fix}
    return PydanticCustomError("journeybook", "{message}", context)


def described(value: Any) -> str:
    """What the user wrote, in one short phrase."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    text = str(value).strip().replace("\n", " ")
    return f"`{text[:40]}…`" if len(text) > 41 else f"`{text}`"


def _remembered(read: Callable[[Any], T]) -> Callable[[Any], T]:
    """The same for a text that was read before, without reading it again: ids, days and numbers come many times."""
    known = lru_cache(10_000)(read)
    return lambda value: known(value) if isinstance(value, str) else read(value)


def _text(most: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if isinstance(value, str) and len(value) <= most and (plain := value.strip()):
            return plain
        if not isinstance(value, str):
            hint = "write one text here"
            if isinstance(value, dict) and len(value) == 1:
                braces = next(iter(value.values())) is None
                hint = f"a text {'in braces' if braces else 'with a colon in it'} needs double quotes"
            raise fault("value-type", f"expected a text, found {described(value)}", hint)
        if len(value) > most:
            message = f"this text has {len(value):,} characters; {most:,} is the most"
            raise fault("value-range", message, "shorten it")
        raise fault("key-missing", "this text is empty", "write it, or delete the key")

    return check


_title = _text(200)


@lru_cache(10_000)
def slug(text: str) -> str:
    """A text as an id: ASCII, lower case, hyphens; may be empty (``Größe wählen`` → ``grosse-wahlen``)."""
    return str(slugify(text, max_length=64))


def nearest_id(value: str) -> str:
    """The next step for a text that is no id."""
    return f"write `{slug(value)}`" if slug(value) else "use letters a to z, digits and hyphens"


def _nearest_reference(value: str) -> str:
    """The next step for a text that names nothing: which records there are is not known yet."""
    if "," in value:
        return "write one id here"
    parts = [slug(part) for part in value.split("/")]
    if not all(parts):
        return "write its id: lower-case letters, digits and hyphens"
    return f"write its id as it stands in its list, such as `{'/'.join(parts)}`"


def id_fault(text: str) -> PydanticCustomError | None:
    """What is wrong with an id, if anything."""
    if FAULTY in text or (IDENT.fullmatch(text) and len(text) <= 64):
        return None
    if IDENT.fullmatch(text):
        return fault("value-range", f"this id has {len(text)} characters; 64 is the most", "shorten it")
    why = odd_letter(text) or "ids have lower-case letters, digits and hyphens"
    return fault("id-invalid", f"{described(text)} is no id: {why}", nearest_id(text))


def odd_letter(text: str) -> str:
    """Which letter of an id is none of a to z although it may look like one, ``""`` when none is."""
    odd = next((letter for letter in text if letter.isalpha() and not letter.isascii()), "")
    name = unicodedata.name(odd, "").lower() if odd else ""
    return f"`{odd}` is U+{ord(odd):04X} ({name or 'without a name'})" if odd else ""


def _ident(value: Any) -> str:
    text = _title(value)
    why = id_fault(text)
    if why:
        raise why
    return FAULTY if FAULTY in text else text


def _reference(value: Any) -> str:
    text = _title(value)
    if FAULTY in text:
        return FAULTY
    if not REFERENCE.fullmatch(text):
        raise fault("id-invalid", f"{described(text)} is not the id of anything: ids have no spaces",
                    _nearest_reference(text))
    return text


def _number(value: Any) -> Decimal:
    if value == FAULTY:
        return Decimal(0)
    text = value.strip().replace("−", "-") if isinstance(value, str) else ""
    if not NUMBER.fullmatch(text.removeprefix("+")):
        hint, fix = "write digits, with a point before decimals, such as `12` or `0.5`", None
        if re.fullmatch(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+", text):
            hint = f"write `{text.replace(',', '')}` without the comma; if it has decimals, write a point"
        elif re.fullmatch(r"-?[0-9]+,[0-9]+", text):
            hint = f"write a point, not a comma: `{text.replace(',', '.')}`"
        elif re.fullmatch(r"-?0[0-9]+", text):
            hint, fix = f"write it without the zero in front: `{int(text)}`", str(int(text))
        raise fault("value-type", f"expected a number, found {described(value)}", hint, fix)
    return Decimal(text.removeprefix("+"))


def _count(value: Any) -> Decimal:
    number = _number(value)
    if number < 0 or number % 1:
        raise fault("value-range", f"a count is a whole number from 0 on, this is {number}", "count again")
    return number


def _percent(value: Any) -> Decimal:
    number = _number(value.strip().removesuffix("%").strip() if isinstance(value, str) else value)
    if not 0 <= number <= 100:
        raise fault("value-range", f"a share lies between 0 and 100, this is {number}",
                    "write percent, such as `60 %`")
    return number


def _flag(value: Any) -> bool:
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in ("yes", "true", "on"):
        return True
    if word in ("no", "false", "off", FAULTY):
        return False
    raise fault("value-type", f"expected yes or no, found {described(value)}", "write `yes` or `no`")


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if text == FAULTY:
        return date(1970, 1, 1)
    try:
        if not ISO_DATE.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise fault("value-date", f"expected a date, found {described(value)}",
                    "write year-month-day, such as `2026-03-31`") from None


def _duration(value: Any) -> Duration:
    if isinstance(value, Duration):
        return value
    found = parse_duration("1 day" if value == FAULTY else _text(100)(value))
    if found is None:
        raise fault("value-duration", f"expected a length of time, found {described(value)}",
                    "write `48 hours`, `3 business days`, `1 to 3 days`, `6 months` or `monthly`")
    return found


def _language(value: Any) -> str:
    text = _text(200)(value)
    if text == FAULTY:
        return SOURCE
    if not is_language(text):
        close = nearest_language(text)
        raise fault("value-choice", f"there is no language {described(text)}",
                    f"write `{close}`" if close else "write a tag such as `en`, `de` or `pt-BR`")
    return text


def url_fault(text: str) -> str:
    """Why an address is refused, ``""`` when it is fine: https, http, mailto or relative to the site."""
    if re.search(r"[\s\x00-\x1f\\]", text):
        return "an address has no spaces, line breaks or backslashes"
    if re.match(r"www\.|https?(:/?|/+)[^/]", text, re.IGNORECASE):
        return "an address of another site begins with `https://`, else it leads to a page of this one"
    if re.fullmatch(r"[^\s/@:]+@[^\s/@:]+\.[A-Za-z]{2,}", text):
        return "this is a mail address: as a link it begins with `mailto:`"
    if text.startswith("//"):
        return "an address that starts with `//` leaves the site without saying how"
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) or parts.scheme not in ("http", "https")
    except ValueError:
        return "this is no complete address"
    if parts.scheme and parts.scheme.lower() not in ("http", "https", "mailto"):
        return f"addresses of the kind `{parts.scheme}:` are not allowed"
    if "@" in parts.netloc:
        return "an address must not carry a user name or password"
    return "" if named else "this is no complete address"


def _url(value: Any) -> str:
    text = _text(2000)(value)
    why = url_fault(text) if text != FAULTY else ""
    if why:
        raise fault("url-refused", why, f"write `mailto:{text}`" if "mailto" in why else
                    "write an address that starts with `https://`, or a path on this site")
    return text


class Words:
    """Marks a ``Literal`` whose choices are named in the fault, with the nearest one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Called by pydantic for ``Annotated[Literal[…], Words()]``."""
        choices = get_args(source)
        return core_schema.no_info_before_validator_function(
            lambda value: value if value in choices else _choice(value, choices), handler(source))


def _choice(value: Any, choices: tuple[str, ...]) -> str:
    if value == FAULTY:
        return choices[0]
    word = value.strip() if isinstance(value, str) else ""
    if word in choices:
        return word
    usual = word.lower().replace(" ", "-").replace("_", "-")
    close = nearest(usual, choices)
    raise fault("value-choice", f"expected one of {', '.join(choices)}; found {described(value)}",
                f"write `{close}`" if close else f"write one of them, such as `{choices[0]}`",
                usual if usual in choices else None)


def nearest(word: str, choices: Iterable[str], cutoff: float = 0.6) -> str:
    """The choice that is closest to a word, ``""`` when none is close."""
    found = difflib.get_close_matches(word, list(choices), n=1, cutoff=cutoff)
    return found[0] if found else ""


class Several:
    """Marks a list that may be written as one value: ``metrics: nps`` is a list of one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Called by pydantic for ``Annotated[list[…], Several()]``."""
        (entry,) = get_args(source)
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, list) else _listed(value, entry), handler(source))


def _listed(value: Any, entry: Any) -> Any:
    if value in (None, FAULTY):
        return []
    if not isinstance(value, dict):
        if isinstance(value, str) and "," in value and entry not in (Title, Text) and not hasattr(entry, "noun"):
            parts = ", ".join(part.strip() for part in value.split(",") if part.strip())
            raise fault("value-type", f"{described(value)} is one text, not a list", f"write `[{parts}]`")
        return [value]
    first = [(key, held) for key, held in list(value.items())[:20] if not key.startswith("x-")]
    if hasattr(entry, "noun") and first and not any(_fits(key, held, entry) for key, held in first):
        key, held = first[0]
        step = f"begin each {entry.noun} with {f'`- {entry.main}:`' if entry.main else '`- `'}, one below the other"
        if "id" in entry.known() and isinstance(held, dict) and IDENT.fullmatch(key):
            step = f"make each of them an entry: `- id: {key}`, and its keys below it"
        raise fault("value-type", f"expected a list with a {entry.noun} each, found a group of keys", step)
    return [value]


def _fits(key: str, held: Any, record: Any) -> bool:
    """Whether a key belongs to a record, or to one within it, or may have been meant to."""
    known = record.known()
    within = key in known or any(key in part.known() for part in record.parts().values())
    return within or (not isinstance(held, dict) and bool(nearest(key, known)))


Title = Annotated[str, BeforeValidator(_title)]
Text = Annotated[str, BeforeValidator(_text(20_000))]
Ident = Annotated[str, BeforeValidator(_remembered(_ident))]
Reference = Annotated[str, BeforeValidator(_remembered(_reference))]
Number = Annotated[Decimal, BeforeValidator(_remembered(_number))]
Count = Annotated[Decimal, BeforeValidator(_remembered(_count))]
Percent = Annotated[Decimal, BeforeValidator(_remembered(_percent))]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_remembered(_date))]
Length = Annotated[Duration, BeforeValidator(_remembered(_duration))]
Language = Annotated[str, BeforeValidator(_language)]
Url = Annotated[str, BeforeValidator(_url)]
Many = Annotated[list[T], Several()]
Grade = Annotated[Literal["low", "medium", "high"], Words()]
