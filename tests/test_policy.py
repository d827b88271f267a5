"""The content security policy that a build writes: which scripts and which hosts are in it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from journeybook.adapters.policy import FILE, NGINX
from support_site import DOT, JOURNEY, project, run, site

CUSTOM = """\
extra_css: [https://styles.example/a.css, mine.css]
extra_javascript: [https://scripts.example/a.js]
"""


def rules(folder: Path) -> dict[str, list[str]]:
    """The policy of a built site, by directive; both files must say the same."""
    found = re.search(r"Content-Security-Policy: (.*)", (folder / FILE).read_text("utf-8"))
    assert found
    assert f'add_header Content-Security-Policy "{found[1]}" always;' in (folder / NGINX).read_text("utf-8")
    return {name: values for name, *values in (rule.split() for rule in found[1].split("; "))}


def hashed(text: str) -> str:
    """How a policy names a script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_every_script_of_every_page_is_named() -> None:
    """No script in a page of the demo that its policy does not know, and none that it knows in vain but for depth."""
    built = site("tallybird")
    allowed = rules(built.folder)["script-src"]
    scripts = {str(script.text) for page in built.pages.values() for script in page.xpath("//script[not(@src)]")
               if script.get("type") != "application/json"}
    assert {hashed(script) for script in scripts} == set(allowed) - {"'self'"}
    assert not any("unsafe" in value or "http" in value or "*" in value for value in allowed)


def test_a_script_in_markdown_is_not_named(tmp_path: Path) -> None:
    """What somebody writes into a Markdown page earns no place in the policy; the page's own frame, deep down, does."""
    evil = "alert(1)"
    folder = project(tmp_path, {"buy.yml": JOURNEY, "index.md": f"# Ours\n\n<script>{evil}</script>\n",
                                "a/b/c/d/e/f.md": f"# Deep\n\n<script>{evil}</script>\n"})
    assert run(folder, "build").exit_code == 0
    found = rules(folder / "site")
    page = (folder / "site/a/b/c/d/e/f/index.html").read_text("utf-8")
    own = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert evil in own
    assert {text for text in own if hashed(text) not in found["script-src"]} == {evil}
    assert hashed("text-align: right;") in found["style-src"]


def test_what_the_owner_chose_is_allowed(tmp_path: Path) -> None:
    """Hosts of styles and scripts in mkdocs.yml, and of the theme's fonts, are in the policy; nobody else's are."""
    folder = project(tmp_path, {"buy.yml": JOURNEY}, DOT.replace(", font: false", "") + CUSTOM)
    assert run(folder, "build").exit_code == 0
    found = rules(folder / "site")
    assert [value for value in found["script-src"] if "http" in value] == [
        "https://scripts.example", "https://styles.example"]
    assert found["style-src"] == ["'self'", "https://scripts.example", "https://styles.example",
                                  "https://fonts.googleapis.com"]
    assert found["font-src"][-1] == "https://fonts.gstatic.com"
    assert found["default-src"] == ["'none'"]
