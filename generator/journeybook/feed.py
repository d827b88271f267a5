"""The changes page as an Atom feed (RFC 4287)."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from journeybook.views.changes import FEED, URI, ChangesView, lines
from journeybook.words import current

ATOM = "http://www.w3.org/2005/Atom"
MOST = 20
"""So many revisions are in the feed."""


def feed(view: ChangesView, site: str, site_url: str) -> str:
    """The feed of a changes page. Without the site's address its links are relative, and its ids stay the same."""
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": current().language})
    _text(root, "title", f"{view.title}: {site}")
    _text(root, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, base + URI + site)}")
    _text(root, "updated", f"{view.revisions[0].date}T00:00:00Z")
    ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": base + URI})
    ElementTree.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": base + FEED})
    _text(ElementTree.SubElement(root, "author"), "name", site)
    for revision in view.revisions[:MOST]:
        entry = ElementTree.SubElement(root, "entry")
        said = list(lines(revision))
        _text(entry, "title", revision.subject or said[0])
        _text(entry, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, base + URI + revision.anchor)}")
        _text(entry, "updated", f"{revision.date}T00:00:00Z")
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": f"{base}{URI}#{revision.anchor}"})
        _text(ElementTree.SubElement(entry, "author"), "name", revision.authors)
        content = _text(entry, "content", "\n".join(said))
        content.set("type", "text")
        if not revision.began and current().language != "en":  # the words of `journeybook diff`
            content.set("xml:lang", "en")
    ElementTree.indent(root)
    return f"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{ElementTree.tostring(root, encoding='unicode')}\n"


def _text(parent: ElementTree.Element, name: str, words: str) -> ElementTree.Element:
    """An element with words that XML can hold."""
    element = ElementTree.SubElement(parent, name)
    element.text = "".join(c for c in words if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF
                                                                and ord(c) not in (0xFFFE, 0xFFFF)))
    return element
