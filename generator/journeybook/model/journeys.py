"""One journey file → a :class:`Journey`: stages, steps, feelings, transitions (the implicit ones too)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from journeybook.model.agreements import commitments, pain_id, raci
from journeybook.model.entities import Asset, Category, Persona
from journeybook.model.files import picture
from journeybook.model.journey_entities import Feeling, Journey, Question, Stage, Step, Transition
from journeybook.model.origins import Origin, StageKey
from journeybook.model.references import References, Where
from journeybook.problems import Problem, Related, Span
from journeybook.schema import Entry
from journeybook.schema import atlas as atlas_schema
from journeybook.schema import journey as journey_schema
from journeybook.schema.types import described, slug
from journeybook.settings import Settings
from journeybook.source import FAULTY

FORWARD = ("next", "branch", "skip")
WEAKEST = ("assumed", "observed", "measured")


def stage_ids(journey: str, entry: Entry,
              problems: list[Problem]) -> Iterator[tuple[StageKey, Origin, dict[str, list[str]]]]:
    """Key, origin and the ids of questions and pains of a journey's stages.

    An id that comes twice is told and passed over.
    """
    spec: Any = entry.spec
    seen: dict[str, Origin] = {}
    for index, stage in enumerate(spec.stages):
        origin = Origin(entry.document, ("stages", index))
        ident = _own(stage.id) or slug(stage.title)
        if not ident:
            if stage.title != FAULTY:
                problems.append(Problem(
                    "key-missing", f"no id can be made from {described(stage.title)}", origin.span("title"),
                    "add `id:` with letters a to z, digits and hyphens"))
            ident = f"stage-{index + 1}"
        if ident in seen:
            problems.append(Problem(
                "id-duplicate", f"two stages have the id `{ident}`", _named(origin, "title"),
                "give one of them another `id:`",
                related=(Related("first here", _named(seen[ident], "title")),)))
            continue
        seen[ident] = origin
        pains = [pain for step in stage.steps for pain in step.pains]
        yield StageKey(journey, ident), origin, {
            "question": _question_ids(stage, origin, problems),
            "pain": [pain_id(pain, position) for position, pain in enumerate(pains, start=1)]}


def _question_ids(stage: journey_schema.Stage, origin: Origin, problems: list[Problem]) -> list[str]:
    found: dict[str, Origin] = {}
    for index, question in enumerate(stage.questions):
        ident, place = question_id(question, index), origin.at("questions", index)
        if ident in found:
            problems.append(Problem(
                "id-duplicate", f"two questions of this stage have the id `{ident}`", _named(place, "ask"),
                "give one of them another `id:`",
                related=(Related("first here", _named(found[ident], "ask")),)))
        found.setdefault(ident, place)
    return list(found)


def question_id(question: journey_schema.Question, index: int) -> str:
    """A question's own id, else one made from its words."""
    return _own(question.id) or slug(question.ask) or f"question-{index + 1}"


def _own(ident: str | None) -> str:
    return "" if ident is None or ident == FAULTY else ident


def _named(origin: Origin, main: str) -> Span:
    """Where the id of something is written, or the words it is made from."""
    return origin.span("id" if origin.has("id") else main)


class JourneyBuilder:
    """Builds journeys once all registries are known."""

    def __init__(self, references: References, settings: Settings, scale: atlas_schema.EmotionScale | None,
                 problems: list[Problem]) -> None:
        """``scale`` is None where the file that may set it cannot be read."""
        self.references = references
        self.settings = settings
        self.scale = scale
        self.problems = problems
        self._given: dict[StageKey, list[Asset]] = {}
        self._places: dict[str, list[tuple[StageKey, Origin]]] = {}
        self.implicit: dict[StageKey, Origin] = {}
        for asset in references.known["asset"].values():
            for key in asset.stages:
                self._given.setdefault(key, []).append(asset)
        for key, origin in references.stages.items():
            self._places.setdefault(key.journey, []).append((key, origin))

    def journey(self, entry: Entry) -> Journey:
        """The journey of a file."""
        spec: Any = entry.spec
        refs, origin = self.references, Origin(entry.document, entry.route)
        owner = refs.owner(spec.owner, origin, "owner")
        personas = refs.personas(spec.persona, origin, "persona")
        personas += tuple(p for p in refs.personas(spec.personas, origin, "personas") if p not in personas)
        categories = self._categories(spec, origin)
        stages = tuple(
            self._stage(key, number, spec.stages[place.route[1]], place, owner, personas, categories)
            for number, (key, place) in enumerate(self._places.get(entry.id, ()), start=1))
        self._limits(spec, origin)
        return Journey(
            id=entry.id, spec=spec, origin=origin, owner=owner, categories=categories, personas=personas,
            metrics=refs.many("metric", spec.metrics, origin, "metrics"),
            evidence=refs.words("evidence", spec.evidence, origin, "evidence"), stages=stages,
            transitions=tuple(self._transitions(entry.id, spec, stages, origin)),
            parent=self._other(spec.parent, entry.id, origin, "parent"),
            compares_to=self._other(spec.compares_to, entry.id, origin, "compares_to"),
            related=tuple(text for index, text in enumerate(spec.related)
                          if self._other(text, entry.id, origin, "related", index)),
            faulty=entry.faulty)

    def implicit_in(self, journey: str) -> dict[StageKey, Origin]:
        """The stages of a journey that was built which have no id of their own."""
        return {key: self.implicit[key] for key, _ in self._places.get(journey, ()) if key in self.implicit}

    def implicit_id(self, key: StageKey, used: Origin, where: Where) -> None:
        """Others refer to this stage: without an id of its own, rewording its title would break them."""
        origin = self.implicit.get(key)
        if origin is not None:
            self.problems.append(Problem(
                "id-implicit", f"others refer to this stage by an id made from its title, `{key.stage}`",
                origin.span("title"), f"add `id: {key.stage}`, so that the title can be reworded",
                related=(Related("referred to here", used.span(*where)),)))

    def _other(self, text: str | None, own: str, origin: Origin, *where: str | int) -> str:
        if text is None or text == FAULTY:
            return ""
        if text == own:
            self.problems.append(Problem("reference-cycle", "a journey cannot refer to itself here",
                                         origin.span(*where), "name another journey, or delete the line"))
            return ""
        if text not in self.references.ids["journey"]:
            self.references.one("journey", text, origin, *where)
            return ""
        return text

    def _categories(self, spec: Any, origin: Origin) -> tuple[Category, ...]:
        refs = self.references
        found = refs.many("category", spec.category, origin, "category")
        more = refs.many("category", spec.categories, origin, "categories")
        return found + tuple(category for category in more if category not in found) if more else found

    def _stage(self, key: StageKey, number: int, spec: journey_schema.Stage, origin: Origin, owner: Any,
               personas: tuple[Persona, ...], categories: tuple[Category, ...]) -> Stage:
        refs = self.references
        if spec.id is None:
            self.implicit[key] = origin
        assets = refs.many("asset", spec.assets, origin, "assets")
        assets += tuple(asset for asset in self._given.get(key, ()) if asset not in assets)
        self._other(spec.detail, key.journey, origin, "detail")
        accountable = refs.owner(spec.owner, origin, "owner") if spec.owner else owner
        steps = tuple(self._step(index, step, origin.at("steps", index))
                      for index, step in enumerate(spec.steps))
        questions = tuple(Question(question_id(question, index), question, origin.at("questions", index))
                          for index, question in enumerate(spec.questions))
        return Stage(
            key=key, number=number, spec=spec, origin=origin,
            owner=accountable,
            categories=self._categories(spec, origin) or categories, assets=assets,
            metrics=refs.many("metric", spec.metrics, origin, "metrics"), questions=questions, steps=steps,
            feelings=self._feelings(spec, origin, steps, personas),
            commitments=commitments(key, spec, origin, accountable, refs),
            raci=raci(spec.raci, origin, accountable, refs))

    def _step(self, index: int, spec: journey_schema.Step, origin: Origin) -> Step:
        refs = self.references
        for number, pain in enumerate(spec.pains):
            refs.words("evidence", pain.evidence, origin, "pains", number, "evidence")
        return Step(
            number=index + 1, spec=spec, origin=origin,
            personas=refs.personas(spec.persona, origin, "persona"),
            touchpoints=refs.many("touchpoint", spec.touchpoints, origin, "touchpoints"),
            channels=refs.many("channel", spec.channel, origin, "channel"),
            image=picture(spec.image, origin, "image", self.settings, self.problems))

    def _feelings(self, spec: journey_schema.Stage, origin: Origin, steps: tuple[Step, ...],
                  personas: tuple[Persona, ...]) -> dict[str, Feeling]:
        """By persona: the stage's own score, else the mean of its steps'; nobody's is made up."""
        everybody = [persona.id for persona in personas] or [""]
        self._strangers(origin, steps, spec, everybody)
        of_steps: dict[str, list[journey_schema.Feeling]] = {}
        for step in steps:
            only = [persona.id for persona in step.personas] or everybody
            for ident, feeling in self._spread(step.spec.emotion, step.origin, only):
                of_steps.setdefault(ident, []).append(feeling)
        found = {ident: _mean(feelings) for ident, feelings in of_steps.items()}
        for ident, feeling in self._spread(spec.emotion, origin, everybody):
            found[ident] = _mean([feeling])
        return {ident: found[ident] for ident in everybody if ident in found}

    def _strangers(self, origin: Origin, steps: tuple[Step, ...], spec: journey_schema.Stage,
                   everybody: list[str]) -> None:
        """Personas in steps and emotions for whom the journey is not drawn: no page would show what is theirs."""
        named = [(ident, origin, "emotion") for ident in (spec.emotion.by_persona if spec.emotion else ())]
        for step in steps:
            if step.personas:
                named += [(persona.id, step.origin, "persona") for persona in step.personas]
            if step.spec.emotion and step.spec.emotion.by_persona:
                named += [(ident, step.origin, "emotion") for ident in step.spec.emotion.by_persona]
        for ident, holder, key in named:
            if ident not in everybody and ident in self.references.known["persona"]:
                place = holder.at(key)
                self.problems.append(Problem(
                    "persona-unlisted", f"`{ident}` is not one of the personas this journey is drawn for",
                    place.span(ident, key=True) if place.has(ident) else place.span(),
                    f"add `{ident}` to the journey's `personas:`, or take it out here"))

    def _spread(self, emotion: journey_schema.Emotion | None, origin: Origin,
                everybody: list[str]) -> Iterator[tuple[str, journey_schema.Feeling]]:
        if emotion is None:
            return
        if emotion.everyone:
            self._on_scale(emotion.everyone, origin, "emotion")
            yield from ((ident, emotion.everyone) for ident in everybody)
        for ident, feeling in emotion.by_persona.items():
            if self.references.one("persona", ident, KeyOf(origin.document, origin.route), "emotion", ident):
                self._on_scale(feeling, origin, "emotion", ident)
                yield ident, feeling

    def _on_scale(self, feeling: journey_schema.Feeling, origin: Origin, *where: str) -> None:
        scale = self.scale
        if feeling.evidence:
            self.references.words("evidence", feeling.evidence, origin, *where, "evidence")
        if scale and not scale.min <= feeling.score <= scale.max:
            self.problems.append(Problem(
                "value-range", f"the score {feeling.score} is outside the scale {scale.min} to {scale.max}",
                origin.span(*where, "score"), f"write a number from {scale.min} to {scale.max}"))

    def _transitions(self, journey: str, spec: Any, stages: tuple[Stage, ...],
                     origin: Origin) -> Iterator[Transition]:
        written: list[Transition] = []
        for index, entry in enumerate(spec.transitions):
            place = origin.at("transitions", index)
            source = self.references.stage(entry.from_, journey, place, "from")
            target = self.references.stage(entry.to, journey, place, "to")
            if source and target:
                written.append(Transition(source, target, entry.type, entry, place))
        leaves = {t.source for t in written if t.type in FORWARD and t.target != t.source}
        joined = {(t.source, t.target) for t in written}
        for stage, following in pairwise(stages):
            pair = (stage.key, following.key)
            if stage.spec.role != "exit" and stage.key not in leaves and pair not in joined:
                yield Transition(*pair, "next", None, stage.origin)
        yield from written

    def _limits(self, spec: Any, origin: Origin) -> None:
        limits = self.settings.limits
        for key, records, most in (("stages", spec.stages, limits.stages),
                                   ("transitions", spec.transitions,
                                    min(limits.transitions, max(4 * len(spec.stages), 8)))):
            if len(records) > most:
                self.problems.append(Problem(
                    "limit-reached", f"this journey has {len(records)} {key}; {most} is the most",
                    origin.span(key, key=True),
                    "split it into journeys, joined by transitions or by `detail:`"))


class KeyOf(Origin):
    """An origin whose span is the key (a persona's id in ``emotion: {id: 1}``)."""

    __slots__ = ()

    def span(self, *more: str | int, key: bool = False) -> Span:
        """The place of the key, whatever is asked."""
        return super().span(*more, key=True)


def _mean(feelings: list[journey_schema.Feeling]) -> Feeling:
    if len(feelings) == 1:
        return Feeling(float(feelings[0].score), feelings[0].word or "", feelings[0].basis)
    scores = [float(feeling.score) for feeling in feelings]
    mean = sum(scores) / len(scores)
    fitting = min(feelings, key=lambda feeling: abs(float(feeling.score) - mean) + (feeling.word is None))
    basis = min((feeling.basis for feeling in feelings), key=WEAKEST.index)
    return Feeling(mean, fitting.word or "", basis)
