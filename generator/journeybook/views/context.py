"""What all pages share: places of records, references to them, and the same item built once."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date
from pathlib import Path

from journeybook.changes.entities import Preview
from journeybook.diagrams.charts import Series
from journeybook.formats import day, number, plural, score
from journeybook.hosting import edit_address
from journeybook.model import (
    Asset,
    Atlas,
    Journey,
    Metric,
    Persona,
    Stage,
    StageKey,
    Team,
    Touchpoint,
)
from journeybook.model.business import words_of_calendar
from journeybook.model.reviews import due
from journeybook.problems import Problem
from journeybook.schema.types import slug
from journeybook.settings import Settings
from journeybook.views import parts, stage_parts
from journeybook.views.fingerprints import Fingerprints
from journeybook.views.items import about_asset, asset_item, tone_of, trend_of
from journeybook.views.marks import marks_of
from journeybook.views.problem_notes import by_place, by_team, record_link
from journeybook.views.reads import Reads, Shared
from journeybook.views.record_places import channel_uri, journey_uri, question_anchor, stage_to
from journeybook.views.text import inline, plain
from journeybook.views.vocabulary import (
    ASSET_STATUS,
    KINDS,
    METRIC_STATUS,
    STATES,
    STATUS_TONE,
    status_tag,
)
from journeybook.words import _


def letters(name: str) -> str:
    """Initials of a name, two at most."""
    words = [word for word in name.replace("&", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper() or "?"


class Context:
    """The atlas, its problems and the day, with the parts that many pages show."""

    def __init__(self, atlas: Atlas, problems: list[Problem], settings: Settings,
                 replaced: frozenset[str] = frozenset(), preview: Preview | None = None,
                 fingerprints: Fingerprints | None = None) -> None:
        self.reads = Reads(atlas, fingerprints)
        self.atlas = self.reads.atlas
        self._replaced = replaced
        self._preview = preview
        self.marks = marks_of(preview)
        self.settings = settings
        self._problems = problems
        self._all_problems = self.reads.table("problems", lambda: {0: self._problems})
        self.by_file = self.reads.table("problems by file", self._by_file)
        self.problems_by_team = self.reads.table("problems by team", lambda: by_team(atlas, problems))
        self.problem_records = self.reads.table("records of problems", lambda: by_place(atlas, problems, self.shown))
        self._titles = self.reads.table("titles", lambda: {i: j.spec.title for i, j in atlas.journeys.items()})
        self._metrics: Shared = {}
        self._assets: Shared = {}
        self._asset_rows: Shared = {}
        self._cards: Shared = {}
        self._inside: dict[str, str] = {}
        self._teams: Shared = {}
        self._stage_links: Shared = {}

    @property
    def preview_link(self) -> parts.Link | None:
        """To what a preview changes, in a number."""
        if self._preview is None:
            return None
        count = sum(len(group.changes) for group in self._preview.groups)
        return parts.Link(plural("This preview: %(num)s change since %(base)s", "This preview: %(num)s changes since "
                                 "%(base)s", count, base=self._preview.base), "changes/#preview")

    @property
    def problems(self) -> list[Problem]:
        """All of them, in reading order."""
        return self._all_problems[0]

    def _by_file(self) -> dict[str, list[Problem]]:
        """Path → the problems of a file."""
        found: dict[str, list[Problem]] = defaultdict(list)
        for problem in self._problems:
            found[problem.span.path].append(problem)
        return found

    def shown(self, ident: str) -> bool:
        """Whether a journey has a page with its map (not one with its problems)."""
        return ident in self.atlas.journeys and ident not in self._replaced

    @property
    def calendar_words(self) -> str:
        """The business hours that verdicts use."""
        return words_of_calendar(self.atlas)

    def team(self, team: Team | None) -> parts.TeamRef | None:
        """An owner as cells show it."""
        if team is None:
            return None
        return self.reads.part(self._teams, team, _team)

    def somebody(self, text: str | None) -> str:
        """A person or team field: the team's name where the text is a team's id."""
        if not text:
            return ""
        team = self.atlas.teams.get(text)
        return team.spec.name if team else text

    def persona(self, persona: Persona, index: int = 0) -> parts.PersonaRef:
        """A persona at its place on a page."""
        return parts.PersonaRef(index, persona.id, persona.spec.name, letters(persona.spec.name)[:1],
                                persona.spec.summary or "", f"people/personas/{persona.id}/")

    def edit(self, path: str, line: int = 0) -> str:
        """The address that opens a file (at a line) at the host, ``""`` where the site has none."""
        full = self._full(path)
        folder = self.settings.folder_of(full)
        if folder:
            inside = full.relative_to(folder.path).as_posix()
            return edit_address(folder.edit_pattern, f"{folder.edit_folder}/{inside}", line)
        inside = self.inside(path) if self.settings.edit_pattern else ""
        return edit_address(self.settings.edit_pattern, f"{self.settings.edit_folder}/{inside}", line) if inside else ""

    def _full(self, path: str) -> Path:
        return Path(os.path.normpath(self.settings.root / path)) if path.startswith("..") else self.settings.root / path

    def inside(self, path: str) -> str:
        """A file's place in the atlas."""
        if path not in self._inside:
            self._inside[path] = self.settings.place(self._full(path))
        return self._inside[path]

    def stage_link(self, stage: Stage, *, note: str = "") -> parts.Link:
        """A stage of any journey: ``Journey: stage``."""
        if note:
            return parts.Link(stage.spec.title, stage_to(stage.key), note)
        return self.reads.part(self._stage_links, stage, self._stage_link)

    def _stage_link(self, stage: Stage) -> parts.Link:
        return parts.Link(stage.spec.title, stage_to(stage.key), self._titles[stage.key.journey])

    def journey_link(self, journey: Journey, note: str = "") -> parts.Link:
        """A journey's page."""
        return parts.Link(journey.spec.title, journey_uri(journey.id), note)

    def asset(self, asset: Asset) -> parts.AssetItem:
        """An asset where it is used."""
        return self.reads.part(self._assets, asset, asset_item)

    def asset_row(self, asset: Asset) -> parts.AssetRow:
        """An asset in a register."""
        return self.reads.part(self._asset_rows, asset, self._asset_row)

    def _asset_row(self, asset: Asset) -> parts.AssetRow:
        spec = asset.spec
        return parts.AssetRow(
            item=self.asset(asset), anchor=f"asset-{asset.id}", owner=self.team(asset.owner),
            stages=tuple(self.stage_link(stage) for stage in self.atlas.stages_of_asset.get(asset.id, ())),
            personas=tuple(parts.Link(p.spec.name, f"people/personas/{p.id}/") for p in asset.personas),
            answers=tuple(self.question_link(*answer) for answer in asset.answers),
            status=parts.said(ASSET_STATUS[spec.status]), reviewed=day(spec.reviewed) if spec.reviewed else "",
            overdue=self.overdue(due(asset, self.atlas)), url=spec.url or asset.file,
            about=" · ".join(about_asset(asset)), owner_id=asset.owner.id if asset.owner else "",
            type_id=slug(spec.type or ""), persona_ids=tuple(persona.id for persona in asset.personas),
            reviewed_on=spec.reviewed.isoformat() if spec.reviewed else "",
            edit=self.edit(asset.origin.document.path, asset.origin.span(key=True).line))

    def question_link(self, key: StageKey, ident: str) -> parts.Link:
        """A question of a stage."""
        stage = self.atlas.stages[key]
        question = next(q for q in stage.questions if q.id == ident)
        return parts.Link(question.spec.ask, f"journeys/{key.journey}/#{question_anchor(stage, question)}",
                          stage.spec.title)

    def chip(self, touchpoint: Touchpoint, personas: tuple[parts.PersonaRef, ...] = ()) -> stage_parts.Chip:
        """A touchpoint with its channel's icon."""
        return stage_parts.Chip(touchpoint.channel.icon, touchpoint.channel.label, touchpoint.spec.name,
                          f"{channel_uri(touchpoint.channel.id)}#touchpoint-{touchpoint.id}", personas)

    def overdue(self, when: date | None) -> str:
        """``Overdue since 18 Jan 2026``, or nothing."""
        return _("Overdue since %(day)s", day=day(when)) if when and when < self.settings.today else ""

    def metric(self, metric: Metric) -> parts.MetricItem:
        """A metric where it is used."""
        return self.reads.part(self._metrics, metric, self._metric)

    def _metric(self, metric: Metric) -> parts.MetricItem:
        spec, latest, unit = metric.spec, metric.latest, metric.spec.unit or ""
        tone = tone_of(metric)
        series = None
        if latest is not None:
            series = Series(
                spec.name, unit, spec.direction == "up",
                tuple((v.date, None if v.value is None else float(v.value)) for v in metric.overall),
                None if spec.target is None else float(spec.target), tone)
        trend, trend_icon, trend_tone = trend_of(metric)
        stages = [self.stage_link(stage) for stage in self.atlas.stages_of_metric.get(metric.id, ())]
        stages += [self.journey_link(j) for j in self.atlas.journeys_of_metric.get(metric.id, ())]
        stages += [record_link(record, self.atlas, noted=True)
                   for record in self.atlas.others_of_metric.get(metric.id, ())]
        return parts.MetricItem(
            id=metric.id, name=spec.name, to=f"library/metrics/{metric.id}/",
            value=number(latest.value, unit) if latest and latest.value is not None else "",
            value_date=day(latest.date) if latest else "",
            target=number(spec.target, unit) if spec.target is not None else "",
            status=parts.said(METRIC_STATUS[tone if latest else "silent"]), series=series, trend=trend,
            trend_icon=trend_icon,
            trend_tone=trend_tone, owner=self.team(metric.owner), stages=tuple(stages))

    def status(self, journey: Journey) -> parts.Tag:
        """A journey's status."""
        return status_tag(journey.spec.status)

    def card(self, journey: Journey) -> parts.JourneyCard:
        """A journey in a list."""
        return self.reads.part(self._cards, journey, self._card)

    def _card(self, journey: Journey) -> parts.JourneyCard:
        spec = journey.spec
        averages = tuple(stage.average for stage in journey.stages)
        rated = [stage for stage in journey.stages if stage.average is not None]
        lowest = min(rated, key=lambda stage: stage.average or 0.0, default=None)
        low = "" if lowest is None or lowest.average is None else (
            _("%(score)s at %(stage)s", score=score(lowest.average), stage=lowest.spec.title))
        return parts.JourneyCard(
            id=journey.id, title=spec.title, to=journey_uri(journey.id), lead=_lead(journey),
            categories=tuple(category.label for category in journey.categories), kind=_(KINDS[spec.kind]),
            whole=spec.kind == "lifecycle", status=self.status(journey), state=_(STATES[spec.state]),
            owner=self.team(journey.owner),
            personas=tuple(parts.Link(p.spec.name, f"people/personas/{p.id}/") for p in journey.personas),
            stage_count=len(journey.stages), curve=averages, lowest=low,
            severe_pains=sum(pain.severity == "severe" for stage in journey.stages for step in stage.steps
                             for pain in step.spec.pains),
            reviewed=day(spec.reviewed) if spec.reviewed else "", overdue=self.overdue(due(journey, self.atlas)),
            future=spec.state == "future", mark=self.marks.journeys.get(journey.id), keys=parts.JourneyKeys(
                owner=journey.owner.id if journey.owner else "", categories=tuple(c.id for c in journey.categories),
                personas=tuple(p.id for p in journey.personas), status=spec.status,
                rank=list(STATUS_TONE).index(spec.status), low=lowest.average if lowest else None,
                reviewed=spec.reviewed.isoformat() if spec.reviewed else ""))


def _team(team: Team) -> parts.TeamRef:
    return parts.TeamRef(letters(team.spec.name), team.spec.name, f"people/teams/{team.id}/",
                         team.spec.kind == "person")


def _lead(journey: Journey) -> str:
    return plain(inline(journey.spec.description)) if journey.spec.description else ""
