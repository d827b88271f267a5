"""What holds where a team writes nothing."""

from __future__ import annotations

from journeybook.schema.durations import Duration, parse_duration

DEFAULT_CATEGORIES = (
    ("prospect", "Prospect", "Qualify"),
    ("buyer", "Buyer", "Conversion"),
    ("customer", "Customer", "Value, retention"),
    ("user", "User", "Reach their own goal"),
    ("churn", "Churn", "Part well, recover"),
)
"""Lifecycle categories in order: id, title, lead goal."""

BUILT_IN_CHANNELS = {
    "web": ("Web", "web"),
    "email": ("Email", "email-outline"),
    "phone": ("Phone", "phone-outline"),
    "chat": ("Chat", "chat-outline"),
    "app": ("App", "cellphone"),
    "store": ("Store", "storefront-outline"),
    "post": ("Post", "mailbox-outline"),
    "social": ("Social media", "account-voice"),
    "event": ("Event", "calendar-star"),
    "partner": ("Partner", "handshake-outline"),
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
