"""The host's frame around our pages, drawn once for all pages that share it.

The theme draws header, path and footer anew for each page, which takes longer than our page itself. For pages
below one hub they differ in title, description and three addresses only, so one is drawn with markers in these
places and the others are cut from it. That holds as long as nobody else has a say in a page: with other plugins,
hooks or a ``custom_dir`` of the team's own, every page is drawn by the host. The tests compare both ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.templates import TemplateContext

from journeybook.adapters.host_pages import JourneyPage
from journeybook.frozen import dataclass
from journeybook.views.reads import digest

ALONE = frozenset({"journeybook", "search", "material/search"})
TEMPLATE = "journeybook/finished.html"  # prints what it is given
MARKS = {"title": "jbmarktitlejb", "description": "jbmarkdescriptionjb", "canonical_url": "https://jbmarkurljb.invalid/",
         "edit_url": "https://jbmarkeditjb.invalid/", "content": "<h1>jbmarkcontentjb</h1>"}
SWITCH = '<script>document.documentElement.classList.replace("no-js","js")</script>'  # as in overrides/main.html
_CUT = re.compile("(" + "|".join(map(re.escape, MARKS.values())) + ")")
_NAME = {mark: name for name, mark in MARKS.items()}
# Other pages' policies know scripts letter by letter; a team's own templates may have preformatted text.
_AS_IS = re.compile(r"(<script\b.*?</script>|<pre\b.*?</pre>|<textarea\b.*?</textarea>)", re.DOTALL)
_EMPTY = re.compile(r"\n\s+")


def alone(config: MkDocsConfig) -> bool:
    """Whether pages are nobody's but ours."""
    plugins = {name.partition(" #")[0] for name in config.plugins}  # one that is there twice has a number
    return not config.theme.custom_dir and not config.hooks and plugins <= ALONE


def switched(page: str) -> str:
    """A whole page that says, before anything is painted, that scripts run: a team's own ``main.html`` may not."""
    return page if SWITCH in page else page.replace("</head>", f"{SWITCH}</head>", 1)


def tight(frame: str) -> str:
    """A frame without empty lines and indents, which are a fifth of it."""
    parts = _AS_IS.split(frame)
    return "".join(part if at % 2 else _EMPTY.sub("\n", part) for at, part in enumerate(parts))


def framed(whole: str, content: str) -> str:
    """A page that the host drew, with its frame made tight."""
    before, found, after = whole.partition(content)
    return f"{tight(before)}{found}{tight(after)}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame without what differs from page to page: every second part is a mark. ``digest`` is its fingerprint."""

    parts: list[str]
    digest: str

    def around(self, page: JourneyPage) -> str:
        """The page in this frame."""
        values = _values(page) | {"content": page.body}
        return "".join(str(values[_NAME[part]]) if at % 2 else part for at, part in enumerate(self.parts))


def _values(page: JourneyPage) -> dict[str, Any]:
    """What differs from page to page; a page always has a content."""
    return {"title": page.meta["title"], "description": page.meta["description"], "content": MARKS["content"],
            "canonical_url": page.canonical_url, "edit_url": page.edit_url}


class Shells:
    """Frames that were drawn, by what they depend on."""

    def __init__(self, environment: Environment) -> None:
        self._main = environment.get_template("main.html")
        self._drawn: dict[Hashable, Frame] = {}

    def frame(self, page: JourneyPage, context: Callable[[], TemplateContext]) -> Frame:
        """The frame that a page shares with others; ``context`` is what the host draws it with, where it must."""
        values = _values(page)
        key = (page.file.url.count("/"), id(page.parent), *(bool(value) for value in values.values()))
        if key not in self._drawn:
            parts = _CUT.split(tight(self._draw(page, context(), values)))
            self._drawn[key] = Frame(parts, digest(parts))
        return self._drawn[key]

    def whole(self, page: JourneyPage, context: TemplateContext) -> str:
        """A page in a frame of its own, as the host draws it."""
        return framed(self._shown(page, context), page.body)

    def _draw(self, page: JourneyPage, context: TemplateContext, values: dict[str, Any]) -> str:
        marks = {name: mark if values[name] else values[name] for name, mark in MARKS.items()}
        self._put(page, marks)
        try:
            return self._shown(page, context)
        finally:
            self._put(page, values | {"content": None})

    def _shown(self, page: JourneyPage, context: TemplateContext) -> str:
        before = page.cut, page.active
        page.cut, page.active = False, True
        try:
            return self._main.render(context)
        finally:
            page.cut, page.active = before

    @staticmethod
    def _put(page: JourneyPage, values: dict[str, Any]) -> None:
        page.meta["title"], page.meta["description"] = values["title"], values["description"]
        page.content, page.canonical_url, page.edit_url = values["content"], values["canonical_url"], values["edit_url"]
