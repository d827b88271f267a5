"""Words, tones and icons of what a record may be: its status, its state, its kind."""

from __future__ import annotations

from journeybook.problems import Severity
from journeybook.views import parts
from journeybook.words import N_, _

ASSET_STATUS = {"live": parts.Tag(N_("Live"), "ok", "check-circle-outline"),
                "planned": parts.Tag(N_("Planned"), "watch", "clock-outline"),
                "idea": parts.Tag(N_("Idea"), "none", "lightbulb-outline"),
                "retired": parts.Tag(N_("Retired"), "off", "archive-outline")}


METRIC_STATUS = {"ok": parts.Tag(N_("On target"), "ok", "check-circle-outline"),
                 "watch": parts.Tag(N_("Close"), "watch", "alert-outline"),
                 "off": parts.Tag(N_("Off target"), "off", "close-octagon-outline"),
                 "none": parts.Tag(N_("No target"), "none", "help-circle-outline"),
                 "silent": parts.Tag(N_("Not measured"), "none", "help-circle-outline")}


STATUS_TONE = {"draft": "none", "in-review": "watch", "validated": "ok", "live": "ok", "retired": "none"}


STATUS_ICON = {"draft": "pencil-outline", "in-review": "eye-outline", "validated": "check-circle-outline",
               "live": "check-circle-outline", "retired": "archive-outline"}


STATUS_WORD = {"draft": N_("Draft"), "in-review": N_("In review"), "validated": N_("Validated"), "live": N_("Live"),
               "retired": N_("Retired")}


EVIDENCE_KINDS = {"interview": N_("Interview"), "survey": N_("Survey"), "ticket": N_("Ticket"),
                  "analytics": N_("Analytics"), "workshop": N_("Workshop")}


STATUS_LOWER = {"draft": N_("draft"), "in-review": N_("in review"), "validated": N_("validated"), "live": N_("live"),
                "retired": N_("retired")}


STATES = {"current": N_("Current state"), "future": N_("Future state")}


KINDS = {"lifecycle": N_("lifecycle"), "journey": N_("journey"), "blueprint": N_("blueprint")}


SEVERITIES = {Severity.ERROR: N_("Error"), Severity.WARNING: N_("Warning"), Severity.INFO: N_("Note")}


PRIORITIES = {"low": N_("low priority"), "medium": N_("medium priority"), "high": N_("high priority")}


def status_tag(word: str) -> parts.Tag:
    """A journey's status as people read it."""
    return parts.Tag(_(STATUS_WORD[word]), STATUS_TONE[word], STATUS_ICON[word])
