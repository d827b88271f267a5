"""Entries of the registries → teams, personas, channels, touchpoints, evidence, metrics and assets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from journeybook.model.defaults import BUILT_IN_CHANNELS
from journeybook.model.entities import Asset, Channel, Evidence, Metric, Persona, Team, Touchpoint
from journeybook.model.files import is_there, picture, within_atlas
from journeybook.model.origins import Origin
from journeybook.model.references import References
from journeybook.model.values import ValueFiles
from journeybook.model.walked import values_of
from journeybook.problems import Problem
from journeybook.schema import Entry
from journeybook.schema.types import HANDLE, described
from journeybook.settings import Settings
from journeybook.source import FAULTY


class Registries:
    """Builds the records that journeys refer to. What is wrong with them goes to the problems of the references.

    ``homes`` says which journey a file holds: a bare stage id there is one of its stages.
    """

    def __init__(self, references: References, settings: Settings, homes: Mapping[str, str]) -> None:
        self.references = references
        self.settings = settings
        self.homes = homes
        self.problems = references.problems

    def build(self, of: Callable[[str], Iterable[tuple[str, Entry]]]) -> None:
        """Everything, into what the references know. ``of`` gives the entries of a kind by their ids."""
        known, refs = self.references.known, self.references
        for ident, entry in of("team"):
            known["team"][ident] = self._team(entry)
        for ident, entry in of("evidence"):
            known["evidence"][ident] = Evidence(ident, _spec(entry), _origin(entry))
        known["channel"] = {i: Channel(i, name, icon, built_in=True) for i, (name, icon) in BUILT_IN_CHANNELS.items()}
        for ident, entry in of("channel"):
            spec: Any = entry.spec
            known["channel"][ident] = Channel(ident, spec.name, spec.icon or "shape-outline")
        for ident in known["channel"]:
            refs.ids["channel"].setdefault(ident, None)
        for team in known["team"].values():
            refs.many("team", team.spec.hats, team.origin, "hats")
        known["persona"] = {ident: self._persona(entry) for ident, entry in of("persona")}
        known["touchpoint"] = {ident: self._touchpoint(entry) for ident, entry in of("touchpoint")}
        values = ValueFiles(self.settings)
        known["metric"] = {ident: self._metric(entry, values) for ident, entry in of("metric")}
        for metric in known["metric"].values():
            refs.many("metric", metric.spec.drives, metric.origin, "drives")
        self.problems += values.problems
        known["asset"] = {ident: self._asset(entry) for ident, entry in of("asset")}

    def _team(self, entry: Entry) -> Team:
        spec: Any = entry.spec
        team = Team(entry.id, spec, _origin(entry))
        for index, handle in enumerate(spec.git):
            if FAULTY not in handle and not HANDLE.fullmatch(handle):
                several = re.split(r"[\s,;]+", handle)
                sure = len(several) > 1 and all("@" in each and HANDLE.fullmatch(each) for each in several)
                listed = ", ".join(f'"{each}"' for each in several)
                self.problems.append(Problem(
                    "id-invalid", f"{described(handle)} is no handle at a Git host", team.origin.span("git", index),
                    f"write a list: `[{listed}]`" if sure else
                    "write it as the host does, such as `@your-org/sales`, or write a mail address"))
        return team

    def _persona(self, entry: Entry) -> Persona:
        spec: Any = entry.spec
        origin = _origin(entry)
        self.references.words("evidence", [s for s in spec.sources if s in self.references.ids["evidence"]],
                              origin, "sources")
        photo = picture(spec.photo, origin, "photo", self.settings, self.problems)
        return Persona(entry.id, spec, origin, self.references.owner(spec.owner, origin, "owner"), photo)

    def _touchpoint(self, entry: Entry) -> Touchpoint:
        spec: Any = entry.spec
        origin = _origin(entry)
        channel = self.references.one("channel", spec.channel, origin, "channel")
        channel = channel or Channel("", "", "shape-outline")
        return Touchpoint(entry.id, spec, origin, channel, self.references.owner(spec.owner, origin, "owner"))

    def _metric(self, entry: Entry, files: ValueFiles) -> Metric:
        spec: Any = entry.spec
        origin = _origin(entry)
        path = within_atlas(spec.values, origin, "values", self.settings, self.problems)
        if spec.query is not None and path is None:
            counted = values_of(entry.id, self.settings)
            path = counted if is_there(counted) else None
        values = files.values(path, entry.id, origin) if path else ()
        return Metric(entry.id, spec, origin, self.references.owner(spec.owner, origin, "owner"), values)

    def _asset(self, entry: Entry) -> Asset:
        spec: Any = entry.spec
        origin, refs = _origin(entry), self.references
        home = self.homes.get(entry.document.path, "")
        stages = [refs.stage(text, home, origin, "stages", i) for i, text in enumerate(spec.stages)]
        answers = [refs.part("question", text, home, origin, "answers", i) for i, text in enumerate(spec.answers)]
        file = within_atlas(spec.file, origin, "file", self.settings, self.problems)
        if spec.audience:
            refs.personas(spec.audience.show_to, origin, "audience", "show_to")
            refs.personas(spec.audience.hide_from, origin, "audience", "hide_from")
        return Asset(
            entry.id, spec, origin, refs.owner(spec.owner, origin, "owner"),
            refs.personas(spec.personas, origin, "personas"),
            tuple(key for key in stages if key), tuple(answer for answer in answers if answer),
            refs.many("metric", spec.metrics, origin, "metrics"), self._states(spec, origin),
            self.settings.place(file) if file else "")

    def _states(self, spec: Any, origin: Origin) -> tuple[str, ...]:
        """Promises an asset makes; they are built later, so only their ids are looked at."""
        for index, ident in enumerate(spec.states):
            self.references.one("promise", ident, origin, "states", index)
        return tuple(ident for ident in spec.states if ident in self.references.ids["promise"])


def _spec(entry: Entry) -> Any:
    return entry.spec


def _origin(entry: Entry) -> Origin:
    return Origin(entry.document, entry.route)
