"""Finished HTML as a block that neither Markdown nor the templates of a generator read anything into."""

from __future__ import annotations

import re

PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
BLANK = re.compile(r"\n\s*\n")
FENCE = re.compile(r"^(\s*)(?:```|~~~)", re.MULTILINE)


def block(html: str) -> str:
    """HTML as one block that Markdown passes on as it is: Python-Markdown's as well as CommonMark's rules."""
    html = PRE.sub(lambda found: BLANK.sub(lambda gap: gap[0].replace("\n", "&#10;"), found[0]), html)
    html = BLANK.sub("\n", html).replace("{", "&#123;").replace("}", "&#125;")
    html = FENCE.sub(lambda found: f"{found[1]}&#{ord(found[0][-1])};{found[0][-2:]}", html)
    return f"<div>\n{html.strip()}\n</div>"
