"""SVG as safe text: one function that escapes everything and keeps the rules of a strict site.

The rules: no ids, no inline style, no script, no handler; the look hangs on classes and only geometry is
written as attributes. Links are ``xlink:href``: Material's instant navigation assigns ``el.href`` on
everything that has a plain ``href``, which throws on SVG elements and leaves the old page standing. They say that they
are links: what looks for plain ``href`` only (Lighthouse, as of 12) would take them for links that lead nowhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from journeybook.diagrams.text import NOT_XML

Value = str | float | int | bool | None

XLINK = "http://www.w3.org/1999/xlink"
ROOT = 20.0  # px in one rem of the host

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_SAFE_SCHEMES = ("http:", "https:", "mailto:")


@lru_cache(maxsize=16384)
def num(value: float, digits: int = 1) -> str:
    """A coordinate with few decimals and no trailing zeros; what is not finite becomes 0, never ``nan``."""
    if not math.isfinite(value):
        return "0"
    text = f"{value:.1f}" if digits == 1 else f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def text(content: str) -> Markup:
    """Escaped character data without the characters that XML forbids."""
    return escape(NOT_XML.sub("", content))


def element(name: str, /, *children: str | Markup, **attributes: Value) -> Markup:
    """``element("path", d="M0 0", class_="ed")`` → ``<path d="M0 0" class="ed"/>``.

    ``class_`` loses its underscore, other underscores become hyphens; ``href`` is written as ``xlink:href``,
    and left out when its scheme could run code. ``viewBox`` and the like keep their case. None drops it.
    An ``a`` gets a role: without one it counts as a link that leads nowhere. Not ``link``, for it stands in pictures.
    """
    if name == "a":
        attributes = {**attributes, "role": "group"}
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    inside = "".join(child if isinstance(child, Markup) else text(child) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S704


def group(children: Iterable[Markup], **attributes: Value) -> Markup:
    """A ``<g>`` around parts that belong together."""
    return element("g", *children, **attributes)


def picture(
    width: float, height: float, *children: Markup, class_: str, label: str = "", sized: bool = False
) -> Markup:
    """A whole ``<svg>`` in user units from 0, 0; without a ``label`` it is decoration, hidden from readers.

    ``sized`` gives it its natural size in rem, at Material's 20 px: it then grows as the text around it does.
    """
    return element(
        "svg",
        *children,
        class_=class_,
        viewBox=f"0 0 {num(width)} {num(height)}",
        width=f"{num(width / ROOT, 2)}rem" if sized else None,
        height=f"{num(height / ROOT, 2)}rem" if sized else None,
        role="img" if label else None,
        aria_label=label or None,
        aria_hidden=None if label else "true",
        **{"xmlns:xlink": XLINK if "xlink:href" in "".join(children) else None},
    )


def _attribute(key: str, value: str | float | int | bool) -> str:
    return f' {_name(key)}="{num(value)}"' if isinstance(value, float) else _said(key, value)


@lru_cache(maxsize=8192, typed=True)
def _said(key: str, value: str | int | bool) -> str:
    """An attribute that is no length: most are classes and come a thousand times."""
    if key == "href":
        # Browsers ignore blanks and control characters in a scheme, so they must not hide one from us.
        bare = "".join(character for character in str(value) if character > " ").lower()
        if _SCHEME.match(bare) and not bare.startswith(_SAFE_SCHEMES):
            return ""
    return f' {_name(key)}="{value if isinstance(value, int) else text(value)}"'


@lru_cache(maxsize=256)
def _name(key: str) -> str:
    return "xlink:href" if key == "href" else key.rstrip("_").replace("_", "-")
