"""The way into content, metrics, channels and what is known."""

from __future__ import annotations

from journeybook.formats import count
from journeybook.views import parts
from journeybook.views.channels import used_channels
from journeybook.views.context import Context
from journeybook.views.glossary import GLOSSARY
from journeybook.views.pages import LibraryView


def library_view(context: Context) -> LibraryView:
    """The shelves."""
    atlas = context.atlas
    shelves = (
        parts.Link("Content", "library/content/", count(len(atlas.assets), "asset")),
        parts.Link("Metrics", "library/metrics/", count(len(atlas.metrics), "metric")),
        parts.Link("Content matrix", "library/content-matrix/", "Which asset answers which question for whom"),
        parts.Link("Promises and handoffs", "promises/", count(len(atlas.promises), "promise")),
        parts.Link("Opportunities and feedback", "library/opportunities/",
                   count(len(atlas.opportunities), "opportunity", "opportunities")),
        parts.Link("Evidence", "library/evidence/", f"{len(atlas.evidence)} on record"),
        parts.Link("Channels", "library/channels/", count(len(used_channels(context)), "channel")),
        parts.Link("Glossary", GLOSSARY, "What the words mean, and how each number is computed"))
    return LibraryView(uri="library/", title="Library", section="Library", shelves=shelves,
                       description="Content, metrics and channels that the journeys use.")
