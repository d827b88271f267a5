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
from journeybook.views import parts
from journeybook.views.agreements import HANDOFF_TAGS, LOOP_TAGS, OPPORTUNITY_TAGS, VERDICT_TAGS
from journeybook.views.context import (
    ASSET_STATUS,
    CLOSE,
    FLAT,
    METRIC_STATUS,
    STATUS_TONE,
    TREND_SPAN,
    Context,
    status_tag,
)
from journeybook.views.registers import GlossaryView, Term, TermGroup
from journeybook.views.text import inline, plain

GLOSSARY = "glossary/"
Words = Iterable[tuple[parts.Tag | str, str]]

TERMS = (
    ("Journey", "What somebody goes through with us, from their side, as a row of stages. A **current state** says how "
                "it is, a **future state** how it should become."),
    ("Stage", "A part of a journey with a goal of the customer's own. One team is accountable for it."),
    ("Step", "One thing that happens within a stage."),
    ("Persona", "A kind of person whose journey is drawn, described from research."),
    ("Touchpoint", "A place where the customer and we meet. Every touchpoint belongs to a **channel**."),
    ("Moment of truth", "A step at which people make up their minds about us."),
    ("Lifecycle category", "Where a person stands in their relationship with us."),
    ("Promise", "Something a customer is told before it is done, and that some team has to keep later."),
    ("Commitment", "What the team of a stage holds itself to, in numbers."),
    ("Handoff", "One team passes a customer on to another."),
    ("Feedback loop", "Something heard at one stage that has to change another stage or a piece of content."),
    ("Opportunity", "Something that could be better, with the pains and the feedback it comes from."),
    ("Pain point", "What makes a step hard. Its severity is low, medium or severe, as the team judged it."),
    ("Evidence", "What is known about customers, and how it was found."),
)
JOURNEYS = {
    "draft": "Being written; not agreed.",
    "in-review": "Written; the people concerned are looking it over.",
    "validated": "Checked against research or with customers.",
    "live": "Agreed, and used to run the work.",
    "retired": "Kept for the record; it holds no longer and is not reviewed any more.",
}
VERDICTS = {
    "broken": "However the day falls, what the team commits to lies outside what the customer is told.",
    "missed-in-data": "It may hold on paper, but the latest value of the metric that watches it does not keep it.",
    "at-risk": "The commitment keeps it for some days or hours at which the clock can start, not for all. One of each "
               "kind is named.",
    "unmatched": "No stage is named that has to keep it, or nobody there commits to the same quantity.",
    "sign-off-due": "It cannot be computed, so a person has to vouch for it: nobody did, or it is time to do it again.",
    "undecidable": "A fact is missing, such as a unit or a condition that only one side names.",
    "kept-on-paper": "For every moment at which the clock can start, the commitment lies within the promise.",
    "signed-off": "It cannot be computed, and somebody has vouched for it with a date.",
}
METRICS = {
    "ok": "The latest value is at the target or better.",
    "watch": f"Short of the target, but past the line that the metric names for it (`warn_at`), or by at most "
             f"{number(CLOSE * 100, '%')} of the target where it names none.",
    "off": "Short of the target by more than that.",
    "none": "There are values but no target, so nothing can be said.",
    "silent": "No value is recorded. That is never shown as 0.",
}
TRENDS = (
    ("Improving", f"The latest value against the one {TREND_SPAN} values before, in the direction that is better."),
    ("Worsening", "The same, in the direction that is worse."),
    ("Flat", f"The change is less than {number(FLAT * 100, '%')}. With fewer than {TREND_SPAN + 1} values no trend is "
             f"named."),
)
ASSETS = {
    "live": "Customers can find it. Only live content answers a question.",
    "planned": "Somebody is going to make it.",
    "idea": "Wanted; nobody has taken it up.",
    "retired": "Taken down. Whatever still needs it has a gap.",
}
HANDOFFS = {
    "complete": f"It says {', '.join(list(COMPLETE)[:-1])}, and {list(COMPLETE)[-1]}.",
    "incomplete": "One of these is missing.",
}
LOOPS = {
    "open": "Heard, and nothing is done about it yet.",
    "in-progress": "Somebody is changing what has to change.",
    "closed": "The change is made.",
}
OPPORTUNITIES = {
    "idea": "Written down; nobody has taken it up.",
    "planned": "It has a place in somebody's plan.",
    "in-progress": "Being built.",
    "shipped": "Done. It stands last in the list.",
}
LEVELS = (
    (parts.Tag("Error", "off", "close-octagon-outline"),
     "Something is wrong. The site is not published until it is mended."),
    (parts.Tag("Warning", "watch", "alert-outline"), "Something is missing or does not fit. The site is published."),
    (parts.Tag("Note", "none", "information-outline"), "Worth a look."),
)
EMPTY = (
    ("—", "None: somebody looked, and there is nothing. Read out as a word that says what there is none of."),
    (parts.Tag("Dashed frame", "watch", "help-circle-outline"),
     "A gap: it should be there and is not. Health lists it."),
    ("Hidden", "Not for the persona who is chosen on a journey's page. The heading says how much is hidden."),
)
BASES = (
    ("Assumed", "The team's guess. On curves it is a hollow point."),
    ("Observed", "Seen or heard: interviews, tickets, visits."),
    ("Measured", "Counted: a survey or a metric."),
)


def glossary_view(context: Context) -> GlossaryView:
    """Every word and every number."""
    groups = tuple(TermGroup(anchor, title, inline(lead) if lead else None, tuple(_terms(anchor, words)))
                   for anchor, title, lead, words in _groups(context))
    return GlossaryView(
        uri=GLOSSARY, title="Glossary", section="Library", groups=groups,
        description="What the words on these pages mean, and how each number is computed.",
        search=tuple((term.anchor, term.word, plain(term.meaning)) for group in groups for term in group.terms))


def _terms(group: str, words: Words) -> Iterator[Term]:
    for word, meaning in words:
        text = word if isinstance(word, str) else word.word
        yield Term(f"{group}-{slug(text) or 'none'}", text, None if isinstance(word, str) else word, inline(meaning))


def _explained(tags: Mapping[str, parts.Tag], meanings: Mapping[str, str]) -> list[tuple[parts.Tag, str]]:
    return [(tag, meanings[key]) for key, tag in tags.items()]


def _groups(context: Context) -> Iterator[tuple[str, str, str, Words]]:
    """Anchor, heading, a line above, and the words with their meanings."""
    yield "terms", "What maps are made of", "", TERMS
    yield "numbers", "How numbers are computed", "", tuple(_numbers(context))
    yield "feelings", "Feelings", _scale(context), (*_feelings(), *BASES)
    yield ("verdicts", "Verdicts on promises", "A verdict compares two declarations: what the customer is told, and "
           f"what the team that must keep it holds itself to. Business time: {context.calendar_words}.", (
               *_explained(VERDICT_TAGS, VERDICTS),
               (parts.Tag("No verdict", "none", "minus-circle-outline"),
                "It is a draft, withdrawn, not valid today, or of a future state.")))
    yield "handoffs", "Handoffs", "", _explained(HANDOFF_TAGS, HANDOFFS)
    yield "metrics", "Metrics", "", (*_explained(METRIC_STATUS, METRICS), *TRENDS)
    yield "journeys", "Journeys", "", (
        *_explained({word: status_tag(word) for word in STATUS_TONE}, JOURNEYS),
        (parts.Tag("Cannot be read", "off", "file-alert-outline"), "Its file is broken; nothing of it is shown."),
        (parts.Tag("Overdue", "off", "calendar-alert"), _reviews(context)))
    yield "content", "Content", "", _explained(ASSET_STATUS, ASSETS)
    yield "loops", "Feedback loops", "", _explained(LOOP_TAGS, LOOPS)
    yield "opportunities", "Opportunities", "", _explained(OPPORTUNITY_TAGS, OPPORTUNITIES)
    yield "health", "Problems", "", LEVELS
    yield "empty", "Three kinds of empty", "They are never mixed.", EMPTY


def _scale(context: Context) -> str:
    spec = context.atlas.spec.emotion
    write = score if spec.min < 0 else number
    named = f" In words: {', '.join(spec.labels)}." if spec.labels else ""
    return f"Scores go from {write(float(spec.min))} (worst) to {write(float(spec.max))} (best).{named}"


def _feelings() -> Words:
    return (
        ("Score", "How a persona feels at a stage: the mean of what is written for its steps, or what is written for "
                  "the stage itself. It counts as known only as well as its weakest source."),
        ("Average", "The mean of the scores of all personas of the journey who are rated at that stage; nobody counts "
                    "twice, and who is not rated does not count."),
        ("Not rated", "Nobody is rated there. The curve has a gap; nothing is drawn across it."))


def _numbers(context: Context) -> Words:
    purchase = context.atlas.spec.purchase_point
    yield "Lowest point", "The stage with the lowest average of a journey, or of one persona where one is chosen."
    yield "Severe pain points", "Pain points judged severe, of all that are written in the journey."
    yield "Promises kept", "Promises made or due in the journey that are kept on paper or signed off, of those that " \
                           "have a verdict."
    yield "Metrics on target", "Metrics of the journey and its stages whose latest value is at the target, of those " \
                               "that have a value and a target."
    yield "Content gaps", "Stages without any live content, plus questions that no live content answers."
    yield "Needs attention", "At most seven lines: files that cannot be read, errors, broken promises, overdue " \
                             "reviews, metrics off target that get worse, questions without an answer. Two of each " \
                             "kind come first, then the rest in this order."
    yield "Most to mend", "Where a category has more journeys than cards: those that cannot be read, then by severe " \
                          "pain points (an overdue review counts as two), then by the lowest point."
    yield "Only way", "Every step of the stage that names a channel goes through this one."
    yield "Severity and reach", "The severity of the worst pain behind an opportunity, and the number of stages it " \
                                "helps at. The list is in order of one times the other (three stages and more count " \
                                "as three), then of high value and low effort."
    yield "To mend", "Warnings and errors at what a team owns: the narrowest record around the place decides."
    if purchase:
        yield "Purchase point", f"Where a buyer becomes a customer: {purchase}."


def _reviews(context: Context) -> str:
    every = context.atlas.spec.review_every
    usual = f"everything is looked over every {every.text}" if every else "; ".join(
        f"{kind}: {length.text}" for kind, length in REVIEW_EVERY.items())
    return f"The last review is longer ago than agreed. Where a record says nothing itself: {usual}."
