"""What every SVG of ours must be: well-formed XML that a strict site may show."""

from __future__ import annotations

import xml.etree.ElementTree as ET

HREF = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = {"svg", "g", "a", "path", "rect", "circle", "polygon", "text"}
_ATTRIBUTES = {
    "class",
    "viewBox",
    "width",
    "height",
    "role",
    "aria-label",
    "aria-hidden",
    "preserveAspectRatio",
    "transform",
    "tabindex",
    "d",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "rx",
    "points",
    "text-anchor",
    "data-a",
    "data-e",
}


def parse(svg: str) -> ET.Element:
    """The parsed picture, once everything in it is on the allowlist. Inline SVG names no namespace."""
    root = ET.fromstring(svg)
    for element in root.iter():
        assert element.tag in _ELEMENTS, element.tag
        for name, value in element.attrib.items():
            assert name in _ATTRIBUTES or name == HREF, name
            if name in ("d", "points", "x", "y", "cx", "cy", "width", "height", "viewBox", "transform"):
                assert "nan" not in value and "inf" not in value, (name, value)
            if name == HREF:
                assert not value.lower().strip().startswith(("javascript:", "data:", "vbscript:")), value
    return root


def by_class(root: ET.Element, name: str) -> list[ET.Element]:
    """All elements that have a class."""
    return [element for element in root.iter() if name in element.get("class", "").split()]


def texts(root: ET.Element) -> list[str]:
    """The lines of text in order."""
    return [element.text or "" for element in root.iter("text")]
