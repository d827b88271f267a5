"""The content security policy of a built site, as files that web servers understand.

A page may run the scripts of its own origin and those few that the theme writes into pages; these are known by their
hashes. Hashes are taken from pages that we made, where nothing that a team writes can become a script. A Markdown page
has the same frame: a script that stands in its text is not among them and does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

FILE, NGINX = "_headers", "_headers-nginx.conf"
INLINE = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
DATA = re.compile(rb"\bsrc=|\btype=\"?application/json")  # no scripts of the page itself
BASE = re.compile(rb'(?<=new URL\(")(?:\.|(?:\.\./)*\.\.)(?=")')  # where the site begins, seen from the page
ALIGNED = ("left", "center", "right")
FONTS = {"style-src": "https://fonts.googleapis.com", "font-src": "https://fonts.gstatic.com"}


def write_headers(site: Path, pages: Iterable[Path], depths: Iterable[int], *, addresses: Sequence[str] = (),
                  fonts: bool = False, tables: bool = False) -> None:
    """Write ``_headers`` (Netlify, Cloudflare Pages) and a part for nginx into a built site.

    ``pages`` are files that we made; ``depths`` say how many folders deep all pages of the site lie. ``addresses`` are
    those of styles and scripts that ``mkdocs.yml`` names, ``fonts`` whether the theme asks Google for its fonts,
    ``tables`` whether there are Markdown pages, whose tables are aligned by style attributes.
    """
    scripts: set[bytes] = set()
    for page in pages:
        scripts.update(_scripts(page.read_bytes()))
    bases = ["/".join([".."] * depth) or "." for depth in sorted(set(depths))]
    scripts |= {BASE.sub(base.encode(), script) for script in scripts for base in bases}
    headers = {
        "Content-Security-Policy": policy(scripts, addresses, fonts=fonts, tables=tables),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    (site / FILE).write_text(f"/*\n{lines}", "utf-8")
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    (site / NGINX).write_text(lines, "utf-8")


def policy(scripts: Iterable[bytes], addresses: Sequence[str] = (), *, fonts: bool = False,
           tables: bool = False) -> str:
    """The policy for pages with these scripts in them; see :func:`write_headers` for the rest."""
    others = sorted({f"https://{urlsplit(address).netloc}" for address in addresses if "//" in address})
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted(_hash(script) for script in scripts), *others],
        "worker-src": ["'self'"],
        "style-src": ["'self'", *others],
        "img-src": ["'self'", "data:"],  # the theme's icons are masks in its stylesheet
        "font-src": ["'self'", *others],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
    if tables:
        rules["style-src"] += ["'unsafe-hashes'", *(_hash(f"text-align: {side};".encode()) for side in ALIGNED)]
    for rule, address in FONTS.items() if fonts else ():
        rules[rule].append(address)
    return "; ".join(f"{rule} {' '.join(values)}" for rule, values in rules.items())


def _scripts(page: bytes) -> Iterable[bytes]:
    for found in INLINE.finditer(page):
        if not DATA.search(found["attributes"]):
            yield found["text"]


def _hash(content: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}'"
