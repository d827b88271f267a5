"""The glossary: what the words of the site mean, and how each number is computed. The one place that says it.

Status words come from where pages take them; a status without a meaning here stops the build, so none stays
unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from journeybook.formats import number, score
from journeybook.model.defaults import REVIEW_EVERY
from journeybook.model.handoffs import COMPLETE
from journeybook.schema.types import slug
from journeybook.views import glossary_words as table
from journeybook.views import parts
from journeybook.views.agreements import HANDOFF_TAGS, LOOP_TAGS, OPPORTUNITY_TAGS, VERDICT_TAGS
from journeybook.views.changes import TAGS as WEIGHTS
from journeybook.views.compare import TAGS as DIFFERENCES
from journeybook.views.context import Context
from journeybook.views.items import CLOSE, FLAT, TREND_SPAN
from journeybook.views.lengths import how_long
from journeybook.views.registers import GlossaryView, Term, TermGroup
from journeybook.views.text import inline, plain
from journeybook.views.vocabulary import ASSET_STATUS, METRIC_STATUS, STATUS_ICON, STATUS_TONE, STATUS_WORD
from journeybook.views.walked import TAGS as WALKED_TAGS
from journeybook.words import N_, _

GLOSSARY = "glossary/"
Words = Iterable[tuple[parts.Tag | str, str]]


def glossary_view(context: Context) -> GlossaryView:
    """Every word and every number."""
    groups = tuple(TermGroup(anchor, title, inline(lead) if lead else None, tuple(_terms(anchor, words)))
                   for anchor, title, lead, words in _groups(context))
    return GlossaryView(
        uri=GLOSSARY, title=_("Glossary"), section=_("Library"), groups=groups,
        description=_("What the words on these pages mean, and how each number is computed."),
        search=tuple((term.anchor, term.word, plain(term.meaning)) for group in groups for term in group.terms))


def _terms(group: str, words: Words) -> Iterator[Term]:
    """Words in English with their meanings in the language of the site; anchors are the same in every language."""
    for word, meaning in words:
        text = word if isinstance(word, str) else word.word
        tag = None if isinstance(word, str) else parts.said(word)
        yield Term(f"{group}-{slug(text) or 'none'}", _(text), tag, inline(meaning))


def _said(words: Words, **values: str) -> list[tuple[parts.Tag | str, str]]:
    """Words of a table, their meanings told with ``values`` in their places."""
    return [(word, _(meaning, **values)) for word, meaning in words]


def _explained(tags: Mapping[str, parts.Tag], meanings: Mapping[str, str],
               **values: str) -> list[tuple[parts.Tag | str, str]]:
    return _said(((tag, meanings[key]) for key, tag in tags.items()), **values)


def _groups(context: Context) -> Iterator[tuple[str, str, str, Words]]:
    """Anchor, heading, a line above, and the words with their meanings."""
    yield "terms", _("What maps are made of"), "", _said(table.TERMS)
    yield "numbers", _("How numbers are computed"), "", _numbers(context)
    yield "feelings", _("Feelings"), _scale(context), _said((*table.FEELINGS, *table.BASES))
    yield "verdicts", _("Verdicts on promises"), _(
        "A verdict compares two declarations: what the customer is told, and what the team that must keep it holds "
        "itself to. Business time: %(calendar)s.", calendar=context.calendar_words), (
            *_explained(VERDICT_TAGS, table.VERDICTS),
            (parts.Tag(N_("No verdict"), "none", "minus-circle-outline"),
             _("It is a draft, withdrawn, not valid today, or of a future state.")))
    *things, last = map(_, COMPLETE)
    yield "handoffs", _("Handoffs"), "", _explained(HANDOFF_TAGS, table.HANDOFFS, things=", ".join(things), last=last)
    yield "metrics", _("Metrics"), "", (
        *_explained(METRIC_STATUS, table.METRICS, close=number(CLOSE * 100, "%")),
        *_said(table.TRENDS, span=number(TREND_SPAN), flat=number(FLAT * 100, "%"), values=number(TREND_SPAN + 1)))
    yield "journeys", _("Journeys"), "", (
        *_explained({key: parts.Tag(STATUS_WORD[key], STATUS_TONE[key], STATUS_ICON[key]) for key in STATUS_WORD},
                    table.JOURNEYS),
        (parts.Tag(N_("Cannot be read"), "off", "file-alert-outline"),
         _("Its file is broken; nothing of it is shown.")),
        (parts.Tag(N_("Overdue"), "off", "calendar-alert"), _reviews(context)))
    yield "walked", _("What people did"), "", _explained(WALKED_TAGS, table.WALKED)
    yield "content", _("Content"), "", _explained(ASSET_STATUS, table.ASSETS)
    yield "loops", _("Feedback loops"), "", _explained(LOOP_TAGS, table.LOOPS)
    yield "opportunities", _("Opportunities"), "", _explained(OPPORTUNITY_TAGS, table.OPPORTUNITIES)
    compared = {key: tag for key, tag in DIFFERENCES.items() if not key.startswith("pain-")}  # which say the same
    yield "compare", _("Comparisons"), "", _explained(compared, table.COMPARED)
    yield "changes", _("Changes"), "", _said((tag, table.CHANGES[level]) for level, tag in WEIGHTS.items())
    yield "health", _("Problems"), "", _said(table.LEVELS)
    yield "empty", _("Three kinds of empty"), _("They are never mixed."), _said(table.EMPTY)


def _scale(context: Context) -> str:
    spec = context.atlas.spec.emotion
    write = score if spec.min < 0 else number
    told = _("Scores go from %(low)s (worst) to %(high)s (best).", low=write(float(spec.min)),
             high=write(float(spec.max)))
    return f"{told} {_named(spec.labels)}" if spec.labels else told


def _named(labels: Iterable[str]) -> str:
    return _("In words: %(labels)s.", labels=", ".join(labels))


def _numbers(context: Context) -> Words:
    yield from _said(table.NUMBERS)
    purchase = context.atlas.spec.purchase_point
    if purchase:
        yield N_("Purchase point"), _("Where a buyer becomes a customer: %(purchase)s.", purchase=purchase)


def _reviews(context: Context) -> str:
    every = context.atlas.spec.review_every
    usual = _("everything is looked over every %(length)s", length=how_long(every)) if every else "; ".join(
        f"{word}: {length}" for word, length in (
            (_(table.REVIEWED[kind]), how_long(length)) for kind, length in REVIEW_EVERY.items()))
    return _("The last review is longer ago than agreed. Where a record says nothing itself: %(usual)s.", usual=usual)
