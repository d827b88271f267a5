"""Values as an editor checks them: what types.py accepts, as patterns that JSON Schema can hold."""

from __future__ import annotations

from typing import Any

from journeybook.schema.durations import CADENCES, UNIT_OF

Json = dict[str, Any]
LONGEST = {"title": 200, "text": 20_000}
FILLED = r"\S"
RECORD_ID = r"^(?!x-)[a-z0-9][a-z0-9-]{0,63}$"
_AMOUNT = r"[0-9]{1,6}(\.[0-9]{1,3})?"
_DIGITS = r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?"
NUMBER: Json = {"pattern": rf"^\s*[+−-]?{_DIGITS}\s*$",
                "patternErrorMessage": "Expected a number: write digits, with a point before decimals, such as `0.5`."}


def definitions() -> dict[str, Json]:
    """The values by our word for them. Each takes what an editor's parser may make of the same text, or a blank.

    Types stand in branches, where an editor does not take them for words to offer: nobody wants to be offered
    ``true`` for a title.
    """
    return {
        "title": _word(FILLED, "This text is empty: write it, or delete the key.", LONGEST["title"]),
        "text": _word(FILLED, "This text is empty: write it, or delete the key.", LONGEST["text"]),
        "id": _word(r"^\s*[a-z0-9][a-z0-9-]{0,63}\s*$", "An id has lower-case letters a to z, digits and hyphens."),
        "reference": _word(r"^\s*[^\s#]+(#[^\s#]+)?\s*$", "Expected an id: ids have no spaces.", 200),
        "number": _only(["number", "string"], NUMBER),
        "count": _only(["integer", "string"], {
            "minimum": 0, "pattern": r"^\s*\+?(0|[1-9][0-9]{0,14})(\.0{1,6})?\s*$",
            "patternErrorMessage": "Expected a whole number from 0 on."}),
        "percent": {**_only(["number", "string"], {
            "minimum": 0, "maximum": 100, "pattern": r"^\s*\+?(100(\.0{1,6})?|[0-9]{1,2}(\.[0-9]{1,6})?)\s*%?\s*$",
            "patternErrorMessage": "Expected percent from 0 to 100, such as `60 %`."}), "examples": ["60 %", "25 %"]},
        "flag": {"anyOf": [{"enum": [True, False]}, _only(["boolean", "string"], {
            "pattern": f"^\\s*({'|'.join(map(_any_case, ('yes', 'no', 'true', 'false', 'on', 'off')))})\\s*$",
            "patternErrorMessage": "Expected yes or no."})]},
        "date": _only(["string"], {
            "pattern": r"^\s*[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\s*$",
            "patternErrorMessage": "Expected a date: write year-month-day, such as `2026-03-31`."}),
        "duration": {**_only(["string"], {
            "pattern": _duration(), "patternErrorMessage": "Expected a length of time, such as `48 hours`, "
                                                           "`3 business days`, `1 to 3 days` or `monthly`."}),
            "examples": ["48 hours", "3 business days", "monthly"]},
        "language": {**_only(["string"], {
            "pattern": r"^\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\s*$",
            "patternErrorMessage": "Expected a language, such as `en`, `de` or `pt-BR`."}),
            "examples": ["en", "de", "fr"]},
        "address": _only(["string"], {
            "maxLength": 2000, "pattern": r"^\s*(?!//|[Ww]{3}\.|[^\s/@:]+@)((https?://[^\s\\/@]+([/?#][^\s\\]*)?)|mailto:[^\s\\]+"
                                          r"|(?![A-Za-z][A-Za-z0-9+.-]*:)[^\s\\]+)\s*$",
            "patternErrorMessage": "Expected an address that starts with `https://`, or a path on this site, "
                                   "without a user name in it."}),
    }


def _word(pattern: str, message: str, longest: int = 0) -> Json:
    """Any scalar: our reader takes numbers, yes and no as the text they are."""
    form = {"pattern": pattern, "patternErrorMessage": message, **({"maxLength": longest} if longest else {})}
    return {"if": {"type": ["array", "object"]}, "then": {"type": "string"}, "else": form}


def _only(types: list[str], form: Json) -> Json:
    return {"if": {"type": "null"}, "else": {"type": types[0] if len(types) == 1 else types, **form}}


def _duration() -> str:
    units = "|".join(r"\s+".join(map(_any_case, word.split())) for word in sorted(UNIT_OF, key=len, reverse=True))
    words = "|".join(map(_any_case, CADENCES))
    return rf"^\s*(({words})|{_AMOUNT}(\s*([Tt][Oo]|–|-)\s*{_AMOUNT})?\s*({units}))\s*$"


def _any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in word)
