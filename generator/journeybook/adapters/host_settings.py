"""What the host has of its own: its words, its files among which are our sources, its icons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from journeybook.adapters.project import theme_says
from journeybook.words import base as base_of


def speak(config: MkDocsConfig, language: str) -> None:
    """The host's own words in the language of the maps, unless ``mkdocs.yml`` chose one or the theme has none."""
    if not language or theme_says(Path(config.config_file_path), "language"):
        return
    known = (tag for tag in (language, base_of(language)) for folder in config.theme.dirs
             if (Path(folder) / "partials" / "languages" / f"{tag}.html").is_file())
    config.theme["language"] = next(known, config.theme.get("language", ""))


def is_source(file: File, roots: Sequence[Path]) -> bool:
    """YAML and values of the atlas are what pages are made from, not part of the site."""
    return (file.src_uri.lower().endswith((".yml", ".yaml", ".csv")) and bool(file.abs_src_path)
            and any(Path(str(file.abs_src_path)).resolve().is_relative_to(root) for root in roots))


def icons_of(config: MkDocsConfig) -> Path:
    """The Material Design Icons that the theme brings."""
    for folder in config.theme.dirs:
        place = Path(folder) / ".icons" / "material"
        if place.is_dir():
            return place
    return Path(config.theme.dirs[-1])
