"""A text holds an e-mail address, a phone number or a bank account.

Maps are read by many, and what customers said stays for years. Leave out who said it; the raw notes belong where
they can be deleted on request.

Bad:

```yaml
evidence:
  calls:
    summary: Anna (anna.berg@example.com) did not know what it costs.
```

Good:

```yaml
evidence:
  calls:
    summary: A buyer did not know what it costs.
```
"""

import re
from collections.abc import Iterator

from journeybook.model import Atlas, Origin
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

GROUP = "privacy"
LEVEL = Severity.WARNING

EMAIL = re.compile(r"(?<![\w.+/-])([\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
OFFICE = re.compile(r"(?:info|hello|hallo|help|support|contact|office|sales|service|team|billing|press|jobs|privacy|"
                    r"newsletter|no-?reply)", re.IGNORECASE)
"""Addresses of a firm, not of a person."""
PHONE = re.compile(
    r"(?<![\w.,/+#€$£-])(?:"
    r"(?:\+|00)[1-9][\d ()/.-]{6,18}\d"  # +44 20 7946 0958
    r"|\(0\d{1,5}\)[\d /-]{4,12}\d"  # (030) 1234567
    r"|0[1-9]\d{0,4}[ /-][\d /-]{4,12}\d"  # 0171 2345678
    r"|0[1-9]\d{8,10}"  # 01712345678
    r"|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4}"  # (555) 012-3456
    r")(?![\w%€$£]|[.,-]\d| ?(?:EUR|USD|GBP|euros?|pounds|dollars)\b)")
DIGITS = re.compile(r"\d[\d ()/.-]{5,}\d")
DATE = re.compile(r"\d{1,2}[ ./-]\d{1,2}[ ./-](?:\d{4}(?!\d)|\d{2}$)")
ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")  # an IBAN, ISO 13616
FEWEST, MOST = 7, 15
"""Digits of a phone number; at most: ITU-T E.164."""


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each text and kind; what was found is not repeated, because reports are passed on."""
    for what, text, origin, key in _texts(atlas):
        long = DIGITS.search(text) is not None  # most texts have no number that could be anybody's
        rest = ACCOUNT.sub(lambda match: "" if _is_account(match[0]) else match[0], text) if long else text
        for name, found in (("an e-mail address", _email(text)), ("a phone number", long and _phone(rest)),
                            ("the number of a bank account", rest != text)):
            if found:
                yield Problem("", f"this {what} holds {name}", origin.span(key),
                              "take it out: nobody needs to know who it was")


def _email(text: str) -> bool:
    return "@" in text and any(not OFFICE.fullmatch(match[1]) for match in EMAIL.finditer(text))


def _phone(text: str) -> bool:
    for match in PHONE.finditer(text):
        digits = sum(letter.isdigit() for letter in match[0])
        if FEWEST <= digits <= MOST and not DATE.match(match[0]):
            return True
    return False


def _is_account(text: str) -> bool:
    """Whether the check digits of an IBAN are right."""
    plain = text.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def _texts(atlas: Atlas) -> Iterator[tuple[str, str, Origin, str]]:
    """What people said or what was noted of them: its kind, the text, and where it stands."""
    for evidence in atlas.evidence.values():
        yield "evidence", evidence.spec.summary, evidence.origin, "summary"
    for persona in atlas.personas.values():
        if persona.spec.quote:
            yield "quote", persona.spec.quote, persona.origin, "quote"
    for loop in atlas.loops.values():
        yield "signal", loop.spec.signal, loop.origin, "signal"
    for stage in atlas.stages.values():
        for question in stage.questions:
            yield "question", question.spec.ask, question.origin, "ask"
        for step in stage.steps:
            if step.spec.quote:
                yield "quote", step.spec.quote, step.origin, "quote"
            if step.spec.thinking:
                yield "thought", step.spec.thinking, step.origin, "thinking"
            for index, pain in enumerate(step.spec.pains):
                origin = step.origin.at("pains", index)
                yield "pain", pain.text, origin, "text"
                if pain.root_cause:
                    yield "pain", pain.root_cause, origin, "root_cause"
