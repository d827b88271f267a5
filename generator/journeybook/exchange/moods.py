"""Feelings as people write them in a sheet: a score of ours, a score on another scale, or a word."""

from __future__ import annotations

from typing import Any

from journeybook.exchange import cells

WORDS = {
    2: "delighted excited thrilled ecstatic love loving enthusiastic 😀 😁 😄 🤩 😍",
    1: "happy satisfied pleased glad relieved confident hopeful curious interested positive good trusting 🙂 😊 ☺",
    0: "neutral calm ok okay indifferent average mixed 😐 😑",
    -1: "sad unhappy frustrated anxious worried confused annoyed unsure uncertain impatient disappointed stressed "
        "negative bad bored torn overwhelmed doubtful nervous tired 🙁 😕 😟 😞",
    -2: "angry furious terrible awful desperate hate hating outraged 😠 😡 😢 😭 🤬",
}
SCORES = {word: score for score, words in WORDS.items() for word in words.split()}
"""Word → score from −2 to 2. A reading, not a measurement: such feelings are written as assumed."""
STRENGTHS = {"very", "quite", "a", "bit", "slightly", "really", "rather", "feeling", "feels"}


def read(text: str, scale: tuple[float, float], given: tuple[float, float] | None,
         words: dict[str, float]) -> tuple[Any, str]:
    """A feeling as it is written in YAML, and why it could not be read (``""`` when it was).

    ``scale`` is the atlas's; ``given`` that of the sheet, where it is another; ``words`` are the user's own.
    """
    found = cells.read_emotion(text)
    if found is not None:
        return _placed(found, scale, given)
    word = " ".join(text.split())
    score = words.get(word.casefold())
    if score is None:
        known = SCORES.get(word.casefold()) if word.casefold() in SCORES else next(
            (SCORES[part] for part in word.casefold().replace(",", " ").replace("/", " ").split()
             if part in SCORES and part not in STRENGTHS), None)
        if known is None or len(word) > 200:
            return None, f"`{word[:60]}` is no score and no feeling we know"
        score = _moved(known, (-2, 2), scale)
    return {"score": _number(score), "word": word}, ""


def _placed(found: Any, scale: tuple[float, float], given: tuple[float, float] | None) -> tuple[Any, str]:
    """Scores on the atlas's scale."""
    several = isinstance(found, dict) and "score" not in found
    feelings = found if several else {"": found}
    placed = {}
    for who, feeling in feelings.items():
        score = float(feeling["score"] if isinstance(feeling, dict) else feeling)
        low, high = given or scale
        if not low <= score <= high:
            return None, (f"the score {score:g} lies outside of {low:g} to {high:g}"
                          + ("" if given else "; a mapping file with `scale: [1, 5]` says that the sheet has another"))
        if given:
            moved = _number(_moved(score, given, scale))
            feeling = {**feeling, "score": moved} if isinstance(feeling, dict) else moved
        placed[who] = feeling
    return (placed if several else placed[""]), ""


def _moved(score: float, given: tuple[float, float], scale: tuple[float, float]) -> float:
    return scale[0] + (score - given[0]) / (given[1] - given[0]) * (scale[1] - scale[0])


def _number(score: float) -> Any:
    return cells.scalar(f"{round(score, 2):g}")
