"""All that is looked at while a page is open, gathered in one load: a page is loaded once a width, not once a test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from browser.served import SLOW
from node.find import AXE

SHIFT = 0.02  # largest layout shift while a page loads

WIDTHS = (320, 390, 768, 1024, 1440, 1920, 2560)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLOURED = ["color-contrast", "link-in-text-block"]  # the rules whose answer the scheme can change
SHIFTS = """
window.jbShift = 0
window.jbMoved = []
const box = ({ x, y, width, height }) => `${x} ${y} ${width} ${height}`
const seen = ({ node, previousRect: before, currentRect: after }) =>
  `${node?.nodeName}.${node?.className} from ${box(before)} to ${box(after)}`
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
    window.jbShift += entry.value
    window.jbMoved.push(`${entry.value} after ${entry.startTime} ms: ${entry.sources.map(seen).join(', ')}`)
  }
}).observe({ type: 'layout-shift', buffered: true })
"""
READ = """() => ({
  shift: window.jbShift, moved: window.jbMoved, elements: document.querySelectorAll('*').length,
  lang: document.documentElement.lang, title: document.title,
  description: document.querySelector('meta[name=description]')?.content ?? '',
  canonical: document.querySelector('link[rel=canonical]')?.href ?? '',
  headings: [...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')]
    .filter(heading => heading.checkVisibility()).map(heading => +heading.tagName[1]),
  bytes: performance.getEntriesByType('navigation')[0].encodedBodySize,
})"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
STILL = "Promise.allSettled(document.getAnimations().map(animation => animation.finished))"  # all has arrived
OVER = """async () => {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  // the search box takes its time to follow the window
  if (over() > 0) await Promise.allSettled(document.getAnimations().map(animation => animation.finished))
  return over()
}"""
RUN = """async only => {
  const options = { runOnly: only, resultTypes: ['violations'], preload: false } // no rule of these reads style sheets
  return (await axe.run(document, options)).violations.flatMap(v => v.nodes.map(n =>
    `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 160)} ${n.any.map(a => a.message).join('; ').slice(0, 200)}`))
}"""
ALL = "*{content-visibility:visible!important}"  # all as it is when it is read
DARK = """() => {
  document.body.setAttribute('data-md-color-scheme', 'slate')
  document.body.setAttribute('data-md-color-media', '(prefers-color-scheme: dark)')
}"""


@dataclass
class Visit:
    """What was seen: findings as lines, ``too_wide`` by width in px, ``shift`` as Chromium's layout shift score."""

    light: list[str] = field(default_factory=list)
    dark: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    too_wide: dict[int, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


class Visitor:
    """A tab of one width that goes from page to page."""

    def __init__(self, chromium: Any, width: int) -> None:
        self.size = {"width": width, "height": 900}
        self._context = chromium.new_context(viewport=self.size, extra_http_headers=SLOW)
        self._context.add_init_script(SHIFTS)
        self.page = self._context.new_page()
        self._base, self._faults = "", list[str]()
        self._late: list[Any] | None = None  # scripts that wait for the first picture
        self._context.route("**/*.js", self._script)
        self.page.on("pageerror", lambda error: self._faults.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)

    def visit(self, base: str, uri: str, *, axe: bool = True) -> Visit:
        """Everything about the page: as loaded, in the dark, and at other widths.

        One that moved is loaded once more, and the visit in which it moved less counts: on a busy machine a picture may
        fall between any two bytes.
        """
        found = self._once(base, uri, axe=axe)
        if found.facts["shift"] > SHIFT:
            found.facts |= min(found.facts, self._once(base, uri, axe=False).facts, key=lambda facts: facts["shift"])
        return found

    def _once(self, base: str, uri: str, *, axe: bool) -> Visit:
        """In one load. As on a slow line the page comes in pieces, and scripts after the first picture: nothing may
        move the rest.
        """
        self._base, self._faults = base, []
        self.page.goto("about:blank")
        self.page.set_viewport_size(self.size)
        self._late = []
        self.page.goto(base + uri, wait_until="commit")
        self.page.wait_for_function(PAINTED)
        late, self._late = self._late, None
        for route in late:
            route.continue_()
        self.page.wait_for_load_state("networkidle")
        found = Visit(faults=self._faults, facts=self.page.evaluate(READ))
        if axe:
            self.page.add_style_tag(content=ALL)
            self.page.evaluate(AXE.read_text("utf-8"))
            found.light = self.axe()
            self.page.evaluate(DARK)
            self.page.evaluate(STILL)
            found.dark = self.axe(COLOURED)
        for width in WIDTHS if self.size["width"] > 1000 else ():
            self.page.set_viewport_size({"width": width, "height": 900})
            over = self.page.evaluate(OVER)
            found.too_wide |= {width: over} if over > 0 else {}
        return found

    def axe(self, rules: list[str] | None = None) -> list[str]:
        """Findings of axe-core on the page as it is now, by all rules of WCAG 2.0 to 2.2 A and AA and best practice."""
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
        found: list[str] = self.page.evaluate(RUN, only)
        return found

    def close(self) -> None:
        """Close the tab."""
        self._context.close()

    def _script(self, route: Any) -> None:
        route.continue_() if self._late is None else self._late.append(route)

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self._faults.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self._base, "data:", "blob:")):
            self._faults.append(f"outside request: {request.url}")
