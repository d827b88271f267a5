"""The MkDocs plugin: routes the host's events, decides nothing itself.

Maintainers: everything is read, checked and rendered (`making`) in ``on_pre_build``, which the host calls before it
empties the output folder: a build that refuses leaves the old site as it was. Pages reach the host as
finished HTML (`host_pages`), so that neither Markdown nor the search plugin
parses them again. Only ``mkdocs.*`` is imported, because a fork that stands in for MkDocs aliases just these
names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeGuard

import mkdocs
from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils.templates import TemplateContext

from journeybook.adapters import report
from journeybook.adapters.ahead import write_ahead
from journeybook.adapters.atlases import check_apart
from journeybook.adapters.host_pages import SHELF_OF, JourneyFile, JourneyPage, file_uri, host_file, url_of
from journeybook.adapters.host_settings import icons_of, is_source, speak
from journeybook.adapters.making import Making
from journeybook.adapters.policy import write_headers
from journeybook.adapters.project import ENGINES, make_settings, option_fault
from journeybook.adapters.prose import Prose
from journeybook.adapters.search_index import LEVELS, with_records
from journeybook.adapters.shell import TEMPLATE, Frame, Shells, alone, framed, switched
from journeybook.adapters.weight import heavy_site
from journeybook.addresses import HUBS
from journeybook.book import Book, language_of
from journeybook.compiled import compiled_for
from journeybook.hosting import edit_pattern
from journeybook.problems import JourneybookError
from journeybook.settings import REGISTER_ROWS, Settings
from journeybook.theme import script, style, theme_dir, widest_of
from journeybook.views import extent

log = get_plugin_logger(__name__)
STYLE = "assets/journeybook/journeybook.css"
SCRIPT = "assets/journeybook/journeybook.js"


class JourneybookConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options under ``plugins: - journeybook:`` in mkdocs.yml."""

    atlas = c.Optional(c.Type(str))
    at = c.Optional(c.Type(str))
    folders = c.Type(list, default=[])
    keep_going = c.Type(bool, default=False)
    engine = c.Choice(ENGINES, default="auto")
    cache = c.Type(bool, default=True)
    reference = c.Type(bool, default=True)
    register_rows = c.Type(int, default=REGISTER_ROWS)
    history = c.Optional(c.Type(bool))
    limits = c.Type(dict, default={})


class JourneybookPlugin(BasePlugin[JourneybookConfig]):  # type: ignore[no-untyped-call]
    """Turns the YAML below ``docs_dir`` into pages. A site with several atlases has one of these for each."""

    supports_multiple_instances = True

    def __init__(self) -> None:
        super().__init__()
        self.making = Making()
        self.at = ""
        self.shells: Shells  # of the build that runs
        self.alone = False
        self.search_base: str | None = None
        self.files: Sequence[File] = ()
        self.data: Sequence[File] = ()
        self.nav = Navigation([], [])

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> tuple[
            base.ConfigErrors, base.ConfigWarnings]:
        """Options, judged by us: the host would mention one that does not exist, and go on without it."""
        errors, warnings = super().load_config(options, config_file_path)
        fault = option_fault({name: value for name, value in options.items() if value is not None})
        return ([("journeybook", ConfigurationError("; ".join(fault)))], []) if fault else (errors, warnings)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Being here keeps the plugin alive between rebuilds of ``serve``."""
        self.making.serving = command == "serve"

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our look, before the theme's search asks for the language; a team's ``custom_dir`` stays in front."""
        with _told_by_the_host():
            settings = self._settings(config)
            self.at = settings.at
            overrides = str(theme_dir() / "overrides")
            if self._leads(config):
                check_apart([each._settings(config) for each in _all(config)])
                speak(config, language_of(settings))
        if overrides not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, overrides)
        if STYLE not in config.extra_css:
            config.extra_css.insert(0, STYLE)
        if SCRIPT not in [str(script) for script in config.extra_javascript]:
            config.extra_javascript.append(SCRIPT)
        pages = Path(config.docs_dir).resolve()
        config.watch += [str(root) for root in settings.roots if not root.is_relative_to(pages)]
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """All that can refuse, while the old site is still whole."""
        custom = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        with _told_by_the_host():
            self.making.make(self._settings(config), icons_of(config), custom, keep_going=self.config.keep_going,
                             strict=config.strict)

    def same_look(self, before: Book) -> bool:
        """Whether pages ask for the same stylesheet as those of another book."""
        return extent(before.atlas) == extent(self._finished().atlas)

    def _leads(self, config: MkDocsConfig) -> bool:
        """Whether this is the first of several, which does what is done once for the site."""
        return next(iter(_all(config)), None) is self

    def _own(self, page: object) -> TypeGuard[JourneyPage]:
        return isinstance(page, JourneyPage) and page.at == self.at

    def _settings(self, config: MkDocsConfig) -> Settings:
        root = Path(config.config_file_path).parent.resolve()
        return make_settings(
            root, Path(config.docs_dir).resolve(), dict(self.config), site_name=config.site_name,
            pattern=edit_pattern(config.repo_url or "", config.edit_uri, str(config.edit_uri_template or "")),
            directory_urls=config.use_directory_urls,
            site_url=config.site_url or "")

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Our pages in, our sources out; a Markdown page that a team wrote itself wins over ours."""
        book = self._finished()
        settings = self._settings(config)
        for file in list(files):
            if is_source(file, settings.roots):
                files.remove(file)
        taken = {file.dest_uri: file for file in files}
        for place in sorted(book.pictures):
            if self.at + place not in taken:  # of an atlas outside the host's own folder
                path = settings.above(place) / place
                files.append(File.generated(config, self.at + place, abs_src_path=str(path)))
        if self._leads(config):
            widest = widest_of(extent(each._finished().atlas) for each in _all(config))
            for place, content in (STYLE, style(widest)), (SCRIPT, script()):
                if place not in taken:
                    files.append(File.generated(config, place, content=content))
        data = (file for page in book.pages for file in page.files)
        self.data = [File.generated(config, self.at + place, content=content)
                     for place, content in (*data, *book.files.items()) if self.at + place not in taken]
        for made in self.data:
            files.append(made)
        self.alone = alone(config)
        for page in book.pages:
            file = host_file(page, config, settings)
            if file.dest_uri in taken:
                log.info("%s stands in place of the generated page", taken[file.dest_uri].src_uri)
                continue
            JourneyPage(page, file, config, self.at, alone=self.alone)
            files.append(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give pages outside the navigation their place in it: path, active tab."""
        self.nav, self.files = nav, files.documentation_pages()
        hubs = {page.file.dest_uri: page for page in nav.pages}
        for file in files:
            page = file.page
            if self._own(page) and page.finished.uri not in HUBS:
                first = page.finished.uri.split("/")[0]
                hub = self.at + file_uri(f"{SHELF_OF.get(first, first)}/", config.use_directory_urls)
                if hub in hubs:
                    page.parent = hubs[hub].parent
        return nav

    def on_page_content(self, html: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        """Links to records that a team's own page asks for."""
        if isinstance(page, JourneyPage) or not self._leads(config):
            return html
        return _told(page, *self._prose(config).linked(html, page.url))

    def _prose(self, config: MkDocsConfig) -> Prose:
        return Prose({each.at: each._finished() for each in _all(config)},
                     lambda uri: url_of(uri, config.use_directory_urls))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Templates do not change during a build: the host would ask the disk at every use of one. Those that nobody
        else has a say in are not compiled again either.
        """
        env.auto_reload = False
        if self.alone and self.config.cache and env.bytecode_cache is None:
            env.bytecode_cache = compiled_for("mkdocs", mkdocs.__version__)
        self.shells = Shells(env)
        if not self.alone:  # whoever else adds pages has done so by now
            self.files = files.documentation_pages()
        pages = [file.page for file in self.files if self._own(file.page)]
        for page in pages:
            page.show_shelves()
            if page.cut:
                page.meta["template"] = TEMPLATE
        if self.alone and self.making.old:
            self._write_ahead([page for page in pages if page.cut], config, files)
        self.data = ()
        return env

    def _write_ahead(self, pages: Sequence[JourneyPage], config: MkDocsConfig, files: Files) -> None:
        """Most of a complete site; the host has nothing left to do for these files and no longer sees them."""
        # `exclude_docs:` may name some of the data.
        data = [file for file in self.data if file.inclusion.is_included()]  # type: ignore[no-untyped-call]
        standing = self.making.standing()
        write_ahead(pages, partial(self.frame, config), data, standing)
        for file in (*(page.file for page in pages), *data):
            files.remove(file)
        if standing:
            standing.write()

    def on_template_context(self, context: TemplateContext, *, config: MkDocsConfig, **_: object) -> TemplateContext:
        """The map of the site has all pages, those written ahead as well."""
        if self._leads(config) and self.alone:
            context["pages"] = self.files
        return context

    @event_priority(1)
    def _content_away(self, /, context: TemplateContext, *, page: HostPage, **_: object) -> TemplateContext:
        if self._own(page) and not page.cut:
            page.put_away, page.content = page.content or "", ""
        return context

    @event_priority(-1)
    def _content_back(self, /, context: TemplateContext, *, page: HostPage, config: MkDocsConfig,
                      **_: object) -> TemplateContext:
        if self._own(page):
            page.content = page.put_away or None
        elif self._leads(config) and not isinstance(page, JourneyPage) and "journeybook:" in (page.content or ""):
            page.content = _told(page, *self._prose(config).mapped(page.content or "", page.url))
        return context

    @event_priority(-100)
    def _whole_page(self, /, context: TemplateContext, *, page: HostPage, config: MkDocsConfig,
                    **_: object) -> TemplateContext:
        if self._own(page) and page.cut:
            page.whole = self.frame(config, page).around(page)
        return context

    def frame(self, config: MkDocsConfig, page: JourneyPage) -> Frame:
        """The frame of a page that is ``cut`` from one."""
        return self.shells.frame(page, lambda: get_context(self.nav, self.files, config, page))

    # The theme's search plugin combs the HTML of every page for attributes of its own. Ours have none.
    on_page_context = CombinedEvent(_content_away, _content_back, _whole_page)

    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """What a team's own frame leaves out, and what a blog has written since; our pages in tight frames.

        Whole pages go as they are written: all together are large.
        """
        if isinstance(page, JourneyPage):
            tight = output if page.whole or not page.put_away else framed(output, page.put_away)
            page.whole = page.put_away = ""
            return tight if self.alone else switched(tight)
        if "[[" in output and self._leads(config):
            output = self._prose(config).listed(output, page.url)
        return switched(output) if "jb-page" in output else output

    @event_priority(-50)
    def _records(self, /, *, config: MkDocsConfig) -> None:
        """Our search records, written once, after the search plugin and before one that inlines the index."""
        if not self.making.serving and self._leads(config):
            self._headers(config)
        if not self.making.serving and self.making.finished:
            self.making.finished.write()
        index = Path(config.site_dir) / "search" / "search_index.json"
        if not index.is_file():
            return
        self.search_base = index.read_text("utf-8")
        text, level = with_records(self.search_base, self._finished().pages, config.use_directory_urls, self.at)
        index.write_text(text, "utf-8")
        if level != LEVELS[0]:
            log.info("the atlas is so large that search knows only %s; `Find` on registers knows all rows", level)

    @event_priority(-100)
    def _weigh(self, /, *, config: MkDocsConfig) -> None:
        heavy = heavy_site(Path(config.site_dir), self._settings(config)) if not self.making.serving else ""
        if heavy:
            log.warning("%s", heavy)

    on_post_build = CombinedEvent(_records, _weigh)

    def _headers(self, config: MkDocsConfig) -> None:
        """The files that tell web servers the policy of the finished pages.

        Where nobody else has a say in pages, the scripts of their frame differ by the depth of a page only.
        """
        made = [file for file in self.files if isinstance(file, JourneyFile)]
        if self.alone:
            made = list({file.dest_uri.count("/"): file for file in made}.values())
        lost = Path(config.site_dir) / "404.html"
        addresses = [str(address) for address in (*config.extra_css, *config.extra_javascript)]
        write_headers(
            Path(config.site_dir), [*(Path(file.abs_dest_path) for file in made), *([lost] if lost.is_file() else [])],
            (file.dest_uri.count("/") for file in self.files), addresses=addresses,
            fonts=config.theme.get("font") is not False,
            tables=not all(isinstance(file, JourneyFile) for file in self.files))

    def _finished(self) -> Book:
        if self.making.book is None:
            raise PluginError("journeybook was not asked to read anything before the pages were wanted")
        return self.making.book


def _all(config: MkDocsConfig) -> list[JourneybookPlugin]:
    """The plugin, once for each atlas of the site."""
    return [plugin for plugin in config.plugins.values() if isinstance(plugin, JourneybookPlugin)]


def _told(page: HostPage, html: str, faults: list[str]) -> str:
    """A page's HTML, when what is wrong with it was said."""
    for fault in faults:
        log.warning("%s: %s", page.file.src_uri, report.clean(fault))
    return html


@contextmanager
def _told_by_the_host() -> Iterator[None]:
    """Our exception as the host's own, which it prints without a traceback."""
    try:
        yield
    except JourneybookError as error:
        raise PluginError(report.clean_lines(f"{error.message}\n{error.help}".strip())) from error
