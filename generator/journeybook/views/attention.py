"""What to look at first: a few lines with their reasons, worst kinds first, no kind crowding out the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice

from journeybook.formats import day, plural
from journeybook.model.reviews import due
from journeybook.problems import Severity
from journeybook.views import parts
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context
from journeybook.views.lengths import how_often
from journeybook.views.record_places import journey_uri, question_anchor
from journeybook.views.text import inline, plain
from journeybook.words import N_, _

MOST = 7
EACH = 2
"""So many lines a kind before the others have had their say."""
SOME_DAY = date(2001, 1, 1)
PROMISE_IS = {"broken": N_("Promise broken: %(reason)s"), "missed-in-data": N_("Promise missed in data: %(reason)s")}
"""What is said of the verdicts that count as bad."""


def attention(context: Context, agreements: AgreementParts) -> tuple[tuple[parts.Attention, ...], int]:
    """The lines to show, and how many more there are."""
    kinds = [list(kind) for kind in (
        _unreadable(context), _errors(context), _promises(agreements), _overdue(context), _metrics(context),
        _open_questions(context))]
    first = {id(line) for kind in kinds for line in kind[:EACH]}
    chosen = list(islice((line for kind in kinds for line in kind[:EACH]), MOST))
    spare = (line for kind in kinds for line in kind if id(line) not in first)
    chosen += islice(spare, MOST - len(chosen))
    shown = {id(line) for line in chosen}
    in_order = tuple(line for line in chain.from_iterable(kinds) if id(line) in shown)
    return in_order, sum(map(len, kinds)) - len(in_order)


def _unreadable(context: Context) -> Iterator[parts.Attention]:
    for ident, document in context.atlas.broken.items():
        yield parts.Attention(parts.Link(ident, journey_uri(ident)), _("%(file)s cannot be read", file=document.path),
                              "off")


def _errors(context: Context) -> Iterator[parts.Attention]:
    for journey in context.atlas.journeys.values():
        errors = sum(p.severity is Severity.ERROR for p in context.by_file.get(journey.origin.document.path, ()))
        if errors:
            words = plural("%(num)s error to mend", "%(num)s errors to mend", errors)
            yield parts.Attention(context.journey_link(journey), words, "off")


def _promises(agreements: AgreementParts) -> Iterator[parts.Attention]:
    for row in agreements.promises():
        if row.verdict and row.verdict.tone == "off":
            link = parts.Link(plain(row.statement), f"promises/#{row.anchor}")
            yield parts.Attention(link, _(PROMISE_IS[row.word], reason=row.because), "off")


def _overdue(context: Context) -> Iterable[parts.Attention]:
    """Journeys and personas whose review is overdue, the longest first."""
    atlas = context.atlas
    records = [(due(journey, atlas), context.journey_link(journey)) for journey in atlas.journeys.values()]
    records += [(due(persona, atlas), parts.Link(persona.spec.name, f"people/personas/{persona.id}/"))
                for persona in atlas.personas.values()]
    late = [(when, parts.Attention(link, _("Review overdue since %(day)s", day=day(when)), "off"))
            for when, link in records if when and context.overdue(when)]
    return (line for _, line in sorted(late, key=lambda pair: pair[0]))


def _metrics(context: Context) -> Iterator[parts.Attention]:
    for metric in context.atlas.metrics.values():
        item = context.metric(metric)
        if item.status.tone == "off" and item.trend_tone == "bad":
            yield parts.Attention(parts.Link(item.name, item.to),
                                  _("Off target at %(value)s and getting worse", value=item.value), "off")


def _open_questions(context: Context) -> Iterable[parts.Attention]:
    """Questions that no live asset answers, those most often heard first."""
    atlas = context.atlas
    found: list[tuple[float, parts.Attention]] = []
    for stage in atlas.stages.values():
        for question in stage.questions:
            if any(asset.spec.status == "live" for asset in atlas.answers.get((stage.key, question.id), ())):
                continue
            heard, period = question.spec.count, question.spec.period
            span = (period.after(SOME_DAY) - SOME_DAY).days if period else 0
            a_year = -1.0 if heard is None else float(heard) * 365 / (span or 365)
            words = _("No asset answers it")
            if heard is not None:
                words = _("No asset answers it; heard %(times)s", times=how_often(int(heard), period))
            link = parts.Link(plain(inline(question.spec.ask)),
                              f"{journey_uri(stage.key.journey)}#{question_anchor(stage, question)}",
                              atlas.journeys[stage.key.journey].spec.title)
            found.append((-a_year, parts.Attention(link, words, "watch")))
    return (line for _, line in sorted(found, key=lambda pair: pair[0]))
