"""The words that the glossary explains, and what they mean; ``glossary.py`` puts them on the page."""

from __future__ import annotations

from journeybook.changes import Level
from journeybook.views import parts
from journeybook.words import N_

TERMS = (
    (N_("Journey"), N_("What somebody goes through with us, from their side, as a row of stages. A **current state** "
                       "says how it is, a **future state** how it should become.")),
    (N_("Stage"), N_("A part of a journey with a goal of the customer's own. One team is accountable for it.")),
    (N_("Step"), N_("One thing that happens within a stage.")),
    (N_("Persona"), N_("A kind of person whose journey is drawn, described from research.")),
    (N_("Touchpoint"), N_("A place where the customer and we meet. Every touchpoint belongs to a **channel**.")),
    (N_("Moment of truth"), N_("A step at which people make up their minds about us.")),
    (N_("Lifecycle category"), N_("Where a person stands in their relationship with us.")),
    (N_("Promise"), N_("Something a customer is told before it is done, and that some team has to keep later.")),
    (N_("Commitment"), N_("What the team of a stage holds itself to, in numbers.")),
    (N_("Handoff"), N_("One team passes a customer on to another.")),
    (N_("Feedback loop"), N_("Something heard at one stage that has to change another stage or a piece of content.")),
    (N_("Opportunity"), N_("Something that could be better, with the pains and the feedback it comes from.")),
    (N_("Pain point"), N_("What makes a step hard. Its severity is low, medium or severe, as the team judged it.")),
    (N_("Evidence"), N_("What is known about customers, and how it was found.")),
)
JOURNEYS = {
    "draft": N_("Being written; not agreed."),
    "in-review": N_("Written; the people concerned are looking it over."),
    "validated": N_("Checked against research or with customers."),
    "live": N_("Agreed, and used to run the work."),
    "retired": N_("Kept for the record; it holds no longer and is not reviewed any more."),
}
VERDICTS = {
    "broken": N_("However the day falls, what the team commits to lies outside what the customer is told."),
    "missed-in-data": N_("It may hold on paper, but the latest value of the metric that watches it does not keep it."),
    "at-risk": N_("The commitment keeps it for some days or hours at which the clock can start, not for all. One of "
                  "each kind is named."),
    "unmatched": N_("No stage is named that has to keep it, or nobody there commits to the same quantity."),
    "sign-off-due": N_("It cannot be computed, so a person has to vouch for it: nobody did, or it is time to do it "
                       "again."),
    "undecidable": N_("A fact is missing, such as a unit or a condition that only one side names."),
    "kept-on-paper": N_("For every moment at which the clock can start, the commitment lies within the promise."),
    "signed-off": N_("It cannot be computed, and somebody has vouched for it with a date."),
}
METRICS = {
    "ok": N_("The latest value is at the target or better."),
    "watch": N_("Short of the target, but past the line that the metric names for it (`warn_at`), or by at most "
                "%(close)s of the target where it names none."),
    "off": N_("Short of the target by more than that."),
    "none": N_("There are values but no target, so nothing can be said."),
    "silent": N_("No value is recorded. That is never shown as 0."),
}
TRENDS = (
    (N_("Improving"), N_("The latest value against the one %(span)s values before, in the direction that is better.")),
    (N_("Worsening"), N_("The same, in the direction that is worse.")),
    (N_("Flat"), N_("The change is less than %(flat)s. With fewer than %(values)s values no trend is named.")),
)
ASSETS = {
    "live": N_("Customers can find it. Only live content answers a question."),
    "planned": N_("Somebody is going to make it."),
    "idea": N_("Wanted; nobody has taken it up."),
    "retired": N_("Taken down. Whatever still needs it has a gap."),
}
HANDOFFS = {
    "complete": N_("It says %(things)s, and %(last)s."),
    "incomplete": N_("One of these is missing."),
}
LOOPS = {
    "open": N_("Heard, and nothing is done about it yet."),
    "in-progress": N_("Somebody is changing what has to change."),
    "closed": N_("The change is made."),
}
OPPORTUNITIES = {
    "idea": N_("Written down; nobody has taken it up."),
    "planned": N_("It has a place in somebody's plan."),
    "in-progress": N_("Being built."),
    "shipped": N_("Done. It stands last in the list."),
}
LEVELS = (
    (parts.Tag(N_("Error"), "off", "close-octagon-outline"),
     N_("Something is wrong. The site is not published until it is mended.")),
    (parts.Tag(N_("Warning"), "watch", "alert-outline"),
     N_("Something is missing or does not fit. The site is published.")),
    (parts.Tag(N_("Note"), "none", "information-outline"), N_("Worth a look.")),
)
EMPTY = (
    ("—", N_("None: somebody looked, and there is nothing. Read out as a word that says what there is none of.")),
    (parts.Tag(N_("Dashed frame"), "watch", "help-circle-outline"),
     N_("A gap: somebody may look for it and it is not there. Health lists it where a check asks for it.")),
    (N_("Hidden"),
     N_("Not for the persona who is chosen on a journey's page. The heading says how much is hidden.")),
)
FEELINGS = (
    (N_("Score"), N_("How a persona feels at a stage: the mean of what is written for its steps, or what is written "
                     "for the stage itself. It counts as known only as well as its weakest source.")),
    (N_("Average"), N_("The mean of the scores of all personas of the journey who are rated at that stage; nobody "
                       "counts twice, and who is not rated does not count.")),
    (N_("Not rated"), N_("Nobody is rated there. The curve has a gap; nothing is drawn across it.")),
)
BASES = (
    (N_("Assumed"), N_("The team's guess. On curves it is a hollow point.")),
    (N_("Observed"), N_("Seen or heard: interviews, tickets, visits.")),
    (N_("Measured"), N_("Counted: a survey or a metric.")),
)
NUMBERS = (
    (N_("Lowest point"),
     N_("The stage with the lowest average of a journey, or of one persona where one is chosen.")),
    (N_("Severe pain points"), N_("Pain points judged severe, of all that are written in the journey.")),
    (N_("Promises kept"), N_("Promises made or due in the journey that are kept on paper or signed off, of those that "
                             "have a verdict.")),
    (N_("Metrics on target"), N_("Metrics of the journey and its stages whose latest value is at the target, of those "
                                 "that have a value and a target.")),
    (N_("Content gaps"), N_("Stages without any live content, plus questions that no live content answers.")),
    (N_("Needs attention"), N_("At most seven lines: files that cannot be read, errors, broken promises, overdue "
                               "reviews, metrics off target that get worse, questions without an answer. Two of each "
                               "kind come first, then the rest in this order.")),
    (N_("Most to mend"), N_("Where a category has more journeys than cards: those that cannot be read, then by severe "
                            "pain points (an overdue review counts as two), then by the lowest point.")),
    (N_("Only way"), N_("Every step of the stage that names a channel goes through this one.")),
    (N_("Severity and reach"), N_("The severity of the worst pain behind an opportunity, and the number of stages it "
                                  "helps at. The list is in order of one times the other (three stages and more count "
                                  "as three), then of high value and low effort.")),
    (N_("To mend"), N_("Warnings and errors at what a team owns: the narrowest record around the place decides.")),
)
REVIEWED = {"journey": N_("journey"), "persona": N_("persona"), "asset": N_("asset"), "promise": N_("promise")}
COMPARED = {
    "only-a": N_("The other of the two has no such stage."),
    "only-b": N_("The other of the two has no such stage."),
    "only-current": N_("The future state has no such stage."),
    "only-future": N_("The current state has no such stage."),
    "gone": N_("It is in the current state and not in the future state."),
    "new": N_("It is in the future state and not in the current state."),
    "here": N_("The other of the two does not have it."),
    "changed": N_("Both have it, with something else noted beside it, such as a severity."),
    "moved": N_("Both have the stage, at another place in the order."),
    "better": N_("The score is higher in the future state than in the current state."),
    "worse": N_("The score is lower in the future state than in the current state."),
    "higher": N_("The score is higher in B than in A."),
    "lower": N_("The score is lower in B than in A."),
}
WALKED = {
    "undrawn": N_("More than one in twenty took this way, and the map does not draw it."),
    "late": N_("Nine of ten people needed longer than the handoff allows, even where a weekend lies between."),
    "untaken": N_("The map draws it, and nobody, or fewer people than may be told of, took it."),
}
CHANGES = {
    Level.BREAKING: N_("Something that others rely on is gone or holds to less, such as a promise or an owner."),
    Level.NOTIFY: N_("Others should know: a target, an owner or a way between stages is another."),
}
