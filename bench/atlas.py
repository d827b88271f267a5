"""An invented firm of any size, the same for the same seed, written as an atlas.

    python -m bench.atlas --journeys 400 --seed 7 /tmp/atlas
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from bench import agreements, words
from bench.words import Writer

TODAY = date(2026, 11, 15)  # what both builds take for today
FOLDER = 25  # journeys a folder
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
CHANNELS = ("web", "email", "phone", "chat", "app", "store", "post", "social", "event", "partner")
STAGES, STEPS = (4, 6), (1, 2)
"""From, to: as in the 22 journeys of the demos, which have 4.6 stages, 7.0 steps and 3.3 questions, 9.7 KB of YAML."""
DENSE_STAGES, DENSE_STEPS = (5, 8), (2, 4)
"""Nearly three times as many steps: 15.4 KB."""
SCORES = (-2, -1, -1, 0, 1, 1, 2)
Records = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Firm:
    """Everything both sites are made from. ``folders`` says where a journey's file is."""

    title: str
    steps: tuple[int, int] = STEPS
    teams: Records = field(default_factory=dict)
    personas: Records = field(default_factory=dict)
    touchpoints: Records = field(default_factory=dict)
    assets: Records = field(default_factory=dict)
    metrics: Records = field(default_factory=dict)
    evidence: Records = field(default_factory=dict)
    journeys: Records = field(default_factory=dict)
    promises: Records = field(default_factory=dict)
    loops: Records = field(default_factory=dict)
    opportunities: Records = field(default_factory=dict)
    values: dict[str, list[tuple[date, float]]] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)


def make_firm(journeys: int, seed: int, stages: int | None = None, *, dense: bool = False) -> Firm:
    """A firm with that many journeys, as large as those of the demos; registers grow with them.

    ``stages`` is how many each has; ``dense`` ones have more stages, and more steps in each.
    """
    chance = random.Random(seed)
    writer = Writer(chance)
    firm = Firm("Tallybird at work", DENSE_STEPS if dense else STEPS)
    few, many = (stages, stages) if stages else DENSE_STAGES if dense else STAGES
    _registers(firm, journeys, writer)
    for number in range(journeys):
        area = number // FOLDER
        name = f"{words.AREAS[area % len(words.AREAS)]}-{area + 1}"
        firm.folders[f"{name}-{number % FOLDER + 1:02}"] = name
    idents = list(firm.folders)
    plans = {ident: [f"{words.STAGES[at].lower().replace(' ', '-')}" for at in _stage_places(chance, few, many)]
             for ident in idents}
    for number, ident in enumerate(idents):
        firm.journeys[ident] = _Journey(firm, writer, plans, idents, number).made()
    _answers(firm, writer)
    agreements.agree(firm, writer, TODAY)
    return firm


def _stage_places(chance: random.Random, few: int, many: int) -> list[int]:
    return sorted(chance.sample(range(len(words.STAGES)), few if few == many else chance.randint(few, many)))


def _registers(firm: Firm, journeys: int, writer: Writer) -> None:
    chance = writer.chance
    for n in range(8 + journeys // 50):
        region = f" {words.REGIONS[n // len(words.TEAMS) % 8]}" if n >= len(words.TEAMS) else ""
        name = f"{words.TEAMS[n % len(words.TEAMS)]}{region}"
        firm.teams[f"team-{n + 1}"] = {
            "name": name, "lead": writer.person(), "contact": f"team{n + 1}@tallybird.example",
            "members": [writer.person() for _ in range(chance.randint(2, 6))]}
    teams = list(firm.teams)
    for n in range(10 + journeys // 8):
        firm.evidence[f"source-{n + 1}"] = {
            "kind": writer.of(("interview", "survey", "ticket", "analytics", "workshop")),
            "summary": writer.text(1, 2), "date": _day(chance, 300), "n": chance.randint(5, 900),
            "confidence": writer.of(("low", "medium", "high"))}
    for n in range(4 + journeys // 40):
        firm.personas[f"persona-{n + 1}"] = _persona(n, firm, writer)
    for n in range(20 + journeys // 4):
        channel = writer.of(CHANNELS)
        thing = writer.of(words.THINGS).partition(" ")[2]
        firm.touchpoints[f"touchpoint-{n + 1}"] = {
            "name": f"{thing.capitalize()} by {channel}",
            "channel": channel, "direction": writer.of(("to-customer", "to-company", "third-party")),
            "ownership": writer.of(("own", "partner", "earned")), "owner": writer.of(teams)}
    metrics = [f"metric-{n + 1}" for n in range(6 + journeys // 2)]
    for n, ident in enumerate(metrics):
        firm.metrics[ident], firm.values[ident] = _metric(n, metrics, teams, writer)
    for n in range(6 + 3 * journeys):
        kind = writer.of(words.KINDS)
        firm.assets[f"asset-{n + 1}"] = {
            "title": f"{writer.of(words.GOALS).capitalize()}: the {kind}", "type": kind,
            "url": f"https://tallybird.example/library/{n + 1}", "owner": writer.of(teams),
            "status": writer.of(("live",) * 30 + ("planned", "idea")),
            "personas": writer.some(list(firm.personas), 1, 2),
            "format": writer.of(("PDF", "Web page", "Video")), "language": "en",
            "metrics": [writer.of(metrics)], "reviewed": _day(chance, 372)}


def _persona(n: int, firm: Firm, writer: Writer) -> dict[str, Any]:
    chance = writer.chance
    return {
        "name": f"{words.NAMES[n % len(words.NAMES)]} {writer.of(words.SURNAMES)}",
        "role": writer.some(("buyer", "customer", "user", "influencer"), 1, 2), "summary": writer.text(2, 2),
        "demographics": {"age": f"{chance.randint(25, 40)} to {chance.randint(41, 60)}",
        "location": "Small town"},
        "work": {"title": writer.of(("Owner", "Bookkeeper", "Partner", "Office manager")),
        "role": writer.goal()}, "goals": [writer.goal() for _ in range(3)],
        "problems": [writer.pain() for _ in range(3)],
        "motivations": {"emotional": [writer.goal()], "logical": [writer.goal()]},
        "behaviours": [writer.happening() for _ in range(3)],
        "buying_habits": [writer.happening() for _ in range(2)],
        "preferred_channels": writer.some(CHANNELS, 2, 3), "frustrations": [writer.pain() for _ in range(2)],
        "quote": writer.quote(), "basis": writer.of(("assumed", "observed", "measured")),
        "sources": writer.some(list(firm.evidence), 1, 2), "owner": writer.of(list(firm.teams)),
        "reviewed": _day(chance, 400)}


def _metric(n: int, idents: list[str], teams: list[str],
            writer: Writer) -> tuple[dict[str, Any], list[tuple[date, float]]]:
    chance = writer.chance
    unit, direction = chance.choice(words.UNITS)
    level = chance.uniform(10, 80)
    values = []
    for month in range(13):
        level *= chance.uniform(0.94, 1.07)
        values.append((_month_end(2025, 9 + month), round(level, 1)))
    record: dict[str, Any] = {
        "name": f"{writer.of(words.STAGES)}: {unit} {n + 1}", "definition": writer.text(1, 2),
        "kind": writer.of(("perception", "behaviour", "outcome", "operational")), "unit": unit,
        "direction": direction, "baseline": values[0][1],
        "target": round(values[0][1] * (1.1 if direction == "up" else 0.9), 1), "owner": writer.of(teams),
        "source": writer.of(("CRM", "Help desk", "Web statistics")), "cadence": "monthly",
        "values": f"values/metric-{n + 1}.csv"}
    if n + 1 < len(idents) and writer.maybe(0.5):
        record["drives"] = [chance.choice(idents[n + 1:n + 10])]
    return record, values


def _month_end(year: int, month: int) -> date:
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _day(chance: random.Random, ago: int) -> str:
    return (TODAY - timedelta(days=chance.randint(1, ago))).isoformat()


class _Journey:
    """One journey. The first of a folder is the overview that the others are details of."""

    def __init__(self, firm: Firm, writer: Writer, plans: dict[str, list[str]], idents: list[str],
                 number: int) -> None:
        self.firm, self.writer, self.chance = firm, writer, writer.chance
        self.plans, self.idents, self.number = plans, idents, number
        self.ident = idents[number]
        self.first = number - number % FOLDER
        self.personas = writer.some(list(firm.personas), 1, 3)
        self.teams = list(firm.teams)
        self.accountable = writer.some(self.teams, 2, 2)  # of its stages
        self.sources = list(firm.evidence)

    def made(self) -> dict[str, Any]:
        writer, chance = self.writer, self.chance
        overview = self.number == self.first
        record: dict[str, Any] = {
            "title": f"{writer.of(words.GOALS).capitalize()}, {writer.of(words.WHEN)}",
            "description": writer.text(1, 2), "kind": "lifecycle" if overview else "journey",
            "category": writer.of(("prospect", "buyer", "customer", "user", "churn")),
            "level": 0 if overview else 1, "state": "current",
            "status": writer.of(("draft", "in-review", "validated", "live")), "persona": self.personas[0],
            "personas": self.personas[1:], "scenario": writer.text(), "goal": writer.goal(),
            "business_goal": writer.goal(), "trigger": writer.happening(),
            "end_condition": writer.happening(), "owner": writer.of(self.teams), "sponsor": writer.person(),
            "contributors": writer.some(self.teams, 1, 3), "metrics": self._of("metric", 2),
            "tags": writer.some(words.AREAS, 1, 3), "evidence": writer.some(self.sources, 1, 3),
            "reviewed": _day(chance, 372)}
        if not overview:
            record["parent"] = self.idents[self.first]
            record["related"] = [self._other()]
        if writer.maybe(0.4):
            record["decisions"] = [{"date": _day(chance, 200), "choice": writer.sentence(),
            "why": writer.sentence()}]
        plan = self.plans[self.ident]
        record["stages"] = [self._stage(stage, index, len(plan)) for index, stage in enumerate(plan)]
        record["transitions"] = list(self._transitions(plan))
        return {key: value for key, value in record.items() if value != []}

    def _stage(self, ident: str, index: int, of: int) -> dict[str, Any]:
        writer, chance = self.writer, self.chance
        role = "entry" if index == 0 else "exit" if index == of - 1 else "normal"
        stage: dict[str, Any] = {
            "id": ident, "title": ident.replace("-", " ").capitalize(), "role": role,
            "description": writer.text(1, 1), "customer_goal": writer.goal(),
            "duration": f"{chance.randint(2, 20)} days", "owner": writer.of(self.accountable),
            "signals": [writer.happening() for _ in range(chance.randint(1, 2))],
            "assets": self._of("asset", 2), "metrics": self._of("metric", 2)}
        if writer.maybe(0.5):
            stage["questions"] = [
                {"id": f"q{n + 1}", "ask": writer.question(), "asked_by": writer.of(self.personas),
                 "count": chance.randint(3, 150), "period": "quarterly"} for n in range(chance.randint(1, 2))]
        if writer.maybe(0.3):
            stage["risks"] = [writer.pain()]
        if writer.maybe(0.2):
            stage["moments_of_truth"] = writer.sentence()
        if self.number == self.first and self.first + index + 1 < len(self.idents):
            stage["detail"] = self.idents[self.first + index + 1]
        stage["steps"] = [self._step() for _ in range(chance.randint(*self.firm.steps))]
        return stage

    def _step(self) -> dict[str, Any]:
        writer, chance = self.writer, self.chance
        step: dict[str, Any] = {"title": writer.happening(), "touchpoints": self._of("touchpoint", 2)}
        if writer.maybe(0.4):
            step["persona"] = writer.of(self.personas)
        if writer.maybe(0.35):
            step["doing"] = writer.sentence()
        if writer.maybe(0.2):
            step["frontstage"], step["backstage"] = writer.sentence(), writer.sentence()
        if writer.maybe(0.35):
            step["quote"] = writer.quote()
        if "persona" in step or len(self.personas) == 1:
            step["emotion"] = {"score": chance.choice(SCORES), "word": writer.of(words.MOODS),
                               "basis": writer.of(("assumed", "observed", "measured")),
                               "evidence": writer.of(self.sources)}
        else:
            step["emotion"] = {persona: chance.choice(SCORES) for persona in self.personas}
        if writer.maybe(0.45):
            step["pains"] = [{"text": writer.pain(), "severity": writer.of(("low", "medium", "severe")),
                              "frequency": f"{chance.randint(3, 30)} of {chance.randint(31, 90)} calls",
                              "evidence": writer.of(self.sources)} for _ in range(chance.randint(1, 2))]
        if writer.maybe(0.4):
            step["gains"] = [writer.goal()]
        if writer.maybe(0.1):
            step["moment_of_truth"] = True
        return step

    def _transitions(self, plan: list[str]) -> Any:
        """Back, loop and skip inside; a way or two into other journeys."""
        writer, chance = self.writer, self.chance
        middle = chance.randrange(1, len(plan) - 1)
        yield {"from": plan[middle], "to": plan[middle + 1], "type": "next", "share": chance.randint(50, 80)}
        yield {"from": plan[middle], "to": plan[0], "type": "back", "condition": writer.happening()}
        yield {"from": plan[-2], "to": plan[1], "type": "loop", "condition": writer.happening(), "share": 12}
        if middle + 2 < len(plan) and writer.maybe(0.5):
            yield {"from": plan[middle], "to": plan[middle + 2], "type": "skip", "share": 9}
        for _ in range(chance.randint(0, 2)):
            other = self._other()
            yield {"from": writer.of(plan), "to": f"{other}/{chance.choice(self.plans[other])}",
                   "type": "exit", "trigger": writer.happening()}

    def _other(self) -> str:
        """Mostly a neighbour, sometimes anything."""
        near = self.idents[self.first:self.first + FOLDER] if self.writer.maybe(0.8) else self.idents
        others = [ident for ident in near if ident != self.ident]
        return self.chance.choice(others or [ident for ident in self.idents if ident != self.ident])

    def _of(self, kind: str, most: int) -> list[str]:
        """Records near the journey's own part of a register: what is used is used by a few neighbours."""
        register: Records = getattr(self.firm, f"{kind}s")
        centre = self.number * len(register) // len(self.idents)
        spread = range(max(centre - 6, 0), min(centre + 7, len(register)))
        picked = self.chance.sample(spread, min(len(spread), self.chance.randint(1, most)))
        return [f"{kind}-{n + 1}" for n in picked]


def _answers(firm: Firm, writer: Writer) -> None:
    """Nearly all questions have content that answers them, where the stage has any that is published."""
    for ident, journey in firm.journeys.items():
        for stage in journey["stages"]:
            for question in stage.get("questions", ()):
                live = [asset for asset in stage["assets"] if firm.assets[asset]["status"] == "live"]
                if live and writer.maybe(0.94):
                    answers = firm.assets[writer.of(live)].setdefault("answers", [])
                    answers.append(f"{ident}/{stage['id']}#{question['id']}")


def write_atlas(firm: Firm, folder: Path) -> None:
    """``mkdocs.yml`` and ``maps/``."""
    maps = folder / "maps"
    (maps / "journeys").mkdir(parents=True)
    (maps / "values").mkdir()
    settings = Path(__file__).parent.parent / "mkdocs.yml"
    (folder / "mkdocs.yml").write_text(settings.read_text("utf-8"), "utf-8")
    _dump(maps / "atlas.yml", {"title": firm.title, "description": "An invented firm, to measure with.",
                               "purchase_point": "First paid month", "review_every": "12 months",
                               "calendar": agreements.CALENDAR, "checks": agreements.LEVELS})
    for key in ("teams", "personas", "touchpoints", "metrics", "evidence", "assets", "promises", "loops",
                "opportunities"):
        records = list(getattr(firm, key).items())
        for part in range(0, len(records), 500):
            _dump(maps / f"{key}-{part // 500 + 1}.yml", {key: dict(records[part:part + 500])})
    for ident, journey in firm.journeys.items():
        place = maps / "journeys" / firm.folders[ident]
        place.mkdir(exist_ok=True)
        _dump(place / f"{ident}.yml", journey)
    for ident, values in firm.values.items():
        rows = "".join(f"{day.isoformat()},{value}\n" for day, value in values)
        (maps / "values" / f"{ident}.csv").write_text(f"date,value\n{rows}", "utf-8")


def _dump(path: Path, data: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(data, file, Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--journeys", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dense", action="store_true", help="journeys with more stages and steps")
    given = parser.parse_args()
    write_atlas(make_firm(given.journeys, given.seed, dense=given.dense), given.folder)


if __name__ == "__main__":
    main()
