"""The same content the way a team would write it for stock Material for MkDocs: Markdown pages, no plugin.

    python -m bench.natural --journeys 400 --seed 7 /tmp/stock

One page a journey (canvas as a table, a section a stage,
a curve and a flow line pasted in as SVG) and one page a
register. It is written to be fair: as many words as ours shows, no extension that is slow without need,
and fewer
pages (a persona, team or metric has no page of its own here).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import agreements
from bench.atlas import Firm, make_firm

SETTINGS = """\
site_name: Tallybird journeys
site_url: https://journeybook.example/
docs_dir: docs
edit_uri: https://github.com/journeybook/journeybook/edit/main/docs/

theme:
  name: material
  font: false
  icon:
    edit: material/file-edit-outline
  features:
    - content.action.edit
    - navigation.indexes
    - navigation.instant
    - navigation.path
    - navigation.prune
    - navigation.tabs
    - search.highlight
    - search.suggest
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      toggle: { icon: material/weather-sunny, name: Switch to dark mode }
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      toggle: { icon: material/weather-night, name: Switch to light mode }

plugins:
  - search

markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - tables
  - toc:
      permalink: true
"""
FACES = {-2: ":material-emoticon-angry-outline:", -1: ":material-emoticon-sad-outline:",
         0: ":material-emoticon-neutral-outline:", 1: ":material-emoticon-happy-outline:",
         2: ":material-emoticon-excited-outline:"}


def write_natural(firm: Firm, folder: Path) -> None:
    """``mkdocs.yml`` and ``docs/``."""
    for uri, text in natural_pages(firm):
        path = folder / "docs" / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")


def natural_pages(firm: Firm) -> Iterator[tuple[str, str]]:
    """Each page's place below ``docs/``, and its Markdown."""
    pages: dict[str, Iterable[str]] = {
        "index.md": _home(firm), "people/personas.md": _personas(firm), "people/teams.md": _teams(firm),
        "library/content.md": _content(firm), "library/metrics.md": _metrics(firm),
        "library/channels.md": _channels(firm), **agreements.pages(firm, _table)}
    for name in dict.fromkeys(firm.folders.values()):
        pages[f"journeys/{name}/index.md"] = _folder(firm, name)
    for ident in firm.journeys:
        pages[f"journeys/{firm.folders[ident]}/{ident}.md"] = _Journey(firm, ident).lines()
    for uri, lines in pages.items():
        yield uri, "\n".join(lines) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = list(head)
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _bullets(texts: Iterable[str]) -> Iterator[str]:
    yield from (f"- {text}" for text in texts)
    yield ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


class _Journey:
    """The page of one journey."""

    def __init__(self, firm: Firm, ident: str) -> None:
        self.firm, self.ident, self.data = firm, ident, firm.journeys[ident]
        self.folder = f"journeys/{firm.folders[ident]}"
        self.stages: list[dict[str, Any]] = self.data["stages"]
        self.people = [*_listed(self.data["persona"]), *self.data.get("personas", ())]

    def lines(self) -> Iterator[str]:
        data = self.data
        yield from ("---", f"description: {data['description'].replace('*', '').replace(': ', ', ')}", "---",
        "")
        yield from (f"# {data['title']}", "", data["description"], "")
        yield from _table(("Status", "Owner", "Last reviewed", "Evidence", "Lifecycle"), [(
            data["status"], self._team(data["owner"]), data["reviewed"], str(len(data["evidence"])),
            data["category"])])
        for label, key in (("Scenario", "scenario"), ("Starts when", "trigger"), ("Customer's goal", "goal"),
                           ("Business goal", "business_goal"), ("Ends when", "end_condition")):
            yield from (f"**{label}:** {data[key]}", "")
        yield from ("Personas: " + ", ".join(map(self._persona, self.people)), "", "## Journey canvas", "")
        yield from _flow(self.stages, data["transitions"])
        yield from _curve(self.averages())
        yield from self._canvas()
        yield from ("## Stage by stage", "")
        for number, stage in enumerate(self.stages, start=1):
            yield from self._stage(number, stage)
        yield from self._registers()

    def averages(self) -> list[float]:
        """A stage's mean score."""
        found = []
        for stage in self.stages:
            scores = [score for step in stage["steps"] for score in self._scores(step).values()]
            found.append(sum(scores) / len(scores))
        return found

    def _scores(self, step: dict[str, Any]) -> dict[str, int]:
        emotion = step["emotion"]
        if "score" in emotion:
            return dict.fromkeys(_listed(step.get("persona")) or self.people, emotion["score"])
        return dict(emotion)

    def _canvas(self) -> Iterator[str]:
        def row(name: str, cells: Iterable[str]) -> list[str]:
            return [f"**{name}**", *cells]

        def of_steps(key: str, join: str = "<br>") -> list[str]:
            return [join.join(f"“{step[key]}”" if key == "quote" else step[key] for step in stage["steps"]
                              if key in step) or "—" for stage in self.stages]

        averages = self.averages()
        yield from _table(["", *(f"{n} {stage['title']}" for n, stage in enumerate(self.stages, start=1))], [
            row("Goal", (stage["customer_goal"] for stage in self.stages)),
            row("Steps", of_steps("title")),
            row("Emotion", (f"{FACES[round(average)]} {average:+.1f}" for average in averages)),
            row("In their words", of_steps("quote")),
            row("Questions",
            ("<br>".join(q["ask"] for q in s.get("questions", ())) or "—" for s in self.stages)),
            row("Touchpoints", ("<br>".join(self._touchpoint(t) for t in _used(s)) for s in self.stages)),
            row("Content", ("<br>".join(map(self._asset, s["assets"])) for s in self.stages)),
            row("Pain points", ("<br>".join(f"{p['text']} ({p['severity']})" for step in s["steps"]
                                            for p in step.get("pains", ())) or "—" for s in self.stages)),
            row("Metrics", ("<br>".join(map(self._metric, s["metrics"])) for s in self.stages)),
            row("Backstage", of_steps("backstage")),
            row("Owner", (self._team(s["owner"]) for s in self.stages))])

    def _stage(self, number: int, stage: dict[str, Any]) -> Iterator[str]:
        yield from (f"### {number} · {stage['title']} {{#stage-{stage['id']}}}", "", stage["description"], "")
        yield from (f"**Goal:** {stage['customer_goal']} **Takes** {stage['duration']}. "
                    f"**Owner:** {self._team(stage['owner'])}", "")
        yield from _table(("Step", "Who", "Touchpoints", "Feeling"), (
            (f"**{step['title']}**" + (f"<br>{step['doing']}" if "doing" in step else ""),
             ", ".join(map(self._persona, _listed(step.get("persona")))) or "everybody",
             ", ".join(map(self._touchpoint, step["touchpoints"])),
             ", ".join(f"{self.firm.personas[who]['name']} {FACES[score]}" for who, score in
                       self._scores(step).items())) for step in stage["steps"]))
        for step in stage["steps"]:
            if "quote" in step:
                yield from (f"> {step['quote']}", "")
        for step in stage["steps"]:
            for pain in step.get("pains", ()):
                kind = {"severe": "danger", "medium": "warning", "low": "note"}[pain["severity"]]
                source = self.firm.evidence[pain["evidence"]]["summary"]
                yield from (f'!!! {kind} "{pain["text"]}"', "", f"    {pain['frequency']} · {source}", "")
        if "questions" in stage:
            yield from ("**Questions**", "")
            asked = ((question["ask"], question["count"]) for question in stage["questions"])
            yield from _bullets(f"{ask} (asked {count} times a quarter)" for ask, count in asked)
        behind = [step["backstage"] for step in stage["steps"] if "backstage" in step]
        if behind:
            yield from ('??? info "Backstage"', "", *(f"    - {text}" for text in behind), "")
        yield from agreements.commitments(stage)
        yield from ("**Signals**", "")
        yield from _bullets([*stage["signals"], *stage.get("risks", ())])
        leaving = [way for way in self.data["transitions"] if way["from"] == stage["id"]]
        if leaving:
            yield from ("**Where it goes on**", "")
            yield from _bullets(self._way(way) for way in leaving)

    def _registers(self) -> Iterator[str]:
        firm = self.firm
        metrics = dict.fromkeys([*self.data["metrics"], *(m for s in self.stages for m in s["metrics"])])
        yield from ("## Metrics", "")
        yield from _table(("Metric", "Now", "Target", "Owner"), (
            (self._metric(ident), f"{firm.values[ident][-1][1]} {firm.metrics[ident]['unit']}",
             str(firm.metrics[ident]["target"]),
             self._team(firm.metrics[ident]["owner"])) for ident in metrics))
        yield from ("## Content", "")
        assets = dict.fromkeys(a for s in self.stages for a in s["assets"])
        yield from _table(("Content", "Type", "Status", "Owner", "Reviewed"), (
            (self._asset(ident), firm.assets[ident]["type"], firm.assets[ident]["status"],
             self._team(firm.assets[ident]["owner"]), firm.assets[ident]["reviewed"]) for ident in assets))
        yield from agreements.handoffs(self.data, _table)
        if "decisions" in self.data:
            yield from ("## Decisions", "")
            yield from _bullets(f"{d['date']}: {d['choice']} {d['why']}" for d in self.data["decisions"])
        around = dict.fromkeys([*_listed(self.data.get("parent")), *self.data.get("related", ()),
                                *(s["detail"] for s in self.stages if "detail" in s)])
        if around:
            yield from ("## Related journeys", "")
            yield from _bullets(map(self._journey, around))

    def _way(self, way: dict[str, Any]) -> str:
        place, _, stage = way["to"].rpartition("/")
        target = self._journey(place, f"#stage-{stage}") if place else f"[{stage}](#stage-{stage})"
        note = way.get("condition") or way.get("trigger") or ""
        share = f" ({way['share']} %)" if "share" in way else ""
        return f"{way['type']}: {target} {note}{share}"

    def _to(self, text: str, uri: str) -> str:
        return f"[{text}]({os.path.relpath(uri, self.folder)})"

    def _journey(self, ident: str, anchor: str = "") -> str:
        return self._to(self.firm.journeys[ident]["title"],
        f"journeys/{self.firm.folders[ident]}/{ident}.md{anchor}")

    def _team(self, ident: str) -> str:
        return self._to(self.firm.teams[ident]["name"], f"people/teams.md#{ident}")

    def _persona(self, ident: str) -> str:
        return self._to(self.firm.personas[ident]["name"], f"people/personas.md#{ident}")

    def _touchpoint(self, ident: str) -> str:
        return self._to(self.firm.touchpoints[ident]["name"], f"library/channels.md#{ident}")

    def _asset(self, ident: str) -> str:
        return self._to(self.firm.assets[ident]["title"], f"library/content.md#{ident}")

    def _metric(self, ident: str) -> str:
        return self._to(self.firm.metrics[ident]["name"], f"library/metrics.md#{ident}")


def _used(stage: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(touchpoint for step in stage["steps"] for touchpoint in step["touchpoints"]))


def _curve(averages: list[float]) -> Iterator[str]:
    points = [(60 + 120 * n, 60 - 24 * score) for n, score in enumerate(averages)]
    yield f'<svg viewBox="0 0 {120 * len(points)} 120" role="img" aria-label="Emotion curve">'
    yield f'<line x1="0" y1="60" x2="{120 * len(points)}" y2="60" stroke="#999" stroke-dasharray="4 4"/>'
    path = " ".join(f"{x},{y:.0f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="#3f51b5" stroke-width="3"/>'
    yield from (f'<circle cx="{x}" cy="{y:.0f}" r="5" fill="#3f51b5"/>' for x, y in points)
    yield from ("</svg>", "")


def _flow(stages: list[dict[str, Any]], transitions: list[dict[str, Any]]) -> Iterator[str]:
    places = {stage["id"]: 60 + 120 * n for n, stage in enumerate(stages)}
    yield f'<svg viewBox="0 0 {120 * len(stages)} 110" role="img" aria-label="Stages">'
    yield f'<line x1="60" y1="70" x2="{120 * len(stages) - 60}" y2="70" stroke="#3f51b5" stroke-width="4"/>'
    for way in transitions:
        if way["from"] in places and way["to"] in places and way["type"] != "next":
            start, end = places[way["from"]], places[way["to"]]
            yield f'<path d="M{start} 70 Q{(start + end) // 2} 0 {end} 70" fill="none" stroke="#c62828"/>'
    for n, stage in enumerate(stages, start=1):
        x = places[stage["id"]]
        yield f'<circle cx="{x}" cy="70" r="14" fill="#fff" stroke="#3f51b5"/>'
        yield f'<text x="{x}" y="75" text-anchor="middle">{n}</text>'
        yield f'<text x="{x}" y="104" text-anchor="middle" font-size="12">{stage["title"]}</text>'
    yield from ("</svg>", "")


def _home(firm: Firm) -> Iterator[str]:
    yield from (f"# {firm.title}", "", "An invented firm, to measure with.", "", "## Journeys", "")
    for name in dict.fromkeys(firm.folders.values()):
        number = sum(folder == name for folder in firm.folders.values())
        yield f"- [{name}](journeys/{name}/index.md): {number} journeys"


def _folder(firm: Firm, name: str) -> Iterator[str]:
    yield from (f"# {name}", "")
    yield from _table(("Journey", "Status", "Owner", "Stages"), (
        (f"[{journey['title']}]({ident}.md)", journey["status"], firm.teams[journey["owner"]]["name"],
         str(len(journey["stages"]))) for ident,
         journey in firm.journeys.items() if firm.folders[ident] == name))


def _personas(firm: Firm) -> Iterator[str]:
    yield from ("# Personas", "")
    for ident, persona in firm.personas.items():
        yield from (f"## {persona['name']} {{#{ident}}}", "", persona["summary"], "", f"> {persona['quote']}",
        "")
        for key in ("goals", "problems", "behaviours", "buying_habits", "frustrations"):
            yield from (f"**{key.replace('_', ' ').capitalize()}**", "")
            yield from _bullets(persona[key])


def _teams(firm: Firm) -> Iterator[str]:
    yield from ("# Teams", "")
    for ident, team in firm.teams.items():
        yield from (f"## {team['name']} {{#{ident}}}", "", f"Led by {team['lead']}, {team['contact']}.", "")
        yield from _bullets(team["members"])


def _content(firm: Firm) -> Iterator[str]:
    yield from ("# Content", "")
    yield from _table(("Title", "Type", "Status", "Owner", "For", "Reviewed"), (
        (f'<a id="{ident}"></a>[{asset["title"]}]({asset["url"]})', asset["type"], asset["status"],
         firm.teams[asset["owner"]]["name"], ", ".join(firm.personas[p]["name"] for p in asset["personas"]),
         asset["reviewed"]) for ident, asset in firm.assets.items()))


def _metrics(firm: Firm) -> Iterator[str]:
    yield from ("# Metrics", "")
    for ident, metric in firm.metrics.items():
        yield from (f"## {metric['name']} {{#{ident}}}", "", metric["definition"], "")
        yield from _table(("Month", "Value"),
        ((day.isoformat(), str(value)) for day, value in firm.values[ident]))


def _channels(firm: Firm) -> Iterator[str]:
    yield from ("# Channels", "")
    yield from _table(("Touchpoint", "Channel", "Owner"), (
        (f'<a id="{ident}"></a>{touchpoint["name"]}', touchpoint["channel"],
        firm.teams[touchpoint["owner"]]["name"])
        for ident, touchpoint in firm.touchpoints.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--journeys", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dense", action="store_true", help="journeys with more stages and steps")
    given = parser.parse_args()
    write_natural(make_firm(given.journeys, given.seed, dense=given.dense), given.folder)


if __name__ == "__main__":
    main()
