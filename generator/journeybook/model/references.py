"""From ids to records, with a helpful word where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from journeybook.model.entities import Origin, Persona, StageKey, Team
from journeybook.problems import Problem, Related, Span
from journeybook.schema import records
from journeybook.schema.types import FAULTY, IDENT, nearest

PLURAL = {"team": "teams", "persona": "personas", "asset": "assets", "metric": "metrics", "channel": "channels",
          "touchpoint": "touchpoints", "evidence": "evidence", "journey": "journeys", "category": "categories"}


class References:
    """Resolves ids. ``known`` holds kind → id → record, filled kind by kind as the atlas is built.

    ``unread`` names kinds that a file which cannot be read may have held, with that file: a reference to such a
    kind is not called wrong, it is counted, and one note a file says so (``reference-unchecked``).
    """

    def __init__(self, unread: Mapping[str, str]) -> None:
        self.known: dict[str, dict[str, Any]] = {kind: {} for kind in PLURAL}
        self.ids: dict[str, dict[str, Origin | None]] = {kind: {} for kind in PLURAL}
        self.stages: dict[StageKey, Origin | None] = {}
        self.questions: set[tuple[StageKey, str]] = set()
        self.problems: list[Problem] = []
        self.relied_on: dict[StageKey, Span] = {}  # stages somebody refers to by a made-up id
        self._unread = unread
        self._unchecked: Counter[str] = Counter()

    def one(self, kind: str, ident: str | None, origin: Origin, *where: str | int) -> Any:
        """The record, or None (which was reported, unless nothing was written)."""
        if ident is None or ident == FAULTY:
            return None
        found = self.known[kind].get(ident)
        if found is None and ident not in self.ids[kind]:
            self._unknown(kind, ident, origin.span(*where))
        return found

    def many(self, kind: str, idents: list[str], origin: Origin, *where: str | int) -> tuple[Any, ...]:
        """Records in the order written, each once."""
        found: dict[str, Any] = {}
        for index, ident in enumerate(idents):
            record = self.one(kind, ident, origin, *where, index)
            if record is not None:
                found.setdefault(ident, record)
        return tuple(found.values())

    def owner(self, ident: str | None, origin: Origin, *where: str | int) -> Team | None:
        """The owning team. In an atlas without teams a name stands for itself, with a warning."""
        if ident is None or ident == FAULTY:
            return None
        team: Team | None = self.known["team"].get(ident)
        if team is not None and team.listed:
            return team
        span = origin.span(*where)
        if any(self.ids["team"].values()) or "team" in self._unread:
            if ident not in self.ids["team"]:
                self._unknown("team", ident, span)
            return team
        self.problems.append(Problem(
            "team-unlisted", f"`{ident}` owns this, but the atlas lists no teams", span,
            f"add a registry to any file: `teams:` and below it `{ident}: {{name: {_name(ident)}}}`"))
        if team is None:
            team = Team(ident, records.Team(name=_name(ident)), origin.at(*where), listed=False)
            self.known["team"][ident] = team
        return team

    def words(self, kind: str, texts: list[str], origin: Origin, *where: str | int) -> tuple[Any, ...]:
        """Records for those texts that are ids; a text with a space in it is words, not a reference."""
        found = []
        for index, text in enumerate(texts):
            if IDENT.fullmatch(text):
                record = self.one(kind, text, origin, *where, index)
                if record is not None:
                    found.append(record)
        return tuple(found)

    def personas(self, idents: list[str], origin: Origin, *where: str | int) -> tuple[Persona, ...]:
        """Personas, each once."""
        return self.many("persona", idents, origin, *where)

    def stage(self, text: str, home: str, origin: Origin, *where: str | int) -> StageKey | None:
        """A stage: ``stage`` of the journey ``home`` (``""``: none, as in registries), or ``journey/stage``."""
        if text == FAULTY:
            return None
        journey, slash, stage = text.partition("/")
        span = origin.span(*where)
        if not slash:
            journey, stage = home, text
        if not home and not slash:
            self.problems.append(Problem(
                "reference-unknown", f"`{text}` does not say which journey it belongs to", span,
                "write `journey/stage`" + self._stage_hint(text)))
            return None
        key = StageKey(journey, stage)
        if key in self.stages:
            self.relied_on.setdefault(key, span)
            return key
        if journey not in self.ids["journey"]:
            self._unknown("journey", journey, span)
            return None
        if self.known["journey"].get(journey) is None and not any(k.journey == journey for k in self.stages):
            self._unchecked[str(self._unread.get("journey", ""))] += 1
            return None
        own = [k.stage for k in self.stages if k.journey == journey]
        close = nearest(stage, own)
        self.problems.append(Problem(
            "reference-unknown", f"the journey `{journey}` has no stage `{stage}`", span,
            f"write `{f'{journey}/' if slash else ''}{close}`" if close else f"its stages are {', '.join(own)}",
            label=f"not a stage of {journey}", related=self._defined("journey", journey)))
        return None

    def question(self, text: str, home: str, origin: Origin, *where: str | int) -> tuple[StageKey, str] | None:
        """A question: ``journey/stage#question``."""
        if text == FAULTY:
            return None
        place, mark, question = text.partition("#")
        if not mark:
            self.problems.append(Problem(
                "reference-unknown", f"`{text}` does not say which question it means", origin.span(*where),
                "write `journey/stage#question`"))
            return None
        key = self.stage(place, home, origin, *where)
        if key is None or (key, question) in self.questions:
            return (key, question) if key else None
        own = [ident for stage, ident in self.questions if stage == key]
        close = nearest(question, own)
        self.problems.append(Problem(
            "reference-unknown", f"the stage `{key}` has no question `{question}`", origin.span(*where),
            f"write `{place}#{close}`" if close else
            f"its questions are {', '.join(sorted(own))}" if own else "that stage has no questions yet"))
        return None

    def notes(self) -> list[Problem]:
        """One note for each unreadable file that references lead into."""
        return [Problem("reference-unchecked",
                        f"{number} reference{'s' if number > 1 else ''} into this file could not be checked",
                        Span(path), "mend this file first, then run again")
                for path, number in sorted(self._unchecked.items()) if path]

    def _unknown(self, kind: str, ident: str, span: Span) -> None:
        if kind in self._unread:
            self._unchecked[self._unread[kind]] += 1
            return
        for other, ids in self.ids.items():
            if other != kind and ident in ids and kind != "category":
                self.problems.append(Problem(
                    "reference-kind", f"`{ident}` is a {other}, and here a {kind} is wanted", span,
                    f"write the id of a {kind}{self._some(kind)}", label=f"a {other}",
                    related=self._defined(other, ident)))
                return
        close = nearest(ident, self.ids[kind]) or self._prefix(kind, ident)
        help_text = f"write `{close}`" if close else f"add it to `{PLURAL[kind]}:`, or write one that exists" + (
            self._some(kind))
        place = self.ids[kind].get(close) if close else None
        if close and place is not None:
            help_text += f" (defined at {place.span(key=True)})"
        article = "no"
        self.problems.append(Problem("reference-unknown", f"{article} {kind} has the id `{ident}`", span, help_text,
                                     label=f"not in {PLURAL[kind]}"))

    def _prefix(self, kind: str, ident: str) -> str:
        starts = [known for known in self.ids[kind] if known.startswith(ident) or ident.startswith(known)]
        return starts[0] if len(starts) == 1 else ""

    def _some(self, kind: str) -> str:
        some = list(self.ids[kind])[:5]
        return f": {', '.join(some)}{' …' if len(self.ids[kind]) > 5 else ''}" if some else ""

    def _stage_hint(self, stage: str) -> str:
        homes = [str(key) for key in self.stages if key.stage == stage]
        return f", here `{homes[0]}`" if len(homes) == 1 else ""

    def _defined(self, kind: str, ident: str) -> tuple[Related, ...]:
        place = self.ids[kind].get(ident)
        return (Related("defined here", place.span(key=True)),) if place else ()


def _name(ident: str) -> str:
    return ident.replace("-", " ").capitalize()
