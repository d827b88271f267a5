"""From ids to records, with a helpful word where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from journeybook import formats
from journeybook.model.entities import Persona, Team
from journeybook.model.origins import Origin, StageKey
from journeybook.problems import Problem, Related, Span
from journeybook.schema import records
from journeybook.schema.records import KIND_OF
from journeybook.schema.types import IDENT, nearest, odd_letter
from journeybook.source import FAULTY

PLURAL = {**{kind: key for key, kind in KIND_OF.items()}, "journey": "journeys", "category": "categories"}
Where: TypeAlias = tuple[str | int, ...]
SUGGESTIONS = 500
"""So many unknown ids are compared with the known ones; more come from one cause and would take long."""


class References:
    """Resolves ids. ``known`` holds kind → id → record, filled kind by kind as the atlas is built.

    ``unread`` names kinds that a file which cannot be read may have held, with that file: a reference to such
    a kind is not called wrong, it is counted, and one note a file says so (``reference-unchecked``).
    """

    def __init__(self, unread: Mapping[str, str]) -> None:
        self.known: dict[str, dict[str, Any]] = {kind: {} for kind in PLURAL}
        self.ids: dict[str, dict[str, Origin | None]] = {kind: {} for kind in PLURAL}
        self.stages: dict[StageKey, Origin] = {}
        self.parts: dict[str, set[tuple[StageKey, str]]] = {"question": set(), "pain": set()}
        self.problems: list[Problem] = []
        self.relied_on: dict[StageKey, tuple[Origin, Where]] = {}  # stages that somebody refers to, and where
        self._unread = unread
        self._unchecked: Counter[str] = Counter()
        self._compared = 0

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
        if not idents:
            return ()
        known = self.known[kind]
        found: dict[str, Any] = {}
        for index, ident in enumerate(idents):
            record = known.get(ident) or self.one(kind, ident, origin, *where, index)
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
            spec = records.Team.model_validate({"name": _name(ident)})
            team = Team(ident, spec, origin.at(*where), listed=False)
            self.known["team"][ident] = team
        return team

    def words(self, kind: str, texts: list[str], origin: Origin, *where: str | int) -> tuple[Any, ...]:
        """Records for those texts that are ids; a text with a space in it is words, not a reference."""
        known = self.known[kind]
        found = []
        for index, text in enumerate(texts):
            record = known.get(text)
            if record is None and IDENT.fullmatch(text):
                record = self.one(kind, text, origin, *where, index)
            if record is not None:
                found.append(record)
        return tuple(found)

    def personas(self, idents: list[str], origin: Origin, *where: str | int) -> tuple[Persona, ...]:
        """Personas, each once."""
        return self.many("persona", idents, origin, *where)

    def stage(self, text: str, home: str, origin: Origin, *where: str | int) -> StageKey | None:
        """A stage: ``journey/stage``, or ``stage`` of the journey ``home`` (``""`` in registries)."""
        if text == FAULTY:
            return None
        journey, slash, stage = text.partition("/")
        if not slash:
            journey, stage = home, text
        key = StageKey(journey, stage)
        if key in self.stages:
            self.relied_on.setdefault(key, (origin, where))
            return key
        span = origin.span(*where)
        if not home and not slash:
            self.problems.append(Problem(
                "reference-unknown", f"`{text}` does not say which journey it belongs to", span,
                "write `journey/stage`" + self._stage_hint(text)))
            return None
        if journey not in self.ids["journey"]:
            self._unknown("journey", journey, span)
            return None
        place = self.ids["journey"][journey]
        if place is not None and not any(known.journey == journey for known in self.stages):
            self._unchecked[place.document.path] += 1  # nothing of that file could be read
            return None
        self._no_stage(key, span, "" if journey == home else f"{journey}/")
        return None

    def _no_stage(self, key: StageKey, span: Span, prefix: str) -> None:
        own = {known.stage: origin for known, origin in self.stages.items() if known.journey == key.journey}
        close = self._close(key.stage, own)
        place = own.get(close)
        self.problems.append(Problem(
            "reference-unknown", f"the journey `{key.journey}` has no stage `{key.stage}`", span,
            f"write `{prefix}{close}`" if close else f"write one of its stages: {_some(own)}",
            label=f"not a stage of {key.journey}",
            related=(Related("this one may be meant", place.span()),) if place else ()))

    def part(self, kind: str, text: str, home: str, origin: Origin,
             *where: str | int) -> tuple[StageKey, str] | None:
        """A question or a pain of a stage: ``journey/stage#id``."""
        if text == FAULTY:
            return None
        place, mark, ident = text.partition("#")
        if not mark:
            self.problems.append(Problem(
                "reference-unknown", f"`{text}` does not say which {kind} it means", origin.span(*where),
                f"write `journey/stage#{kind}`"))
            return None
        key = self.stage(place, home, origin, *where)
        known = self.parts[kind]
        if key is None or (key, ident) in known:
            return (key, ident) if key else None
        own = sorted(other for stage, other in known if stage == key)
        close = self._close(ident, own)
        self.problems.append(Problem(
            "reference-unknown", f"the stage `{key}` has no {kind} `{ident}`", origin.span(*where),
            f"write `{place}#{close}`" if close else
            f"write one of its {kind}s: {_some(own)}" if own else f"add the {kind} to that stage"))
        return None

    def notes(self) -> list[Problem]:
        """One note for each unreadable file that references lead into."""
        return [Problem("reference-unchecked",
                        f"{formats.count(number, 'reference')} into this file could not be checked",
                        Span(path), "mend this file first, then run again")
                for path, number in sorted(self._unchecked.items()) if path]

    def _unknown(self, kind: str, ident: str, span: Span) -> None:
        if kind in self._unread:
            self._unchecked[self._unread[kind]] += 1
            return
        for other, ids in self.ids.items():
            if other != kind and ident in ids and kind != "category":
                self.problems.append(Problem(
                    "reference-kind", f"`{ident}` is {_a(other)}, and here {_a(kind)} is wanted", span,
                    f"write the id of {_a(kind)}{_list(self.ids[kind])}", label=_a(other),
                    related=self._defined(other, ident)))
                return
        close = self._close(ident, self.ids[kind]) or self._prefix(kind, ident)
        step = f"write `{close}`" if close else (
            f"add it to `{PLURAL[kind]}:`, or write one that exists{_list(self.ids[kind])}")
        if kind == "evidence" and not close:
            step = "add it to `evidence:`; words of your own have a space between them"
        if kind == "journey" and not close:
            step = f"write the id of a journey{_list(self.ids[kind])}"
        place = self.ids[kind].get(close) if close else None
        if close and place is not None:
            step += f" (defined at {place.span(key=True)})"
        odd = odd_letter(ident)
        self.problems.append(Problem(
            "reference-unknown", f"no {kind} has the id `{ident}`{f': {odd}' if odd else ''}", span, step,
            label=f"not in {PLURAL[kind]}"))

    def _close(self, word: str, choices: Collection[str]) -> str:
        self._compared += 1
        return nearest(word, choices) if self._compared <= SUGGESTIONS else ""

    def _prefix(self, kind: str, ident: str) -> str:
        starts = [known for known in self.ids[kind] if known.startswith(ident) or ident.startswith(known)]
        return starts[0] if len(starts) == 1 else ""

    def _stage_hint(self, stage: str) -> str:
        homes = [str(key) for key in self.stages if key.stage == stage]
        return f", here `{homes[0]}`" if len(homes) == 1 else ""

    def _defined(self, kind: str, ident: str) -> tuple[Related, ...]:
        place = self.ids[kind].get(ident)
        return (Related("defined here", place.span(key=True)),) if place else ()


def _name(ident: str) -> str:
    return ident.replace("-", " ").capitalize()


def _a(kind: str) -> str:
    return {"asset": "an asset", "evidence": "a piece of evidence", "loop": "a feedback loop",
            "opportunity": "an opportunity"}.get(kind, f"a {kind}")


def _some(idents: Collection[str]) -> str:
    return ", ".join(list(idents)[:5]) + (" …" if len(idents) > 5 else "")


def _list(idents: Collection[str]) -> str:
    return f": {_some(idents)}" if idents else ""
