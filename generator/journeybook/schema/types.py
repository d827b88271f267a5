"""Types of values. Each accepts what people write and says in plain words what it wants otherwise.

The reader hands over text, lists and mappings only; a type is what turns ``no`` into False or ``60 %`` into 60, so
that ``country: no`` stays the text it is.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from slugify import slugify

from journeybook.schema.durations import Duration, parse_duration

T = TypeVar("T")
FAULTY = "\ufffd"  # stands for a value that was reported and taken out, so that reading can go on
NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
IDENT = re.compile(r"[a-z0-9][a-z0-9-]*")
REFERENCE = re.compile(r"[^\s#]+(#[^\s#]+)?")


def fault(check: str, message: str, help_text: str = "") -> PydanticCustomError:
    """A validation fault that carries its check's id, our words and the next step."""
    return PydanticCustomError("journeybook", "{message}", {"check": check, "message": message, "help": help_text})


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


def _text(most: int) -> Any:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            hint = "write one text here"
            if isinstance(value, dict) and len(value) == 1:
                hint = "a text with a colon in it needs double quotes"
            raise fault("value-type", f"expected a text, found {described(value)}", hint)
        if len(value) > most:
            raise fault("value-range", f"this text has {len(value):,} characters; {most:,} is the most", "shorten it")
        if not value.strip():
            raise fault("key-missing", "this text is empty", "write it, or delete the key")
        return value.strip()

    return check


def slug(text: str) -> str:
    """A text as an id: ASCII, lower case, hyphens (``Größe wählen`` → ``grosse-wahlen``); may be empty."""
    return slugify(text, max_length=64)


def nearest_id(value: str) -> str:
    """The next step for a text that is no id."""
    return f"write `{slug(value)}`" if slug(value) else "use letters a to z, digits and hyphens"


def _ident(value: Any) -> str:
    text = _text(64)(value)
    if text != FAULTY and not IDENT.fullmatch(text):
        raise fault("id-invalid", f"{described(text)} is no id: an id has lower-case letters, digits and hyphens",
                    nearest_id(text))
    return text


def _reference(value: Any) -> str:
    text = _text(200)(value)
    if text != FAULTY and not REFERENCE.fullmatch(text):
        raise fault("id-invalid", f"{described(text)} is not the id of anything: ids have no spaces",
                    nearest_id(text))
    return text


def _number(value: Any) -> Decimal:
    if not isinstance(value, str) or not NUMBER.fullmatch(value.strip().replace("−", "-").removeprefix("+")):
        text = value.strip() if isinstance(value, str) else ""
        hint = "write digits, with a point before decimals, such as `12` or `0.5`"
        if re.fullmatch(r"-?\d+,\d+", text):
            hint = f"write a point, not a comma: `{text.replace(',', '.')}`"
        elif re.fullmatch(r"-?0\d+", text):
            hint = f"write it without the zero in front: `{text.replace('0', '', 1)}`"
        raise fault("value-type", f"expected a number, found {described(value)}", hint)
    return Decimal(value.strip().replace("−", "-").removeprefix("+"))


def _percent(value: Any) -> Decimal:
    number = _number(value.strip().removesuffix("%").strip() if isinstance(value, str) else value)
    if not 0 <= number <= 100:
        raise fault("value-range", f"a share lies between 0 and 100, this is {number}", "write percent, such as `60 %`")
    return number


def _flag(value: Any) -> bool:
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in ("yes", "true", "on"):
        return True
    if word in ("no", "false", "off"):
        return False
    raise fault("value-type", f"expected yes or no, found {described(value)}", "write `yes` or `no`")


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
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
    found = parse_duration(_text(100)(value))
    if found is None:
        raise fault("value-duration", f"expected a length of time, found {described(value)}",
                    "write `48 hours`, `3 business days`, `1 to 3 days`, `6 months` or `monthly`")
    return found


def url_fault(text: str) -> str:
    """Why an address is refused, ``""`` when it is fine: https, http, mailto or relative to the site."""
    if re.search(r"[\s\x00-\x1f\\]", text):
        return "an address has no spaces, line breaks or backslashes"
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
        raise fault("url-refused", why, "write an address that starts with `https://`, or a path on this site")
    return text


class Words:
    """Marks a ``Literal`` whose choices are named in the fault, with the nearest one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Called by pydantic for ``Annotated[Literal[…], Words()]``."""
        choices = get_args(source)
        return core_schema.no_info_before_validator_function(lambda value: _choice(value, choices), handler(source))


def _choice(value: Any, choices: tuple[str, ...]) -> str:
    word = value.strip() if isinstance(value, str) else ""
    if word in choices:
        return word
    close = nearest(word.lower().replace(" ", "-").replace("_", "-"), choices)
    raise fault("value-choice", f"expected one of {', '.join(choices)}; found {described(value)}",
                f"write `{close}`" if close else f"write one of them, such as `{choices[0]}`")


def nearest(word: str, choices: Any, cutoff: float = 0.6) -> str:
    """The choice that is closest to a word, ``""`` when none is close."""
    import difflib

    found = difflib.get_close_matches(word, list(choices), n=1, cutoff=cutoff)
    return found[0] if found else ""


def _listed(value: Any) -> Any:
    """A single value where a list is expected is a list of one; empty entries are gaps, not values."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    return [value]


Title = Annotated[str, BeforeValidator(_text(200))]
Text = Annotated[str, BeforeValidator(_text(20_000))]
Ident = Annotated[str, BeforeValidator(_ident)]
Reference = Annotated[str, BeforeValidator(_reference)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Percent = Annotated[Decimal, BeforeValidator(_percent)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_date)]
Length = Annotated[Duration, BeforeValidator(_duration)]
Url = Annotated[str, BeforeValidator(_url)]
Many = Annotated[list[T], BeforeValidator(_listed)]
Grade = Annotated[Literal["low", "medium", "high"], Words()]
