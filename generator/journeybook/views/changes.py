"""What changed and when: the changes page, and the history of a journey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from journeybook.changes import Change, Group, Level, Revision
from journeybook.changes.entities import History
from journeybook.formats import day, listed, plural
from journeybook.frozen import dataclass
from journeybook.model import Atlas
from journeybook.views import parts
from journeybook.views.change_parts import ChangedGroup, ChangedPreview, ChangedRevision, ChangeLine
from journeybook.views.pages import View
from journeybook.views.record_places import journey_uri
from journeybook.words import N_, NP_, _

URI = "changes/"
FEED = "changes.xml"
TAGS = {Level.BREAKING: parts.Tag(N_("Breaking"), "off", "close-octagon-outline"),
        Level.NOTIFY: parts.Tag(N_("Worth knowing"), "watch", "bell-outline")}
MOST_CHANGES = 12  # of one group; the rest is a number
NOUNS = {"journey": NP_("%(num)s journey", "%(num)s journeys"), "persona": NP_("%(num)s persona", "%(num)s personas"),
         "team": NP_("%(num)s team", "%(num)s teams"),
         "asset": NP_("%(num)s piece of content", "%(num)s pieces of content"),
         "metric": NP_("%(num)s metric", "%(num)s metrics"), "promise": NP_("%(num)s promise", "%(num)s promises"),
         "handoff": NP_("%(num)s handoff", "%(num)s handoffs")}
"""Kinds by which a beginning is told, counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView(View):
    """What changed in the maps, commit by commit, in their own words."""

    template: ClassVar[str] = "changes.html"
    preview: ChangedPreview | None
    revisions: tuple[ChangedRevision, ...]
    note: str  # what is missing, and why
    feed: str  # the feed's place, "" where there is nothing to tell


def changes_view(history: History, atlas: Atlas) -> ChangesView:
    """The changes page."""
    revisions = tuple(_revision(revision, revision.groups, atlas) for revision in history.revisions)
    preview = ChangedPreview(history.preview.base, tuple(_group(group, atlas, "") for group in history.preview.groups)
                             ) if history.preview else None
    return ChangesView(
        preview=preview,
        uri=URI, title=_("What changed"), section=_("Changes"),
        description=_("The changes of meaning in these maps, the newest first."),
        revisions=revisions, note=history.notice, feed=FEED if revisions else "")


def journey_history(ident: str, history: History, atlas: Atlas) -> tuple[ChangedRevision, ...]:
    """What changed in one journey, under whatever id it had."""
    found = []
    name = ident
    for revision in history.revisions:
        groups = tuple(group for group in revision.groups if group.journey and group.id == name)
        if groups:
            told = _revision(revision, groups, atlas)
            found.append(replace(told, began=_("The map begins.")) if told.began else told)
        name = next((change.was for group in groups for change in group.changes
                     if (change.kind, change.action, change.id) == ("journey", "renamed", name)), name)
    return tuple(found)


def _revision(revision: Revision, groups: Sequence[Group], atlas: Atlas) -> ChangedRevision:
    began = _began(groups) if revision.first else ""
    return ChangedRevision(
        anchor=f"r-{revision.id}", day=day(revision.day), date=revision.day.isoformat(),
        authors=listed(revision.authors), subject=revision.subject, began=began,
        groups=() if began else tuple(_group(group, atlas, "#history") for group in groups))


def _began(groups: Sequence[Group]) -> str:
    """``The maps begin with 8 journeys, 3 personas and 12 promises.``"""
    kinds = Counter(change.kind for group in groups for change in group.changes if change.action == "added")
    told = [plural(*words, kinds[kind]) for kind, words in NOUNS.items() if kinds[kind]]
    return _("The maps begin with %(records)s.", records=listed(told)) if told else _("The maps begin.")


def _group(group: Group, atlas: Atlas, anchor: str) -> ChangedGroup:
    lines = tuple(_line(change) for change in group.changes if change.level > Level.MINOR)
    minor = tuple(_line(change) for change in group.changes if change.level is Level.MINOR)
    to = f"{journey_uri(group.id)}{anchor}" if group.journey and group.id in atlas.journeys else ""
    return ChangedGroup(group.title, to, lines, minor[:MOST_CHANGES], max(len(minor) - MOST_CHANGES, 0))


def _line(change: Change) -> ChangeLine:
    words = f"{change.words[:1].upper()}{change.words[1:]}"
    tag = TAGS.get(change.level)
    return ChangeLine(words, change.note, parts.said(tag) if tag else None)


def lines(revision: ChangedRevision) -> Iterator[str]:
    """A revision in plain lines, for the feed."""
    if revision.began:
        yield revision.began
    for group in revision.groups:
        for line in (*group.lines, *group.minor):
            yield f"{group.title}: {line.words}"
        if group.more:
            more = plural("%(num)s more change", "%(num)s more changes", group.more)
            yield f"{group.title}: {more}"
