"""What is said of an asset and of a metric wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook.formats import listed
from journeybook.model import (
    Asset,
    Metric,
)
from journeybook.views import parts
from journeybook.views.vocabulary import (
    ASSET_STATUS,
    PRIORITIES,
)
from journeybook.words import _

ASSET_ICONS = (
    ("video", "video-outline"), ("webinar", "presentation-play"), ("email", "email-outline"),
    ("e-mail", "email-outline"), ("checklist", "format-list-checks"), ("calculator", "calculator-variant-outline"),
    ("contract", "file-sign"), ("pricing", "tag-outline"), ("price", "tag-outline"), ("comparison", "scale-balance"),
    ("case", "text-box-check-outline"), ("reference", "account-check-outline"), ("review", "star-outline"),
    ("guide", "book-open-page-variant-outline"), ("in-app", "cellphone-message"), ("prompt", "cellphone-message"),
    ("help", "lifebuoy"), ("letter", "mailbox-outline"), ("podcast", "microphone-outline"), ("page", "web"),
    ("article", "file-document-outline"), ("post", "post-outline"),
)


CLOSE = 0.1  # off target by at most a tenth counts as close where a metric names no `warn_at`


FLAT = 0.02  # a smaller change is no trend


TREND_SPAN = 3  # the latest value is compared with the one so many values before


def asset_item(asset: Asset) -> parts.AssetItem:
    """An asset where it is used."""
    spec = asset.spec
    kind = (spec.type or "").lower()
    icon = next((icon for word, icon in ASSET_ICONS if word in kind), "file-document-outline")
    status = None if spec.status == "live" else parts.said(ASSET_STATUS[spec.status])
    return parts.AssetItem(
        asset.id, spec.title, icon, spec.type or "", f"library/content/#asset-{asset.id}", status, spec.status)


def about_asset(asset: Asset) -> Iterator[str]:
    """What else is written about an asset."""
    spec = asset.spec
    yield from filter(None, (spec.format, spec.language))
    if spec.gated:
        yield _("behind a form")
    if spec.priority:
        yield _(PRIORITIES[spec.priority])
    if asset.metrics:
        yield _("measured by %(metrics)s", metrics=listed([metric.spec.name for metric in asset.metrics]))


def tone_of(metric: Metric) -> str:
    """Against the target: ok, watch (close), off; none where there is nothing to compare."""
    spec, latest = metric.spec, metric.latest
    if spec.target is None or latest is None or latest.value is None:
        return "none"
    sign = 1 if spec.direction == "up" else -1
    if (latest.value - spec.target) * sign >= 0:
        return "ok"
    if spec.warn_at is not None:
        return "watch" if (latest.value - spec.warn_at) * sign >= 0 else "off"
    return "watch" if abs(latest.value - spec.target) <= abs(spec.target) * type(spec.target)(str(CLOSE)) else "off"


def trend_of(metric: Metric) -> tuple[str, str, str]:
    """Word, icon and tone of the change over the last three values."""
    values = [float(value.value) for value in metric.overall if value.value is not None]
    if len(values) <= TREND_SPAN:
        return "", "", ""
    change = values[-1] - values[-1 - TREND_SPAN]
    if abs(change) < FLAT * (abs(values[-1 - TREND_SPAN]) or 1):
        return _("Flat"), "trending-neutral", ""
    better = (change > 0) == (metric.spec.direction == "up")
    return (_("Improving") if better else _("Worsening"), "trending-up" if change > 0 else "trending-down",
            "good" if better else "bad")
