"""What the head of a journey page says of the journey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from journeybook.formats import day, number, plural
from journeybook.model import Journey
from journeybook.model.reviews import due
from journeybook.views import parts
from journeybook.views.changes import URI as CHANGES
from journeybook.views.context import Context
from journeybook.views.lanes import COUNTED
from journeybook.views.text import inline, plain
from journeybook.views.vocabulary import EVIDENCE_KINDS, STATES, STATUS_LOWER
from journeybook.words import _


def facts_of(journey: Journey, context: Context) -> Iterator[parts.Fact]:
    """Who, how far, since when: the short ones."""
    spec = journey.spec
    if journey.id in context.marks.journeys:
        yield parts.Fact(_("This preview"), _("What changed"), to=f"{CHANGES}#preview",
                         tag=context.marks.journeys[journey.id])
    yield parts.Fact(_("Status"), "", sub=_(STATES[spec.state]), tag=context.status(journey))
    owner = context.team(journey.owner)
    lead = context.somebody(journey.owner.spec.lead) if journey.owner else ""
    yield parts.Fact(
        _("Owner"), owner.name if owner else _("No owner"), to=owner.to if owner else "", sub=lead, gap=owner is None
    )
    yield _reviewed(spec.reviewed, due(journey, context.atlas), context)
    if spec.evidence:
        first, *more = (_evidence_words(text, context) for text in spec.evidence)
        yield parts.Fact(_("Evidence"), first, sub="; ".join(more))
    if journey.categories:
        yield parts.Fact(
            _("Lifecycle"),
            ", ".join(c.label for c in journey.categories),
            sub=_("level %(level)s", level=spec.level) if spec.level else "",
        )


def _reviewed(reviewed: date | None, when: date | None, context: Context) -> parts.Fact:
    if reviewed is None:
        return parts.Fact(_("Last reviewed"), _("Never reviewed"), gap=True)
    late = context.overdue(when)
    sub = "" if late or when is None else _("next by %(day)s", day=day(when))
    tag = parts.Tag(late, "off", "calendar-alert") if late else None
    return parts.Fact(_("Last reviewed"), day(reviewed), sub=sub, tag=tag, date=reviewed)


def _evidence_words(text: str, context: Context) -> str:
    found = context.atlas.evidence.get(text)
    if found is None:
        return text
    spec = found.spec
    kind = spec.kind or ""
    if spec.n is None:
        return _(EVIDENCE_KINDS[kind]) if kind else _("Evidence")
    if kind in COUNTED:
        return plural(*COUNTED[kind], int(spec.n))
    if kind:
        return _("%(kind)s (n = %(number)s)", kind=_(EVIDENCE_KINDS[kind]), number=number(spec.n))
    return _("Evidence (n = %(number)s)", number=number(spec.n))


def story_of(journey: Journey, context: Context) -> Iterator[parts.Fact]:
    """What it is about, in sentences."""
    spec = journey.spec
    for label, text in (
        (_("Scenario"), spec.scenario),
        (_("Starts when"), spec.trigger),
        (_("Customer's goal"), spec.goal),
        (_("Business goal"), spec.business_goal),
        (_("Ends when"), spec.end_condition),
    ):
        if text:
            yield parts.Fact(label, plain(inline(text)))
    if spec.scope and spec.scope.in_:
        yield parts.Fact(_("Covers"), "; ".join(plain(inline(text)) for text in spec.scope.in_))
    if spec.scope and spec.scope.out:
        yield parts.Fact(_("Leaves out"), "; ".join(plain(inline(text)) for text in spec.scope.out))
    if spec.sponsor:
        yield parts.Fact(_("Sponsor"), context.somebody(spec.sponsor))
    if spec.contributors:
        yield parts.Fact(_("Contributors"), ", ".join(context.somebody(who) for who in spec.contributors))
    if spec.tags:
        yield parts.Fact(_("Tags"), ", ".join(spec.tags))


def provenance_of(journey: Journey, context: Context) -> str:
    """Where the map comes from: what a printed sheet says below it."""
    spec = journey.spec
    words = [
        context.atlas.title,
        spec.title,
        _(STATUS_LOWER[spec.status]),
        _("future state") if spec.state == "future" else _("current state"),
        _("reviewed %(day)s", day=day(spec.reviewed)) if spec.reviewed else _("never reviewed"),
        _("built %(day)s", day=day(context.settings.today)),
    ]
    return " · ".join(words)
