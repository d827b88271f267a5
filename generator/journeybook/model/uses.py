"""Where a record is defined and where it is used, for every kind that has ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError, Span
from journeybook.schema.mentions import Mention, mentions
from journeybook.schema.records import KIND_OF
from journeybook.schema.types import IDENT, nearest, slug
from journeybook.schema.validate import Contents
from journeybook.source.document import Document, Route

IN_STAGE = {"question": "questions", "commitment": "commitments", "pain": "pains"}
"""Kinds that stand in a stage and are named ``journey/stage#id``, with the key that holds them."""
KINDS = ("journey", "stage", *IN_STAGE, *KIND_OF.values())


@dataclass(frozen=True, slots=True)
class Name:
    """One record: ``team:sales``, ``stage:renewal/quote``, ``question:renewal/quote#price``."""

    kind: str
    journey: str
    stage: str
    ident: str

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{self.kind}:{self.whole}"

    @property
    def whole(self) -> str:
        """The id with the way to it."""
        if self.kind in IN_STAGE:
            return f"{self.journey}/{self.stage}#{self.ident}"
        return f"{self.journey}/{self.ident}" if self.kind == "stage" else self.ident


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a record is named. ``part`` are the characters of the text that are its id."""

    mention: Mention
    part: tuple[int, int]

    @property
    def span(self) -> Span:
        """Where it is."""
        return self.mention.document.locate(self.mention.route, key=self.mention.is_key)


def parse(text: str) -> Name:
    """``KIND:ID`` as a name. Raises :class:`JourneybookError` with the next step where it is none."""
    kind, colon, whole = text.partition(":")
    if kind not in KINDS or not colon:
        close = nearest(kind, KINDS)
        raise JourneybookError(f"`{text}` does not say what it is",
                               f"write KIND:ID, such as `{close or 'team'}:{whole or 'sales'}`; kinds are "
                               f"{', '.join(KINDS)}")
    place, _, ident = whole.rpartition("#") if kind in IN_STAGE else whole.rpartition("/")
    journey, _, stage = place.partition("/") if kind in IN_STAGE else (place, "", "")
    if (kind in IN_STAGE and not (journey and stage)) or (kind == "stage" and not journey):
        wanted = "journey/stage" + ("#id" if kind in IN_STAGE else "")
        raise JourneybookError(f"`{whole}` does not say which {kind} it is", f"write `{kind}:{wanted}`")
    if not all(IDENT.fullmatch(part) for part in (journey, stage, ident) if part) or (
            kind not in ("stage", *IN_STAGE) and journey):
        raise JourneybookError(f"`{whole}` is no id", "ids have lower-case letters, digits and hyphens")
    return Name(kind, journey, stage, ident)


def uses(name: Name, contents: Iterable[Contents]) -> Iterator[Use]:
    """Every place that names a record, file by file, in reading order."""
    for content in contents:
        found = [use for mention in mentions(content) if (use := _use(name, mention))]
        yield from sorted(found, key=lambda use: use.span)


def _use(name: Name, mention: Mention) -> Use | None:
    text, kinds = mention.text, mention.kinds
    if name.kind == "journey":
        return _journey_use(name, mention)
    if name.kind == "stage":
        if "stage" not in kinds and not set(kinds) & IN_STAGE.keys():
            return None
        place = text.partition("#")[0]
        if place == f"{name.journey}/{name.ident}":
            return Use(mention, (len(name.journey) + 1, len(place)))
        if place == name.ident and mention.home == name.journey and ("#" in text or "stage" in kinds):
            return Use(mention, (0, len(place)))
        return None
    if name.kind in IN_STAGE:
        return _part_use(name, mention) if name.kind in kinds else None
    if name.kind not in kinds:
        return None
    if "stage" in kinds:  # of a loop: a stage, or `asset:id`
        return Use(mention, (len("asset:"), len(text))) if text == f"asset:{name.ident}" else None
    return Use(mention, (0, len(text))) if text == name.ident else None


def _journey_use(name: Name, mention: Mention) -> Use | None:
    text = mention.text
    if "journey" in mention.kinds and text == name.ident:
        return Use(mention, (0, len(text)))
    journey, slash, _ = text.partition("#")[0].partition("/")
    staged = {"stage", *IN_STAGE} & set(mention.kinds)
    return Use(mention, (0, len(journey))) if staged and slash and journey == name.ident else None


def _part_use(name: Name, mention: Mention) -> Use | None:
    place, mark, ident = mention.text.rpartition("#")
    if ident != name.ident:
        return None
    here = place in (f"{name.journey}/{name.stage}", name.stage if mention.home == name.journey else None)
    if not mark:  # a commitment of the stage in which it is written
        here = (name.kind == "commitment" and mention.home == name.journey
                and stage_at(mention.document, mention.route) == name.stage)
    return Use(mention, (len(mention.text) - len(ident), len(mention.text))) if here else None


def stage_at(document: Document, route: Route) -> str:
    """The id of the stage of a journey file in which a route lies, ``""`` outside of stages."""
    if len(route) < 2 or route[0] != "stages":
        return ""
    raw = document.value(route[:2])
    if isinstance(raw, str):
        return slug(raw)
    own = raw.get("id") if isinstance(raw, dict) else None
    return own if isinstance(own, str) else slug(str(raw.get("title", ""))) if isinstance(raw, dict) else ""
