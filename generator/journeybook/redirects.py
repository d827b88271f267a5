"""Pages at former addresses: each says where its record is now, and leads there without a script."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import escape

from journeybook.model import Atlas, Journey
from journeybook.model.former import former
from journeybook.words import _, current

PLACES = {"journey": "journeys/", "persona": "people/personas/", "team": "people/teams/", "metric": "library/metrics/"}
"""Kind → the folder of its pages."""
PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="canonical" href="{whole}">
<meta http-equiv="refresh" content="0; url={to}">
</head>
<body>
<p>{moved} <a href="{to}"><bdi>{title}</bdi></a></p>
</body>
</html>
"""


def redirects(atlas: Atlas, directory_urls: bool, relative: Callable[[str, str], str],
              address: Callable[[str], str] | None) -> dict[str, str]:
    """The pages, by their file in the site.

    ``relative`` is the way from a page (second) to a place (first), ``address`` a place's full address; None where the
    site does not know its own.
    """
    files = {}
    for (kind, old), record in former(atlas).items():
        place, page = f"{PLACES[kind]}{record.id}/", f"{PLACES[kind]}{old}/"
        to = relative(place, page)
        title = record.spec.title if isinstance(record, Journey) else record.spec.name
        files[f"{page}index.html" if directory_urls else f"{page.rstrip('/')}.html"] = PAGE.format(
            language=escape(current().language), title=escape(title), to=escape(to),
            whole=escape(address(place) if address else to), moved=escape(_("This page has moved:")))
    return files
