"""The site under the content security policy that its build wrote: nothing is refused, nothing strange runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browser.kinds import PAGES
from browser.served import served
from support_site import DOT, JOURNEY, project, run

WATCH = """
window.jbRefused = []
document.addEventListener('securitypolicyviolation', e =>
  window.jbRefused.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`))
"""
SETTLED = "new Promise(done => requestIdleCallback(() => setTimeout(() => done(window.jbRefused), 30)))"
TOGGLE = "form[data-jb=scheme] label:visible"


def opened(chromium: Any, base: str) -> tuple[Any, list[str]]:
    """A tab that knows what the policy refused, and what was asked of anybody else."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light", bypass_csp=False)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(15_000)
    outside: list[str] = []
    page.on("request", lambda request: None if request.url.startswith((base, "data:", "blob:"))
            else outside.append(request.url))
    return page, outside


@pytest.mark.parametrize("name", sorted({site for site, _ in PAGES.values()}))
def test_no_page_offends_the_policy(chromium: Any, sites: Callable[[str], str], name: str) -> None:
    """Every page kind, opened anew: the policy is there, refuses nothing, and nobody else is asked for anything."""
    base = sites(name)
    page, outside = opened(chromium, base)
    for kind, (_, uri) in ((kind, place) for kind, place in PAGES.items() if place[0] == name):
        answer = page.goto(base + uri)
        assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"], kind
        assert "unsafe" not in answer.headers["content-security-policy"], kind
        assert page.evaluate(SETTLED) == [], kind
    assert outside == []
    page.context.close()


def test_search_and_dark_mode_work_under_the_policy(chromium: Any, sites: Callable[[str], str]) -> None:
    """Typing finds records (a worker), a result opens without loading anew, the scheme changes and is kept."""
    base = sites("demo")
    page, outside = opened(chromium, base)
    page.goto(f"{base}journeys/", wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("first year", delay=20)
    page.locator(".md-search-result__link").first.wait_for()
    page.evaluate("window.jbSame = true")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(lambda url: "journeys/?" not in url and not url.endswith("/journeys/"))
    assert page.evaluate("window.jbSame")
    page.locator(TOGGLE).first.click()
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
    page.reload(wait_until="networkidle")
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
    assert page.evaluate("window.jbRefused") == []
    assert outside == []
    page.context.close()


HOSTILE = """# A page of a team's own

| a | b |
|:--|--:|
| 1 | 2 |

<script>window.pwned = 'inline'</script>
<img src="nowhere.png" onerror="window.pwned = 'handler'">
<a id="go" href="javascript:window.pwned='link'">go</a>
<iframe srcdoc="<script>parent.pwned = 'frame'</script>"></iframe>
<script src="https://elsewhere.example/x.js"></script>
"""


def test_scripts_in_markdown_do_not_run(chromium: Any, tmp_path: Path) -> None:
    """A team's own page works, its table included; a script, handler, link or frame in its text does nothing."""
    folder = project(tmp_path, {"buy.yml": JOURNEY, "a/b/c/notes.md": HOSTILE},
                     f"{DOT}repo_url: https://github.com/o/r\n")
    assert run(folder, "build").exit_code == 0
    with served(folder / "site") as base:
        page, outside = opened(chromium, base)
        page.goto(f"{base}a/b/c/notes/")
        page.wait_for_load_state("networkidle")
        page.locator("#go").click()
        refused = page.evaluate("window.jbRefused")
        assert page.evaluate("window.pwned") is None
        assert page.evaluate("typeof __md_get") == "function", "the frame's own scripts run"
        assert page.evaluate("getComputedStyle(document.querySelector('tbody td + td')).textAlign") == "right"
        assert {line.split()[0] for line in refused} == {"script-src-elem", "script-src-attr"}
        assert page.locator(".md-header .md-source").is_visible()
        assert not any("github" in line for line in (*outside, *refused)), "nobody asks for stars and forks"
        page.context.close()
