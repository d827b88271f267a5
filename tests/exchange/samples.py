"""Random journeys of all that a sheet can hold, as YAML and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from journeybook.exchange.drafts import Setting
from journeybook.exchange.rows import MERGED
from journeybook.model import Atlas, Journey
from journeybook.schema.types import slug
from support import answered

PEOPLE = {"personas": {"amira": {"name": "Amira"}, "dev": {"name": "Dev; #2: the \"other\", one"}},
          "teams": {"sales": {"name": "Sales"}, "care": {"name": "Care"}},
          "touchpoints": {"shop": {"name": "Shop", "channel": "web"}},
          "assets": {"guide": {"title": "Guide"}, "video": {"title": "Video"}},
          "metrics": {"nps": {"name": "NPS"}, "churn": {"name": "Churn"}},
          "opportunities": {"list": {"statement": "A list"}}}
KNOWN = {"persona": {"amira", "dev"}, "team": {"sales", "care"}, "touchpoint": {"shop"}, "asset": {"guide", "video"},
         "metric": {"nps", "churn"}, "opportunity": {"list"}, "channel": {"web", "email"}, "journey": {"other"},
         "category": {"prospect", "buyer", "customer", "user", "churn"}}

LINE = st.text(st.one_of(st.sampled_from(" abcÄß日-=+@'\"#;:,%*•[]()|<>&`{}!?/\\.0159"), st.sampled_from("xyz")),
               min_size=1, max_size=24).map(lambda text: " ".join(text.split())).filter(bool)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
SOME = st.lists(TEXT, min_size=1, max_size=3)


def ids(*known: str) -> st.SearchStrategy[list[str]]:
    """Some of these, each once."""
    return st.lists(st.sampled_from(known), min_size=1, max_size=len(known), unique=True)


def feeling() -> st.SearchStrategy[Any]:
    """A score, or a score with a word and what it rests on."""
    score = st.sampled_from(["-2", "-1", "0", "1", "2", "0.5", "-1.25"])
    full = st.fixed_dictionaries({"score": score}, optional={
        "word": LINE, "basis": st.sampled_from(["assumed", "observed", "measured"])})
    one = st.one_of(score, full)
    return st.one_of(one, st.dictionaries(st.sampled_from(["amira", "dev"]), one, min_size=1))


STEP = st.fixed_dictionaries({"title": LINE}, optional={
    "persona": ids("amira", "dev"), "touchpoints": ids("shop"), "channel": ids("web", "email"), "doing": TEXT,
    "thinking": TEXT, "quote": TEXT, "emotion": feeling(), "gains": SOME, "moment_of_truth": st.just("yes"),
    "pains": st.lists(st.one_of(TEXT, st.fixed_dictionaries({
        "text": TEXT, "severity": st.sampled_from(["low", "medium", "severe"])})), min_size=1, max_size=3),
    "duration": st.sampled_from(["2 days", "3 business days", "1 to 2 weeks"]), "frontstage": TEXT, "backstage": TEXT,
    "systems": st.lists(LINE, min_size=1, max_size=2), "physical_evidence": TEXT})
STAGE = st.fixed_dictionaries({"title": LINE}, optional={
    "steps": st.lists(STEP, min_size=1, max_size=3), "owner": st.sampled_from(["sales", "care"]),
    "categories": ids("buyer", "customer"), "role": st.sampled_from(["entry", "exit", "hinge"]), "description": TEXT,
    "customer_goal": TEXT, "questions": SOME, "entry": SOME, "exit": SOME, "duration": st.just("2 hours"),
    "assets": ids("guide", "video"), "metrics": ids("nps", "churn"), "emotion": feeling(), "signals": SOME,
    "risks": SOME, "moments_of_truth": SOME, "opportunities": ids("list")})
JOURNEY = st.fixed_dictionaries(
    {"title": LINE, "owner": st.just("sales"), "stages": st.lists(STAGE, min_size=1, max_size=3)},
    optional={"description": TEXT, "categories": ids("buyer", "churn"), "personas": ids("amira", "dev"),
              "status": st.sampled_from(["live", "in-review"]), "state": st.just("future"), "scenario": TEXT,
              "goal": TEXT, "business_goal": TEXT, "trigger": TEXT, "end_condition": TEXT, "sponsor": LINE,
              "kind": st.just("blueprint"), "level": st.sampled_from(["0", "3"]), "metrics": ids("nps"),
              "tags": st.lists(LINE, min_size=1, max_size=2),
              "reviewed": st.just("2026-03-31"), "review_every": st.just("6 months")})


def with_ids(journey: dict[str, Any]) -> dict[str, Any]:
    """Stages with ids of their own: two may be called the same."""
    stages = [{**stage, "id": f"{slug(stage['title'])[:20] or 'stage'}-{number}"}
              for number, stage in enumerate(journey["stages"])]
    return {**journey, "stages": stages}


def read(text: str) -> tuple[Journey, Atlas]:
    """The journey of a YAML text, in an atlas with the records above."""
    atlas, _ = answered({"maps/j.yml": text.encode(), "maps/people.yml": yaml.safe_dump(PEOPLE).encode()})
    return atlas.journeys["j"], atlas


def setting() -> Setting:
    """The atlas above, as an import sees it."""
    called = {kind: {} for kind in KNOWN} | {
        "persona": {record["name"].casefold(): ident for ident, record in PEOPLE["personas"].items()}}
    return Setting("J", "sales", (-2, 2), {kind: frozenset(known) for kind, known in KNOWN.items()}, called)


def told(journey: Journey) -> dict[str, Any]:
    """All that was written, in one shape: ids as they hold, two keys for one thing as one."""
    data: dict[str, Any] = journey.spec.model_dump()
    for key, other in MERGED.items():
        data[key] = list(dict.fromkeys([*data.pop(other), *data[key]]))
    data["id"] = journey.id
    for stage, record in zip(data["stages"], journey.stages, strict=True):
        stage["id"] = record.key.stage
        stage["categories"] = list(dict.fromkeys([*stage.pop("category"), *stage["categories"]]))
    return data


CASES = Path(__file__).parents[1] / "cases" / "exchange"
