"""What holds where a team writes nothing."""

from __future__ import annotations

from journeybook.schema.durations import Duration, parse_duration
from journeybook.words import N_

DEFAULT_CATEGORIES = (
    ("prospect", N_("Prospect"), N_("Qualify")),
    ("buyer", N_("Buyer"), N_("Conversion")),
    ("customer", N_("Customer"), N_("Value, retention")),
    ("user", N_("User"), N_("Reach their own goal")),
    ("churn", N_("Churn"), N_("Part well, recover")),
)
"""Lifecycle categories in order: id, title, lead goal."""

BUILT_IN_CHANNELS = {
    "web": (N_("Web"), "web"),
    "email": (N_("Email"), "email-outline"),
    "phone": (N_("Phone"), "phone-outline"),
    "chat": (N_("Chat"), "chat-outline"),
    "app": (N_("App"), "cellphone"),
    "store": (N_("Store"), "storefront-outline"),
    "post": (N_("Post"), "mailbox-outline"),
    "social": (N_("Social media"), "account-voice"),
    "event": (N_("Event"), "calendar-star"),
    "partner": (N_("Partner"), "handshake-outline"),
}
"""Channel id → name and Material Design icon."""


def _every(text: str) -> Duration:
    found = parse_duration(text)
    if found is None:  # pragma: no cover - the texts below are ours
        raise ValueError(text)
    return found


REVIEW_EVERY = {"journey": _every("6 months"), "persona": _every("12 months"), "asset": _every("12 months"),
                "promise": _every("12 months")}
"""How often a record is looked over when neither it nor the atlas says."""
