"""The preview after edits: file by file the site that a build from nothing would make."""

from __future__ import annotations

import random
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from journeybook.adapters.edits import HostNeededError, Show, Site, sources_seen
from support_site import copy_of, tree


def served(folder: Path, place: Path) -> Site:
    """The site as the preview's first build makes it."""
    seen = sources_seen(str(folder / "maps"), str(folder / "mkdocs.yml"))
    config: Any = load_config(str(folder / "mkdocs.yml"), site_dir=str(place))
    config.plugins.on_startup(command="serve", dirty=False)
    config.plugins["journeybook"].making.last_good._texts.clear()  # the host keeps plugins between builds of a process
    build(config)
    return Site(config.plugins["journeybook"], config, place, seen)


def telling(shown: list[str]) -> Show:
    """Whoever is told which files are new adds them to ``shown``."""
    def show(files: Collection[str], *, courteous: bool = False) -> None:
        shown.extend(files)
    return show


def cold(folder: Path, place: Path) -> dict[str, bytes]:
    """What a build from nothing makes of the maps now."""
    config: Any = load_config(str(folder / "mkdocs.yml"), site_dir=str(place))
    config.plugins.on_startup(command="serve", dirty=False)
    plugin = config.plugins["journeybook"]
    plugin.config["cache"] = False
    plugin.making.finished = None
    build(config)
    return tree(place)


@pytest.fixture(autouse=True)
def _own_plugins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each configuration gets a plugin of its own, as in a process of its own."""
    from mkdocs.config import config_options

    original = config_options.Plugins.load_plugin_with_namespace

    def fresh(self: Any, name: str, config: Any) -> Any:
        self.plugin_cache.clear()
        return original(self, name, config)

    monkeypatch.setattr(config_options.Plugins, "load_plugin_with_namespace", fresh)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


EDITS = (("title: ", "title: New "), ("goal: ", "goal: Quickly "), ("name: ", "name: The "), ("score: ", "score: 0 # "),
         ("owner: ", "# a line more\nowner: "), ("status: live", "status: planned"), ("statement: ", "statement: Now "))


def test_the_site_after_edits_is_that_of_a_build_from_nothing(tmp_path: Path) -> None:
    """Whether pages were written one by one or the host was asked; what was asked for first is shown first."""
    folder = copy_of("clearnest", tmp_path / "firm")
    place = tmp_path / "served"
    site = served(folder, place)
    chance = random.Random(3)
    files = sorted((folder / "maps").rglob("*.yml"))
    edited = 0
    for number in range(6):
        path = chance.choice(files)
        before, (old, new) = path.read_text("utf-8"), chance.choice(EDITS)
        path.write_text(re.sub(rf"(?m)^(\s*(?:- )?){old}", lambda found, new=new: f"{found[1]}{new}".replace(  # type: ignore[misc]
            "\n", f"\n{' ' * len(found[1])}"), before, count=1), "utf-8")
        now = sources_seen(str(folder / "maps"), str(folder / "mkdocs.yml"))
        shown: list[str] = []
        assert site.can_edit(now)
        try:
            site.edit(lambda: ["index.html"], telling(shown))
            site.seen = now
            edited += 1
        except HostNeededError:
            site = served(folder, place)
        assert tree(place) == cold(folder, tmp_path / f"cold-{number}"), (path, old)
        assert not shown or site.book is not None
    assert edited > 2


def test_titles_that_no_shared_frame_can_show(tmp_path: Path) -> None:
    """`&` and `<` come, change and go: pages in frames of their own are written without the host as well."""
    folder = copy_of("clearnest", tmp_path / "firm")
    place = tmp_path / "served"
    site = served(folder, place)
    path = sorted((folder / "maps" / "journeys").glob("*.yml"))[0]
    plain = path.read_text("utf-8")
    for number, title in enumerate(("Terms & <b>conditions", "Terms & friends", "Terms")):
        path.write_text(re.sub(r"(?m)^title: .*$", f"title: {title}", plain, count=1), "utf-8")
        now = sources_seen(str(folder / "maps"), str(folder / "mkdocs.yml"))
        shown: list[str] = []
        site.edit(lambda: [f"journeys/{path.stem}/index.html"], telling(shown))
        site.seen = now
        assert shown[0] == f"journeys/{path.stem}/index.html"
        assert tree(place) == cold(folder, tmp_path / f"cold-{number}"), title


def test_what_is_not_ours_needs_the_host(tmp_path: Path) -> None:
    """A picture, a page of the team's own or the settings: the host builds the site."""
    folder = copy_of("clearnest", tmp_path / "firm")
    site = served(folder, tmp_path / "served")
    for name in ("maps/photo.svg", "maps/own.md", "mkdocs.yml"):
        path = folder / name
        before = path.read_bytes() if path.exists() else None
        path.write_text((before or b"").decode() + "\n", "utf-8")
        assert not site.can_edit(sources_seen(str(folder / "maps"), str(folder / "mkdocs.yml")))
        path.unlink() if before is None else path.write_bytes(before)


def test_an_edit_that_is_overtaken_is_made_up_for(tmp_path: Path) -> None:
    """Something saved while pages are drawn: the next edit brings everything up to date, pages in between too."""
    folder = copy_of("clearnest", tmp_path / "firm")
    place = tmp_path / "served"
    site = served(folder, place)

    class AgainError(Exception):
        """Something was saved."""

    def overtaken() -> None:
        raise AgainError

    first, second = sorted((folder / "maps" / "journeys").glob("*.yml"))[:2]
    first.write_text(first.read_text("utf-8").replace("title: ", "title: First ", 1), "utf-8")
    looked_at = f"journeys/{first.stem}/index.html"
    shown: list[str] = []
    with pytest.raises(AgainError):
        site.edit(lambda: [looked_at], telling(shown), overtaken)
    assert shown == [looked_at]
    assert "First " in (place / looked_at).read_text("utf-8")
    second.write_text(second.read_text("utf-8").replace("title: ", "title: Second ", 1), "utf-8")
    site.edit(list, telling(shown))
    assert tree(place) == cold(folder, tmp_path / "cold")
