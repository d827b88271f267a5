"""Journeys made up for comparisons."""

from __future__ import annotations

import random

from journeybook.formats import score
from journeybook.views.compare import LABELS
from journeybook.views.journey_data import Item, JourneyData, LaneData, Overall, Score, StageData

PEOPLE = {"amira": "Amira & Söhne", "dev": "Dev", "li": "Li <the buyer>"}
STAGES = ("look", "choose", "buy", "use", "leave")
TEXTS = ("Reads reviews", "Waits", "Asks a friend", "5 < 6 & \"quoted\"", "Pays")
JOURNEY_LANES = ("owner", "personas", "scenario", "trigger", "goal", "business-goal", "end", "metrics")


def journey(seed: int) -> JourneyData:
    """A journey with some of everything, another for every seed."""
    dice = random.Random(seed)
    people = dice.sample(sorted(PEOPLE), dice.randint(0, 3))
    titles = dice.sample(STAGES, dice.randint(0, 5))
    stages = tuple(_stage(dice, number, name, people) for number, name in enumerate(titles, 1))
    return JourneyData(
        id=f"journey-{seed}", title=f"Journey <{seed}>", kind="journey", state=dice.choice(["current", "future"]),
        status=dice.choice(["draft", "in-review", "live"]), owner=dice.choice([("", ""), ("Sales", "people/teams/x/")]),
        personas=tuple((ident, PEOPLE[ident]) for ident in people), scale=(-2.0, 2.0),
        overall=tuple(Overall(who, "+1", score(-dice.random())) for who in ("", *people) if dice.random() < 0.8),
        lanes=_lanes(dice, [key for key in LABELS if key in JOURNEY_LANES], people), stages=stages)


def _stage(dice: random.Random, number: int, name: str, people: list[str]) -> StageData:
    ident = name if dice.random() < 0.6 else f"s{number}"
    listed = name if dice.random() < 0.5 else ""
    scores = tuple(_score(dice, who) for who in ("", *people) if dice.random() < 0.7)
    keys = [key for key in LABELS if key not in ("personas", "scenario", "trigger", "business-goal", "end", "emotion")]
    return StageData(ident, number, name.title(), (ident, name, listed), scores, _lanes(dice, keys, people))


def _score(dice: random.Random, who: str) -> Score:
    value = dice.choice([-2, -1, -0.5, 0, 0.5, 1, 2])
    return Score(who, value, score(value), dice.choice(["", "Fine", "Lost"]), "assumed")


def _lanes(dice: random.Random, keys: list[str], people: list[str]) -> tuple[LaneData, ...]:
    found = []
    for key in keys:
        items = tuple(_item(dice, people) for _ in range(dice.randint(0, 3)))
        if items:
            found.append(LaneData(key, items))
    return tuple(found)


def _item(dice: random.Random, people: list[str]) -> Item:
    text = dice.choice(TEXTS)
    who = tuple(dice.sample(people, dice.randint(0, len(people)))) if dice.random() < 0.4 else ()
    return Item(text, dice.choice(["", text.lower()]), dice.choice(["", "Severe"]), who, dice.choice([0, 1, 3]))
