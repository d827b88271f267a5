"""A stage as a column of the canvas and a section of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from journeybook.formats import number, score
from journeybook.model import Feeling, Journey, Persona, Question, Stage, Step
from journeybook.model.agreements import pain_id
from journeybook.schema import journey as journey_schema
from journeybook.views import parts, stage_parts
from journeybook.views.agreement_parts import StageAgreements
from journeybook.views.context import Context
from journeybook.views.lengths import how_long, how_often
from journeybook.views.record_places import channel_uri, journey_uri, question_anchor
from journeybook.views.text import block, inline, maybe
from journeybook.views.ways import is_moment_of_truth, level, ways
from journeybook.words import N_, _

SEVERITY = {"low": (1, N_("Low")), "medium": (2, N_("Medium")), "severe": (3, N_("Severe"))}
BASIS = {"assumed": N_("assumed"), "observed": N_("observed"), "measured": N_("measured")}


class StageParts:
    """Builds the stages of one journey."""

    def __init__(self, journey: Journey, context: Context) -> None:
        self.journey = journey
        self.context = context
        self.personas = tuple(context.persona(p, index) for index, p in enumerate(journey.personas))
        self._by_id = {ref.id: ref for ref in self.personas}
        self._own_lanes = tuple(context.atlas.spec.lanes)

    def build(self, stage: Stage, agreements: StageAgreements) -> stage_parts.Stage:
        """Everything a page says about a stage."""
        spec, context = stage.spec, self.context
        scores = [feeling.score for feeling in stage.feelings.values()]
        detail = context.atlas.journeys.get(spec.detail or "")
        key = stage.key.journey, stage.key.stage
        return stage_parts.Stage(
            id=stage.key.stage, number=stage.number, title=spec.title, role=spec.role,
            duration=how_long(spec.duration), moment_of_truth=is_moment_of_truth(stage),
            moments_of_truth=_lines(spec.moments_of_truth), overlap=stage.overlap,
            categories=tuple(category.label for category in stage.categories),
            description=block(spec.description) if spec.description else None, goal=maybe(spec.customer_goal),
            owner=context.team(stage.owner), owner_inherited=stage.owner_inherited,
            steps=tuple(self._step(stage, step) for step in stage.steps),
            feelings=tuple(self._feelings(stage)), everyone=self._everyone(stage), average=stage.average,
            average_shown=score(stage.average) if stage.average is not None else "",
            average_level=level(stage.average), lowest_level=level(min(scores, default=None)),
            quotes=tuple(self._quotes(stage)), chips=tuple(self._chips(stage)),
            assets=tuple(context.asset(asset) for asset in stage.assets),
            pains=tuple(self.pains(stage)), metrics=tuple(context.metric(metric) for metric in stage.metrics),
            questions=tuple(self.question(stage, question) for question in stage.questions),
            ways=ways(stage, context), entry=_lines(spec.entry), exit=_lines(spec.exit),
            signals=_lines([signal.text for signal in spec.signals]), risks=_lines(spec.risks),
            detail=parts.Link(detail.spec.title, journey_uri(detail.id)) if detail else None,
            edit=context.edit(stage.origin.document.path, stage.origin.span().line), agreements=agreements,
            systems=tuple(dict.fromkeys(name for step in stage.steps for name in step.spec.systems)),
            charted={}, mark=context.marks.stages.get(key), changed=tuple(sorted(context.marks.cells.get(key, ()))),
            own={key: told for key in self._own_lanes if (told := _told(spec.extensions.get(key)))})

    def _of(self, personas: tuple[Persona, ...]) -> tuple[parts.PersonaRef, ...]:
        return tuple(self._by_id[p.id] for p in personas if p.id in self._by_id)

    def _step(self, stage: Stage, step: Step) -> stage_parts.Step:
        spec = step.spec
        return stage_parts.Step(
            number=f"{stage.number}.{step.number}", title=inline(spec.title), personas=self._of(step.personas),
            moment_of_truth=spec.moment_of_truth, duration=how_long(spec.duration),
            doing=maybe(spec.doing), thinking=maybe(spec.thinking), gains=_lines(spec.gains),
            frontstage=maybe(spec.frontstage), backstage=maybe(spec.backstage), systems=tuple(spec.systems),
            physical_evidence=maybe(spec.physical_evidence), image=step.image, image_alt=spec.alt or "",
            feels=tuple(self._felt(stage, step)))

    def _felt(self, stage: Stage, step: Step) -> Iterator[str]:
        """Words for how a step feels, where the stage has another step that is rated too and may show another word."""
        if step.spec.emotion is None or sum(other.spec.emotion is not None for other in stage.steps) < 2:
            return
        for ident, feeling in _written(step.spec.emotion):
            if feeling.word:
                who = f"{self._by_id[ident].name}: " if ident in self._by_id else ""
                yield f"{who}{number(float(feeling.score), signed=True)} {feeling.word}"

    def _sources(self, stage: Stage, persona: str) -> str:
        """The evidence named for how a persona feels at a stage: for its own score, else for those of its steps."""
        found = [feeling for ident, feeling in _written(stage.spec.emotion) if ident in ("", persona)]
        if not found:
            found = [feeling for step in stage.steps for ident, feeling in _written(step.spec.emotion)
                     if ident == persona or (not ident and _meant(step, persona))]
        known = self.context.atlas.evidence
        named = (source for feeling in found for source in feeling.evidence)
        return "; ".join(dict.fromkeys(known[ident].spec.summary if ident in known else ident for ident in named))

    def _feelings(self, stage: Stage) -> Iterator[stage_parts.Feeling]:
        """One entry a persona, rated or not."""
        for ref in self.personas:
            feeling = stage.feelings.get(ref.id)
            quote = next((inline(step.spec.quote) for step in stage.steps
                          if step.spec.quote and ref.id in [p.id for p in step.personas]), None)
            part = _feeling(ref, feeling, quote, self._label(feeling))
            yield replace(part, sources=self._sources(stage, ref.id)) if feeling else part

    def _everyone(self, stage: Stage) -> stage_parts.Feeling | None:
        """How a stage feels to nobody in particular: a score in a journey without personas."""
        feeling = stage.feelings.get("")
        nobody = parts.PersonaRef(0, "", "", "", "", "")
        if feeling is None:
            return None
        return replace(_feeling(nobody, feeling, None, self._label(feeling)), sources=self._sources(stage, ""))

    def _label(self, feeling: Feeling | None) -> str:
        """The atlas's own word for a score, where nobody wrote one."""
        scale = self.context.atlas.spec.emotion
        steps = int(scale.max - scale.min)
        if feeling is None or len(scale.labels) != steps + 1:
            return ""
        return scale.labels[max(0, min(steps, round(feeling.score - float(scale.min))))]

    def _quotes(self, stage: Stage) -> Iterator[stage_parts.Quote]:
        for step in stage.steps:
            if step.spec.quote:
                who = self._of(step.personas)
                yield stage_parts.Quote(inline(step.spec.quote), who[0] if len(who) == 1 else None)

    def _chips(self, stage: Stage) -> Iterator[stage_parts.Chip]:
        """Touchpoints once each, with the personas of all steps that use them (none: everybody)."""
        found: dict[str, list[tuple[Persona, ...]]] = {}
        touchpoints = {}
        for step in stage.steps:
            for touchpoint in step.touchpoints:
                touchpoints[touchpoint.id] = touchpoint
                found.setdefault(touchpoint.id, []).append(step.personas)
        for ident, users in found.items():
            everybody = any(not personas for personas in users)
            some = {} if everybody else {p.id: p for personas in users for p in personas}
            yield self.context.chip(touchpoints[ident], self._of(tuple(some.values())))
        channels = {channel.id: channel for step in stage.steps if not step.touchpoints for channel in step.channels}
        for channel in channels.values():
            yield stage_parts.Chip(channel.icon, channel.label, channel.label, channel_uri(channel.id), ())

    def pains(self, stage: Stage) -> Iterator[stage_parts.Pain]:
        """Pains of all steps, numbered within the stage."""
        position, used = 0, set[str]()
        for step in stage.steps:
            for pain in step.spec.pains:
                position += 1
                rank, word = SEVERITY[pain.severity]
                ident = pain_id(pain, position)
                ident = f"{ident}-{position}" if ident in used else ident  # the same words at two steps
                used.add(ident)
                yield stage_parts.Pain(
                    anchor=f"pain-{stage.key.stage}-{ident}", text=inline(pain.text), level=rank,
                    word=_(word), detail=" · ".join(self._grounds(pain)), personas=self._of(step.personas))

    def _grounds(self, pain: journey_schema.Pain) -> Iterator[str]:
        if pain.frequency:
            yield pain.frequency
        if pain.root_cause:
            yield _("cause: %(cause)s", cause=pain.root_cause.rstrip("."))
        for source in pain.evidence:
            found = self.context.atlas.evidence.get(source)
            yield found.spec.summary if found else source

    def question(self, stage: Stage, question: Question) -> stage_parts.Question:
        """A question, who asks it, and what answers it."""
        spec = question.spec
        answering = self.context.atlas.answers.get((stage.key, question.id), ())
        links = {asset.id: parts.Link(asset.spec.title, f"library/content/#asset-{asset.id}") for asset in answering}
        heard = how_often(int(spec.count), spec.period) if spec.count is not None else ""
        personas = self.context.atlas.personas
        return stage_parts.Question(
            anchor=question_anchor(stage, question), ask=inline(spec.ask),
            asked_by=", ".join(personas[who].spec.name if who in personas else who for who in spec.asked_by),
            heard=heard, answers=tuple(links[a.id] for a in answering if a.spec.status == "live"),
            planned=tuple(links[a.id] for a in answering if a.spec.status in ("planned", "idea")),
            personas=tuple(self._by_id[who] for who in spec.asked_by if who in self._by_id))


def _meant(step: Step, persona: str) -> bool:
    return not step.personas or persona in [known.id for known in step.personas]


def _written(emotion: journey_schema.Emotion | None) -> Iterator[tuple[str, journey_schema.Feeling]]:
    """Persona id ("" for everybody) and feeling, as they stand in the file."""
    if emotion and emotion.everyone:
        yield "", emotion.everyone
    if emotion:
        yield from emotion.by_persona.items()


def _feeling(ref: parts.PersonaRef, feeling: Feeling | None, quote: Markup | None, label: str) -> stage_parts.Feeling:
    if feeling is None:
        return stage_parts.Feeling(ref, None, "", 0, "", "", quote)
    return stage_parts.Feeling(ref, feeling.score, number(round(feeling.score, 1), signed=True), level(feeling.score),
                         feeling.word or label, _(BASIS[feeling.basis]) if feeling.basis else "", quote,
                         feeling.basis == "assumed")


def _told(value: object) -> tuple[Markup, ...]:
    """What a key of a team's own says: a text, or a list of texts."""
    texts = value if isinstance(value, list) else [value]
    return tuple(inline(text) for text in texts if isinstance(text, str) and text)


def _lines(texts: list[str]) -> tuple[Markup, ...]:
    return tuple(inline(text) for text in texts)
