"""A handbook with a blog, tags, hooks, templates and a look of its own, into which maps move with one line."""

from __future__ import annotations

import json
import shutil

import pytest

from support_site import FIRMS, Site, process

CONFIG = """\
site_name: Our handbook
site_url: https://handbook.example/
repo_url: https://github.com/example/handbook
theme:
  name: material
  custom_dir: ours
  font: false
  features: [navigation.tabs, navigation.tabs.sticky, navigation.sections, navigation.indexes, navigation.path,
    navigation.instant, navigation.footer, navigation.top, toc.follow, content.action.edit, content.action.view,
    search.suggest, search.highlight, search.share]
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, primary: indigo}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, primary: black}
hooks: [hook.py]
plugins:
  - search: {lang: [en, de]}
  - tags
  - meta
  - blog: {blog_dir: news}
  - privacy
  - offline: {enabled: !ENV [OFFLINE, false]}
  - journeybook: {atlas: maps}
extra_css: [own.css]
extra_javascript: [own.js]
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji ''}
nav:
  - Welcome: index.md
  - Guide: [guide/index.md, guide/how.md, tags.md]
  - News: [news/index.md]
  - Maps: [journeys/index.md, lifecycle/index.md, promises/index.md, people/index.md, library/index.md, health/index.md]
validation: {anchors: warn, links: {absolute_links: relative_to_docs}}
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "hook.py": "def on_page_markdown(markdown, **_):\n    return markdown.replace('HOOKED', 'hooked')\n\n\n"
               "def on_post_page(output, **_):\n    return output.replace('</body>', '<!-- ours --></body>')\n",
    "ours/main.html": "{% extends 'base.html' %}\n"
                      "{% block announce %}<p class='ours'>We moved house.</p>{% endblock %}\n",
    "docs/own.css": ".ours{color:red}", "docs/own.js": "console.info('ours')",
    "docs/index.md": "---\ntags: [maps]\n---\n# Welcome\n\n[[journey:our-wedding]], [all](journeys/index.md)\n",
    "docs/guide/.meta.yml": "tags: [guide]\n", "docs/guide/index.md": "# Guide\n",
    "docs/guide/how.md": "# How HOOKED\n\n=== \"Who\"\n\n    [[team:camera]]\n\n!!! note\n\n"
                         "    <!-- journeybook: our-wedding#canvas -->\n\n## After\n\nWords.\n",
    "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n", "docs/news/index.md": "# News\n",
    "docs/news/posts/one.md": "---\ndate: 2026-11-01\ntags: [maps]\ncategories: [Maps]\n---\n# A post\n\n"
                              "On [[journey:our-wedding]].\n\n<!-- more -->\n\n"
                              "<!-- journeybook: our-wedding#diagram -->\n",
}


@pytest.fixture(scope="module", params=["", "true"], ids=["on a server", "offline"])
def handbook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, str]:
    """The handbook, built by plain ``mkdocs build``, with or without the plugin for reading from a disk."""
    folder = tmp_path_factory.mktemp("handbook")
    shutil.copytree(FIRMS["juniper"] / "maps", folder / "maps")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    done = process(folder, "mkdocs", "build", OFFLINE=request.param or "false")
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if "WARNING" in line and "Couldn't retrieve" not in line]
    assert said == []  # what a machine without a network cannot download is not ours
    return Site(folder), ".html" if request.param else "/index.html"


def test_pages_of_both_stand_together(handbook: tuple[Site, str]) -> None:
    """Every page is there and every link of it leads somewhere, posts and their lists included."""
    site, end = handbook
    assert {"index.html", f"guide/how{end}", f"news/2026/11/01/a-post{end}", f"tags{end}", f"people/teams/camera{end}",
            f"journeys/our-wedding{end}", "journeys/index.html"} <= set(site.pages)
    assert site.dead_links() == []


def test_the_teams_own_frame_is_around_all_pages(handbook: tuple[Site, str]) -> None:
    """Its templates, hook, style and script reach generated pages as well, which say early that scripts run."""
    site, _ = handbook
    for name, page in site.pages.items():
        text = (site.folder / name).read_text("utf-8")
        assert page.xpath("//p[@class='ours']") and "own.css" in text and "own.js" in text, name
        if page.xpath("//div[contains(@class, 'jb-page')]"):
            assert "<!-- ours -->" in text, name
            assert text.index('classList.replace("no-js","js")') < text.index("<body"), name


def test_references_are_filled_in_wherever_a_page_is_shown(handbook: tuple[Site, str]) -> None:
    """On the page, in a tab, in a post and in the lists that show how it begins."""
    site, end = handbook
    for name in ("index.html", f"news/2026/11/01/a-post{end}", "news/index.html", f"news/archive/2026{end}",
                 f"news/category/maps{end}", f"guide/how{end}"):
        (article,) = site.pages[name].xpath("//article[contains(@class, 'md-content__inner')] | "
                                            "//div[contains(@class, 'md-content__inner')]")[:1]
        assert "[[" not in article.text_content(), name
        assert article.xpath(".//a[@dir='auto']"), name
    assert site.pages[f"guide/how{end}"].xpath("//div[contains(@class, 'admonition')]//table[@class='jb-table']")
    assert site.pages[f"news/2026/11/01/a-post{end}"].xpath("//svg[@class='jb-graph']")
    assert site.pages[f"guide/how{end}"].xpath("//h1[starts-with(., 'How hooked')]")


def test_search_and_tags_know_both(handbook: tuple[Site, str]) -> None:
    """One index has the team's pages, its posts and our stages; tags list the team's pages."""
    site, end = handbook
    docs = json.loads((site.folder / "search" / "search_index.json").read_text("utf-8"))["docs"]
    places = {record["location"] for record in docs}
    tail = end.replace("index.html", "")
    assert {f"guide/how{tail}#after", f"journeys/our-wedding{tail}#stage-talk",
            f"news/2026/11/01/a-post{tail}"} <= places
    if (site.folder / "search" / "search_index.js").exists():
        assert "#stage-talk" in (site.folder / "search" / "search_index.js").read_text("utf-8")
    assert "How hooked" in site.pages[f"tags{end}"].xpath("string(//article)")


def test_generated_pages_have_their_place_in_the_navigation(handbook: tuple[Site, str]) -> None:
    """The tab under which the team put the maps is the active one."""
    site, end = handbook
    for name in (f"journeys/our-wedding{end}", f"people/teams/camera{end}", f"library/content{end}"):
        active = site.pages[name].xpath("//li[contains(@class, 'md-tabs__item--active')]")
        assert [" ".join(tab.text_content().split()) for tab in active] == ["Maps"], name
        assert [link.text_content() for link in site.pages[name].xpath("//nav[@aria-label='Maps']//li")] == [
            "Journeys", "Lifecycle", "Promises", "People", "Library", "Health"], name
