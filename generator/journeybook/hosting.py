"""Addresses at the Git host: where a file is edited, and where a new one is begun.

A *pattern* is the whole address with ``{path}`` or ``{path_noext}`` where a file's path goes (``!q`` quotes its slashes
too): what MkDocs makes of ``repo_url``, ``edit_uri`` and ``edit_uri_template``. Paths are relative to ``docs_dir``.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from string import Formatter
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

_UP = re.compile(r"[^/?#=&]+/\.\./|(?:(?!%2F)[^/?#=&])+%2F\.\.%2F")
_GITHUB = re.compile(r"(https?://[^/]+/[^/]+/[^/]+)/(?:edit|blob|tree)/(.+)/[^/]+")
_GITLAB = re.compile(r"(https?://[^/]+/.+?)(?:/-)?/(?:edit|blob|tree)/(.+)/[^/]+")
_BITBUCKET = re.compile(r"(https?://[^/]+/[^/]+/[^/]+/src/.+)/[^/]+")


class _Paths(Formatter):
    """Formats paths for addresses."""

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        """``!q`` leaves no slash as it is."""
        if conversion in (None, "q"):
            return quote(value, safe="" if conversion else "/")
        return super().convert_field(value, conversion)


def edit_pattern(repo_url: str, edit_uri: str | None, template: str = "") -> str:
    """The pattern of a project, ``""`` where it has none; ``edit_uri`` None means what the host is known for."""
    if edit_uri is None:
        edit_uri = {"github.com": "edit/master/docs/", "gitlab.com": "edit/master/docs/",
                    "bitbucket.org": "src/default/docs/"}.get(urlsplit(repo_url).netloc.lower(), "")
    if not template and edit_uri:
        template = edit_uri.replace("{", "{{").replace("}", "}}") + ("" if edit_uri.endswith("/") else "/") + "{path}"
    if not template:
        return ""
    try:
        _Paths().format(template, path="", path_noext="")
    except (LookupError, ValueError, AttributeError):
        return ""  # the host says what is wrong with it, before it builds
    if repo_url and not template.startswith(("?", "#")) and not repo_url.endswith("/"):
        repo_url += "/"
    found = urljoin(repo_url, template)
    return found if urlsplit(found).scheme in ("http", "https") and urlsplit(found).netloc else ""


def edit_address(pattern: str, path: str, line: int = 0) -> str:
    """The address that opens a file (at a line), ``""`` without a pattern."""
    if not pattern:
        return ""
    address, mark = _address(pattern, path)
    return f"{address}{mark}{line}" if line and mark else address


@lru_cache(8192)
def _address(pattern: str, path: str) -> tuple[str, str]:
    """The address of a file, and what comes before the number of a line in it."""
    path = posixpath.normpath(path)
    address, times = _Paths().format(pattern, path=path, path_noext=posixpath.splitext(path)[0]), 1
    while times:  # maps outside `docs_dir`: docs/../maps
        address, times = _UP.subn("", address, count=1)
    return address, "" if "#" in address else "#lines-" if _host(address) == "bitbucket" else "#L"


def new_address(pattern: str, path: str, text: str) -> str:
    """The address at which a new file is begun with a text, ``""`` where the host is not known.

    Bitbucket has no such page: its address is the folder's.
    """
    address = edit_address(pattern, path).partition("?")[0]
    name = posixpath.basename(path)
    host = _host(address)
    if host == "github" and (match := _GITHUB.fullmatch(address)):
        return f"{match[1]}/new/{match[2]}?{urlencode({'filename': name, 'value': text}, quote_via=quote)}"
    if host == "gitlab" and (match := _GITLAB.fullmatch(address)):
        return f"{match[1]}/-/new/{match[2]}?{urlencode({'file_name': name, 'content': text}, quote_via=quote)}"
    if host == "bitbucket" and (match := _BITBUCKET.fullmatch(address)):
        return f"{match[1]}/"
    return ""


def _host(address: str) -> str:
    """``github``, ``gitlab`` or ``bitbucket``, also where a firm runs its own; ``""`` for any other."""
    parts = urlsplit(address)
    labels = (parts.hostname or "").split(".")
    for name in ("github", "gitlab", "bitbucket"):
        if name in labels:
            return name
    return "gitlab" if "/-/" in parts.path else ""
