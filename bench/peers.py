"""Who builds the same content: Journeybook, stock Material for MkDocs, Zensical, and Hugo with a bare theme.

Each gets a folder of its own. Journeybook gets the atlas, the others the natural Markdown of it; Hugo's differs only
in names (``_index.md`` begins a section), in front matter (a title) and in how links are resolved (a render hook).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.atlas import Firm, write_atlas
from bench.natural import natural_pages, write_natural

HUGO = {
    "config.toml": """\
baseURL = "https://journeybook.example/"
title = "Tallybird journeys"
theme = "bare"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.tableOfContents]
endLevel = 4
""",
    "themes/bare/theme.toml": 'name = "bare"\n',
    "themes/bare/layouts/_default/baseof.html": """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/bare.css"></head>
<body><header><a href="/">{{ site.Title }}</a><nav>
{{ range site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ end }}</nav></header>
<main>{{ block "main" . }}{{ end }}</main></body>
</html>
""",
    "themes/bare/layouts/_default/single.html":
        '{{ define "main" }}<aside>{{ .TableOfContents }}</aside><article>{{ .Content }}</article>{{ end }}\n',
    "themes/bare/layouts/_default/list.html": '{{ define "main" }}<article>{{ .Content }}</article>{{ end }}\n',
    "themes/bare/layouts/_default/_markup/render-link.html": """\
{{- $url := urls.Parse .Destination -}}
{{- $to := .Destination -}}
{{- if and (not $url.Scheme) $url.Path -}}
{{- $path := path.Join (path.Dir .Page.File.Path) (replace $url.Path "index.md" "_index.md") -}}
{{- with site.GetPage $path -}}
{{- $to = .RelPermalink -}}{{- with $url.Fragment -}}{{- $to = printf "%s#%s" $to . -}}{{- end -}}
{{- end -}}{{- end -}}
<a href="{{ $to | safeURL }}">{{ .Text | safeHTML }}</a>
""",
    "themes/bare/static/bare.css": "body{font:16px/1.5 sans-serif;max-width:75rem;margin:auto}td,th{padding:.3rem}\n",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator: how to give it the content, how to call it, and where the output is.

    ``command`` gets the folder, and whether nothing may be taken from an earlier build. ``kept`` is what such a
    build would take it from. ``pages`` says where a journey's file is.
    """

    name: str
    version: str
    write: Callable[[Firm, Path], None]
    command: Callable[[Path, bool], list[str]]
    pages: Callable[[Firm, str], str]
    kept: tuple[str, ...] = ()
    output: str = "site"


def _ours(folder: Path, cold: bool) -> list[str]:
    return [sys.executable, "-m", "journeybook", "build", "-v", "-f", str(folder / "mkdocs.yml"),
            *(["--no-cache"] if cold else [])]


def _stock(folder: Path, _cold: bool) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]


def _write_hugo(firm: Firm, folder: Path) -> None:
    for place, text in HUGO.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for uri, text in natural_pages(firm):
        path = folder / "content" / re.sub(r"(^|/)index\.md$", r"\1_index.md", uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_titled(text), "utf-8")


def _titled(text: str) -> str:
    """Hugo wants the title in front; the heading stays what it is."""
    found = re.search(r"^# (.*)$", text, re.MULTILINE)
    title = (found[1] if found else "").replace('"', "'")
    if text.startswith("---\n"):
        return text.replace("---\n", f'---\ntitle: "{title}"\n', 1)
    return f'---\ntitle: "{title}"\n---\n{text}'


def _markdown(firm: Firm, ident: str) -> str:
    return f"journeys/{firm.folders[ident]}/{ident}.md"


def peers(zensical: str = "") -> list[Peer]:
    """Those that are installed here. ``zensical`` is its program where it is not on the path."""
    found = [
        Peer("ours", version("journeybook"), write_atlas, _ours,
             lambda firm, ident: f"maps/journeys/{firm.folders[ident]}/{ident}.yml", (".cache", ".journeybook")),
        Peer("stock Material", f"{version('mkdocs-material')} on MkDocs {version('mkdocs')}", write_natural, _stock,
             lambda firm, ident: f"docs/{_markdown(firm, ident)}")]
    program = zensical or shutil.which("zensical")
    if program:
        found.append(Peer(
            "Zensical", _said([program, "--version"]), write_natural,
            lambda folder, cold: [program, "build", "-f", str(folder / "mkdocs.yml"), *(["-c"] if cold else [])],
            lambda firm, ident: f"docs/{_markdown(firm, ident)}", (".cache",)))
    hugo = shutil.which("hugo")
    if hugo:
        found.append(Peer(
            "Hugo, bare", _said([hugo, "version"]), _write_hugo,
            lambda folder, _cold: [hugo, "--quiet", "--source", str(folder)],
            lambda firm, ident: f"content/{_markdown(firm, ident)}", ("resources",), "public"))
    return found


def _said(command: list[str]) -> str:
    text = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout
    found = re.search(r"\d+(\.\d+)+\S*", text)
    return found[0] if found else text.strip()
