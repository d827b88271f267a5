"""A text holds an e-mail address or a phone number.

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
DATE = re.compile(r"\d{1,2}[ ./-]\d{1,2}[ ./-]\d{2,4}")
FEWEST, MOST = 7, 15
"""Digits of a phone number; at most: ITU-T E.164."""


def check(atlas: Atlas, settings: Settings) -> Iterator[Problem]:
    """One problem for each text and kind; what was found is not repeated, because reports are passed on."""
    for what, text, origin, key in _texts(atlas):
        for name, found in (("an e-mail address", _email(text)), ("a phone number", _phone(text))):
            if found:
                yield Problem("", f"this {what} holds {name}", origin.span(key),
                              "take it out: nobody needs to know who it was")


def _email(text: str) -> bool:
    return "@" in text and any(not OFFICE.fullmatch(match[1]) for match in EMAIL.finditer(text))


def _phone(text: str) -> bool:
    for match in PHONE.finditer(text) if DIGITS.search(text) else ():
        digits = sum(letter.isdigit() for letter in match[0])
        if FEWEST <= digits <= MOST and not DATE.match(match[0]):
            return True
    return False


def _texts(atlas: Atlas) -> Iterator[tuple[str, str, Origin, str]]:
    """What people said or what was noted of them: its kind, the text, and where it stands."""
    for evidence in atlas.evidence.values():
        yield "evidence", evidence.spec.summary, evidence.origin, "summary"
    for persona in atlas.personas.values():
        if persona.spec.quote:
            yield "quote", persona.spec.quote, persona.origin, "quote"
    for stage in atlas.stages.values():
        for question in stage.questions:
            yield "question", question.spec.ask, question.origin, "ask"
        for step in stage.steps:
            if step.spec.quote:
                yield "quote", step.spec.quote, step.origin, "quote"
            for index, pain in enumerate(step.spec.pains):
                origin = step.origin.at("pains", index)
                yield "pain", pain.text, origin, "text"
                if pain.root_cause:
                    yield "pain", pain.root_cause, origin, "root_cause"
