"""The way into content, metrics, channels and what is known."""

from __future__ import annotations

from journeybook.formats import plural
from journeybook.views import parts
from journeybook.views.channels import used_channels
from journeybook.views.context import Context
from journeybook.views.glossary import GLOSSARY
from journeybook.views.pages import LibraryView
from journeybook.words import _


def library_view(context: Context) -> LibraryView:
    """The shelves."""
    atlas = context.atlas
    shelves = (
        parts.Link(_("Content"), "library/content/", plural("%(num)s asset", "%(num)s assets", len(atlas.assets))),
        parts.Link(_("Metrics"), "library/metrics/", plural("%(num)s metric", "%(num)s metrics", len(atlas.metrics))),
        parts.Link(_("Content matrix"), "library/content-matrix/", _("Which asset answers which question for whom")),
        parts.Link(_("Promises and handoffs"), "promises/",
                   plural("%(num)s promise", "%(num)s promises", len(atlas.promises))),
        parts.Link(_("Opportunities and feedback"), "library/opportunities/",
                   plural("%(num)s opportunity", "%(num)s opportunities", len(atlas.opportunities))),
        parts.Link(_("Evidence"), "library/evidence/",
                   plural("%(num)s on record", "%(num)s on record", len(atlas.evidence))),
        parts.Link(_("Channels"), "library/channels/",
                   plural("%(num)s channel", "%(num)s channels", len(used_channels(context)))),
        parts.Link(_("Glossary"), GLOSSARY, _("What the words mean, and how each number is computed")))
    return LibraryView(uri="library/", title=_("Library"), section=_("Library"), shelves=shelves,
                       description=_("Content, metrics and channels that the journeys use."))
