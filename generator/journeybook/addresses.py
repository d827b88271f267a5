"""Addresses of pages, as seen from one another."""

from __future__ import annotations

# Pages with pages below them: "people/" is people/index.html where addresses name files.
HUBS = frozenset({"", "lifecycle/", "journeys/", "promises/", "people/", "library/", "health/", "write/"})


def relative(target: str, uri: str, directory_urls: bool) -> str:
    """The address of ``target`` (directory form, with or without anchor) seen from the page ``uri``.

    >>> relative("people/#teams", "journeys/x/", True)
    '../../people/#teams'
    >>> relative("people/#teams", "journeys/x/", False)
    '../people/index.html#teams'
    """
    place, hash_, anchor = target.partition("#")
    if hash_ and place == uri:
        return f"#{anchor}"
    here, there = (uri, place) if directory_urls else (_file(uri), _file(place))
    *above, _ = here.split("/")
    *folders, file = there.split("/")
    shared = 0
    while shared < min(len(above), len(folders)) and above[shared] == folders[shared]:
        shared += 1
    way = "/".join([".."] * (len(above) - shared) + folders[shared:] + [file])
    return f"{way or './'}{hash_}{anchor}"


def _file(place: str) -> str:
    """The file behind a place where addresses name files."""
    if place in HUBS:
        return f"{place}index.html"
    return f"{place[:-1]}.html" if place.endswith("/") else place
